"""Meals of a visit: the menu, our own people, the price, who sits at which table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.actor import Actor
from core.errors import DomainError
from delegations.choices import ItemKind
from delegations.models import Festival, MealOrder, ProgrammeItem, TableSeat, Visit
from delegations.rooming import taking
from delegations.services.state import changed, lock_festival, lock_for_services

MOST_HOSTS = 500


@transaction.atomic
def order_meal(item: ProgrammeItem, *, revision: int | None = None, by: Actor, **fields: Any) -> MealOrder:
    """Write the order of a meal; the first time it is made. Heads and diets are counted from the guests."""
    holder, item = _lock(item)
    if not 0 <= fields.get("hosts", 0) <= MOST_HOSTS:
        raise DomainError(_("From 0 to %(most)d people.") % {"most": MOST_HOSTS}, field="hosts")
    price = fields.get("price")
    if price is not None and price < 0:
        raise DomainError(_("The price cannot be negative."), field="price")
    order, is_new = MealOrder.objects.select_for_update(of=("self",)).get_or_create(
        item=item, defaults=fields
    )
    if not is_new:
        for name, value in fields.items():
            setattr(order, name, value)
        order.save_if_current(revision, sorted(fields))
    changed(holder, "meal.ordered", _subject(holder, item), by, what=item.title_in("lt"))
    return order


@transaction.atomic
def seat_guests(item: ProgrammeItem, tables: Mapping[int, str], *, by: Actor) -> None:
    """Say at which table each of these guests sits; an empty name takes the guest off the tables.

    Who is not named stays where she sits; who does not come to the meal any more sits nowhere.
    """
    holder, item = _lock(item)
    order, _new = MealOrder.objects.get_or_create(item=item)
    guests = {member.pk for member in taking(item, list(holder.members.all()))}
    if set(tables) - guests:
        raise DomainError(_("The guests of the meal have changed meanwhile. Look again."))
    order.seats.exclude(member__in=guests - set(tables)).delete()
    TableSeat.objects.bulk_create(
        TableSeat(meal=order, member_id=pk, table=table.strip()[:40])
        for pk, table in tables.items()
        if table.strip()
    )
    changed(holder, "meal.seated", _subject(holder, item), by, what=item.title_in("lt"))


def _subject(holder: Visit | Festival, item: ProgrammeItem) -> Visit | Festival | ProgrammeItem:
    """An order is no part of the programmes a shared item stands in: they do not change by it."""
    return holder if isinstance(holder, Festival) else item


def _lock(item: ProgrammeItem) -> tuple[Visit | Festival, ProgrammeItem]:
    """A meal shared by the delegations of a festival is ordered once, for all of them."""
    holder: Visit | Festival = (
        lock_festival(item.festival_id) if item.festival_id else lock_for_services(item.holder_id)
    )
    row = (
        holder.items.alive()
        .prefetch_related("texts", "participants")
        .filter(pk=item.pk, kind=ItemKind.MEAL)
        .first()
    )
    if row is None:
        raise DomainError(_("This is no meal of the programme any more."))
    return holder, row
