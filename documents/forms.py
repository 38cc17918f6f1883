from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout, Submit
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import DayField
from documents.models import Document, Register


def _helper(*fields: Any, label: Any, css: str = "btn-plain") -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.layout = Layout(*fields, Submit("save", label, css_class=f"btn {css}"))
    return helper


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Note"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the note.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper("text", label=_("Save the note"))


class TitleForm(forms.ModelForm):
    class Meta:
        model = Document
        fields = ["title"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper("title", label=_("Save the title"))


class VoidForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it void?"),
        max_length=300,
        error_messages={"required": _("Write why the document is void.")},
    )

    def __init__(self, *args: Any, label: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper("reason", label=label or _("Void the document"))


class RegisterForm(forms.Form):
    """Choose a register; ours gives a number at once, another puts the document on the waiting list."""

    register = forms.ModelChoiceField(
        label=_("Register"),
        queryset=Register.objects.filter(is_active=True),
        error_messages={"required": _("Choose a register.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper("register", label=_("Register"))


class OutsideNumberForm(forms.Form):
    """What another system gave: number, date, link."""

    number = forms.CharField(
        label=_("Number"), max_length=60, error_messages={"required": _("Write the number.")}
    )
    registered_on = DayField(
        label=_("Date"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=timezone.localdate,
    )
    url = forms.URLField(label=_("Link"), required=False, max_length=500, assume_scheme="https")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper(
            Field("number", css_class="w-number"),
            Field("registered_on", css_class="w-date"),
            "url",
            label=_("Record the number"),
        )
