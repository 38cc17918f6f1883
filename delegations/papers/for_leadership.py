"""One page for leadership: who comes and why, where the leader is asked to be, what else there is."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from delegations.choices import Basis, ItemKind
from delegations.papers import content as read
from partners.choices import Country, Language

GUESTS_NAMED = 9  # more do not fit beside the programme on one page
KINDS = (ItemKind.MEETING, ItemKind.CEREMONY, ItemKind.CULTURE, ItemKind.MEAL)
ITEMS_NAMED = 12


def page(content: dict[str, Any], language: str) -> dict[str, Any]:
    """Facts, guests by precedence, the items that matter; what the host herself takes part in stands out."""
    first, last = read.day(content["starts_on"]), read.day(content["ends_on"])
    members = content["members"]
    host = (content["host"] or {}).get("name", "")
    return {
        "title": content["title"],
        "overline": _("For leadership"),
        "subtitle": read.days_of_visit(first, last, "lt"),
        "rows": [row for row in _facts(content, host) if row["value"]],
        "guests_heading": _("Who comes (%(count)d)") % {"count": len(members)},
        "guests": [_guest(member, content) for member in members[:GUESTS_NAMED]],
        "more_guests": _more_guests(len(members) - GUESTS_NAMED),
        "host": host,
        "days": _days(content, host),
    }


def _facts(content: dict[str, Any], host: str) -> list[dict[str, str]]:
    city = content["city"]
    languages = [_language(code) for code in content["languages"]]
    interpreters = sorted({one["name"] for row in content["items"] for one in row["interpreters"]})
    person = content["responsible"]
    return [
        {
            "label": pgettext("visit", "From"),
            "value": f"{city['name_lt']} ({city['name_local']}), {Country(city['country']).label}"
            if city
            else "",
        },
        {
            "label": _("Basis"),
            "value": ", ".join(
                part for part in (str(Basis(content["basis"]).label), content["inviter"]) if part
            ),
        },
        {"label": _("Purpose"), "value": content["purpose"]},
        {"label": _("Hosted by"), "value": host},
        {
            "label": _("Language"),
            "value": ", ".join(languages)
            + (f"; {_('interpreters')}: {', '.join(interpreters)}" if interpreters else ""),
        },
        {
            "label": _("Answers for the visit"),
            "value": read.numbered(person["name"], person["phone"]),
        },
    ]


def _language(code: str) -> str:
    return str(Language(code).label) if code in Language.values else code


def _guest(member: dict[str, Any], content: dict[str, Any]) -> dict[str, str]:
    return {
        "name": member["name"],
        "post": member["post_lt"] or member["post_local"],
        "kind": read.kind_words(member, content),
    }


def _more_guests(count: int) -> str:
    if count <= 0:
        return ""
    return ngettext("and %(count)d more guest", "and %(count)d more guests", count) % {"count": count}


def _days(content: dict[str, Any], host: str) -> list[dict[str, Any]]:
    """Meetings and ceremonies first; meals and culture as far as there is room, those of the host always."""

    def weight(row: dict[str, Any]) -> tuple[bool, int]:
        return (row["host"] or {}).get("name", "") != host, KINDS.index(ItemKind(row["kind"]))

    rows = [row for _on, day in read.items_by_day(content) for row in day if row["kind"] in KINDS]
    named = {row["key"] for row in sorted(rows, key=weight)[:ITEMS_NAMED]}
    return [
        {
            "heading": read.day_heading(on, "lt"),
            "rows": [
                {
                    "hours": read.hours(row, "lt"),
                    "what": read.title(row, "lt"),
                    "where": read.place_name(row["place"], "lt"),
                    "host": (row["host"] or {}).get("name", ""),
                    "is_hosts": bool(host) and (row["host"] or {}).get("name", "") == host,
                }
                for row in day
                if row["key"] in named
            ],
        }
        for on, day in read.items_by_day(content)
        if any(row["key"] in named for row in day)
    ]
