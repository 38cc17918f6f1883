"""Columns of a list, and the file that is made of them."""

from __future__ import annotations

import csv
import datetime
import io
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from django.db.models import Model
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import gettext as _

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Column:
    """A column: its head (a link when it sorts) and its cell in the file, read by name or by `value`."""

    name: str
    label: Any
    sort: str = ""
    value: Callable[[Any], Any] | None = None
    css: str = ""
    in_file: bool = True
    on_page: bool = True

    def cell(self, row: Model) -> Any:
        found: Any = self.value(row) if self.value else row
        if not self.value:
            for step in self.name.split("__"):
                found = getattr(found, step, None)
                found = found() if callable(found) else found
        return found


def plain(cell: Any) -> Any:
    """A cell as spreadsheets take it: numbers, days and moments as they are, all else as text."""
    if isinstance(cell, bool):
        return _("yes") if cell else _("no")
    if cell is None:
        return ""
    if isinstance(cell, datetime.datetime):
        return timezone.localtime(cell).replace(tzinfo=None) if timezone.is_aware(cell) else cell
    if isinstance(cell, (int, float, datetime.date)):
        return cell
    return force_str(cell).replace("\x00", "")


def neutral(cell: Any) -> str:
    """Text that a spreadsheet will never take for a formula."""
    text = (
        cell.isoformat(sep=" ", timespec="minutes")
        if isinstance(cell, datetime.datetime)
        else force_str(cell)
    )
    return f"'{text}" if isinstance(cell, str) and text.startswith(FORMULA_STARTS) else text


def write_xlsx(
    columns: Sequence[Column], rows: Iterable[Model], *, title: str, about: list[tuple[str, str]]
) -> Any:
    """A workbook: the rows, and a second sheet that says what they are."""
    cells = ([plain(column.cell(row)) for column in columns] for row in rows)
    return write_sheets([(title, [str(column.label) for column in columns], cells)], about=about)


def write_sheets(
    sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Any]]]], *, about: list[tuple[str, str]]
) -> Any:
    """A workbook of several sheets (title, heads, rows of `plain` cells) and a last one that says what they are.

    Text is written as text: a name that begins with "=" is never a formula.
    """
    target = tempfile.TemporaryFile()  # noqa: SIM115 -- FileResponse closes it
    book = xlsxwriter.Workbook(
        target,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_date_format": "yyyy-mm-dd",
        },
    )
    head = book.add_format({"bold": True, "bottom": 1})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    count, taken = 0, {_("About").casefold()}
    for title, heads, rows in sheets:
        sheet = book.add_worksheet(_sheet_name(title, taken))
        for index, label in enumerate(heads):
            sheet.set_column(index, index, 24)
            sheet.write_string(0, index, label, head)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows, start=1):
            count += 1
            for index, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, index, cell[:32_000])
                elif isinstance(cell, datetime.datetime):
                    sheet.write_datetime(number, index, cell, moment)
                else:
                    sheet.write(number, index, cell)
    notes = book.add_worksheet(_("About"))
    notes.set_column(0, 1, 40)
    for line, (label, text) in enumerate([*about, (_("Rows"), str(count))]):
        notes.write_string(line, 0, label)
        notes.write_string(line, 1, text)
    book.close()
    target.seek(0)
    return target


def _sheet_name(title: str, taken: set[str]) -> str:
    """A name a workbook allows, used once."""
    name = title[:31].translate(str.maketrans("[]:*?/\\", "       ")).strip() or "1"
    while name.casefold() in taken:
        name = f"{name[:28]} {len(taken) + 1}"
    taken.add(name.casefold())
    return name


def write_csv(columns: Sequence[Column], rows: Iterable[Model]) -> bytes:
    """UTF-8 with a mark and semicolons, as office programs here expect."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow([str(column.label) for column in columns])
    for row in rows:
        writer.writerow([neutral(plain(column.cell(row))) for column in columns])
    return "\ufeff".encode() + text.getvalue().encode()
