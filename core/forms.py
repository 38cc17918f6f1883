"""What forms of every app are laid out with."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FIRST_YEAR, LAST_YEAR = 1900, 2100


class PlainSubmit(Submit):
    """The button of a form that is not what its page is for: one red button is enough."""

    field_classes = "btn btn-plain"


class DayField(forms.DateField):
    """A day of the office's own time: a year mistyped by thousands is refused before anything is reckoned from it."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise ValidationError(_("Check the year: %(year)d.") % {"year": value.year}, code="year")
