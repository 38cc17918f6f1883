"""The programme as a picture of days: quarter-hour rows, lanes for what overlaps, ways between items."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from delegations.board import Board
from delegations.choices import ItemKind
from delegations.models import ProgrammeItem
from delegations.warnings import Warning, hops

DAYS_A_PAGE = 5
FIRST_HOUR = 8
LAST_HOUR = 18
LEAST_ROWS = 2  # one line of words needs half an hour's height
MOST_ROWS = 72  # the longest block that has a class


@dataclass
class Block:
    """An item on the grid: `start` and `rows` are quarters of an hour from the first hour."""

    item: ProgrammeItem
    start: int
    rows: int
    pin: int = 0
    lane: int = 0
    is_shared: bool = False  # lives in the festival: not moved from here

    @property
    def is_line(self) -> bool:
        return self.rows <= 2

    @property
    def is_short(self) -> bool:
        """Who serves it stands beside the hours: under two hours there is no room for a foot."""
        return self.rows < 8


@dataclass
class Gap:
    """The way between two items, drawn where it fits."""

    start: int
    rows: int
    minutes: int
    is_short: bool


@dataclass
class Day:
    on: datetime.date
    blocks: list[Block] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    loose: list[Block] = field(default_factory=list)  # without an hour
    stays: list[Block] = field(default_factory=list)  # nights that begin on this day
    rows: list[dict[str, Any]] = field(default_factory=list)  # the day as a list
    lanes: int = 1


@dataclass
class Timetable:
    days: list[Day]
    hours: list[str]
    row_count: int
    first_hour: int
    page: int
    pages: int
    all_days: list[datetime.date]

    @property
    def has_nights(self) -> bool:
        return any(day.stays for day in self.days)

    @property
    def has_loose(self) -> bool:
        return any(day.loose for day in self.days)


def draw(board: Board, warnings: list[Warning], *, page: int = 1) -> Timetable:
    """The days of one page (five when there are more), with the pins of the warnings."""
    every = board.visit.days
    pages = 1 if len(every) <= DAYS_A_PAGE else -(-len(every) // DAYS_A_PAGE)
    page = min(max(page, 1), pages)
    shown = every if pages == 1 else every[(page - 1) * DAYS_A_PAGE : page * DAYS_A_PAGE]
    pins: dict[int, int] = {}
    for warning in reversed(warnings):
        for pk in warning.items[-1:]:
            pins[pk] = warning.number
    items = [item for item in board.items if item.on in shown]
    first, last = _hours(items)
    days = {on: Day(on) for on in shown}
    for item in items:
        _put(days[item.on], item, pins.get(item.pk, 0), first, last, is_shared=board.is_shared(item))
    for day in days.values():
        _lanes(day)
    _gaps(board, days, first)
    _night_rows(board, days, pins)
    hours = [f"{hour}.00" for hour in range(first, last)]
    return Timetable(list(days.values()), hours, (last - first) * 4, first, page, pages, every)


def _hours(items: list[ProgrammeItem]) -> tuple[int, int]:
    first, last = FIRST_HOUR, LAST_HOUR
    for item in items:
        if item.starts and item.kind != ItemKind.ACCOMMODATION:
            first = min(first, item.starts.hour)
            last = max(last, min(24, -(-_end(item) // 60) + 1))
    return first, last


def _start(item: ProgrammeItem) -> int:
    assert item.starts is not None
    return item.starts.hour * 60 + item.starts.minute


def _end(item: ProgrammeItem) -> int:
    """Minutes from midnight of its day; at most midnight."""
    return min(_start(item) + item.minutes, 24 * 60)


def _put(day: Day, item: ProgrammeItem, pin: int, first: int, last: int, *, is_shared: bool) -> None:
    day.rows.append({"item": item, "pin": pin, "is_shared": is_shared})
    if item.kind == ItemKind.ACCOMMODATION:
        return
    if item.starts is None:
        day.loose.append(Block(item, 0, 0, pin, is_shared=is_shared))
        return
    start = (_start(item) - first * 60) // 15
    rows = max(LEAST_ROWS, -(-(_end(item) - first * 60) // 15) - start)
    day.blocks.append(Block(item, start, min(rows, MOST_ROWS), pin, is_shared=is_shared))


def _lanes(day: Day) -> None:
    """Overlapping items stand side by side; the day has as many lanes as it needs, three at most."""
    ends: list[int] = []
    for block in day.blocks:
        for lane, end in enumerate(ends):
            if end <= block.start:
                ends[lane] = block.start + block.rows
                block.lane = lane + 1
                break
        else:
            ends.append(block.start + block.rows)
            block.lane = len(ends)
    day.lanes = min(max(len(ends), 1), 3)
    for block in day.blocks:
        alone = not any(
            other is not block
            and other.start < block.start + block.rows
            and block.start < other.start + other.rows
            for other in day.blocks
        )
        block.lane = 0 if alone else min(block.lane, 3)


def _gaps(board: Board, days: dict[datetime.date, Day], first: int) -> None:
    for one, _other, needed, left in hops(board, board.clocked):
        if one.on not in days or left <= 0:
            continue
        start = -(-(_end(one) - first * 60) // 15)
        room = max(1, left // 15)
        days[one.on].gaps.append(Gap(start, min(max(1, needed // 15), room), needed, needed > left))


def _night_rows(board: Board, days: dict[datetime.date, Day], pins: dict[int, int]) -> None:
    """A stay shows at the foot of each evening it covers."""
    for item in board.items:
        if item.kind != ItemKind.ACCOMMODATION or item.until_on is None:
            continue
        for day in days.values():
            if item.on <= day.on < item.until_on:
                day.stays.append(Block(item, 0, 0, pins.get(item.pk, 0) if day.on == item.on else 0))
