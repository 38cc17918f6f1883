"""What the page of all parts shows: invented, in one place, so that a part looks the same here and in its room."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Fieldset, Layout, Row, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class PartsForm(forms.Form):
    """One field of each kind, two of them wrong."""

    direction = forms.ChoiceField(
        label=_("What delegation is it?"),
        choices=[("in", _("Arriving")), ("out", _("Leaving"))],
        widget=forms.RadioSelect,
    )
    direction.consequences = {  # type: ignore[attr-defined]
        "in": _("guests come to Alytus"),
        "out": _("our people go abroad; an order and per diem will be needed"),
    }
    city = forms.ChoiceField(label=_("City"), choices=[("", "…"), ("opole", "Opole")], required=False)
    begins = forms.DateField(
        label=_("Arrives"),
        help_text=_("For example, 2026-06-16"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    ends = forms.DateField(
        label=_("Leaves"),
        help_text=_("For example, 2026-06-19"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    guests = forms.IntegerField(
        label=_("How many guests?"),
        help_text=_("If you do not know yet, write about how many."),
        error_messages={"required": _("Write how many guests will come.")},
    )
    purpose = forms.CharField(
        label=_("Why do they come?"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    is_public = forms.BooleanField(
        label=_("Tell the public"), required=False, help_text=_("A notice is prepared for the press.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": ""}
        self.helper.layout = Layout(
            HTML('{% draft "core.parts" %}'),
            Fieldset(_("Visit"), "direction", "city"),
            Fieldset(_("Dates"), Row(Column("begins"), Column("ends"))),
            "guests",
            "purpose",
            "is_public",
            Submit("save", _("Save")),
        )

    def clean_ends(self) -> Any:
        begins, ends = self.cleaned_data.get("begins"), self.cleaned_data["ends"]
        if begins and ends < begins:
            raise ValidationError(_("The last day may not be before the first."))
        return ends


COLOURS = (
    ("paper", ""), ("surface", ""), ("sunken", ""), ("line", ""), ("control", "3,7"), ("ink", "16,9"), ("ink-2", "7,7"),
    ("ink-3", "5,6"), ("ruby", "8,1"), ("spruce", "7,1"), ("amber", "7,0"), ("slate", "7,2"), ("plum", "7,8"),
    ("ruby-tint", "7,1"), ("spruce-tint", "6,1"), ("amber-tint", "6,2"), ("slate-tint", "6,2"), ("plum-tint", "6,7"),
)  # fmt: skip


def sample() -> dict[str, Any]:
    return {
        "colours": COLOURS,
        "stages": [
            {"label": _("Invitation"), "status": "done"},
            {"label": _("Members"), "status": "done"},
            {"label": _("Programme"), "status": "now"},
            {"label": _("Approval"), "status": ""},
            {"label": _("Visit"), "status": ""},
        ],
        "tabs": [
            {"label": _("Programme"), "url": "#turinys", "here": True, "count": None},
            {"label": _("Guests"), "url": "#turinys", "here": False, "count": 9},
            {"label": _("Documents"), "url": "#turinys", "here": False, "count": 11},
        ],
    }
