"""Who and what serves a visit, and the visit's own calendar."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from core.views import staff_page
from delegations.calendar import visit_calendar
from delegations.choices import ItemKind
from delegations.views.base import VisitPage, visible_visit
from resources.models import Booking


class ServicesView(VisitPage, TemplateView):
    """Everything booked for the visit, by kind, and what is not booked yet."""

    template_name = "delegations/services.html"
    tab = "delegations:services"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        visit = self.get_matter()
        items = list(visit.items.alive().in_order().whole())
        firm = set(Booking.objects.of_matter(visit).firm().values_list("resource_id", "key"))
        groups: dict[str, dict[int, dict[str, Any]]] = {}
        for item in items:
            for row in item.resources.all():
                entry = groups.setdefault(row.resource.kind, {}).setdefault(
                    row.resource_id, {"resource": row.resource, "items": [], "firm": True, "minutes": 0}
                )
                entry["items"].append(item)
                entry["minutes"] += item.minutes
                entry["firm"] = entry["firm"] and (row.resource_id, f"item:{item.pk}") in firm
        labels = (
            ("interpreter", _("Interpreters")),
            ("driver", _("Drivers")),
            ("car", _("Cars")),
            ("hall", _("Halls")),
            ("equipment", _("Equipment")),
        )
        return super().get_context_data(
            groups=[(kind, label, list(groups[kind].values())) for kind, label in labels if kind in groups],
            meals=[item for item in items if item.kind == ItemKind.MEAL],
            stays=[item for item in items if item.kind == ItemKind.ACCOMMODATION],
            **kwargs,
        )


@staff_page("delegations.view_visit")
def visit_ics(request: HttpRequest, pk: int) -> HttpResponse:
    """The programme as a calendar file."""
    visit = visible_visit(request, pk)
    response = HttpResponse(visit_calendar(visit), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{visit.number}.ics"'
    response["Cache-Control"] = "private, no-store"
    return response
