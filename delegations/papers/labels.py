"""Badges and place cards on sheets of labels: measures are data, letters shrink until a name fits its label."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

DATA = Path(__file__).resolve().parents[1] / "data"
SHEETS, SALUTATIONS = DATA / "label_sheets.json", DATA / "salutations.json"
A4 = (210.0, 297.0)  # mm, ISO 216
PADDING = 4.0  # mm on each side of a label: printers and scissors are never exact
MM_OF_POINT = 25.4 / 72
LEADING = 1.14  # of a line


@dataclass(frozen=True)
class Sheet:
    """A sheet of labels on A4: how many, how large, where the first one stands; all in millimetres."""

    code: str
    label: str
    use: str  # badge or card; a card is folded across and read from both sides
    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    gap_x: float
    gap_y: float

    @property
    def places(self) -> int:
        return self.columns * self.rows

    @property
    def is_folded(self) -> bool:
        return self.use == "card"

    def corner(self, place: int) -> tuple[float, float]:
        """The upper left corner of a place, counted in lines from the left."""
        row, column = divmod(place, self.columns)
        return self.left + column * (self.width + self.gap_x), self.top + row * (self.height + self.gap_y)


@lru_cache(maxsize=1)
def sheets() -> dict[str, Sheet]:
    data = json.loads(SHEETS.read_text(encoding="utf-8"))
    return {code: Sheet(code=code, **values) for code, values in data.items()}


# --- letters that fit -----------------------------------------------------------------------------------------


@lru_cache(maxsize=2)
def _advances(name: str) -> tuple[dict[int, str], Any, int]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 -- workers only

    from documents.typefaces import FOLDER  # noqa: PLC0415 -- beside the font

    font = TTFont(FOLDER / name, lazy=True)
    metrics = {glyph: advance for glyph, (advance, _side) in font["hmtx"].metrics.items()}
    return font.getBestCmap(), metrics, font["head"].unitsPerEm


def width_of(text: str, *, bold: bool = False) -> float:
    """How wide the text is in ems; a letter the face lacks counts a whole em."""
    face = "firago-5.3.0/FiraGO-SemiBold.ttf" if bold else "firago-5.3.0/FiraGO-Regular.ttf"
    cmap, metrics, units = _advances(face)
    return sum(metrics.get(cmap.get(ord(letter), ""), units) for letter in text) / units


def wrapped(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Lines of the text at this size (points) within the width (mm), broken between words or after a hyphen."""
    em = size * MM_OF_POINT
    lines: list[str] = []
    for gap, piece in re.findall(r"(\s*)([^\s-]+-?|-)", text):
        joined = f"{lines[-1]}{' ' if gap else ''}{piece}" if lines else piece
        if lines and width_of(joined, bold=bold) * em <= width:
            lines[-1] = joined
        else:
            lines.append(piece)
    return lines


def fitted(
    text: str,
    width: float,
    height: float,
    *,
    most: float,
    least: float = 4.5,
    lines: int = 2,
    bold: bool = False,
) -> tuple[float, list[str]]:
    """The largest size (points) at which the text fits the box, and its lines; small steps, so that nothing is clipped."""
    size = most
    while True:
        found = wrapped(text, width, size, bold=bold)
        em = size * MM_OF_POINT
        fits = all(width_of(line, bold=bold) * em <= width for line in found)
        if fits and len(found) <= lines and len(found) * em * LEADING <= height:
            return round(size, 1), found
        if size <= least:
            return _squeezed(text, width, height, bold=bold)
        size = max(least, size * 0.96)


def _squeezed(text: str, width: float, height: float, *, bold: bool) -> tuple[float, list[str]]:
    """A word longer than any label: as many lines as there is room for, then smaller still."""
    size = 4.5
    while True:
        found, em = wrapped(text, width, size, bold=bold), size * MM_OF_POINT
        if (
            all(width_of(line, bold=bold) * em <= width for line in found)
            and len(found) * em * LEADING <= height
        ):
            return round(size, 2), found
        size *= 0.9


# --- what stands on a label ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Person:
    """Whom a label names, as she writes herself; `language` is of the name, `city` where she comes from."""

    name: str
    latin: str
    language: str
    post: str
    city: str
    salutation: str = ""


@lru_cache(maxsize=1)
def _salutations() -> dict[str, dict[str, str]]:
    return json.loads(SALUTATIONS.read_text(encoding="utf-8"))


