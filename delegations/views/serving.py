"""Who and what serves a visit and what it costs; the visit's own calendar."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.columns import write_xlsx
from core.views import staff_page
from delegations.calendar import visit_calendar
from delegations.choices import ItemKind, Progress
from delegations.costs import COLUMNS, costs_of, heads_of, reckon, to_buy
from delegations.models import MealOrder, Member, ProgrammeItem
from delegations.rooming import load_stays, taking
from delegations.shared_costs import read_shared
from delegations.views.base import visible_visit
from delegations.views.hotels import ServicePage
from resources.choices import ResourceKind
from resources.models import Booking
from resources.services import Work, works_of_matters

LABELS = (
    (ResourceKind.INTERPRETER, gettext_lazy("Interpreters")),
    (ResourceKind.DRIVER, gettext_lazy("Drivers")),
    (ResourceKind.CAR, gettext_lazy("Cars")),
    (ResourceKind.HALL, gettext_lazy("Halls")),
    (ResourceKind.EQUIPMENT, gettext_lazy("Equipment")),
)


class ServicesView(ServicePage):
    """The desk: beds, meals, tickets, who and what is booked, what it costs, and what is missing of each."""

    permission_required = "delegations.view_visit"
    template_name = "delegations/services.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        visit = self.get_matter()
        items = [
            item
            for item in visit.programme.alive().in_order().whole().with_meals()
            if item.progress != Progress.CANCELLED
        ]
        members = list(visit.members.all())
        holders = [pk for pk in (visit.pk, visit.occasion_id) if pk]
        bookings = list(Booking.objects.filter(matter__in=holders))
        stays = load_stays(visit, items=items, members=members)
        tickets = list(visit.tickets.select_related("document", "leg", "item", "task__assignee"))
        works = works_of_matters(holders, bookings=bookings)
        meals = [item for item in items if item.kind == ItemKind.MEAL]
        orders = {item.pk: order for item in meals if (order := getattr(item, "meal", None))}
        needed = to_buy(tickets)
        return super().get_context_data(
            stays=stays,
            meals=[_meal(item, members, orders.get(item.pk)) for item in meals],
            tickets=tickets,
            needed=needed,
            unasked=[ticket for ticket in needed if ticket.task is None or ticket.task.dropped_at],
            groups=_groups(items, bookings, works[visit.pk]),
            costs=reckon(
                stays=stays,
                meals=meals,
                orders=orders,
                members=members,
                tickets=tickets,
                works=works[visit.pk],
                shared=[
                    line
                    for one in read_shared(
                        [visit.occasion_id] if visit.occasion_id else [], works=works
                    ).values()
                    for line in one.lines(len(members))
                ],
            ),
            may_rate=self.staff.has_perms(("delegations.change_visit", "resources.read_ratings")),
            may_read_ratings=self.staff.has_perm("resources.read_ratings"),
            **kwargs,
        )


def _meal(item: ProgrammeItem, members: list[Member], order: MealOrder | None) -> dict[str, Any]:
    guests = len(taking(item, members))
    heads = heads_of(item, members, order)
    return {
        "item": item,
        "order": order,
        "guests": guests,
        "heads": heads,
        "cost": order.price * heads if order and order.price is not None else None,
    }


def _groups(
    items: list[ProgrammeItem], bookings: list[Booking], works: list[Work]
) -> list[tuple[str, Any, list[dict[str, Any]]]]:
    """What serves the items, by kind; a row is firm when each of its hours is."""
    firm = {(row.resource_id, row.key) for row in bookings if row.is_firm}
    work_of = {work.interpreter.pk: work for work in works}
    groups: dict[str, dict[int, dict[str, Any]]] = {}
    for item in items:
        for row in item.resources.all():
            entry = groups.setdefault(row.resource.kind, {}).setdefault(
                row.resource_id,
                {
                    "resource": row.resource,
                    "items": [],
                    "firm": True,
                    "minutes": 0,
                    "work": work_of.get(row.resource_id),
                },
            )
            entry["items"].append(item)
            entry["minutes"] += item.minutes
            entry["firm"] = entry["firm"] and (row.resource_id, f"item:{item.pk}") in firm
    return [(kind, label, list(groups[kind].values())) for kind, label in LABELS if kind in groups]


@staff_page("delegations.view_visit")
def costs_xlsx(request: Any, pk: int) -> HttpResponse:
    """What the services cost, line by line, with what has no price yet left empty."""
    visit = visible_visit(request, pk)
    costs = costs_of(visit)
    moment = timezone.localtime()
    about = [
        (_("Visit"), f"{visit.title} ({visit.number})"),
        (_("Days"), f"{visit.starts_on} – {visit.ends_on}"),
        (_("Sum, €"), f"{costs.total:.2f}"),
        (_("Lines without a price"), str(costs.unpriced)),
        (_("Made"), f"{moment:%Y-%m-%d %H:%M}"),
        (_("By"), request.actor.label),
    ]
    book = write_xlsx(COLUMNS, costs.lines, title=_("Costs of services"), about=about)
    return FileResponse(
        book,
        as_attachment=True,
        filename=f"{visit.number}-{slugify(_('Costs of services'), allow_unicode=True)}.xlsx",
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )


@staff_page("delegations.view_visit")
def visit_ics(request: HttpRequest, pk: int) -> HttpResponse:
    """The programme as a calendar file."""
    visit = visible_visit(request, pk)
    response = HttpResponse(visit_calendar(visit), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{visit.number}.ics"'
    response["Cache-Control"] = "private, no-store"
    return response
