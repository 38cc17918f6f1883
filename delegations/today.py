"""A day of a visit or a festival as somebody walks through it: what is on, what comes next, who is where, whom to call."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from core import personal
from core.actor import Actor
from delegations import guest_board
from delegations.choices import ItemKind, MemberKind, Progress
from delegations.models import Festival, Member, ProgrammeItem, Visit
from delegations.models.members import GUEST_PURPOSE
from resources.choices import ResourceKind
from resources.models import Resource
from resources.models.resources import CONTACT_PURPOSE


@dataclass
class Call:
    """Somebody to ring: the number may be kept back until it is asked for."""

    name: str
    role: Any
    icon: str
    number: str = ""
    resource_id: int = 0

    @property
    def link(self) -> str:
        return f"tel:{''.join(ch for ch in self.number if ch.isdigit() or ch == '+')}"


@dataclass
class Line:
    """An item of the day with what is to be known of it on the way."""

    item: ProgrammeItem
    is_past: bool = False
    is_on: bool = False
    calls: list[Call] = field(default_factory=list)
    who: list[Visit] = field(default_factory=list)  # of a festival: the delegations in it
    names: list[str] = field(default_factory=list)  # of a visit: the guests, when not all

    @property
    def is_open(self) -> bool:
        """Nobody has said what became of it."""
        return self.item.progress == Progress.PLANNED


@dataclass
class Where:
    """Where a delegation, or some guests, are now."""

    name: str
    count: int
    on: Line | None
    then: Line | None


@dataclass
class Today:
    on: datetime.date
    lines: list[Line]
    where: list[Where]
    nights: list[ProgrammeItem]

    @property
    def present(self) -> list[Line]:
        return [line for line in self.lines if line.is_on and line.item.progress != Progress.CANCELLED]

    @property
    def following(self) -> list[Line]:
        """What begins next: all that begin at the same moment."""
        ahead = [
            line
            for line in self.lines
            if line.item.period
            and not line.is_past
            and not line.is_on
            and line.item.progress == Progress.PLANNED
        ]
        return [line for line in ahead if line.item.period.lower == ahead[0].item.period.lower]

    @property
    def has_next(self) -> bool:
        return bool(self.present or self.following)

    @property
    def keeps_numbers_back(self) -> bool:
        return any(call.resource_id and not call.number for line in self.lines for call in line.calls)


def day_shown(matter: Visit | Festival, today: datetime.date, asked: datetime.date | None) -> datetime.date:
    """The asked day, today, else the first day ahead or the last one past."""
    for day in (asked, today):
        if day and matter.holds(day):
            return day
    return matter.starts_on if today < matter.starts_on else matter.ends_on


def load(matter: Visit | Festival, on: datetime.date, now: datetime.datetime, *, user: Any) -> Today:
    """The day, read in a fixed number of queries."""
    if isinstance(matter, Festival):
        visits, items = guest_board.load(matter, user)
        members: list[Member] = []
    else:
        visits, items, members = [], list(guest_board.items_of_visit(matter)), list(matter.members.all())
    names = {member.pk: member.display_name for member in members}
    lines = []
    for item in items:
        if item.on != on or item.kind == ItemKind.ACCOMMODATION:
            continue
        line = Line(item, calls=calls_of(item))
        line.is_past = bool(item.period and item.period.upper <= now)
        line.is_on = bool(item.period and item.period.lower <= now < item.period.upper)
        line.who = [visit for visit in visits if guest_board.takes_part(item, visit)]
        if not item.is_for_all:
            line.names = [names[row.member_id] for row in item.participants.all() if row.member_id in names]
        lines.append(line)
    today = Today(on, lines, [], [item for item in items if guest_board.is_night(item, on)])
    today.where = _delegations(visits, lines) if visits else _guests(members, lines)
    return today


def _delegations(visits: list[Visit], lines: list[Line]) -> list[Where]:
    found = []
    for visit in visits:
        theirs = [line for line in lines if visit in line.who and line.item.progress != Progress.CANCELLED]
        found.append(
            Where(
                visit.title,
                visit.guest_count,  # type: ignore[attr-defined]
                next((line for line in theirs if line.is_on), None),
                next(
                    (line for line in theirs if line.item.period and not line.is_on and not line.is_past),
                    None,
                ),
            )
        )
    return found


def _guests(members: list[Member], lines: list[Line]) -> list[Where]:
    """Guests who are in the same place now, together; those whom nothing holds last."""
    groups: dict[int, list[str]] = {}
    now = [line for line in lines if line.is_on and line.item.progress != Progress.CANCELLED]
    for member in members:
        # the narrower item first: who was called apart is there, not with all the others
        own = sorted(now, key=lambda line: line.item.is_for_all)
        line = next(
            (
                line
                for line in own
                if line.item.is_for_all
                or any(row.member_id == member.pk for row in line.item.participants.all())
            ),
            None,
        )
        groups.setdefault(line.item.pk if line else 0, []).append(member.display_name)
    by_pk = {line.item.pk: line for line in now}
    return [
        Where(", ".join(people), len(people), by_pk.get(pk), None)
        for pk, people in sorted(groups.items(), key=lambda pair: pair[0] == 0)
    ]


# --- whom to call -------------------------------------------------------------------------------------------


def calls_of(item: ProgrammeItem) -> list[Call]:
    """The host and the places by their office numbers; drivers and interpreters once their numbers are asked for."""
    found = []
    if item.host and item.host.phone:
        found.append(Call(item.host.full_name, item.host.post, "user-star", item.host.phone))
    for place in (item.place, item.to_place):
        if place and place.phone:
            found.append(Call(place.label, place.address, "map-pin", place.phone))
    for row in item.resources.all():
        if row.resource.kind in (ResourceKind.DRIVER, ResourceKind.INTERPRETER):
            found.append(
                Call(
                    row.resource.name,
                    row.resource.get_kind_display(),
                    row.resource.icon,
                    resource_id=row.resource_id,
                )
            )
    return found


def show_numbers(lines: list[Line], *, by: Actor, matter: Visit | Festival) -> None:
    """Fill in the numbers of drivers and interpreters; the reading is written to the access log."""
    wanted = {call.resource_id for line in lines for call in line.calls if call.resource_id}
    values = personal.get_values(
        Resource.objects.filter(pk__in=wanted),
        purpose=CONTACT_PURPOSE,
        by=by,
        fields=["phone"],
        matter=matter,
    )
    for line in lines:
        for call in line.calls:
            if call.resource_id:
                call.number = values.get(call.resource_id, {}).get("phone", "")


def heads_numbers(matter: Visit | Festival, *, by: Actor) -> list[Call]:
    """The heads of the delegations with their telephones, read with a line in the access log."""
    heads = list(matter.members.filter(kind=MemberKind.HEAD).select_related("visit"))
    values = personal.get_values(heads, purpose=GUEST_PURPOSE, by=by, fields=["phone"], matter=matter)
    return [
        Call(head.name, head.visit.title, "user-star", values[head.pk]["phone"])
        for head in heads
        if values.get(head.pk, {}).get("phone")
    ]
