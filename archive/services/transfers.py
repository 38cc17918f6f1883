"""Handing files over to an archive: the list, the head's approval, packages a worker makes, the archive's receipt."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from archive.choices import FileState, PackageKind, Receiver, TransferState
from archive.models import CaseExport, CaseFile, Placement, Transfer, TransferLine, TransferPackage
from archive.services import listing, registering, steps
from core import audit, jobs
from core.actor import Actor
from core.errors import DomainError
from core.files import store
from core.models import Job

JOB = "archive.pack_transfer"
State = TransferState
MAY_GO = (FileState.INVENTORIED, FileState.ARCHIVED, FileState.KEPT)  # numbered already, not given away


def candidates() -> list[Any]:
    """Files of approved inventories that stand in no list of transfer or destruction."""
    rows = CaseFile.objects.filter(state__in=MAY_GO, inventory_line__isnull=False)
    rows = rows.exclude(transfer_lines__stands=True).exclude(destruction_lines__stands=True)
    return listing.read(rows)


@transaction.atomic
def begin_transfer(
    files: Iterable[int], *, receiver: str, receiver_name: str, ground: str, condition: str, by: Actor
) -> Transfer:
    """The list of the chosen files, with their numbers in the inventory."""
    chosen = [file for file in candidates() if file.pk in set(files)]
    if not chosen:
        raise DomainError(_("Choose at least one file."), field="chosen")
    row = Transfer.objects.create(
        year=timezone.localdate().year,
        receiver=Receiver(receiver),
        receiver_name=steps.need(receiver_name, _("Write the name of the archive."), "receiver_name")[:200],
        ground=steps.need(ground, _("Write on what ground the files are handed over."), "ground")[:300],
        condition=condition.strip()[:200],
    )
    points = listing.prevailing_points(chosen)
    TransferLine.objects.bulk_create(
        TransferLine(
            transfer=row,
            file=file,
            state_before=file.state,
            inventory_number=file.inventory_line.number,
            **listing.facts(file, points[file.pk]),
        )
        for file in chosen
    )
    audit.record("transfer.begun", row, by=by, files=len(chosen), receiver=row.receiver)
    return row


@transaction.atomic
def submit_transfer(row: Transfer, *, by: Actor) -> Transfer:
    row = steps.lock(row, State.DRAFT)
    if by.user is None:
        raise DomainError(_("Only a person decides."))
    steps.save(row, state=State.SUBMITTED, return_note="", **steps.signed(by, "submitted"))
    audit.record("transfer.submitted", row, by=by, sha256=listing.list_sha256(row.lines.all()))
    steps.request_paper(row)
    return row


@transaction.atomic
def return_transfer(row: Transfer, *, note: str, by: Actor) -> Transfer:
    row = steps.lock(row, State.SUBMITTED)
    note = steps.need(note, _("Write what is to be mended."), "note")
    steps.save(row, state=State.DRAFT, return_note=note[:500])
    audit.record("transfer.returned", row, by=by, reason=note)
    return row


@transaction.atomic
def approve_transfer(row: Transfer, *, by: Actor) -> Transfer:
    """The head's yes gives the act its number; the packages are made then."""
    row = steps.lock(row, State.SUBMITTED)
    steps.must_be_another(by, row.submitted_by)
    registration = registering.register_act(row, by=by)
    steps.save(
        row,
        state=State.APPROVED,
        year=registration.year,
        number=registration.sequence,
        **steps.signed(by, "approved"),
    )
    audit.record("transfer.approved", row, by=by, sha256=listing.list_sha256(row.lines.all()))
    steps.request_paper(row)
    return row


@transaction.atomic
def request_packages(row: Transfer, *, by: Actor) -> Job:
    """Ask a worker for the packages; refused when a document of a file is hidden from who asks."""
    row = steps.lock(row, State.APPROVED)
    places = Placement.objects.standing().filter(file__transfer_lines__transfer=row)
    if places.count() > places.named_to(by.user).count():
        raise DomainError(_("The files hold documents you may not see; who sees them all packs them."))
    payload = {
        "user": by.user.pk if by.user else None,
        "acting_for": by.acting_for.pk if by.acting_for else None,
    }
    return jobs.enqueue(JOB, row.pk, payload=payload)


def packing_job(row: Transfer) -> Job | None:
    return Job.objects.filter(kind=JOB, key=str(row.pk)).first()


@transaction.atomic
def receive_transfer(
    row: Transfer, *, received_on: datetime.date, receipt_number: str, received_by: str, by: Actor
) -> Transfer:
    """The archive has the files: its receipt is written down, and the files are handed over from now on."""
    row = steps.lock(row, State.APPROVED)
    if received_on > timezone.localdate():
        raise DomainError(_("The day is still to come."), field="received_on")
    if row.approved_at and received_on < timezone.localdate(row.approved_at):
        raise DomainError(_("The act was approved later than that day."), field="received_on")
    received_by = steps.need(received_by, _("Write who received the files."), "received_by")
    lines = list(row.lines.select_related("file"))
    packed = TransferPackage.objects.filter(line__in=lines, kind=PackageKind.BAG).count()
    if packed < len(lines):
        raise DomainError(_("First make the packages: without them nothing was handed over."))
    state = FileState.TRANSFERRED if row.receiver == Receiver.STATE else FileState.ARCHIVED
    for line in lines:
        line.file.state = state
        line.file.save(update_fields=["state", "updated_at"])
        audit.record("case_file.transferred", line.file, by=by, act=row.signature, state=str(state))
    row.lines.update(stands=False)
    steps.save(
        row,
        state=State.RECEIVED,
        received_on=received_on,
        receipt_number=receipt_number.strip()[:60],
        received_by=received_by[:200],
        receipt_name=by.label[:400],
    )
    audit.record("transfer.received", row, by=by, day=received_on.isoformat(), number=row.receipt_number)
    steps.request_paper(row)
    return row


