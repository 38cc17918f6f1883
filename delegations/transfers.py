"""Transfers proposed from arrivals and departures: pure, with every "cannot" said in words.

Rides of one place, one way and one hotel that fall within the waiting window go together; the smallest vehicle
that seats them is taken, several where one is not enough. A vehicle or driver must be free and have time to come
from where it was before and to go where it is next.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import hour_range
from delegations.choices import LegDirection
from resources.choices import CarKind

STEP = 5  # minutes: nobody is told to be there at 14.37
Moment = datetime.datetime
Ways = Mapping[tuple[int, int], int | None]  # (from, to) -> minutes


@dataclass(frozen=True)
class Ride:
    """Guests of one leg who go between its place and the same hotel."""

    leg: int
    direction: str
    mode: str
    place: int
    base: int | None
    moment: Moment
    people: tuple[int, ...]


@dataclass(frozen=True)
class Busy:
    """Time somebody or something is taken; places are known of our own items only."""

    starts: Moment
    ends: Moment
    start_place: int | None = None
    end_place: int | None = None


@dataclass(frozen=True)
class Vehicle:
    key: int
    name: str
    seats: int
    body: str = CarKind.CAR
    driver: int | None = None  # who usually drives it


@dataclass(frozen=True)
class Chauffeur:
    key: int
    name: str
    categories: frozenset[str] = frozenset()  # empty: not said, then any

    def drives(self, body: str) -> bool:
        needed = {CarKind.BUS: {"D"}, CarKind.MINIBUS: {"D", "D1"}}.get(CarKind(body))
        return not needed or not self.categories or bool(self.categories & needed)


@dataclass(frozen=True)
class Rules:
    """Minutes of the office's norms: how long guests wait for others, after and before each kind of leg."""

    waiting: int
    after: Mapping[str, int]
    before: Mapping[str, int]

    def ready(self, ride: Ride) -> Moment:
        """When the guests can set off from an arrival; when they must be at a departure."""
        if ride.direction == LegDirection.ARRIVAL:
            return ride.moment + datetime.timedelta(minutes=self.after[ride.mode])
        return ride.moment - datetime.timedelta(minutes=self.before[ride.mode])


@dataclass(frozen=True)
class Transfer:
    """One vehicle's way: who, from where, when, by what; `why` says what is missing."""

    direction: str
    place: int
    base: int | None
    starts: Moment
    ends: Moment
    legs: tuple[int, ...]
    people: tuple[int, ...]
    car: int | None = None
    driver: int | None = None
    why: tuple[str, ...] = ()

    @property
    def start_place(self) -> int | None:
        return self.place if self.direction == LegDirection.ARRIVAL else self.base

    @property
    def end_place(self) -> int | None:
        return self.base if self.direction == LegDirection.ARRIVAL else self.place


@dataclass
class Fleet:
    """What there is to drive and who may drive it, with the hours each is taken."""

    vehicles: list[Vehicle]
    chauffeurs: list[Chauffeur]
    ways: Ways
    busy: dict[int, list[Busy]] = field(default_factory=dict)

    def is_free(self, key: int, way: Transfer) -> bool:
        return self.clash(key, way) is None

    def clash(self, key: int, way: Transfer) -> Busy | None:
        """The first hour taken that leaves no time for this way and the empty road before and after it."""
        for row in self.busy.get(key, ()):
            if row.ends <= way.starts:
                if row.ends + self._road(row.end_place, way.start_place, way) > way.starts:
                    return row
            elif row.starts >= way.ends:
                if way.ends + self._road(way.end_place, row.start_place, way) > row.starts:
                    return row
            else:
                return row
        return None

    def _road(self, one: int | None, other: int | None, way: Transfer) -> datetime.timedelta:
        """The empty road; of somebody else's booking the places are not known: as if it stood at the hotel."""
        ends = (one or way.base, other or way.base)
        minutes = self.ways.get(ends) if None not in ends and ends[0] != ends[1] else 0  # type: ignore[arg-type]
        return datetime.timedelta(minutes=minutes or 0)

    def take(self, way: Transfer) -> None:
        row = Busy(way.starts, way.ends, way.start_place, way.end_place)
        for key in (way.car, way.driver):
            if key is not None:
                self.busy.setdefault(key, []).append(row)

    def driver_for(self, vehicle: Vehicle, way: Transfer, *, first: int | None = None) -> int | None:
        """Who drives: the asked one, the usual one, else anybody free who may; somebody without a car of her own first."""
        usual = {one.driver for one in self.vehicles if one.driver}
        rows = sorted(
            self.chauffeurs,
            key=lambda one: (one.key != first, one.key != vehicle.driver, one.key in usual),
        )
        return next(
            (one.key for one in rows if one.drives(vehicle.body) and self.is_free(one.key, way)), None
        )

    def free_vehicles(self, way: Transfer) -> list[Vehicle]:
        rows = [one for one in self.vehicles if self.is_free(one.key, way)]
        return sorted(rows, key=lambda one: (one.seats, one.driver is None, one.name))


