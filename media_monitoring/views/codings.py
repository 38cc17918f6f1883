"""Reading an article: tone, unit, speaker, mentions; how far coders agree and how often the machine is right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts.models import Unit
from core.errors import DomainError, StaleWriteError
from core.stale import show_both_forms
from core.views import StaffView
from media_monitoring import coding, learner, proposals
from media_monitoring.choices_desk import Aspect, Genre, Tone
from media_monitoring.forms.codings import CodingForm
from media_monitoring.models import Article, Coding
from media_monitoring.services.codings import code_article
from media_monitoring.views.base import refuse


def named(rows: list[Any]) -> list[tuple[Any, Any]]:
    """Each row that has an aspect and a label, with the label in words."""
    words: dict[tuple[str, str], Any] = {(Aspect.TONE, code): name for code, name in Tone.choices}
    words |= {(Aspect.GENRE, code): name for code, name in Genre.choices}
    units = [row.label for row in rows if row.aspect == Aspect.UNIT]
    if units:
        found = Unit.objects.filter(pk__in=units)
        words |= {(Aspect.UNIT, str(unit.pk)): unit for unit in found}
    return [(row, words.get((row.aspect, row.label), "–")) for row in rows]


class CodingView(StaffView, TemplateView):
    """One article and one's own reading of it; others' readings and the machine's are shown only after one's own."""

    permission_required = "media_monitoring.add_coding"
    template_name = "media_monitoring/coding.html"

    def _article(self) -> Article:
        if not hasattr(self, "_found"):
            rows = Article.objects.visible_to(self.request.user).select_related("outlet")
            self._found = get_object_or_404(rows, pk=self.kwargs["pk"])
        return self._found

    def _own(self) -> Coding | None:
        return Coding.objects.filter(article=self._article(), coder=self.staff).first()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        article, own = self._article(), self._own()
        readings = list(article.codings.select_related("coder", "unit"))
        kwargs.setdefault("form", CodingForm(instance=own))
        machine = list(article.proposals.select_related("model").order_by("pk")) if own else []
        return super().get_context_data(
            article=article,
            own=own,
            may_read=article.may_be_read_by(self.staff),
            others=[row for row in readings if own and row.pk != own.pk],
            is_blind=bool(readings) and own is None,
            machine=named(machine),
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


@dataclass(frozen=True)
class Learned:
    """One label of an aspect, as the page of coders tells of it."""

    aspect: str
    label: str
    count: int
    precision: int | None = None
    recall: int | None = None


def learned() -> list[dict[str, Any]]:
    """By aspect: what was learned, how often it is right by label, and how often people said the same unseen."""
    models, since = proposals.current(), proposals.met_since()
    told = []
    for aspect, totals in proposals.counts().items():
        model = models.get(aspect)
        figures = {row["label"]: row for row in model.labels} if model else {}
        rows = [
            Learned(aspect, label, count, *(_percents(figures.get(label))))
            for label, count in sorted(totals.items(), key=lambda pair: (-pair[1], pair[0]))
        ]
        told.append((aspect, model, rows, since.get(aspect)))
    words = {id(row): label for row, label in named([row for _a, _m, rows, _s in told for row in rows])}
    return [
        {
            "title": Aspect(aspect).label,
            "code": aspect,
            "model": model,
            "rows": [(row, words[id(row)]) for row in rows],
            "since": since_then,
        }
        for aspect, model, rows, since_then in told
    ]


def _percents(figures: dict[str, Any] | None) -> tuple[int, int] | tuple[None, None]:
    if figures is None:
        return None, None
    return round(100 * figures["precision"]), round(100 * figures["recall"])


class CodersView(StaffView, TemplateView):
    """The agreement of two coders, what the machine has learned, what waits to be coded."""

    permission_required = "media_monitoring.view_coding"
    template_name = "media_monitoring/coders.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        seen = Article.objects.visible_to(self.staff).select_related("outlet").defer("text")
        waiting = seen.filter(codings=None).order_by("-published_at", "-pk")
        try:
            needed = proposals.needed()
        except DomainError:
            needed = None
        return super().get_context_data(
            agreement=coding.agreement(),
            learned=learned(),
            can_learn=learner.is_there(),
            needed=needed,
            waiting=waiting[:20],
            once=seen.filter(codings__isnull=False)
            .exclude(codings__is_second=True)
            .exclude(codings__coder=self.staff)
            .order_by("-published_at", "-pk")[:10],
            **kwargs,
        )
