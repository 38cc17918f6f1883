"""What of a visit is frozen for approval: canonical JSON of plain values, the source of every paper.

Contacts and special values of guests stand here only as references with salted digests (design 4.8).
"""

from __future__ import annotations

from typing import Any

from core import personal
from delegations.models import Member, ProgrammeItem, TravelLeg, Visit
from delegations.models.members import GUEST_PURPOSE
from resources.choices import ResourceKind
from resources.models import Car, Place

SCHEMA = 1


def snapshot(visit: Visit) -> dict[str, Any]:
    """The visit as it stands now."""
    visit = Visit.objects.select_related("city", "host", "responsible").get(pk=visit.pk)
    return content_of(visit, members=list(visit.members.all()), legs=list(visit.legs.whole().in_order()))


def content_of(visit: Visit, *, members: list[Member], legs: list[TravelLeg]) -> dict[str, Any]:
    """The same of rows that were read already."""
    references = personal.references(members, purpose=GUEST_PURPOSE)
    items = list(visit.programme.alive().in_order().whole())
    served: dict[int, list[int]] = {}
    for leg in legs:
        for pk in leg.item_pks:
            served.setdefault(pk, []).append(leg.pk)
    cars = _cars(items)
    own = {
        member.pk for member in members
    }  # of a shared item other delegations' guests are no business of this one
    return {
        "schema": SCHEMA,
        "number": visit.number,
        "title": visit.title,
        "city": _city(visit),
        "basis": visit.basis,
        "inviter": visit.inviter,
        "purpose": visit.purpose,
        "starts_on": visit.starts_on.isoformat(),
        "ends_on": visit.ends_on.isoformat(),
        "languages": list(visit.languages),
        "responsible": _official(visit.responsible),
        "host": _official(visit.host) if visit.host else None,
        "legs": [_leg(leg) for leg in legs],
        "members": [_member(member, references.get(member.pk, {})) for member in members],
        "items": [_item(item, cars, own, served.get(item.pk, [])) for item in items],
    }


def _city(visit: Visit) -> dict[str, str] | None:
    if visit.city is None:
        return None
    city = visit.city
    return {
        "name_lt": city.name_lt,
        "name_local": city.name_local,
        "country": city.country,
        "language": city.language,
    }


def _official(user: Any) -> dict[str, str]:
    return {"name": user.full_name, "post": user.post, "phone": user.phone, "email": user.email}


def _member(member: Member, references: dict[str, str]) -> dict[str, Any]:
    return {
        "key": member.pk,
        "name": member.name,
        "own_name": member.own_name,
        "language": member.name_language,
        "kind": member.kind,
        **({"companion_of": member.companion_of_id} if member.companion_of_id else {}),
        "post_lt": member.post_lt,
        "post_local": member.post_local,
        "languages": list(member.languages),
        "personal": references,
    }


def _leg(leg: TravelLeg) -> dict[str, Any]:
    """A journey: operational, whatever changes of it."""
    return {
        "key": leg.pk,
        "direction": leg.direction,
        "mode": leg.mode,
        "number": leg.number,
        "place": _place(leg.place),
        "other_end": leg.other_end,
        "on": leg.on.isoformat(),
        "at": _clock(leg.at),
        "zone": leg.zone,
        "delay": leg.delay,
        "is_cancelled": leg.is_cancelled,
        "members": None if leg.is_for_all else list(leg.named_pks),
        "needs_transfer": leg.needs_transfer,
        "note": leg.note,
    }


def _item(item: ProgrammeItem, cars: dict[int, Car], own: set[int], legs: list[int]) -> dict[str, Any]:
    served = [row.resource for row in item.resources.all()]
    return {
        "key": item.pk,
        "kind": item.kind,
        "on": item.on.isoformat(),
        "starts": _clock(item.starts),
        "ends": _clock(item.ends),
        "part": item.part,
        "until_on": item.until_on.isoformat() if item.until_on else None,
        "zone": item.zone,
        "place": _place(item.place),
        "to_place": _place(item.to_place),
        "host": _official(item.host) if item.host else ({"name": item.host_name} if item.host_name else None),
        "texts": {
            text.language: {"title": text.title, "description": text.description} for text in item.texts.all()
        },
        "participants": None if item.is_for_all else _taking(item, own),
        "interpreters": _named(served, ResourceKind.INTERPRETER),
        "drivers": _named(served, ResourceKind.DRIVER),
        "halls": _named(served, ResourceKind.HALL),
        "equipment": _named(served, ResourceKind.EQUIPMENT),
        "cars": [
            {**row, "plate": cars[row["key"]].plate, "seats": cars[row["key"]].seats}
            for row in _named(served, ResourceKind.CAR)
            if row["key"] in cars
        ],
        "press": item.is_open_to_press,
        "legs": legs,  # what a transfer meets: its hour follows them
        "notes": item.notes,
        "progress": item.progress,
        "progress_note": item.progress_note,
    }


def _taking(item: ProgrammeItem, own: set[int]) -> list[int]:
    return sorted(row.member_id for row in item.participants.all() if row.member_id in own)


def _named(served: list[Any], kind: str) -> list[dict[str, Any]]:
    rows = [{"key": resource.pk, "name": resource.name} for resource in served if resource.kind == kind]
    return sorted(rows, key=lambda row: (row["name"], row["key"]))


def _cars(items: list[ProgrammeItem]) -> dict[int, Car]:
    return {
        row.resource_id: row.resource.car
        for item in items
        for row in item.resources.all()
        if row.resource.kind == ResourceKind.CAR
    }


def _place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {
        "key": place.pk,
        "name": place.name,
        "name_en": place.name_en,
        "address": place.full_address,
        "phone": place.phone,
    }


def _clock(time: Any) -> str:
    return time.strftime("%H:%M") if time else ""
