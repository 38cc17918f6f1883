"""Evidence: asked for, opened by those named, held and let go."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import DetailView, FormView

from archive.models import Placement
from core.errors import DomainError
from core.lists import Choice, Column, FilteredList, Rows, Tick
from core.views import StaffView, staff_action
from documents.models import Document
from documents.views.documents import send
from media_monitoring.choices import EvidenceKind, EvidenceState
from media_monitoring.forms.evidence import EvidenceForm, EvidenceReadersForm
from media_monitoring.models import Article, Evidence, Outlet
from media_monitoring.services import evidence as services


class EvidenceListView(StaffView, FilteredList):
    permission_required = "media_monitoring.view_evidence"
    template_name = "media_monitoring/evidence_list.html"
    list_code = "media_monitoring.evidence"
    title = gettext_lazy("Evidence")
    filters = (
        Rows("outlet", gettext_lazy("Outlet"), lambda request: Outlet.objects.all(), field="article__outlet"),
        Choice("state", gettext_lazy("State"), EvidenceState.choices, field="state"),
        Choice("kind", gettext_lazy("Kind"), EvidenceKind.choices, field="kind"),
        Tick("held", gettext_lazy("Held"), lambda rows, request: rows.exclude(held_at=None)),
    )
    columns = (
        Column("article__title", gettext_lazy("Article")),
        Column("ground", gettext_lazy("Kept for")),
        Column("state", gettext_lazy("State"), value=lambda row: row.get_state_display()),
        Column("taken_at", gettext_lazy("Taken"), sort="taken_at"),
        Column("destroy_on", gettext_lazy("Destroyed on"), sort="destroy_on"),
        Column("sha256", "SHA-256", on_page=False),
    )
    default_sort = "-taken_at"

    def get_rows(self) -> Any:
        return Evidence.objects.visible_to(self.staff)

    def prepare(self, rows: Any) -> Any:
        return rows.select_related("article__outlet").defer("article__text")

    def counted(self, count: int) -> str:
        return ngettext("{n} piece of evidence", "{n} pieces of evidence", count).format(n=count)


class EvidenceKeepView(StaffView, FormView):
    permission_required = "media_monitoring.add_evidence"
    template_name = "media_monitoring/evidence_keep.html"
    form_class = EvidenceForm

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.article = get_object_or_404(Article.objects.select_related("outlet"), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "is_fetched": bool(self.article.url)}

    def form_valid(self, form: EvidenceForm) -> HttpResponse:
        ground, file = form.cleaned_data["ground"], form.cleaned_data["file"]
        try:
            if file is None:
                kept = services.keep_evidence(self.article, ground=ground, by=self.actor)
            else:
                kept = services.keep_screenshot(self.article, file, ground=ground, by=self.actor)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
            return self.form_invalid(form)
        messages.success(
            self.request, _("The evidence is kept.") if file else _("The page is being fetched.")
        )
        return redirect(kept)

    def form_invalid(self, form: EvidenceForm) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(article=self.article, **kwargs)


class EvidenceDetailView(StaffView, DetailView):
    permission_required = "media_monitoring.view_evidence"
    template_name = "media_monitoring/evidence.html"
    context_object_name = "evidence"

    def get_queryset(self) -> Any:
        return Evidence.objects.visible_to(self.staff).select_related(
            "article__outlet", "held_by", "record", "snapshot"
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        document = self.object.document_id
        filed = Document.objects.visible_to(self.staff).filter(pk=document).select_related("matter")
        place = Placement.objects.standing().filter(document=document).select_related("file__line__plan")
        readers = list(self.object.readers.order_by("sort_key", "pk"))
        return super().get_context_data(
            filed=filed.first() if document else None,
            place=place.first() if document else None,
            readers=readers,
            may_open=self.object.may_be_opened_by(self.staff),
            readers_form=EvidenceReadersForm(initial={"readers": [user.pk for user in readers]}),
            **kwargs,
        )


def _one(request: HttpRequest, pk: int) -> Evidence:
    return get_object_or_404(Evidence.objects.visible_to(request.user), pk=pk)


@staff_action("media_monitoring.view_evidence")
def evidence_open(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """POST, as it writes to the access log: no link, preview or prefetch opens evidence."""
    if what not in ("record", "snapshot"):
        raise Http404
    evidence = _one(request, pk)
    if not evidence.may_be_opened_by(request.user):
        raise PermissionDenied
    try:
        stored = services.open_evidence(evidence, what, by=request.actor)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(evidence)
    return send(stored, stored.name)


def _done(request: HttpRequest, evidence: Evidence, act: Any, text: str) -> HttpResponse:
    try:
        act()
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, text)
    return redirect(evidence)


@staff_action("media_monitoring.change_evidence")
def evidence_readers(request: HttpRequest, pk: int) -> HttpResponse:
    evidence = _one(request, pk)
    form = EvidenceReadersForm(request.POST)
    chosen = form.cleaned_data["readers"] if form.is_valid() else []
    return _done(
        request,
        evidence,
        lambda: services.name_readers(evidence, chosen, by=request.actor),
        _("Those named may open it."),
    )


@staff_action("media_monitoring.change_evidence")
def evidence_hold(request: HttpRequest, pk: int) -> HttpResponse:
    evidence = _one(request, pk)
    reason = request.POST.get("reason", "")[:1000]
    return _done(
        request,
        evidence,
        lambda: services.hold_evidence(evidence, reason, by=request.actor),
        _("It is held: its day does not destroy it."),
    )


@staff_action("media_monitoring.change_evidence")
def evidence_release(request: HttpRequest, pk: int) -> HttpResponse:
    evidence = _one(request, pk)
    return _done(
        request,
        evidence,
        lambda: services.release_evidence(evidence, by=request.actor),
        _("It is held no longer."),
    )
