"""A driver: own ways alone."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from delegations.papers import content as read
from delegations.service_lists.definition import Reader
from delegations.service_lists.facts import Facts, Held, Row
from delegations.service_lists.words import (
    active_language,
    address_of,
    base,
    cars_of,
    items_served,
    names_of,
)


def driver_rows(facts: Facts, reader: Reader, held: Held) -> list[Row]:
    """Her own ways alone: hours, from where to where, whom she takes, which flight she meets."""
    rows = []
    for item in items_served(facts, reader, "drivers"):
        there, chief = facts.attending(item), facts.chief(item)
        called = next((row for row in [chief, *there] if row and held.of(row["key"], "phone")), None)
        rows.append(
            base(item)
            | {
                "from": address_of(item["place"]),
                "to": address_of(item["to_place"]),
                "car": "; ".join(cars_of(item)),
                "count": str(len(there)),
                "who": names_of(there),
                "phone": read.numbered(called["name"], held.of(called["key"], "phone")) if called else "",
                "flight": "; ".join(_leg(leg) for leg in facts.legs.get(item["key"], [])),
            }
        )
    return rows


def _leg(leg: Any) -> str:
    """ "LO 781, Varšuva, 14.05"; one that does not run says so."""
    moment = leg.local_moment
    clock = read.hour(f"{moment:%H:%M}", active_language())
    words = [str(leg), leg.other_end, _("does not run") if leg.is_cancelled else clock]
    return ", ".join(word for word in words if word)
