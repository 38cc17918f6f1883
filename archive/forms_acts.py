"""Forms of inventories, destructions and transfers."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.choices import Kept, Receiver
from archive.forms import ArchiveForm, day_input
from core.forms import DayField


def area(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class InventoryForm(ArchiveForm):
    """Which files, of which year."""

    submit = _("Make the list")
    kept = forms.ChoiceField(label=_("Files"), choices=Kept.choices, widget=forms.RadioSelect)
    year = forms.IntegerField(
        label=_("Year"), min_value=2000, max_value=2100, widget=forms.NumberInput(attrs={"class": "w-num"})
    )


class InventoryFactsForm(ArchiveForm):
    fund = forms.CharField(
        label=_("Fund No."), max_length=20, required=False, widget=forms.TextInput(attrs={"class": "w-num"})
    )
    number = forms.CharField(
        label=_("Inventory No."),
        max_length=20,
        widget=forms.TextInput(attrs={"class": "w-num"}),
        error_messages={"required": _("Write the number of the inventory.")},
    )


class RemarkForm(ArchiveForm):
    note = forms.CharField(
        label=_("Note"),
        max_length=300,
        required=False,
        widget=area(),
        help_text=_("Missing pages, damage, copies: what the archive must know of the file."),
    )


class DestructionForm(ArchiveForm):
    """Why and how; the files are those whose term is over."""

    submit = _("Make the list")
    ground = forms.CharField(
        label=_("Ground"),
        max_length=300,
        widget=area(),
        error_messages={"required": _("Write on what ground the files are destroyed.")},
    )
    way = forms.CharField(label=_("Way of destruction"), max_length=200, required=False, widget=area())


class OpinionForm(ArchiveForm):
    """The expert's words: whether anything of the list should be kept longer."""

    opinion = forms.CharField(
        label=_("Opinion"),
        max_length=1000,
        widget=area(4),
        error_messages={"required": _("Write the opinion: what was looked at, what was found.")},
    )


class TransferForm(ArchiveForm):
    """To whom, on what ground, in what condition."""

    submit = _("Make the list")
    receiver = forms.ChoiceField(
        label=_("Handed over to"), choices=Receiver.choices, widget=forms.RadioSelect
    )
    receiver_name = forms.CharField(
        label=_("Name of the archive"),
        max_length=200,
        error_messages={"required": _("Write the name of the archive.")},
    )
    ground = forms.CharField(
        label=_("Ground"),
        max_length=300,
        widget=area(),
        error_messages={"required": _("Write on what ground the files are handed over.")},
    )
    condition = forms.CharField(
        label=_("Condition of the files"), max_length=200, required=False, widget=area()
    )
    chosen = forms.MultipleChoiceField(
        label=_("Case files"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one file.")},
    )

    def __init__(self, *args: Any, files: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = [  # type: ignore[attr-defined]
            (str(file.pk), f"{file.line.plan.year} · {file.signature} {file.line.heading}") for file in files
        ]


class ReceiptForm(ArchiveForm):
    """What the archive gave back when it took the files over."""

    submit = pgettext_lazy("verb", "Record the receipt")
    receipt_number = forms.CharField(
        label=_("No. of the receipt"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"class": "w-short"}),
    )
    received_on = DayField(
        label=_("Received on"),
        widget=day_input(),
        error_messages={"required": _("Write the day of the receipt.")},
    )
    received_by = forms.CharField(
        label=_("Who received"),
        max_length=200,
        help_text=_("Post and name, as on the receipt."),
        error_messages={"required": _("Write who received the files.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            "received_on", "receipt_number", "received_by", Submit("save", self.submit)
        )
