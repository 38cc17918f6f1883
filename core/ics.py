"""Calendar files (RFC 5545): one way for a visit's programme, a person's own calendar and lists of what is shown.

The same entries give the same bytes: DTSTAMP is when the row last changed, not when somebody asked, so that an ETag
holds until something moves.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from core.registry import CalendarEntry

PRODUCT = "-//Alytus//Alytaus rysiai//LT"
CONTENT_TYPE = "text/calendar; charset=utf-8"
EUROPEAN_YEARS = range(2003, 2038)
EPOCH = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


def calendar_file(
    name: str, entries: Iterable[CalendarEntry], *, refresh: datetime.timedelta | None = None
) -> bytes:
    """The entries as a calendar; `refresh` tells a subscribed program how often to ask again."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    if refresh:
        calendar.add("refresh-interval", refresh, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", f"PT{int(refresh.total_seconds() // 60)}M")
    entries = list(entries)
    for zone in _zones(entries):
        if drawn := zone_of_rules(zone):
            calendar.add_component(drawn)
    for entry in entries:
        _add(calendar, entry)
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _zones(entries: Iterable[CalendarEntry]) -> list[str]:
    """The names of the zones hours are in."""
    moments = (moment for entry in entries for moment in (entry.starts, entry.ends))
    names = {str(moment.tzinfo) for moment in moments if isinstance(moment, datetime.datetime)}
    return sorted(names - {"UTC", "None"})


@lru_cache(maxsize=32)
def zone_of_rules(name: str) -> Timezone | None:
    """The zone as two yearly rules when it keeps the European ones, as Outlook and others read it best.

    None for a zone of other rules: the library then writes its changes out one by one.
    """
    zone = ZoneInfo(name)
    for year in EUROPEAN_YEARS:
        if not (_changes_at(zone, year, 3, 1) and _changes_at(zone, year, 10, -1)):
            return None
    timezone = Timezone()
    timezone.add("tzid", name)
    winter, summer = (datetime.datetime(2026, month, 1, tzinfo=zone) for month in (1, 7))
    for kind, month, before, after in (
        (TimezoneDaylight, 3, winter, summer),
        (TimezoneStandard, 10, summer, winter),
    ):
        rule = kind()
        onset = _last_sunday(EUROPEAN_YEARS[0], month) + (before.utcoffset() or datetime.timedelta())
        rule.add("dtstart", onset.replace(tzinfo=None))
        rule.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        rule.add("tzoffsetfrom", before.utcoffset())
        rule.add("tzoffsetto", after.utcoffset())
        rule.add("tzname", after.tzname())
        timezone.add_component(rule)
    return timezone


def _last_sunday(year: int, month: int) -> datetime.datetime:
    """One o'clock UTC of the last Sunday, when Europe sets its clocks; March and October have 31 days."""
    last = datetime.datetime(year, month, 31, 1, tzinfo=datetime.UTC)
    return last - datetime.timedelta(days=(last.weekday() + 1) % 7)


def _changes_at(zone: ZoneInfo, year: int, month: int, hours: int) -> bool:
    moment = _last_sunday(year, month)
    before = (moment - datetime.timedelta(seconds=1)).astimezone(zone).utcoffset() or datetime.timedelta()
    after = moment.astimezone(zone).utcoffset() or datetime.timedelta()
    return after - before == datetime.timedelta(hours=hours)


def uid_of(entry: CalendarEntry) -> str:
    """Stable for good: an import of the same thing changes it and never doubles it."""
    return f"{entry.uid}@{urlsplit(settings.PUBLIC_URL).hostname or 'alytus.invalid'}"


def _add(calendar: Calendar, entry: CalendarEntry) -> None:
    event = Event()
    changed = (entry.changed_at or EPOCH).astimezone(datetime.UTC).replace(microsecond=0)
    event.add("uid", uid_of(entry))
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", entry.sequence)
    event.add("summary", entry.title)
    event.add("dtstart", entry.starts)
    if isinstance(entry.starts, datetime.datetime):
        if entry.ends:
            event.add("dtend", entry.ends)
    else:  # whole days: the end is the day after the last one
        event.add("dtend", (entry.ends or entry.starts) + datetime.timedelta(days=1))
    if where := ", ".join(part for part in (entry.place, entry.address) if part):
        event.add("location", where)
    if text := "\n".join(part for part in (entry.note, entry.description) if part):
        event.add("description", text)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("transp", "OPAQUE" if entry.is_busy else "TRANSPARENT")
    if entry.url:  # none for those who may not come into the portal
        event.add("url", f"{settings.PUBLIC_URL.rstrip('/')}{entry.url}")
    calendar.add_component(event)
