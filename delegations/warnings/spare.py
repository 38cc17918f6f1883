"""Who and what else is free: read once a page, whatever the number of warnings."""

from __future__ import annotations

import datetime
from typing import Any

from delegations.board import Board
from delegations.choices import Progress
from delegations.models import ProgrammeItem
from delegations.warnings.words import local_time, overlap
from resources.choices import ResourceKind
from resources.models import Booking, Car, Driver, Hall, Interpreter

SPARE_KINDS: dict[str, Any] = {
    ResourceKind.INTERPRETER: Interpreter,
    ResourceKind.CAR: Car,
    ResourceKind.DRIVER: Driver,
    ResourceKind.HALL: Hall,
}


def spare_for(board: Board, resource: Any, item: ProgrammeItem) -> list[Any]:
    """Others of the kind who are free then and fit: read once a page, whatever the number of warnings."""
    model = SPARE_KINDS.get(resource.kind)
    if model is None:
        return []
    everyone = all_of_kind(board, resource.kind)
    busy = busy_at(board, item)
    own = next((row for row in everyone if row.pk == resource.pk), None)
    return [row for row in everyone if row.pk not in busy and row.pk != resource.pk and fits(own, row)]


def all_of_kind(board: Board, kind: str) -> list[Any]:
    """All of the kind that may be chosen, interpreters with their languages."""
    if kind not in board.spare:
        rows = SPARE_KINDS[kind].objects.active()
        board.spare[kind] = list(rows.with_pairs() if kind == ResourceKind.INTERPRETER else rows)
    return board.spare[kind]


def busy_at(board: Board, item: ProgrammeItem) -> set[int]:
    """Who and what is taken at the item's hour."""
    if board.busy is None:
        spans = [one.period for one in board.items if one.period]
        first, last = min(span.lower for span in spans), max(span.upper for span in spans)
        board.busy = list(Booking.objects.within(first, last).only("resource_id", "period"))
    return {row.resource_id for row in board.busy if overlap(row.period, item.period)}


def when_free(board: Board, resource: Any, item: ProgrammeItem) -> datetime.time | None:
    """The first hour of the same day from which nobody has this very one for as long; fixed items do not move."""
    if item.is_fixed:
        return None
    held = [booking.period for booking in board.bookings if booking.resource_id == resource.pk]
    held += [
        other.period
        for other in board.items
        if other.pk != item.pk
        and other.period
        and other.progress != Progress.CANCELLED
        and any(row.resource_id == resource.pk for row in other.resources.all())
    ]
    begin, length = item.period.lower, item.period.upper - item.period.lower
    for span in sorted(held, key=lambda one: one.lower):
        if span.lower < begin + length and begin < span.upper:
            begin = span.upper
    begin, end = local_time(begin, item), local_time(begin + length, item)
    return begin.time() if begin.date() == end.date() == item.on else None


def fits(own: Any, other: Any) -> bool:
    if isinstance(other, Interpreter):
        return own is None or bool(set(own.foreign_languages) & set(other.foreign_languages))
    return own is None or getattr(other, "seats", None) is None or (other.seats or 0) >= (own.seats or 0)
