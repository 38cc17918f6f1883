"""Days, hours and sums in templates, without loading: see core.dates."""

from __future__ import annotations

import datetime
from typing import Any

from django import template
from django.template.loader import get_template
from django.utils import timezone
from django.utils.safestring import SafeString

from core import dates
from core.money import money_words

register = template.Library()


def _filter(name: str) -> None:
    function = getattr(dates, name)
    register.filter(name, lambda value: function(value) if value else "")


for _name in (
    "day_words",
    "day_relative",
    "day_short",
    "month_words",
    "weekday_words",
    "weekday_name",
    "weekday_on",
    "weekday_short",
    "hour_words",
    "moment_words",
    "duration_words",
):
    _filter(_name)


@register.filter
def money(amount: Any) -> str:
    """A sum with its currency; a dash when nothing is known, nor the row it would stand in."""
    return money_words(None if amount == "" else amount)


@register.filter
def moment_iso(moment: datetime.datetime) -> str:
    """What `datetime=` of a `<time>` takes: local, to the second."""
    return timezone.localtime(moment).isoformat(timespec="seconds")


@register.filter
def days_to(first: datetime.date, last: datetime.date) -> str:
    """`{{ visit.starts_on|days_to:visit.ends_on }}`"""
    return dates.range_words(first, last)


@register.filter
def hours_to(start: datetime.time, end: datetime.time | None) -> str:
    return dates.hour_range(start, end) if start else ""


@register.simple_tag
def due_on(day: datetime.date | None, why: str = "") -> SafeString | str:
    """A deadline with its reason; near from two working days, late from the day itself."""
    if day is None:
        return "–"
    return get_template("core/components/due.html").render(
        {"when": dates.day_relative(day), "why": why, "tone": due_tone(day)}
    )


def due_tone(day: Any, today: datetime.date | None = None) -> str:
    from core.deadlines import add_working_days  # noqa: PLC0415 -- deadlines read the database

    today = today or timezone.localdate()
    if day <= today:
        return "late"
    return "near" if day <= add_working_days(today, 2) else ""


@register.filter
def day_of_month(day: datetime.date) -> str:
    """The day beside a weekday's name: "Antradienis, 16 d.", "Tuesday, 16"."""
    from django.utils.translation import get_language  # noqa: PLC0415 -- only here

    return f"{day.day}\N{NO-BREAK SPACE}d." if (get_language() or "lt").startswith("lt") else str(day.day)
