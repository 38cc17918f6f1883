from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row, Submit
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Unit, User


class ForwardForm(forms.Form):
    """To a colleague with an account, or to a unit by a personal link."""

    message = forms.CharField(
        label=_("What is asked or told"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    user = forms.ModelChoiceField(User.objects.none(), label=_("Colleague"), required=False)
    unit = forms.ModelChoiceField(
        Unit.objects.all(), label=pgettext_lazy("of the municipality", "Unit"), required=False
    )
    name = forms.CharField(label=_("Who gets it"), required=False, max_length=160)
    email = forms.EmailField(label=_("E-mail"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = User.objects.active().order_by("sort_key", "pk")  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.attrs = {"novalidate": ""}
        self.helper.layout = Layout(
            "message",
            Fieldset(str(_("To a colleague")), "user"),
            Fieldset(
                str(_("Or to a unit, by a personal link")), "unit", Row(Column("name"), Column("email"))
            ),
            Submit("save", _("Send")),
        )

    def clean(self) -> dict[str, Any]:
        """A unit chosen says that the colleague, who is proposed, is not meant."""
        data = super().clean() or {}
        if data.get("unit") and data.get("user"):
            data["user"] = None
        return data


class ForwardAnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Your answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )
