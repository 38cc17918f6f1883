"""Hotel rooms of a visit: ordered, filled, let go."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.actor import Actor
from core.dates import day_words, range_words
from core.errors import DomainError
from delegations.choices import ItemKind, Progress
from delegations.models import Festival, Member, ProgrammeItem, Room, RoomGuest, Visit
from delegations.rooming import Proposal, Stay, Wishes, load_stays, propose
from delegations.services.state import changed, lock_festival, lock_for_services

MOST_ROOMS = 60
FIELDS = ("kind", "number", "on", "until_on", "price", "note")


@transaction.atomic
def add_rooms(
    item: ProgrammeItem, *, count: int = 1, by: Actor, visit: Visit | None = None, **fields: Any
) -> list[Room]:
    """Order rooms alike for an accommodation; nights outside the stay are refused."""
    visit, item = _lock(item, visit)
    if not 1 <= count <= MOST_ROOMS:
        raise DomainError(_("From 1 to %(most)d rooms at once.") % {"most": MOST_ROOMS}, field="count")
    if count > 1 and fields.get("number"):
        raise DomainError(_("One number is for one room: add them one by one."), field="number")
    fields.setdefault("on", item.on)
    fields.setdefault("until_on", _leaves(item))
    rooms = [Room(item=item, **fields) for _n in range(count)]
    for room in rooms:
        _check(item, room)
    Room.objects.bulk_create(rooms)
    _changed(visit, item, "rooms.added", by, what=item.title_in("lt"), count=count)
    return rooms


@transaction.atomic
def change_room(
    room: Room, *, revision: int | None, by: Actor, visit: Visit | None = None, **fields: Any
) -> Room:
    """Change a room; its guests' nights follow, and more guests than beds are refused."""
    visit, item = _lock(room.item, visit)
    room = Room.objects.select_for_update(of=("self",)).get(pk=room.pk)
    for name, value in fields.items():
        setattr(room, name, value)
    _check(item, room)
    guests = list(room.guests.select_related("member"))
    _refuse_too_many(room, [guest.member for guest in guests], field="kind")
    room.save_if_current(revision, sorted(fields))
    try:
        with transaction.atomic():
            room.guests.update(nights=_nights(room))
    except IntegrityError as error:
        raise _two_beds(room, [guest.member for guest in guests], field="until_on") from error
    _changed(visit, item, "room.changed", by, what=item.title_in("lt"), fields=sorted(fields))
    return room


@transaction.atomic
def fit_rooms(item: ProgrammeItem, *, by: Actor, visit: Visit | None = None) -> int:
    """The stay has moved: rooms that stand beyond it are fitted to it, guests and all. Returns how many."""
    visit, item = _lock(item, visit)
    stay = _stay(visit, item)
    for room in stay.outside:
        first, last = max(room.on, stay.first), min(room.until_on, stay.last)
        room.on, room.until_on = (first, last) if first < last else (stay.first, stay.last)
        room.save_if_current(None, ["on", "until_on"])
        try:
            with transaction.atomic():
                room.guests.update(nights=_nights(room))
        except IntegrityError as error:
            raise _two_beds(room, [guest.member for guest in room.guests.all()]) from error
    _changed(visit, item, "rooms.fitted", by, what=item.title_in("lt"), count=len(stay.outside))
    return len(stay.outside)


@transaction.atomic
def remove_room(room: Room, *, by: Actor, visit: Visit | None = None) -> None:
    """Let a room go; its guests are without a bed again."""
    visit, item = _lock(room.item, visit)
    Room.objects.filter(pk=room.pk).delete()
    _changed(visit, item, "room.removed", by, what=item.title_in("lt"))


@transaction.atomic
def place_guests(
    item: ProgrammeItem,
    places: Mapping[int, int | None],
    *,
    by: Actor,
    token: str = "",
    visit: Visit | None = None,
) -> None:
    """Say for each guest which room of the accommodation it is, or none; nothing is kept when one does not fit.

    `token` is what the places were known by when the form was drawn: somebody else's change in between is refused.
    """
    visit, item = _lock(item, visit)
    stay = _stay(visit, item)
    if token and token != stay.token:
        raise DomainError(_("Somebody has placed guests meanwhile: compare the rooms with your choice."))
    rooms = {room.pk: room for room in [*stay.rooms, *stay.spare]}
    members = {member.pk: member for member in visit.members.filter(pk__in=places)}
    wanted: dict[int, list[Member]] = {}
    for member_pk, room_pk in places.items():
        if member_pk not in members or (room_pk is not None and room_pk not in rooms):
            raise DomainError(_("The guests or the rooms have changed meanwhile. Look again."))
        if room_pk is not None:
            wanted.setdefault(room_pk, []).append(members[member_pk])
    RoomGuest.objects.filter(room__item=item, member__in=members).delete()
    kept: dict[int, list[Member]] = {}
    for guest in RoomGuest.objects.filter(room__item=item).select_related("member"):
        kept.setdefault(guest.room_id, []).append(guest.member)
    for room_pk, guests in wanted.items():
        _refuse_too_many(rooms[room_pk], [*kept.get(room_pk, []), *guests], field=f"guest-{guests[-1].pk}")
    for room_pk, guests in wanted.items():
        _fill(rooms[room_pk], guests)
    _changed(visit, item, "rooms.filled", by, what=item.title_in("lt"), count=sum(map(len, wanted.values())))


