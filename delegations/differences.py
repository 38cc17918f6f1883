"""What changed between two frozen programmes, item by item, and whether approval must see it first.

Operational: driver, car, telephone, a shift of up to fifteen minutes, notes of ours, and whatever is moved or
cancelled while the visit goes on; journeys of the guests and the transfers that follow them. Everything else is
material.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.dates import day_words, range_words
from delegations.choices import Basis, DayPart, ItemKind, LegDirection, MemberKind, Progress, TravelMode
from matters.differences import Change
from partners.choices import Language

SMALL_SHIFT = 15  # minutes


def differ(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """Changes of the visit, its guests and its programme, in the order of the programme."""
    return [
        *_visit_changes(old, new),
        *_member_changes(old, new),
        *_leg_changes(old, new),
        *_item_changes(old, new),
    ]


def _visit_changes(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    place = _("The visit")
    rows = [
        ("title", _("title"), lambda c: c["title"]),
        ("dates", _("dates"), lambda c: range_words(_day(c["starts_on"]), _day(c["ends_on"]))),
        ("basis", _("basis"), _basis),
        ("purpose", _("purpose"), lambda c: c["purpose"]),
        (
            "languages",
            _("languages"),
            lambda c: ", ".join(str(Language(code).label) for code in c["languages"]),
        ),
        ("host", _("host of the visit"), lambda c: (c["host"] or {}).get("name", "")),
    ]
    found = [_change("visit", place, label, words(old), words(new)) for _key, label, words in rows]
    before, after = old["responsible"], new["responsible"]
    found.append(_change("visit", place, _("responsible"), before["name"], after["name"]))
    found.append(_change("visit", place, _("telephone"), before["phone"], after["phone"], material=False))
    return [change for change in found if change]


def _basis(content: dict[str, Any]) -> str:
    return ", ".join(part for part in (str(Basis(content["basis"]).label), content["inviter"]) if part)


# --- guests -------------------------------------------------------------------------------------------------


def _member_changes(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    before = {row["key"]: row for row in old["members"]}
    after = {row["key"]: row for row in new["members"]}
    found: list[Change | None] = []
    for key, row in after.items():
        if key not in before:
            found.append(Change(f"member:{key}", _guest(row), _("guest"), "", row["name"]))
            continue
        was = before[key]
        found += [
            _change(f"member:{key}", _guest(row), _("name and surname"), was["name"], row["name"]),
            _change(
                f"member:{key}", _guest(row), _("name in its own script"), was["own_name"], row["own_name"]
            ),
            _change(f"member:{key}", _guest(row), _("post in Lithuanian"), was["post_lt"], row["post_lt"]),
            _change(
                f"member:{key}",
                _guest(row),
                _("post in the guests' language"),
                was["post_local"],
                row["post_local"],
            ),
            _change(f"member:{key}", _guest(row), _("place in the delegation"), _kind(was), _kind(row)),
            _change(
                f"member:{key}",
                _guest(row),
                _("whom this guest accompanies"),
                _accompanied(was, before),
                _accompanied(row, after),
                material=False,
            ),
        ]
        if was["personal"] != row["personal"]:  # the values themselves are never in a frozen content
            found.append(
                Change(
                    f"member:{key}", _guest(row), _("contacts and needs"), _("as before"), _("changed"), False
                )
            )
    gone = [key for key in before if key not in after]
    found += [
        Change(f"member:{key}", _guest(before[key]), _("guest"), before[key]["name"], "") for key in gone
    ]
    if [key for key in before if key in after] != [key for key in after if key in before]:
        was, now = ("; ".join(_guest(row) for row in rows.values()) for rows in (before, after))
        found.append(Change("visit", _("Guests"), _("order of precedence"), was, now))
    return [change for change in found if change]


def _guest(row: dict[str, Any]) -> str:
    return row["own_name"] or row["name"]


def _accompanied(row: dict[str, Any], members: dict[int, dict[str, Any]]) -> str:
    """Contents frozen before there was the question name nobody."""
    principal = members.get(row.get("companion_of") or 0)
    return _guest(principal) if principal else ""


def _kind(row: dict[str, Any]) -> str:
    return str(MemberKind(row["kind"]).label)


# --- journeys -----------------------------------------------------------------------------------------------


def _leg_changes(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """All operational: nobody approves a flight."""
    before = {row["key"]: row for row in old.get("legs", [])}
    after = {row["key"]: row for row in new.get("legs", [])}
    names = {row["key"]: _guest(row) for content in (old, new) for row in content["members"]}
    found: list[Change | None] = []
    for key, row in after.items():
        anchor, place = f"leg:{key}", leg_place(row)
        if key not in before:
            found.append(Change(anchor, place, pgettext("change", "journey"), "", _whole_leg(row), False))
            continue
        was = before[key]
        pairs = [
            (_("time"), leg_moment(was), leg_moment(row)),
            (_("place"), (was["place"] or {}).get("name", ""), (row["place"] or {}).get("name", "")),
            (_("from where or where to"), was["other_end"], row["other_end"]),
            (_("number of the flight or train"), was["number"], row["number"]),
            (_("by what"), str(TravelMode(was["mode"]).label), str(TravelMode(row["mode"]).label)),
            (_("who travels"), _travellers(was, names), _travellers(row, names)),
            (_("note"), was["note"], row["note"]),
        ]
        found += [_change(anchor, place, label, one, other, material=False) for label, one, other in pairs]
    found += [
        Change(f"leg:{key}", leg_place(row), pgettext("change", "journey"), _whole_leg(row), "", False)
        for key, row in before.items()
        if key not in after
    ]
    return [change for change in found if change]


def leg_place(row: dict[str, Any]) -> str:
    """ "Atvykimas, LO 781": the journey a change is of."""
    direction = str(LegDirection(row["direction"]).label).capitalize()
    return f"{direction}, {row['number'] or str(TravelMode(row['mode']).label)}"


def leg_moment(row: dict[str, Any]) -> str:
    """The planned hour, and the one it is late for."""
    planned = f"{day_words(_day(row['on']))} {_hour(row['at'])}"
    if row["is_cancelled"]:
        return _("%(planned)s, does not run") % {"planned": planned}
    if not row["delay"]:
        return planned
    clock = datetime.datetime.combine(_day(row["on"]), datetime.time.fromisoformat(row["at"]))
    late = clock + datetime.timedelta(minutes=row["delay"])
    return _("%(planned)s, now %(hour)s") % {"planned": planned, "hour": _hour(late.strftime("%H:%M"))}


def _whole_leg(row: dict[str, Any]) -> str:
    return ", ".join(
        part for part in (leg_moment(row), row["number"], (row["place"] or {}).get("name", "")) if part
    )


def _travellers(row: dict[str, Any], names: dict[int, str]) -> str:
    if row["members"] is None:
        return _("all the guests")
    return ", ".join(names.get(key, "?") for key in row["members"])


# --- items --------------------------------------------------------------------------------------------------


def _item_changes(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    before = {row["key"]: row for row in old["items"]}
    after = {row["key"]: row for row in new["items"]}
    under_way = _day(new["starts_on"]) <= timezone.localdate() <= _day(new["ends_on"])
    names = {row["key"]: _guest(row) for content in (old, new) for row in content["members"]}
    found: list[Change] = []
    for key, row in after.items():
        if key in before:
            found += _one_item(before[key], row, names, under_way)
        else:
            material = not row.get("legs")  # a transfer that meets a journey is how, not what
            found.append(
                Change(f"item:{key}", item_place(row), pgettext("change", "item"), "", _whole(row), material)
            )
    found += [
        Change(
            f"item:{key}",
            item_place(row),
            pgettext("change", "item"),
            _whole(row),
            "",
            not (under_way or row.get("legs")),
        )
        for key, row in before.items()
        if key not in after
    ]
    return found


def _one_item(
    old: dict[str, Any], new: dict[str, Any], names: dict[int, str], under_way: bool
) -> list[Change]:
    anchor, place = f"item:{new['key']}", item_place(new)
    follows = bool(old.get("legs") or new.get("legs"))  # a transfer moves with the journey it meets
    pairs: list[tuple[str, str, str, bool]] = [
        (_("time"), _when(old), _when(new), not (under_way or follows or _small_shift(old, new))),
        (_("kind"), str(ItemKind(old["kind"]).label), str(ItemKind(new["kind"]).label), True),
        (_("place"), _where(old), _where(new), True),
        (_("who hosts"), _name(old["host"]), _name(new["host"]), True),
        (_("participants"), _who(old, names), _who(new, names), not follows),
        (_("interpreter"), _names(old["interpreters"]), _names(new["interpreters"]), True),
        (_("hall"), _names(old["halls"]), _names(new["halls"]), True),
        (_("car"), _cars(old), _cars(new), False),
        (_("driver"), _names(old["drivers"]), _names(new["drivers"]), False),
        (_("equipment"), _names(old["equipment"]), _names(new["equipment"]), False),
        (_("telephone"), _phones(old), _phones(new), False),
        (_("press"), _press(old), _press(new), False),
        (_("notes for insiders"), old["notes"], new["notes"], False),
        (
            _("what became of it"),
            _progress(old),
            _progress(new),
            not (under_way or follows) and new["progress"] == Progress.CANCELLED,
        ),
    ]
    for code in dict.fromkeys([*old["texts"], *new["texts"]]):
        was, now = old["texts"].get(code, {}), new["texts"].get(code, {})
        language = _language(code)
        pairs.append(
            (
                _("title, %(language)s") % {"language": language},
                was.get("title", ""),
                now.get("title", ""),
                True,
            )
        )
        label = _("description, %(language)s") % {"language": language}
        pairs.append((label, was.get("description", ""), now.get("description", ""), True))
    made = [
        _change(anchor, place, label, before, after, material=material)
        for label, before, after, material in pairs
    ]
    return [change for change in made if change]


def item_title(row: dict[str, Any], language: str = "lt") -> str:
    text = row["texts"].get(language) or row["texts"].get("lt") or {}
    return text.get("title") or str(ItemKind(row["kind"]).label)


def item_place(row: dict[str, Any]) -> str:
    """Where a change stands, in words: "birželio 17 d., 9.00, Priima meras"."""
    return ", ".join(
        part
        for part in (day_words(_day(row["on"])), _hour(row["starts"]) or _part(row), item_title(row))
        if part
    )


def _whole(row: dict[str, Any]) -> str:
    return ", ".join(part for part in (_when(row), item_title(row), _where(row)) if part)


def _when(row: dict[str, Any]) -> str:
    hours = f"{_hour(row['starts'])}–{_hour(row['ends'])}" if row["ends"] else _hour(row["starts"])
    until = f" – {day_words(_day(row['until_on']))}" if row["until_on"] else ""
    return f"{day_words(_day(row['on']))}{until} {hours or _part(row)}".strip()


def _part(row: dict[str, Any]) -> str:
    return str(DayPart(row["part"]).label) if row["part"] else ""


def _hour(clock: str) -> str:
    return f"{int(clock[:2])}.{clock[3:]}" if clock else ""


def _small_shift(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Moved by up to fifteen minutes on the same day, both ends."""
    if old["on"] != new["on"] or old["until_on"] != new["until_on"] or not (old["starts"] and new["starts"]):
        return False
    if bool(old["ends"]) != bool(new["ends"]):
        return False
    ends = [("starts", True), ("ends", bool(old["ends"]))]
    return all(abs(_minutes(old[name]) - _minutes(new[name])) <= SMALL_SHIFT for name, there in ends if there)


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _where(row: dict[str, Any]) -> str:
    here = (row["place"] or {}).get("name", "")
    there = (row["to_place"] or {}).get("name", "")
    return " – ".join(part for part in (here, there) if part)


