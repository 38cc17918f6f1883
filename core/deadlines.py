"""Deadlines in working days that explain themselves.

Rules are dated rows with a source (`DeadlineRule`); holidays come from the `holidays` library for Lithuania,
corrected by the office's own exceptions.
"""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import holidays as holiday_library
from django.core.cache import caches
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core import registry
from core.choices import PeriodUnit
from core.dates import day_words
from core.errors import DomainError
from core.models import DeadlineRule, HolidayException, Norm

DAY_STARTS = datetime.time(8, 0)
DAY_ENDS = datetime.time(17, 0)
FRIDAY_ENDS = datetime.time(15, 45)
EXCEPTIONS_KEY = "core.deadlines.exceptions"


@dataclass(frozen=True)
class Deadline:
    """A day with its reason: `due_on`, the sentence, and whether its rule still wants checking."""

    due_on: datetime.date
    explanation: str
    is_verified: bool


@lru_cache(maxsize=128)
def _library_holidays(year: int, language: str) -> dict[datetime.date, str]:
    return dict(
        holiday_library.country_holidays("LT", years=year, language="lt" if language == "lt" else "en_US")
    )


def _exceptions() -> dict[datetime.date, tuple[str, bool]]:
    """The office's corrections, at most a minute old."""
    cache = caches["process"]
    known = cache.get(EXCEPTIONS_KEY)
    if known is None:
        known = {row.day: (row.name, row.is_working) for row in HolidayException.objects.all()}
        cache.set(EXCEPTIONS_KEY, known, 60)
    return known


def holidays(year: int) -> dict[datetime.date, str]:
    """Days off of the year with their names, in the reader's language."""
    days = dict(_library_holidays(year, (get_language() or "lt")[:2]))
    for day, (name, is_working) in _exceptions().items():
        if day.year != year:
            continue
        if is_working:
            days.pop(day, None)
        else:
            days[day] = name
    return days


def is_working_day(day: datetime.date) -> bool:
    """Monday to Friday without holidays, as the exceptions correct it."""
    return _works(day, _exceptions())


def _works(day: datetime.date, exceptions: dict[datetime.date, tuple[str, bool]]) -> bool:
    if day in exceptions:
        return exceptions[day][1]
    return day.weekday() < 5 and day not in _library_holidays(day.year, "lt")


def working_days(first: datetime.date, last: datetime.date) -> set[datetime.date]:
    """The days from the first to the last on which people work."""
    exceptions = _exceptions()
    days = (first + datetime.timedelta(days=n) for n in range((last - first).days + 1))
    return {day for day in days if _works(day, exceptions)}


def add_working_days(day: datetime.date, count: int) -> datetime.date:
    """The day `count` working days after (or, below zero, before) the day; the day itself is not counted."""
    exceptions = _exceptions()
    step = datetime.timedelta(days=1 if count >= 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= _works(day, exceptions)
    return day


def next_working_day(day: datetime.date) -> datetime.date:
    """The day itself when people work, else the first one after it on which they do."""
    exceptions = _exceptions()
    while not _works(day, exceptions):
        day += datetime.timedelta(days=1)
    return day


def is_working_hour(moment: datetime.datetime) -> bool:
    """Whether reminders may go out: 8.00–17.00 of a working day, on Friday until 15.45 (Vilnius)."""
    ends = FRIDAY_ENDS if moment.weekday() == 4 else DAY_ENDS
    return is_working_day(moment.date()) and DAY_STARTS <= moment.time() < ends


def add_working_hours(moment: datetime.datetime, hours: int) -> datetime.datetime:
    """The moment so many working hours later: 8.00–17.00 of working days, on Friday until 15.45 (Vilnius)."""
    moment = timezone.localtime(moment)
    left = datetime.timedelta(hours=hours)
    while True:
        day = moment.date()
        starts = timezone.make_aware(datetime.datetime.combine(day, DAY_STARTS))
        closing = FRIDAY_ENDS if day.weekday() == 4 else DAY_ENDS
        ends = timezone.make_aware(datetime.datetime.combine(day, closing))
        begin = max(moment, starts)
        if is_working_day(day) and begin < ends:
            if left <= ends - begin:
                return begin + left
            left -= ends - begin
        moment = timezone.make_aware(
            datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time())
        )


def add_months(day: datetime.date, count: int) -> datetime.date:
    """The same day of a later month, or its last day when it is shorter."""
    month = day.month - 1 + count
    year, month = day.year + month // 12, month % 12 + 1
    return day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))


