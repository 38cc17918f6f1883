"""What changes while the guests are here: published under a number at once, in each programme it touches."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction

from core.actor import Actor
from delegations.choices import Progress
from delegations.models import ProgrammeItem, Visit
from delegations.services.outcomes import say_outcome
from delegations.services.programme import move_item
from delegations.services.state import publish_operational


@transaction.atomic
def move_on_the_way(
    item: ProgrammeItem, *, on: datetime.date, starts: datetime.time | None, by: Actor, reason: str = ""
) -> tuple[ProgrammeItem, list[Any]]:
    """Move an item while the guests are here; returns it and the amendments that told of it."""
    moved = move_item(item, by=by, on=on, starts=starts)
    return moved, _publish(moved, by, reason or moved.title_in("lt"))


@transaction.atomic
def cancel_on_the_way(item: ProgrammeItem, *, reason: str, by: Actor) -> list[Any]:
    """The item does not happen; returns the amendments that told of it."""
    item = say_outcome(item, progress=Progress.CANCELLED, note=reason, by=by)
    return _publish(item, by, reason)


def _publish(item: ProgrammeItem, by: Actor, reason: str) -> list[Any]:
    """An amendment for each programme in force; where something material waits too, it waits with that."""
    if item.visit_id:
        visits = Visit.objects.filter(pk=item.visit_id)
    else:
        visits = (
            Visit.objects.alive().filter(occasion=item.festival_id).exclude(phase="closed").order_by("pk")
        )
    found = [publish_operational(visit, by=by, reason=reason) for visit in visits]
    return [amendment for amendment in found if amendment]
