"""What a festival pays once for all its delegations, and each delegation's part of it by its guests.

At a shared meal a delegation's own heads are counted one by one, like anywhere else; our own people at it and the
festival's interpreters serve everybody, so they are divided by guests.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.money import money_words
from delegations.choices import ItemKind, Progress
from delegations.costs import Cost
from delegations.models import Festival, MealOrder, Member, ProgrammeItem, Visit
from delegations.rooming import taking
from resources.services import works_of_matters


@dataclass
class Shared:
    """Of one festival: its meals with their orders, what is divided, and among how many guests."""

    meals: list[ProgrammeItem] = field(default_factory=list)
    orders: dict[int, MealOrder] = field(default_factory=dict)
    divided: Decimal = Decimal(0)
    unpriced: int = 0
    guests: int = 0

    def add(self, quantity: Decimal | int, price: Decimal | None) -> None:
        if price is None:
            self.unpriced += bool(quantity)
        else:
            self.divided += price * quantity

    def meals_of(self, visit: Visit, members: list[Member]) -> list[ProgrammeItem]:
        """The shared meals this delegation eats at, on its own days."""
        return [item for item in self.meals if visit.holds(item.on) and taking(item, members)]

    def lines(self, own: int) -> list[Cost]:
        """The part of a delegation of so many guests, and how it was reckoned."""
        found = []
        if self.divided and own and self.guests:
            what = _(
                "Our people at shared meals and the festival's interpreters: %(sum)s by guests, %(own)d of %(all)d"
            ) % {"sum": money_words(self.divided), "own": own, "all": self.guests}
            price = self.divided / self.guests
            found.append(Cost("shared", what, Decimal(own), ngettext("guest", "guests", own), price))
        if self.unpriced and own:
            what = _("Shared items of the festival whose price is not known")
            found.append(Cost("shared", what, Decimal(self.unpriced), _("pcs"), None))
        return found


def read_shared(festivals: Iterable[int]) -> dict[int, Shared]:
    """Of each festival; a fixed number of queries, none when there is no festival."""
    found = {pk: Shared() for pk in festivals}
    if not found:
        return found
    items = ProgrammeItem.objects.alive().filter(festival__in=found, kind=ItemKind.MEAL)
    items = items.exclude(progress=Progress.CANCELLED).prefetch_related("texts", "participants")
    for item in items.order_by("on", "starts", "pk"):
        found[item.festival_id].meals.append(item)  # type: ignore[index]
    of_item = {item.pk: shared for shared in found.values() for item in shared.meals}
    for order in MealOrder.objects.filter(item__in=of_item):
        of_item[order.item_id].orders[order.item_id] = order
        of_item[order.item_id].add(order.hosts, order.price)
    for pk, works in works_of_matters(Festival.objects.filter(pk__in=found)).items():
        for work in works:
            if work.is_paid and work.hours:
                found[pk].add(work.hours, work.interpreter.fee)
    rows = Member.objects.filter(visit__in=Visit.objects.alive().filter(occasion__in=found))
    counts = rows.order_by().values_list("visit__occasion").annotate(count=Count("pk"))
    for pk, count in counts:
        found[pk].guests = count
    return found
