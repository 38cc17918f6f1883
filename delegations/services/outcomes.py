"""What came of a visit: each item held or cancelled with its outcome, what was agreed, who does what by when."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actor import Actor
from core.dates import day_words
from core.errors import DomainError
from delegations.choices import Progress, Status
from delegations.models import FollowUp, ProgrammeItem, Visit
from delegations.services.meetings import withdraw_of
from delegations.services.programme import current_item, hold
from delegations.services.state import Planned, changed, lock_festival, lock_visit
from matters.services import create_task

# A report is written from the first day of the visit on.
REPORTED_ON = (Status.UNDER_WAY, Status.REPORTING)
LONGEST_NOTE, LONGEST_AGREED, LONGEST_TITLE, LONGEST_SUMMARY = 500, 2000, 200, 4000


@transaction.atomic
def say_outcome(
    item: ProgrammeItem, *, progress: str, by: Actor, note: str = "", agreed: str | None = None
) -> ProgrammeItem:
    """Say what became of an item and what was agreed; `agreed` left out stays as it is.

    Allowed while a changed programme is being approved: what has happened does not wait for a signature.
    """
    matter = _lock(item)
    item = current_item(item)
    note, agreed = note.strip(), item.agreed if agreed is None else agreed.strip()
    _check(item, progress, note, agreed)
    frees = Progress.CANCELLED in (progress, item.progress) and progress != item.progress
    item.progress, item.progress_note, item.agreed = progress, note, agreed
    item.save_if_current(None, ["progress", "progress_note", "agreed"])
    if frees:
        hold(matter, by)
    if progress == Progress.CANCELLED and isinstance(matter, Visit):
        withdraw_of(matter, item=item, by=by)
    changed(matter, f"item.{progress}", item, by, title=item.title_in("lt"), note=note, agreed=bool(agreed))
    return item


@transaction.atomic
def add_follow_up(
    item: ProgrammeItem,
    *,
    title: str,
    owner: Any,
    due_on: datetime.date | None,
    by: Actor,
    visit: Visit | None = None,
) -> FollowUp:
    """What was agreed becomes a task with a person and a day; it is chased like every other.

    `visit` says whose matter the task stands in when the item is shared by several delegations.
    """
    matter: Planned = lock_visit(visit.pk, for_change=False) if visit else _lock(item)
    item = current_item(item)
    title = title.strip()
    if not title:
        raise DomainError(_("Write what is to be done."), field="title")
    if len(title) > LONGEST_TITLE:
        raise DomainError(
            _("At most %(most)d characters; there are %(count)d.")
            % {"most": LONGEST_TITLE, "count": len(title)},
            field="title",
        )
    if owner is None:
        raise DomainError(_("Choose who does it."), field="owner")
    if due_on is None:
        raise DomainError(_("Give the day it is to be done by."), field="due_on")
    if due_on < timezone.localdate():
        raise DomainError(_("This day has passed. Choose today or a later day."), field="due_on")
    try:
        task = create_task(
            matter,
            title=title,
            assignee=owner,
            by=by,
            due_on=due_on,
            due_reason=(
                _("agreed on %(day)s: %(title)s")
                % {"day": day_words(item.on), "title": item.title_in("lt")[:200]}
            ),
        )
    except DomainError as error:
        raise DomainError(str(error), field="owner" if error.field == "assignee" else error.field) from error
    follow_up = FollowUp.objects.create(item=item, task=task)
    changed(matter, "item.follow_up", item, by, title=item.title_in("lt"), task=task.pk)
    return follow_up


@transaction.atomic
def say_rest_held(visit: Visit, *, by: Actor) -> int:
    """The items that are over and of which nothing was said were held; returns how many."""
    visit = _visit_open(visit.pk)
    rows = list(visit.items.alive().filter(progress=Progress.PLANNED, on__lte=timezone.localdate()))
    held = [row for row in rows if row.period is None or row.period.upper <= timezone.now()]
    for item in held:
        say_outcome(item, progress=Progress.DONE, note=item.progress_note, by=by)
    return len(held)


@transaction.atomic
def write_summary(visit: Visit, *, summary: str, revision: int | None, by: Actor) -> Visit:
    """What the visit brought, in the words of who prepared it; somebody else's words in between are not overwritten."""
    visit = _visit_open(visit.pk)
    summary = summary.replace("\r\n", "\n").strip()
    if len(summary) > LONGEST_SUMMARY:
        raise DomainError(
            _("At most %(most)d characters; there are %(count)d.")
            % {"most": LONGEST_SUMMARY, "count": len(summary)},
            field="summary",
        )
    if visit.status not in REPORTED_ON:
        raise DomainError(_("The report is written once the visit has begun."), field="summary")
    visit.report_summary = summary
    visit.save_if_current(revision, ["report_summary"])
    changed(visit, "visit.summary_written", visit, by)
    return visit


# --- inside -------------------------------------------------------------------------------------------------


def _lock(item: ProgrammeItem) -> Planned:
    """The item's visit, or the festival whose delegations share it; nothing is said of a closed one."""
    if item.festival_id:
        return lock_festival(item.festival_id)
    visit = lock_visit(item.visit_id, for_change=False)  # type: ignore[arg-type]
    if visit.is_over:
        raise DomainError(_("The visit is closed: it cannot be changed."))
    return visit


def _visit_open(pk: int) -> Visit:
    visit = lock_visit(pk, for_change=False)
    if visit.is_over:
        raise DomainError(_("The visit is closed: it cannot be changed."))
    return visit


def _check(item: ProgrammeItem, progress: str, note: str, agreed: str) -> None:
    if progress not in Progress.values:
        raise DomainError(_("Choose what became of the item."), field="progress")
    if progress == Progress.DONE and item.on > timezone.localdate():
        raise DomainError(
            _("Its day has not come yet: %(day)s.") % {"day": day_words(item.on)}, field="progress"
        )
    if progress == Progress.CANCELLED and not note:
        raise DomainError(_("Write why it was cancelled."), field="note")
    for field, text, most in (("note", note, LONGEST_NOTE), ("agreed", agreed, LONGEST_AGREED)):
        if len(text) > most:
            raise DomainError(
                _("At most %(most)d characters; there are %(count)d.") % {"most": most, "count": len(text)},
                field=field,
            )
