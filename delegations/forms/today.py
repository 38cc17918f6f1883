"""What is written on the way, on a phone: what came of an item, to when it moves."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.dates import weekday_words
from core.forms import DayField
from delegations.forms.fields import ClockField, PrintedField, day_input, form_helper, person_label
from delegations.models import ProgrammeItem
from delegations.services.state import Planned


class OutcomeForm(forms.Form):
    """What came of it in two lines, what was agreed, and who does what by when."""

    note = PrintedField(
        label=_("What came of it"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Two lines are enough."),
    )
    agreed = PrintedField(
        label=_("What was agreed"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    follow_title = PrintedField(label=_("What is to be done"), max_length=200, required=False)
    follow_owner: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Who does it"), queryset=None, required=False
    )
    follow_on = DayField(label=_("By when"), required=False, widget=day_input())

    def __init__(self, *args: Any, item: ProgrammeItem, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"note": item.progress_note, "agreed": item.agreed})
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["follow_owner"]
        owner.queryset = get_user_model().objects.active().order_by("last_name", "first_name")
        owner.label_from_instance = person_label
        self.helper = form_helper("note", "agreed", "follow_title", "follow_owner", "follow_on")

    @property
    def has_follow_up(self) -> bool:
        return any(self.cleaned_data[name] for name in ("follow_title", "follow_owner", "follow_on"))


class MoveForm(forms.Form):
    """To what hour the item moves; the day stays unless another is chosen."""

    starts = ClockField(label=_("New hour"), required=False)
    on = forms.TypedChoiceField(label=_("Day"), coerce=datetime.date.fromisoformat)
    reason = PrintedField(label=_("Why"), max_length=200, required=False)

    def __init__(self, *args: Any, matter: Planned, item: ProgrammeItem, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"on": item.on.isoformat()})
        super().__init__(*args, **kwargs)
        self.item = item
        day: Any = self.fields["on"]
        day.choices = [(day.isoformat(), weekday_words(day)) for day in matter.days]
        self.helper = form_helper("starts", "on", "reason")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "starts" in self.errors or "on" in self.errors:
            return data
        if data["starts"] in (None, self.item.starts) and data["on"] == self.item.on:
            self.add_error("starts", gettext("Write to what hour it moves."))
        return data


class CancelForm(forms.Form):
    reason = PrintedField(
        label=_("Why it does not happen"),
        max_length=500,
        error_messages={"required": _("Write why it was cancelled.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper("reason")