@transaction.atomic
def abort_transfer(row: Transfer, *, reason: str, by: Actor) -> Transfer:
    row = steps.lock(row)
    if not row.is_abortable:
        raise DomainError(_("The archive has received the files: the transfer is not aborted any more."))
    reason = steps.need(reason, _("Write the reason."), "reason")
    row.lines.update(stands=False)
    steps.save(
        row,
        state=State.ABORTED,
        aborted_at=timezone.now(),
        aborted_name=by.label[:400],
        abort_reason=reason[:300],
    )
    registering.void_act(row, reason=reason, by=by)
    audit.record("transfer.aborted", row, by=by, reason=reason)
    return row


# --- packages -------------------------------------------------------------------------------------------------


def pack(row: Transfer, *, by: Actor, job: Job) -> int:
    """Both packages of every file that has none yet; a worker that dies leaves whole packages or none."""
    lines = list(row.lines.select_related("file__line__plan__unit", "file__line__unit"))
    made = 0
    for done, line in enumerate(lines):
        job.report(done, len(lines), f"{line.signature} {line.heading}"[:200])
        there = set(line.packages.values_list("kind", flat=True))
        missing = [kind for kind in PackageKind if kind not in there]
        if missing:
            made += _pack_line(row, line, missing, by=by)
    job.report(len(lines), len(lines))
    if made:
        audit.record("transfer.packed", row, by=by, packages=made)
    return made


def _pack_line(row: Transfer, line: TransferLine, kinds: list[PackageKind], *, by: Actor) -> int:
    from archive.packages.bag import make_bag  # noqa: PLC0415 -- workers only
    from archive.packages.contents import zipped  # noqa: PLC0415 -- workers only
    from archive.packages.sip import make_sip  # noqa: PLC0415 -- workers only
    from archive.services.exporting import export_file  # noqa: PLC0415 -- workers only

    export = export_file(line.file, by=by)
    with override(settings.LANGUAGE_CODE):
        contents = _contents(row, line, export)
    for kind in kinds:
        make = make_bag if kind == PackageKind.BAG else make_sip
        with tempfile.TemporaryDirectory() as folder:
            root = make(contents, Path(folder) / kind)
            target = Path(folder) / f"{contents.name}-{kind}.zip"
            zipped(root, target, contents.moment)
            with target.open("rb") as stream:
                stored = store(stream, name=target.name, media_type="application/zip")
        TransferPackage.objects.get_or_create(
            line=line,
            kind=kind,
            defaults={
                "stored": stored,
                "name": target.name,
                "sha256": stored.sha256,
                "size": stored.size,
            },
        )
    return len(kinds)


def _contents(row: Transfer, line: TransferLine, export: CaseExport) -> Any:
    from archive.packages.contents import Contents, Part, safe_name  # noqa: PLC0415 -- workers only

    file, stored = line.file, export.pdf
    assert stored is not None  # just made; only an act of destruction takes it away
    places = Placement.objects.standing().filter(file=file, document__is_working_paper=False).in_order()
    originals, entries = [], []
    for number, place in enumerate(
        places.select_related("document__matter").prefetch_related(
            "document__versions__file", "document__registrations"
        ),
        start=1,
    ):
        newest = next(iter(place.document.versions.all()), None)
        if newest is None:  # destroyed on its own day; the export says so at its place
            continue
        registered = next((one.number for one in place.document.registrations.all() if not one.void_at), "")
        name = safe_name(newest.name, number)
        originals.append(Part(name, newest.file.media_type, place.document.title, newest.file.read))
        entries.append(
            {
                "number": number,
                "date": place.filed_on.isoformat(),
                "registered": registered,
                "title": place.document.title,
                "matter": place.document.matter.number,
                "file": f"originals/{name}",
                "sha256": newest.file.sha256,
                "media_type": newest.file.media_type,
                "pages": place.pages,
            }
        )
    title = f"{line.signature} {line.heading}"
    described = {
        "title": title,
        "index": line.index,
        "volume": line.volume,
        "year": line.year,
        "inventory_number": line.inventory_number,
        "first_on": line.first_on.isoformat() if line.first_on else None,
        "last_on": line.last_on.isoformat() if line.last_on else None,
        "kept": line.term,
        "term_verified": line.is_verified,
        "retention_point": line.point,
        "creator": settings.OFFICE_NAME,
        "unit": settings.OFFICE_UNIT,
        "act": row.signature,
        "receiver": row.receiver_name,
        "export_sha256": export.sha256,
        "pages": export.pages,
        "documents": entries,
    }
    return Contents(
        name=f"byla-{line.year}-{line.index}-t{line.volume}",
        title=title,
        office=settings.OFFICE_NAME,
        office_code=settings.OFFICE_CODE,
        unit=str(file.line.unit or file.line.plan.unit or settings.OFFICE_UNIT),
        submitted_by=row.submitted_name,
        moment=export.made_at,
        pdf=Part("byla.pdf", "application/pdf", title, stored.read),
        originals=originals,
        metadata=described,
        tables=[Part("vidaus-apyrasas.csv", "text/csv", _("Inner inventory"), lambda: _table(entries))],
    )


def _table(entries: list[dict[str, Any]]) -> bytes:
    import csv  # noqa: PLC0415 -- workers only
    import io  # noqa: PLC0415 -- workers only

    target = io.StringIO()
    writer = csv.DictWriter(target, list(entries[0]) if entries else [], delimiter=";")
    writer.writeheader()
    writer.writerows(entries)
    return ("\ufeff" + target.getvalue()).encode()
