"""Forms of journeys and transfers."""

from __future__ import annotations

import datetime
from typing import Any

from crispy_forms.layout import Column, Fieldset, Row, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import DayField
from delegations.choices import LegDirection, TravelMode
from delegations.forms.fields import ClockField, PrintedField, clean_words, day_input, form_helper
from delegations.models import Member, TravelLeg, Visit
from resources.choices import PlaceKind
from resources.models import Place

HALF_A_DAY = 12 * 60
WHERE = _("Choose the airport, the station or the place.")


def stations() -> list[tuple[str, list[tuple[int, str]]]]:
    """Airports and stations first, then the other places."""
    first: list[tuple[int, str]] = []
    others: list[tuple[int, str]] = []
    for place in Place.objects.active():
        (first if place.kind == PlaceKind.TRANSPORT else others).append((place.pk, place.label))
    return [(gettext("Airports and stations"), first), (gettext("Other places"), others)]


class LegForm(forms.Form):
    """One leg: what, when and where; then who travels."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    direction = forms.ChoiceField(
        label=_("Arrival or departure"), choices=LegDirection.choices, widget=forms.RadioSelect
    )
    mode = forms.ChoiceField(label=_("By what"), choices=TravelMode.choices, initial=TravelMode.FLIGHT)
    number = PrintedField(
        label=_("Number of the flight or train"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"class": "w-short", "placeholder": "LO 781"}),
    )
    on = DayField(label=_("Day"), widget=day_input())
    at = ClockField(
        label=_("Hour"),
        help_text=_("On the clock of the place where the guests are met or seen off."),
        error_messages={"required": _("Write the hour as 9.30.")},
    )
    place = forms.ModelChoiceField(
        label=_("Where they are met or seen off"),
        queryset=Place.objects.none(),
        error_messages={"required": WHERE},
    )
    other_end = PrintedField(label=_("From where or where to"), max_length=120, required=False)
    is_for_all = forms.BooleanField(
        label=_("All the guests"),
        required=False,
        initial=True,
        help_text=_("All but those who have a journey of their own that way."),
    )
    passengers = forms.ModelMultipleChoiceField(
        label=_("Who travels"),
        queryset=Member.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    needs_transfer = forms.BooleanField(
        label=_("They have to be met or seen off"),
        required=False,
        initial=True,
        help_text=_("Untick it when they come in a car or bus of their own."),
    )
    note = PrintedField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, visit: Visit, leg: TravelLeg | None = None, **kwargs: Any) -> None:
        self.visit = visit
        if leg is not None:
            kwargs["initial"] = {**values_of(leg), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        place: Any = self.fields["place"]
        place.queryset = Place.objects.active() | Place.objects.filter(pk=leg.place_id if leg else None)
        place.choices = [("", place.empty_label), *stations()]
        passengers: Any = self.fields["passengers"]
        passengers.queryset = visit.members.all()
        passengers.label_from_instance = lambda member: member.display_name
        self.helper = form_helper(
            "revision",
            Fieldset(_("The journey"), "direction", Row(Column("mode"), Column("number")), "other_end"),
            Fieldset(_("When and where"), Row(Column("on"), Column("at")), "place"),
            Fieldset(_("Who"), "is_for_all", "passengers", "needs_transfer", "note"),
            Submit("save", _("Save the journey")),
        )

    def clean_at(self) -> datetime.time:
        if self.cleaned_data["at"] is None:
            raise ValidationError(gettext("Write the hour as 9.30."))
        return self.cleaned_data["at"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("is_for_all") and not data.get("passengers"):
            self.add_error("passengers", gettext("Choose at least one guest, or tick that all travel."))
        return data

    @property
    def fields_of_leg(self) -> dict[str, Any]:
        names = "direction mode number on at place other_end is_for_all needs_transfer note".split()
        return {name: self.cleaned_data[name] for name in names}


def values_of(leg: TravelLeg) -> dict[str, Any]:
    return {
        "revision": leg.revision,
        "direction": leg.direction,
        "mode": leg.mode,
        "number": leg.number,
        "on": leg.on,
        "at": leg.at,
        "place": leg.place_id,
        "other_end": leg.other_end,
        "is_for_all": leg.is_for_all,
        "passengers": list(leg.named_pks),
        "needs_transfer": leg.needs_transfer,
        "note": leg.note,
    }


class TableForm(forms.Form):
    """A table of journeys pasted for many guests at once."""

    direction = forms.ChoiceField(label=_("Arrival or departure"), choices=LegDirection.choices)
    mode = forms.ChoiceField(label=_("By what"), choices=TravelMode.choices)
    place = forms.ModelChoiceField(
        label=_("Where they are met or seen off"),
        queryset=Place.objects.active(),
        error_messages={"required": WHERE},
    )
    text = forms.CharField(
        label=_("One guest a line"),
        max_length=40_000,
        widget=forms.Textarea(
            attrs={
                "rows": 10,
                "spellcheck": "false",
                "placeholder": "Zbigniew Łączyński; LO 781; 2026-06-12 14:35; Warszawa",
            }
        ),
        help_text=_("Name; number; day and hour; from where or where to. Cells copied from a table will do."),
        error_messages={"required": _("Paste at least one line with a name.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place: Any = self.fields["place"]
        place.choices = [("", place.empty_label), *stations()]
        self.helper = form_helper("direction", Row(Column("mode"), Column("place")), "text")

    def clean_text(self) -> str:
        # cells of a table come with tabs between them; a tab is a blank to clean_words
        lines = self.cleaned_data["text"].replace("\t", "; ").splitlines()
        return "\n".join(clean_words(line) for line in lines)


class DelayForm(forms.Form):
    """A delay as it is heard on the telephone: minutes, or the new hour, or that the leg does not run."""

    minutes = forms.IntegerField(
        label=_("Late by, minutes"),
        required=False,
        min_value=-600,
        max_value=2880,
        widget=forms.NumberInput(attrs={"class": "w-num", "inputmode": "numeric"}),
        help_text=_("Of the planned hour; with a minus: earlier; 0: on time again."),
    )
    hour = ClockField(label=_("or the new hour"), required=False)
    is_cancelled = forms.BooleanField(label=_("Does not run at all"), required=False)

    def __init__(self, *args: Any, leg: TravelLeg, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.leg = leg
        self.helper = form_helper(Row(Column("minutes"), Column("hour")), "is_cancelled", by_get=True)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        if data.get("is_cancelled"):
            data["minutes"] = 0
        elif data.get("hour") is not None:
            planned = self.leg.at.hour * 60 + self.leg.at.minute
            minutes = data["hour"].hour * 60 + data["hour"].minute - planned
            # 0.40 said of a plane of 23.50 is past midnight; 23.40 of a plane of 0.30 is a little earlier
            data["minutes"] = minutes + (
                24 * 60 if minutes < -HALF_A_DAY else -24 * 60 if minutes > HALF_A_DAY else 0
            )
            if data["minutes"] < -600:
                self.add_error("hour", gettext("Ten hours earlier at most: write the minutes."))
        elif data.get("minutes") is None:
            self.add_error(
                "minutes", gettext("Write the minutes, or the new hour, or tick that it does not run.")
            )
        return data


def _car_label(car: Any) -> str:
    """The name, with the seats where the name does not say them."""
    return car.name if str(car.seats) in car.name else f"{car.name} ({car.seats})"


class TransfersForm(forms.Form):
    """The proposed transfers, each with what a person may change: taken or not, when, by what, who drives."""

    def __init__(self, *args: Any, proposals: list[Any], cars: Any, drivers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposals = proposals
        self._cars, self._drivers = cars, drivers
        none = [("", gettext("none yet"))]
        car_choices = none + [(str(car.pk), _car_label(car)) for car in cars.values()]
        driver_choices = none + [(str(driver.pk), driver.name) for driver in drivers.values()]
        for one in proposals:
            if not one.can_be:
                continue
            way, words = one.way, f"{one.starts:%H.%M}, {one.from_place} – {one.to_place}"
            self._put(
                f"{one.key}-take",
                forms.BooleanField(
                    label=gettext("Put into the programme"), required=False, initial=way.car is not None
                ),
                words,
            )
            self._put(f"{one.key}-starts", ClockField(label=gettext("Sets off"), initial=one.starts), words)
            self._put(
                f"{one.key}-car",
                forms.ChoiceField(
                    label=gettext("Car"), choices=car_choices, required=False, initial=str(way.car or "")
                ),
                words,
            )
            self._put(
                f"{one.key}-driver",
                forms.ChoiceField(
                    label=gettext("Driver"),
                    choices=driver_choices,
                    required=False,
                    initial=str(way.driver or ""),
                ),
                words,
            )

    def _put(self, name: str, field: Any, words: str) -> None:
        look = {"CheckboxInput": "form-check-input", "Select": "form-select"}
        css = look.get(type(field.widget).__name__, "form-control w-num")
        field.widget.attrs |= {"aria-label": f"{field.label}: {words}", "class": css}
        self.fields[name] = field

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [
            {
                "proposal": one,
                "fields": [self[f"{one.key}-{name}"] for name in ("take", "starts", "car", "driver")],
            }
            if one.can_be
            else {"proposal": one, "fields": []}
            for one in self.proposals
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for one in self.proposals:
            if data.get(f"{one.key}-take") and data.get(f"{one.key}-starts", "") is None:
                self.add_error(f"{one.key}-starts", gettext("Write the hour as 9.30."))
        return data

    @property
    def chosen(self) -> list[dict[str, Any]]:
        data = self.cleaned_data
        return [
            {
                "key": one.key,
                "starts": data[f"{one.key}-starts"],
                "car": self._cars.get(int(data[f"{one.key}-car"] or 0)),
                "driver": self._drivers.get(int(data[f"{one.key}-driver"] or 0)),
            }
            for one in self.proposals
            if data.get(f"{one.key}-take")
        ]