def _phones(row: dict[str, Any]) -> str:
    found = [(row["host"] or {}).get("phone", ""), (row["place"] or {}).get("phone", "")]
    return ", ".join(phone for phone in found if phone)


def _names(rows: list[dict[str, Any]]) -> str:
    return ", ".join(row["name"] for row in rows)


def _cars(row: dict[str, Any]) -> str:
    return ", ".join(" ".join(part for part in (car["name"], car["plate"]) if part) for car in row["cars"])


def _name(official: dict[str, Any] | None) -> str:
    return (official or {}).get("name", "")


def _who(row: dict[str, Any], names: dict[int, str]) -> str:
    if row["participants"] is None:
        return _("all the guests")
    return ", ".join(names.get(key, "?") for key in row["participants"])


def _press(row: dict[str, Any]) -> str:
    """Contents frozen before there was the question say nothing of the press."""
    return _("open") if row.get("press") else _("closed")


def _progress(row: dict[str, Any]) -> str:
    """What changes a programme is that an item falls out of it; that one was held is its outcome, not a change."""
    if row["progress"] != Progress.CANCELLED:
        return str(Progress.PLANNED.label)
    return f"{Progress.CANCELLED.label}: {row['progress_note']}"


def _language(code: str) -> str:
    return str(Language(code).label) if code in Language.values else code


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def _change(
    anchor: str, place: str, label: Any, before: str, after: str, *, material: bool = True
) -> Change | None:
    if before == after:
        return None
    return Change(anchor, place, str(label), str(before), str(after), material)
