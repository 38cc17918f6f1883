"""Calendar files (RFC 5545): one way for a visit's programme, a person's own calendar and lists of what is shown.

The same entries give the same bytes: DTSTAMP is when the row last changed, not when somebody asked, so that an ETag
holds until something moves.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event

from core.registry import CalendarEntry

PRODUCT = "-//Alytus//Alytaus rysiai//LT"
CONTENT_TYPE = "text/calendar; charset=utf-8"
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
    years = {_add(calendar, entry) for entry in entries}
    if years:
        calendar.add_missing_timezones(
            datetime.date(min(years) - 1, 1, 1), datetime.date(max(years) + 2, 1, 1)
        )
    return calendar.to_ical()


def uid_of(entry: CalendarEntry) -> str:
    """Stable for good: an import of the same thing changes it and never doubles it."""
    return f"{entry.uid}@{urlsplit(settings.PUBLIC_URL).hostname or 'alytus.invalid'}"


def _add(calendar: Calendar, entry: CalendarEntry) -> int:
    """Add the event; the year it begins in, for which the zones must hold."""
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
    event.add("url", f"{settings.PUBLIC_URL.rstrip('/')}{entry.url}")
    calendar.add_component(event)
    return entry.starts.year
