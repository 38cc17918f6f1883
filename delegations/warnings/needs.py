"""Meals and nights that are missing."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _

from core.dates import day_words, duration_words, hour_words, weekday_on
from delegations.board import Board
from delegations.choices import ItemKind, Progress
from delegations.models import ProgrammeItem
from delegations.warnings.definition import Fix, Warning
from delegations.warnings.words import (
    clock_at,
    local_time,
    some,
)

LONGEST_WITHOUT_MEAL = 6 * 60
DAY_BEGINS_WITH_BREAKFAST = datetime.time(10, 0)  # who begins earlier has eaten at the hotel


def too_long_without_meal(board: Board) -> Iterator[Warning]:
    """More than six hours between meals, or between a meal and the day's edge."""
    by_day: dict[datetime.date, list[ProgrammeItem]] = {}
    for item in board.clocked:
        by_day.setdefault(item.on, []).append(item)
    for on, rows in by_day.items():
        marks: list[tuple[datetime.datetime, datetime.datetime, ProgrammeItem]] = []
        first = rows[0]
        marks.append((first.period.lower, first.period.lower, first))
        marks += [(row.period.lower, row.period.upper, row) for row in rows if row.kind == ItemKind.MEAL]
        last = max(rows, key=lambda row: row.period.upper)
        marks.append((last.period.upper, last.period.upper, last))
        if any(row.part and row.kind == ItemKind.MEAL and row.on == on for row in board.items):
            continue  # a meal without an hour yet: it may stand anywhere
        for (_start, since, one), (until, _end, other) in pairwise(marks):
            minutes = int((until - since).total_seconds() // 60)
            if minutes <= LONGEST_WITHOUT_MEAL:
                continue
            middle = clock_at(since + (until - since) / 2, one, round_to=30)
            yield Warning(
                key=f"meal:{on}:{one.pk}:{other.pk}",
                fact=str(minutes),
                title=_("More than six hours without a meal"),
                text=_("%(day)s from %(one)s to %(other)s no meal is planned: %(length)s.")
                % {
                    "day": weekday_on(on).capitalize(),
                    "one": hour_words(local_time(since, one)),
                    "other": hour_words(local_time(until, other)),
                    "length": duration_words(minutes),
                },
                items=(one.pk, other.pk) if one.pk != other.pk else (one.pk,),
                fixes=(
                    Fix(
                        _("Add a meal at %(hour)s") % {"hour": hour_words(middle)},
                        "meal",
                        {"on": on.isoformat(), "starts": middle.strftime("%H:%M")},
                    ),
                    Fix(_("Change the item"), anchor=other.pk),
                ),
            )


def nights_without_bed(board: Board) -> Iterator[Warning]:
    """A night of the visit for which some guest has no accommodation."""
    if not board.members or not board.items:
        return
    stays = [
        item
        for item in board.items
        if item.kind == ItemKind.ACCOMMODATION and item.progress != Progress.CANCELLED
    ]
    names = {member.pk: member.display_name for member in board.members}
    for on in board.visit.days[:-1]:
        housed: set[int] = set()
        for stay in stays:
            if stay.on <= on < (stay.until_on or stay.on):
                housed |= board.who(stay)
        left = [names[pk] for pk in names if pk not in housed]
        if left:
            who = _("all the guests") if len(left) == len(names) else some(left)
            yield Warning(
                key=f"night:{on}",
                fact=f"{len(left)}",
                title=_("A night without a bed"),
                text=_("Night of %(day)s: %(who)s.") % {"day": day_words(on), "who": who},
                fixes=(
                    Fix(_("Add a hotel for all the nights"), "hotel", {"on": on.isoformat()}),
                    Fix(_("Add a hotel for this night"), "hotel", {"on": on.isoformat(), "one": "1"}),
                ),
            )
