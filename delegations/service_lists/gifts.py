"""The gift bearer: to whom, when, how she is addressed."""

from __future__ import annotations

from core.language import decline_post
from delegations.choices import ItemKind
from delegations.papers import content as read
from delegations.service_lists.definition import Reader
from delegations.service_lists.facts import Facts, Held, Row
from delegations.service_lists.words import (
    active_language,
    base,
    office,
    own_words,
    post_words,
)


def gift_readers(facts: Facts) -> list[Reader]:
    return [office(facts, "gifts")] if gift_rows(facts, Reader("gifts", None, ""), Held()) else []


def gift_rows(facts: Facts, reader: Reader, held: Held) -> list[Row]:
    """To whom a gift is handed at each meeting and ceremony, and how she is addressed."""
    rows = []
    for item in facts.items:
        chief = facts.chief(item)
        if item["kind"] not in (ItemKind.MEETING, ItemKind.CEREMONY) or chief is None:
            continue
        person = facts.people.get(chief["key"])
        known = person.person if person else None
        rows.append(
            base(item)
            | {
                "where": read.where(item, active_language()),
                "from": (item["host"] or {}).get("name", ""),
                "to": own_words(chief),
                "post": post_words(chief),
                "address": _salutation(chief, person.gender if person else ""),
                "said": known.pronunciation if known else "",
            }
        )
    return rows


def _salutation(row: Row, gender: str) -> str:
    """ "Gerbiamas mere": the Lithuanian form, since it is said by us."""
    if gender not in ("m", "f"):
        return ""
    post = row["post_lt"].partition(",")[0]
    word = "Gerbiamas" if gender == "m" else "Gerbiama"
    return f"{word} {decline_post(post, gender, 'vocative')}" if post else ""
