"""A visit as its transfers see it: guests, legs, hotels, vehicles, drivers and their hours."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import cached_property
from zoneinfo import ZoneInfo

from django.db.models import Prefetch

from delegations import journeys
from delegations.choices import ItemKind, Progress
from delegations.models import ItemResource, Member, ProgrammeItem, TravelLeg, Visit
from delegations.transfer_norms import rules_in_force
from delegations.transfers import Busy, Chauffeur, Fleet, Ride, Rules, Vehicle
from resources.choices import ResourceKind
from resources.models import Booking, Car, Driver, Place
from resources.services import travel_table

NIGHT_ENDS = 5  # who comes at two in the night sleeps in the night that began the day before


class Scene:
    """A visit as its transfers see it, read in a fixed number of queries."""

    def __init__(self, visit: Visit, *, waiting: int | None = None) -> None:
        self.visit, self.waiting = visit, waiting
        self.members: dict[int, Member] = {member.pk: member for member in visit.members.all()}
        self.legs: dict[int, TravelLeg] = {leg.pk: leg for leg in visit.legs.whole().in_order()}
        self.items: list[ProgrammeItem] = list(
            visit.programme.alive()
            .in_order()
            .select_related("place", "to_place")
            .prefetch_related(
                "texts",
                "participants",
                Prefetch("resources", ItemResource.objects.select_related("resource")),
            )
        )
        self.aboard = journeys.riders(self.legs.values(), self.members)
        self.everyone = frozenset(self.members)
        self._who = {
            item.pk: self.everyone
            if item.is_for_all
            else frozenset(row.member_id for row in item.participants.all())
            for item in self.items
        }
        places = {leg.place_id: leg.place for leg in self.legs.values()}
        places |= {place.pk: place for item in self.items for place in (item.place, item.to_place) if place}
        self.places: dict[int, Place] = places

    @cached_property
    def rules(self) -> Rules:
        return rules_in_force(self.visit.starts_on, waiting=self.waiting)

    @cached_property
    def cars(self) -> dict[int, Car]:
        return {car.pk: car for car in Car.objects.active()}

    @cached_property
    def drivers(self) -> dict[int, Driver]:
        return {driver.pk: driver for driver in Driver.objects.active()}

    @cached_property
    def ways(self) -> dict[tuple[int, int], int | None]:
        return {ends: way.minutes for ends, way in travel_table(self.places.values()).items()}

    def who(self, item: ProgrammeItem) -> frozenset[int]:
        return self._who[item.pk]

    def met_by(self, leg: TravelLeg) -> dict[int, frozenset[int]]:
        return journeys.met_by(leg, self.aboard[leg.pk], self.transport, self.who)

    @cached_property
    def transport(self) -> list[ProgrammeItem]:
        return [item for item in self.items if item.kind == ItemKind.TRANSPORT]

    @cached_property
    def stays(self) -> list[ProgrammeItem]:
        return [
            item
            for item in self.items
            if item.kind == ItemKind.ACCOMMODATION
            and item.place_id
            and item.until_on
            and item.progress != Progress.CANCELLED
        ]

    @cached_property
    def bookings(self) -> list[Booking]:
        """Of vehicles and drivers, for other matters, around the days of the journeys."""
        if not self.legs:
            return []
        day = datetime.timedelta(days=1)
        moments = [leg.moment for leg in self.legs.values()]
        rows = Booking.objects.within(min(moments) - day, max(moments) + 3 * day)
        rows = rows.filter(resource__kind__in=[ResourceKind.CAR, ResourceKind.DRIVER])
        return list(rows.exclude(matter_id=self.visit.pk).only("resource_id", "period"))

    def fleet(self, *, but_for: Iterable[int] = ()) -> Fleet:
        """Vehicles and drivers with the hours they are taken, by others and by this programme but for these items."""
        fleet = Fleet(
            [
                Vehicle(car.pk, car.name, car.seats, car.body, car.usual_driver_id)
                for car in self.cars.values()
            ],
            [
                Chauffeur(
                    driver.pk, driver.name, frozenset(driver.categories.replace(",", " ").upper().split())
                )
                for driver in self.drivers.values()
            ],
            self.ways,
        )
        left_out = set(but_for)
        for booking in self.bookings:
            fleet.busy.setdefault(booking.resource_id, []).append(
                Busy(booking.period.lower, booking.period.upper)
            )
        for item in self.items:
            if item.period is None or item.pk in left_out or item.progress == Progress.CANCELLED:
                continue
            row = Busy(item.period.lower, item.period.upper, item.place_id, item.to_place_id or item.place_id)
            for one in item.resources.all():
                fleet.busy.setdefault(one.resource_id, []).append(row)
        return fleet

    # --- rides ---------------------------------------------------------------------------------------------

    def rides(self, leg: TravelLeg, people: Iterable[int]) -> list[Ride]:
        """The guests of a leg by the hotel they go to or come from."""
        by_base: dict[int | None, list[int]] = {}
        order = {pk: place for place, pk in enumerate(self.members)}
        for base, taken in self._bases(leg, frozenset(people)).items():
            by_base[base] = sorted(taken, key=order.__getitem__)
        zone = ZoneInfo(leg.zone)
        return [
            Ride(
                leg.pk, leg.direction, leg.mode, leg.place_id, base, leg.moment.astimezone(zone), tuple(taken)
            )
            for base, taken in by_base.items()
        ]

    def _bases(self, leg: TravelLeg, people: frozenset[int]) -> dict[int | None, frozenset[int]]:
        """Where the guests go after an arrival, or are before a departure: their hotel, else what is next or last."""
        local = leg.local_moment
        day = local.date() - datetime.timedelta(days=1 if local.hour < NIGHT_ENDS and leg.is_arrival else 0)
        if leg.is_arrival:
            stays = [stay for stay in self.stays if stay.until_on and stay.until_on > day]
            stays.sort(key=lambda stay: stay.on)
        else:
            stays = [stay for stay in self.stays if stay.on < day]
            stays.sort(key=lambda stay: stay.on, reverse=True)
        found: dict[int | None, frozenset[int]] = {}
        left = people
        for base, who in [*((stay.place_id, self.who(stay)) for stay in stays), *self._around(leg)]:
            if taken := left & who:
                found[base] = found.get(base, frozenset()) | taken
                left -= taken
        if left:
            found[None] = left
        return found

    def _around(self, leg: TravelLeg) -> list[tuple[int | None, frozenset[int]]]:
        """Places of the items after an arrival or before a departure, the nearest first, within a day."""
        day = datetime.timedelta(days=1)
        rows = [
            item
            for item in self.items
            if item.period
            and item.place_id
            and item.kind not in (ItemKind.TRANSPORT, ItemKind.ACCOMMODATION)
            and item.progress != Progress.CANCELLED
        ]
        if leg.is_arrival:
            near = [item for item in rows if leg.moment <= item.period.lower < leg.moment + day]
        else:
            near = [item for item in reversed(rows) if leg.moment - day < item.period.upper <= leg.moment]
        return [(item.place_id, self.who(item)) for item in near]

    def unmet(self, leg: TravelLeg) -> frozenset[int]:
        """Guests of a running leg that no transfer meets or sees off."""
        if leg.is_cancelled or not leg.needs_transfer:
            return frozenset()
        met: frozenset[int] = frozenset().union(*self.met_by(leg).values())
        return self.aboard[leg.pk] - met
