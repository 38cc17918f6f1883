from __future__ import annotations

from typing import Any

from crispy_forms.layout import Column, Row, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from media_monitoring.choices_desk import Genre, Mention, Tone
from media_monitoring.models import Coding
from partners.forms import RowForm


class CodingForm(RowForm):
    """How a person reads an article; nothing is chosen beforehand."""

    tone = forms.ChoiceField(
        label=_("Tone towards the municipality"),
        choices=Tone.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the tone.")},
    )
    genre = forms.ChoiceField(label=_("Fact or opinion"), choices=Genre.choices, initial=Genre.FACT)
    mentions = forms.MultipleChoiceField(
        label=_("Who is mentioned"),
        choices=Mention.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Coding
        fields = ["tone", "genre", "unit", "decision", "speaker", "mentions", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lay_out(
            "tone",
            "reason",
            Row(Column("genre"), Column("unit")),
            Row(Column("decision"), Column("speaker")),
            "mentions",
            Submit("save", _("Keep the coding")),
        )
