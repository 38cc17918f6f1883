"""What of a list is kept and compared: the rows without contacts and special values."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from core.canonical import content_sha256
from delegations.service_lists.definition import ListTable, Reader, ServiceList
from delegations.service_lists.facts import Facts, Held, Row


def tables_of(
    one: ServiceList, facts: Facts, reader: Reader, held: Held
) -> list[tuple[ListTable, list[Row]]]:
    return [(table, table.rows(facts, reader, held)) for table in one.tables]


def content_of(one: ServiceList, facts: Facts, reader: Reader) -> list[dict[str, Any]]:
    """The rows without contacts and special values: of these only a digest that dies with their keys."""
    kept = []
    for table, rows in tables_of(one, facts, reader, facts.digests):
        private = [column.name for column in table.columns if column.private]
        plain = [column.name for column in table.columns if not column.private]
        for row in rows:
            kept.append(
                {
                    "table": table.code,
                    "key": row["key"],
                    "name": row["name"],
                    "group": row["group"],
                    "cells": {name: row[name] for name in plain},
                    "private": content_sha256([row[name] for name in private]) if private else "",
                }
            )
    return kept


def digest_of(content: list[dict[str, Any]]) -> str:
    return content_sha256(content)


def changes_of(
    one: ServiceList, old: list[dict[str, Any]], new: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Rows added, taken away, moved and changed, in the words of the list; nothing private is in them."""
    before = {(row["table"], row["key"]): row for row in old}
    after = {(row["table"], row["key"]): row for row in new}
    found = []
    for key, row in after.items():
        if key not in before:
            found.append(_change(row, _("added"), "", _summary(one, row)))
        else:
            found += _row_changes(one, before[key], row)
    found += [
        _change(row, _("taken away"), _summary(one, row), "")
        for key, row in before.items()
        if key not in after
    ]
    return found


def _row_changes(one: ServiceList, old: dict[str, Any], new: dict[str, Any]) -> list[dict[str, Any]]:
    labels = {
        column.name: str(column.label)
        for table in one.tables
        if table.code == new["table"]
        for column in table.columns
    }
    found = []
    if old["group"] != new["group"]:
        found.append(_change(new, _("moved to another day"), old["group"], new["group"]))
    for name, value in new["cells"].items():
        was = old["cells"].get(name, "")
        if was != value:
            label = _("moved") if name == "hours" else labels.get(name, name)
            found.append(_change(new, label, was, value))
    if old["private"] != new["private"]:
        private = [str(c.label) for t in one.tables if t.code == new["table"] for c in t.columns if c.private]
        found.append(_change(new, ", ".join(private), _("as before"), _("changed")))
    return found


def _summary(one: ServiceList, row: dict[str, Any]) -> str:
    return (
        "; ".join(
            " ".join(value.split())
            for name, value in row["cells"].items()
            if value and name not in ("hours", "what")
        )
        or row["name"]
    )


def _change(row: dict[str, Any], field: str, before: str, after: str) -> dict[str, Any]:
    return {"anchor": row["key"], "place": row["name"], "field": field, "before": before, "after": after}
