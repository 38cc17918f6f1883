"""Saved queries: their list, the form, what each finds by month; when a person wants no letters."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import DetailView, FormView

from accounts.models import User
from core.lists import Choice, Column, FilteredList, Tick, Words
from core.views import StaffView, staff_action
from media_monitoring import services
from media_monitoring.choices import Severity
from media_monitoring.figures import by_month, month_columns
from media_monitoring.forms import QuietHoursForm, TopicForm
from media_monitoring.models import Article, QuietHours, Topic
from partners.views.base import SaveView

RECENT_DAYS = 30


def press_people() -> Any:
    """Who may be told of an article: those whose role sees the room."""
    may = Q(
        groups__permissions__codename="view_article",
        groups__permissions__content_type__app_label="media_monitoring",
    )
    return User.objects.active().filter(may).distinct().order_by("sort_key", "pk")


class TopicListView(StaffView, FilteredList):
    permission_required = "media_monitoring.view_topic"
    template_name = "media_monitoring/topic_list.html"
    list_code = "media_monitoring.topics"
    title = gettext_lazy("Topics")
    filters = (
        Words("q", gettext_lazy("Words"), fields=("name", "query")),
        Choice("severity", gettext_lazy("How it tells"), Severity.choices, field="severity"),
        Tick("mine", gettext_lazy("Mine"), lambda rows, request: rows.filter(watchers=request.user)),
    )
    columns = (
        Column("name", gettext_lazy("Topic"), sort="sort_key"),
        Column("query", gettext_lazy("Query")),
        Column("severity", gettext_lazy("How it tells"), value=lambda row: row.get_severity_display()),
        Column("hit_count", gettext_lazy("In 30 days"), sort="hit_count", css="end"),
    )
    views = (("", gettext_lazy("All")), ("mine=1", gettext_lazy("Mine")))
    default_sort = "sort_key"

    def get_rows(self) -> Any:
        since = timezone.now() - timezone.timedelta(days=RECENT_DAYS)
        recent = Count("hits", filter=Q(hits__article__published_at__gte=since), distinct=True)
        return Topic.objects.visible_to(self.staff).annotate(hit_count=recent)

    def prepare(self, rows: Any) -> Any:
        return rows.prefetch_related("watchers")

    def counted(self, count: int) -> str:
        return ngettext("{n} topic", "{n} topics", count).format(n=count)


class TopicDetailView(StaffView, DetailView):
    permission_required = "media_monitoring.view_topic"
    template_name = "media_monitoring/topic_detail.html"
    context_object_name = "topic"

    def get_queryset(self) -> Any:
        return Topic.objects.visible_to(self.staff).prefetch_related("watchers")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows = Article.objects.visible_to(self.staff).filter(hits__topic=self.object)
        context["chart"] = month_columns(by_month(rows), _("Articles by month"))
        context["newest"] = list(
            rows.select_related("outlet").defer("text").order_by("-published_at", "-pk")[:10]
        )
        context["may_change"] = self.staff.has_perm("media_monitoring.change_topic")
        return context


class TopicFormView(SaveView):
    permission_required = "media_monitoring.change_topic"
    form_class = TopicForm

    def get_instance(self) -> Topic:
        if "pk" not in self.kwargs:
            return Topic(query=self.request.GET.get("q", "")[:500])
        return get_object_or_404(Topic.objects.visible_to(self.staff), pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "watchers": press_people()}

    def get_title(self) -> str:
        return _("Change the topic") if self.instance.pk else _("New topic")

    def get_crumbs(self) -> list[tuple[str, str]]:
        crumbs = [
            (_("Media monitoring"), reverse("media_monitoring:list")),
            (_("Topics"), reverse("media_monitoring:topics")),
        ]
        return (
            [*crumbs, (str(self.instance), self.instance.get_absolute_url())] if self.instance.pk else crumbs
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if self.instance.pk:
            context["delete_url"] = reverse("media_monitoring:topic_remove", args=[self.instance.pk])
            context["delete_title"] = _("Delete the topic?")
        return context

    def save(self, form: TopicForm) -> Topic:
        return services.save_topic(
            form.instance,
            by=self.actor,
            fields=form.own_fields,
            watchers=form.cleaned_data["watchers"],
            revision=form.cleaned_data.get("revision"),
        )


@staff_action("media_monitoring.delete_topic")
def topic_remove(request: HttpRequest, pk: int) -> HttpResponse:
    services.remove_topic(get_object_or_404(Topic.objects.visible_to(request.user), pk=pk), by=request.actor)
    messages.success(request, _("The topic is deleted."))
    return redirect("media_monitoring:topics")


class QuietHoursView(StaffView, FormView):
    """One's own; others' are nobody's business."""

    permission_required = "media_monitoring.view_topic"
    template_name = "partners/form.html"
    form_class = QuietHoursForm

    def get_form_kwargs(self) -> dict[str, Any]:
        mine = QuietHours.objects.filter(user=self.staff).first() or QuietHours(user=self.staff)
        return {**super().get_form_kwargs(), "instance": mine}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = reverse("media_monitoring:topics")
        crumbs = [(_("Media monitoring"), reverse("media_monitoring:list")), (_("Topics"), back)]
        return super().get_context_data(
            title=_("My quiet hours"),
            crumbs=[{"label": label, "url": url} for label, url in crumbs],
            back=back,
            draft_key="media_monitoring.quiethours",
            **kwargs,
        )

    def form_valid(self, form: QuietHoursForm) -> HttpResponse:
        services.save_quiet_hours(self.staff, **form.cleaned_data)
        messages.success(self.request, _("Letters of the press wait for the end of your quiet hours."))
        return redirect("media_monitoring:topics")
