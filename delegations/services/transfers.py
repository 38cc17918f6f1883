"""Transfers of a visit: proposed from its journeys, accepted row by row."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from core.actor import Actor
from core.errors import DomainError
from delegations import transfers
from delegations.choices import ItemKind, LegDirection
from delegations.models import Member, ProgrammeItem, TransferLeg, TravelLeg, Visit
from delegations.scene import Scene
from delegations.services.programme import hold, put_item
from delegations.services.state import changed, lock_visit
from delegations.transfers import Transfer
from resources.models import Car, Driver, Place, Resource


@dataclass(frozen=True)
class Proposal:
    """A transfer a person looks at: what the proposer found and the rows it speaks of."""

    way: Transfer
    legs: tuple[TravelLeg, ...]
    members: tuple[Member, ...]
    place: Place
    base: Place | None
    on: datetime.date
    is_for_all: bool
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
    return [proposal_of(scene, way) for way in transfers.propose(rides, scene.fleet(), scene.rules)]


def proposal_of(scene: Scene, way: Transfer, *, needs_base: bool = True) -> Proposal:
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
        is_for_all=len(way.people) == len(scene.members),
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
        served_by = [row for row in (choice.car, choice.driver) if row]
        made.append(put_transfer(visit, proposal, starts=choice.starts, served_by=served_by))
    hold(visit, by)
    changed(visit, "transfers.accepted", visit, by, count=len(made))
    return made


def put_transfer(
    visit: Visit,
    proposal: Proposal,
    *,
    starts: datetime.time,
    served_by: Iterable[Resource],
) -> ProgrammeItem:
    """The proposal as an item of the programme, for as long as the way takes; the caller holds the visit's lock."""
    ends = datetime.datetime.combine(proposal.on, starts) + datetime.timedelta(minutes=proposal.minutes)
    item = ProgrammeItem(
        visit=visit,
        kind=ItemKind.TRANSPORT,
        on=proposal.on,
        starts=starts,
        ends=ends.time(),
        place=proposal.from_place,
        to_place=proposal.to_place,
        is_for_all=proposal.is_for_all,
    )
    put_item(
        visit,
        item,
        texts=_texts_of(visit, proposal),
        participants=[] if proposal.is_for_all else proposal.members,
        served_by=served_by,
    )
    TransferLeg.objects.bulk_create(TransferLeg(item=item, leg=leg) for leg in proposal.legs)
    return item


def _texts_of(visit: Visit, proposal: Proposal) -> dict[str, tuple[str, str]]:
    """ "Pervežimas: Vilniaus oro uostas – Viešbutis": in each language whose words the papers know."""
    from delegations.papers.content import paper_words  # noqa: PLC0415 -- papers know services

    numbers = ", ".join(leg.number for leg in proposal.legs if leg.number)[:300]
    found = {}
    for code in visit.text_languages:
        if code not in paper_words():
            continue  # the missing translation is warned of
        names = [
            (place.name if code == "lt" else place.name_en or place.name)
            for place in (proposal.from_place, proposal.to_place)
            if place
        ]
        found[code] = (f"{paper_words()[code]['transfer']}: {' – '.join(names)}"[:200], numbers)
    return found
