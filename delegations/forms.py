from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Div, Field, Fieldset, Layout, Row, Submit
from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.dates import day_words
from core.forms import DayField, PlainSubmit
from delegations.choices import Basis, DayPart, ItemKind, MemberKind, Progress
from delegations.models import Member, ProgrammeItem, Visit
from delegations.models.members import CONTACT_FIELDS, SPECIAL_FIELDS
from documents.typefaces import refuse_missing_letters
from partners.choices import Language
from partners.models import City, Person
from resources.choices import ResourceKind
from resources.models import Place, Resource

# Marks that turn the direction of writing or hide between letters: they have no place in a name or a title.
HIDDEN_MARKS = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def clean_words(text: str) -> str:
    """Text in composed letters without marks nobody sees; one space between words."""
    text = HIDDEN_MARKS.sub("", unicodedata.normalize("NFC", text or ""))
    return (
        " ".join(text.split())
        if "\n" not in text
        else "\n".join(line.rstrip() for line in text.strip().splitlines())
    )


class PrintedField(forms.CharField):
    """Words that stand in papers: hidden marks are dropped, letters without a typeface refused by name."""

    def clean(self, value: Any) -> str:
        words = clean_words(super().clean(value))
        refuse_missing_letters(words)
        return words


class ClockField(forms.Field):
    """An hour as the office writes it: 9.30, 9:30, 930 or 9."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"class": "w-num", "placeholder": "9.30", "autocomplete": "off", "maxlength": "8"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return f"{value.hour}.{value.minute:02d}" if isinstance(value, datetime.time) else value

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip()
        if not text:
            return None
        found = re.fullmatch(r"(\d{1,2})(?:[.:,\s]?(\d{2}))?(?:\s*(?:val\.?|h))?", text)
        if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
            raise ValidationError(gettext("Write the hour as 9.30."))
        return datetime.time(int(found[1]), int(found[2] or 0))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != data


def day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "w-date"})


def _helper(*parts: Any) -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.layout = Layout(*parts)
    return helper


def _person_label(person: Any) -> str:
    return f"{person.full_name}, {person.post}" if person.post else person.full_name


LANGUAGE_HELP = _("The first one is the language of the guests' papers.")


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
        help_text=LANGUAGE_HELP,
        error_messages={"required": _("Choose at least one language.")},
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
    inviter = PrintedField(
        label=_("Who invites"),
        max_length=200,
        required=False,
        help_text=_("Needed when it is another organisation."),
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = get_user_model().objects.active().order_by("last_name", "first_name")
        for name in ("responsible", "host"):
            self.fields[name].queryset = people  # type: ignore[attr-defined]
            self.fields[name].label_from_instance = _person_label  # type: ignore[attr-defined]
        self.fields["city"].queryset = City.objects.order_by("name_lt")  # type: ignore[attr-defined]
        self.fields["city"].label_from_instance = lambda city: (  # type: ignore[attr-defined]
            f"{city.name_lt} ({city.name_local}), {city.get_country_display()}"
        )
        self.fields["basis"].choices = Basis.choices  # type: ignore[attr-defined]
        self.fields["starts_on"].error_messages["required"] = _("Say when they arrive.")
        self.fields["ends_on"].error_messages["required"] = _("Say when they leave.")
        if self.instance.pk:
            self.fields["revision"].initial = self.instance.revision
        self.helper = _helper(
            "revision",
            Fieldset(
                _("Who and when"),
                "city",
                "title",
                "basis",
                "inviter",
                Row(Column("starts_on"), Column("ends_on")),
                "expected_guests",
            ),
            Fieldset(_("Why and in which languages"), "purpose", "languages"),
            Fieldset(_("Who receives them"), "responsible", "host"),
            Submit("save", _("Save") if self.instance.pk else _("Open the visit")),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error(
                "ends_on",
                gettext("The day they leave must not be before %(day)s.") % {"day": day_words(first)},
            )
        return data

    def _post_clean(self) -> None:
        """The service refuses in words; the model's own checks would say the same twice."""
        self._validate_unique = False
        self.instance = forms.models.construct_instance(
            self, self.instance, self._meta.fields, self._meta.exclude
        )

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class CloneForm(forms.Form):
    starts_on = DayField(label=_("They arrive"), widget=day_input())
    title = PrintedField(label=_("Title"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper("title", "starts_on", Submit("save", _("Repeat the visit")))


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write the reason.")},
    )


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

    def __init__(self, *args: Any, visit: Visit, item: ProgrammeItem | None = None, **kwargs: Any) -> None:
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
        self.fields["host"].label_from_instance = _person_label  # type: ignore[attr-defined]
        self.fields["participants"].queryset = self.visit.members.all()  # type: ignore[attr-defined]
        self.fields["participants"].label_from_instance = lambda member: member.display_name  # type: ignore[attr-defined]
        served = Resource.objects.active().filter(kind__in=self.SERVED.values())
        for name, kind in self.SERVED.items():
            of_kind = [row for row in served if row.kind == kind]
            self._offer_rows(name, Resource.objects.active().of_kind(kind), of_kind)

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
        self.helper = _helper(
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
            Fieldset(_("More"), *more, "notes", "is_fixed"),
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
            "kind on starts ends part until_on place to_place host host_name is_for_all is_fixed notes"
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


class MemberForm(forms.ModelForm):
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = PrintedField(
        label=_("Name and surname"), max_length=160, help_text=_("In Latin letters, as on a passport.")
    )
    own_name = PrintedField(
        label=_("Name in its own script"),
        max_length=160,
        required=False,
        help_text=_("Stands beside the Latin form."),
    )
    post_lt = PrintedField(label=_("Post in Lithuanian"), max_length=200, required=False)
    post_local = PrintedField(label=_("Post in the guests' language"), max_length=200, required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken"),
        choices=Language.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    diet = PrintedField(label=_("Diet"), max_length=200, required=False)
    accessibility = PrintedField(label=_("Accessibility and health needs"), max_length=300, required=False)
    phone = PrintedField(label=_("Telephone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)

    class Meta:
        model = Member
        fields = [
            "person",
            "name",
            "own_name",
            "name_language",
            "gender",
            "kind",
            "post_lt",
            "post_local",
            "languages",
        ]

    def __init__(self, *args: Any, visit: Visit, values: dict[str, str] | None = None, **kwargs: Any) -> None:
        self.visit = visit
        super().__init__(*args, **kwargs)
        people = Person.objects.of_city(visit.city) if visit.city else Person.objects.all()
        if self.instance.person_id:
            people = people | Person.objects.filter(pk=self.instance.person_id)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["kind"].choices = MemberKind.choices  # type: ignore[attr-defined]
        self.may_read = values is not None
        for name in CONTACT_FIELDS + SPECIAL_FIELDS:
            if self.may_read:
                self.fields[name].initial = (values or {}).get(name, "")
            else:
                del self.fields[name]
        if self.instance.pk:
            self.fields["revision"].initial = self.instance.revision
        else:
            self.fields["name_language"].initial = visit.guest_language
        personal = [
            Fieldset(
                _("Kept until the end of the visit"),
                Div("diet", "accessibility", Row(Column("phone"), Column("email")), data_personal=""),
            )
        ]
        self.helper = _helper(
            "revision",
            Fieldset(
                _("Who"),
                "person",
                "name",
                Row(Column("own_name"), Column("name_language")),
                Row(Column("gender"), Column("kind")),
                "post_lt",
                "post_local",
                "languages",
            ),
            *(personal if self.may_read else []),
            Submit("save", _("Save the guest")),
        )

    def _post_clean(self) -> None:
        """The service saves; the database's refusals come back as its words."""
        self._validate_unique = False

    @property
    def fields_of_member(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    @property
    def values(self) -> dict[str, str] | None:
        if not self.may_read:
            return None
        return {name: self.cleaned_data[name] for name in CONTACT_FIELDS + SPECIAL_FIELDS}


class PasteForm(forms.Form):
    text = forms.CharField(
        label=_("One guest a line"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8, "placeholder": "Zbigniew Łączyński, Prezydent Miasta Opola"}),
        help_text=_("Name, then the post after a comma or a dash."),
        error_messages={"required": _("Paste at least one line with a name.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper("text", PlainSubmit("save", _("Add the guests")))

    def clean_text(self) -> str:
        lines = [clean_words(line) for line in self.cleaned_data["text"].splitlines()]
        refuse_missing_letters(" ".join(lines))
        return "\n".join(line for line in lines if line)


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

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        from core.dates import weekday_words  # noqa: PLC0415 -- words of the active language

        self.fields["on"].choices = [(day.isoformat(), weekday_words(day)) for day in visit.days]  # type: ignore[attr-defined]
        self.helper = _helper("on", Row(Column("since"), Column("minutes")))

    def clean_minutes(self) -> int:
        if not self.cleaned_data["minutes"]:
            raise ValidationError(gettext("Give minutes from −720 to 720, not zero."))
        return self.cleaned_data["minutes"]
