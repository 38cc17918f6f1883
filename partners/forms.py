from __future__ import annotations

import datetime
import zoneinfo
from functools import lru_cache
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Div, Fieldset, Layout, Row, Submit
from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from partners.choices import Area, Language
from partners.models import City, CityEvent, Institution, Person, PersonPost

RANKS = (
    (10, _("head of the city")),
    (20, _("chair of the council")),
    (30, _("deputy head of the city")),
    (40, _("member of the council")),
    (50, _("director of the administration")),
    (60, _("head of a department or institution")),
    (70, _("specialist")),
    (90, _("other")),
)


@lru_cache(maxsize=1)
def zone_choices() -> list[tuple[str, str]]:
    places = ("Europe/", "America/", "Asia/", "Africa/", "Atlantic/", "Australia/", "Pacific/")
    names = sorted(name for name in zoneinfo.available_timezones() if name.startswith(places))
    return [("", "—"), *((name, name.replace("_", " ")) for name in names)]


def day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "w-date"})


class RowForm(forms.ModelForm):
    """A form of a row two people may edit: it carries the revision it was drawn from."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["revision"].initial = self.instance.revision
        else:
            del self.fields["revision"]
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": ""}
        self.helper.form_tag = False  # the page holds the form: it has the draft, too

    def lay_out(self, *parts: Any) -> None:
        revision = ["revision"] if "revision" in self.fields else []
        self.helper.layout = Layout(*revision, *parts)

    @property
    def own_fields(self) -> list[str]:
        return list(self._meta.fields or ())


class CityForm(RowForm):
    areas = forms.MultipleChoiceField(
        label=_("Areas of cooperation"),
        choices=Area.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=Language.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("In the first one papers for guests are made."),
    )
    zone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices, required=False)

    class Meta:
        model = City
        fields = [
            "name_lt",
            "name_local",
            "country",
            "region",
            "unit",
            "status",
            "succeeded_by",
            "agreement_year",
            "agreement_kind",
            "areas",
            "languages",
            "zone",
            "latitude",
            "longitude",
            "website",
            "responsible",
            "before_meeting",
            "note",
            "note_en",
            "source",
            "is_verified",
        ]
        widgets = {
            "agreement_year": forms.NumberInput(attrs={"class": "w-num", "min": 1900, "max": 2100}),
            "latitude": forms.NumberInput(attrs={"class": "w-num", "step": "any"}),
            "longitude": forms.NumberInput(attrs={"class": "w-num", "step": "any"}),
            "before_meeting": forms.Textarea(attrs={"rows": 2}),
            "note": forms.Textarea(attrs={"rows": 3}),
            "note_en": forms.Textarea(attrs={"rows": 2}),
            "source": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["succeeded_by"].queryset = City.objects.exclude(pk=self.instance.pk)  # type: ignore[attr-defined]
        self.fields["responsible"].queryset = get_user_model().objects.active()  # type: ignore[attr-defined]
        self.lay_out(
            Fieldset(
                _("Name"),
                Row(Column("name_lt"), Column("name_local")),
                Row(Column("country"), Column("region")),
                "unit",
            ),
            Fieldset(
                _("Partnership"),
                "status",
                "succeeded_by",
                Row(Column("agreement_year"), Column("agreement_kind")),
                "areas",
                "responsible",
                "before_meeting",
            ),
            Fieldset(
                _("Place and language"),
                "languages",
                "zone",
                Row(Column("latitude"), Column("longitude")),
                "website",
            ),
            Fieldset(_("Notes and sources"), "note", "note_en", "source", "is_verified"),
            Submit("save", _("Save")),
        )

    def clean_agreement_year(self) -> int | None:
        year = self.cleaned_data["agreement_year"]
        if year and not 1900 <= year <= datetime.date.today().year + 1:
            raise ValidationError(_("Write a year from 1900 until now."))
        return year

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("status") == "succeeded" and not data.get("succeeded_by"):
            self.add_error("succeeded_by", _("Choose the city that took the partnership over."))
        if (data.get("latitude") is None) != (data.get("longitude") is None):
            self.add_error("longitude", _("Give both coordinates, in degrees."))
        return data


class CityEventForm(forms.ModelForm):
    class Meta:
        model = CityEvent
        fields = ["kind", "year", "on", "text", "text_en", "source"]
        widgets = {
            "year": forms.NumberInput(attrs={"class": "w-num", "min": 1900, "max": 2100}),
            "on": day_input(),
            "source": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "kind", Row(Column("year"), Column("on")), "text", "text_en", "source", Submit("save", _("Save"))
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("on") and data.get("year") and data["on"].year != data["year"]:
            self.add_error("on", _("The day is not in that year."))
        return data


class InstitutionForm(RowForm):
    class Meta:
        model = Institution
        fields = ["name_lt", "name_local", "language", "kind", "city", "website", "is_active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lay_out(
            "name_lt",
            Row(Column("name_local"), Column("language")),
            Row(Column("kind"), Column("city")),
            "website",
            "is_active",
            Submit("save", _("Save")),
        )


class PersonForm(RowForm):
    """The person; contact fields are there only for those who may read them."""

    languages = forms.MultipleChoiceField(
        label=_("Languages spoken"),
        choices=Language.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)

    class Meta:
        model = Person
        fields = [
            "first_name",
            "last_name",
            "own_name",
            "language",
            "gender",
            "pronunciation",
            "languages",
            "note",
            "is_active",
        ]
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "first_name": _("In Latin letters, as the passport has it."),
            "own_name": _("When it is written in another script: Тетяна Ґжицька."),
            "pronunciation": _("As a Lithuanian would read it: zbignev lončynskis."),
        }

    def __init__(self, *args: Any, with_contacts: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contacts: list[Any] = []
        if with_contacts:
            contacts = [
                Div(
                    Fieldset(_("Contacts"), Row(Column("email"), Column("phone"))),
                    data_personal="",
                )
            ]
        else:
            del self.fields["email"], self.fields["phone"]
        self.lay_out(
            Fieldset(
                _("Name and surname"),
                Row(Column("first_name"), Column("last_name")),
                Row(Column("own_name"), Column("language")),
                Row(Column("gender"), Column("pronunciation")),
            ),
            *contacts,
            Fieldset(_("About"), "languages", "note", "is_active"),
            Submit("save", _("Save")),
        )

    @property
    def contacts(self) -> dict[str, str] | None:
        if "email" not in self.fields:
            return None
        return {name: self.cleaned_data.get(name, "") for name in ("email", "phone")}


class PostForm(forms.ModelForm):
    rank = forms.TypedChoiceField(label=_("Rank"), choices=RANKS, coerce=int, initial=90)

    class Meta:
        model = PersonPost
        fields = ["city", "institution", "title_lt", "title_local", "rank", "starts_on", "ends_on"]
        widgets = {"starts_on": day_input(), "ends_on": day_input()}
        help_texts = {"title_lt": _("In lower case: meras, tarybos pirmininkė.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {value for value, _label in RANKS}
        if self.instance.pk and self.instance.rank not in known:
            self.fields["rank"].choices = [*RANKS, (self.instance.rank, str(self.instance.rank))]  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Row(Column("city"), Column("institution")),
            Row(Column("title_lt"), Column("title_local")),
            "rank",
            Row(Column("starts_on"), Column("ends_on")),
            Submit("save", _("Save")),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("city") and not data.get("institution"):
            self.add_error("city", _("Choose the city or the institution."))
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("The post ends before it begins."))
        return data
