"""What every list of a visit is made of: the content in force and the rows of beds, tables and journeys."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce, JSONObject

from core import personal
from core.actor import Actor
from delegations.choices import MemberKind
from delegations.models import Member, Visit
from delegations.models.hospitality import MealOrder, Room, RoomGuest, TableSeat
from delegations.models.members import GUEST_PURPOSE
from delegations.models.travel import TravelLeg
from delegations.papers import content as read
from media_monitoring.models import Accreditation
from partners.choices import Language
from resources.models import LanguagePair, Resource

Row = dict[str, Any]  # key, name (in a difference), group (its heading), and a text for each column


@dataclass(frozen=True)
class Held:
    """Private values of the guests by key and field: the words themselves, or digests that only tell a change."""

    guests: dict[int, dict[str, str]] = field(default_factory=dict)

    def of(self, member: int, name: str) -> str:
        return self.guests.get(member, {}).get(name, "")


class Facts:
    """What every list of a visit is made of, read once: the content in force and the rows of beds, tables and journeys."""

    def __init__(
        self,
        visit: Visit,
        content: dict[str, Any],
        *,
        shared: Facts | None = None,
        members: list[Member] | None = None,
        legs: list[TravelLeg] | None = None,
        present: dict[str, Any] | None = None,
    ) -> None:
        """`shared` has the rows read already; so have `members`, `legs` and the `present` content, where they were."""
        self.visit, self.content, self._shared = visit, content, shared
        self._members, self._legs, self._present = members, legs, present
        self.items: list[Row] = [row for _on, rows in read.items_by_day(content) for row in rows]
        self.members: dict[int, Row] = {row["key"]: row for row in content["members"]}

    # --- rows beside the programme, the same whichever version is looked at ---------------------------------

    @cached_property
    def rooms(self) -> list[Room]:
        """With `guest_pks`."""
        if self._shared:
            return self._shared.rooms
        guests = RoomGuest.objects.filter(room=OuterRef("pk")).order_by("pk").values("member")
        ours = RoomGuest.objects.filter(
            room=OuterRef("pk"), member__visit=self.visit
        )  # in a shared hotel too
        own = Room.objects.filter(Q(item__visit=self.visit) | Q(Exists(ours)))
        rooms = own.annotate(guest_pks=ArraySubquery(guests))
        return list(rooms.order_by("kind", "number", "pk"))

    @cached_property
    def meals(self) -> dict[int, MealOrder]:
        """Orders by item, with `seated`: who sits at which table."""
        if self._shared:
            return self._shared.meals
        seats = TableSeat.objects.filter(meal=OuterRef("pk")).order_by("pk")
        seated = seats.values(seat=JSONObject(member="member_id", table="table"))
        orders = MealOrder.objects.filter(self._own_items()).annotate(seated=ArraySubquery(seated))
        return {order.item_id: order for order in orders}

    @cached_property
    def legs(self) -> dict[int, list[TravelLeg]]:
        """Journeys that each transfer meets."""
        if self._shared:
            return self._shared.legs
        found: dict[int, list[TravelLeg]] = {}
        for leg in self.visit.legs.whole().in_order() if self._legs is None else self._legs:
            for item in leg.item_pks:
                found.setdefault(item, []).append(leg)
        return found

    @cached_property
    def accredited(self) -> list[Accreditation]:
        """Journalists of ours let in to this visit, or to its festival."""
        if self._shared:
            return self._shared.accredited
        matters = [pk for pk in (self.visit.pk, self.visit.occasion_id) if pk]
        rows = Accreditation.objects.granted().filter(matter__in=matters)
        return list(rows.select_related("journalist__outlet").order_by("journalist__sort_key", "pk"))

    @cached_property
    def people(self) -> dict[int, Member]:
        if self._shared:
            return self._shared.people
        rows = self.visit.members.select_related("person") if self._members is None else self._members
        return {member.pk: member for member in rows}

    @cached_property
    def genders(self) -> dict[int, str]:
        """Of the people who serve, by resource."""
        return {pk: gender for pk, (gender, _languages) in self._servers.items()}

    def _serving(self) -> list[int]:
        return [one["key"] for row in self.items for kind in ("interpreters", "drivers") for one in row[kind]]

    @cached_property
    def _servers(self) -> dict[int, tuple[str, list[str]]]:
        """Gender and foreign languages of whoever serves, in one query."""
        known = self._shared._servers if self._shared else {}
        keys = set(self._serving()) - set(known)
        if not keys:
            return known
        pairs = LanguagePair.objects.filter(interpreter=OuterRef("pk")).order_by("pk")
        rows = Resource.objects.filter(pk__in=keys).order_by()
        found = rows.values_list(
            "pk",
            Coalesce("interpreter__gender", "driver__gender"),
            ArraySubquery(pairs.values("one")),
            ArraySubquery(pairs.values("other")),
        )
        return known | {
            pk: (
                gender,
                list(
                    dict.fromkeys(
                        code
                        for pair in zip(ones, others, strict=True)
                        for code in pair
                        if code != Language.LT
                    )
                ),
            )
            for pk, gender, ones, others in found
        }

    @cached_property
    def pairs(self) -> dict[int, list[str]]:
        """Foreign languages of the interpreters of the programme."""
        return {pk: languages for pk, (_gender, languages) in self._servers.items()}

    @cached_property
    def digests(self) -> Held:
        """Nothing is opened: enough to tell that a value is another one now."""
        if self._shared:
            return self._shared.digests
        if self._present is not None:
            return Held({row["key"]: row["personal"] for row in self._present["members"]})
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
