"""Forms of lists for those who serve, and of sheets of labels."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Column, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import PlainSubmit
from delegations.choices import ReaderLanguage
from delegations.forms.fields import PrintedField, form_helper
from delegations.papers.labels import Sheet


class ReaderForm(forms.Form):
    """To whom a list goes and in which language; a person's own address stands with her as a resource."""

    name = PrintedField(label=_("To whom"), max_length=160, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    language = forms.ChoiceField(label=_("Language of the list"), choices=ReaderLanguage.choices)

    def __init__(self, *args: Any, is_person: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_person:
            del self.fields["name"]
            del self.fields["email"]
        shown = ["language"] if is_person else ["name", "email", "language"]
        self.helper = form_helper(*shown, PlainSubmit("save", _("Save")))


class LabelsForm(forms.Form):
    """Which sheet, from which place of it, and whose names."""

    sheet = forms.ChoiceField(label=_("Sheet of labels"))
    start = forms.IntegerField(
        label=_("First free place"),
        min_value=1,
        initial=1,
        help_text=_("On a used sheet: counted in lines, from the left."),
        widget=forms.NumberInput(attrs={"class": "w-num"}),
    )
    members = forms.TypedMultipleChoiceField(
        label=_("Guests"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    hosts = forms.BooleanField(label=_("Our hosts too"), required=False)

    def __init__(self, *args: Any, sheets: list[Sheet], members: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        badges = [(sheet.code, sheet.label) for sheet in sheets if not sheet.is_folded]
        cards = [(sheet.code, sheet.label) for sheet in sheets if sheet.is_folded]
        self.fields["sheet"].choices = [(_("Badges"), badges), (_("Place cards"), cards)]  # type: ignore[attr-defined]
        self.fields["members"].choices = [(member.pk, member.display_name) for member in members]  # type: ignore[attr-defined]
        self.fields["members"].initial = [member.pk for member in members]
        self.helper = form_helper(Row(Column("sheet"), Column("start")), "members", "hosts")
