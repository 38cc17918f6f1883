"""What the guests are given: the programme in their language with Lithuanian beneath, and a card for the pocket."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from delegations.choices import ItemKind, MemberKind
from delegations.papers import content as read


def programme(content: dict[str, Any], language: str) -> dict[str, Any]:
    """Days with hours, words in the guests' language and in Lithuanian, place and host; then the delegation.

    Holds nothing internal: no notes, no telephones of guests, no cars.
    """
    lang, _plus, other = language.partition("+")
    words = read.words(lang)
    first, last = read.day(content["starts_on"]), read.day(content["ends_on"])
    names = read.names_of(content)
    city = read.city_name(content, lang)
    return {
        "title": ": ".join(part for part in (words["programme"], city) if part),
        "subtitle": read.days_of_visit(first, last, lang),
        "other": f"{read.words(other)['programme']}: {content['title']}" if other else content["title"],
        "other_days": read.days_of_visit(first, last, other) if other else "",
        "other_lang": other,
        "days": [
            {
                "heading": read.day_heading(on, lang),
                "other": read.day_heading(on, other) if other else "",
                "rows": [_row(row, lang, other, names) for row in rows],
            }
            for on, rows in read.items_by_day(content)
        ],
        "delegation": words["delegation"],
        "members": [_member(member, lang) for member in content["members"]],
        "contact_label": words["contact"],
        "contact": _contact(content),
        "emergency_label": words["emergency"],
        "emergency": read.EMERGENCY,
    }


def _row(row: dict[str, Any], lang: str, other: str, names: dict[int, str]) -> dict[str, str]:
    words = read.words(lang)
    what, same = read.title(row, lang), read.title(row, other) if other else ""
    host = (row["host"] or {}).get("name", "")
    taking = ", ".join(names[key] for key in row["participants"] or [] if key in names)
    who = [f"{words['host']}: {host}" if host else "", f"{words['for']}: {taking}" if taking else ""]
    return {
        "hours": read.hours(row, lang),
        "what": what,
        "other": same if same != what else "",
        "description": read.description(row, lang),
        "where": read.where(row, lang),
        "who": "; ".join(part for part in who if part),
    }


def _member(member: dict[str, Any], lang: str) -> dict[str, str]:
    own = member["own_name"]
    post = member["post_lt"] if lang == "lt" else member["post_local"] or member["post_lt"]
    return {
        "name": own or member["name"],
        "latin": member["name"] if own else "",
        "language": member["language"],
        "post": post,
        "other_post": member["post_lt"] if lang != "lt" and member["post_local"] else "",
        "is_head": member["kind"] == MemberKind.HEAD,
    }


def _contact(content: dict[str, Any]) -> str:
    return read.numbered(content["responsible"]["name"], content["responsible"]["phone"])


def pocket_card(content: dict[str, Any], language: str) -> dict[str, Any]:
    """Hours, words and places alone, and whom to call: A6, folded into a pocket."""
    words = read.words(language)
    first, last = read.day(content["starts_on"]), read.day(content["ends_on"])
    return {
        "title": ", ".join(part for part in (settings.HOME_CITY, read.city_name(content, language)) if part),
        "subtitle": read.days_of_visit(first, last, language),
        "days": [
            {
                "heading": read.day_heading(on, language),
                "rows": [
                    {
                        "hours": read.hours(row, language),
                        "what": read.title(row, language),
                        "where": _short_place(row, language),
                    }
                    for row in rows
                ],
            }
            for on, rows in read.items_by_day(content)
        ],
        "contact_label": words["contact"],
        "contact": _contact(content),
        "emergency_label": words["emergency"],
        "emergency": read.EMERGENCY,
    }


def _short_place(row: dict[str, Any], language: str) -> str:
    if row["kind"] == ItemKind.ACCOMMODATION or not row["to_place"]:
        place = row["place"] or {}
        return ", ".join(part for part in (place.get("name", ""), place.get("address", "")) if part)
    return read.where(row, language)
