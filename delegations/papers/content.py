"""Reads a visit's frozen content for its papers: days, hours, places and words in the language of the reader."""

from __future__ import annotations

import datetime
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_interval, format_skeleton
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.dates import day_words, range_words, weekday_name
from delegations.choices import ItemKind, MemberKind, Progress

WORDS = Path(__file__).resolve().parents[1] / "data" / "paper_words.json"
EMERGENCY = "112"  # Directive (EU) 2018/1972, art. 109: the single European emergency number


@lru_cache(maxsize=1)
def paper_words() -> dict[str, dict[str, str]]:
    """The words of papers by language."""
    return json.loads(WORDS.read_text(encoding="utf-8"))


def words(language: str) -> dict[str, str]:
    """The few words a paper itself says, in the guests' language; English where we have none."""
    return paper_words().get(language) or paper_words()["en"]


def spoken(language: str) -> str:
    """The language whose words and dates the paper uses: the asked one, else English."""
    try:
        Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return "en"
    return language if language in paper_words() else "en"


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def day_heading(on: datetime.date, language: str) -> str:
    """ "Wtorek, 1 grudnia", "Antradienis, gruodžio 1 d." """
    if language == "lt":
        with override("lt"):
            return f"{weekday_name(on).capitalize()}, {day_words(on, today=on)}"
    locale = spoken(language)
    text = f"{format_date(on, 'EEEE', locale=locale)}, {format_skeleton('MMMMd', on, locale=locale)}"
    # Georgian writes no capitals: the ones Unicode has are for headlines, and no typeface of ours draws them.
    return text if language == "ka" else text[:1].upper() + text[1:]


def days_of_visit(first: datetime.date, last: datetime.date, language: str) -> str:
    """ "1–4 grudnia 2026", "2026 m. gruodžio 1–4 d." """
    if language == "lt":
        with override("lt"):
            return range_words(first, last, today=datetime.date.min)  # the year is always said
    if first == last:  # an interval of one day would be shortened
        return format_date(first, "long", locale=spoken(language))
    return format_interval(first, last, "yMMMMd", locale=spoken(language))


def hour(clock: str, language: str) -> str:
    return f"{int(clock[:2])}{'.' if language == 'lt' else ':'}{clock[3:]}" if clock else ""


def hours(row: dict[str, Any], language: str) -> str:
    """The item's hours, or the part of the day it is planned for."""
    if row["kind"] == ItemKind.ACCOMMODATION:
        return words(language)["night"]
    if not row["starts"]:
        return words(language).get(row["part"], "")
    ends = hour(row["ends"], language)
    return hour(row["starts"], language) + (f"–{ends}" if ends else "")


def title(row: dict[str, Any], language: str) -> str:
    """The item in this language; else as it is in Lithuanian."""
    text = row["texts"].get(language) or row["texts"].get("lt") or {}
    return text.get("title") or str(ItemKind(row["kind"]).label)


def description(row: dict[str, Any], language: str) -> str:
    return (row["texts"].get(language) or {}).get("description", "")


def place_name(place: dict[str, Any] | None, language: str) -> str:
    """The name a reader of this language knows; the Lithuanian one stands on the door."""
    if not place:
        return ""
    if language == "lt" or not place["name_en"] or place["name_en"] == place["name"]:
        return place["name"]
    return f"{place['name_en']} ({place['name']})"


def where(row: dict[str, Any], language: str) -> str:
    """ "Town Hall (Rotušė), Rotušės a. 4, Alytus"; of a way, both its ends."""
    if row["to_place"]:
        ends = (place_name(row["place"], language), place_name(row["to_place"], language))
        return " – ".join(end for end in ends if end)
    place = row["place"]
    return ", ".join(part for part in (place_name(place, language), (place or {}).get("address", "")) if part)


def items_by_day(content: dict[str, Any]) -> list[tuple[datetime.date, list[dict[str, Any]]]]:
    """What will be held, day by day in order; a night stands last in its day."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in content["items"]:
        if row["progress"] != Progress.CANCELLED:
            found.setdefault(row["on"], []).append(row)
    for rows in found.values():
        rows.sort(key=lambda row: row["kind"] == ItemKind.ACCOMMODATION)
    return [(day(on), rows) for on, rows in sorted(found.items())]


def numbered(name: str, number: str) -> str:
    """ "Ieva Juknelytė, 8 000 00 000": a person or a car with its number, which is never broken."""
    return ", ".join(part for part in (name, number.replace(" ", "\u00a0")) if part)


def names_of(content: dict[str, Any]) -> dict[int, str]:
    return {member["key"]: member["name"] for member in content["members"]}


def kind_words(member: dict[str, Any], content: dict[str, Any]) -> str:
    """The guest's place in the delegation, and whom she accompanies; of an ordinary member nothing."""
    principal = names_of(content).get(member.get("companion_of") or 0, "")
    kind = str(MemberKind(member["kind"]).label) if member["kind"] != MemberKind.MEMBER else ""
    return ", ".join(
        part for part in (kind, _("accompanies: %(name)s") % {"name": principal} if principal else "") if part
    )


def city_name(content: dict[str, Any], language: str) -> str:
    city = content["city"]
    if city is None:
        return ""
    return city["name_lt"] if language == "lt" else city["name_local"]
