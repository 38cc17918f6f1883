"""What those who receive the guests work by: everything, with telephones and needs; a working paper."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core import personal
from core.actor import Actor
from delegations.choices import ItemKind, Progress, serving_words
from delegations.differences import leg_moment, leg_place
from delegations.models import Visit
from delegations.models.members import GUEST_PURPOSE
from delegations.papers import content as read
from delegations.service_lists.facts import Facts
from delegations.services.members import erase_day
from resources.models import Resource
from resources.models.resources import CONTACT_PURPOSE


def programme(content: dict[str, Any], language: str, *, matter: Visit, by: Actor) -> dict[str, Any]:
    """The programme with logistics; reading telephones, diet and needs is written to the access log."""
    first, last = read.day(content["starts_on"]), read.day(content["ends_on"])
    names = read.names_of(content)
    phones = _phones_of_serving(content, by, matter)
    return {
        "title": _("Insiders' programme: %(title)s") % {"title": content["title"]},
        "subtitle": read.days_of_visit(first, last, "lt"),
        "days": [
            {
                "heading": read.day_heading(on, "lt"),
                "rows": [_row(row, names, phones, len(content["members"])) for row in rows],
            }
            for on, rows in read.items_by_day(content)
        ],
        "journeys": _journeys(content, names, phones),
        "telephones": _telephones(content, phones, Facts(matter, content).genders),
        "guests": _guests(content, matter, by),
        "erase_on": erase_day(matter).isoformat(),
    }


def _row(row: dict[str, Any], names: dict[int, str], phones: dict[int, str], count: int) -> dict[str, Any]:
    address = (row["place"] or {}).get("address", "")
    where = read.where(row, "lt")
    if row["to_place"] and address:
        where = f"{where} ({address})"
    taking = [names[key] for key in row["participants"] or [] if key in names]
    served = [
        (pgettext("who serves", "Interpreter"), [_called(one, phones) for one in row["interpreters"]]),
        (pgettext("who serves", "Driver"), [_called(one, phones) for one in row["drivers"]]),
        (
            pgettext("who serves", "Car"),
            [read.numbered(car["name"], car["plate"]) for car in row["cars"]],
        ),
        (pgettext("who serves", "Hall"), [one["name"] for one in row["halls"]]),
        (pgettext("who serves", "Equipment"), [one["name"] for one in row["equipment"]]),
    ]
    return {
        "hours": read.hours(row, "lt"),
        "what": read.title(row, "lt"),
        "description": read.description(row, "lt"),
        "where": ", ".join(part for part in (where, (row["place"] or {}).get("phone", "")) if part),
        "who": ", ".join(taking) if taking else _("all the guests (%(count)d)") % {"count": count},
        "host": _official(row["host"]),
        "served": [{"label": label, "names": "; ".join(found)} for label, found in served if found],
        "notes": row["notes"],
    }


def _journeys(content: dict[str, Any], names: dict[int, str], phones: dict[int, str]) -> list[dict[str, Any]]:
    """Who comes and leaves by what, and which transfer meets them."""
    rows = []
    for leg in sorted(content.get("legs", []), key=lambda leg: (leg["on"], leg["at"], leg["key"])):
        met = [
            item
            for item in content["items"]
            if leg["key"] in item.get("legs", ()) and item["progress"] != Progress.CANCELLED
        ]
        taking = [names[key] for key in leg["members"] or [] if key in names]
        rows.append(
            {
                "when": ", ".join(part.replace(" ", "\u00a0") for part in leg_moment(leg).split(", ")),
                "is_off": leg["is_cancelled"],
                "what": leg_place(leg),
                "where": ", ".join(
                    part for part in (read.place_name(leg["place"], "lt"), leg["other_end"]) if part
                ),
                "who": ", ".join(taking)
                if taking
                else _("all the others")
                if _is_parted(content, leg)
                else _("all the guests"),
                "met": [
                    ", ".join(
                        [
                            read.hours(item, "lt"),
                            *(read.numbered(car["name"], car["plate"]) for car in item["cars"]),
                            *(_called(one, phones) for one in item["drivers"]),
                        ]
                    )
                    for item in met
                ],
                "by_themselves": not leg["needs_transfer"],
                "note": leg["note"],
            }
        )
    return rows


def _is_parted(content: dict[str, Any], leg: dict[str, Any]) -> bool:
    """Others travel apart in the same direction."""
    return any(
        other["direction"] == leg["direction"] and other["members"] is not None for other in content["legs"]
    )


def _official(person: dict[str, str] | None) -> str:
    return read.numbered(person.get("name", ""), person.get("phone", "")) if person else ""


def _called(resource: dict[str, Any], phones: dict[int, str]) -> str:
    return read.numbered(resource["name"], phones.get(resource["key"], ""))


def _phones_of_serving(content: dict[str, Any], by: Actor, matter: Visit) -> dict[int, str]:
    keys = {
        one["key"] for row in content["items"] for kind in ("interpreters", "drivers") for one in row[kind]
    }
    values = personal.get_values(
        Resource.objects.filter(pk__in=keys), purpose=CONTACT_PURPOSE, by=by, fields=["phone"], matter=matter
    )
    return {pk: found["phone"] for pk, found in values.items() if found.get("phone")}


def _telephones(
    content: dict[str, Any], phones: dict[int, str], genders: dict[int, str]
) -> list[dict[str, str]]:
    """Who is called, once each: who answers for the visit, hosts, who serves, places."""
    rows: dict[str, dict[str, str]] = {}

    def put(name: str, role: str, phone: str) -> None:
        if name and phone:
            rows.setdefault(name, {"name": name, "role": role, "phone": phone})

    person = content["responsible"]
    put(person["name"], _("answers for the visit"), person["phone"])
    for row in content["items"]:
        host = row["host"] or {}
        put(host.get("name", ""), host.get("post", ""), host.get("phone", ""))
    for kind, code in (("interpreters", "interpreter"), ("drivers", "driver")):
        for row in content["items"]:
            for one in row[kind]:
                put(
                    one["name"],
                    serving_words(code, genders.get(one["key"], "")),
                    phones.get(one["key"], ""),
                )
    for row in content["items"]:
        for place in (row["place"], row["to_place"]):
            if place and row["kind"] in (ItemKind.ACCOMMODATION, ItemKind.MEAL):
                put(place["name"], _("place"), place["phone"])
    return list(rows.values())


def _guests(content: dict[str, Any], matter: Visit, by: Actor) -> list[dict[str, str]]:
    values = personal.get_values(matter.members.all(), purpose=GUEST_PURPOSE, by=by, matter=matter)
    rows = []
    for member in content["members"]:
        held = values.get(member["key"], {})
        needs = [held.get("diet", ""), held.get("accessibility", "")]
        rows.append(
            {
                "name": member["name"],
                "own_name": member["own_name"],
                "post": member["post_lt"] or member["post_local"],
                "kind": read.kind_words(member, content),
                "phone": held.get("phone", ""),
                "needs": "; ".join(need for need in needs if need),
            }
        )
    return rows