def compute(code: str, start: datetime.date, *, event: str = "") -> Deadline:
    """The deadline by the rule in force on `start`.

    Args:
        code: the rule's code, "CITIZEN_REPLY".
        start: the day it is counted from; that day is not counted.
        event: what happened that day, in words ("gauta"); the rule's own words otherwise.

    Raises:
        DomainError: no rule is in force; it is never taken for zero.
    """
    rule = DeadlineRule.objects.filter(code=code).in_force(start).first()
    if rule is None:
        raise DomainError(
            _("There is no rule %(code)s in force on %(day)s: the deadline is not computed.")
            % {"code": code, "day": start.isoformat()}
        )
    due_on = _end(rule, start)
    return Deadline(due_on, explain(rule, start, due_on, event=event), rule.is_verified)


def _end(rule: DeadlineRule, start: datetime.date) -> datetime.date:
    if rule.unit == PeriodUnit.WORKING_DAY:
        return add_working_days(start, rule.length)
    if rule.unit == PeriodUnit.DAY:
        return next_working_day(start + datetime.timedelta(days=rule.length))
    if rule.unit == PeriodUnit.WEEK:
        return next_working_day(start + datetime.timedelta(weeks=rule.length))
    if rule.unit == PeriodUnit.MONTH:
        return next_working_day(add_months(start, rule.length))
    raise DomainError(_("The rule %(code)s is not a period.") % {"code": rule.code})


def explain(rule: DeadlineRule, start: datetime.date, due_on: datetime.date, *, event: str = "") -> str:
    """ "Gauta 2026-02-03; 20 darbo dienų (nutarimas Nr. 875) baigiasi kovo 4 d.; vasario 16 d. – šventė." """
    text = _("%(event)s %(start)s; %(period)s (%(basis)s), ends %(end)s") % {
        "event": event or _("Counted from"),
        "start": start.isoformat(),
        "period": period_words(rule.length, rule.unit),
        "basis": rule.basis,
        "end": day_words(due_on),
    }
    if moved := _days_off_between(rule, start, due_on):
        text += "; " + ", ".join(f"{day_words(day)} – {name}" for day, name in moved)
    return text if text.endswith(".") else f"{text}."  # a Lithuanian day ends with its own: "kovo 4 d."


def _days_off_between(
    rule: DeadlineRule, start: datetime.date, end: datetime.date
) -> list[tuple[datetime.date, str]]:
    """Holidays on weekdays that moved the end."""
    first = start + datetime.timedelta(days=1)
    if rule.unit != PeriodUnit.WORKING_DAY:  # a calendar period moves only when its last day is a day off
        first = end
        while not is_working_day(first - datetime.timedelta(days=1)):
            first -= datetime.timedelta(days=1)
    named = {day: name for year in range(first.year, end.year + 1) for day, name in holidays(year).items()}
    return [(day, name) for day, name in sorted(named.items()) if first <= day <= end and day.weekday() < 5]


def period_words(length: int, unit: str) -> str:
    """ "20 darbo dienų" """
    words = {
        PeriodUnit.WORKING_DAY: ngettext("%(count)d working day", "%(count)d working days", length),
        PeriodUnit.DAY: ngettext("%(count)d day", "%(count)d days", length),
        PeriodUnit.WEEK: ngettext("%(count)d week", "%(count)d weeks", length),
        PeriodUnit.MONTH: ngettext("%(count)d month", "%(count)d months", length),
    }
    return words[PeriodUnit(unit)] % {"count": length}


def norm(code: str, on: datetime.date) -> Norm:
    """The number in force that day; raises DomainError when there is none: it is never taken for zero."""
    row = Norm.objects.filter(code=code).in_force(on).first()
    if row is None:
        raise DomainError(
            _("There is no norm %(code)s in force on %(day)s: nothing is computed.")
            % {"code": code, "day": on.isoformat()}
        )
    return row


def _calendar_changed(**kwargs: Any) -> None:
    """A changed holiday moves open deadlines."""
    caches["process"].delete(EXCEPTIONS_KEY)
    for holder in registry.register_deadline_holder:
        holder.recompute()


post_save.connect(_calendar_changed, sender=HolidayException, dispatch_uid="core.deadlines")
post_delete.connect(_calendar_changed, sender=HolidayException, dispatch_uid="core.deadlines")
