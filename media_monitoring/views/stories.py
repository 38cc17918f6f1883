"""Stories put together and apart by hand; our own texts and who printed them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Avg, Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import DetailView, FormView

from core.errors import DomainError
from core.lists import Column, Day, FilteredList, Words
from core.views import StaffView, staff_action
from media_monitoring.forms.stories import OwnTextForm
from media_monitoring.models import Article, OwnText
from media_monitoring.services import stories


@staff_action("media_monitoring.change_story")
def article_split(request: HttpRequest, pk: int) -> HttpResponse:
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    try:
        stories.split_article(article, by=request.actor)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The article stands alone."))
    return redirect(article)


@staff_action("media_monitoring.change_story")
def article_join(request: HttpRequest, pk: int) -> HttpResponse:
    seen = Article.objects.visible_to(request.user)
    article = get_object_or_404(seen, pk=pk)
    try:
        other = stories.article_at(request.POST.get("address", "")[:1000])
        stories.join_articles(article, other, by=request.actor)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The articles are one story."))
    return redirect(article)


class OwnTextListView(StaffView, FilteredList):
    permission_required = "media_monitoring.view_owntext"
    template_name = "media_monitoring/own_text_list.html"
    list_code = "media_monitoring.own_texts"
    title = gettext_lazy("Our texts in the press")
    filters = (
        Words("q", gettext_lazy("Words"), fields=("title",)),
        Day("since", gettext_lazy("From"), "released_at__date__gte"),
        Day("until", gettext_lazy("Until"), "released_at__date__lte"),
    )
    columns = (
        Column("title", gettext_lazy("Title")),
        Column("released_at", gettext_lazy("Given out"), sort="released_at"),
        Column("outlets", gettext_lazy("Outlets"), sort="outlets", css="end"),
        Column("kept", gettext_lazy("Share kept"), sort="kept", css="end"),
    )
    default_sort = "-released_at"

    def get_rows(self) -> Any:
        return OwnText.objects.annotate(
            outlets=Count("story__articles__outlet", distinct=True), kept=Avg("story__articles__kept_percent")
        )

    def prepare(self, rows: Any) -> Any:
        return rows.defer("text")

    def counted(self, count: int) -> str:
        return ngettext("{n} text", "{n} texts", count).format(n=count)


class OwnTextDetailView(StaffView, DetailView):
    permission_required = "media_monitoring.view_owntext"
    template_name = "media_monitoring/own_text.html"
    model = OwnText
    context_object_name = "own"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        printed = (
            Article.objects.visible_to(self.staff)
            .filter(story=self.object.story_id)
            .select_related("outlet")
            .defer("text")
            .order_by("published_at", "pk")[:200]
        )
        return super().get_context_data(printed=list(printed), **kwargs)


class OwnTextAddView(StaffView, FormView):
    permission_required = "media_monitoring.add_owntext"
    template_name = "partners/form.html"
    form_class = OwnTextForm

    def form_valid(self, form: OwnTextForm) -> HttpResponse:
        data = form.cleaned_data
        try:
            own = stories.watch_own_text(
                title=data["title"],
                text=data["text"],
                address=data["address"],
                released_at=form.released_at,
                by=self.actor,
            )
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, _("From now on you see here who prints this text."))
        return redirect(own)

    def form_invalid(self, form: OwnTextForm) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = reverse("media_monitoring:own_texts")
        crumbs = [
            {"label": _("Media monitoring"), "url": reverse("media_monitoring:list")},
            {"label": _("Our texts in the press"), "url": back},
        ]
        return super().get_context_data(
            title=_("A text of ours to watch"),
            crumbs=crumbs,
            back=back,
            draft_key="media_monitoring.owntext:new",
            **kwargs,
        )
