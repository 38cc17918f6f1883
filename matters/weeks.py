"""The drawing of a calendar: weeks of seven days, stays as bars in lanes, everything else beneath them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from core import deadlines
from core.dates import hour_range, range_words
from matters.calendar import Shown

DAY = datetime.timedelta(days=1)
LANES = 12  # what the style sheet has places for


@dataclass
class Placed:
    """An entry in a week: a bar from a column over some days in a lane, or a line of its day."""

    shown: Shown
    column: int
    width: int = 1
    row: int = 0
    from_before: bool = False
    goes_on: bool = False
    is_over: bool = False  # beyond what the day shows; said as a number, listed on a phone
    is_gone: bool = False  # over before today
    is_outside: bool = False  # touches no day of the month

    @property
    def look(self) -> str:
        """The classes of style, together."""
        marks = {
            self.shown.source.look: bool(self.shown.source.look),
            self.shown.entry.tone: bool(self.shown.entry.tone),
            "from-before": self.from_before,
            "goes-on": self.goes_on,
            "over": self.is_over,
            "gone": self.is_gone,
            "outside": self.is_outside,
        }
        return " ".join(name for name, is_on in marks.items() if is_on)

    @property
    def hours(self) -> str:
        starts, ends = self.shown.entry.starts, self.shown.entry.ends
        if not isinstance(starts, datetime.datetime):
            return ""
        return hour_range(starts.time(), ends.time() if isinstance(ends, datetime.datetime) else None)

    @property
    def days(self) -> str:
        """The whole stay in words."""
        return range_words(self.shown.first, self.shown.last) if self.shown.is_bar else ""


@dataclass
class Day:
    day: datetime.date
    column: int
    holiday: str = ""
    is_today: bool = False
    is_off: bool = False
    is_working_weekend: bool = False
    is_out: bool = False  # of another month
    is_past: bool = False
    bars: list[Placed] = field(default_factory=list)  # those that begin, or begin again on a Monday
    lines: list[Placed] = field(default_factory=list)
    lines_row: int = 2
    more: int = 0
    count: int = 0  # of everything that touches the day
    url: str = ""

    @property
    def look(self) -> str:
        """The classes of style, together."""
        marks = {
            "today": self.is_today,
            "off": self.is_off,
            "out": self.is_out,
            "past": self.is_past,
            "none": not self.bars and not self.lines,
            "reaches": any(not bar.is_gone for bar in self.bars),
            "inside": any(not bar.is_outside for bar in self.bars),
        }
        return " ".join(name for name, is_on in marks.items() if is_on)


@dataclass
class Week:
    monday: datetime.date
    days: list[Day]
    lanes: int = 0
    url: str = ""

    @property
    def number(self) -> int:
        return self.monday.isocalendar().week


def named_days(first: datetime.date, last: datetime.date) -> dict[datetime.date, str]:
    """Holidays by day, in the reader's language."""
    return {
        day: name
        for year in range(first.year, last.year + 1)
        for day, name in deadlines.holidays(year).items()
    }


def lay_out(
    shown: Iterable[Shown],
    monday: datetime.date,
    weeks: int,
    *,
    names: dict[datetime.date, str],
    working: set[datetime.date],
    today: datetime.date,
    month: int | None = None,
    most: int | None = None,
) -> list[Week]:
    """Weeks from a Monday with everything in its place.

    Args:
        names: holidays by day.
        working: the days on which people work.
        month: days outside it are marked as of another month.
        most: how many entries a day shows; the rest is counted in `more`.
    """
    bars: list[Shown] = []
    lines: dict[datetime.date, list[Shown]] = {}
    for one in shown:
        if one.is_bar:
            bars.append(one)
        else:
            lines.setdefault(one.first, []).append(one)
    made = []
    for number in range(weeks):
        first = monday + DAY * (7 * number)
        days = [_day(first + DAY * column, column + 1, names, working, today, month) for column in range(7)]
        week = Week(first, days)
        _place_bars(week, bars, today, most)
        for bar in (bar for day in days for bar in day.bars):
            bar.is_outside = all(day.is_out for day in days[bar.column - 1 : bar.column - 1 + bar.width])
        _place_lines(week, lines, most)
        made.append(week)
    return made


def _day(
    day: datetime.date,
    column: int,
    names: dict[datetime.date, str],
    working: set[datetime.date],
    today: datetime.date,
    month: int | None,
) -> Day:
    works = day in working
    return Day(
        day,
        column,
        holiday=names.get(day, ""),
        is_today=day == today,
        is_off=not works,
        is_working_weekend=works and day.weekday() > 4,
        is_out=month is not None and day.month != month,
        is_past=day < today,
    )


def _place_bars(week: Week, bars: list[Shown], today: datetime.date, most: int | None) -> None:
    """The longest of those that begin together lies highest; each takes the first lane that is free all its days."""
    sunday = week.monday + DAY * 6
    here = [one for one in bars if one.first <= sunday and one.last >= week.monday]
    highest = LANES if most is None else min(LANES, most - 2)
    taken: list[set[int]] = []
    for one in sorted(
        here, key=lambda one: (one.first, one.source.order, -(one.last - one.first).days, one.entry.uid)
    ):
        column = max(0, (one.first - week.monday).days)
        until = min(6, (one.last - week.monday).days)
        columns = set(range(column, until + 1))
        lane = next((n for n, used in enumerate(taken) if not used & columns), len(taken))
        bar = Placed(
            one,
            column + 1,
            until - column + 1,
            lane + 2,
            from_before=one.first < week.monday,
            goes_on=one.last > sunday,
            is_over=lane >= highest,
            is_gone=one.last < today,
        )
        week.days[column].bars.append(bar)
        for n in columns:
            week.days[n].count += 1
            week.days[n].more += bar.is_over
            if not bar.is_over:
                week.days[n].lines_row = max(week.days[n].lines_row, lane + 3)
        if not bar.is_over:
            taken += [set() for _n in range(lane + 1 - len(taken))]
            taken[lane] |= columns
    week.lanes = len(taken)


def _place_lines(week: Week, lines: dict[datetime.date, list[Shown]], most: int | None) -> None:
    for day in week.days:
        here = lines.get(day.day, [])
        room = len(here) if most is None else max(0, most - (day.lines_row - 2))
        if most is not None and len(here) > room:
            room -= 1  # for the line that says how many more
        for position, one in enumerate(here):
            day.lines.append(Placed(one, day.column, is_over=position >= room))
        day.count += len(here)
        day.more += max(0, len(here) - room)
