"""Destruction by act: the list, the expert's opinion, the head's approval, a confirmation, and only then the erasure.

Whatever changes in between (a hold, a longer term, a reopened file) stops the next step; each step has its own person.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.choices import DestructionState, FileState, RetentionRule
from archive.models import CaseFile, Destruction, DestructionLine, RetentionPoint
from archive.services import listing, registering, steps
from core import audit, jobs
from core.actor import Actor
from core.errors import DomainError
from core.models import Job

JOB = "archive.erase_destruction"
State = DestructionState


@dataclass(frozen=True)
class Due:
    """A file with its term: over, or why it is not to be destroyed."""

    file: Any
    point: RetentionPoint
    counted_from: datetime.date | None
    until: datetime.date | None
    why_not: str = ""


def look_at(files: list[Any], today: datetime.date) -> list[Due]:
    """Each closed file's term, counted from its own event; files were read by `listing.read`."""
    points = listing.prevailing_points(files)
    return [_due(file, points[file.pk], today) for file in files]


def _due(file: Any, point: RetentionPoint, today: datetime.date) -> Due:
    counted_from = listing.counted_from(file, point)
    until = point.kept_until(counted_from) if counted_from else None
    why_not = ""
    if point.rule != RetentionRule.YEARS:
        why_not = _("kept %(term)s") % {"term": point.term}
    elif counted_from is None:
        why_not = _("the event its term is counted from is not written down")
    elif until is None or until >= today:
        why_not = _("its term is not over")
    elif file.held_on:
        why_not = _("under a legal hold")
    return Due(file, point, counted_from, until, why_not)


def candidates() -> list[Due]:
    """Closed files, in no list yet: those whose term is over, and those that only a hold or a missing day keeps."""
    rows = CaseFile.objects.filter(state__in=listing.CLOSED_HERE)
    rows = rows.exclude(destruction_lines__stands=True).exclude(transfer_lines__stands=True)
    return look_at(listing.read(rows), timezone.localdate())


def kept_back(found: list[Due]) -> list[Due]:
    """Not listed though their years are over: held, or without the day they are counted from."""
    today = timezone.localdate()
    return [
        due
        for due in found
        if due.why_not and due.point.rule == RetentionRule.YEARS and (due.until is None or due.until < today)
    ]


@transaction.atomic
def begin_destruction(*, ground: str, way: str, by: Actor) -> Destruction:
    """The list of every file whose term is over."""
    ground = steps.need(ground, _("Write on what ground the files are destroyed."), "ground")
    over = [due for due in candidates() if not due.why_not]
    if not over:
        raise DomainError(_("There is no closed file whose term is over."))
    row = Destruction.objects.create(
        year=timezone.localdate().year, ground=ground[:300], way=way.strip()[:200]
    )
    DestructionLine.objects.bulk_create(
        DestructionLine(
            destruction=row,
            file=due.file,
            state_before=due.file.state,
            counted_from=due.counted_from,
            kept_until=due.until,
            **listing.facts(due.file, due.point),
        )
        for due in over
    )
    audit.record("destruction.begun", row, by=by, files=len(over))
    return row


def _must_be_due(row: Destruction) -> list[DestructionLine]:
    """The lines, when each file may still be destroyed; else which may not, and why."""
    lines = list(row.lines.select_related("file"))
    if not lines:
        raise DomainError(_("The list has no files."))
    files = listing.read(CaseFile.objects.filter(pk__in=[line.file_id for line in lines]))
    troubles = [due for due in look_at(files, timezone.localdate()) if due.why_not]
    if troubles:
        words = "; ".join(
            f"{due.file.signature} ({due.file.line.plan.year}) – {due.why_not}" for due in troubles
        )
        raise DomainError(_("These files may not be destroyed: %(files)s.") % {"files": words})
    return lines


def _set_files(lines: list[DestructionLine], *, proposed: bool) -> None:
    for line in lines:
        state = FileState.PROPOSED if proposed else line.state_before
        CaseFile.objects.filter(pk=line.file_id).exclude(state=FileState.DESTROYED).update(
            state=state, updated_at=timezone.now()
        )


@transaction.atomic
def drop_line(line: DestructionLine, *, reason: str, by: Actor) -> None:
    """A file the office wants to keep longer leaves the list, with the reason."""
    row = steps.lock(line.destruction, State.DRAFT)
    reason = steps.need(reason, _("Write the reason."), "reason")
    audit.record("destruction.line_dropped", row, by=by, index=line.signature, year=line.year, reason=reason)
    audit.record("case_file.kept_longer", line.file, by=by, reason=reason)
    line.delete()
    steps.save(row)


