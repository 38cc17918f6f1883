"""What a visit costs as far as its services say: hotels, meals, tickets, interpreters.

A price nobody has written is told as missing; it is never a zero. Estimates take the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from core.columns import Column
from core.dates import day_words
from delegations.choices import ItemKind, Progress, TicketState
from delegations.models import MealOrder, Member, ProgrammeItem, Ticket, Visit
from delegations.rooming import Stay, load_stays, taking
from resources.services import Work, works_of_matter

GROUPS = ("hotel", "meals", "tickets", "interpreters", "shared")


def group_label(code: str) -> str:
    return {
        "hotel": _("Hotels"),
        "meals": _("Meals"),
        "tickets": _("Tickets"),
        "interpreters": _("Interpreters"),
        "shared": _("Part of what the festival shares"),
    }[code]


@dataclass(frozen=True)
class Cost:
    """One line: what, how many of what unit, at what price; `total` is None when the price is not known."""

    group: str
    what: str
    quantity: Decimal
    unit: str
    price: Decimal | None

    @property
    def total(self) -> Decimal | None:
        return None if self.price is None else (self.price * self.quantity).quantize(Decimal("0.01"))

    @property
    def group_label(self) -> str:
        return group_label(self.group)


@dataclass(frozen=True)
class CostGroup:
    code: str
    lines: tuple[Cost, ...]

    @property
    def label(self) -> str:
        return group_label(self.code)

    @property
    def total(self) -> Decimal:
        return sum((line.total for line in self.lines if line.total is not None), Decimal(0))

    @property
    def unpriced(self) -> int:
        return sum(1 for line in self.lines if line.price is None)

    @property
    def is_known(self) -> bool:
        return any(line.price is not None for line in self.lines)


@dataclass(frozen=True)
class Costs:
    groups: tuple[CostGroup, ...]

    @property
    def lines(self) -> list[Cost]:
        return [line for group in self.groups for line in group.lines]

    @property
    def total(self) -> Decimal:
        return sum((group.total for group in self.groups), Decimal(0))

    @property
    def is_known(self) -> bool:
        return any(group.is_known for group in self.groups)

    @property
    def unpriced(self) -> int:
        return sum(group.unpriced for group in self.groups)


COLUMNS = (
    Column("group_label", gettext_lazy("Group")),
    Column("what", gettext_lazy("What")),
    Column("quantity", gettext_lazy("How many"), value=lambda row: float(row.quantity)),
    Column("unit", gettext_lazy("Unit")),
    Column(
        "price", gettext_lazy("Price, €"), value=lambda row: None if row.price is None else float(row.price)
    ),
    Column(
        "total", gettext_lazy("Sum, €"), value=lambda row: None if row.total is None else float(row.total)
    ),
)


def costs_of(visit: Visit) -> Costs:
    """Read everything that costs; a page that has read the parts hands them to `reckon`."""
    from delegations.shared_costs import read_shared  # noqa: PLC0415 -- it is made of these rows

    items = list(visit.programme.alive().in_order().whole())
    members = list(visit.members.all())
    orders = {
        order.item_id: order for order in MealOrder.objects.filter(item__in=[item.pk for item in items])
    }
    return reckon(
        stays=load_stays(visit, items=items, members=members),
        meals=[item for item in items if item.kind == ItemKind.MEAL and item.progress != Progress.CANCELLED],
        orders=orders,
        members=members,
        tickets=visit.tickets.all(),
        works=works_of_matter(visit),
        shared=[
            line
            for one in read_shared([visit.occasion_id] if visit.occasion_id else []).values()
            for line in one.lines(len(members))
        ],
    )


def reckon(
    *,
    stays: Iterable[Stay],
    meals: Iterable[ProgrammeItem],
    orders: dict[int, MealOrder],
    members: list[Member],
    tickets: Iterable[Ticket],
    works: Iterable[Work],
    shared: Iterable[Cost] = (),
) -> Costs:
    lines: dict[str, list[Cost]] = {code: [] for code in GROUPS}
    for stay in stays:
        lines["hotel"] += _rooms(stay)
    for item in meals:
        order = orders.get(item.pk)
        heads = heads_of(item, members, order)
        lines["meals"].append(
            Cost(
                "meals",
                f"{day_words(item.on)}: {item.title}",
                Decimal(heads),
                ngettext("person", "people", heads),
                order.price if order else None,
            )
        )
    for ticket in tickets:
        lines["tickets"].append(
            Cost(
                "tickets",
                ticket.what,
                Decimal(ticket.count),
                ngettext("ticket", "tickets", ticket.count),
                ticket.price,
            )
        )
    for work in works:
        if work.is_paid and work.hours:
            lines["interpreters"].append(
                Cost("interpreters", work.interpreter.name, work.hours, _("h"), work.interpreter.fee)
            )
    lines["shared"] += shared
    return Costs(tuple(CostGroup(code, tuple(rows)) for code, rows in lines.items() if rows))


def heads_of(item: ProgrammeItem, members: list[Member], order: MealOrder | None) -> int:
    """Who eats at the delegation's cost: at a meal that a festival shares, our own people are no delegation's."""
    hosts = 0 if order is None or item.is_shared else order.hosts
    return len(taking(item, members)) + hosts


def _rooms(stay: Stay) -> list[Cost]:
    """Rooms of one kind and price are one line: so many nights of a room."""
    found: dict[tuple[Any, Decimal | None], list[Any]] = {}
    for room in stay.rooms:
        found.setdefault((room.get_kind_display(), room.price), []).append(room)
    where = stay.item.place.label if stay.item.place else stay.item.title
    return [
        Cost(
            "hotel",
            pgettext("room", "%(where)s: %(kind)s, %(count)d")
            % {"where": where, "kind": kind, "count": len(rooms)},
            Decimal(sum(room.nights for room in rooms)),
            _("room nights"),
            price,
        )
        for (kind, price), rooms in found.items()
    ]


def to_buy(tickets: Iterable[Ticket]) -> list[Ticket]:
    return [ticket for ticket in tickets if ticket.state == TicketState.NEEDED]
