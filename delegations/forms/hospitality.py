"""Forms of rooms, meals and tickets."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from crispy_forms.layout import Column, Fieldset, Row, Submit
from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import DayField, MoneyField, PlainSubmit
from delegations.choices import RoomKind, TicketState
from delegations.forms.fields import PrintedField, day_input, form_helper, person_label
from delegations.models import MealOrder, ProgrammeItem, Room, Ticket, Visit
from delegations.rooming import Stay, Wishes
from delegations.services.hotels import MOST_ROOMS
from delegations.services.meals import MOST_HOSTS
from delegations.services.tickets import MOST_TICKETS


def count_input(most: int, least: int = 1) -> forms.NumberInput:
    return forms.NumberInput(attrs={"class": "w-num", "min": least, "max": most})


# --- hotels -------------------------------------------------------------------------------------------------


class RoomForm(forms.Form):
    """One room; `RoomsForm` adds several alike."""

    kind = forms.ChoiceField(label=_("Kind of room"), choices=RoomKind.choices, initial=RoomKind.TWIN)
    number = PrintedField(
        label=_("Number or name"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"class": "w-short"}),
    )
    on = DayField(label=_("First night"), widget=day_input())
    until_on = DayField(label=_("Leaves on"), widget=day_input())
    price = MoneyField(label=_("Price a night, €"), required=False, most=99_999)
    note = PrintedField(label=_("Note for the hotel"), max_length=300, required=False)
    button: Any = Submit("save", _("Save the room"))

    def __init__(self, *args: Any, item: ProgrammeItem, room: Room | None = None, **kwargs: Any) -> None:
        first = {"on": item.on, "until_on": item.until_on or item.on + datetime.timedelta(days=1)}
        if room is not None:
            first = {
                name: getattr(room, name) for name in ("kind", "number", "on", "until_on", "price", "note")
            }
        kwargs["initial"] = {**first, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        if room is not None:
            self.fields["revision"] = forms.IntegerField(
                widget=forms.HiddenInput, required=False, initial=room.revision
            )
        self.helper = form_helper(*self._parts(), self.button)

    def _parts(self) -> list[Any]:
        revision = ["revision"] if "revision" in self.fields else []
        return [
            *revision,
            Row(Column("kind"), Column("number")),
            Row(Column("on"), Column("until_on")),
            "price",
            "note",
        ]

    @property
    def fields_of_room(self) -> dict[str, Any]:
        return {
            name: self.cleaned_data[name] for name in ("kind", "number", "on", "until_on", "price", "note")
        }


class RoomsForm(RoomForm):
    count = forms.IntegerField(
        label=_("How many"), initial=1, min_value=1, max_value=MOST_ROOMS, widget=count_input(MOST_ROOMS)
    )
    button = PlainSubmit("save", _("Add the rooms"))

    def _parts(self) -> list[Any]:
        return [
            "kind",
            Row(Column("count"), Column("price")),
            Row(Column("on"), Column("until_on")),
            "number",
            "note",
        ]


class PlacesForm(forms.Form):
    """A room for each guest of the stay, or none."""

    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, stay: Stay, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stay = stay
        beds = stay.bed_of
        rooms = [
            ("", gettext("no bed")),
            *((str(room.pk), self._label(room)) for room in [*stay.rooms, *stay.spare]),
        ]
        for member in stay.members:
            room = beds.get(member.pk)
            self.fields[f"guest-{member.pk}"] = forms.ChoiceField(
                label=member.display_name,
                choices=rooms,
                required=False,
                initial=str(room.pk) if room else "",
                error_messages={"invalid_choice": _("This room is not there any more.")},
            )
        self.fields["token"].initial = stay.token
        self.helper = form_helper()

    def _label(self, room: Room) -> str:
        """Short, for a narrow field: the number is enough once there is one."""
        names = [guest.member.display_name for guest in room.guests.all()]
        what = room.number or room.get_kind_display()
        return f"{what} – {', '.join(names)}" if names else f"{what} – {gettext('nobody yet')}"

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """Each guest with the field that says where."""
        return [(member, self[f"guest-{member.pk}"]) for member in self.stay.members]

    @property
    def places(self) -> dict[int, int | None]:
        return {
            member.pk: int(self.cleaned_data[f"guest-{member.pk}"] or 0) or None
            for member in self.stay.members
        }


class ProposalForm(forms.Form):
    """How the people want it; the address holds the answers, so the preview can be shown to somebody."""

    head = forms.ChoiceField(
        label=_("The head of the delegation"),
        choices=[(RoomKind.SINGLE, _("a room of their own")), (RoomKind.SUITE, _("a suite"))],
        initial=RoomKind.SINGLE,
        widget=forms.RadioSelect,
    )
    others = forms.ChoiceField(
        label=_("The others"),
        choices=[
            (RoomKind.TWIN, _("two in a room, women with women, men with men")),
            (RoomKind.SINGLE, _("each alone")),
        ],
        initial=RoomKind.TWIN,
        widget=forms.RadioSelect,
    )
    price_one = MoneyField(label=_("Single, € a night"), required=False, most=99_999)
    price_two = MoneyField(label=_("For two, € a night"), required=False, most=99_999)
    price_suite = MoneyField(label=_("Suite, € a night"), required=False, most=99_999)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            "head",
            "others",
            Row(Column("price_one"), Column("price_two"), Column("price_suite")),
            by_get=True,
        )

    @property
    def wishes(self) -> Wishes:
        data = self.cleaned_data
        prices: dict[str, Decimal | None] = {
            RoomKind.SINGLE: data["price_one"],
            RoomKind.DOUBLE: data["price_two"],
            RoomKind.TWIN: data["price_two"],
            RoomKind.SUITE: data["price_suite"],
        }
        return Wishes(head=data["head"], others=data["others"], prices=prices)


# --- meals --------------------------------------------------------------------------------------------------


class MealForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    hosts = forms.IntegerField(
        label=_("Our own people at the table"),
        initial=0,
        min_value=0,
        max_value=MOST_HOSTS,
        widget=count_input(MOST_HOSTS, 0),
    )
    price = MoneyField(label=_("Price a person, €"), required=False, most=99_999)
    menu = PrintedField(
        label=_("Menu"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    note = PrintedField(label=_("Note for the kitchen"), max_length=500, required=False)

    def __init__(self, *args: Any, order: MealOrder | None = None, **kwargs: Any) -> None:
        if order is not None:
            names = ("revision", "hosts", "price", "menu", "note")
            kwargs["initial"] = {name: getattr(order, name) for name in names}
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            "revision",
            Row(Column("hosts"), Column("price")),
            "menu",
            "note",
            Submit("save", _("Save the order")),
        )

    @property
    def fields_of_order(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("hosts", "price", "menu", "note")}


class TablesForm(forms.Form):
    """The name of a table beside each guest."""

    def __init__(self, *args: Any, members: list[Any], tables: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = members
        for member in members:
            self.fields[f"table-{member.pk}"] = PrintedField(
                label=member.display_name,
                max_length=40,
                required=False,
                initial=tables.get(member.pk, ""),
                widget=forms.TextInput(attrs={"class": "w-short", "list": "tables", "autocomplete": "off"}),
            )

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        return [(member, self[f"table-{member.pk}"]) for member in self.members]

    @property
    def tables(self) -> dict[int, str]:
        return {member.pk: self.cleaned_data[f"table-{member.pk}"] for member in self.members}


# --- tickets ------------------------------------------------------------------------------------------------


class TicketForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    what = PrintedField(
        label=_("For what"), max_length=160, help_text=_("For example, the bus Kaunas–Alytus, the concert.")
    )
    count = forms.IntegerField(
        label=_("How many"), min_value=1, max_value=MOST_TICKETS, widget=count_input(MOST_TICKETS)
    )
    leg: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("For a journey"), queryset=None, required=False
    )
    item: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("For an item of the programme"), queryset=None, required=False
    )
    state = forms.ChoiceField(
        label=_("How they stand"),
        choices=TicketState.choices,
        initial=TicketState.NEEDED,
        widget=forms.RadioSelect,
    )
    bought_by = PrintedField(
        label=_("Bought by"),
        max_length=160,
        required=False,
        help_text=_("A colleague, the guests themselves, a travel agency."),
    )
    price = MoneyField(label=_("Price of one, €"), required=False, most=99_999)
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("The tickets as PDF or a picture; they stand among the documents of the visit."),
    )
    note = PrintedField(label=_("Note"), max_length=300, required=False)
    OWN = ("what", "count", "leg", "item", "state", "bought_by", "price", "note")

    def __init__(self, *args: Any, visit: Visit, ticket: Ticket | None = None, **kwargs: Any) -> None:
        if ticket is not None:
            names = ("revision", "what", "count", "leg", "item", "state", "bought_by", "price", "note")
            kwargs["initial"] = {name: getattr(ticket, name) for name in names}
        else:
            kwargs["initial"] = {
                "count": max(1, getattr(visit, "guest_count", 1)),
                **kwargs.get("initial", {}),
            }
        super().__init__(*args, **kwargs)
        legs: Any = self.fields["leg"]
        legs.queryset = visit.legs.select_related("place")
        legs.label_from_instance = leg_label
        items: Any = self.fields["item"]
        items.queryset = (
            visit.items.alive().exclude(kind="accommodation").in_order().prefetch_related("texts")
        )
        items.label_from_instance = item_label
        self.helper = form_helper(
            "revision",
            Row(Column("what", css_class="col-md-8"), Column("count")),
            "leg",
            "item",
            "state",
            Fieldset(_("Purchase"), Row(Column("bought_by"), Column("price")), "file"),
            "note",
            Submit("save", _("Save the tickets")),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("leg") and data.get("item"):
            self.add_error("item", _("Choose a journey or an item, not both."))
        return data

    @property
    def fields_of_ticket(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.OWN}


def leg_label(leg: Any) -> str:
    return f"{leg.on:%Y-%m-%d} {leg.at:%-H.%M} {leg.get_direction_display()}: {leg} {leg.other_end}".strip()


def item_label(item: ProgrammeItem) -> str:
    return f"{item.on:%Y-%m-%d} {item.hours} {item.title}"


class AskForm(forms.Form):
    """Who is asked to buy, by when."""

    assignee: forms.ModelChoiceField = forms.ModelChoiceField(label=_("Who buys"), queryset=None)
    due_on = DayField(label=_("By when"), required=False, widget=day_input())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["assignee"]
        people.queryset = get_user_model().objects.active().order_by("last_name", "first_name")
        people.label_from_instance = person_label
        self.helper = form_helper("assignee", "due_on", Submit("save", _("Ask to buy")))
