"""Words and choices of rows that several lists share."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language, ngettext

from delegations.papers import content as read
from delegations.service_lists.definition import Reader
from delegations.service_lists.facts import Facts, Row
from partners.choices import Language


def active_language() -> str:
    return get_language() or "lt"


def base(item: Row) -> Row:
    on, language = read.day(item["on"]), active_language()
    heading = read.day_heading(on, language)
    return {
        "key": f"item:{item['key']}",
        "group": heading,
        "hours": read.hours(item, language),
        "name": ", ".join(
            part for part in (heading, read.hours(item, language), read.title(item, language)) if part
        ),
        "what": read.title(item, language),
    }


def names_of(rows: Iterable[Row]) -> str:
    return ", ".join(row["name"] for row in rows)


def own_words(row: Row) -> str:
    """ "Tetiana Gžycka (Тетяна Ґжицька)": what an official reads, and what stands on her own papers."""
    return f"{row['name']} ({row['own_name']})" if row["own_name"] else row["name"]


def post_words(row: Row) -> str:
    if active_language() == "lt":
        return row["post_lt"] or row["post_local"]
    return row["post_local"] or row["post_lt"]


def count_words(count: int) -> str:
    return ngettext("%(count)d guest", "%(count)d guests", count) % {"count": count}


def address_of(place: Row | None) -> str:
    if not place:
        return ""
    return ", ".join(part for part in (read.place_name(place, active_language()), place["address"]) if part)


def cars_of(item: Row) -> list[str]:
    return [read.numbered(car["name"], car["plate"]) for car in item["cars"]]


def places_of(facts: Facts, code: str, kinds: tuple[str, ...]) -> list[Reader]:
    found: dict[int, Reader] = {}
    for item in facts.items:
        place = item["place"]
        if place and item["kind"] in kinds:
            found.setdefault(place["key"], Reader(code, place["key"], place["name"], place["phone"]))
    return list(found.values())


def serving(facts: Facts, code: str, group: str) -> list[Reader]:
    found: dict[int, Reader] = {}
    for item in facts.items:
        for one in item[group]:
            gender = facts.genders.get(one["key"], "")
            found.setdefault(one["key"], Reader(code, one["key"], one["name"], gender=gender))
    return list(found.values())


def items_at(facts: Facts, reader: Reader, *kinds: str) -> list[Row]:
    return [
        item
        for item in facts.items
        if item["kind"] in kinds and item["place"] and item["place"]["key"] == reader.pk
    ]


def items_served(facts: Facts, reader: Reader, group: str) -> list[Row]:
    return [item for item in facts.items if reader.pk in {one["key"] for one in item[group]}]


def language_label(code: str) -> str:
    return str(Language(code).label) if code in Language.values else code


def office(facts: Facts, code: str) -> Reader:
    person = facts.content["responsible"]
    return Reader(code, None, person["name"], person["phone"])
