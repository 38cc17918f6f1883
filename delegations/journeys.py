"""Who travels by what: pure over the legs, guests and items that were read."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from delegations.choices import ItemKind, LegDirection, Progress

EARLY = datetime.timedelta(minutes=15)  # a transfer noted a little before the leg still meets it
LONGEST_WAIT = datetime.timedelta(hours=6)  # beyond it an item at the same place is something else

People = frozenset[int]


def riders(legs: Iterable[Any], members: Iterable[int]) -> dict[int, People]:
    """Who is on each leg: the named ones; on a leg for all, every guest who has no leg of her own that way."""
    legs, everyone = list(legs), frozenset(members)
    own: dict[str, set[int]] = {direction: set() for direction in LegDirection.values}
    for leg in legs:
        if not leg.is_for_all:
            own[leg.direction] |= set(leg.named_pks)
    return {
        leg.pk: everyone - own[leg.direction] if leg.is_for_all else everyone & frozenset(leg.named_pks)
        for leg in legs
    }


@dataclass(frozen=True)
class Fault:
    """Two legs of a guest that cannot both be: twice the same way, or away before coming."""

    member: int
    one: Any
    other: Any

    @property
    def is_twice(self) -> bool:
        return self.one.direction == self.other.direction


def faults(legs: Iterable[Any], aboard: dict[int, People]) -> Iterator[Fault]:
    """Each guest comes, leaves, and only then comes again."""
    journeys: dict[int, list[Any]] = {}
    for leg in sorted(legs, key=lambda leg: (leg.moment, leg.pk)):
        if not leg.is_cancelled:
            for member in aboard[leg.pk]:
                journeys.setdefault(member, []).append(leg)
    for member, rows in journeys.items():
        for one, other in pairwise(rows):
            if one.direction == other.direction:
                yield Fault(member, one, other)
        if len(rows) > 1 and rows[0].direction == LegDirection.DEPARTURE:
            yield Fault(member, rows[0], rows[1])


def without(legs: Iterable[Any], aboard: dict[int, People], members: Iterable[int]) -> dict[str, list[int]]:
    """For each direction, the guests nobody knows a leg of; a leg that does not run carries nobody."""
    found = {}
    legs = list(legs)
    for direction in LegDirection.values:
        carried: set[int] = set()
        for leg in legs:
            if leg.direction == direction and not leg.is_cancelled:
                carried |= aboard[leg.pk]
        found[direction] = [pk for pk in members if pk not in carried]
    return found


def met_by(leg: Any, aboard: People, items: Iterable[Any], who: Callable[[Any], People]) -> dict[int, People]:
    """The transfers that meet the guests of a leg, or see them off, with whom each takes.

    Those linked to the leg; and those made by hand at its place in its hours.
    """
    linked = set(leg.item_pks)
    found = {}
    for item in items:
        if item.kind != ItemKind.TRANSPORT or item.progress == Progress.CANCELLED:
            continue
        if (item.pk in linked or _meets(leg, item)) and (taken := who(item) & aboard):
            found[item.pk] = taken
    return found


def _meets(leg: Any, item: Any) -> bool:
    if item.period is None:
        return False
    if leg.direction == LegDirection.ARRIVAL:
        return (
            item.place_id == leg.place_id
            and leg.moment - EARLY <= item.period.lower <= leg.moment + LONGEST_WAIT
        )
    return item.to_place_id == leg.place_id and leg.moment - LONGEST_WAIT <= item.period.upper <= leg.moment
