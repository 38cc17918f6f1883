"""Words and clocks that warnings share."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import day_words, hour_words
from delegations.board import Board
from delegations.models import ProgrammeItem
from delegations.warnings.definition import Fix


def overlapping(rows: list[ProgrammeItem]) -> Iterator[tuple[ProgrammeItem, ProgrammeItem]]:
    """Pairs that overlap; `rows` are in order of beginning, so the inner walk ends early."""
    rows = sorted(rows, key=lambda item: (item.period.lower, item.pk))
    for place, one in enumerate(rows):
        for other in rows[place + 1 :]:
            if other.period.lower >= one.period.upper:
                break
            yield one, other


def overlap(one: Any, other: Any) -> bool:
    return one.lower < other.upper and other.lower < one.upper


def said(item: ProgrammeItem) -> str:
    return f"{day_words(item.on)} {item.hours} {item.title}"


def some(names: Iterable[str]) -> str:
    names = list(names)
    if len(names) <= 3:
        return ", ".join(names)
    return ngettext("%(names)s and %(count)d more", "%(names)s and %(count)d more", len(names) - 2) % {
        "names": ", ".join(names[:2]),
        "count": len(names) - 2,
    }


def other_matter(board: Board, matter_pk: int | None, title: str, number: str) -> str:
    """What a person may know of another matter's hour."""
    return f"{title} ({number})" if matter_pk in board.seen_matters else _("another matter")


def after(board: Board, one: ProgrammeItem, other: ProgrammeItem) -> Fix:
    """Move the second right after the first."""
    starts = clock_after(one, 0)
    return Fix(
        _("Move to %(hour)s: %(title)s") % {"hour": hour_words(starts), "title": other.title},
        "move",
        {"item": other.pk, "on": other.on.isoformat(), "starts": starts.strftime("%H:%M")},
    )


def clock_after(item: ProgrammeItem, minutes: int) -> datetime.time:
    """The wall clock that many minutes after the item ends, on the next five minutes."""
    return clock_at(item.period.upper + datetime.timedelta(minutes=minutes), item, round_to=5)


def clock_at(moment: datetime.datetime, item: ProgrammeItem, round_to: int = 1) -> datetime.time:
    local = local_time(moment, item)
    minutes = -(-(local.hour * 60 + local.minute) // round_to) * round_to
    return datetime.time(minutes // 60 % 24, minutes % 60)


def local_time(moment: datetime.datetime, item: ProgrammeItem) -> datetime.datetime:

    return moment.astimezone(ZoneInfo(item.zone))
