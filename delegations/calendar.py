"""The programme of a visit as an iCalendar file: stable identities, so that a new import changes what moved."""

from __future__ import annotations

import datetime
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event, vText

from delegations.choices import ItemKind, Progress
from delegations.models import ProgrammeItem, Visit


def visit_calendar(visit: Visit, language: str = "lt") -> bytes:
    """Items as events; one without an hour lasts the whole day, a hotel until the morning after."""
    calendar = Calendar()
    calendar.add("prodid", "-//Alytus//Alytaus rysiai//LT")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", visit.title)
    for item in visit.items.alive().in_order().whole():
        calendar.add_component(_event(visit, item, language))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(visit: Visit, item: ProgrammeItem, language: str) -> Event:
    event = Event()
    event.add("uid", f"item-{item.pk}@{urlsplit(settings.PUBLIC_URL).hostname or 'alytus.invalid'}")
    event.add("dtstamp", item.updated_at.astimezone(datetime.UTC))
    event.add("sequence", item.revision)
    event.add("summary", item.title_in(language))
    if item.kind == ItemKind.ACCOMMODATION or item.period is None:
        event.add("dtstart", item.on)
        event.add("dtend", item.until_on or item.on + datetime.timedelta(days=1))
    else:
        from zoneinfo import ZoneInfo  # noqa: PLC0415 -- only here

        zone = ZoneInfo(item.zone)
        event.add("dtstart", item.period.lower.astimezone(zone))
        event.add("dtend", item.period.upper.astimezone(zone))
    if item.place:
        event["location"] = vText(", ".join(part for part in (item.where, item.place.full_address) if part))
    texts = item.texts_by_language
    if language in texts and texts[language].description:
        event.add("description", texts[language].description)
    if item.progress == Progress.CANCELLED:
        event.add("status", "CANCELLED")
    event.add("url", f"{settings.PUBLIC_URL}{visit.get_absolute_url()}")
    return event
