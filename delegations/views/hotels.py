"""Hotels of a visit: the rooms, who sleeps where, the proposal for everybody."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from core.audit import last_hand
from core.errors import DomainError, StaleWriteError
from core.money import sum_field_value
from core.stale import show_both_forms
from core.views import staff_action
from delegations import services
from delegations.choices import RoomKind
from delegations.forms import PlacesForm, ProposalForm, RoomForm, RoomsForm
from delegations.models import Room, RoomGuest, Visit
from delegations.rooming import Proposal, Stay, load_stays, propose
from delegations.views.base import VisitPage, refuse, say, visible_visit


class ServicePage(VisitPage, TemplateView):
    """A page behind the services' tab; only a closed visit cannot be served any more."""

    permission_required = "delegations.change_visit"
    tab = "delegations:services"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The address's numbers are no context: the rows they name are."""
        return self.render_to_response(self.get_context_data())

    def may_serve(self) -> bool:
        return not self.get_matter().is_over and self.staff.has_perm("delegations.change_visit")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"may_serve": self.may_serve(), **kwargs})


class HotelView(ServicePage):
    """One accommodation: its rooms as they are filled, each guest with a choice of room, rooms to add."""

    permission_required = "delegations.view_visit"
    template_name = "delegations/hotel.html"

    @cached_property
    def stay(self) -> Stay:
        stays = load_stays(self.get_matter())
        found = next((stay for stay in stays if stay.item.pk == self.kwargs["item"]), None)
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        stay = self.stay
        return super().get_context_data(
            **{
                "stay": stay,
                "places_form": PlacesForm(stay=stay),
                "rooms_form": RoomsForm(item=stay.item),
                **kwargs,
            }
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Put each guest where the form says."""
        if not request.user.has_perm("delegations.change_visit"):
            return self.handle_no_permission()
        form = PlacesForm(request.POST, stay=self.stay)
        if form.is_valid():
            try:
                services.place_guests(
                    self.stay.item,
                    form.places,
                    token=form.cleaned_data["token"],
                    by=self.actor,
                    visit=self.get_matter(),
                )
            except DomainError as error:
                refuse(form, error)
            else:
                messages.success(request, _("The guests are placed."))
                return redirect("delegations:hotel", self.kwargs["pk"], self.stay.item.pk)
        return self.render_to_response(self.get_context_data(places_form=form), status=422)


class RoomsAddView(HotelView):
    """Order rooms; the refusal shows on the hotel's page."""

    permission_required = "delegations.change_visit"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = RoomsForm(request.POST, item=self.stay.item)
        if form.is_valid():
            try:
                rooms = services.add_rooms(
                    self.stay.item,
                    count=form.cleaned_data["count"],
                    by=self.actor,
                    visit=self.get_matter(),
                    **form.fields_of_room,
                )
            except DomainError as error:
                refuse(form, error)
            else:
                messages.success(
                    request,
                    ngettext("%(count)d room is added.", "%(count)d rooms are added.", len(rooms))
                    % {"count": len(rooms)},
                )
                return redirect("delegations:hotel", self.kwargs["pk"], self.stay.item.pk)
        return self.render_to_response(self.get_context_data(rooms_form=form), status=422)


class ProposalView(HotelView):
    """A bed for everybody: the preview by the wishes in the address, then exactly that is done."""

    permission_required = "delegations.change_visit"
    template_name = "delegations/hotel_proposal.html"

    def _read(self, data: Any) -> tuple[ProposalForm, Proposal | None]:
        form = ProposalForm(
            data if "head" in data else {"head": "single", "others": "twin", **self._prices()}
        )
        return form, propose(self.stay, form.wishes) if form.is_valid() else None

    def _prices(self) -> dict[str, str]:
        """What the hotel asks for rooms ordered already."""
        fields = {RoomKind.SINGLE: "price_one", RoomKind.TWIN: "price_two", RoomKind.DOUBLE: "price_two"}
        fields[RoomKind.SUITE] = "price_suite"
        return {
            fields[RoomKind(room.kind)]: sum_field_value(room.price)
            for room in self.stay.rooms
            if room.kind in fields and room.price is not None
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form, proposal = self._read(kwargs.pop("data", self.request.GET))
        new = [one for one in proposal.bedrooms if one.room is None] if proposal else []
        return super().get_context_data(form=form, proposal=proposal, new_rooms=len(new), **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ProposalForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(data=request.POST), status=422)
        try:
            services.accept_proposal(
                self.stay.item,
                form.wishes,
                token=request.POST.get("token", ""),
                by=self.actor,
                visit=self.get_matter(),
            )
        except DomainError as error:
            say(request, error)
            return self.render_to_response(self.get_context_data(data=request.POST), status=409)
        messages.success(request, _("Everybody is placed as proposed."))
        return redirect("delegations:hotel", self.kwargs["pk"], self.stay.item.pk)


def rooms_of(visit: Visit) -> QuerySet[Room]:
    """Its own rooms; in a hotel that its festival shares, those of its guests and those that are empty still."""
    guests = RoomGuest.objects.filter(room=OuterRef("pk"))
    shared = Q(item__festival=visit.occasion_id) if visit.occasion_id else Q(pk=None)
    free = Exists(guests.filter(member__visit=visit)) | ~Exists(guests)
    return Room.objects.filter(Q(item__visit=visit) | shared & free, item__deleted_at=None)


class RoomView(ServicePage):
    """Change one room, or let it go."""

    template_name = "delegations/room.html"

    @cached_property
    def room(self) -> Room:
        rooms = rooms_of(self.get_matter())
        return get_object_or_404(
            rooms.select_related("item__place").prefetch_related("item__texts", "guests__member"),
            pk=self.kwargs["room"],
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = RoomForm(item=self.room.item, room=self.room)
        return super().get_context_data(**{"room": self.room, "form": form, **kwargs})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        room = self.room
        form = RoomForm(request.POST, item=room.item, room=room)
        if form.is_valid():
            try:
                services.change_room(
                    room,
                    revision=form.cleaned_data["revision"],
                    by=self.actor,
                    visit=self.get_matter(),
                    **form.fields_of_room,
                )
            except StaleWriteError as error:
                theirs: Any = error.theirs
                return show_both_forms(
                    request, form, RoomForm(item=room.item, room=theirs), theirs, by=last_hand(room.item)
                )
            except DomainError as error:
                refuse(form, error)
            else:
                messages.success(request, _("The room is saved."))
                return redirect("delegations:hotel", self.kwargs["pk"], room.item_id)
        return self.render_to_response(self.get_context_data(form=form), status=422)


@staff_action("delegations.change_visit")
def rooms_fit(request: Any, pk: int, item: int) -> HttpResponse:
    """Fit the rooms to a stay that has moved."""
    visit = visible_visit(request, pk)
    row = get_object_or_404(visit.programme.alive(), pk=item)
    try:
        count = services.fit_rooms(row, by=request.actor, visit=visit)
    except DomainError as error:
        say(request, error)
        return redirect("delegations:services", pk)
    messages.success(
        request,
        ngettext("%(count)d room is fitted to the stay.", "%(count)d rooms are fitted to the stay.", count)
        % {"count": count},
    )
    return redirect("delegations:hotel", pk, item)


@staff_action("delegations.change_visit")
def room_remove(request: Any, pk: int, room: int) -> HttpResponse:
    visit = visible_visit(request, pk)
    row = get_object_or_404(rooms_of(visit).select_related("item"), pk=room)
    try:
        services.remove_room(row, by=request.actor, visit=visit)
    except DomainError as error:
        say(request, error)
    else:
        messages.success(request, _("The room is let go."))
    return redirect("delegations:hotel", pk, row.item_id)
