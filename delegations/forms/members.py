"""Forms of guests."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Column, Div, Fieldset, Row, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayField
from core.tables import ENCODINGS, file_bound
from delegations.choices import MemberKind
from delegations.forms.fields import PrintedField, day_input, form_helper
from delegations.models import Member, Visit
from delegations.models.members import CONTACT_FIELDS, IDENTITY, SPECIAL_FIELDS
from partners.choices import Language
from partners.models import Person


class MemberForm(forms.ModelForm):
    """One guest; contacts and special values only for those who may read them."""

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
    position = forms.TypedChoiceField(
        label=_("Place in the order of precedence"), coerce=int, empty_value=None, required=False
    )
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
    identity = PrintedField(
        label=_("Identity document"),
        max_length=80,
        required=False,
        help_text=_("Kind, number and the country that issued it."),
    )
    consent_note = PrintedField(label=_("How the consent was given"), max_length=200, required=False)

    class Meta:
        model = Member
        fields = [
            "person",
            "name",
            "own_name",
            "name_language",
            "gender",
            "kind",
            "companion_of",
            "post_lt",
            "post_local",
            "languages",
            "consented_on",
            "consent_note",
        ]
        field_classes = {"consented_on": DayField}
        labels = {"companion_of": _("Whom does this guest accompany?"), "consented_on": _("Consent given on")}
        help_texts = {
            "companion_of": _("A spouse, an assistant, an interpreter of one guest."),
            "consented_on": _("Diet and health may be kept only with the person's own consent."),
        }
        widgets = {"consented_on": day_input()}

    def __init__(self, *args: Any, visit: Visit, values: dict[str, str] | None = None, **kwargs: Any) -> None:
        self.visit = visit
        super().__init__(*args, **kwargs)
        self._offer()
        self.may_read = values is not None
        for name in CONTACT_FIELDS + SPECIAL_FIELDS:
            if not self.may_read or (name == IDENTITY and not visit.identity_for):
                del self.fields[name]
            else:
                self.fields[name].initial = (values or {}).get(name, "")
        if self.instance.pk:
            self.fields["revision"].initial = self.instance.revision
        else:
            self.fields["name_language"].initial = visit.guest_language
        self.helper = form_helper("revision", *self._parts(), Submit("save", _("Save the guest")))

    def _offer(self) -> None:
        people = Person.objects.of_city(self.visit.city) if self.visit.city else Person.objects.all()
        if self.instance.person_id:
            people = people | Person.objects.filter(pk=self.instance.person_id)
        others = self.visit.members.exclude(pk=self.instance.pk) if self.visit.pk else Member.objects.none()
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["companion_of"].queryset = others.filter(companion_of=None)  # type: ignore[attr-defined]
        self.fields["kind"].choices = MemberKind.choices  # type: ignore[attr-defined]
        names = list(self.visit.members.values_list("pk", "name")) if self.visit.pk else []
        places = [pk for pk, _name in names]
        if self.instance.pk is None:
            places.append(None)
        self.fields["position"].choices = [  # type: ignore[attr-defined]
            ("", _("last") if self.instance.pk is None else _("as now")),
            *((place, str(place)) for place in range(1, len(places) + 1)),
        ]
        if self.instance.pk in places and self.instance.pk:
            self.fields["position"].initial = places.index(self.instance.pk) + 1
        self.fields["position"].widget.attrs["class"] = "w-num"

    def _parts(self) -> list[Any]:
        parts: list[Any] = [
            Fieldset(_("Who"), "person", "name", Row(Column("own_name"), Column("name_language"))),
            Fieldset(
                _("In the delegation"),
                Row(Column("kind"), Column("gender")),
                Row(Column("companion_of"), Column("position")),
                "post_lt",
                "post_local",
                "languages",
            ),
        ]
        if self.may_read:
            kept: list[Any] = ["diet", "accessibility", Row(Column("phone"), Column("email"))]
            if "identity" in self.fields:
                self.fields["identity"].help_text = _(
                    "Kind, number and the country that issued it. Needed for: %(what)s."
                ) % {"what": self.visit.identity_for}
                kept.append("identity")
            parts.append(Fieldset(_("Kept until the end of the visit"), Div(*kept, data_personal="")))
        parts.append(
            Fieldset(_("Consent of the person"), Row(Column("consented_on"), Column("consent_note")))
        )
        return parts

    def _post_clean(self) -> None:
        """The service saves; the database's refusals come back as its words."""
        self._validate_unique = False

    @property
    def fields_of_member(self) -> dict[str, Any]:
        found = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return {**found, "position": self.cleaned_data.get("position")}

    @property
    def values(self) -> dict[str, str] | None:
        if not self.may_read:
            return None
        return {
            name: self.cleaned_data[name] for name in CONTACT_FIELDS + SPECIAL_FIELDS if name in self.fields
        }


class GuestListForm(forms.Form):
    """A list of guests as it came: pasted from a letter, or a file."""

    text = forms.CharField(
        label=_("Paste the list"),
        max_length=200_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 7, "placeholder": "Zbigniew Łączyński, Prezydent Miasta Opola"}),
        help_text=_("Lines of a letter (name, then the post) or cells of a table, headings too."),
    )
    file = forms.FileField(
        label=_("or drop a file"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.vcf", "class": "form-control"}),
        help_text=_("XLSX, CSV or vCard, in whatever encoding."),
    )
    encoding = forms.ChoiceField(
        choices=[("", ""), *((one, one) for one in ENCODINGS)], required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("text", "file"):  # one of the two is needed
            self.fields[name].says_nothing = True  # type: ignore[attr-defined]
        bound = str(file_bound())
        self.fields["file"].widget.attrs |= {
            "data-max-bytes": bound,
            "data-too-big": _("A list of people is much smaller: check which file it is. Too large:"),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("file") and not (data.get("text") or "").strip():
            self.add_error("text", _("Paste at least one line with a name, or choose a file."))
        return data
