"""Forms of a festival."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Column, Fieldset, Row, Submit
from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.dates import day_words, range_words
from core.forms import DayField
from delegations.forms.fields import PrintedField, day_input, form_helper, person_label
from delegations.models import Festival


class FestivalForm(forms.ModelForm):
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = PrintedField(
        label=_("Title"),
        max_length=200,
        help_text=_("As it will stand on the screens: „Alytaus miesto šventė“."),
    )
    purpose = PrintedField(
        label=_("What is it?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Festival
        fields = ["title", "starts_on", "ends_on", "purpose", "responsible"]
        field_classes = {"starts_on": DayField, "ends_on": DayField}
        labels = {
            "starts_on": _("First day"),
            "ends_on": _("Last day"),
            "responsible": _("Responsible"),
        }
        widgets = {"starts_on": day_input(), "ends_on": day_input()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["responsible"]
        people.queryset = get_user_model().objects.active().order_by("last_name", "first_name")
        people.label_from_instance = person_label
        if self.instance.pk:
            self.fields["revision"].initial = self.instance.revision
        self.helper = form_helper(
            "revision",
            Fieldset(_("What and when"), "title", Row(Column("starts_on"), Column("ends_on")), "purpose"),
            Fieldset(_("Who answers for it"), "responsible"),
            Submit("save", _("Save") if self.instance.pk else _("Open the festival")),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error(
                "ends_on", gettext("The last day must not be before %(day)s.") % {"day": day_words(first)}
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


class JoinForm(forms.Form):
    """Which delegation comes too: `visits` are those that may be chosen."""

    visit: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Delegation"),
        queryset=None,
        error_messages={"required": _("Choose a delegation.")},
    )

    def __init__(self, *args: Any, visits: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["visit"]
        field.queryset = visits
        field.label_from_instance = lambda visit: (
            f"{visit.title}, {range_words(visit.starts_on, visit.ends_on)}"
        )
