"""A document's way into a case file: proposed by its kind and matter, done with the deed that makes it final.

The matter is locked first, then the line of the plan; whoever places holds both, so that order and volumes are right.
"""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.choices import FileState, Waiting
from archive.models import CaseFile, Placement, Plan, PlanLine, RetentionPoint, WaitingDocument
from archive.services import texts
from core import audit, deadlines, jobs, registry
from core.actor import Actor
from core.errors import DomainError
from core.models import acted_by
from documents.choices import DocumentState
from documents.models import Document
from matters.services import lock_matter

VOLUME_NORM = "ARCHIVE_VOLUME_SHEETS"
COUNT_PAGES = "archive.count_pages"


@dataclass(frozen=True)
class Proposal:
    """Where a document belongs by itself: a line of its year's plan, or why there is none."""

    year: int
    line: PlanLine | None = None
    point: RetentionPoint | None = None
    why: str = ""


# --- which file ------------------------------------------------------------------------------------------


def filed_when(document: Document) -> tuple[datetime.date, datetime.datetime]:
    """The day and moment that give the document its place: of the registration, else of its final version."""
    root = document.part_of if document.part_of_id and document.part_of else document
    if standing := root.registrations.standing().first():
        return standing.registered_on, standing.created_at
    newest = root.versions.first()
    moment = newest.made_at if newest else root.created_at
    return timezone.localdate(moment), moment


def series_of(document: Document) -> str:
    """The row of the retention index that upper floors named for this kind of matter and document."""
    matter_kind, kind = document.matter.kind, document.kind
    best, weight = "", 0
    for default in registry.register_filing_default:
        if default.matter_kind not in ("", matter_kind) or default.document_kind not in ("", kind):
            continue
        says = 2 * bool(default.document_kind) + bool(default.matter_kind)
        if says > weight:
            best, weight = default.series, says
    return best


def propose(document: Document) -> Proposal:
    """The place by kind and matter; without a rule, the file where most of the matter's papers of that year lie."""
    year = filed_when(document)[0].year
    plan = Plan.objects.filter(year=year).select_related("retention_index").first()
    if plan is None or not plan.is_approved:
        return Proposal(year, why=Waiting.NO_PLAN)
    series = series_of(document)
    point = plan.retention_index.points.filter(code=series).first() if series else None
    if series and (line := plan.lines.filter(point__code=series).in_order().first()):
        return Proposal(year, line, point)
    if line := _where_the_matter_lies(document, plan):
        return Proposal(year, line, point)
    return Proposal(year, None, point, Waiting.NO_LINE if series else Waiting.NO_SERIES)


def _where_the_matter_lies(document: Document, plan: Plan) -> PlanLine | None:
    lines = Placement.objects.standing().filter(document__matter=document.matter_id, file__line__plan=plan)
    counted = Counter(lines.values_list("file__line", flat=True)).most_common(1)
    return PlanLine.objects.get(pk=counted[0][0]) if counted else None


# --- what became of a document -----------------------------------------------------------------------------


@transaction.atomic
def follow(document: Document, event: str, by: Actor) -> None:
    """Place the document, move it with its registration, or take it out; the matter is locked by the caller."""
    if document.is_working_paper:
        return
    standing = _standing(document)
    if event == "voided":
        WaitingDocument.objects.filter(document=document).delete()
        if standing:
            _leave(standing, reason=_("the document is void"), by=by)
            texts.request_reading(document.pk)
        return
    if standing:
        _keep_up(standing, document, by=by)
        texts.request_reading(document.pk)
    elif document.state == DocumentState.FINAL:
        _place_by_itself(document, by=by)


def _standing(document: Document | None) -> Placement | None:
    rows = Placement.objects.standing().filter(document=document)
    return rows.select_related("file__line__plan", "document").first()


def _place_by_itself(document: Document, *, by: Actor) -> Placement | None:
    if document.part_of_id and (letter := _standing(document.part_of)):
        return put(document, letter.file.line, by=by, like=letter)
    proposal = propose(document)
    if proposal.line is None:
        WaitingDocument.objects.update_or_create(
            document=document, defaults={"year": proposal.year, "why": proposal.why}
        )
        return None
    return put(document, proposal.line, by=by, point=proposal.point)


