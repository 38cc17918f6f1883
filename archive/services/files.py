"""Case files: closing after the checklist, reopening by the archivist only, legal hold, volumes, what they hold."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from archive import checklist
from archive.choices import FileState, StartEvent
from archive.models import CaseFile, Placement, PlanLine
from archive.services.placing import last_day_of, room_for_sheets
from core import audit
from core.actor import Actor
from core.errors import DomainError


def lock_file(file: CaseFile) -> CaseFile:
    """The line of the plan is the lock of all its volumes."""
    PlanLine.objects.select_for_update(of=("self",)).get(pk=file.line_id)
    return CaseFile.objects.select_related("line__plan", "line__point").get(pk=file.pk)


@transaction.atomic
def close_file(file: CaseFile, *, by: Actor) -> CaseFile:
    """Nothing more comes into this volume: refused while the checklist has something that stops it."""
    file = lock_file(file)
    if not file.is_open:
        raise DomainError(_("The file is closed already."))
    if stopping := [item for item in checklist.of_file(file) if item.stops]:
        raise DomainError(
            _("First put in order: %(what)s") % {"what": "; ".join(str(item.title) for item in stopping)}
        )
    file.state, file.closed_on, file.closed_name = FileState.FINISHED, timezone.localdate(), by.label[:400]
    if file.line.point.counted_from == StartEvent.CLOSING:
        file.event_on = last_day_of(file)
    file.save(update_fields=["state", "closed_on", "closed_name", "event_on", "updated_at"])
    audit.record("case_file.closed", file, by=by, documents=file.placements.standing().count())
    return file


@transaction.atomic
def reopen_file(file: CaseFile, *, reason: str, by: Actor) -> CaseFile:
    """Only a file that has gone no further than closed; what comes late without it lies in the next volume."""
    file = lock_file(file)
    if not reason.strip():
        raise DomainError(_("Write why the file is reopened."), field="reason")
    if file.is_open:
        raise DomainError(_("The file is open."))
    if file.state != FileState.FINISHED:
        raise DomainError(_("The file is in the inventory already: it is not reopened any more."))
    file.state, file.closed_on, file.closed_name = FileState.BEGUN, None, ""
    if file.line.point.counted_from == StartEvent.CLOSING:
        file.event_on = None
    file.save(update_fields=["state", "closed_on", "closed_name", "event_on", "updated_at"])
    audit.record("case_file.reopened", file, by=by, reason=reason.strip())
    return file


@transaction.atomic
def hold_file(file: CaseFile, *, reason: str, by: Actor) -> CaseFile:
    """A legal hold (a court case, an audit): the file is not destroyed whatever its term."""
    file = lock_file(file)
    if not reason.strip():
        raise DomainError(_("Write why the file is held."), field="reason")
    if file.held_on:
        raise DomainError(_("The file is under a legal hold already."))
    if file.state in (FileState.DESTROYED, FileState.TRANSFERRED):
        raise DomainError(_("The file is not here any more."))
    file.held_on, file.hold_reason = timezone.localdate(), reason.strip()[:300]
    file.save(update_fields=["held_on", "hold_reason", "updated_at"])
    audit.record("case_file.held", file, by=by, reason=reason.strip())
    return file


@transaction.atomic
def lift_hold(file: CaseFile, *, reason: str, by: Actor) -> CaseFile:
    file = lock_file(file)
    if not reason.strip():
        raise DomainError(_("Write why the hold is lifted."), field="reason")
    if not file.held_on:
        raise DomainError(_("The file is not under a legal hold."))
    file.held_on, file.hold_reason = None, ""
    file.save(update_fields=["held_on", "hold_reason", "updated_at"])
    audit.record("case_file.hold_lifted", file, by=by, reason=reason.strip())
    return file


@transaction.atomic
def set_event(file: CaseFile, *, event_on: datetime.date | None, place: str, by: Actor) -> CaseFile:
    """The day the years are counted from, where it is not the last document's; and where a paper file stands."""
    file = lock_file(file)
    if file.line.point.counted_from == StartEvent.CLOSING:
        event_on = file.event_on
    elif event_on and event_on > timezone.localdate():
        raise DomainError(_("The day is still to come."), field="event_on")
    file.event_on, file.place = event_on, place.strip()[:120]
    file.save(update_fields=["event_on", "place", "updated_at"])
    audit.record(
        "case_file.described",
        file,
        by=by,
        event_on=event_on.isoformat() if event_on else "",
        place=file.place,
    )
    return file


@transaction.atomic
def set_extent(placement: Placement, *, pages: int | None, sheets: int | None, by: Actor) -> Placement:
    """How much a document takes, counted by hand: pages of a file, sheets of paper."""
    file = lock_file(placement.file)
    placement = Placement.objects.select_related("document").get(pk=placement.pk)
    if placement.left_at:
        raise DomainError(_("The document lies in another file by now."))
    if not file.is_open:
        raise DomainError(_("The file is closed: reopen it to change its contents."))
    placement.pages, placement.sheets = pages, sheets
    placement.save(update_fields=["pages", "sheets"])
    audit.record(
        "document.counted",
        placement.document,
        by=by,
        matter=placement.document.matter_id,
        pages=pages,
        sheets=sheets,
    )
    return placement


@transaction.atomic
def split_volume(file: CaseFile, *, by: Actor) -> int:
    """What is over the norm of sheets goes to the next volume, in order; returns how many documents went."""
    file = lock_file(file)
    room = room_for_sheets(file.line)
    if not file.is_open or not file.is_paper or room is None:
        raise DomainError(_("Only an open paper file is split, by the norm of sheets."))
    if file.line.files.filter(volume__gt=file.volume).exists():
        raise DomainError(_("The next volume is there already: move the documents one by one."))
    rows = list(file.placements.standing().in_order().select_related("document"))
    first = _first_over(rows, room)
    if first is None:
        raise DomainError(_("All sheets fit into one volume."))
    new = CaseFile.objects.create(
        line=file.line, volume=file.volume + 1, state=FileState.BEGUN, opened_on=rows[first].filed_on
    )
    moved = Placement.objects.filter(pk__in=[row.pk for row in rows[first:]]).update(file=new)
    audit.record("case_file.split", file, by=by, documents=moved, volume=new.volume)
    return moved


def _first_over(rows: list[Placement], room: int) -> int | None:
    """Where the sheets pass the norm; a letter is not parted from what came with it."""
    total = 0
    for place, row in enumerate(rows):
        total += row.sheets or 0
        if total > room and place > 0:
            while place > 1 and rows[place].document.part_of_id:
                place -= 1
            return place
    return None
