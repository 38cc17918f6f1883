"""Lists for each who serves a visit (paslaugų sąrašai), each defined once as data: its columns, readers and rows.

A list shows only the columns its reader needs; pages, PDF, XLSX and the difference to what was sent last are made of the
same rows. A column that is `private` holds contacts or special values: it is filled from `core.personal` when a paper is
made, and by salted digests when only the question is whether something changed (see `Held`).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from core import personal
from core.actor import Actor
from core.canonical import content_sha256
from core.dates import range_words
from core.language import decline_post
from delegations.choices import ItemKind, MemberKind, RoomKind
from delegations.models import Member, Visit
from delegations.models.hospitality import MealOrder, Room
from delegations.models.members import GUEST_PURPOSE
from delegations.models.travel import TransferLeg
from delegations.papers import content as read
from partners.choices import Language
from resources.models import Interpreter

Row = dict[str, Any]  # key, name (in a difference), group (its heading), and a text for each column


@dataclass(frozen=True)
class ListColumn:
    name: str
    label: Any
    private: bool = False  # contacts or special values
    css: str = ""


@dataclass(frozen=True)
class ListTable:
    """A table of a list: `rows(facts, reader, held)`."""

    code: str
    title: Any
    columns: tuple[ListColumn, ...]
    rows: Callable[[Facts, Reader, Held], list[Row]]


@dataclass(frozen=True)
class ServiceList:
    """A list for one kind of people who serve: `readers(facts)` are those the programme names now."""

    code: str
    label: Any
    icon: str
    why: Any  # what the reader does with it
    readers: Callable[[Facts], list[Reader]]
    tables: tuple[ListTable, ...]
    guest_fields: tuple[str, ...] = ()  # of GUEST_PURPOSE: all this list may open

    @property
    def is_private(self) -> bool:
        return any(column.private for table in self.tables for column in table.columns)


@dataclass(frozen=True)
class Reader:
    """Whose list it is: "driver:12" is the driver, "hotel:3" the hotel, "press" whoever meets the journalists."""

    list_code: str
    pk: int | None
    name: str
    phone: str = ""  # of an institution or an official

    @property
    def key(self) -> str:
        return f"{self.list_code}:{self.pk}" if self.pk else self.list_code

    @property
    def is_person(self) -> bool:
        """Its mail lies encrypted with the resource."""
        return self.list_code in ("driver", "interpreter")


@dataclass(frozen=True)
class Held:
    """Private values of the guests by key and field: the words themselves, or digests that only tell a change."""

    guests: dict[int, dict[str, str]] = field(default_factory=dict)

    def of(self, member: int, name: str) -> str:
        return self.guests.get(member, {}).get(name, "")


class Facts:
    """What every list of a visit is made of, read once: the content in force and the rows of beds, tables and journeys."""

    def __init__(self, visit: Visit, content: dict[str, Any], *, shared: Facts | None = None) -> None:
        self.visit, self.content, self._shared = visit, content, shared
        self.items: list[Row] = [row for _on, rows in read.items_by_day(content) for row in rows]
        self.members: dict[int, Row] = {row["key"]: row for row in content["members"]}

    # --- rows beside the programme, the same whichever version is looked at ---------------------------------

    @cached_property
    def rooms(self) -> list[Room]:
        if self._shared:
            return self._shared.rooms
        rooms = Room.objects.filter(self._own_items()).prefetch_related("guests")
        return list(rooms.order_by("kind", "number", "pk"))

    @cached_property
    def meals(self) -> dict[int, MealOrder]:
        if self._shared:
            return self._shared.meals
        orders = MealOrder.objects.filter(self._own_items()).prefetch_related("seats")
        return {order.item_id: order for order in orders}

    @cached_property
    def legs(self) -> dict[int, list[Any]]:
        """Journeys that each transfer meets."""
        if self._shared:
            return self._shared.legs
        found: dict[int, list[Any]] = {}
        rows = TransferLeg.objects.filter(leg__visit=self.visit).select_related("leg__place")
        for row in rows.order_by("leg__moment", "leg_id"):
            found.setdefault(row.item_id, []).append(row.leg)
        return found

    @cached_property
    def people(self) -> dict[int, Member]:
        if self._shared:
            return self._shared.people
        return {member.pk: member for member in self.visit.members.select_related("person")}

    @cached_property
    def pairs(self) -> dict[int, list[str]]:
        """Foreign languages of the interpreters of the programme."""
        keys = {one["key"] for row in self.items for one in row["interpreters"]}
        if not keys:
            return {}
        rows = Interpreter.objects.filter(pk__in=keys).prefetch_related("pairs")
        return {row.pk: row.foreign_languages for row in rows}

    @cached_property
    def digests(self) -> Held:
        """Nothing is opened: enough to tell that a value is another one now."""
        if self._shared:
            return self._shared.digests
        return Held(personal.references(self.people.values(), purpose=GUEST_PURPOSE))

    def _own_items(self) -> Q:
        """Items of the visit itself and those its festival shares with other delegations."""
        own = Q(item__visit=self.visit)
        return own | Q(item__festival=self.visit.occasion_id) if self.visit.occasion_id else own

    # --- reading ---------------------------------------------------------------------------------------------

    def open(self, one: ServiceList, by: Actor) -> Held:
        """The values this list may show; the reading is written to the access log."""
        if not one.guest_fields:
            return Held()
        return Held(
            personal.get_values(
                self.people.values(),
                purpose=GUEST_PURPOSE,
                by=by,
                fields=one.guest_fields,
                matter=self.visit,
            )
        )

    def attending(self, item: Row) -> list[Row]:
        """Guests of an item in their order."""
        keys = item["participants"]
        return [row for key, row in self.members.items() if keys is None or key in keys]

    def chief(self, item: Row) -> Row | None:
        """Whom an item honours: the head if she is there, else the first by precedence."""
        there = self.attending(item)
        return next((row for row in there if row["kind"] == MemberKind.HEAD), there[0] if there else None)


# --- words of every list --------------------------------------------------------------------------------------


def _language() -> str:
    return get_language() or "lt"


def _base(item: Row) -> Row:
    on, language = read.day(item["on"]), _language()
    heading = read.day_heading(on, language)
    return {
        "key": f"item:{item['key']}",
        "group": heading,
        "hours": read.hours(item, language),
        "name": ", ".join(
            part for part in (heading, read.hours(item, language), read.title(item, language)) if part
        ),
        "what": read.title(item, language),
    }


def _names(rows: Iterable[Row]) -> str:
    return ", ".join(row["name"] for row in rows)


def _own(row: Row) -> str:
    """ "Tetiana Gžycka (Тетяна Ґжицька)": what an official reads, and what stands on her own papers."""
    return f"{row['name']} ({row['own_name']})" if row["own_name"] else row["name"]


def _post(row: Row) -> str:
    if _language() == "lt":
        return row["post_lt"] or row["post_local"]
    return row["post_local"] or row["post_lt"]


def _guests(count: int) -> str:
    return ngettext("%(count)d guest", "%(count)d guests", count) % {"count": count}


def _address(place: Row | None) -> str:
    if not place:
        return ""
    return ", ".join(part for part in (read.place_name(place, _language()), place["address"]) if part)


def _cars(item: Row) -> list[str]:
    return [read.numbered(car["name"], car["plate"]) for car in item["cars"]]


def _places_of(facts: Facts, code: str, kinds: tuple[str, ...]) -> list[Reader]:
    found: dict[int, Reader] = {}
    for item in facts.items:
        place = item["place"]
        if place and item["kind"] in kinds:
            found.setdefault(place["key"], Reader(code, place["key"], place["name"], place["phone"]))
    return list(found.values())


def _serving(facts: Facts, code: str, group: str) -> list[Reader]:
    found: dict[int, Reader] = {}
    for item in facts.items:
        for one in item[group]:
            found.setdefault(one["key"], Reader(code, one["key"], one["name"]))
    return list(found.values())


def _at(facts: Facts, reader: Reader, *kinds: str) -> list[Row]:
    return [
        item
        for item in facts.items
        if item["kind"] in kinds and item["place"] and item["place"]["key"] == reader.pk
    ]


def _served(facts: Facts, reader: Reader, group: str) -> list[Row]:
    return [item for item in facts.items if reader.pk in {one["key"] for one in item[group]}]


# --- hotel ----------------------------------------------------------------------------------------------------


def hotel_rows(facts: Facts, reader: Reader, held: Held) -> list[Row]:
    """Rooms with who sleeps in them; guests without a room stand last, so that none is forgotten."""
    rows: list[Row] = []
    for item in _at(facts, reader, ItemKind.ACCOMMODATION):
        first = read.day(item["on"])
        last = read.day(item["until_on"]) if item["until_on"] else first + datetime.timedelta(days=1)
        placed: set[int] = set()
        for room in (room for room in facts.rooms if room.item_id == item["key"]):
            guests = [guest.member_id for guest in room.guests.all() if guest.member_id in facts.members]
            guests.sort(key=list(facts.members).index)
            placed.update(guests)
            rows.append(
                _room(facts, held, f"room:{room.pk}", str(RoomKind(room.kind).label), room.number, guests)
                | {"nights": _nights(room.on, room.until_on), "note": room.note}
            )
        for member in facts.attending(item):
            if member["key"] not in placed:
                row = _room(
                    facts, held, f"item:{item['key']}:{member['key']}", _("no room yet"), "", [member["key"]]
                )
                rows.append(row | {"nights": _nights(first, last), "note": ""})
    return rows


def _room(facts: Facts, held: Held, key: str, kind: str, number: str, guests: list[int]) -> Row:
    needs = [
        f"{facts.members[pk]['name']}: {text}" for pk in guests if (text := held.of(pk, "accessibility"))
    ]
    names = ", ".join(facts.members[pk]["name"] for pk in guests)
    return {
        "key": key,
        "group": "",
        "name": ", ".join(part for part in (kind, number, names) if part),
        "kind": kind,
        "number": number,
        "guests": names or "–",
        "needs": "; ".join(needs),
    }


def _nights(first: datetime.date, last: datetime.date) -> str:
    count = (last - first).days
    words = ngettext("%(count)d night", "%(count)d nights", count) % {"count": count}
    if _language() == "lt":
        return f"{range_words(first, last)} ({words})"
    return f"{read.days_of_visit(first, last, _language())} ({words})"


# --- kitchen --------------------------------------------------------------------------------------------------


def kitchen_rows(facts: Facts, reader: Reader, held: Held) -> list[Row]:
    """Heads, tables and menu of each meal; a guest is named only where a diet is served to her."""
    rows = []
    for item in _at(facts, reader, ItemKind.MEAL):
        order, there = facts.meals.get(item["key"]), facts.attending(item)
        seats = {seat.member_id: seat.table for seat in order.seats.all()} if order else {}
        ours = order.hosts if order else 0
        rows.append(
            _base(item)
            | {
                "heads": _heads(len(there), ours),
                "diets": _diets(there, seats, held),
                "tables": _tables(there, seats),
                "menu": order.menu if order else "",
                "note": order.note if order else "",
            }
        )
    return rows


def _heads(guests: int, ours: int) -> str:
    if not ours:
        return str(guests)
    return _("%(all)d: %(guests)s and %(ours)d of ours") % {
        "all": guests + ours,
        "guests": _guests(guests),
        "ours": ours,
    }


def _diets(there: list[Row], seats: dict[int, str], held: Held) -> str:
    """ "2 × vegetariška: Ieva Krūmiņa (1 stalas), Jānis Ozols"."""
    found: dict[str, tuple[str, list[str]]] = {}
    for member in there:
        if diet := held.of(member["key"], "diet").strip():
            table = seats.get(member["key"], "")
            name = f"{member['name']} ({table})" if table else member["name"]
            found.setdefault(diet.casefold(), (diet, []))[1].append(name)
    return "\n".join(f"{len(names)} × {diet}: {', '.join(names)}" for diet, names in found.values())


def _tables(there: list[Row], seats: dict[int, str]) -> str:
    counts: dict[str, int] = {}
    for member in there:
        if table := seats.get(member["key"]):
            counts[table] = counts.get(table, 0) + 1
    return "; ".join(f"{table}: {count}" for table, count in sorted(counts.items()))


# --- driver ---------------------------------------------------------------------------------------------------


def driver_rows(facts: Facts, reader: Reader, held: Held) -> list[Row]:
    """Her own ways alone: hours, from where to where, whom she takes, which flight she meets."""
    rows = []
    for item in _served(facts, reader, "drivers"):
        there, chief = facts.attending(item), facts.chief(item)
        called = next((row for row in [chief, *there] if row and held.of(row["key"], "phone")), None)
        rows.append(
            _base(item)
            | {
                "from": _address(item["place"]),
                "to": _address(item["to_place"]),
                "car": "; ".join(_cars(item)),
                "count": str(len(there)),
                "who": _names(there),
                "phone": read.numbered(called["name"], held.of(called["key"], "phone")) if called else "",
                "flight": "; ".join(_leg(leg) for leg in facts.legs.get(item["key"], [])),
            }
        )
    return rows


def _leg(leg: Any) -> str:
    """ "LO 781, Varšuva, 14.05"; one that does not run says so."""
    moment = leg.local_moment
    clock = read.hour(f"{moment:%H:%M}", _language())
    words = [str(leg), leg.other_end, _("does not run") if leg.is_cancelled else clock]
    return ", ".join(word for word in words if word)


# --- interpreter ----------------------------------------------------------------------------------------------


def interpreter_rows(facts: Facts, reader: Reader, held: Held) -> list[Row]:
    """Where she interprets, for whom and between which languages."""
    spoken = facts.pairs.get(reader.pk or 0, [])
    rows = []
    for item in _served(facts, reader, "interpreters"):
        there, chief = facts.attending(item), facts.chief(item)
        host = item["host"] or {}
        wanted = [code for code in spoken if code in facts.content["languages"]] or spoken
        rows.append(
            _base(item)
            | {
                "where": _address(item["place"]),
                "host": ", ".join(part for part in (host.get("name", ""), host.get("post", "")) if part),
                "guests": ", ".join(
                    part for part in (chief["name"] if chief else "", _guests(len(there))) if part
                ),
                "languages": ", ".join(_language_label(code) for code in wanted),
            }
        )
    return rows


def _language_label(code: str) -> str:
    return str(Language(code).label) if code in Language.values else code


# --- security and the door ------------------------------------------------------------------------------------


def door_rows(facts: Facts, reader: Reader, held: Held) -> list[Row]:
    """Who comes in, when, into which hall, and in which cars they arrive at this door."""
    rows = []
    for item in _at(facts, reader, ItemKind.MEETING, ItemKind.CEREMONY):
        there = facts.attending(item)
        cars = dict.fromkeys(_cars(item))
        for way in facts.items:
            if way["on"] == item["on"] and way["to_place"] and way["to_place"]["key"] == reader.pk:
                cars.update(dict.fromkeys(_cars(way)))
        rows.append(
            _base(item)
            | {
                "hall": ", ".join(one["name"] for one in item["halls"]),
                "count": str(len(there) + len(item["interpreters"])),
                "who": "\n".join(
                    [
                        *(_own(row) for row in there),
                        *(
                            f"{one['name']} ({pgettext('who serves', 'interpreter')})"
                            for one in item["interpreters"]
                        ),
                    ]
                ),
                "host": (item["host"] or {}).get("name", ""),
                "cars": "\n".join(cars),
            }
        )
    return rows


# --- press ----------------------------------------------------------------------------------------------------


def press_readers(facts: Facts) -> list[Reader]:
    is_needed = _open_items(facts) or _journalists(facts)
    return [_office(facts, "press")] if is_needed else []


def _open_items(facts: Facts) -> list[Row]:
    return [item for item in facts.items if item.get("press")]


def _journalists(facts: Facts) -> list[Row]:
    return [row for row in facts.members.values() if row["kind"] == MemberKind.PRESS]


def press_rows(facts: Facts, reader: Reader, held: Held) -> list[Row]:
    return [
        _base(item) | {"where": read.where(item, _language()), "host": (item["host"] or {}).get("name", "")}
        for item in _open_items(facts)
    ]


def journalist_rows(facts: Facts, reader: Reader, held: Held) -> list[Row]:
    return [
        {
            "key": f"member:{row['key']}",
            "group": "",
            "name": row["name"],
            "who": _own(row),
            "post": _post(row),
            "languages": ", ".join(_language_label(code) for code in row["languages"]),
        }
        for row in _journalists(facts)
    ]


# --- gifts ----------------------------------------------------------------------------------------------------


def gift_readers(facts: Facts) -> list[Reader]:
    return [_office(facts, "gifts")] if gift_rows(facts, Reader("gifts", None, ""), Held()) else []


def gift_rows(facts: Facts, reader: Reader, held: Held) -> list[Row]:
    """To whom a gift is handed at each meeting and ceremony, and how she is addressed."""
    rows = []
    for item in facts.items:
        chief = facts.chief(item)
        if item["kind"] not in (ItemKind.MEETING, ItemKind.CEREMONY) or chief is None:
            continue
        person = facts.people.get(chief["key"])
        known = person.person if person else None
        rows.append(
            _base(item)
            | {
                "where": read.where(item, _language()),
                "from": (item["host"] or {}).get("name", ""),
                "to": _own(chief),
                "post": _post(chief),
                "address": _salutation(chief, person.gender if person else ""),
                "said": known.pronunciation if known else "",
            }
        )
    return rows


def _salutation(row: Row, gender: str) -> str:
    """ "Gerbiamas mere": the Lithuanian form, since it is said by us."""
    if gender not in ("m", "f"):
        return ""
    post = row["post_lt"].partition(",")[0]
    word = "Gerbiamas" if gender == "m" else "Gerbiama"
    return f"{word} {decline_post(post, gender, 'vocative')}" if post else ""


def _office(facts: Facts, code: str) -> Reader:
    person = facts.content["responsible"]
    return Reader(code, None, person["name"], person["phone"])


# --- the lists ------------------------------------------------------------------------------------------------

HOURS = ListColumn("hours", gettext_lazy("Hours"), css="num")
WHAT = ListColumn("what", pgettext_lazy("list", "Item"))

LISTS: tuple[ServiceList, ...] = (
    ServiceList(
        "hotel",
        gettext_lazy("Hotel"),
        "bed",
        gettext_lazy("Rooming list: rooms, who sleeps in them, nights."),
        lambda facts: _places_of(facts, "hotel", (ItemKind.ACCOMMODATION,)),
        (
            ListTable(
                "rooms",
                gettext_lazy("Rooms"),
                (
                    ListColumn("kind", gettext_lazy("Room")),
                    ListColumn("number", pgettext_lazy("of a room", "Number"), css="num"),
                    ListColumn("guests", gettext_lazy("Guests")),
                    ListColumn("nights", gettext_lazy("Nights")),
                    ListColumn("needs", gettext_lazy("Special needs"), private=True),
                    ListColumn("note", gettext_lazy("Note")),
                ),
                hotel_rows,
            ),
        ),
        ("accessibility",),
    ),
    ServiceList(
        "kitchen",
        gettext_lazy("Kitchen"),
        "tools-kitchen-2",
        gettext_lazy("Heads, diets, tables and menu of each meal."),
        lambda facts: _places_of(facts, "kitchen", (ItemKind.MEAL,)),
        (
            ListTable(
                "meals",
                gettext_lazy("Meals"),
                (
                    HOURS,
                    WHAT,
                    ListColumn("heads", gettext_lazy("Heads")),
                    ListColumn("diets", pgettext_lazy("list", "Diets to serve"), private=True),
                    ListColumn("tables", gettext_lazy("Tables")),
                    ListColumn("menu", gettext_lazy("Menu")),
                    ListColumn("note", gettext_lazy("Note")),
                ),
                kitchen_rows,
            ),
        ),
        ("diet",),
    ),
    ServiceList(
        "driver",
        gettext_lazy("Driver"),
        "steering-wheel",
        gettext_lazy("Own ways: from where to where, whom to take, which flight to meet."),
        lambda facts: _serving(facts, "driver", "drivers"),
        (
            ListTable(
                "ways",
                gettext_lazy("Ways"),
                (
                    HOURS,
                    ListColumn("from", pgettext_lazy("a way", "From")),
                    ListColumn("to", pgettext_lazy("a way", "To")),
                    ListColumn("car", gettext_lazy("Car")),
                    ListColumn("count", gettext_lazy("Passengers"), css="num"),
                    ListColumn("who", pgettext_lazy("list", "Who goes")),
                    ListColumn("phone", gettext_lazy("Telephone"), private=True),
                    ListColumn("flight", gettext_lazy("Flight or train")),
                ),
                driver_rows,
            ),
        ),
        ("phone",),
    ),
    ServiceList(
        "interpreter",
        gettext_lazy("Interpreter"),
        "language",
        gettext_lazy("Own items: where, with whom, which languages."),
        lambda facts: _serving(facts, "interpreter", "interpreters"),
        (
            ListTable(
                "items",
                gettext_lazy("Items"),
                (
                    HOURS,
                    WHAT,
                    ListColumn("where", gettext_lazy("Where")),
                    ListColumn("host", gettext_lazy("Hosted by")),
                    ListColumn("guests", gettext_lazy("Guests")),
                    ListColumn("languages", gettext_lazy("Languages")),
                ),
                interpreter_rows,
            ),
        ),
    ),
    ServiceList(
        "door",
        gettext_lazy("Security and door"),
        "shield-check",
        gettext_lazy("Who comes in and when, which cars arrive."),
        lambda facts: _places_of(facts, "door", (ItemKind.MEETING, ItemKind.CEREMONY)),
        (
            ListTable(
                "entries",
                gettext_lazy("Who comes in"),
                (
                    HOURS,
                    WHAT,
                    ListColumn("hall", gettext_lazy("Hall")),
                    ListColumn("count", pgettext_lazy("people", "How many"), css="num"),
                    ListColumn("who", gettext_lazy("Who comes in")),
                    ListColumn("host", gettext_lazy("Met by")),
                    ListColumn("cars", gettext_lazy("Cars")),
                ),
                door_rows,
            ),
        ),
    ),
    ServiceList(
        "press",
        gettext_lazy("Press accreditation"),
        "news",
        gettext_lazy("Items open to the press, journalists who come with the guests."),
        press_readers,
        (
            ListTable(
                "items",
                gettext_lazy("Open to the press"),
                (
                    HOURS,
                    WHAT,
                    ListColumn("where", gettext_lazy("Where")),
                    ListColumn("host", gettext_lazy("Hosted by")),
                ),
                press_rows,
            ),
            ListTable(
                "journalists",
                gettext_lazy("Journalists"),
                (
                    ListColumn("who", gettext_lazy("Name and surname")),
                    ListColumn("post", gettext_lazy("Outlet and post")),
                    ListColumn("languages", gettext_lazy("Languages")),
                ),
                journalist_rows,
            ),
        ),
    ),
    ServiceList(
        "gifts",
        gettext_lazy("Gift bearer"),
        "gift",
        gettext_lazy("To whom a gift is handed, when, and how she is addressed."),
        gift_readers,
        (
            ListTable(
                "gifts",
                gettext_lazy("Gifts"),
                (
                    HOURS,
                    WHAT,
                    ListColumn("where", gettext_lazy("Where")),
                    ListColumn("from", pgettext_lazy("a gift", "From whom")),
                    ListColumn("to", pgettext_lazy("a gift", "To whom")),
                    ListColumn("post", gettext_lazy("Post")),
                    ListColumn("address", gettext_lazy("How to address")),
                    ListColumn("said", gettext_lazy("How it is said")),
                ),
                gift_rows,
            ),
        ),
    ),
)
BY_CODE = {one.code: one for one in LISTS}


def readers_of(facts: Facts) -> list[tuple[ServiceList, Reader]]:
    """Everyone whom the programme gives something to do."""
    return [(one, reader) for one in LISTS for reader in one.readers(facts)]


# --- content: what is compared and kept -----------------------------------------------------------------------


def tables_of(
    one: ServiceList, facts: Facts, reader: Reader, held: Held
) -> list[tuple[ListTable, list[Row]]]:
    return [(table, table.rows(facts, reader, held)) for table in one.tables]


def content_of(one: ServiceList, facts: Facts, reader: Reader) -> list[dict[str, Any]]:
    """The rows without contacts and special values: of these only a digest that dies with their keys."""
    kept = []
    for table, rows in tables_of(one, facts, reader, facts.digests):
        private = [column.name for column in table.columns if column.private]
        plain = [column.name for column in table.columns if not column.private]
        for row in rows:
            kept.append(
                {
                    "table": table.code,
                    "key": row["key"],
                    "name": row["name"],
                    "group": row["group"],
                    "cells": {name: row[name] for name in plain},
                    "private": content_sha256([row[name] for name in private]) if private else "",
                }
            )
    return kept


def digest_of(content: list[dict[str, Any]]) -> str:
    return content_sha256(content)


def changes_of(
    one: ServiceList, old: list[dict[str, Any]], new: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Rows added, taken away, moved and changed, in the words of the list; nothing private is in them."""
    before = {(row["table"], row["key"]): row for row in old}
    after = {(row["table"], row["key"]): row for row in new}
    found = []
    for key, row in after.items():
        if key not in before:
            found.append(_change(row, _("added"), "", _summary(one, row)))
        else:
            found += _row_changes(one, before[key], row)
    found += [
        _change(row, _("taken away"), _summary(one, row), "")
        for key, row in before.items()
        if key not in after
    ]
    return found


def _row_changes(one: ServiceList, old: dict[str, Any], new: dict[str, Any]) -> list[dict[str, Any]]:
    labels = {
        column.name: str(column.label)
        for table in one.tables
        if table.code == new["table"]
        for column in table.columns
    }
    found = []
    if old["group"] != new["group"]:
        found.append(_change(new, _("moved to another day"), old["group"], new["group"]))
    for name, value in new["cells"].items():
        was = old["cells"].get(name, "")
        if was != value:
            label = _("moved") if name == "hours" else labels.get(name, name)
            found.append(_change(new, label, was, value))
    if old["private"] != new["private"]:
        private = [str(c.label) for t in one.tables if t.code == new["table"] for c in t.columns if c.private]
        found.append(_change(new, ", ".join(private), _("as before"), _("changed")))
    return found


def _summary(one: ServiceList, row: dict[str, Any]) -> str:
    return (
        "; ".join(
            " ".join(value.split())
            for name, value in row["cells"].items()
            if value and name not in ("hours", "what")
        )
        or row["name"]
    )


def _change(row: dict[str, Any], field: str, before: str, after: str) -> dict[str, Any]:
    return {"anchor": row["key"], "place": row["name"], "field": field, "before": before, "after": after}
