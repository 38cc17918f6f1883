"""An interpreter: where, with whom, which languages."""

from __future__ import annotations

from delegations.service_lists.definition import Reader
from delegations.service_lists.facts import Facts, Held, Row
from delegations.service_lists.words import (
    address_of,
    base,
    count_words,
    items_served,
    language_label,
)


def interpreter_rows(facts: Facts, reader: Reader, held: Held) -> list[Row]:
    """Where she interprets, for whom and between which languages."""
    spoken = facts.pairs.get(reader.pk or 0, [])
    rows = []
    for item in items_served(facts, reader, "interpreters"):
        there, chief = facts.attending(item), facts.chief(item)
        host = item["host"] or {}
        wanted = [code for code in spoken if code in facts.content["languages"]] or spoken
        rows.append(
            base(item)
            | {
                "where": address_of(item["place"]),
                "host": ", ".join(part for part in (host.get("name", ""), host.get("post", "")) if part),
                "guests": ", ".join(
                    part for part in (chief["name"] if chief else "", count_words(len(there))) if part
                ),
                "languages": ", ".join(language_label(code) for code in wanted),
            }
        )
    return rows