def _keep_up(placement: Placement, document: Document, *, by: Actor) -> None:
    """A number or a newer version may change the day and, while the file is open and nobody chose it, the year."""
    filed_on, ordered_at = filed_when(document)
    if not placement.file.is_open:
        return
    if filed_on.year != placement.file.line.plan.year and not placement.by_hand and not document.part_of_id:
        proposal = propose(document)
        if proposal.line and proposal.line.pk != placement.file.line_id:
            _move_with_parts(
                placement,
                proposal.line,
                reason=_("registered in %(year)d") % {"year": filed_on.year},
                by=by,
                by_hand=False,
            )
            return
    if (placement.filed_on, placement.ordered_at) != (filed_on, ordered_at):
        for row in [placement, *_parts_of(document)]:
            row.filed_on, row.ordered_at = filed_on, ordered_at
            row.save(update_fields=["filed_on", "ordered_at"])
    _count_pages(placement, document)


def _parts_of(document: Document) -> list[Placement]:
    rows = Placement.objects.standing().filter(document__part_of=document)
    return list(rows.select_related("file__line__plan", "document").order_by("document_id"))


# --- putting in and taking out -------------------------------------------------------------------------------


def put(
    document: Document,
    line: PlanLine,
    *,
    by: Actor,
    point: RetentionPoint | None = None,
    like: Placement | None = None,
    reason: str = "",
    by_hand: bool = False,
) -> Placement:
    """Into the open volume of the line; what lay there before keeps its order. `like`: with the letter it came with."""
    line = PlanLine.objects.select_for_update(of=("self",)).select_related("plan").get(pk=line.pk)
    before = document.placements.order_by("-pk").first()
    sheets = before.sheets if before else None
    newest = document.versions.first()
    file, is_late = (like.file, like.is_late) if like and like.file.is_open else _open_volume(line, sheets)
    filed_on, ordered_at = filed_when(document)
    placement = Placement.objects.create(
        file=file,
        document=document,
        filed_on=filed_on,
        ordered_at=ordered_at,
        pages=newest.pages if newest else None,
        sheets=sheets,
        point=point or (like.point if like else None),
        by_hand=by_hand,
        is_late=is_late,
        reason=reason[:300],
        **acted_by(by),
    )
    if file.state == FileState.PLANNED:
        file.state, file.opened_on = FileState.BEGUN, filed_on
        file.save(update_fields=["state", "opened_on", "updated_at"])
        audit.record("case_file.begun", file, by=by, volume=file.volume)
    WaitingDocument.objects.filter(document=document).delete()
    texts.request_reading(document.pk)
    audit.record(
        "document.placed",
        document,
        by=by,
        matter=document.matter_id,
        index=file.signature,
        year=line.plan.year,
    )
    _count_pages(placement, document)
    return placement


def _open_volume(line: PlanLine, sheets: int | None) -> tuple[CaseFile, bool]:
    """The line's last volume while it is open and has room, else the next one; and whether the document is late."""
    last = line.files.order_by("-volume").first()
    if last is None:
        return CaseFile.objects.create(line=line, volume=1), False
    last.line = line
    if not last.is_open:
        return _next_volume(line, last), True
    if sheets and last.is_paper and _sheets_in(last) + sheets > (room_for_sheets(line) or 10**9):
        return _next_volume(line, last), False
    return last, last.volume > 1 and _is_late_volume(last)


def _is_late_volume(file: CaseFile) -> bool:
    """Whether the volume was begun because the one before it had been closed."""
    return Placement.objects.filter(file=file, is_late=True).exists()


def _next_volume(line: PlanLine, last: CaseFile) -> CaseFile:
    return CaseFile.objects.create(line=line, volume=last.volume + 1)


def _sheets_in(file: CaseFile) -> int:
    return Placement.objects.standing().filter(file=file).aggregate(n=Sum("sheets"))["n"] or 0


def room_for_sheets(line: PlanLine) -> int | None:
    """How many sheets a volume holds by the norm of its year; None where the norm is missing."""
    try:
        return int(deadlines.norm(VOLUME_NORM, datetime.date(line.plan.year, 12, 31)).value)
    except DomainError:
        return None


def _leave(placement: Placement, *, reason: str, by: Actor) -> None:
    if not placement.file.is_open:
        raise DomainError(
            _("The document lies in the closed file %(index)s: the archivist must reopen it first.")
            % {"index": placement.file.signature}
        )
    placement.left_at, placement.left_reason, placement.left_name = (
        timezone.now(),
        reason[:300],
        by.label[:400],
    )
    placement.save(update_fields=["left_at", "left_reason", "left_name"])
    audit.record(
        "document.taken_out",
        placement.document,
        by=by,
        matter=placement.document.matter_id,
        index=placement.file.signature,
        year=placement.file.line.plan.year,
        reason=reason,
    )


