"""The lists as data: columns, readers, rows."""

from __future__ import annotations

from django.utils.translation import gettext_lazy, pgettext_lazy

from delegations.choices import ItemKind
from delegations.service_lists.definition import ListColumn, ListTable, Reader, ServiceList
from delegations.service_lists.door import door_rows
from delegations.service_lists.driver import driver_rows
from delegations.service_lists.facts import Facts
from delegations.service_lists.gifts import gift_readers, gift_rows
from delegations.service_lists.hotel import hotel_rows
from delegations.service_lists.interpreter import interpreter_rows
from delegations.service_lists.kitchen import kitchen_rows
from delegations.service_lists.press import (
    accredited_rows,
    journalist_rows,
    press_readers,
    press_rows,
)
from delegations.service_lists.words import places_of, serving

HOURS = ListColumn("hours", gettext_lazy("Hours"), css="num")
WHAT = ListColumn("what", pgettext_lazy("list", "Item"))

LISTS: tuple[ServiceList, ...] = (
    ServiceList(
        "hotel",
        gettext_lazy("Hotel"),
        "bed",
        gettext_lazy("Rooming list: rooms, who sleeps in them, nights."),
        lambda facts: places_of(facts, "hotel", (ItemKind.ACCOMMODATION,)),
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
        lambda facts: places_of(facts, "kitchen", (ItemKind.MEAL,)),
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
        lambda facts: serving(facts, "driver", "drivers"),
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
        lambda facts: serving(facts, "interpreter", "interpreters"),
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
        lambda facts: places_of(facts, "door", (ItemKind.MEETING, ItemKind.CEREMONY)),
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
        gettext_lazy("Items open to the press, journalists who come with the guests and who are accredited."),
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
            ListTable(
                "accredited",
                gettext_lazy("Accredited journalists"),
                (
                    ListColumn("who", gettext_lazy("Name and surname")),
                    ListColumn("post", gettext_lazy("Outlet and post")),
                    ListColumn("languages", gettext_lazy("Languages")),
                ),
                accredited_rows,
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
