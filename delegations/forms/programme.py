"""Forms of the programme."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import Column, Div, Field, Fieldset, Row, Submit
from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import DayField
from delegations.choices import DayPart, ItemKind, Progress
from delegations.forms.fields import (
    ClockField,
    PrintedField,
    day_input,
    form_helper,
    person_label,
)
from delegations.models import Festival, Member, ProgrammeItem
from delegations.services.state import Planned
from partners.choices import Language
from resources.choices import ResourceKind
from resources.models import Place, Resource


class ItemForm(forms.Form):
    """One item of the programme: what and when first, who serves it after."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=_("What is it"), choices=ItemKind.choices, initial=ItemKind.MEETING)
    on = forms.TypedChoiceField(label=_("Day"), coerce=datetime.date.fromisoformat)
    starts = ClockField(label=_("From"), required=False)
    ends = ClockField(label=_("Until"), required=False, help_text="")
    part = forms.ChoiceField(
        label=_("or a part of the day"), choices=[("", "—"), *DayPart.choices], required=False
    )
    until_on = DayField(
        label=_("Leaves the hotel on"),
        required=False,
        widget=day_input(),
        help_text=_("Only for accommodation."),
    )
    place = forms.ModelChoiceField(label=_("Place"), queryset=Place.objects.none(), required=False)
    to_place = forms.ModelChoiceField(
        label=_("Where to"), queryset=Place.objects.none(), required=False, help_text=_("Only for transport.")
    )
    host: forms.ModelChoiceField = forms.ModelChoiceField(label=_("Who hosts"), queryset=None, required=False)
    host_name = PrintedField(label=_("or another person"), max_length=160, required=False)
    is_for_all = forms.BooleanField(label=_("All the guests take part"), required=False, initial=True)
    participants = forms.ModelMultipleChoiceField(
        label=_("Who takes part"),
        queryset=Member.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    interpreters = forms.ModelMultipleChoiceField(
        label=_("Interpreters"),
        queryset=Resource.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    halls = forms.ModelMultipleChoiceField(
        label=_("Halls"),
        queryset=Resource.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    cars = forms.ModelMultipleChoiceField(
        label=_("Cars"), queryset=Resource.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    drivers = forms.ModelMultipleChoiceField(
        label=_("Drivers"),
        queryset=Resource.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_open_to_press = forms.BooleanField(
        label=_("Open to the press"),
        required=False,
        help_text=_("Stands in the list for journalists."),
    )
    is_fixed = forms.BooleanField(
        label=_("Fixed"),
        required=False,
        help_text=_("Stays where it is when the rest of the day is shifted."),
    )
    notes = PrintedField(
        label=_("Notes for insiders"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Guests never see them."),
    )

    SERVED = {
        "interpreters": ResourceKind.INTERPRETER,
        "halls": ResourceKind.HALL,
        "cars": ResourceKind.CAR,
        "drivers": ResourceKind.DRIVER,
    }

    def __init__(self, *args: Any, visit: Planned, item: ProgrammeItem | None = None, **kwargs: Any) -> None:
        self.visit, self.item = visit, item
        if item is not None:
            kwargs["initial"] = {**self._values_of(item), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self._offer()
        self._add_texts()
        self._lay_out()

    def _offer(self) -> None:
        from core.dates import weekday_words  # noqa: PLC0415 -- words of the active language

        self.fields["on"].choices = [(day.isoformat(), weekday_words(day)) for day in self.visit.days]  # type: ignore[attr-defined]
        self.fields["on"].error_messages["invalid_choice"] = _("The day is outside the visit.")
        places = Place.objects.active()
        for name in ("place", "to_place"):
            self._offer_rows(name, places, places)
        people = get_user_model().objects.active().order_by("last_name", "first_name")
        self.fields["host"].queryset = people  # type: ignore[attr-defined]
        self.fields["host"].label_from_instance = person_label  # type: ignore[attr-defined]
        self._offer_guests()
        served = Resource.objects.active().filter(kind__in=self.SERVED.values())
        for name, kind in self.SERVED.items():
            of_kind = [row for row in served if row.kind == kind]
            self._offer_rows(name, Resource.objects.active().of_kind(kind), of_kind)

    def _offer_guests(self) -> None:
        """The guests; of a festival by delegation, each under its name."""
        field: Any = self.fields["participants"]
        members = self.visit.members.all()
        field.queryset = members
        field.label_from_instance = lambda member: member.display_name
        if isinstance(self.visit, Festival):
            groups: dict[str, list[tuple[int, str]]] = {}
            for member in members:
                groups.setdefault(member.visit.title, []).append((member.pk, member.display_name))
            field.choices = list(groups.items())

    def _offer_rows(self, name: str, valid: Any, shown: Iterable[Any]) -> None:
        """What may be chosen, checked by a query of its own; what is shown was read once for several fields."""
        field: Any = self.fields[name]
        field.queryset = valid
        rows = [(row.pk, field.label_from_instance(row)) for row in shown]
        field.choices = rows if field.empty_label is None else [("", field.empty_label), *rows]

    def _add_texts(self) -> None:
        texts = self.item.texts_by_language if self.item else {}
        for code in self.visit.text_languages:
            label = Language(code).label if code in Language.values else code
            text = texts.get(code)
            needed = code == "lt"
            self.fields[f"title_{code}"] = PrintedField(
                label=_("Title, %(language)s") % {"language": label},
                max_length=200,
                required=needed,
                initial=text.title if text else "",
                widget=forms.TextInput(attrs={"lang": code}),
                error_messages={
                    "required": _("Write the title in Lithuanian."),
                    "max_length": _("At most %(limit_value)d characters; there are %(show_value)d."),
                },
            )
            self.fields[f"description_{code}"] = PrintedField(
                label=_("Description, %(language)s") % {"language": label},
                max_length=2000,
                required=False,
                initial=text.description if text else "",
                widget=forms.Textarea(attrs={"rows": 2, "lang": code}),
            )

    def _lay_out(self) -> None:
        codes = self.visit.text_languages
        titles = [f"title_{code}" for code in codes]
        more = [f"description_{code}" for code in codes]
        self.helper = form_helper(
            "revision",
            Fieldset(
                _("What and when"),
                titles[0],
                *titles[1:],
                Row(Column("kind"), Column("on")),
                Row(Column("starts"), Column("ends"), Column("part")),
                "until_on",
                "place",
                "to_place",
            ),
            Fieldset(_("Who"), Row(Column("host"), Column("host_name")), "is_for_all", "participants"),
            Fieldset(
                _("Who and what serves it"),
                Div(
                    Field("interpreters"),
                    Field("halls"),
                    Field("cars"),
                    Field("drivers"),
                    css_class="serve-cols",
                ),
            ),
            Fieldset(_("More"), *more, "notes", "is_open_to_press", "is_fixed"),
            Submit("save", _("Save the item")),
        )

    @staticmethod
    def _values_of(item: ProgrammeItem) -> dict[str, Any]:
        served: dict[str, list[int]] = {}
        for row in item.resources.all():
            served.setdefault(row.resource.kind, []).append(row.resource_id)
        return {
            "revision": item.revision,
            "kind": item.kind,
            "on": item.on.isoformat(),
            "starts": item.starts,
            "ends": item.ends,
            "part": item.part,
            "until_on": item.until_on,
            "place": item.place_id,
            "to_place": item.to_place_id,
            "host": item.host_id,
            "host_name": item.host_name,
            "is_for_all": item.is_for_all,
            "participants": [row.member_id for row in item.participants.all()],
            "is_open_to_press": item.is_open_to_press,
            "is_fixed": item.is_fixed,
            "notes": item.notes,
            **{name: served.get(kind, []) for name, kind in ItemForm.SERVED.items()},
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("is_for_all") and not data.get("participants"):
            self.add_error("participants", gettext("Choose at least one guest, or tick that all take part."))
        if (
            "starts" in data
            and data["starts"] is None
            and not data.get("part")
            and "starts" not in self.errors
        ):
            self.add_error("starts", gettext("Give an hour, or a part of the day."))
        if data.get("starts") and data.get("starts") == data.get("ends"):
            self.add_error("ends", gettext("The item ends at the minute it begins."))
        return data

    @property
    def fields_of_item(self) -> dict[str, Any]:
        names = (
            "kind on starts ends part until_on place to_place host host_name is_for_all is_open_to_press is_fixed notes"
        ).split()
        return {name: self.cleaned_data[name] for name in names}

    @property
    def texts(self) -> dict[str, tuple[str, str]]:
        data = self.cleaned_data
        return {
            code: (data[f"title_{code}"], data[f"description_{code}"]) for code in self.visit.text_languages
        }

    @property
    def served_by(self) -> list[Resource]:
        found = [resource for name in self.SERVED for resource in self.cleaned_data[name]]
        kept = [row.resource for row in self.item.resources.all()] if self.item else []
        return found + [resource for resource in kept if resource.kind not in self.SERVED.values()]


class ProgressForm(forms.Form):
    progress = forms.ChoiceField(choices=Progress.choices)
    note = forms.CharField(max_length=500, required=False)


class ShiftForm(forms.Form):
    on = forms.TypedChoiceField(label=_("Day"), coerce=datetime.date.fromisoformat)
    since = ClockField(label=_("From what hour"))
    minutes = forms.IntegerField(
        label=_("By how many minutes"),
        min_value=-720,
        max_value=720,
        help_text=_("With a minus: earlier."),
        widget=forms.NumberInput(attrs={"class": "w-num", "step": 5}),
    )

    def __init__(self, *args: Any, visit: Planned, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        from core.dates import weekday_words  # noqa: PLC0415 -- words of the active language

        self.fields["on"].choices = [(day.isoformat(), weekday_words(day)) for day in visit.days]  # type: ignore[attr-defined]
        self.helper = form_helper("on", Row(Column("since"), Column("minutes")), by_get=True)

    def clean_minutes(self) -> int:
        if not self.cleaned_data["minutes"]:
            raise ValidationError(gettext("Give minutes from −720 to 720, not zero."))
        return self.cleaned_data["minutes"]
