"""A leg that is late or does not run: what moves with it, shown first and then done exactly so."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from core.actor import Actor
from core.dates import duration_words, hour_words
from core.errors import DomainError
from delegations import transfers
from delegations.choices import ItemKind, Progress
from delegations.models import ItemResource, ProgrammeItem, TransferLeg, TravelLeg, Visit
from delegations.scene import Scene
from delegations.services.programme import hold
from delegations.services.state import changed, lock_visit, publish_operational
from delegations.services.transfers import Proposal, proposal_of, put_transfer
from delegations.transfers import Fleet, Ride, Transfer
from resources.choices import ResourceKind
from resources.models import Resource


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
            *(
                Move(None, "new", proposal=proposal_of(scene, way), served=_served(scene, way))
                for way in ways
            ),
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
    return [
        Move(item, "move", proposal=proposal_of(scene, way, needs_base=False), served=_served(scene, way))
    ]


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
        put_transfer(visit, proposal, starts=proposal.starts, served_by=_resources(proposal.way))
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
