"""The paper of one list for one who serves (delegations.service_lists): only her columns, only her rows."""

from __future__ import annotations

import datetime
from itertools import groupby
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.registry import DocumentKind
from delegations.models import Visit
from delegations.papers import content as read
from delegations.service_lists import Facts, Held, Reader, ServiceList, tables_of
from delegations.services.members import erase_day


def document_code(reader: Reader) -> str:
    """The kind of document a reader's list is kept as."""
    return f"delegations.list:{reader.key}"


def kind_of(one: ServiceList) -> DocumentKind:
    """Not in the registry: these papers are made reader by reader, on their own page."""
    return DocumentKind(
        code=f"delegations.list_{one.code}",
        label=one.label,
        matter_kind="visit",
        build=build,
        template="delegations/papers/service_list.html",
        is_working_paper=one.is_private,
        page="A4-wide",
    )


def build(visit: Visit, one: ServiceList, reader: Reader, facts: Facts, held: Held) -> dict[str, Any]:
    """Title, tables with their days, whom to call: in the language that is active."""
    content, language = facts.content, get_language() or "lt"
    first, last = (datetime.date.fromisoformat(content[part]) for part in ("starts_on", "ends_on"))
    person = content["responsible"]
    return {
        "title": f"{reader.role or one.label}: {reader.name}" if reader.pk else str(one.label),
        "overline": content["title"],
        "subtitle": read.days_of_visit(first, last, language),
        "tables": [_table(table, rows) for table, rows in tables_of(one, facts, reader, held)],
        "empty": _("Nothing is planned for this reader any more."),
        "contact_label": _("Answers for the visit"),
        "contact": read.numbered(person["name"], person["phone"]),
        "erase_on": erase_day(visit).isoformat(),
    }


def _table(table: Any, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """A column nobody filled is left out: an empty one tells the reader nothing."""
    columns = [
        column
        for place, column in enumerate(table.columns)
        if place < 2 or any(row[column.name] for row in rows)
    ]
    return {
        "title": str(table.title),
        "columns": [
            {"name": column.name, "label": str(column.label), "css": column.css} for column in columns
        ],
        "groups": [
            {
                "heading": heading,
                "rows": [
                    [{"text": str(row[column.name]), "css": column.css} for column in columns]
                    for row in members
                ],
            }
            for heading, members in groupby(rows, key=lambda row: row["group"])
        ],
    }