def salutation(name: str, language: str, gender: str) -> str:
    """ "Pan", "ქალბატონი": in the language of the name when it is written in its letters, else in English.

    Nothing where the gender is not known, or where the language sets the word after the name (Latvian).
    """
    if language == "lv":
        return ""
    for code in (language, "en"):
        word = _salutations().get(code, {}).get(gender, "")
        if word and name and _script(word[0]) == _script(name[0]):
            return word
    return ""


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


@dataclass(frozen=True)
class Line:
    text: str
    size: float
    css: str
    language: str = ""


def badge_lines(person: Person, width: float, height: float) -> list[Line]:
    """The name large, the Latin form beneath where it differs, post and city in small letters."""
    lines: list[Line] = []
    has_latin = bool(person.latin)
    share = 0.42 if person.post or person.city else 0.7
    size, parts = fitted(person.name, width, height * share, most=min(26, height * 0.42), bold=True)
    lines += [Line(part, size, "name", person.language) for part in parts]
    if has_latin:
        small, parts = fitted(person.latin, width, height * 0.16, most=min(13, size * 0.6), lines=1)
        lines += [Line(part, small, "latin") for part in parts]
    room = height - sum(line.size * MM_OF_POINT * LEADING for line in lines) - height * 0.08
    share = room * (0.62 if person.city else 1)
    if person.post:
        small, parts = fitted(person.post, width, share, most=min(12, size * 0.62), lines=2)
        lines += [Line(part, small, "post") for part in parts]
    if person.city:
        small, parts = fitted(person.city, width, room * 0.38, most=min(12, size * 0.62), lines=1)
        lines += [Line(part, small, "city") for part in parts]
    return lines


def card_lines(person: Person, width: float, height: float) -> list[Line]:
    """The salutation small, the name as large as the half of the card allows."""
    lines = []
    used = 0.0
    if person.salutation:
        small, parts = fitted(person.salutation, width, height * 0.2, most=min(16, height * 0.36), lines=1)
        lines += [Line(part, small, "salutation") for part in parts]
        used = len(parts) * small * MM_OF_POINT * LEADING
    size, parts = fitted(
        person.name, width, (height - used) * 0.86, most=min(64, height * 1.1), lines=2, bold=True
    )
    lines += [Line(part, size, "name", person.language) for part in parts]
    return lines


def build(sheet: Sheet, people: list[Person], *, start: int) -> dict[str, Any]:
    """Pages of placed labels; `start` is the first free place of a used sheet, counted from one."""
    place = start - 1
    pages: list[list[dict[str, Any]]] = []
    for number, person in enumerate(people):
        page, spot = divmod(place + number, sheet.places)
        while len(pages) <= page:
            pages.append([])
        pages[page].append({"spot": spot, "lines": _lines(sheet, person)})
    return {
        "title": _("Place cards") if sheet.is_folded else _("Badges"),
        "sheet": sheet.code,
        "is_folded": sheet.is_folded,
        "pages": pages,
        "sizes": sorted({line["size"] for page in pages for label in page for line in label["lines"]}),
    }


def _lines(sheet: Sheet, person: Person) -> list[dict[str, Any]]:
    draw: Callable[[Person, float, float], list[Line]] = card_lines if sheet.is_folded else badge_lines
    height = sheet.height / 2 if sheet.is_folded else sheet.height
    pad = PADDING if height > 30 else PADDING * 0.75
    lines = draw(person, sheet.width - 2 * pad, height - 2 * pad)
    return [
        {
            "text": line.text,
            "size": line.size,
            "size_class": f"pt-{str(line.size).replace('.', '-')}",
            "css": line.css,
            "language": line.language,
        }
        for line in lines
    ]


def styles(sheet: Sheet, data: dict[str, Any]) -> str:
    """The measures of this sheet as CSS: where each place stands and how large the letters are."""
    pad = PADDING if sheet.height / (2 if sheet.is_folded else 1) > 30 else PADDING * 0.75
    half = sheet.height / 2 if sheet.is_folded else sheet.height
    rules = [
        f".label {{ width: {sheet.width}mm; height: {sheet.height}mm }}",
        f".face {{ width: {sheet.width}mm; height: {half}mm }}",
        f".face-in {{ padding: 0 {pad}mm; width: {sheet.width - 2 * pad}mm; height: {half}mm }}",
    ]
    for spot in range(sheet.places):
        left, top = sheet.corner(spot)
        rules.append(f".spot-{spot} {{ left: {left:.2f}mm; top: {top:.2f}mm }}")
    for size in data["sizes"]:
        rules.append(f".pt-{str(size).replace('.', '-')} {{ font-size: {size}pt }}")
    return "\n".join(rules)
