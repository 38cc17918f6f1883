"""Forms of what came of a visit: outcomes, work agreed on, photographs, the letter of thanks."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Column, Fieldset, Row, Submit
from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from core.forms import DayField
from delegations.choices import Progress
from delegations.forms.fields import PrintedField, day_input, form_helper, person_label
from delegations.models import Photograph, ProgrammeItem, Visit
from delegations.services.outcomes import LONGEST_AGREED, LONGEST_NOTE, LONGEST_SUMMARY, LONGEST_TITLE


class OutcomeForm(forms.Form):
    """What became of an item: two lines are enough."""

    progress = forms.ChoiceField(
        label=_("What became of it"), choices=Progress.choices, widget=forms.RadioSelect
    )
    note = PrintedField(
        label=_("Outcome"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("In two lines; of a cancelled item, why."),
    )
    agreed = PrintedField(
        label=_("What was agreed"),
        max_length=LONGEST_AGREED,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands in the report. Who does it by when is said below."),
    )

    def __init__(self, *args: Any, item: ProgrammeItem, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "progress": Progress.DONE if item.progress == Progress.PLANNED else item.progress,
            "note": item.progress_note,
            "agreed": item.agreed,
        }
        super().__init__(*args, **kwargs)
        self.helper = form_helper("progress", "note", "agreed")


class FollowUpForm(forms.Form):
    """Work that was agreed on: what, who, by when."""

    title = PrintedField(label=_("What is to be done"), max_length=LONGEST_TITLE)
    owner: forms.ModelChoiceField = forms.ModelChoiceField(label=_("Who does it"), queryset=None)
    due_on = DayField(label=_("By when"), widget=day_input())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = (  # type: ignore[attr-defined]
            get_user_model().objects.active().order_by("last_name", "first_name")
        )
        self.fields["owner"].label_from_instance = person_label  # type: ignore[attr-defined]
        self.helper = form_helper("title", Row(Column("owner"), Column("due_on")))


class SummaryForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    summary = PrintedField(
        label=_("In a few sentences for the leadership"),
        max_length=LONGEST_SUMMARY,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("They open the report."),
    )

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        kwargs["initial"] = {"revision": visit.revision, "summary": visit.report_summary}
        super().__init__(*args, **kwargs)
        self.helper = form_helper("revision", "summary")


class LeaveForm(forms.Form):
    reason = PrintedField(label=_("Why it may stay so"), max_length=300)


class PhotographsForm(forms.Form):
    """Who took the pictures that are brought together; the files themselves are looked at one by one."""

    author = PrintedField(label=_("Who took them"), max_length=160)
    has_consent = forms.BooleanField(
        label=_("Those shown have agreed to the use of these pictures"),
        required=False,
        help_text=_("Can also be said later, of each picture."),
    )
    consent_note = PrintedField(
        label=_("How they agreed"),
        max_length=200,
        required=False,
        help_text=_("For example: asked before the meeting."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper("author", "has_consent", "consent_note")


class PhotographForm(forms.Form):
    author = PrintedField(label=_("Who took it"), max_length=160)
    caption = PrintedField(label=_("What it shows"), max_length=300, required=False)
    item = forms.ModelChoiceField(
        label=_("Item of the programme"), queryset=ProgrammeItem.objects.none(), required=False
    )
    has_consent = forms.BooleanField(label=_("Those shown have agreed to its use"), required=False)
    consent_note = PrintedField(label=_("How they agreed"), max_length=200, required=False)
    in_report = forms.BooleanField(
        label=_("Stands in the report"), required=False, help_text=_("Only with the consent of those shown.")
    )

    def __init__(self, *args: Any, photograph: Photograph, visit: Visit, **kwargs: Any) -> None:
        names = ("author", "caption", "item", "has_consent", "consent_note", "in_report")
        kwargs["initial"] = {name: getattr(photograph, name) for name in names}
        super().__init__(*args, **kwargs)
        items = ProgrammeItem.objects.alive().of_visit(visit).in_order().prefetch_related("texts")
        self.fields["item"].queryset = items  # type: ignore[attr-defined]
        self.fields["item"].label_from_instance = lambda item: f"{item.on} {item.hours} {item.title}"  # type: ignore[attr-defined]
        self.helper = form_helper(
            "caption",
            "author",
            "item",
            Fieldset(_("Consent"), "has_consent", "consent_note", "in_report"),
            Submit("save", _("Save")),
        )


class ThanksForm(forms.Form):
    """The words of the letter; the head of paper, the day and the address come by themselves."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    salutation = PrintedField(label=_("Salutation"), max_length=200)
    body = PrintedField(label=_("Text"), max_length=4000, widget=forms.Textarea(attrs={"rows": 14}))
    signatory = PrintedField(label=_("Who signs"), max_length=200, help_text=_("Name and post."))

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("salutation", "body"):
            self.fields[name].widget.attrs["lang"] = language
        self.helper = form_helper("revision", "salutation", "body", "signatory")
