from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.contrib.auth import get_user_model
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms import DayField, PlainSubmit
from matters.choices import Access
from matters.models import Ladder, Matter, MatterLink, Task


def day_input() -> forms.DateInput:
    """A native date field: its value is always ISO, whatever the language."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "w-date"})


class TaskForm(forms.ModelForm):
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Task
        fields = ["title", "assignee", "due_on", "note"]
        field_classes = {"due_on": DayField}
        widgets = {"due_on": day_input(), "note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = get_user_model().objects.active().order_by("last_name", "first_name")
        self.fields["assignee"].queryset = people  # type: ignore[attr-defined]
        self.fields["assignee"].label_from_instance = lambda person: (  # type: ignore[attr-defined]
            f"{person.full_name}, {person.post}" if person.post else person.full_name
        )
        if self.instance.pk:
            self.fields["revision"].initial = self.instance.revision
        self.helper = FormHelper()
        save = Submit("save", _("Save")) if self.instance.pk else PlainSubmit("save", _("Save"))
        self.helper.layout = Layout("revision", "title", "assignee", "due_on", "note", save)


class FinishTaskForm(forms.Form):
    note = forms.CharField(label=_("What was done"), max_length=500, required=False)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write the reason.")},
    )


class AccessForm(forms.ModelForm):
    class Meta:
        model = Matter
        fields = ["access", "people"]
        widgets = {"access": forms.RadioSelect, "people": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = get_user_model().objects.active()  # type: ignore[attr-defined]
        self.fields["people"].required = False
        self.fields["access"].choices = [  # type: ignore[attr-defined]
            (one.value, format_html('{}<small class="d-block muted">{}</small>', one.label, one.consequence))
            for one in Access
        ]
        self.helper = FormHelper()
        self.helper.layout = Layout("access", "people", Submit("save", _("Save")))


class LinkForm(forms.Form):
    number = forms.CharField(
        label=_("Number of the other matter"),
        max_length=24,
        help_text=_("For example DA-2026-014."),
        error_messages={"required": _("Write the number.")},
    )
    relation = forms.ChoiceField(label=_("Relation"), choices=MatterLink._meta.get_field("relation").choices)


class SubmitForm(forms.Form):
    """Who decides, when the kind has more than one ladder, and a word to them."""

    ladder = forms.TypedChoiceField(
        label=_("Who decides"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who decides.")},
    )
    cover_note = forms.CharField(
        label=_("Note to the approvers"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, ladders: Iterable[Ladder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {str(ladder.pk): ladder for ladder in ladders}
        field: Any = self.fields["ladder"]
        field.choices = [(key, ladder.name) for key, ladder in known.items()]
        field.coerce = known.__getitem__
        field.consequences = {
            key: " → ".join(step.whom for step in ladder.steps.all()) for key, ladder in known.items()
        }
        field.initial = next(iter(known), None)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("ladder", "cover_note", Submit("send", _("Submit for approval")))
        if len(known) < 2:
            del self.fields["ladder"]
            self.helper.layout.pop(0)


class CommentForm(forms.Form):
    anchor = forms.ChoiceField(
        label=_("Place"), required=False, widget=forms.Select(attrs={"class": "form-select"})
    )
    text = forms.CharField(
        label=_("Remark"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
        error_messages={"required": _("Write the remark.")},
    )

    def __init__(self, *args: Any, anchors: list[tuple[str, str]] = (), **kwargs: Any) -> None:  # type: ignore[assignment]
        super().__init__(*args, **kwargs)
        self.fields["anchor"].choices = [("", _("the whole")), *anchors]  # type: ignore[attr-defined]


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label=_("What to mend?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
        error_messages={"required": _("Write what to mend.")},
    )


class PaperDecisionForm(forms.Form):
    agreed = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[
            ("yes", pgettext_lazy("somebody", "approved")),
            ("no", pgettext_lazy("somebody", "returned for correction")),
        ],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )
    signer = forms.CharField(
        label=_("Who decided"), max_length=160, help_text=_("Name and post, as on the paper.")
    )
    decided_on = DayField(label=_("Day of the decision"), widget=day_input())
    note = forms.CharField(
        label=_("Words of the decision"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    scan = forms.FileField(label=_("Scan"), required=False, help_text=_("PDF, JPG or PNG."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "agreed", "signer", "decided_on", "note", "scan", Submit("save", _("Record the decision"))
        )


class ReadingLinkForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=160)
    post = forms.CharField(label=_("Post"), max_length=160, required=False)
    email = forms.EmailField(label=_("E-mail"))
    language = forms.ChoiceField(label=_("Language"), choices=[("lt", _("Lithuanian")), ("en", _("English"))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("name", "post", "email", "language", Submit("save", _("Send the link")))
