"""Forms of guests."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Column, Div, Fieldset, Row, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import PlainSubmit
from delegations.choices import MemberKind
from delegations.forms.fields import (
    PrintedField,
    clean_words,
    form_helper,
)
from delegations.models import Member, Visit
from delegations.models.members import CONTACT_FIELDS, SPECIAL_FIELDS
from documents.typefaces import refuse_missing_letters
from partners.choices import Language
from partners.models import Person


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
        self.helper = form_helper(
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
        self.helper = form_helper("text", PlainSubmit("save", _("Add the guests")))

    def clean_text(self) -> str:
        lines = [clean_words(line) for line in self.cleaned_data["text"].splitlines()]
        refuse_missing_letters(" ".join(lines))
        return "\n".join(line for line in lines if line)
