"""Days and hours in words, as the office writes them: "birželio 9 d.", "9.30", "rytoj, birželio 10 d."."""

from __future__ import annotations

import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

# Lithuanian months in the genitive, as they stand before a day; the framework's catalogue has the nominative.
MONTHS_LT = (
    "sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio"
).split()
MONTHS_LT_NOMINATIVE = (
    "sausis vasaris kovas balandis gegužė birželis liepa rugpjūtis rugsėjis spalis lapkritis gruodis"
).split()
WEEKDAYS_LT = (
    "pirmadienis antradienis trečiadienis ketvirtadienis penktadienis šeštadienis sekmadienis".split()
)
WEEKDAYS_LT_ACCUSATIVE = (
    "pirmadienį antradienį trečiadienį ketvirtadienį penktadienį šeštadienį sekmadienį".split()
)
WEEKDAYS_LT_SHORT = "pr an tr kt pn št sk".split()
WEEKDAYS_EN = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def is_lithuanian() -> bool:
    return (get_language() or "lt").startswith("lt")


def day_words(day: datetime.date, *, today: datetime.date | None = None) -> str:
    """ "birželio 9 d."; with the year when it is not this one. Of a moment, its day here."""
    if isinstance(day, datetime.datetime):
        day = timezone.localdate(day)
    today = today or timezone.localdate()
    if is_lithuanian():
        text = f"{MONTHS_LT[day.month - 1]} {day.day} d."
        return text if day.year == today.year else f"{day.year} m. {text}"
    text = date_format(day, "j F")
    return text if day.year == today.year else f"{text} {day.year}"


def day_relative(day: datetime.date, *, today: datetime.date | None = None) -> str:
    """ "šiandien, birželio 9 d." within a day; else the words alone."""
    today = today or timezone.localdate()
    names = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    word = names.get((day - today).days)
    return f"{word}, {day_words(day, today=today)}" if word else day_words(day, today=today)


def day_short(day: datetime.date, *, today: datetime.date | None = None) -> str:
    """The nearest name of a day in a narrow place: "vakar", "rytoj", else "birželio 12 d."."""
    today = today or timezone.localdate()
    names = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    return names.get((day - today).days) or day_words(day, today=today)


def range_words(first: datetime.date, last: datetime.date, *, today: datetime.date | None = None) -> str:
    """ "birželio 16–19 d.", "birželio 30 – liepos 2 d.", with the year when it is not this one."""
    if first == last:
        return day_words(first, today=today)
    this_year = (today or timezone.localdate()).year
    year = "" if first.year == last.year == this_year else str(last.year)
    if is_lithuanian():
        before = f"{first.year} m. " if year else ""
        if (first.year, first.month) == (last.year, last.month):
            return f"{before}{MONTHS_LT[first.month - 1]} {first.day}–{last.day} d."
        between = f"{last.year} m. " if first.year != last.year else ""
        return f"{before}{MONTHS_LT[first.month - 1]} {first.day} – {between}{MONTHS_LT[last.month - 1]} {last.day} d."
    after = f" {year}" if year else ""
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {date_format(first, 'F')}{after}"
    first_year = f" {first.year}" if first.year != last.year else ""
    return f"{date_format(first, 'j F')}{first_year} – {date_format(last, 'j F')}{after}"


def month_words(day: datetime.date) -> str:
    """ "2026 m. birželis", "June 2026" """
    if is_lithuanian():
        return f"{day.year} m. {MONTHS_LT_NOMINATIVE[day.month - 1]}"
    return date_format(day, "F Y")


def weekday_words(day: datetime.date, *, capital: bool = True) -> str:
    """ "Antradienis, birželio 9 d." """
    name = WEEKDAYS_LT[day.weekday()] if is_lithuanian() else WEEKDAYS_EN[day.weekday()]
    return f"{name.capitalize() if capital else name}, {day_words(day)}"


def weekday_name(day: datetime.date) -> str:
    return WEEKDAYS_LT[day.weekday()] if is_lithuanian() else WEEKDAYS_EN[day.weekday()]


def weekday_on(day: datetime.date) -> str:
    """ "trečiadienį" / "on Wednesday": the weekday as a time."""
    return WEEKDAYS_LT_ACCUSATIVE[day.weekday()] if is_lithuanian() else f"on {WEEKDAYS_EN[day.weekday()]}"


def weekday_short(day: datetime.date) -> str:
    return WEEKDAYS_LT_SHORT[day.weekday()] if is_lithuanian() else WEEKDAYS_EN[day.weekday()][:3]


def hour_words(time: datetime.time | datetime.datetime) -> str:
    """ "9.30" """
    return f"{time.hour}.{time.minute:02d}"


def hour_range(start: datetime.time, end: datetime.time | None) -> str:
    """ "10.30–12.00" """
    return f"{hour_words(start)}–{hour_words(end)}" if end else hour_words(start)


def moment_words(moment: datetime.datetime) -> str:
    """ "šiandien 9.12", "vakar 16.40", "birželio 5 d. 9.12" """
    local = timezone.localtime(moment)
    names = {-1: _("yesterday"), 0: _("today")}
    word = names.get((local.date() - timezone.localdate()).days) or day_words(local.date())
    return f"{word} {hour_words(local)}"


def duration_words(minutes: int) -> str:
    """ "25 min.", "1 val. 20 min." """
    hours, rest = divmod(minutes, 60)
    hour_unit, minute_unit = pgettext("unit of time", "h"), pgettext("unit of time", "min")
    parts = ([f"{hours} {hour_unit}"] if hours else []) + (
        [f"{rest} {minute_unit}"] if rest or not hours else []
    )
    return " ".join(parts)