@transaction.atomic
def accept_proposal(
    item: ProgrammeItem, wishes: Wishes, *, token: str, by: Actor, visit: Visit | None = None
) -> Proposal:
    """Do exactly what the preview showed; refused when guests or rooms have changed since."""
    visit, item = _lock(item, visit)
    stay = _stay(visit, item)
    proposal = propose(stay, wishes)
    if proposal.token != token:
        raise DomainError(_("The guests or the rooms have changed meanwhile. Look again."))
    for one in proposal.bedrooms:
        room = one.room or Room.objects.create(
            item=item, kind=one.kind, on=stay.first, until_on=stay.last, price=one.price
        )
        _fill(room, one.members)
    placed = sum(len(one.members) for one in proposal.bedrooms)
    _changed(visit, item, "rooms.filled", by, what=item.title_in("lt"), count=placed)
    return proposal


# --- inside -------------------------------------------------------------------------------------------------


def _lock(item: ProgrammeItem, visit: Visit | None) -> tuple[Visit, ProgrammeItem]:
    """What holds the item is locked. In a hotel that a festival shares, `visit` says whose guests are placed."""
    holder: Visit | Festival
    if item.festival_id:
        holder = lock_festival(item.festival_id)
        if visit is None or visit.occasion_id != holder.pk:
            raise DomainError(_("Rooms of a shared hotel are filled from each delegation's own page."))
        visit = lock_for_services(visit.pk)
    else:
        holder = visit = lock_for_services(item.holder_id)
    row = holder.items.alive().prefetch_related("texts").filter(pk=item.pk).first()  # type: ignore[union-attr]
    if row is None or row.kind != ItemKind.ACCOMMODATION:
        raise DomainError(_("This is no accommodation of the programme any more."))
    return visit, row


def _changed(visit: Visit, item: ProgrammeItem, action: str, by: Actor, **data: Any) -> None:
    """Beds of a shared hotel are a delegation's own affair: the programmes of the others do not change by them."""
    changed(visit, action, visit if item.is_shared else item, by, **data)


def _stay(visit: Visit, item: ProgrammeItem) -> Stay:
    stay = next((one for one in load_stays(visit) if one.item.pk == item.pk), None)
    if stay is None:
        raise DomainError(_("This accommodation is called off."))
    return stay


def _leaves(item: ProgrammeItem) -> datetime.date:
    return item.until_on or item.on + datetime.timedelta(days=1)


def _nights(room: Room) -> DateRange:
    return DateRange(room.on, room.until_on)


def _check(item: ProgrammeItem, room: Room) -> None:
    if room.until_on <= room.on:
        raise DomainError(_("The room is left on a later day than it is taken."), field="until_on")
    first, last = item.on, _leaves(item)
    if room.on < first or room.until_on > last:
        raise DomainError(
            _("The stay is %(days)s: the nights of a room are within it.")
            % {"days": range_words(first, last)},
            field="on" if room.on < first else "until_on",
        )
    if room.price is not None and room.price < 0:
        raise DomainError(_("The price cannot be negative."), field="price")


def _refuse_too_many(room: Room, members: list[Member], *, field: str) -> None:
    if len(members) <= room.beds:
        return
    beds = ngettext("%(count)d bed", "%(count)d beds", room.beds) % {"count": room.beds}
    raise DomainError(
        _("%(room)s: %(beds)s, and the guests are %(count)d: %(names)s.")
        % {
            "room": room.label.capitalize(),
            "beds": beds,
            "count": len(members),
            "names": ", ".join(member.display_name for member in members),
        },
        field=field,
    )


def _fill(room: Room, members: Iterable[Member]) -> None:
    """The database refuses a second bed of the same night; the refusal names both rooms.

    A bed in an accommodation that was removed or called off holds nobody any more.
    """
    rows = [RoomGuest(room=room, member=member, nights=_nights(room)) for member in members]
    RoomGuest.objects.filter(
        Q(room__item__deleted_at__isnull=False) | Q(room__item__progress=Progress.CANCELLED),
        member__in=[row.member for row in rows],
    ).delete()
    try:
        with transaction.atomic():
            RoomGuest.objects.bulk_create(rows)
    except IntegrityError as error:
        raise _two_beds(room, [row.member for row in rows]) from error


def _two_beds(room: Room, members: list[Member], *, field: str = "") -> DomainError:
    other = (
        RoomGuest.objects.filter(member__in=members, nights__overlap=_nights(room))
        .exclude(room=room)
        .select_related("member", "room__item__place")
        .prefetch_related("room__item__texts")
        .first()
    )
    if other is None:
        return DomainError(_("The guests or the rooms have changed meanwhile. Look again."))
    return DomainError(
        _("%(name)s has another bed then: %(where)s, %(room)s, from %(first)s to %(last)s.")
        % {
            "name": other.member.display_name,
            "where": other.room.item.place.label if other.room.item.place else other.room.item.title,
            "room": other.room.label,
            "first": day_words(other.room.on),
            "last": day_words(other.room.until_on),
        },
        field=field or f"guest-{other.member_id}",
    )
