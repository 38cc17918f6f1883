"""What one person does with an article: reads it, marks it, sends it on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.generic import FormView

from core.errors import DomainError
from core.views import StaffView, staff_action
from media_monitoring import services
from media_monitoring.forms import ForwardForm
from media_monitoring.models import Article


def _back(request: HttpRequest, article: Article) -> HttpResponse:
    asked = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(asked if is_ours else article.get_absolute_url())


@staff_action("media_monitoring.view_article")
def article_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Opened: read. The page says it by itself; without scripts there is a button."""
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    services.mark_articles_read(request.user, [article.pk])
    if getattr(request, "htmx", None):
        return HttpResponse(f'<p class="small muted mb-0">{_("Read by you.")}</p>')
    return _back(request, article)


@staff_action("media_monitoring.view_article")
def articles_read(request: HttpRequest) -> HttpResponse:
    """All of one page of the list."""
    wanted = [int(pk) for pk in request.POST.getlist("article")[:200] if pk.isdecimal() and len(pk) < 18]
    services.mark_articles_read(request.user, wanted)
    asked = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(asked if is_ours else reverse("media_monitoring:list"))


@staff_action("media_monitoring.view_article")
def article_mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark, or take the mark off."""
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    row = services.mark_article(request.user, article, on=request.POST.get("on") == "1")
    if getattr(request, "htmx", None):
        return render(request, "media_monitoring/_mark.html", {"article": article, "reading": row})
    return _back(request, article)


class ForwardView(StaffView, FormView):
    """Send an article to the head or a colleague, or by a personal link to a unit."""

    permission_required = "media_monitoring.add_forward"
    template_name = "media_monitoring/forward.html"
    form_class = ForwardForm

    def get_article(self) -> Article:
        rows = Article.objects.visible_to(self.staff).select_related("outlet").defer("text")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        head = services.press_head(self.staff)
        return {"user": head.pk if head else None}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(article=self.get_article(), **kwargs)

    def form_valid(self, form: ForwardForm) -> HttpResponse:
        article = self.get_article()
        try:
            services.forward_article(article, by=self.actor, **form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, _("The article is sent."))
        return redirect(article)

    def form_invalid(self, form: ForwardForm) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        return response
