"""Forms of a visit."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Column, Fieldset, Row, Submit
from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.dates import day_words, range_words
from core.forms import DayField
from delegations.choices import Basis
from delegations.forms.fields import (
    PrintedField,
    day_input,
    form_helper,
    person_label,
)
from delegations.models import Festival, Visit
from partners.choices import Language
from partners.models import City


class VisitForm(forms.ModelForm):
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = PrintedField(
        label=_("Title"),
        max_length=200,
        help_text=_("As it will stand in the papers: „Opolės miesto delegacija“."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages of the guests"),
        choices=[pair for pair in Language.choices if pair[0] != "lt"],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one language.")},
    )
    papers_language = forms.ChoiceField(
        label=_("Language of the guests' papers"),
        required=False,
        help_text=_(
            "Their programme, page and letters. Not chosen: the city's own language, if it is ticked."
        ),
    )
    expected_guests = forms.IntegerField(
        label=_("How many guests?"),
        min_value=1,
        max_value=500,
        required=False,
        widget=forms.NumberInput(attrs={"class": "w-num"}),
        help_text=_("If not known yet, roughly: the list comes later."),
    )
    purpose = PrintedField(
        label=_("Why do they come?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    identity_for = PrintedField(
        label=_("What are identity documents needed for?"),
        max_length=200,
        required=False,
        help_text=_(
            "Only when a place lets nobody in without them: a military unit, a prison. Left empty, documents are neither asked for nor kept."
        ),
    )
    inviter = PrintedField(
        label=_("Who invites"),
        max_length=200,
        required=False,
        help_text=_("Needed when it is another organisation."),
    )

    occasion = forms.ModelChoiceField(
        label=_("Festival they come to"),
        queryset=Festival.objects.none(),
        required=False,
        help_text=_("What its delegations share stands in the programme by itself."),
    )

    class Meta:
        model = Visit
        fields = [
            "city",
            "title",
            "basis",
            "inviter",
            "starts_on",
            "ends_on",
            "expected_guests",
            "purpose",
            "languages",
            "identity_for",
            "responsible",
            "host",
        ]
        field_classes = {"starts_on": DayField, "ends_on": DayField}
        labels = {
            "city": _("City"),
            "basis": _("By whose invitation?"),
            "starts_on": _("They arrive"),
            "ends_on": _("They leave"),
            "responsible": _("Responsible"),
            "host": _("Who receives the guests"),
        }
        help_texts = {
            "host": _("Who signs or greets in the name of the city."),
        }
        widgets = {
            "starts_on": day_input(),
            "ends_on": day_input(),
            "basis": forms.RadioSelect,
        }

    def __init__(self, *args: Any, festivals: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer_festivals(festivals)
        people = get_user_model().objects.active().order_by("last_name", "first_name")
        for name in ("responsible", "host"):
            self.fields[name].queryset = people  # type: ignore[attr-defined]
            self.fields[name].label_from_instance = person_label  # type: ignore[attr-defined]
        self.fields["city"].queryset = City.objects.order_by("name_lt")  # type: ignore[attr-defined]
        self.fields["city"].label_from_instance = lambda city: (  # type: ignore[attr-defined]
            f"{city.name_lt}{'' if city.name_local == city.name_lt else f' ({city.name_local})'}, {city.get_country_display()}"
        )
        self.fields["papers_language"].choices = [("", _("not chosen")), *self.fields["languages"].choices]  # type: ignore[attr-defined]
        self.fields["basis"].choices = Basis.choices  # type: ignore[attr-defined]
        self.fields["starts_on"].error_messages["required"] = _("Say when they arrive.")
        self.fields["ends_on"].error_messages["required"] = _("Say when they leave.")
        if self.instance.pk:
            self.fields["revision"].initial = self.instance.revision
            self.fields["papers_language"].initial = self.instance.guest_language
        self.helper = form_helper(
            "revision",
            Fieldset(
                _("Who and when"),
                "city",
                "title",
                "basis",
                "inviter",
                Row(Column("starts_on"), Column("ends_on")),
                "expected_guests",
                *(["occasion"] if "occasion" in self.fields else []),
            ),
            Fieldset(_("Why and in which languages"), "purpose", "languages", "papers_language"),
            Fieldset(_("Who receives them"), "responsible", "host"),
            Fieldset(_("Personal data"), "identity_for"),
            Submit("save", _("Save") if self.instance.pk else _("Open the visit")),
        )

    def _offer_festivals(self, festivals: Any) -> None:
        """Those the person may see; a visit of another one keeps it."""
        held = self.instance.occasion_id
        if festivals is None or (held and not festivals.filter(pk=held).exists()):
            del self.fields["occasion"]
            return
        field: Any = self.fields["occasion"]
        field.queryset = festivals.filter(Q(phase__in=["draft", "active", "waiting"]) | Q(pk=held))
        field.label_from_instance = lambda festival: (
            f"{festival.title}, {range_words(festival.starts_on, festival.ends_on)}"
        )
        field.initial = held

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error(
                "ends_on",
                gettext("The day they leave must not be before %(day)s.") % {"day": day_words(first)},
            )
        if data.get("languages"):
            data["languages"] = self._papers_language_first(data)
        return data

    def _papers_language_first(self, data: dict[str, Any]) -> list[str]:
        """Ticks have no order of their own: the papers' language is said apart, else it is the city's."""
        spoken, first = data["languages"], data.get("papers_language")
        if not first and (city := data.get("city")):
            first = next((code for code in city.languages if code in spoken), "")
        return list(dict.fromkeys([*([first] if first else []), *spoken]))

    def _post_clean(self) -> None:
        """The service refuses in words; the model's own checks would say the same twice."""
        self._validate_unique = False
        self.instance = forms.models.construct_instance(
            self, self.instance, self._meta.fields, self._meta.exclude
        )

    @property
    def values(self) -> dict[str, Any]:
        names = [*self.Meta.fields, *(["occasion"] if "occasion" in self.fields else [])]
        return {name: self.cleaned_data[name] for name in names}


class CloneForm(forms.Form):
    starts_on = DayField(label=_("They arrive"), widget=day_input())
    title = PrintedField(label=_("Title"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper("title", "starts_on", Submit("save", _("Repeat the visit")))


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write the reason.")},
    )
