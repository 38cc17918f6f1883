"""Lists people send, as rows of text: workbooks, delimited files in whatever encoding, cards, lines of a letter.

What comes in is hostile until read: its size is bounded before and after unpacking, formulas are never run.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.errors import DomainError

MAX_BYTES = 5 * 2**20
MAX_UNPACKED = 12 * 2**20  # of a workbook: three thousand rows take about two
MAX_ROWS = 5000  # read at all; an app takes fewer
MAX_COLUMNS = 60
MAX_CELL = 1000

# Single-byte encodings of our neighbours and the letters a list of names in each may hold. Statistics over a few dozen
# names mistake one for another, so the letters themselves are asked.
ALPHABETS = {
    "windows-1257": "ąčęėįšųūžāčēģīķļņōŗšūžäöõüåøæółńśźż",
    "windows-1250": "ąćęłńóśźżáčďéěíňřšťúůýžäëíľĺôŕöüßőűăâîşţ",
    "windows-1252": "àâæçéèêëîïôœùûüÿäößñáíóúåøìòãõ",
    "windows-1251": "абвгґдеєёжзиіїйклмнопрстуўфхцчшщъыьэюя",
}
ENCODING_OF = {  # of the language a list is likely to be in
    **dict.fromkeys(("lt", "lv", "et"), "windows-1257"),
    **dict.fromkeys(("pl", "cs"), "windows-1250"),
    **dict.fromkeys(("uk", "ru", "be"), "windows-1251"),
    **dict.fromkeys(("fr", "de", "es", "it", "sv", "da", "nb", "fi"), "windows-1252"),
}
ENCODINGS = ("utf-8", "utf-16", *ALPHABETS)


@dataclass(frozen=True)
class Table:
    """What was given, as rows of text: nothing is dropped but cells beyond the bounds, and that is told."""

    kind: str  # text, table, xlsx, vcard
    rows: list[list[str]]
    numbers: list[int]  # where each row stood, as its reader counts: line, row of the sheet, card
    heads: list[str] = field(default_factory=list)
    name: str = ""
    encoding: str = ""
    notes: list[str] = field(default_factory=list)  # what its reader should know


def read(
    *, text: str = "", content: bytes = b"", name: str = "", encoding: str = "", languages: Sequence[str] = ()
) -> Table:
    """A table of what was pasted or of a file: workbook, delimited text, cards or lines of a letter.

    `languages` are those the list is likely to be in: they decide between encodings whose bytes mean letters in both.

    Raises:
        DomainError: it cannot be read; says why and what to do, at the field "text" or "file".
    """
    if not content:
        return _read_text(text, name="", encoding="")
    if len(content) > MAX_BYTES:
        raise DomainError(
            _(
                "The file is larger than %(most)d MB. A list of people is much smaller: check which file it is."
            )
            % {"most": MAX_BYTES // 2**20},
            field="file",
        )
    if content[:4] == b"PK\x03\x04":
        return _read_workbook(content, name)
    if content.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf", b"GIF8")):
        raise DomainError(
            _("This file is not read here. Save it as XLSX or CSV, or copy the list and paste it."),
            field="file",
        )
    try:
        text, encoding = decode(content, encoding=encoding, languages=languages)
        return _read_text(text, name=name, encoding=encoding)
    except DomainError as error:
        raise DomainError(str(error), field="file") from error


def decode(content: bytes, *, encoding: str = "", languages: Sequence[str] = ()) -> tuple[str, str]:
    """The text and its encoding: the asked one, what the bytes prove, else the one whose letters fit best."""
    if encoding in ENCODINGS:
        return content.decode(encoding, errors="replace"), encoding
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace"), "utf-16"
    zeros = content[:2000].count(0)
    if zeros > len(content[:2000]) // 4:  # UTF-16 without its mark
        order = "utf-16-le" if content[1:2000:2].count(0) >= zeros / 2 else "utf-16-be"
        return content.decode(order, errors="replace"), "utf-16"
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        pass
    likely = [ENCODING_OF[code] for code in languages if code in ENCODING_OF]
    places = {one: place for place, one in enumerate(dict.fromkeys([*likely, *ALPHABETS]))}
    scored = [(_fit(content, one), -places[one], one) for one in ALPHABETS]
    best = max(scored)[2]
    return content.decode(best, errors="replace"), best


def _fit(content: bytes, encoding: str) -> float:
    """How well the bytes read as words of this encoding: foreign letters and mixed scripts speak against it."""
    text = content[:200_000].decode(encoding, errors="replace")
    letters = set(ALPHABETS[encoding])
    marked = [one for one in text if ord(one) > 127]
    if not marked:
        return 0.0
    good = sum(one.lower() in letters for one in marked)
    bad = sum(one.isalpha() and one.lower() not in letters for one in marked)
    odd = sum(not one.isalpha() and one not in "–—„“”’«»\xa0…·•№§°" for one in marked)
    broken = len(re.findall(r"[a-zà-ž][A-ZÀ-Ž](?=[a-zà-ž])", text))
    broken += 2 * len(re.findall(r"[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]", text))
    return round((good - 2 * bad - 3 * odd - broken) / len(marked), 3)


def _read_text(text: str, *, name: str, encoding: str) -> Table:
    notes = []
    if "\x00" in text:
        text = text.replace("\x00", "")
        notes.append(_("The file held empty bytes (NUL): they are left out."))
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise DomainError(_("There is nothing in the list."), field="text")
    if re.search(r"^BEGIN:VCARD", text, re.IGNORECASE | re.MULTILINE):
        table = _read_cards(text)
    elif delimiter := _delimiter_of(text, PurePath(name).suffix.lower() == ".csv"):
        table = _read_delimited(text, delimiter)
    else:
        lines = [(number, line.strip()) for number, line in enumerate(text.split("\n"), start=1)]
        lines = [(number, line) for number, line in lines if line]
        table = Table(
            "text", [[line[:MAX_CELL]] for _number, line in lines], [number for number, _line in lines]
        )
    _refuse_too_long(len(table.rows))
    return replace(table, name=name, encoding=encoding, notes=notes + table.notes)


def _delimiter_of(text: str, is_csv: bool) -> str:
    """The sign that parts cells, if most lines hold as many of it; a comma parts cells only where it must."""
    lines = [line for line in text.split("\n") if line.strip()][:50]
    for delimiter in "\t;|":
        if sum(delimiter in line for line in lines) >= max(1, 0.6 * len(lines)):
            return delimiter
    counts = [line.count(",") for line in lines]
    if is_csv and any(counts):
        return ","
    quoted = sum('"' in line for line in lines) > len(lines) / 2
    if len(lines) > 1 and min(counts) >= 2 and (len(set(counts)) == 1 or quoted):
        return ","
    return ""


def _read_delimited(text: str, delimiter: str) -> Table:
    rows, numbers = [], []
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append([_cell(cell) for cell in cells[:MAX_COLUMNS]])
                numbers.append(reader.line_num)
            if len(rows) > MAX_ROWS:
                break
    except csv.Error as error:
        raise DomainError(
            _("Line %(line)d cannot be read: a quotation mark is not closed or a cell is too long.")
            % {"line": reader.line_num + 1},
            field="text",
        ) from error
    return Table("table", rows, numbers)


def _cell(value: Any) -> str:
    """A cell as text in one line, composed, without marks nobody sees."""
    if value is None:
        return ""
    if hasattr(value, "isoformat"):
        text = (
            value.isoformat(sep=" ")
            if hasattr(value, "hour") and hasattr(value, "year")
            else value.isoformat()
        )
        return text.removesuffix(" 00:00:00")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = unicodedata.normalize("NFC", str(value))
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())[:MAX_CELL]


def _read_workbook(content: bytes, name: str) -> Table:
    """The first sheet people see; formulas are never run: what they last gave is text like any other."""
    _check_archive(content)
    from openpyxl import load_workbook  # noqa: PLC0415 -- slow to import, asked for rarely

    try:
        values = load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
        formulas = load_workbook(io.BytesIO(content), data_only=False, keep_links=False)
    except Exception as error:  # openpyxl raises whatever the broken part made of it
        raise DomainError(
            _("The workbook is damaged and cannot be opened. Save it anew in its own program."), field="file"
        ) from error
    seen = [sheet for sheet in values.worksheets if sheet.sheet_state == "visible" and sheet.max_row]
    filled = [sheet for sheet in seen if any(cell is not None for row in _cells(sheet) for cell in row)]
    if not filled:
        raise DomainError(_("No sheet of the workbook that can be seen holds anything."), field="file")
    sheet, notes = filled[0], []
    if len(filled) > 1:
        others = ", ".join(one.title for one in filled[1:6])
        notes.append(
            _("Only the sheet “%(sheet)s” is read; there are others too: %(others)s.")
            % {"sheet": sheet.title, "others": others}
        )
    if hidden := [one.title for one in values.worksheets if one.sheet_state != "visible"]:
        notes.append(_("Hidden sheets are not read: %(names)s.") % {"names": ", ".join(hidden[:5])})
    if sheet.max_row > MAX_ROWS:
        _refuse_too_long(sheet.max_row)
    is_spread = _spread_merged(sheet)
    rows, numbers = [], []
    for number, cells in enumerate(_cells(sheet), start=1):
        texts = [_cell(cell) for cell in cells]
        if any(texts):
            rows.append(texts)
            numbers.append(number)
    if found := _formula_places(formulas[sheet.title]):
        notes.append(
            ngettext(
                "A formula stands in the cell %(places)s: its last result is taken as text.",
                "Formulas stand in the cells %(places)s: their last results are taken as text.",
                len(found),
            )
            % {"places": ", ".join(found[:8])}
        )
    if is_spread:
        notes.append(_("Merged cells are read as if each held the same."))
    return Table("xlsx", rows, numbers, name=name, notes=notes)


def _cells(sheet: Any) -> Iterable[tuple[Any, ...]]:
    return sheet.iter_rows(
        max_row=min(sheet.max_row, MAX_ROWS + 1), max_col=min(sheet.max_column, MAX_COLUMNS), values_only=True
    )


def _spread_merged(sheet: Any) -> bool:
    """A cell merged down several rows is said of each of them; one merged across is a title and stays one."""
    down = [merged for merged in sheet.merged_cells.ranges if merged.min_col == merged.max_col]
    for merged in down:
        first, last = merged.min_row, min(merged.max_row, MAX_ROWS)
        value = sheet.cell(first, merged.min_col).value
        sheet.unmerge_cells(str(merged))
        for row in range(first + 1, last + 1):
            sheet.cell(row, merged.min_col).value = value
    return bool(down)


def _formula_places(sheet: Any) -> list[str]:
    return [
        cell.coordinate
        for row in sheet.iter_rows(
            max_row=min(sheet.max_row, MAX_ROWS), max_col=min(sheet.max_column, MAX_COLUMNS)
        )
        for cell in row
        if cell.data_type == "f"
    ]


def _check_archive(content: bytes) -> None:
    """Look at the archive before anything is unpacked, and at its parts for declarations no workbook has."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if "xl/workbook.xml" not in {part.filename for part in parts}:
                raise DomainError(
                    _("This archive is not a workbook. Save the list as XLSX or CSV."), field="file"
                )
            size = sum(part.file_size for part in parts)
            if size > MAX_UNPACKED or len(parts) > 2000:
                raise DomainError(
                    _(
                        "Unpacked, the workbook is larger than a list of people can be (%(size)d MB): it is not opened."
                    )
                    % {"size": max(size // 2**20, 1)},
                    field="file",
                )
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as stream:
                        head = stream.read(4096)
                    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                        raise DomainError(
                            _("The workbook holds declarations that no workbook needs: it is not opened."),
                            field="file",
                        )
    except (
        zipfile.BadZipFile,
        zlib.error,
        ValueError,
        OverflowError,
        NotImplementedError,
        EOFError,
    ) as error:
        raise DomainError(
            _("The workbook is damaged and cannot be opened. Save it anew in its own program."), field="file"
        ) from error


CARD_HEADS = (
    "name",
    "last_name",
    "first_name",
    "organisation",
    "post",
    "phone",
    "email",
    "languages",
    "gender",
)


def _read_cards(text: str) -> Table:
    """Each card by itself: a broken one does not take the others with it."""
    import vobject  # noqa: PLC0415 -- only for cards

    rows, numbers, notes, broken = [], [], [], []
    cards = re.split(r"(?im)^(?=BEGIN:VCARD\s*$)", text)
    for number, card in enumerate((one for one in cards if re.match(r"(?i)BEGIN:VCARD", one)), start=1):
        if number > MAX_ROWS:
            _refuse_too_long(number)
        try:
            rows.append(_card(vobject.readOne(card)))
        except Exception:  # vobject raises whatever the broken line made of it
            found = re.search(r"(?im)^FN[^:\n]*:(.*)$", card)
            rows.append([_cell(found[1] if found else ""), *[""] * (len(CARD_HEADS) - 1)])
            broken.append(str(number))
        numbers.append(number)
    if broken:
        notes.append(
            ngettext(
                "The card %(numbers)s is broken: only what could be read of it stands here.",
                "The cards %(numbers)s are broken: only what could be read of them stands here.",
                len(broken),
            )
            % {"numbers": ", ".join(broken[:10])}
        )
    return Table("vcard", rows, numbers, heads=list(CARD_HEADS), notes=notes)


def _card(card: Any) -> list[str]:
    def first(name: str) -> Any:
        found = card.contents.get(name, [])
        return found[0].value if found else ""

    parts = first("n")
    family, given = (getattr(parts, "family", ""), getattr(parts, "given", "")) if parts else ("", "")
    names = [" ".join(part) if isinstance(part, list) else part for part in (family, given)]
    organisation = first("org")
    organisation = ", ".join(organisation) if isinstance(organisation, list) else organisation
    row = (first("fn"), *names, organisation, first("title") or first("role"), first("tel"), first("email"))
    return [_cell(cell) for cell in (*row, first("lang"), str(first("gender")).split(";")[0])]


def _refuse_too_long(count: int) -> None:
    if count > MAX_ROWS:
        raise DomainError(
            _("The list has more than %(most)d rows: it is not read. Divide it.") % {"most": MAX_ROWS},
            field="text",
        )


def file_bound() -> int:
    """How large a list may be."""
    return min(MAX_BYTES, settings.MAX_UPLOAD_BYTES)
