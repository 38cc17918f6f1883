"""Minutes by car between places: said by a person, else estimated from the distance and shown as an estimate."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.actor import Actor
from core.errors import DomainError
from core.models import acted_by
from resources.models import Place, PlaceDistance

ROAD_FACTOR = 1.3  # a road is longer than the line
SETTING_OFF = 4  # minutes to get in and out
# Average speed by the length of the road: up to km, km an hour.
SPEEDS = ((5, 30), (25, 45), (80, 65), (math.inf, 75))
FARTHEST_KM = 600  # beyond it nobody drives: the way is a leg of its own


@dataclass(frozen=True)
class Travel:
    """How long the way takes; `minutes` is None when nothing is known of one of the places."""

    minutes: int | None
    is_estimate: bool = True
    note: str = ""


def kilometres(one: Place, other: Place) -> float | None:
    """The straight line between two places, on a sphere."""
    if not (one.has_coordinates and other.has_coordinates):
        return None
    lat1, lon1, lat2, lon2 = (
        math.radians(float(x or 0)) for x in (one.latitude, one.longitude, other.latitude, other.longitude)
    )
    half = (
        math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * 6371 * math.asin(math.sqrt(half))


def estimate(one: Place, other: Place) -> Travel:
    """From the distance: road factor, speed by length, rounded up to five minutes."""
    if one.pk == other.pk:
        return Travel(0, is_estimate=False)
    line = kilometres(one, other)
    if line is None or line > FARTHEST_KM:
        return Travel(None)
    road = line * ROAD_FACTOR
    speed = next(speed for limit, speed in SPEEDS if road <= limit)
    return Travel(math.ceil((SETTING_OFF + road / speed * 60) / 5) * 5)


def minutes_between(one: Place, other: Place) -> Travel:
    return travel_table([one, other])[(one.pk, other.pk)]


def travel_table(places: Iterable[Place]) -> dict[tuple[int, int], Travel]:
    """Travel between every two of the places, both ways, by one query."""
    known = {place.pk: place for place in places}
    said = {
        (row.one_id, row.other_id): Travel(row.minutes, is_estimate=False, note=row.note)
        for row in PlaceDistance.objects.filter(one__in=known, other__in=known)
    }
    table: dict[tuple[int, int], Travel] = {}
    for a, one in known.items():
        for b, other in known.items():
            table[(a, b)] = said.get((min(a, b), max(a, b))) or estimate(one, other)
    return table


@transaction.atomic
def set_minutes(one: Place, other: Place, minutes: int, *, by: Actor, note: str = "") -> PlaceDistance:
    """Say how long the way takes; the same both ways."""
    if one.pk == other.pk:
        raise DomainError(_("Choose two different places."), field="other")
    if not 1 <= minutes <= 24 * 60:
        raise DomainError(_("From 1 minute to 24 hours."), field="minutes")
    first, second = sorted((one, other), key=lambda place: place.pk)
    row, _made = PlaceDistance.objects.update_or_create(
        one=first, other=second, defaults={"minutes": minutes, "note": note, **acted_by(by)}
    )
    audit.record("place.distance_set", first, by=by, other=second.pk, minutes=minutes)
    return row


@transaction.atomic
def forget_minutes(row: PlaceDistance, *, by: Actor) -> None:
    """Go back to the estimate."""
    audit.record("place.distance_forgotten", row.one, by=by, other=row.other_id, minutes=row.minutes)
    row.delete()
