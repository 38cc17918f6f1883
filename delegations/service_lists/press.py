"""The press: what is open to it, journalists who come with the guests, and our own who are accredited."""

from __future__ import annotations

from delegations.choices import MemberKind
from delegations.papers import content as read
from delegations.service_lists.definition import Reader
from delegations.service_lists.facts import Facts, Held, Row
from delegations.service_lists.words import (
    active_language,
    base,
    language_label,
    office,
    own_words,
    post_words,
)


def press_readers(facts: Facts) -> list[Reader]:
    is_needed = _open_items(facts) or _journalists(facts) or facts.accredited
    return [office(facts, "press")] if is_needed else []


def _open_items(facts: Facts) -> list[Row]:
    return [item for item in facts.items if item.get("press")]


def _journalists(facts: Facts) -> list[Row]:
    return [row for row in facts.members.values() if row["kind"] == MemberKind.PRESS]


def press_rows(facts: Facts, reader: Reader, held: Held) -> list[Row]:
    return [
        base(item)
        | {"where": read.where(item, active_language()), "host": (item["host"] or {}).get("name", "")}
        for item in _open_items(facts)
    ]


def journalist_rows(facts: Facts, reader: Reader, held: Held) -> list[Row]:
    return [
        {
            "key": f"member:{row['key']}",
            "group": "",
            "name": row["name"],
            "who": own_words(row),
            "post": post_words(row),
            "languages": ", ".join(language_label(code) for code in row["languages"]),
        }
        for row in _journalists(facts)
    ]


def accredited_rows(facts: Facts, reader: Reader, held: Held) -> list[Row]:
    """Once for each journalist, also of one let in to the visit and to its festival."""
    rows = {row.journalist_id: row.journalist for row in facts.accredited}
    return [
        {
            "key": f"journalist:{journalist.pk}",
            "group": "",
            "name": journalist.full_name,
            "who": journalist.full_name,
            "post": ", ".join(filter(None, (str(journalist.outlet or ""), journalist.post))),
            "languages": ", ".join(language_label(code) for code in journalist.languages),
        }
        for journalist in rows.values()
    ]