@transaction.atomic
def submit_destruction(row: Destruction, *, by: Actor) -> Destruction:
    row = steps.lock(row, State.DRAFT)
    lines = _must_be_due(row)
    if by.user is None:
        raise DomainError(_("Only a person decides."))
    steps.save(row, state=State.JUDGING, return_note="", **steps.signed(by, "submitted"))
    _set_files(lines, proposed=True)
    audit.record("destruction.submitted", row, by=by, files=len(lines), sha256=listing.list_sha256(lines))
    steps.request_paper(row)
    return row


@transaction.atomic
def judge_destruction(row: Destruction, *, opinion: str, by: Actor) -> Destruction:
    """The expert's opinion that the files may go; who finds otherwise returns the list."""
    row = steps.lock(row, State.JUDGING)
    steps.must_be_another(by, row.submitted_by)
    opinion = steps.need(opinion, _("Write the opinion: what was looked at, what was found."), "opinion")
    _must_be_due(row)
    steps.save(row, state=State.APPROVING, opinion=opinion[:1000], **steps.signed(by, "opinion"))
    audit.record("destruction.judged", row, by=by)
    steps.request_paper(row)
    return row


@transaction.atomic
def return_destruction(row: Destruction, *, note: str, by: Actor) -> Destruction:
    """The expert or the head wants the list mended: it begins its way anew."""
    row = steps.lock(row, State.JUDGING, State.APPROVING)
    note = steps.need(note, _("Write what is to be mended."), "note")
    _set_files(list(row.lines.all()), proposed=False)
    steps.save(
        row,
        state=State.DRAFT,
        return_note=note[:500],
        opinion="",
        opinion_at=None,
        opinion_by=None,
        opinion_name="",
    )
    audit.record("destruction.returned", row, by=by, reason=note)
    return row


@transaction.atomic
def approve_destruction(row: Destruction, *, by: Actor) -> Destruction:
    """The head's yes makes the list an act, a document with its number; nothing is erased yet."""
    row = steps.lock(row, State.APPROVING)
    steps.must_be_another(by, row.submitted_by, row.opinion_by)
    lines = _must_be_due(row)
    registration = registering.register_act(row, by=by)
    sha256 = listing.list_sha256(lines)
    steps.save(
        row,
        state=State.APPROVED,
        year=registration.year,
        number=registration.sequence,
        list_sha256=sha256,
        **steps.signed(by, "approved"),
    )
    audit.record("destruction.approved", row, by=by, files=len(lines), sha256=sha256)
    steps.request_paper(row)
    return row


@transaction.atomic
def confirm_destruction(row: Destruction, *, by: Actor) -> Job:
    """A fourth person's word: after it the erasure begins and nothing brings the files back."""
    row = steps.lock(row, State.APPROVED)
    steps.must_be_another(by, row.submitted_by, row.opinion_by, row.approved_by)
    lines = _must_be_due(row)
    if listing.list_sha256(lines) != row.list_sha256:
        raise DomainError(_("The list is not the one that was approved."))
    steps.save(row, state=State.ERASING, **steps.signed(by, "confirmed"))
    audit.record("destruction.confirmed", row, by=by, files=len(lines))
    return jobs.enqueue(JOB, row.pk)


@transaction.atomic
def resume_destruction(row: Destruction, *, by: Actor) -> Job:
    """Take the erasure up where it stopped."""
    row = steps.lock(row, State.ERASING)
    audit.record("destruction.resumed", row, by=by)
    return jobs.enqueue(JOB, row.pk)


@transaction.atomic
def abort_destruction(row: Destruction, *, reason: str, by: Actor) -> Destruction:
    """Until it is confirmed; every file goes on as if it had not been listed."""
    row = steps.lock(row)
    if not row.is_abortable:
        raise DomainError(_("The destruction is confirmed: it is not aborted any more."))
    reason = steps.need(reason, _("Write the reason."), "reason")
    lines = list(row.lines.all())
    if row.state != State.DRAFT:
        _set_files(lines, proposed=False)
    row.lines.update(stands=False)
    steps.save(
        row,
        state=State.ABORTED,
        aborted_at=timezone.now(),
        aborted_name=by.label[:400],
        abort_reason=reason[:300],
    )
    registering.void_act(row, reason=reason, by=by)
    audit.record("destruction.aborted", row, by=by, reason=reason)
    return row


def erasing_job(row: Destruction) -> Job | None:
    return Job.objects.filter(kind=JOB, key=str(row.pk)).first()