def propose(rides: Iterable[Ride], fleet: Fleet, rules: Rules) -> list[Transfer]:
    """Transfers for all the rides in the order of the clock; what is taken for one is not there for the next."""
    ways = [way for group in gather(rides, rules) for way in [whole_way(group, fleet.ways, rules)]]
    found: list[Transfer] = []
    for way, group in sorted(ways, key=lambda one: (one[0].starts, one[0].legs)):
        found += load(way, group, fleet)
    return found


def gather(rides: Iterable[Ride], rules: Rules) -> list[list[Ride]]:
    """Rides that may share a vehicle: same place, way and hotel, none waiting longer than the window."""
    window = datetime.timedelta(minutes=rules.waiting)
    alike: dict[tuple[str, int, int], list[Ride]] = {}
    for ride in rides:
        if ride.people:
            alike.setdefault((ride.direction, ride.place, ride.base or 0), []).append(ride)
    groups: list[list[Ride]] = []
    for rows in alike.values():
        rows.sort(key=lambda ride: (rules.ready(ride), ride.leg))
        group: list[Ride] = []
        for ride in rows:
            if group and rules.ready(ride) - rules.ready(group[0]) > window:
                groups.append(group)
                group = []
            group.append(ride)
        groups.append(group)
    return groups


def whole_way(group: list[Ride], ways: Ways, rules: Rules) -> tuple[Transfer, list[Ride]]:
    """When the group sets off: from an arrival when the last is ready, to a departure so that the first is in time."""
    first = group[0]
    is_arrival = first.direction == LegDirection.ARRIVAL
    start_place, end_place = (first.place, first.base) if is_arrival else (first.base, first.place)
    why: list[str] = []
    minutes: int | None = 0
    if first.base is None:
        why.append(
            _("Where to take them is not known: add a hotel to the programme.")
            if is_arrival
            else _("From where to take them is not known: add a hotel to the programme.")
        )
    elif start_place != end_place:
        minutes = ways.get((start_place, end_place))  # type: ignore[arg-type]
        if minutes is None:
            why.append(_("How long the way takes is not known: give the minutes on the page of the place."))
    length = datetime.timedelta(minutes=minutes or 30)
    if is_arrival:
        starts = _round(max(rules.ready(ride) for ride in group), up=True)
    else:
        starts = _round(min(rules.ready(ride) for ride in group) - length, up=False)
    return (
        Transfer(
            direction=first.direction,
            place=first.place,
            base=first.base,
            starts=starts,
            ends=starts + length,
            legs=tuple(sorted({ride.leg for ride in group})),
            people=tuple(pk for ride in group for pk in ride.people),
            why=tuple(why),
        ),
        group,
    )


def load(way: Transfer, group: list[Ride], fleet: Fleet) -> list[Transfer]:
    """Seat the group: the smallest vehicle for all, else the largest ones until the rest fits in one."""
    if way.why:
        return [way]
    left = [(ride.leg, pk) for ride in group for pk in ride.people]
    found: list[Transfer] = []
    while left:
        free = fleet.free_vehicles(way)
        one = next((v for v in free if v.seats >= len(left) and fleet.driver_for(v, way)), None)
        one = one or next((v for v in reversed(free) if v.seats and fleet.driver_for(v, way)), None)
        # a vehicle without a driver is better than none: the person finds one
        one = one or next((v for v in free if v.seats >= len(left)), None) or (free[-1] if free else None)
        if one is None or not one.seats:
            found.append(_part(way, left, why=(*way.why, _nothing_free(way, len(left), fleet))))
            break
        here, left = left[: one.seats], left[one.seats :]
        driver = fleet.driver_for(one, way)
        part = _part(way, here, car=one.key, driver=driver)
        if driver is None:
            part = replace(part, why=(_("No driver is free then."),))
        fleet.take(part)
        found.append(part)
    return found


def _part(
    way: Transfer,
    seats: list[tuple[int, int]],
    *,
    car: int | None = None,
    driver: int | None = None,
    why: tuple[str, ...] = (),
) -> Transfer:
    return replace(
        way,
        legs=tuple(sorted({leg for leg, _pk in seats})),
        people=tuple(pk for _leg, pk in seats),
        car=car,
        driver=driver,
        why=why,
    )


def _nothing_free(way: Transfer, count: int, fleet: Fleet) -> str:
    """Why no vehicle is left for these guests, with the hours that are in the way."""
    seats = ngettext("%(count)d seat is missing", "%(count)d seats are missing", count) % {"count": count}
    if not fleet.vehicles:
        return _("%(seats)s: no vehicle is in the list.") % {"seats": seats}
    held = []
    for vehicle in sorted(fleet.vehicles, key=lambda one: -one.seats)[:3]:
        if row := fleet.clash(vehicle.key, way):
            zone = way.starts.tzinfo
            hours = hour_range(row.starts.astimezone(zone).time(), row.ends.astimezone(zone).time())
            held.append(f"{vehicle.name} {hours}")
    return _("%(seats)s: every vehicle is taken (%(held)s).") % {"seats": seats, "held": "; ".join(held)}


def _round(moment: Moment, *, up: bool) -> Moment:
    over = datetime.timedelta(
        minutes=moment.minute % STEP, seconds=moment.second, microseconds=moment.microsecond
    )
    if not over:
        return moment
    return moment - over + (datetime.timedelta(minutes=STEP) if up else datetime.timedelta())
