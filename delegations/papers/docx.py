"""DOCX of the guests' programme and of the leadership page: the same JSON, in the words' own order."""

from __future__ import annotations

import io
from typing import Any


def guests_docx(data: dict[str, Any], language: str) -> bytes:
    """The guests' programme: a table a day, then the delegation."""
    docx = new_docx(data)
    if data["other"]:
        docx.add_paragraph(data["other"])
    if data["other_days"]:
        docx.add_paragraph(data["other_days"])
    for day in data["days"]:
        docx.add_heading(" · ".join(part for part in (day["heading"], day["other"]) if part), 2)
        add_rows(
            docx, [(row["hours"], _lines(row, "what other description where who")) for row in day["rows"]]
        )
    docx.add_heading(data["delegation"], 2)
    add_rows(
        docx,
        [(_lines(member, "name latin"), _lines(member, "post other_post")) for member in data["members"]],
    )
    docx.add_paragraph(f"{data['contact_label']}: {data['contact']}")
    docx.add_paragraph(f"{data['emergency_label']}: {data['emergency']}")
    return docx_bytes(docx)


def leadership_docx(data: dict[str, Any], language: str) -> bytes:
    """The page for leadership: facts, guests, the items that matter."""
    docx = new_docx(data)
    add_rows(docx, [(row["label"], row["value"]) for row in data["rows"]])
    docx.add_heading(data["guests_heading"], 2)
    for guest in data["guests"]:
        docx.add_paragraph(_lines(guest, "name post kind", ", "), style="List Bullet")
    if data["more_guests"]:
        docx.add_paragraph(data["more_guests"])
    for day in data["days"]:
        docx.add_heading(day["heading"], 2)
        add_rows(docx, [(row["hours"], _lines(row, "what where host")) for row in day["rows"]])
    return docx_bytes(docx)


def new_docx(data: dict[str, Any]) -> Any:
    from docx import Document as Docx  # noqa: PLC0415 -- workers only

    docx = Docx()
    docx.styles["Normal"].font.name = "Calibri"
    docx.add_heading(data["title"], 0)
    docx.add_paragraph(data["subtitle"], style="Subtitle")
    return docx


def add_rows(docx: Any, rows: list[tuple[str, str]]) -> None:
    from docx.shared import Mm  # noqa: PLC0415 -- workers only

    table = docx.add_table(rows=0, cols=2)
    table.style, table.autofit = "Table Grid", False
    for left, right in rows:
        cells = table.add_row().cells
        for cell, text, width in ((cells[0], left, Mm(38)), (cells[1], right, Mm(122))):
            cell.text, cell.width = text, width


def _lines(row: dict[str, Any], names: str, between: str = "\n") -> str:
    return between.join(row[name] for name in names.split() if row.get(name))


def docx_bytes(docx: Any) -> bytes:
    target = io.BytesIO()
    docx.save(target)
    return target.getvalue()
