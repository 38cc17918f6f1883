from __future__ import annotations

import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Div, Fieldset, Layout, Row, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import DayField, MoneyField
from partners.choices import Language
from partners.forms import RowForm, day_input, zone_choices
from resources.choices import ResourceKind
from resources.models import Car, Driver, Equipment, Hall, Interpreter, InterpreterWork, Place

FOREIGN = [(code, label) for code, label in Language.choices if code != "lt"]


class ResourceForm(RowForm):
    """What every resource's form shares; contacts are there only for those who may read them."""

    def lay_out_with_contacts(self, *parts: Any, with_contacts: bool) -> None:
        contacts: list[Any] = []
        if with_contacts:
            contacts = [Div(Fieldset(_("Contacts"), Row(Column("phone"), Column("email"))), data_personal="")]
        else:
            del self.fields["phone"], self.fields["email"]
        self.lay_out(*parts, *contacts, "note", "is_active", Submit("save", _("Save")))

    @property
    def contacts(self) -> dict[str, str] | None:
        if "email" not in self.fields:
            return None
        return {name: self.cleaned_data.get(name, "") for name in ("email", "phone")}

    @property
    def pairs(self) -> list[dict[str, Any]] | None:
        return None


class PersonResourceForm(ResourceForm):
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)


class InterpreterForm(PersonResourceForm):
    languages = forms.MultipleChoiceField(
        label=_("Interprets between Lithuanian and"),
        choices=FOREIGN,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Give at least one language.")},
    )
    sworn = forms.MultipleChoiceField(
        label=_("Sworn for"), choices=FOREIGN, widget=forms.CheckboxSelectMultiple, required=False
    )

    fee = MoneyField(
        label=_("Fee an hour, €"),
        required=False,
        most=10_000,
        help_text=_("Empty means it is not known, or none is paid."),
    )
    contract_from = DayField(label=_("Valid from"), required=False, widget=day_input())
    contract_until = DayField(label=_("Valid until"), required=False, widget=day_input())

    class Meta:
        model = Interpreter
        fields = [
            "name",
            "gender",
            "is_staff",
            "fee",
            "contract_number",
            "contract_from",
            "contract_until",
            "contract_note",
            "note",
            "is_active",
        ]
        labels = {"name": _("Name and surname")}
        help_texts = {
            "contract_note": _("What is paid for besides the hours, where the signed contract is kept.")
        }
        widgets = {
            "contract_number": forms.TextInput(attrs={"class": "w-short"}),
            "contract_note": forms.Textarea(attrs={"rows": 2}),
            "note": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, with_contacts: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.other_pairs = []
        if self.instance.pk:
            pairs = list(self.instance.pairs.all())
            plain = [pair for pair in pairs if "lt" in (pair.one, pair.other)]
            self.other_pairs = [pair for pair in pairs if "lt" not in (pair.one, pair.other)]
            foreign = {(pair.other if pair.one == "lt" else pair.one): pair.is_sworn for pair in plain}
            self.initial.update(
                languages=list(foreign), sworn=[code for code, sworn in foreign.items() if sworn]
            )
        self.lay_out_with_contacts(
            Row(Column("name"), Column("gender")),
            "languages",
            "sworn",
            "fee",
            "is_staff",
            Fieldset(
                _("Contract"),
                "contract_number",
                Row(Column("contract_from"), Column("contract_until")),
                "contract_note",
            ),
            with_contacts=with_contacts,
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if set(data.get("sworn", [])) - set(data.get("languages", [])):
            self.add_error("sworn", _("A sworn interpreter must interpret that language, too."))
        first, last = data.get("contract_from"), data.get("contract_until")
        if first and last and last < first:
            self.add_error("contract_until", _("The contract ends before it begins."))
        return data

    @property
    def pairs(self) -> list[dict[str, Any]]:
        """Pairs with Lithuanian as ticked; pairs of two foreign languages stay as they are."""
        sworn = set(self.cleaned_data["sworn"])
        ticked = [{"other": code, "is_sworn": code in sworn} for code in self.cleaned_data["languages"]]
        kept = [
            {"one": pair.one, "other": pair.other, "is_sworn": pair.is_sworn} for pair in self.other_pairs
        ]
        return ticked + kept


class ContractForm(forms.Form):
    """The signed contract with its number and days."""

    file = forms.FileField(
        label=_("Signed contract"),
        help_text=_("PDF, ADOC, an office document or a scan. Only those who may open contracts see it."),
        error_messages={"required": _("Choose the file.")},
    )
    number = forms.CharField(
        label=_("Number"), max_length=60, widget=forms.TextInput(attrs={"class": "w-short"})
    )
    valid_from = DayField(label=_("Valid from"), required=False, widget=day_input())
    valid_until = DayField(
        label=_("Valid until"),
        required=False,
        widget=day_input(),
        help_text=_("You will be reminded thirty and seven days before."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "file", "number", Row(Column("valid_from"), Column("valid_until")), Submit("save", _("Save"))
        )


class DriverForm(PersonResourceForm):
    class Meta:
        model = Driver
        fields = ["name", "gender", "categories", "languages", "note", "is_active"]
        labels = {"name": _("Name and surname")}
        help_texts = {"categories": _("For example, B, D1.")}
        widgets = {
            "note": forms.Textarea(attrs={"rows": 2}),
            "categories": forms.TextInput(attrs={"class": "w-short"}),
        }

    def __init__(self, *args: Any, with_contacts: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lay_out_with_contacts(
            Row(Column("name"), Column("gender")),
            Row(Column("categories"), Column("languages")),
            with_contacts=with_contacts,
        )


class ThingForm(ResourceForm):
    """Cars, halls and equipment: no contacts of people."""

    def lay_out_thing(self, *parts: Any) -> None:
        self.lay_out(*parts, "note", "is_active", Submit("save", _("Save")))

    @property
    def contacts(self) -> None:
        return None


class CarForm(ThingForm):
    class Meta:
        model = Car
        fields = ["name", "body", "plate", "seats", "owner", "usual_driver", "note", "is_active"]
        help_texts = {"name": _("As it is called here: minibus, 16 seats.")}
        widgets = {
            "seats": forms.NumberInput(attrs={"class": "w-num", "min": 1, "max": 120}),
            "note": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, with_contacts: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["usual_driver"].queryset = Driver.objects.active()  # type: ignore[attr-defined]
        self.lay_out_thing(
            Row(Column("name"), Column("body")),
            Row(Column("plate"), Column("seats")),
            "owner",
            "usual_driver",
        )

    def clean_seats(self) -> int:
        seats = self.cleaned_data["seats"]
        if not 1 <= seats <= 120:
            raise ValidationError(_("From 1 to 120 seats."))
        return seats


class HallForm(ThingForm):
    class Meta:
        model = Hall
        fields = ["name", "place", "seats", "note", "is_active"]
        widgets = {
            "seats": forms.NumberInput(attrs={"class": "w-num", "min": 1}),
            "note": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, with_contacts: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = Place.objects.active()  # type: ignore[attr-defined]
        self.lay_out_thing(Row(Column("name"), Column("place")), "seats")


class EquipmentForm(ThingForm):
    class Meta:
        model = Equipment
        fields = ["name", "place", "note", "is_active"]
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, with_contacts: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = Place.objects.active()  # type: ignore[attr-defined]
        self.lay_out_thing(Row(Column("name"), Column("place")))


FORMS: dict[str, type[ResourceForm]] = {
    ResourceKind.INTERPRETER: InterpreterForm,
    ResourceKind.CAR: CarForm,
    ResourceKind.DRIVER: DriverForm,
    ResourceKind.HALL: HallForm,
    ResourceKind.EQUIPMENT: EquipmentForm,
}


class PlaceForm(RowForm):
    zone = forms.ChoiceField(
        label=_("Time zone"), choices=lambda: zone_choices()[1:], initial="Europe/Vilnius"
    )

    class Meta:
        model = Place
        fields = [
            "name",
            "name_en",
            "kind",
            "address",
            "town",
            "city",
            "latitude",
            "longitude",
            "zone",
            "seats",
            "phone",
            "website",
            "note",
            "is_active",
        ]
        help_texts = {"city": _("Only for places abroad.")}
        widgets = {
            "latitude": forms.NumberInput(attrs={"class": "w-num", "step": "any"}),
            "longitude": forms.NumberInput(attrs={"class": "w-num", "step": "any"}),
            "seats": forms.NumberInput(attrs={"class": "w-num", "min": 1}),
            "note": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lay_out(
            Fieldset(_("Place"), Row(Column("name"), Column("name_en")), "kind"),
            Fieldset(
                _("Where"),
                Row(Column("address"), Column("town")),
                Row(Column("latitude"), Column("longitude")),
                Row(Column("zone"), Column("city")),
            ),
            Fieldset(_("About"), "seats", Row(Column("phone"), Column("website")), "note", "is_active"),
            Submit("save", _("Save")),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if (data.get("latitude") is None) != (data.get("longitude") is None):
            self.add_error("longitude", _("Give both coordinates, in degrees."))
        return data


class BlockForm(forms.Form):
    """Time a resource is away."""

    what = forms.CharField(
        label=_("Why is it away?"), max_length=200, help_text=_("For example, leave or repair.")
    )
    first = DayField(label=_("From"), widget=day_input())
    last = DayField(label=_("Until"), widget=day_input())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "what", Row(Column("first"), Column("last")), Submit("save", _("Write it down"))
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day may not be before the first."))
        elif first and last and (last - first).days > 366:
            self.add_error("last", _("At most a year at once."))
        return data

    @property
    def moments(self) -> tuple[datetime.datetime, datetime.datetime]:
        """From midnight of the first day to midnight after the last."""
        start = datetime.datetime.combine(self.cleaned_data["first"], datetime.time())
        end = datetime.datetime.combine(
            self.cleaned_data["last"] + datetime.timedelta(days=1), datetime.time()
        )
        return timezone.make_aware(start), timezone.make_aware(end)


class MinutesForm(forms.Form):
    other = forms.ModelChoiceField(label=_("Other place"), queryset=Place.objects.none())
    minutes = forms.IntegerField(
        label=_("Minutes by car"),
        min_value=1,
        max_value=24 * 60,
        widget=forms.NumberInput(attrs={"class": "w-num"}),
    )
    note = forms.CharField(
        label=_("Note"), max_length=200, required=False, help_text=_("For example, more in winter.")
    )

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = Place.objects.active().exclude(pk=place.pk)  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("other", "minutes", "note", Submit("save", _("Save minutes")))


class WorkForm(forms.Form):
    """How long an interpreter really worked and how it went."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    hours = MoneyField(
        label=_("Hours worked"),
        required=False,
        most=200,
        help_text=_("Empty: as the programme says."),
        error_messages={
            "invalid": _("Write the hours as 2,5."),
            "negative": _("The hours cannot be negative."),
            "too_big": _("At most 200 hours."),
        },
    )
    rating = forms.TypedChoiceField(
        label=_("How it went"),
        choices=[
            ("", _("not rated")),
            (5, _("5 – excellent")),
            (4, _("4 – good")),
            (3, _("3 – fair")),
            (2, _("2 – poor")),
            (1, _("1 – do not invite again")),
        ],
        coerce=int,
        empty_value=None,
        required=False,
    )
    words = forms.CharField(
        label=_("In a sentence or two"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Of the work, not of the person: the interpreter may ask to read it."),
    )

    def __init__(self, *args: Any, row: InterpreterWork | None = None, **kwargs: Any) -> None:
        if row is not None:
            names = ("revision", "hours", "rating", "words")
            kwargs["initial"] = {name: getattr(row, name) for name in names}
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "revision", "hours", "rating", "words", Submit("save", _("Write it down"))
        )

    @property
    def fields_of_work(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("hours", "rating", "words")}