def _move_with_parts(
    placement: Placement, line: PlanLine, *, reason: str, by: Actor, by_hand: bool
) -> Placement:
    """A letter moves with all that came with it."""
    moved = None
    for row in [placement, *_parts_of(placement.document)]:
        _leave(row, reason=reason, by=by)
        after = put(row.document, line, by=by, point=row.point, like=moved, reason=reason, by_hand=by_hand)
        moved = moved or after
    assert moved is not None  # the document itself comes first
    return moved


@transaction.atomic
def move_document(document: Document, line: PlanLine, *, reason: str, by: Actor) -> Placement:
    """The archivist's word over the proposal; a document that lay elsewhere is moved only with a reason."""
    lock_matter(document.matter_id)
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    _must_be_fileable(document)
    if not line.plan.is_approved:
        raise DomainError(
            _("The plan of %(year)d is not approved yet.") % {"year": line.plan.year}, field="line"
        )
    if document.part_of_id and _standing(document.part_of):
        raise DomainError(_("It came with a letter and stays with it: move the letter."))
    standing = _standing(document)
    if standing is None:
        placement = put(
            document, line, by=by, point=propose(document).point, reason=reason.strip(), by_hand=True
        )
        for part in document.parts.filter(state=DocumentState.FINAL, is_working_paper=False).order_by("pk"):
            if _standing(part) is None:
                put(part, line, by=by, like=placement, reason=reason.strip(), by_hand=True)
        return placement
    if standing.file.line_id == line.pk:
        raise DomainError(_("The document lies in this file already."), field="line")
    if not reason.strip():
        raise DomainError(_("Write why the document is moved."), field="reason")
    return _move_with_parts(standing, line, reason=reason.strip(), by=by, by_hand=True)


def _must_be_fileable(document: Document) -> None:
    if document.is_working_paper:
        raise DomainError(_("A working paper is never filed: it is erased on its day."))
    if document.state != DocumentState.FINAL:
        raise DomainError(_("Only a final document is placed in a file."))


@transaction.atomic
def place_waiting(year: int, *, by: Actor) -> int:
    """Give a place to all of a year that may have one now; also to what was there before the archive."""
    standing = Placement.objects.standing().filter(document=OuterRef("pk"))
    homeless = Document.objects.filter(state=DocumentState.FINAL, is_working_paper=False).exclude(
        Exists(standing)
    )
    chosen = homeless.filter(waiting_for_place__year=year) | homeless.filter(waiting_for_place=None)
    placed = 0
    for document in chosen.select_related("matter", "part_of").order_by("pk").iterator(chunk_size=200):
        if filed_when(document)[0].year == year:
            lock_matter(document.matter_id)
            placed += _place_by_itself(document, by=by) is not None
    return placed


# --- pages -------------------------------------------------------------------------------------------------


def _count_pages(placement: Placement, document: Document) -> None:
    """The maker knows how many pages a paper has; of a file that came from outside a worker counts them."""
    newest = document.versions.select_related("file").first()
    if newest is None:
        return
    pages = 1 if newest.file.media_type.startswith("image/") else newest.pages
    if pages is not None:
        if placement.pages != pages:
            placement.pages = pages
            placement.save(update_fields=["pages"])
    elif newest.file.media_type == "application/pdf":
        jobs.enqueue(COUNT_PAGES, placement.pk)


def count_pages(placement: Placement) -> int | None:
    """Open the newest file and count; a broken one stays uncounted, and its closing checklist says so."""
    newest = placement.document.versions.select_related("file").first()
    if newest is None:
        return None
    pages = _pages_of(newest.file)
    if pages is not None:
        Placement.objects.filter(pk=placement.pk).update(pages=pages)
    return pages


def _pages_of(file: Any) -> int | None:
    import pikepdf  # noqa: PLC0415 -- workers only

    try:
        with file.file.open("rb") as stream, pikepdf.open(stream) as found:
            return len(found.pages)
    except (pikepdf.PdfError, pikepdf.PasswordError, OSError, ValueError):
        return None


def last_day_of(file: CaseFile) -> datetime.date | None:
    return Placement.objects.standing().filter(file=file).aggregate(last=Max("filed_on"))["last"]
