"""Reading an article: tone, unit, speaker, mentions; how far coders agree and how often the machine is right."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from core.errors import DomainError, StaleWriteError
from core.stale import show_both_forms
from core.views import StaffView
from media_monitoring import coding
from media_monitoring.choices_desk import Tone
from media_monitoring.forms.codings import CodingForm
from media_monitoring.models import Article, Coding, ToneModel
from media_monitoring.services.codings import code_article
from media_monitoring.views.base import refuse


class CodingView(StaffView, TemplateView):
    """One article and one's own reading of it; another's reading is shown only after one's own, a second coder is blind."""

    permission_required = "media_monitoring.add_coding"
    template_name = "media_monitoring/coding.html"

    def _article(self) -> Article:
        if not hasattr(self, "_found"):
            rows = Article.objects.visible_to(self.request.user).select_related("outlet", "proposal__model")
            self._found = get_object_or_404(rows, pk=self.kwargs["pk"])
        return self._found

    def _own(self) -> Coding | None:
        return Coding.objects.filter(article=self._article(), coder=self.staff).first()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        article, own = self._article(), self._own()
        readings = list(article.codings.select_related("coder", "unit"))
        kwargs.setdefault("form", CodingForm(instance=own))
        is_first = not readings or (own is not None and not own.is_second)
        return super().get_context_data(
            article=article,
            own=own,
            may_read=article.may_be_read_by(self.staff),
            others=[row for row in readings if own and row.pk != own.pk],
            is_blind=bool(readings) and own is None,
            proposal=getattr(article, "proposal", None) if is_first else None,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = CodingForm(request.POST, instance=self._own())
        if form.is_valid():
            fields = {name: form.cleaned_data[name] for name in form.own_fields}
            revision = form.cleaned_data.get("revision")
            try:
                code_article(self._article(), by=self.actor, revision=revision, **fields)
            except StaleWriteError as error:
                theirs: Any = error.theirs
                return show_both_forms(request, form, CodingForm(instance=theirs), theirs)
            except DomainError as error:
                refuse(form, error)
            else:
                messages.success(request, _("The coding is kept."))
                return redirect("media_monitoring:coding", self._article().pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)


class CodersView(StaffView, TemplateView):
    """The agreement of two coders, what the machine has learned, what waits to be coded."""

    permission_required = "media_monitoring.view_coding"
    template_name = "media_monitoring/coders.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counts = coding.counts()
        seen = Article.objects.visible_to(self.staff).select_related("outlet").defer("text")
        waiting = seen.filter(codings=None).order_by("-published_at", "-pk")
        try:
            needed = coding.needed()
        except DomainError:
            needed = None
        return super().get_context_data(
            agreement=coding.agreement(),
            counts=[(Tone(tone).label, count) for tone, count in counts.items()],
            needed=needed,
            model=ToneModel.objects.first(),
            waiting=waiting[:20],
            once=seen.filter(codings__isnull=False)
            .exclude(codings__is_second=True)
            .exclude(codings__coder=self.staff)
            .order_by("-published_at", "-pk")[:10],
            **kwargs,
        )
