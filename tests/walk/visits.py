"""A visit of one's own in the demonstration office, made through its forms over plain HTTP."""

from __future__ import annotations

import datetime
import re
from typing import Any

from .crawl import Person

NOTHING = {"part": "", "until_on": "", "place": "", "to_place": "", "host": "", "host_name": "", "notes": ""}


def choices(html: str, name: str) -> dict[str, str]:
    """The options of a select: value by its words."""
    select = re.search(rf'<select[^>]*name="{name}".*?</select>', html, re.DOTALL)
    assert select, f"no {name}"
    found = re.findall(r'<option value="([^"]*)"[^>]*>(.*?)</option>', select[0], re.DOTALL)
    return {" ".join(words.split()): value for value, words in found}


def visit_fields(person: Person, **changed: Any) -> dict[str, Any]:
    """What the form of a new visit takes when all is right: Opolė, three days from the next month on."""
    _status, _path, html = person.get("/delegacijos/nauja/")
    cities = choices(html, "city")
    first = datetime.date.today() + datetime.timedelta(days=40)
    return {
        "city": next(value for words, value in cities.items() if words.startswith("Opolė")),
        "title": "Opolės mokytojų viešnagė",
        "basis": "mayor",
        "inviter": "",
        "starts_on": first.isoformat(),
        "ends_on": (first + datetime.timedelta(days=2)).isoformat(),
        "expected_guests": "6",
        "purpose": "Mokytojų mainai.",
        "languages": ["pl"],
        "responsible": next(iter(value for value in choices(html, "responsible").values() if value)),
        "host": "",
        **changed,
    }


def open_visit(person: Person, **changed: Any) -> int:
    status, html = person.post("/delegacijos/nauja/", **visit_fields(person, **changed))
    found = re.search(r"/delegacijos/(\d+)/", person.last_url)
    assert found, f"{status} {html[:600]}"
    return int(found[1])


def days_of(person: Person, visit: int) -> list[str]:
    return list(choices(person.get(f"/delegacijos/{visit}/punktai/naujas/")[2], "on").values())


def add_item(person: Person, visit: int, title: str, on: str, starts: str, ends: str, **fields: Any) -> int:
    """The number of the item that the form made."""
    sent = {
        **NOTHING,
        "kind": "meeting",
        "on": on,
        "starts": starts,
        "ends": ends,
        "title_lt": title,
        "title_pl": title,
        "is_for_all": "on",
        **fields,
    }
    status, html = person.post(f"/delegacijos/{visit}/punktai/naujas/", **sent)
    found = re.search(rf'punktai/(\d+)/"[^>]*>\s*{re.escape(title)}', html)
    assert found, f"{status} {html[:600]}"
    return int(found[1])
