"""Security and the door: who comes in, which cars arrive."""

from __future__ import annotations

from delegations.choices import ItemKind, serving_words
from delegations.service_lists.definition import Reader
from delegations.service_lists.facts import Facts, Held, Row
from delegations.service_lists.words import (
    base,
    cars_of,
    items_at,
    own_words,
)


def door_rows(facts: Facts, reader: Reader, held: Held) -> list[Row]:
    """Who comes in, when, into which hall, and in which cars they arrive at this door."""
    rows = []
    for item in items_at(facts, reader, ItemKind.MEETING, ItemKind.CEREMONY):
        there = facts.attending(item)
        cars = dict.fromkeys(cars_of(item))
        for way in facts.items:
            if way["on"] == item["on"] and way["to_place"] and way["to_place"]["key"] == reader.pk:
                cars.update(dict.fromkeys(cars_of(way)))
        rows.append(
            base(item)
            | {
                "hall": ", ".join(one["name"] for one in item["halls"]),
                "count": str(len(there) + len(item["interpreters"])),
                "who": "\n".join(
                    [
                        *(own_words(row) for row in there),
                        *(
                            f"{one['name']} ({serving_words('interpreter', facts.genders.get(one['key'], ''))})"
                            for one in item["interpreters"]
                        ),
                    ]
                ),
                "host": (item["host"] or {}).get("name", ""),
                "cars": "\n".join(cars),
            }
        )
    return rows
