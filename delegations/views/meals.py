"""A meal of the programme: what the kitchen must know, who sits where."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core import personal
from core.audit import last_hand
from core.errors import DomainError, StaleWriteError
from core.stale import show_both_forms
from delegations import services
from delegations.choices import ItemKind
from delegations.forms import MealForm, TablesForm
from delegations.models import Festival, MealOrder, Member, ProgrammeItem, Visit
from delegations.models.members import GUEST_PURPOSE
from delegations.rooming import taking
from delegations.views.base import refuse
from delegations.views.hotels import ServicePage


class MealView(ServicePage):
    """Heads and diets are counted from the guests; what is read is only how many want what."""

    template_name = "delegations/meal.html"

    @cached_property
    def item(self) -> ProgrammeItem:
        rows = self.get_matter().programme.alive().whole()
        return get_object_or_404(rows, pk=self.kwargs["item"], kind=ItemKind.MEAL)

    @cached_property
    def holder(self) -> Any:
        """Whose meal it is: the visit's, or the festival's that shares it with all its delegations."""
        return self.item.festival if self.item.festival_id else self.get_matter()

    def may_serve(self) -> bool:
        if not self.item.festival_id:
            return super().may_serve()
        seen = Festival.objects.visible_to(self.staff).filter(pk=self.item.festival_id)
        return (
            not self.holder.is_over and self.staff.has_perm("delegations.change_festival") and seen.exists()
        )

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method == "POST" and self.has_permission() and not self.may_serve():
            return self.handle_no_permission()
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def order(self) -> MealOrder | None:
        return MealOrder.objects.filter(item=self.item).prefetch_related("seats").first()

    @cached_property
    def guests(self) -> list[Member]:
        return taking(self.item, list(self.holder.members.all()))

    @cached_property
    def seatable(self) -> list[Member]:
        """Guests of delegations this person sees."""
        if not self.item.festival_id:
            return self.guests
        seen = set(
            Visit.objects.visible_to(self.staff).filter(occasion=self.holder).values_list("pk", flat=True)
        )
        return [guest for guest in self.guests if guest.visit_id in seen]

    def _tables(self) -> dict[int, str]:
        return {seat.member_id: seat.table for seat in self.order.seats.all()} if self.order else {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        order, guests = self.order, self.guests
        tables = self._tables()
        diets = None
        if self.staff.has_perm("delegations.view_guest_data"):
            diets = personal.tally(
                {"all": guests}, purpose=GUEST_PURPOSE, field="diet", by=self.actor, matter=self.holder
            )["all"]
        heads = len(guests) + (order.hosts if order else 0)
        seated: dict[str, int] = {}
        for guest in guests:
            if guest.pk in tables:
                seated[tables[guest.pk]] = seated.get(tables[guest.pk], 0) + 1
        return super().get_context_data(
            **{
                "item": self.item,
                "order": order,
                "guests": guests,
                "heads": heads,
                "diets": diets,
                "no_diet": len(guests) - sum(diets.values()) if diets is not None else None,
                "cost": order.price * heads if order and order.price is not None else None,
                "seated": sorted(seated.items()),
                "unseated": len(guests) - sum(seated.values()),
                "form": MealForm(order=order),
                "tables_form": TablesForm(members=self.seatable, tables=tables),
                **kwargs,
            }
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = MealForm(request.POST, order=self.order)
        if form.is_valid():
            try:
                services.order_meal(
                    self.item, revision=form.cleaned_data["revision"], by=self.actor, **form.fields_of_order
                )
            except StaleWriteError as error:
                theirs: Any = error.theirs
                return show_both_forms(request, form, MealForm(order=theirs), theirs, by=last_hand(self.item))
            except DomainError as error:
                refuse(form, error)
            else:
                messages.success(request, _("The order of the meal is saved."))
                return redirect("delegations:meal", self.kwargs["pk"], self.item.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)


class TablesView(MealView):
    """Who sits at which table; the refusal shows on the meal's page."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = TablesForm(request.POST, members=self.seatable, tables=self._tables())
        if form.is_valid():
            try:
                services.seat_guests(self.item, form.tables, by=self.actor)
            except DomainError as error:
                refuse(form, error)
            else:
                messages.success(request, _("The tables are saved."))
                return redirect("delegations:meal", self.kwargs["pk"], self.item.pk)
        return self.render_to_response(self.get_context_data(tables_form=form), status=422)
