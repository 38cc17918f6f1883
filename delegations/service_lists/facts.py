"""What every list of a visit is made of: the content in force and the rows of beds, tables and journeys."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Q

from core import personal
from core.actor import Actor
from delegations.choices import MemberKind
from delegations.models import Member, Visit
from delegations.models.hospitality import MealOrder, Room
from delegations.models.members import GUEST_PURPOSE
from delegations.models.travel import TransferLeg
from delegations.papers import content as read
from resources.models import Interpreter

Row = dict[str, Any]  # key, name (in a difference), group (its heading), and a text for each column


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

    def open(self, fields: tuple[str, ...], by: Actor) -> Held:
        """The values a list may show; the reading is written to the access log."""
        if not fields:
            return Held()
        return Held(
            personal.get_values(
                self.people.values(),
                purpose=GUEST_PURPOSE,
                by=by,
                fields=fields,
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
