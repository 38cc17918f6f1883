from __future__ import annotations

import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.forms import day_input


class OwnTextForm(forms.Form):
    """A text we gave out, to see who prints it."""

    title = forms.CharField(label=_("Title"), max_length=400)
    text = forms.CharField(label=_("Text"), max_length=200_000, widget=forms.Textarea(attrs={"rows": 12}))
    released_on = forms.DateField(label=_("Day it was given out"), widget=day_input())
    address = forms.URLField(label=_("Address"), required=False, max_length=1000, assume_scheme="https")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["released_on"].initial = timezone.localdate
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.attrs = {"novalidate": ""}
        self.helper.layout = Layout("title", "text", "released_on", "address", Submit("save", _("Watch")))

    @property
    def released_at(self) -> datetime.datetime:
        return timezone.make_aware(
            datetime.datetime.combine(self.cleaned_data["released_on"], datetime.time())
        )
