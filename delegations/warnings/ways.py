"""Ways that take longer than the programme leaves."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.dates import duration_words, hour_words, weekday_on
from delegations.board import Board
from delegations.choices import ItemKind
from delegations.models import ProgrammeItem
from delegations.warnings.definition import Fix, Warning
from delegations.warnings.words import (
    clock_after,
    clock_at,
    said,
)
from resources.services import Travel


def too_little_time(board: Board) -> Iterator[Warning]:
    """Between two items in a row that the same guests attend: minutes of the way against minutes left."""
    rows = board.clocked
    for one, other, needed, left in hops(board, rows):
        if needed <= left:
            continue
        later = clock_after(one, needed)
        start = one.to_place or one.place
        yield Warning(
            key=f"way:{one.pk}:{other.pk}",
            fact=f"{needed}|{left}",
            title=_("Too little time for the way"),
            text=_("%(day)s: %(one)s – %(other)s, the way takes %(needed)s, the programme leaves %(left)s.")
            % {
                "day": weekday_on(one.on).capitalize(),
                "one": start.label if start else one.title,
                "other": other.place.label if other.place else other.title,
                "needed": duration_words(needed),
                "left": duration_words(left),
            },
            items=(one.pk, other.pk),
            fixes=(
                Fix(
                    _("Move to %(hour)s: %(title)s") % {"hour": hour_words(later), "title": other.title},
                    "move",
                    {"item": other.pk, "on": other.on.isoformat(), "starts": later.strftime("%H:%M")},
                ),
                Fix(_("Choose another place"), anchor=other.pk),
            ),
        )


def hops(board: Board, rows: list[ProgrammeItem]) -> Iterator[tuple[ProgrammeItem, ProgrammeItem, int, int]]:
    """(before, after, minutes of the way, minutes left) for neighbours in time that share guests."""
    for place, one in enumerate(rows):
        if one.kind == ItemKind.FREE:
            continue
        for other in rows[place + 1 :]:
            if other.on != one.on or other.kind == ItemKind.FREE or not board.who(one) & board.who(other):
                continue
            if other.period.lower < one.period.upper:
                break  # in two places at once: another warning
            here, there = one.to_place or one.place, other.place
            if here and there and here.pk != there.pk:
                minutes = board.travel.get((here.pk, there.pk), Travel(None)).minutes
                if minutes:
                    yield (
                        one,
                        other,
                        minutes,
                        int((other.period.lower - one.period.upper).total_seconds() // 60),
                    )
            break


def transfers_too_short(board: Board) -> Iterator[Warning]:
    """A transfer given fewer minutes than the way takes."""
    for item in board.clocked:
        if item.kind != ItemKind.TRANSPORT or not (item.place_id and item.to_place_id and item.ends):
            continue
        way = board.travel.get((item.place_id, item.to_place_id), Travel(None)).minutes
        if way and way > item.minutes:
            ends = clock_at(item.period.lower + datetime.timedelta(minutes=way), item)
            yield Warning(
                key=f"transfer:{item.pk}",
                fact=f"{way}|{item.minutes}",
                title=_("The transfer is shorter than the way"),
                text=_("%(item)s: the way takes %(needed)s, the programme gives %(left)s.")
                % {"item": said(item), "needed": duration_words(way), "left": duration_words(item.minutes)},
                items=(item.pk,),
                fixes=(
                    Fix(
                        _("Arrive at %(hour)s") % {"hour": hour_words(ends)},
                        "end",
                        {"item": item.pk, "ends": ends.strftime("%H:%M")},
                    ),
                    Fix(_("Change the item"), anchor=item.pk),
                ),
            )
