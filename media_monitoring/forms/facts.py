"""Asking units for facts, their answer by link, the bank of facts."""

from __future__ import annotations

import datetime
from typing import Any

from crispy_forms.layout import Column, Row, Submit
from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from media_monitoring.forms.claims import active_people, laid_out, rows
from media_monitoring.models import Fact
from partners.forms import RowForm, day_input

QUOTED_FOR = datetime.timedelta(days=180)


class AskFactsForm(forms.Form):
    """Somebody of ours from the list, or anybody by name and address."""

    unit = forms.ModelChoiceField(Unit.objects.all(), label=_("Unit that is asked"), required=False)
    person: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None, label=_("Somebody of the municipality"), required=False
    )
    name = forms.CharField(label=_("or another person"), max_length=160, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    question = forms.CharField(
        label=_("What we ask"),
        max_length=2000,
        widget=rows(4),
        error_messages={"required": _("Write what we ask.")},
    )
    hours = forms.IntegerField(
        label=_("Within how many working hours"),
        min_value=1,
        max_value=80,
        widget=forms.NumberInput(attrs={"class": "w-num"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = active_people().exclude(email="").select_related("unit")
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["person"].label_from_instance = (  # type: ignore[attr-defined]
            lambda person: ", ".join(part for part in (person.full_name, person.post) if part)
        )
        self.helper = laid_out(
            "unit",
            "person",
            Row(Column("name"), Column("email")),
            "question",
            "hours",
            Submit("save", _("Send the question")),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("person") and not self.errors:
            if not data.get("name"):
                self.add_error("name", gettext("Choose somebody of the municipality, or write the name."))
            if not data.get("email"):
                self.add_error("email", gettext("Write the e-mail the question is sent to."))
        return data

    @property
    def asked(self) -> dict[str, Any]:
        """What the service is told; a person of ours brings her own name, post, unit and address."""
        data = self.cleaned_data
        rest = {"question": data["question"], "hours": data["hours"]}
        if (person := data["person"]) and not data["email"]:
            whose = {"name": person.full_name, "post": person.post, "email": person.email}
            return {**whose, "unit": data["unit"] or person.unit, **rest}
        return {"name": data["name"], "email": data["email"], "unit": data["unit"], **rest}


class FactsAnswerForm(forms.Form):
    """The unit's facts on a telephone: words and one file."""

    answer = forms.CharField(
        label=_("The facts"),
        max_length=5000,
        widget=rows(8),
        help_text=_("What is true, since when, where it can be checked."),
        error_messages={"required": _("Write the facts.")},
    )
    files = forms.FileField(  # type: ignore[assignment]  # named as documents.intake names what it refuses
        label=_("A paper that shows it"), required=False, help_text=_("PDF, an office document or a picture.")
    )


class KeepFactForm(forms.Form):
    title = forms.CharField(label=_("About what"), max_length=200)
    valid_until = forms.DateField(label=_("May be quoted until"), widget=day_input())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_until"].initial = timezone.localdate() + QUOTED_FOR


class FactForm(RowForm):
    class Meta:
        model = Fact
        fields = ["title", "text", "unit", "source", "valid_until"]
        widgets = {"text": rows(4), "valid_until": day_input()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.fields["valid_until"].initial = timezone.localdate() + QUOTED_FOR
        self.lay_out(
            "title", "text", Row(Column("unit"), Column("valid_until")), "source", Submit("save", _("Save"))
        )
