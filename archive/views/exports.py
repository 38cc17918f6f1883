from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from archive.models import CaseExport, CaseFile, Placement
from archive.services import exporting
from archive.views.base import try_act
from archive.views.files import FilePage
from core import audit
from core.views import staff_action, staff_page
from documents.converting import programs, sandbox
from documents.sealing.keys import KeyUnfitError, configured_kind
from documents.services import log_reading
from documents.views.documents import send

SHOWN = 50


class FileExportsView(FilePage):
    """Every export of the file, the newest first; asking for a new one."""

    permission_required = "archive.view_caseexport"
    template_name = "archive/file_exports.html"
    tab = "exports"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**_context(self.file, self.staff), **kwargs)


def _context(file: CaseFile, user: Any) -> dict[str, Any]:
    rows = Placement.objects.standing().filter(file=file)
    rows_of = file.exports.select_related("pdf").prefetch_related("renewals")
    exports = list(rows_of.order_by("-number")[:SHOWN])
    readable = set(file.exports.readable_by(user).values_list("pk", flat=True))
    for made in exports:
        entries = made.manifest.get("entries", [])
        made.is_readable = made.pk in readable
        made.is_newest = made is exports[0]
        made.unprinted = [entry for entry in entries if entry["not_printed"]]
        made.count = len(entries)
    return {
        "absent": programs.missing(),
        "is_isolated": sandbox.is_possible(),
        "exports": exports,
        "job": exporting.export_job(file),
        "seal_kind": _seal_kind(),
        "may_export": user.has_perm("archive.export_casefile"),
        "count": rows.count(),
        "hidden": rows.exclude(pk__in=rows.named_to(user).values("pk")).count(),
    }


def _seal_kind() -> str:
    """What will seal, by the settings alone: the key itself is opened by workers and by the self-check."""
    try:
        return configured_kind()
    except KeyUnfitError:
        return "unfit"


def _file(pk: int) -> CaseFile:
    return get_object_or_404(CaseFile.objects.select_related("line__plan", "line__point"), pk=pk)


def _part(request: HttpRequest, file: CaseFile) -> HttpResponse:
    return render(
        request, "archive/file_exports.html#eksportai", {"file": file, **_context(file, request.user)}
    )


@staff_action("archive.export_casefile")
def file_export(request: Any, pk: int) -> HttpResponse:
    file = _file(pk)
    done = _("The file is being exported. You may leave the page.")
    with_doubtful = bool(request.POST.get("with_doubtful"))
    try_act(
        request,
        lambda: exporting.request_export(file, by=request.actor, with_doubtful=with_doubtful),
        done,
    )
    return redirect("archive:file_exports", pk)


@staff_page("archive.view_caseexport")
def export_progress(request: Any, pk: int) -> HttpResponse:
    return _part(request, _file(pk)) if request.htmx else redirect("archive:file_exports", pk)


@staff_page("archive.view_caseexport")
def export_pdf(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The kept bytes; only to who may see every document in them."""
    rows = CaseExport.objects.readable_by(request.user).select_related("pdf", "file__line__plan")
    made = get_object_or_404(rows, file=pk, number=number)
    if made.pdf is None:
        raise Http404
    audit.record("case_file.export_read", made.file, by=request.actor, number=made.number, sha256=made.sha256)
    log_reading(made.documents.all(), by=request.actor, what="export")
    return send(made.pdf, f"{made.pdf.name.removesuffix('.pdf')}-v{made.number}.pdf")
