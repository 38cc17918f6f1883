"""Places with their addresses, and the minutes between them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import DetailView

from core.errors import DomainError
from core.lists import Choice, Column, FilteredList, Words
from core.views import StaffView, staff_action
from partners.views.base import SaveView
from resources import services
from resources.choices import PLACE_ICONS, PlaceKind
from resources.forms import MinutesForm, PlaceForm
from resources.models import Place, PlaceDistance
from resources.views.base import room_tabs


class PlaceListView(StaffView, FilteredList):
    permission_required = "resources.view_place"
    template_name = "resources/place_list.html"
    list_code = "resources.places"
    title = gettext_lazy("Places")
    filters = (
        Words(
            "q",
            gettext_lazy("Words"),
            search=lambda rows, text, request: rows.named_like(text.replace("\x00", "")),
        ),
        Choice("kind", gettext_lazy("Kind"), PlaceKind.choices),
    )
    columns = (
        Column("name", gettext_lazy("Name"), sort="sort_key"),
        Column("kind", gettext_lazy("Kind"), value=lambda row: row.get_kind_display()),
        Column("full_address", gettext_lazy("Address")),
        Column("seats", gettext_lazy("Seats"), sort="seats", css="end"),
    )
    views = (
        ("", gettext_lazy("All")),
        ("kind=restaurant", gettext_lazy("Restaurants")),
        ("kind=hotel", gettext_lazy("Hotels")),
    )
    default_sort = "sort_key"

    def get_rows(self) -> Any:
        return Place.objects.active()

    def counted(self, count: int) -> str:
        return ngettext("{n} place", "{n} places", count).format(n=count)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context["tabs"] = room_tabs("places")
        return context


class PlaceDetailView(StaffView, DetailView):
    """A place with its halls and the minutes to the others; a form says how long a way takes."""

    permission_required = "resources.view_place"
    template_name = "resources/place_detail.html"
    model = Place
    context_object_name = "place"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        place = self.object
        others = list(Place.objects.active().filter(zone=place.zone).exclude(pk=place.pk)[:80])
        table = services.travel_table([place, *others])
        ways = [(other, table[(place.pk, other.pk)]) for other in others]
        context.update(
            ways=sorted(ways, key=lambda way: (way[1].minutes is None, way[1].minutes or 0, way[0].name)),
            halls=place.halls.filter(is_active=True),
            icon=PLACE_ICONS[PlaceKind(place.kind)],
            minutes_form=kwargs.get("minutes_form")
            or MinutesForm(place=place, initial={"other": self.request.GET.get("iki")}),
        )
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("resources.change_place"):
            return self.handle_no_permission()
        self.object = self.get_object()
        form = MinutesForm(request.POST, place=self.object)
        if form.is_valid():
            try:
                services.set_minutes(
                    self.object,
                    form.cleaned_data["other"],
                    form.cleaned_data["minutes"],
                    note=form.cleaned_data["note"],
                    by=self.actor,
                )
                messages.success(request, _("Minutes are saved."))
                return redirect(self.object)
            except DomainError as error:
                form.add_error(error.field if error.field in form.fields else None, str(error))
        return self.render_to_response(self.get_context_data(minutes_form=form), status=422)


@staff_action("resources.change_place")
def minutes_forget(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    first, second = sorted((pk, other))
    row = get_object_or_404(PlaceDistance, one=first, other=second)
    services.forget_minutes(row, by=request.actor)
    messages.success(request, _("Estimated again."))
    return redirect("resources:place", pk)


class PlaceFormView(SaveView):
    permission_required = "resources.change_place"
    form_class = PlaceForm

    def get_instance(self) -> Place:
        return get_object_or_404(Place, pk=self.kwargs["pk"]) if "pk" in self.kwargs else Place()

    def get_title(self) -> str:
        return _("Change: {name}").format(name=self.instance) if self.instance.pk else _("New place")

    def get_crumbs(self) -> list[tuple[str, str]]:
        return [
            (_("People, halls, vehicles"), reverse("resources:week")),
            (_("Places"), reverse("resources:places")),
        ]

    def save(self, form: PlaceForm) -> Place:
        return services.save_place(
            form.instance, by=self.actor, fields=form.own_fields, revision=form.cleaned_data.get("revision")
        )
