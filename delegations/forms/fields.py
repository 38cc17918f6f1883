"""Fields of our forms: words that go to print, hours as people write them, days."""

from __future__ import annotations

import datetime
import re
import unicodedata
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from documents.typefaces import refuse_missing_letters

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


def form_helper(*parts: Any, by_get: bool = False) -> FormHelper:
    """Lays a form out; one sent by GET has no token, which would stand in the address."""
    helper = FormHelper()
    helper.disable_csrf = by_get
    helper.form_tag = False
    helper.layout = Layout(*parts)
    return helper


def person_label(person: Any) -> str:
    return f"{person.full_name}, {person.post}" if person.post else person.full_name
