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
from delegations.models import MealOrder, Member, ProgrammeItem, Visit
from delegations.rooming import taking
from resources.services import Work, works_of_matters


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


def read_shared(festivals: Iterable[int], *, works: dict[int, list[Work]] | None = None) -> dict[int, Shared]:
    """Of each festival; a fixed number of queries, none when there is no festival. Work that is known is handed over."""
    found = {pk: Shared() for pk in festivals}
    if not found:
        return found
    items = ProgrammeItem.objects.alive().filter(festival__in=found, kind=ItemKind.MEAL)
    items = (
        items.exclude(progress=Progress.CANCELLED).select_related("meal").with_rows("texts", "participants")
    )
    for item in items.order_by("on", "starts", "pk"):
        shared = found[item.festival_id]  # type: ignore[index]
        shared.meals.append(item)
        if order := getattr(item, "meal", None):
            shared.orders[item.pk] = order
            shared.add(order.hosts, order.price)
    works = works_of_matters(found) if works is None else works
    for pk, shared in found.items():
        for work in works[pk]:
            if work.is_paid and work.hours:
                shared.add(work.hours, work.interpreter.fee)
    rows = Member.objects.filter(visit__in=Visit.objects.alive().filter(occasion__in=found))
    counts = rows.order_by().values_list("visit__occasion").annotate(count=Count("pk"))
    for pk, count in counts:
        found[pk].guests = count
    return found
