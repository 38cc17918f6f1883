"""The kitchen: heads, diets, tables and menu."""

from __future__ import annotations

from django.utils.translation import gettext as _

from delegations.choices import ItemKind
from delegations.service_lists.definition import Reader
from delegations.service_lists.facts import Facts, Held, Row
from delegations.service_lists.words import (
    base,
    count_words,
    items_at,
)


def kitchen_rows(facts: Facts, reader: Reader, held: Held) -> list[Row]:
    """Heads, tables and menu of each meal; a guest is named only where a diet is served to her."""
    rows = []
    for item in items_at(facts, reader, ItemKind.MEAL):
        order, there = facts.meals.get(item["key"]), facts.attending(item)
        seats = {seat["member"]: seat["table"] for seat in order.seated} if order else {}  # type: ignore[attr-defined]
        ours = order.hosts if order else 0
        rows.append(
            base(item)
            | {
                "heads": _heads(len(there), ours),
                "diets": _diets(there, seats, held),
                "tables": _tables(there, seats),
                "menu": order.menu if order else "",
                "note": order.note if order else "",
            }
        )
    return rows


def _heads(guests: int, ours: int) -> str:
    if not ours:
        return str(guests)
    return _("%(all)d: %(guests)s and %(ours)d of ours") % {
        "all": guests + ours,
        "guests": count_words(guests),
        "ours": ours,
    }


def _diets(there: list[Row], seats: dict[int, str], held: Held) -> str:
    """ "2 × vegetariška: Ieva Krūmiņa (1 stalas), Jānis Ozols"."""
    found: dict[str, tuple[str, list[str]]] = {}
    for member in there:
        if diet := held.of(member["key"], "diet").strip():
            table = seats.get(member["key"], "")
            name = f"{member['name']} ({table})" if table else member["name"]
            found.setdefault(diet.casefold(), (diet, []))[1].append(name)
    return "\n".join(f"{len(names)} × {diet}: {', '.join(names)}" for diet, names in found.values())


def _tables(there: list[Row], seats: dict[int, str]) -> str:
    counts: dict[str, int] = {}
    for member in there:
        if table := seats.get(member["key"]):
            counts[table] = counts.get(table, 0) + 1
    return "; ".join(f"{table}: {count}" for table, count in sorted(counts.items()))
