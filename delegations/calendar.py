"""Visits and their programmes in calendars: stable identities, so that a new import changes what moved."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import get_language

from core.ics import calendar_file
from core.registry import CalendarEntry
from delegations.choices import ItemKind, Progress
from delegations.models import Festival, ItemResource, ProgrammeItem, TravelLeg, Visit


def visit_calendar(visit: Visit, language: str = "lt") -> bytes:
    """The programme as a file; an item without an hour lasts the whole day, a hotel until the morning after."""
    url = visit.get_absolute_url()
    items = visit.programme.alive().in_order().whole()
    entries = []
    for item in items:
        text = item.texts_by_language.get(language)
        entries.append(replace(item_entry(item, language, url), description=text.description if text else ""))
    entries += [leg_entry(leg, language, url) for leg in visit.legs.whole().in_order()]
    return calendar_file(visit.title, entries)


def leg_entry(leg: TravelLeg, language: str, url: str) -> CalendarEntry:
    """A journey as the moment of its arrival or departure, delay included."""
    from delegations.papers.content import words  # noqa: PLC0415 -- papers know services

    return CalendarEntry(
        uid=f"leg-{leg.pk}",
        title=f"{words(language)[leg.direction]}: {leg.label}",
        starts=leg.local_moment,
        ends=leg.local_moment,
        url=url,
        icon=leg.icon,
        place=leg.place.label,
        address=leg.place.full_address,
        sequence=leg.revision,
        changed_at=leg.updated_at,
        is_cancelled=leg.is_cancelled,
    )


def item_entry(item: ProgrammeItem, language: str, url: str) -> CalendarEntry:
    """The item as wall clock in the zone of its place."""
    starts: datetime.date = item.on
    ends: datetime.date | None = None
    if item.kind == ItemKind.ACCOMMODATION:
        ends = (item.until_on or item.on + datetime.timedelta(days=1)) - datetime.timedelta(days=1)
    elif item.period:
        zone = ZoneInfo(item.zone)
        starts, ends = item.period.lower.astimezone(zone), item.period.upper.astimezone(zone)
    return CalendarEntry(
        uid=f"item-{item.pk}",
        title=item.title_in(language),
        starts=starts,
        ends=ends,
        url=url,
        icon=item.icon,
        place=item.where,
        address=item.place.full_address if item.place else "",
        sequence=item.revision,
        changed_at=item.updated_at,
        tone="done" if item.progress == Progress.DONE else "",
        is_cancelled=item.progress == Progress.CANCELLED,
    )


def visit_entries(
    user: Any, first: datetime.date, last: datetime.date, *, mine: bool = False
) -> Iterable[CalendarEntry]:
    """Visits as whole days."""
    visits = Visit.objects.visible_to(user).between(first, last).select_related("city")
    if mine:
        visits = visits.filter(Q(responsible=user) | Q(host=user))
    for visit in visits:
        yield CalendarEntry(
            uid=f"visit-{visit.pk}",
            title=visit.title,
            starts=visit.starts_on,
            ends=visit.ends_on,
            url=visit.get_absolute_url(),
            icon="plane-arrival",
            place=str(visit.city or ""),
            sequence=visit.revision,
            note=visit.number,
            changed_at=visit.updated_at,
        )


def festival_entries(
    user: Any, first: datetime.date, last: datetime.date, *, mine: bool = False
) -> Iterable[CalendarEntry]:
    """Festivals as whole days."""
    festivals = Festival.objects.visible_to(user).between(first, last)
    if mine:
        festivals = festivals.filter(responsible=user)
    for festival in festivals:
        yield CalendarEntry(
            uid=f"festival-{festival.pk}",
            title=festival.title,
            starts=festival.starts_on,
            ends=festival.ends_on,
            url=festival.get_absolute_url(),
            icon="confetti",
            sequence=festival.revision,
            note=festival.number,
            changed_at=festival.updated_at,
        )


def programme_entries(
    user: Any, first: datetime.date, last: datetime.date, *, mine: bool = False
) -> Iterable[CalendarEntry]:
    """What stands in the programmes of visits, nights in hotels left out."""
    language = (get_language() or "lt")[:2]
    items = (
        ProgrammeItem.objects.alive()
        .filter(
            Q(visit__in=Visit.objects.visible_to(user).between(first, last))
            | Q(festival__in=Festival.objects.visible_to(user).between(first, last)),
            on__range=(first, last),
        )
        .exclude(kind=ItemKind.ACCOMMODATION)
        .exclude(progress=Progress.CANCELLED)
        .in_order()
        .select_related("visit", "festival", "place", "to_place")
        .prefetch_related("texts", Prefetch("resources", ItemResource.objects.select_related("resource")))
    )
    if mine:
        items = items.filter(
            Q(visit__responsible=user) | Q(visit__host=user) | Q(festival__responsible=user) | Q(host=user)
        )
    for item in items:
        matter = item.visit or item.festival
        involved = user.pk in (item.host_id, getattr(matter, "host_id", None), matter.responsible_id)
        entry = item_entry(item, language, reverse("delegations:programme", args=[matter.pk]))
        yield replace(entry, note=matter.title, is_busy=involved)
