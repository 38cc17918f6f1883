"""Who sleeps where: stays of a visit as they stand, and the proposal that gives everybody a bed.

`propose` is pure over a stay that was read: the same stay and wishes give the same proposal, so what is accepted is
exactly what was shown (`Proposal.token`).
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from delegations.choices import BEDS, ItemKind, MemberKind, Progress, RoomKind
from delegations.models import Member, ProgrammeItem, Room, Visit


@dataclass
class Stay:
    """An accommodation item with its rooms and guests, each guest in the order of precedence."""

    item: ProgrammeItem
    members: list[Member]
    rooms: list[Room]
    spare: list[Room] = field(default_factory=list)  # of a shared hotel: nobody sleeps in them yet
    elsewhere: int = 0  # of a shared hotel: rooms in which other delegations sleep

    @property
    def first(self) -> datetime.date:
        return self.item.on

    @property
    def last(self) -> datetime.date:
        """The day they leave."""
        return self.item.until_on or self.item.on + datetime.timedelta(days=1)

    @property
    def nights(self) -> int:
        return (self.last - self.first).days

    @property
    def bed_of(self) -> dict[int, Room]:
        """The room each guest sleeps in; of several, the first."""
        found: dict[int, Room] = {}
        for room in self.rooms:
            for guest in room.guests.all():
                found.setdefault(guest.member_id, room)
        return found

    @property
    def without_bed(self) -> list[tuple[Member, list[datetime.date]]]:
        """Guests with the nights for which they have no bed here."""
        housed: dict[int, set[datetime.date]] = {}
        for room in self.rooms:
            nights = {room.on + datetime.timedelta(days=n) for n in range(room.nights)}
            for guest in room.guests.all():
                housed.setdefault(guest.member_id, set()).update(nights)
        every = [self.first + datetime.timedelta(days=n) for n in range(self.nights)]
        missing = [
            (member, [night for night in every if night not in housed.get(member.pk, set())])
            for member in self.members
        ]
        return [(member, nights) for member, nights in missing if nights]

    @property
    def outside(self) -> list[Room]:
        """Rooms ordered for nights the guests do not stay: the stay has moved since."""
        return [room for room in self.rooms if room.on < self.first or room.until_on > self.last]

    @property
    def token(self) -> str:
        """What these very places are known by: who saved in between is noticed."""
        pairs = sorted((room.pk, guest.member_id) for room in self.rooms for guest in room.guests.all())
        return hashlib.sha256(json.dumps(pairs).encode()).hexdigest()[:16]

    @property
    def cost(self) -> Decimal:
        return sum((room.cost for room in self.rooms if room.cost is not None), Decimal(0))

    @property
    def unpriced(self) -> int:
        return sum(1 for room in self.rooms if room.price is None)

    @property
    def beds(self) -> int:
        return sum(room.beds for room in self.rooms)

    @property
    def by_kind(self) -> list[tuple[Any, int]]:
        """How many rooms of each kind, in the order of the kinds."""
        counted = [(kind.label, sum(1 for room in self.rooms if room.kind == kind)) for kind in RoomKind]
        return [(label, count) for label, count in counted if count]

    def free_beds(self, room: Room) -> int:
        return room.beds - len(room.guests.all())


def load_stays(
    visit: Visit, *, items: Iterable[ProgrammeItem] | None = None, members: list[Member] | None = None
) -> list[Stay]:
    """Every accommodation of the visit with its rooms; one query when items and members were read already.

    In a hotel that a festival shares a room is one delegation's: its own are read, and those that are empty still.
    """
    rows = list(visit.programme.alive().in_order().whole()) if items is None else list(items)
    guests = list(visit.members.select_related("companion_of")) if members is None else members
    stays = [
        item for item in rows if item.kind == ItemKind.ACCOMMODATION and item.progress != Progress.CANCELLED
    ]
    known = {member.pk: member for member in guests}
    rooms: dict[int, list[Room]] = {}
    for room in Room.objects.filter(item__in=[item.pk for item in stays]).with_rows("guests"):
        rooms.setdefault(room.item_id, []).append(room)
        for guest in room.guests.all():
            if guest.member_id in known:  # read already
                guest.member = known[guest.member_id]
    order = {member.pk: place for place, member in enumerate(guests)}
    return [
        _stay(item, taking(item, guests), _in_order(rooms.get(item.pk, []), order), known) for item in stays
    ]


def _stay(item: ProgrammeItem, members: list[Member], rooms: list[Room], known: dict[int, Member]) -> Stay:
    if not item.is_shared:
        return Stay(item, members, rooms)
    own = [room for room in rooms if any(guest.member_id in known for guest in room.guests.all())]
    spare = [room for room in rooms if not room.guests.all()]
    return Stay(item, members, own, spare, len(rooms) - len(own) - len(spare))


def taking(item: ProgrammeItem, members: list[Member]) -> list[Member]:
    """Who takes part in the item, in the order of precedence."""
    if item.is_for_all:
        return members
    named = {row.member_id for row in item.participants.all()}
    return [member for member in members if member.pk in named]


def _in_order(rooms: list[Room], order: dict[int, int]) -> list[Room]:
    """Rooms as the delegation ranks: of the highest guest first, empty ones last."""

    def place(room: Room) -> tuple[int, str, int]:
        ranks = [order.get(guest.member_id, 9999) for guest in room.guests.all()]
        return (min(ranks, default=99_999), room.number, room.pk)

    return sorted(rooms, key=place)


# --- the proposal ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Wishes:
    """How the people want it: the head's room, the others alone or two together, what rooms cost."""

    head: str = RoomKind.SINGLE
    others: str = RoomKind.TWIN
    prices: dict[str, Decimal | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Bedroom:
    """A room of the proposal: one that is there already, or a new one; and why these guests are together."""

    kind: str
    members: tuple[Member, ...]
    reason: str  # a code: head, companion, together, alone
    room: Room | None = None
    price: Decimal | None = None

    @property
    def kind_label(self) -> Any:
        return RoomKind(self.kind).label


@dataclass(frozen=True)
class Proposal:
    stay: Stay
    bedrooms: tuple[Bedroom, ...]

    @property
    def token(self) -> str:
        """What this very proposal is known by: rooms, guests, prices."""
        content = [
            [
                one.kind,
                one.room.pk if one.room else None,
                [member.pk for member in one.members],
                str(one.price),
            ]
            for one in self.bedrooms
        ]
        text = json.dumps([self.stay.first.isoformat(), self.stay.last.isoformat(), content])
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def propose(stay: Stay, wishes: Wishes) -> Proposal:
    """A bed for everyone who has none for the whole stay; who sleeps somewhere already stays there."""
    homeless = [member for member, nights in stay.without_bed if len(nights) == stay.nights]
    empty = [
        room
        for room in [*stay.rooms, *stay.spare]
        if not room.guests.all() and (room.on, room.until_on) == (stay.first, stay.last)
    ]
    bedrooms: list[Bedroom] = []
    for members, kinds, reason in _together(homeless, wishes):
        room = _take(empty, kinds, len(members))
        bedrooms.append(
            Bedroom(
                kind=room.kind if room else kinds[0],
                members=tuple(members),
                reason=reason,
                room=room,
                price=room.price if room else wishes.prices.get(kinds[0]),
            )
        )
    return Proposal(stay, tuple(bedrooms))


def _together(members: list[Member], wishes: Wishes) -> list[tuple[list[Member], tuple[str, ...], str]]:
    """(who, kinds of room that suit, why): the head, pairs of companions, then two by gender in order of rank.

    Only a companion shares a bed with whom she accompanies; an adviser who accompanies the mayor does not.
    """
    groups: list[tuple[list[Member], tuple[str, ...], str]] = []
    by_key = {member.pk: member for member in members}
    companion_of: dict[int, Member] = {}
    for member in members:
        accompanied = by_key.get(member.companion_of_id or 0)
        if member.kind == MemberKind.COMPANION and accompanied and accompanied.kind != MemberKind.COMPANION:
            companion_of.setdefault(accompanied.pk, member)
    come_along = {companion.pk for companion in companion_of.values()}
    rest: list[Member] = []
    for member in members:
        companion = companion_of.get(member.pk)
        if member.pk in come_along:
            continue
        if member.kind == MemberKind.HEAD:
            suite = wishes.head == RoomKind.SUITE
            kind = RoomKind.SUITE if suite else RoomKind.DOUBLE if companion else RoomKind.SINGLE
            groups.append(([member, companion] if companion else [member], (kind,), "head"))
        elif companion:
            groups.append(([member, companion], (RoomKind.DOUBLE, RoomKind.TWIN), "companion"))
        else:
            rest.append(member)
    while rest:
        member = rest.pop(0)
        other = None
        if wishes.others != RoomKind.SINGLE and member.gender:
            other = next((one for one in rest if one.gender == member.gender), None)
        if other is None:
            groups.append(([member], (RoomKind.SINGLE,), "alone"))
        else:
            rest.remove(other)
            groups.append(([member, other], (RoomKind.TWIN,), "together"))
    order = {member.pk: place for place, member in enumerate(members)}
    return sorted(groups, key=lambda group: order[group[0][0].pk])


def _take(empty: list[Room], kinds: tuple[str, ...], count: int) -> Room | None:
    """An empty room that suits, taken off the list."""
    for kind in kinds:
        for room in empty:
            if room.kind == kind and BEDS[RoomKind(kind)] >= count:
                empty.remove(room)
                return room
    return None
