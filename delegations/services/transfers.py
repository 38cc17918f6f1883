"""Transfers of a visit: proposed from its journeys, accepted row by row, moved when a leg is late."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from core.actor import Actor
from core.dates import duration_words, hour_words
from core.errors import DomainError
from delegations import journeys, transfers
from delegations.choices import ItemKind, LegDirection, Progress
from delegations.models import ItemResource, Member, ProgrammeItem, TransferLeg, TravelLeg, Visit
from delegations.services.programme import hold, put_item
from delegations.services.state import changed, lock_visit, publish_operational
from delegations.transfer_norms import rules_in_force
from delegations.transfers import Busy, Chauffeur, Fleet, Ride, Rules, Transfer, Vehicle
from resources.choices import ResourceKind
from resources.models import Booking, Car, Driver, Place, Resource
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


@dataclass(frozen=True)
class Proposal:
    """A transfer a person looks at: what the proposer found and the rows it speaks of."""

    way: Transfer
    legs: tuple[TravelLeg, ...]
    members: tuple[Member, ...]
    place: Place
    base: Place | None
    on: datetime.date
    can_be: bool
    why: tuple[str, ...]

    @property
    def key(self) -> str:
        """The same as long as the same guests go the same way at the same hour."""
        way = self.way
        return hashlib.sha256(
            repr((way.direction, way.place, way.base, way.legs, way.people, way.starts.isoformat())).encode()
        ).hexdigest()[:12]

    @property
    def starts(self) -> datetime.time:
        return self.way.starts.time()

    @property
    def ends(self) -> datetime.time:
        return self.way.ends.time()

    @property
    def minutes(self) -> int:
        return int((self.way.ends - self.way.starts).total_seconds() // 60)

    @property
    def from_place(self) -> Place | None:
        return self.place if self.way.direction == LegDirection.ARRIVAL else self.base

    @property
    def to_place(self) -> Place | None:
        return self.base if self.way.direction == LegDirection.ARRIVAL else self.place


def propose(visit: Visit, *, waiting: int | None = None, scene: Scene | None = None) -> list[Proposal]:
    """Transfers for every guest nobody meets or sees off yet."""
    scene = scene or Scene(visit, waiting=waiting)
    rides = [
        ride for leg in scene.legs.values() if (left := scene.unmet(leg)) for ride in scene.rides(leg, left)
    ]
    return [_proposal(scene, way) for way in transfers.propose(rides, scene.fleet(), scene.rules)]


def _proposal(scene: Scene, way: Transfer, *, needs_base: bool = True) -> Proposal:
    start = scene.places.get(way.start_place) if way.start_place else None
    zone = ZoneInfo(start.zone) if start else way.starts.tzinfo
    way = replace(way, starts=way.starts.astimezone(zone), ends=way.ends.astimezone(zone))
    on = way.starts.date()
    why = list(way.why)
    inside = scene.visit.holds(on)
    if not inside:
        why.append(_("The day is outside the visit: change the visit's days first."))
    return Proposal(
        way=way,
        legs=tuple(scene.legs[pk] for pk in way.legs),
        members=tuple(scene.members[pk] for pk in way.people),
        place=scene.places[way.place],
        base=scene.places.get(way.base) if way.base else None,
        on=on,
        can_be=inside and not (needs_base and way.base is None),
        why=tuple(why),
    )


@dataclass(frozen=True)
class Choice:
    """A proposal a person accepts, as she changed it."""

    key: str
    starts: datetime.time
    car: Car | None
    driver: Driver | None


@transaction.atomic
def accept_transfers(
    visit: Visit, choices: list[Choice], *, by: Actor, waiting: int | None = None
) -> list[ProgrammeItem]:
    """Put the chosen transfers into the programme, with guests, vehicle, driver and the legs they serve."""
    visit = lock_visit(visit.pk)
    if not choices:
        raise DomainError(_("Choose at least one transfer."))
    scene = Scene(visit, waiting=waiting)
    known = {one.key: one for one in propose(visit, scene=scene)}
    made = []
    for choice in choices:
        proposal = known.get(choice.key)
        if proposal is None or not proposal.can_be:
            raise DomainError(_("The journeys have changed meanwhile: look at the proposals again."))
        if choice.car and choice.car.seats < len(proposal.members):
            raise DomainError(
                _("%(car)s: %(seats)d seats, but %(count)d guests go.")
                % {"car": choice.car.name, "seats": choice.car.seats, "count": len(proposal.members)},
                field=f"{choice.key}-car",
            )
        made.append(_make(scene, proposal, choice))
    hold(visit, by)
    changed(visit, "transfers.accepted", visit, by, count=len(made))
    return made


def _make(scene: Scene, proposal: Proposal, choice: Choice) -> ProgrammeItem:
    ends = datetime.datetime.combine(proposal.on, choice.starts) + datetime.timedelta(
        minutes=proposal.minutes
    )
    everyone = len(proposal.members) == len(scene.members)
    item = ProgrammeItem(
        visit=scene.visit,
        kind=ItemKind.TRANSPORT,
        on=proposal.on,
        starts=choice.starts,
        ends=ends.time(),
        place=proposal.from_place,
        to_place=proposal.to_place,
        is_for_all=everyone,
    )
    served: list[Resource] = [row for row in (choice.car, choice.driver) if row]
    put_item(
        scene.visit,
        item,
        texts=texts_of(scene.visit, proposal.from_place, proposal.to_place, proposal.legs),
        participants=[] if everyone else proposal.members,
        served_by=served,
    )
    TransferLeg.objects.bulk_create(TransferLeg(item=item, leg=leg) for leg in proposal.legs)
    return item


def texts_of(
    visit: Visit, one: Place | None, other: Place | None, legs: Iterable[TravelLeg]
) -> dict[str, tuple[str, str]]:
    """ "Pervežimas: Vilniaus oro uostas – Viešbutis": in each language whose words the papers know."""
    from delegations.papers.content import paper_words  # noqa: PLC0415 -- papers know services

    numbers = ", ".join(leg.number for leg in legs if leg.number)[:300]
    found = {}
    for code in visit.text_languages:
        if code not in paper_words():
            continue  # the missing translation is warned of
        names = [
            (place.name if code == "lt" else place.name_en or place.name) for place in (one, other) if place
        ]
        found[code] = (f"{paper_words()[code]['transfer']}: {' – '.join(names)}"[:200], numbers)
    return found


# --- a leg that is late --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Move:
    """What becomes of one transfer: moved, parted, cancelled; `item` is None for one that is made anew."""

    item: ProgrammeItem | None
    verb: str  # move, part, cancel, new
    proposal: Proposal | None = None
    left: frozenset[int] = frozenset()  # who stays in the item that is parted
    served: str = ""  # the vehicle and driver, by name

    @property
    def key(self) -> tuple[Any, ...]:
        way = self.proposal.way if self.proposal else None
        return (
            self.item and (self.item.pk, self.item.revision),
            self.verb,
            way and (way.starts.isoformat(), way.ends.isoformat(), way.people, way.car, way.driver),
            tuple(sorted(self.left)),
        )


@dataclass(frozen=True)
class Delay:
    """What a delay, or a leg that does not run, touches."""

    leg: TravelLeg  # as it would be
    planned: datetime.datetime
    moves: tuple[Move, ...]
    clashes: tuple[tuple[ProgrammeItem, int], ...]  # items the guests miss, with how many of them
    people: int

    @property
    def digest(self) -> str:
        rows = (
            self.leg.pk,
            self.leg.revision,
            self.leg.delay,
            self.leg.is_cancelled,
            [move.key for move in self.moves],
            [(item.pk, count) for item, count in self.clashes],
        )
        return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]


def plan_delay(
    visit: Visit, leg_pk: int, *, delay: int, is_cancelled: bool = False, scene: Scene | None = None
) -> Delay:
    """Which transfers move and which items clash when this leg is late by so many minutes, or does not run."""
    scene = scene or Scene(visit)
    leg = scene.legs[leg_pk]
    served = {item.pk: item for item in scene.items}
    met = {served[pk]: people for pk, people in scene.met_by(leg).items()}
    free_before = _free(scene, leg, met)
    planned = leg.local_moment
    leg.delay, leg.is_cancelled = delay, is_cancelled
    leg.set_moment()
    moves: list[Move] = []
    for item, people in met.items():
        if item.visit_id != visit.pk:
            continue  # what a festival shares is moved there
        moves += _moves_of(scene, leg, item, people)
    return Delay(
        leg=leg,
        planned=planned,
        moves=tuple(moves),
        clashes=tuple(_clashes(scene, leg, free_before, moves, met)),
        people=len(scene.aboard[leg.pk]),
    )


def _moves_of(scene: Scene, leg: TravelLeg, item: ProgrammeItem, people: frozenset[int]) -> list[Move]:
    rest = scene.who(item) - people
    others = [
        other
        for other in scene.legs.values()
        if other.pk != leg.pk and not other.is_cancelled and item.pk in other.item_pks
    ]
    if leg.is_cancelled:
        return [Move(item, "part", left=rest)] if rest else [Move(item, "cancel")]
    ready = scene.rules.ready
    mine = [_ride(item, leg, people)]
    theirs = [_ride(item, other, taken) for other in others if (taken := scene.aboard[other.pk] & rest)]
    window = datetime.timedelta(minutes=scene.rules.waiting)
    moments = [ready(ride) for ride in mine + theirs]
    if theirs and max(moments) - min(moments) > window:
        fleet = scene.fleet()
        ways = transfers.propose(mine, fleet, scene.rules)
        return [
            Move(item, "part", left=rest),
            *(Move(None, "new", proposal=_proposal(scene, way), served=_served(scene, way)) for way in ways),
        ]
    goal, _group = transfers.whole_way(mine + theirs, scene.ways, scene.rules)
    slack = item.period.lower - max(moments) if leg.is_arrival else min(moments) - item.period.upper
    if datetime.timedelta() <= slack <= window:
        return []  # it meets them as it is
    fleet = scene.fleet(but_for=[item.pk])
    length = item.period.upper - item.period.lower  # as long as it was, whatever the way takes
    if leg.is_arrival:
        goal = replace(goal, ends=goal.starts + length, why=())
    else:
        goal = replace(goal, starts=goal.ends - length, why=())
    goal = replace(goal, people=tuple(sorted(scene.who(item))))
    way = _keep_or_find(scene, item, goal, fleet)
    return [Move(item, "move", proposal=_proposal(scene, way, needs_base=False), served=_served(scene, way))]


def _served(scene: Scene, way: Transfer) -> str:
    names = [
        scene.cars[way.car].name if way.car else "",
        scene.drivers[way.driver].name if way.driver else "",
    ]
    return ", ".join(name for name in names if name)


def _ride(item: ProgrammeItem, leg: TravelLeg, people: frozenset[int]) -> Ride:
    base = item.to_place_id if leg.is_arrival else item.place_id
    moment = leg.moment.astimezone(ZoneInfo(leg.zone))
    return Ride(leg.pk, leg.direction, leg.mode, leg.place_id, base, moment, tuple(sorted(people)))


def _keep_or_find(scene: Scene, item: ProgrammeItem, goal: Transfer, fleet: Fleet) -> Transfer:
    """The same vehicle and driver when they are free at the new hour, else others, else why not."""
    car = next((row.resource_id for row in item.resources.all() if row.resource_id in scene.cars), None)
    driver = next((row.resource_id for row in item.resources.all() if row.resource_id in scene.drivers), None)
    why = []
    if car and not fleet.is_free(car, goal):
        name, count = scene.cars[car].name, len(goal.people)
        found = next((one for one in fleet.free_vehicles(goal) if one.seats >= count), None)
        why.append(
            _("%(old)s is taken then; %(new)s is free.") % {"old": name, "new": found.name}
            if found
            else _("%(old)s is taken then, and nothing else with enough seats is free.") % {"old": name}
        )
        car = found.key if found else None
    if driver and (not fleet.is_free(driver, goal)):
        vehicle = next((one for one in fleet.vehicles if one.key == car), None)
        found_driver = fleet.driver_for(vehicle, goal) if vehicle else None
        name = scene.drivers[driver].name
        why.append(
            _("%(old)s is taken then; %(new)s is free.")
            % {"old": name, "new": scene.drivers[found_driver].name}
            if found_driver
            else _("%(old)s is taken then, and no other driver is free.") % {"old": name}
        )
        driver = found_driver
    return replace(goal, car=car, driver=driver, why=tuple(why))


def _free(scene: Scene, leg: TravelLeg, met: dict[ProgrammeItem, frozenset[int]]) -> datetime.datetime:
    """From when the guests of an arrival can be at the programme, or until when those of a departure can."""
    if leg.is_arrival:
        return max((item.period.upper for item in met), default=scene.rules.ready(_bare(leg)))
    return min((item.period.lower for item in met), default=scene.rules.ready(_bare(leg)))


def _bare(leg: TravelLeg) -> Ride:
    return Ride(leg.pk, leg.direction, leg.mode, leg.place_id, None, leg.moment, ())


def _clashes(
    scene: Scene,
    leg: TravelLeg,
    before: datetime.datetime,
    moves: list[Move],
    met: dict[ProgrammeItem, frozenset[int]],
) -> list[tuple[ProgrammeItem, int]]:
    people = scene.aboard[leg.pk]
    ways = [move.proposal.way for move in moves if move.proposal]
    stays = [item for item in met if item.pk not in {move.item.pk for move in moves if move.item}]
    if leg.is_cancelled:
        day = datetime.timedelta(days=1)
        first, last = (before, before + day) if leg.is_arrival else (before, before)
    elif leg.is_arrival:
        ends = [way.ends for way in ways] + [item.period.upper for item in stays]
        first, last = before, max(ends, default=scene.rules.ready(_bare(leg)))
    else:
        starts = [way.starts for way in ways] + [item.period.lower for item in stays]
        first, last = min(starts, default=scene.rules.ready(_bare(leg))), before
    found = []
    for item in scene.items:
        if (
            item.period is None
            or item.kind in (ItemKind.TRANSPORT, ItemKind.ACCOMMODATION)
            or item.progress == Progress.CANCELLED
        ):
            continue
        edge = item.period.lower if leg.is_arrival else item.period.upper
        misses = first <= edge < last if leg.is_arrival else first < edge <= last
        if misses and (count := len(scene.who(item) & people)):
            found.append((item, count))
    return found


def delay_words(leg: TravelLeg) -> str:
    """ "LO 781: vėluoja 1 val. 20 min., 15.55", "LO 781: nevyksta"."""
    if leg.is_cancelled:
        return _("%(leg)s does not run.") % {"leg": leg.label}
    if not leg.delay:
        return _("%(leg)s is on time: %(hour)s.") % {"leg": leg.label, "hour": hour_words(leg.local_moment)}
    said = {
        "leg": leg.label,
        "length": duration_words(abs(leg.delay)),
        "hour": hour_words(leg.local_moment),
    }
    if leg.delay > 0:
        return _("%(leg)s is late by %(length)s: %(hour)s.") % said
    return _("%(leg)s is early by %(length)s: %(hour)s.") % said


@transaction.atomic
def delay_leg(leg: TravelLeg, *, delay: int, is_cancelled: bool, digest: str, by: Actor) -> Any:
    """Do exactly what was shown; published at once under a number when the programme is in force.

    Returns the amendment, or None when there was nothing in force to amend or approval must see it first.
    """
    if not -600 <= delay <= 2880:
        raise DomainError(_("A delay is two days at most."), field="minutes")
    visit = lock_visit(leg.visit_id)
    plan = plan_delay(visit, leg.pk, delay=delay, is_cancelled=is_cancelled)
    if plan.digest != digest:
        raise DomainError(_("The programme has changed meanwhile: look again at what moves."))
    row = plan.leg
    row.save_if_current(None, ["delay", "is_cancelled", "moment", "zone"])
    for move in plan.moves:
        _carry_out(visit, row, move)
    hold(visit, by)
    words = delay_words(row)
    changed(visit, "leg.delayed", row, by, note=words, count=len(plan.moves))
    return publish_operational(visit, by=by, reason=words)


def _carry_out(visit: Visit, leg: TravelLeg, move: Move) -> None:
    proposal = move.proposal
    if proposal is not None and not proposal.can_be:
        return  # said in the preview: a person decides
    if move.verb == "new":
        assert proposal is not None
        scene_members = visit.members.count()
        everyone = len(proposal.members) == scene_members
        item = ProgrammeItem(
            visit=visit,
            kind=ItemKind.TRANSPORT,
            on=proposal.on,
            starts=proposal.starts,
            ends=proposal.ends,
            place=proposal.from_place,
            to_place=proposal.to_place,
            is_for_all=everyone,
        )
        put_item(
            visit,
            item,
            texts=texts_of(visit, proposal.from_place, proposal.to_place, [leg]),
            participants=[] if everyone else proposal.members,
            served_by=_resources(proposal.way),
        )
        TransferLeg.objects.create(item=item, leg=leg)
        return
    assert move.item is not None
    item = ProgrammeItem.objects.select_for_update(of=("self",)).select_related("place").get(pk=move.item.pk)
    if move.verb == "cancel":
        item.progress, item.progress_note = Progress.CANCELLED, delay_words(leg)[:500]
        item.save_if_current(None, ["progress", "progress_note"])
    elif move.verb == "part":
        item.is_for_all = False
        item.save_if_current(None, ["is_for_all"])
        item.participants.exclude(member__in=move.left).delete()
        item.participants.bulk_create(
            (item.participants.model(item=item, member_id=pk) for pk in sorted(move.left)),
            ignore_conflicts=True,
        )
        TransferLeg.objects.filter(item=item, leg=leg).delete()
    else:
        assert proposal is not None
        item.on, item.starts, item.ends = proposal.on, proposal.starts, proposal.ends
        item.set_period()
        item.save_if_current(None, ["on", "starts", "ends", "zone", "period"])
        keep = [row.pk for row in _resources(proposal.way)]
        kinds = [ResourceKind.CAR, ResourceKind.DRIVER]
        item.resources.filter(resource__kind__in=kinds).exclude(resource__in=keep).delete()
        ItemResource.objects.bulk_create(
            (ItemResource(item=item, resource_id=pk) for pk in keep), ignore_conflicts=True
        )
        TransferLeg.objects.get_or_create(item=item, leg=leg)


def _resources(way: Transfer) -> list[Resource]:
    return list(Resource.objects.filter(pk__in=[pk for pk in (way.car, way.driver) if pk]))
