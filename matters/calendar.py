"""What stands in calendars: deadlines, tasks, decisions needed and who is away; upper apps add their own sources."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Deputyship
from accounts.services import principals_of
from core import registry
from core.deadlines import add_working_days
from core.registry import CalendarEntry, CalendarSource
from matters.choices import Phase, RoundState, StepState
from matters.models import ApprovalStep, Matter, Task

NEAR_WORKING_DAYS = 2


@dataclass(frozen=True)
class Shown:
    """An entry of a source on its days."""

    source: CalendarSource
    entry: CalendarEntry

    @property
    def first(self) -> datetime.date:
        return wall_day(self.entry.starts)

    @property
    def last(self) -> datetime.date:
        """The last day it touches; what ends at midnight does not touch the next day."""
        ends = self.entry.ends
        if isinstance(ends, datetime.datetime):
            return max(self.first, (ends - datetime.timedelta(microseconds=1)).date())
        return ends or self.first

    @property
    def whole_title(self) -> str:
        """The title where nothing else says what it is."""
        return f"{self.source.word}: {self.entry.title}" if self.source.word else self.entry.title

    @property
    def is_timed(self) -> bool:
        return isinstance(self.entry.starts, datetime.datetime)

    @property
    def is_bar(self) -> bool:
        """A stay of whole days, drawn as a bar."""
        return self.entry.ends is not None and not self.is_timed

    @property
    def order(self) -> tuple[Any, ...]:
        """Whole days first, by hour after; then as the sources stand."""
        clock = (
            self.entry.starts.time() if isinstance(self.entry.starts, datetime.datetime) else datetime.time()
        )
        return (self.first, self.is_timed, clock, self.source.order, self.entry.title, self.entry.uid)


def wall_day(moment: datetime.date | datetime.datetime) -> datetime.date:
    """The day on the clock of the place."""
    return moment.date() if isinstance(moment, datetime.datetime) else moment


def sources_for(user: Any) -> list[CalendarSource]:
    """The kinds of entries this person may have in a calendar."""
    return [
        source
        for source in registry.register_calendar_source
        if not source.permission or user.has_perm(source.permission)
    ]


def collect(
    user: Any,
    first: datetime.date,
    last: datetime.date,
    *,
    mine: bool = False,
    shared_whole: bool = False,
    detailed: bool = True,
    without: Collection[str] = (),
) -> list[Shown]:
    """All this person may see on these days, in order; a fixed number of queries for each source.

    Args:
        mine: only what is her own work; with `shared_whole` everybody's business beside it.
        detailed: also what goes by the hour.
        without: codes of sources left out.
    """
    shown = [
        Shown(source, entry)
        for source in sources_for(user)
        if source.code not in without and (detailed or not source.is_detailed)
        for entry in source.entries(user, first, last, mine=mine and not (shared_whole and source.is_shared))
    ]
    return sorted(shown, key=lambda one: one.order)


# --- sources of the spine -----------------------------------------------------------------------------------


def register() -> None:
    may = "matters.view_matter"
    for source in (
        CalendarSource(
            "deadlines",
            gettext_lazy("Deadlines of matters"),
            deadlines,
            "hourglass",
            gettext_lazy("Deadline"),
            order=30,
        ),
        CalendarSource(
            "tasks", gettext_lazy("Tasks"), tasks, "clipboard-check", gettext_lazy("Task"), order=40
        ),
        CalendarSource(
            "decisions",
            gettext_lazy("Decisions needed"),
            decisions,
            "checkbox",
            gettext_lazy("Decision needed"),
            permission=may,
            order=50,
        ),
        CalendarSource(
            "absences",
            gettext_lazy("Absences"),
            absences,
            "user-pause",
            look="away",
            permission=may,
            order=60,
            is_shared=True,
        ),
    ):
        registry.register_calendar_source(source)


def _tone(day: datetime.date, *, done: bool, today: datetime.date, near: datetime.date) -> str:
    if done:
        return "done"
    if day < today:
        return "late"
    return "near" if day <= near else ""


def _today_and_near() -> tuple[datetime.date, datetime.date]:
    today = timezone.localdate()
    return today, add_working_days(today, NEAR_WORKING_DAYS)


def deadlines(
    user: Any, first: datetime.date, last: datetime.date, *, mine: bool = False
) -> Iterable[CalendarEntry]:
    """The days matters are due, of closed ones as done."""
    today, near = _today_and_near()
    matters = (
        Matter.objects.visible_to(user)
        .filter(due_on__range=(first, last))
        .exclude(phase=Phase.VOID)
        .select_related("responsible")
        .only(
            "title", "kind", "number", "due_on", "phase", "revision", "updated_at",
            "responsible__first_name", "responsible__last_name",
        )
    )  # fmt: skip
    for matter in matters.of_person(user) if mine else matters:
        yield CalendarEntry(
            uid=f"deadline-{matter.pk}",
            title=matter.title,
            starts=matter.due_on,
            ends=None,
            url=matter.get_absolute_url(),
            icon="hourglass",
            sequence=matter.revision,
            note=f"{matter.number} · {matter.responsible}",
            changed_at=matter.updated_at,
            tone=_tone(matter.due_on, done=matter.phase == Phase.CLOSED, today=today, near=near),
        )


def tasks(
    user: Any, first: datetime.date, last: datetime.date, *, mine: bool = False
) -> Iterable[CalendarEntry]:
    """Tasks by their day; what was called off is gone."""
    today, near = _today_and_near()
    rows = (
        Task.objects.visible_to(user)
        .filter(due_on__range=(first, last), dropped_at=None)
        .exclude(matter__phase=Phase.VOID)
        .exclude(done_at=None, matter__phase=Phase.CLOSED)  # asks nothing of anybody any more
        .select_related("matter", "assignee")
        .only(
            "title", "due_on", "done_at", "revision", "updated_at", "matter__number", "assignee__first_name",
            "assignee__last_name",
        )
    )  # fmt: skip
    for task in rows.of_person(user) if mine else rows:
        day: Any = task.due_on  # only those with a day were asked for
        yield CalendarEntry(
            uid=f"task-{task.pk}",
            title=task.title,
            starts=day,
            ends=None,
            url=reverse("matters:tasks", args=[task.matter_id]),
            icon="clipboard-check",
            sequence=task.revision,
            note=f"{task.matter.number} · {task.assignee}",
            changed_at=task.updated_at,
            tone=_tone(day, done=task.done_at is not None, today=today, near=near),
        )


def decisions(
    user: Any, first: datetime.date, last: datetime.date, *, mine: bool = False
) -> Iterable[CalendarEntry]:
    """By when decisions are needed, and those given; hers are the ones she is asked for or has asked for."""
    today, near = _today_and_near()
    steps = ApprovalStep.objects.filter(
        round__matter__in=Matter.objects.visible_to(user),
        due_on__range=(first, last),
        state__in=[StepState.WAITING, StepState.OPEN, StepState.BLOCKED, StepState.AGREED],
        round__state__in=[RoundState.PREPARING, RoundState.OPEN, RoundState.BLOCKED, RoundState.APPROVED],
    ).exclude(round__matter__phase=Phase.VOID)
    steps = steps.with_whom().select_related("round__matter", "round__version")
    steps = steps.only(
        "due_on", "decided_at", "opened_at", "outside_name", "role__name", "user__first_name", "user__last_name",
        "round__created_at", "round__matter__title", "round__version__number",
    )  # fmt: skip
    if mine:
        asked = [user, *principals_of(user, today)]
        roles = Group.objects.filter(user__in=asked)
        steps = steps.filter(Q(user__in=asked) | Q(role__in=roles) | Q(round__actor_user=user))
    for step in steps:
        day: Any = step.due_on  # only those with a day were asked for
        yield CalendarEntry(
            uid=f"decision-{step.pk}",
            title=step.round.matter.title,
            starts=day,
            ends=None,
            url=reverse("matters:decision", args=[step.pk]),
            icon="checkbox",
            note=_("%(who)s decides, version %(number)d")
            % {"who": step.whom, "number": step.round.version.number},
            sequence=int(step.decided_at is not None),
            changed_at=step.decided_at or step.opened_at or step.round.created_at,
            tone=_tone(day, done=step.decided_at is not None, today=today, near=near),
        )


def absences(
    user: Any, first: datetime.date, last: datetime.date, *, mine: bool = False
) -> Iterable[CalendarEntry]:
    """Who is away and who stands in: no reason is kept, so none is shown."""
    rows = Deputyship.objects.filter(
        starts_on__lte=last, ends_on__gte=first, principal__closed_at=None
    ).select_related("principal", "deputy")
    rows = rows.only(
        "starts_on", "ends_on", "revision", "updated_at", "principal__first_name", "principal__last_name",
        "deputy__first_name", "deputy__last_name",
    )  # fmt: skip
    if mine:
        rows = rows.filter(Q(principal=user) | Q(deputy=user))
    for row in rows:
        yield CalendarEntry(
            uid=f"absence-{row.pk}",
            title=_("%(who)s is away, %(deputy)s stands in") % {"who": row.principal, "deputy": row.deputy},
            starts=row.starts_on,
            ends=row.ends_on,
            url=reverse("accounts:person", args=[row.principal_id]),
            icon="user-pause",
            sequence=row.revision,
            changed_at=row.updated_at,
        )
