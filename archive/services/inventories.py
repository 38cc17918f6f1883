"""The yearly inventory: closed files kept long or permanently, numbered on, approved by another person."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.choices import FileState, Kept, PaperState
from archive.models import CaseFile, Inventory, InventoryLine
from archive.services import listing, registering, steps
from core import audit
from core.actor import Actor
from core.errors import DomainError

TAKEN = (FileState.FINISHED, FileState.ARRANGED)  # closed and in no inventory yet
USUAL_NUMBERS = {Kept.PERMANENT: "1", Kept.LONG: "2"}


@transaction.atomic
def begin_inventory(kept: str, year: int, *, by: Actor) -> Inventory:
    """The list of a year with every closed file that belongs there; its numbers go on from the year before."""
    if year >= timezone.localdate().year:
        raise DomainError(_("An inventory is made of a year that is over."), field="year")
    if Inventory.objects.filter(kept=kept, year=year).exists():
        raise DomainError(_("There is such an inventory of %(year)d already.") % {"year": year}, field="year")
    before = Inventory.objects.filter(kept=kept).order_by("-year").first()
    inventory = Inventory(kept=kept, year=year)
    inventory.number = before.number if before else USUAL_NUMBERS[Kept(kept)]
    inventory.fund = before.fund if before else ""
    try:
        with transaction.atomic():
            inventory.save()
    except IntegrityError as error:
        raise DomainError(
            _("First have the inventory that is in work approved: numbers run on from it."), field="year"
        ) from error
    _write(inventory)
    audit.record("inventory.begun", inventory, by=by, year=year, kept=kept, files=inventory.lines.count())
    return inventory


def candidates(inventory: Inventory) -> list[tuple[Any, Any]]:
    """Closed files of its year and term that stand in no other inventory, each with its prevailing term."""
    rows = CaseFile.objects.filter(line__plan__year=inventory.year, state__in=TAKEN)
    files = listing.read(rows.exclude(inventory_line__in=_foreign(inventory)))
    points = listing.prevailing_points(files)
    chosen = [(file, points[file.pk]) for file in files]
    return [(file, point) for file, point in chosen if listing.kept_as(point) == inventory.kept]


def _foreign(inventory: Inventory) -> Any:
    return InventoryLine.objects.exclude(inventory=inventory)


def missing(inventory: Inventory) -> int:
    """Files of its year that are not closed yet, of the plan's terms that would belong here."""
    rows = CaseFile.objects.open().filter(line__plan__year=inventory.year, state=FileState.BEGUN)
    points = [file.line.point for file in rows.select_related("line__point")]
    return sum(listing.kept_as(point) == inventory.kept for point in points)


def _write(inventory: Inventory) -> None:
    """The lines anew from the files; remarks stay with their files."""
    notes = dict(inventory.lines.exclude(note="").values_list("file", "note"))
    inventory.lines.all().delete()
    last = InventoryLine.objects.filter(kept=inventory.kept).aggregate(last=Max("number"))["last"] or 0
    InventoryLine.objects.bulk_create(
        InventoryLine(
            inventory=inventory,
            file=file,
            kept=inventory.kept,
            number=number,
            note=notes.get(file.pk, ""),
            **listing.facts(file, point),
        )
        for number, (file, point) in enumerate(candidates(inventory), start=last + 1)
    )


def _lock_draft(inventory: Inventory) -> Inventory:
    inventory = steps.lock(inventory)
    if inventory.state != PaperState.DRAFT:
        raise DomainError(_("The inventory is not being prepared any more."))
    return inventory


@transaction.atomic
def gather_inventory(inventory: Inventory, *, by: Actor) -> int:
    """Take up what was closed since the list was begun; returns how many files it has."""
    inventory = _lock_draft(inventory)
    _write(inventory)
    steps.save(inventory)
    count = inventory.lines.count()
    audit.record("inventory.gathered", inventory, by=by, files=count)
    return count


@transaction.atomic
def describe_inventory(inventory: Inventory, *, fund: str, number: str, by: Actor) -> Inventory:
    inventory = _lock_draft(inventory)
    number = steps.need(number, _("Write the number of the inventory."), "number")
    steps.save(inventory, fund=fund.strip()[:20], number=number[:20])
    audit.record("inventory.described", inventory, by=by, fund=inventory.fund, number=inventory.number)
    return inventory


@transaction.atomic
def remark_line(line: InventoryLine, *, note: str, by: Actor) -> None:
    inventory = _lock_draft(line.inventory)
    InventoryLine.objects.filter(pk=line.pk).update(note=note.strip()[:300])
    steps.save(inventory)
    audit.record("inventory.described", inventory, by=by, line=line.number)


@transaction.atomic
def submit_inventory(inventory: Inventory, *, by: Actor) -> Inventory:
    inventory = _lock_draft(inventory)
    _write(inventory)
    if not inventory.lines.exists():
        raise DomainError(_("The inventory has no files: close the files of its year first."))
    steps.save(inventory, state=PaperState.SUBMITTED, return_note="", **steps.signed(by, "submitted"))
    audit.record(
        "inventory.submitted",
        inventory,
        by=by,
        files=inventory.lines.count(),
        sha256=listing.list_sha256(inventory.lines.all()),
    )
    steps.request_paper(inventory)
    return inventory


@transaction.atomic
def return_inventory(inventory: Inventory, *, note: str, by: Actor) -> Inventory:
    inventory = steps.lock(inventory)
    if inventory.state != PaperState.SUBMITTED:
        raise DomainError(_("Only a submitted inventory is returned."))
    note = steps.need(note, _("Write what is to be mended."), "note")
    steps.save(inventory, state=PaperState.DRAFT, return_note=note[:500])
    audit.record("inventory.returned", inventory, by=by, reason=note)
    return inventory


@transaction.atomic
def approve_inventory(inventory: Inventory, *, by: Actor) -> Inventory:
    """The head's yes: the files are entered under their numbers and are not reopened any more."""
    inventory = steps.lock(inventory)
    if inventory.state != PaperState.SUBMITTED:
        raise DomainError(_("Only a submitted inventory is approved."))
    if by.user is None or by.is_person(inventory.submitted_by):
        raise DomainError(_("Nobody approves what she or he submitted: another head does it."))
    lines = list(inventory.lines.select_related("file"))
    if stale := [line for line in lines if line.file.state not in TAKEN]:
        raise DomainError(
            _("Reopened since it was submitted: %(files)s. Have the inventory returned.")
            % {"files": ", ".join(line.signature for line in stale)}
        )
    registering.register_act(inventory, by=by)
    steps.save(inventory, state=PaperState.APPROVED, **steps.signed(by, "approved"))
    for line in lines:
        line.file.state = FileState.INVENTORIED
        line.file.save(update_fields=["state", "updated_at"])
        audit.record(
            "case_file.inventoried", line.file, by=by, number=line.number, inventory=inventory.number
        )
    audit.record("inventory.approved", inventory, by=by, files=len(lines), sha256=listing.list_sha256(lines))
    steps.request_paper(inventory)
    return inventory


@transaction.atomic
def delete_inventory(inventory: Inventory, *, by: Actor) -> None:
    """A draft begun in error goes; the audit trail remembers it."""
    inventory = _lock_draft(inventory)
    audit.record("inventory.deleted", inventory, by=by, year=inventory.year, kept=inventory.kept)
    inventory.delete()
