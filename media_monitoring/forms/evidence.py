from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User


def evidence_people() -> Any:
    """Who may be named: those whose role may see evidence at all."""
    may = Q(
        groups__permissions__codename="view_evidence",
        groups__permissions__content_type__app_label="media_monitoring",
    )
    return User.objects.active().filter(may).distinct().order_by("sort_key", "pk")


class EvidenceForm(forms.Form):
    """What the evidence is for; with a file it is a person's screenshot, without one the page is fetched."""

    ground = forms.CharField(
        label=_("Claim or topic it is kept for"),
        max_length=300,
        help_text=_("Evidence is kept only for what a claim or topic touches."),
    )
    file = forms.FileField(
        label=_("Screenshot"),
        required=False,
        help_text=_(
            "Without it the page itself is fetched and drawn. A picture or a PDF is marked as yours."
        ),
    )

    def __init__(self, *args: Any, is_fetched: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = not is_fetched
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.attrs = {"novalidate": ""}
        self.helper.layout = Layout("ground", "file", Submit("save", _("Keep evidence")))


class EvidenceReadersForm(forms.Form):
    readers = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("Who may open it"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["readers"].queryset = evidence_people()  # type: ignore[attr-defined]
