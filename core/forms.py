"""What forms of every app are laid out with."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.money import money_words, read_sum, sum_field_value

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


class MoneyField(forms.Field):
    """A sum as people write it: 1 250,50; letters, a negative or a too big one are refused in words."""

    default_error_messages = {
        "invalid": gettext_lazy("Write the sum as 1250,50."),
        "negative": gettext_lazy("The sum cannot be negative."),
        "too_big": gettext_lazy("At most %(most)s."),
    }

    def __init__(self, *, most: Decimal | int = 999_999, **kwargs: Any) -> None:
        attrs = {"class": "w-num", "inputmode": "decimal", "autocomplete": "off", "maxlength": "20"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        self.most = Decimal(most)
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return sum_field_value(value) if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Decimal | None:
        text = str(value or "").strip()
        if not text:
            return None
        amount = read_sum(text)
        if amount is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if amount < 0:
            raise ValidationError(self.error_messages["negative"], code="negative")
        if amount > self.most:
            raise ValidationError(
                self.error_messages["too_big"], code="too_big", params={"most": money_words(self.most)}
            )
        return amount

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != data
