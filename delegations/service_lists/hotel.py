"""The hotel: rooms, who sleeps in them, nights."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import range_words
from delegations.choices import ItemKind, RoomKind
from delegations.papers import content as read
from delegations.service_lists.definition import Reader
from delegations.service_lists.facts import Facts, Held, Row
from delegations.service_lists.words import (
    active_language,
    items_at,
)


def hotel_rows(facts: Facts, reader: Reader, held: Held) -> list[Row]:
    """Rooms with who sleeps in them; guests without a room stand last, so that none is forgotten."""
    rows: list[Row] = []
    for item in items_at(facts, reader, ItemKind.ACCOMMODATION):
        first = read.day(item["on"])
        last = read.day(item["until_on"]) if item["until_on"] else first + datetime.timedelta(days=1)
        placed: set[int] = set()
        for room in (room for room in facts.rooms if room.item_id == item["key"]):
            guests = [pk for pk in room.guest_pks if pk in facts.members]  # type: ignore[attr-defined]
            guests.sort(key=list(facts.members).index)
            placed.update(guests)
            rows.append(
                _room(facts, held, f"room:{room.pk}", str(RoomKind(room.kind).label), room.number, guests)
                | {"nights": _nights(room.on, room.until_on), "note": room.note}
            )
        for member in facts.attending(item):
            if member["key"] not in placed:
                row = _room(
                    facts, held, f"item:{item['key']}:{member['key']}", _("no room yet"), "", [member["key"]]
                )
                rows.append(row | {"nights": _nights(first, last), "note": ""})
    return rows


def _room(facts: Facts, held: Held, key: str, kind: str, number: str, guests: list[int]) -> Row:
    needs = [
        f"{facts.members[pk]['name']}: {text}" for pk in guests if (text := held.of(pk, "accessibility"))
    ]
    names = ", ".join(facts.members[pk]["name"] for pk in guests)
    return {
        "key": key,
        "group": "",
        "name": ", ".join(part for part in (kind, number, names) if part),
        "kind": kind,
        "number": number,
        "guests": names or "–",
        "needs": "; ".join(needs),
    }


def _nights(first: datetime.date, last: datetime.date) -> str:
    count = (last - first).days
    words = ngettext("%(count)d night", "%(count)d nights", count) % {"count": count}
    if active_language() == "lt":
        return f"{range_words(first, last)} ({words})"
    return f"{read.days_of_visit(first, last, active_language())} ({words})"
