"""All the guests of a festival by hour: a row a delegation, what is shared spanning the rows of those who share it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, Q

from delegations.choices import ItemKind, Progress
from delegations.models import Festival, ItemParticipant, ProgrammeItem, Visit

FIRST_HOUR, LEAST_HOURS = 9, 6  # of a day with little in it


@dataclass
class Cell:
    """A stretch of quarters of an hour in a delegation's row; without entries it is free time."""

    start: int
    end: int
    entries: list[Entry] = field(default_factory=list)
    rows: int = 1
    is_covered: bool = False  # the cell of a row above spans this one

    @property
    def span(self) -> int:
        return self.end - self.start

    @property
    def is_narrow(self) -> bool:
        """Words stand upright in it."""
        return self.span <= 2


@dataclass(frozen=True)
class Entry:
    item: ProgrammeItem
    guests: int
    is_part: bool  # only some of the delegation's guests


@dataclass
class Row:
    visit: Visit
    cells: list[Cell] = field(default_factory=list)
    loose: list[Entry] = field(default_factory=list)  # without an hour, and nights
    is_here: bool = True


@dataclass
class Day:
    on: datetime.date
    rows: list[Row]
    hours: list[str]
    quarters: int
    run: list[dict[str, Any]]  # the day as a list: an item and the delegations in it


def load(festival: Festival, user: Any) -> tuple[list[Visit], list[ProgrammeItem]]:
    """Its delegations that the person may see, and everything they do, in a fixed number of queries."""
    visits = list(
        Visit.objects.visible_to(user)
        .alive()
        .filter(occasion=festival)
        .with_guest_count()
        .select_related("city")
        .order_by("title", "pk")
    )
    return visits, list(items_of(festival, visits))


def items_of(festival: Festival, visits: list[Visit]) -> Any:
    """Shared items and each delegation's own, with the guests' delegations."""
    rows = ProgrammeItem.objects.filter(Q(festival=festival) | Q(visit__in=visits))
    return _with_delegations(rows)


def items_of_visit(visit: Visit) -> Any:
    return _with_delegations(visit.programme)


def _with_delegations(rows: Any) -> Any:
    participants = Prefetch("participants", ItemParticipant.objects.select_related("member"))
    return (
        rows.alive()
        .in_order()
        .select_related("place", "to_place", "host")
        .prefetch_related("texts", participants, "resources__resource")
    )


def guests_in(item: ProgrammeItem, visit: Visit) -> int:
    """How many of the delegation's guests the item has."""
    if item.visit_id not in (None, visit.pk) or not visit.holds(item.on):
        return 0
    if item.is_for_all:
        return visit.guest_count  # type: ignore[attr-defined]
    return sum(row.member.visit_id == visit.pk for row in item.participants.all())


def takes_part(item: ProgrammeItem, visit: Visit) -> bool:
    """Its guests are in the item; a delegation whose guests are not named yet is in what is for all."""
    if item.visit_id:
        return item.visit_id == visit.pk
    return visit.holds(item.on) and (item.is_for_all or guests_in(item, visit) > 0)


def days_of(festival: Festival, items: list[ProgrammeItem]) -> list[datetime.date]:
    """The days of the festival and of those who come earlier or stay longer."""
    return sorted({*festival.days, *(item.on for item in _held(items))})


def draw(visits: list[Visit], items: list[ProgrammeItem], on: datetime.date) -> Day:
    """One day of the board."""
    held = _held(items)
    return _day(on, visits, [item for item in held if item.on == on], held)


def _held(items: list[ProgrammeItem]) -> list[ProgrammeItem]:
    return [item for item in items if item.progress != Progress.CANCELLED]


def _day(
    on: datetime.date, visits: list[Visit], items: list[ProgrammeItem], every: list[ProgrammeItem]
) -> Day:
    clocked = [item for item in items if item.starts and item.kind != ItemKind.ACCOMMODATION]
    first = min((item.starts.hour for item in clocked if item.starts), default=FIRST_HOUR)
    first = min(first, 24 - LEAST_HOURS)
    last = max([first + LEAST_HOURS, *(min(24, -(-_end(item) // 60)) for item in clocked)])
    rows = []
    for visit in visits:
        row = Row(visit, is_here=visit.holds(on))
        row.cells = _cells([item for item in clocked if takes_part(item, visit)], visit, first, last)
        row.loose = [
            _entry(item, visit)
            for item in every
            if takes_part(item, visit)
            and (is_night(item, on) or (item.on == on and not item.starts and not item.until_on))
        ]
        rows.append(row)
    _span(rows)
    run: list[dict[str, Any]] = [
        {
            "item": item,
            "visits": [visit for visit in visits if takes_part(item, visit)],
            "shared": item.is_shared,
        }
        for item in items
    ]
    for entry in run:
        entry["all"] = len(entry["visits"]) == len(visits) > 1
    hours = [f"{hour}.00" for hour in range(first, last)]
    return Day(on, rows, hours, (last - first) * 4, run)


def is_night(item: ProgrammeItem, on: datetime.date) -> bool:
    return bool(item.kind == ItemKind.ACCOMMODATION and item.until_on and item.on <= on < item.until_on)


def _end(item: ProgrammeItem) -> int:
    """Minutes from midnight of its day; at most midnight."""
    assert item.starts is not None
    return min(item.starts.hour * 60 + item.starts.minute + item.minutes, 24 * 60)


def _entry(item: ProgrammeItem, visit: Visit) -> Entry:
    guests = guests_in(item, visit)
    return Entry(item, guests, is_part=not item.is_for_all and guests < visit.guest_count)  # type: ignore[attr-defined]


def _cells(items: list[ProgrammeItem], visit: Visit, first: int, last: int) -> list[Cell]:
    """The row from the first hour to the last: what overlaps shares a cell, free time lies between."""
    total = (last - first) * 4
    busy: list[Cell] = []
    for item in items:
        assert item.starts is not None
        start = (item.starts.hour * 60 + item.starts.minute - first * 60) // 15
        end = max(start + 1, min(total, -(-(_end(item) - first * 60) // 15)))
        if busy and start < busy[-1].end:
            busy[-1].end = max(busy[-1].end, end)
            busy[-1].entries.append(_entry(item, visit))
        else:
            busy.append(Cell(start, end, [_entry(item, visit)]))
    cells: list[Cell] = []
    at = 0
    for cell in busy:
        if cell.start > at:
            cells.append(Cell(at, cell.start))
        cells.append(cell)
        at = cell.end
    if at < total:
        cells.append(Cell(at, total))
    return cells


def _span(rows: list[Row]) -> None:
    """What whole delegations in neighbouring rows share is one cell over their rows."""
    above: dict[tuple[int, int, int], Cell] = {}
    for row in rows:
        here: dict[tuple[int, int, int], Cell] = {}
        for cell in row.cells:
            if len(cell.entries) != 1 or not cell.entries[0].item.is_shared or cell.entries[0].is_part:
                continue
            key = (cell.start, cell.end, cell.entries[0].item.pk)
            if key in above:
                cell.is_covered = True
                above[key].rows += 1
                here[key] = above[key]
            else:
                here[key] = cell
        above = here
