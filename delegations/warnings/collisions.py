"""Somebody or something in two places at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import hour_words
from delegations.board import Board
from delegations.choices import Progress
from delegations.models import ProgrammeItem
from delegations.warnings.definition import Fix, Warning
from delegations.warnings.spare import spare_for, when_free
from delegations.warnings.words import (
    after,
    other_matter,
    overlap,
    overlapping,
    said,
    some,
)
from resources.choices import ResourceKind
from resources.models import Booking
from resources.services.bookings import time_words


def people_in_two_places(board: Board) -> Iterator[Warning]:
    """A guest in two items of this visit at once."""
    rows = board.clocked
    names = {member.pk: member.display_name for member in board.members}
    for one, other in overlapping(rows):
        both = board.who(one) & board.who(other)
        if not both:
            continue
        who = (
            _("all the guests")
            if len(both) == len(board.members)
            else some([names[pk] for pk in sorted(both)])
        )
        yield Warning(
            key=f"person:{one.pk}:{other.pk}",
            fact=f"{one.hours}|{other.hours}|{len(both)}",
            title=_("In two places at the same time"),
            text=_("%(who)s: %(one)s and %(other)s.") % {"who": who, "one": said(one), "other": said(other)},
            items=(one.pk, other.pk),
            fixes=(after(board, one, other), Fix(_("Choose who takes part"), anchor=other.pk)),
        )


def people_elsewhere(board: Board) -> Iterator[Warning]:
    """A guest in another visit meanwhile."""
    by_person = {member.person_id: member for member in board.members if member.person_id}
    for person, theirs in board.elsewhere:
        member = by_person[person]
        for item in board.clocked:
            if member.pk in board.who(item) and overlap(item.period, theirs.period):
                yield Warning(
                    key=f"elsewhere:{item.pk}:{theirs.pk}:{member.pk}",
                    fact=f"{item.hours}|{theirs.hours}",
                    title=_("A guest is in another programme then"),
                    text=_("%(who)s: %(one)s and %(other)s.")
                    % {
                        "who": member.display_name,
                        "one": said(item),
                        "other": f"{theirs.hours} {other_matter(board, theirs.visit_id, theirs.title, theirs.visit.number)}",
                    },
                    items=(item.pk,),
                    fixes=(
                        Fix(
                            _("Leave this guest out of the item"),
                            "without",
                            {"item": item.pk, "member": member.pk},
                        ),
                        Fix(_("Choose who takes part"), anchor=item.pk),
                    ),
                )


def resources_in_two_places(board: Board) -> Iterator[Warning]:
    """An interpreter, car, driver or hall asked for twice at once, here or by another matter."""
    rows = [item for item in board.items if item.period and item.progress != Progress.CANCELLED]
    for one, other in overlapping(rows):
        shared = {row.resource_id for row in one.resources.all()} & {
            row.resource_id for row in other.resources.all()
        }
        for row in other.resources.all():
            if row.resource_id in shared:
                theirs = _("%(hours)s: %(title)s") % {"hours": one.hours, "title": one.title}
                yield _resource_warning(
                    board, other, row.resource, f"item:{one.pk}", theirs, (one.pk, other.pk)
                )
    by_resource: dict[int, list[Booking]] = {}
    for booking in board.bookings:
        by_resource.setdefault(booking.resource_id, []).append(booking)
    for item in rows:
        for row in item.resources.all():
            for booking in by_resource.get(row.resource_id, ()):
                if overlap(item.period, booking.period):
                    theirs = f"{time_words(booking.starts_at, booking.ends_at).split(' ', 1)[1]}: " + (
                        other_matter(board, booking.matter_id, booking.what, booking.matter.number)
                        if booking.matter
                        else booking.what
                    )
                    yield _resource_warning(
                        board, item, row.resource, f"booking:{booking.pk}", theirs, (item.pk,)
                    )


def _resource_warning(
    board: Board, item: ProgrammeItem, resource: Any, other: str, theirs: str, pins: tuple[int, ...]
) -> Warning:
    titles = {
        ResourceKind.INTERPRETER: _("The interpreter is elsewhere at the same time"),
        ResourceKind.CAR: _("The car is taken at the same time"),
        ResourceKind.DRIVER: _("The driver is elsewhere at the same time"),
        ResourceKind.HALL: _("The hall is taken at the same time"),
    }
    spare = spare_for(board, resource, item)
    fixes = [
        Fix(
            _("Take %(name)s") % {"name": free.name},
            "swap",
            {"item": item.pk, "old": resource.pk, "new": free.pk},
        )
        for free in spare[:1]
    ]
    more = ngettext("Choose another (%(count)d free)", "Choose another (%(count)d free)", len(spare)) % {
        "count": len(spare)
    }
    if hour := when_free(board, resource, item):
        fixes.append(
            Fix(
                _("Move to %(hour)s, when %(name)s is free")
                % {"hour": hour_words(hour), "name": resource.name},
                "move",
                {"item": item.pk, "on": item.on.isoformat(), "starts": hour.strftime("%H:%M")},
            )
        )
    fixes.append(Fix(more, anchor=item.pk))
    if not spare:
        fixes.insert(0, Fix(_("Do without"), "swap", {"item": item.pk, "old": resource.pk}))
    return Warning(
        key=f"resource:{resource.pk}:{item.pk}:{other}",
        fact=f"{item.on}|{item.hours}|{theirs}"[:120],
        title=titles.get(resource.kind, _("Taken at the same time")),
        text=_("%(name)s: here %(here)s; elsewhere %(there)s.")
        % {"name": resource.name, "here": said(item), "there": theirs},
        items=pins,
        fixes=tuple(fixes),
    )
