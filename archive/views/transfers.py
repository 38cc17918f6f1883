"""Handing files over to an archive: the list, its approval, the packages, the receipt."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.choices import TransferState as State
from archive.forms import NoteForm, ReasonForm
from archive.forms_acts import ReceiptForm, TransferForm
from archive.models import Placement, Transfer, TransferPackage
from archive.services import transfers
from archive.views.acts import ActPage, trail_to
from archive.views.base import ActFormView, try_act
from core.views import staff_action, staff_page
from documents.models import Document
from documents.services import log_reading
from documents.views.documents import send


class TransferNewView(ActFormView):
    permission_required = "archive.add_transfer"
    form_class = TransferForm

    def get_title(self) -> str:
        return _("New list of files to hand over")

    def get_lead(self) -> str:
        return _("Files of approved inventories that are still here.")

    def get_trail(self) -> list[tuple[Any, str]]:
        return trail_to()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "files": transfers.candidates()}

    def get_initial(self) -> dict[str, Any]:
        last = Transfer.objects.first()
        return {"receiver": "municipal", "receiver_name": last.receiver_name if last else ""}

    def act(self, form: Any) -> str:
        data = dict(form.cleaned_data)
        files = [int(pk) for pk in data.pop("chosen")]
        return transfers.begin_transfer(files, by=self.actor, **data).get_absolute_url()


class TransferView(ActPage):
    permission_required = "archive.view_transfer"
    template_name = "archive/transfer.html"
    model = Transfer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row, may = self.row, self.staff.has_perm
        may_approve = row.state == State.SUBMITTED and may("archive.approve_transfer")
        return super().get_context_data(
            is_draft=row.state == State.DRAFT,
            may_approve=may_approve and not self.actor.is_person(row.submitted_by),
            **packages_of(row, self.staff),
            **kwargs,
        )


def packages_of(row: Transfer, user: Any) -> dict[str, Any]:
    """The packages, and whether this person may fetch them: an export is read whole or not at all."""
    packages = list(TransferPackage.objects.filter(line__transfer=row).select_related("line"))
    places = Placement.objects.standing().filter(file__transfer_lines__transfer=row)
    may_fetch = user.has_perm("archive.export_casefile") and places.count() == places.named_to(user).count()
    is_whole = bool(packages) and len(packages) == 2 * row.lines.count()
    return {
        "packages": packages,
        "may_fetch": may_fetch,
        "is_packed": is_whole,
        "packing": transfers.packing_job(row) if row.state == State.APPROVED else None,
        "may_pack": row.state == State.APPROVED and user.has_perm("archive.change_transfer"),
    }


class ReceiptView(ActFormView):
    permission_required = "archive.change_transfer"
    form_class = ReceiptForm
    done = gettext_lazy("The receipt is recorded: the files are handed over.")

    @cached_property
    def row(self) -> Transfer:
        return _row(self.kwargs["pk"])

    def get_title(self) -> str:
        return _("Receipt of the archive")

    def get_trail(self) -> list[tuple[Any, str]]:
        return trail_to(self.row)

    def act(self, form: Any) -> str:
        return transfers.receive_transfer(self.row, by=self.actor, **form.cleaned_data).get_absolute_url()


def _row(pk: int) -> Transfer:
    return get_object_or_404(Transfer.objects.select_related("submitted_by"), pk=pk)


@staff_action("archive.change_transfer")
def transfer_submit(request: Any, pk: int) -> HttpResponse:
    row = _row(pk)
    done = _("The list waits for approval.")
    try_act(request, lambda: transfers.submit_transfer(row, by=request.actor), done)
    return redirect(row)


@staff_action("archive.approve_transfer")
def transfer_approve(request: Any, pk: int) -> HttpResponse:
    row = _row(pk)
    done = _("The act is approved; now the packages are made.")
    try_act(request, lambda: transfers.approve_transfer(row, by=request.actor), done)
    return redirect(row)


@staff_action("archive.approve_transfer")
def transfer_return(request: Any, pk: int) -> HttpResponse:
    row, form = _row(pk), NoteForm(request.POST, prefix="note")
    if form.is_valid():
        note = form.cleaned_data["note"]
        act = lambda: transfers.return_transfer(row, note=note, by=request.actor)  # noqa: E731 -- one line
        try_act(request, act, _("The list is returned."))
    else:
        messages.error(request, _("Write what is to be mended."))
    return redirect(row)


@staff_action("archive.change_transfer")
def transfer_pack(request: Any, pk: int) -> HttpResponse:
    row = _row(pk)
    done = _("The packages are being made. You may leave the page.")
    try_act(request, lambda: transfers.request_packages(row, by=request.actor), done)
    return redirect(row)


@staff_action("archive.change_transfer")
def transfer_abort(request: Any, pk: int) -> HttpResponse:
    row, form = _row(pk), ReasonForm(request.POST, prefix="reason")
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        act = lambda: transfers.abort_transfer(row, reason=reason, by=request.actor)  # noqa: E731 -- one line
        try_act(request, act, _("The transfer is aborted: the files stay here."))
    else:
        messages.error(request, _("Write the reason."))
    return redirect(row)


@staff_page("archive.view_transfer")
def transfer_progress(request: Any, pk: int) -> HttpResponse:
    row = _row(pk)
    if not request.htmx:
        return redirect(row)
    return render(request, "archive/_packages.html", {"act": row, **packages_of(row, request.user)})


@staff_page("archive.export_casefile")
def transfer_package(request: HttpRequest, pk: int) -> HttpResponse:
    """The kept bytes; only to who may see every document in them."""
    package = get_object_or_404(
        TransferPackage.objects.select_related("stored", "line"), pk=pk, stored__isnull=False
    )
    places = Placement.objects.standing().filter(file=package.line.file_id)
    if places.count() != places.named_to(request.user).count():
        return HttpResponse(status=404)
    assert package.stored is not None  # asked above
    documents = Document.objects.filter(placements__in=places)
    log_reading(documents, by=request.actor, what="package")
    return send(package.stored, package.name)
