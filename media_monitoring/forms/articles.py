from __future__ import annotations

import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Div, Layout, Row, Submit
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from media_monitoring.choices import Medium
from media_monitoring.models import Outlet
from partners.forms import day_input


class EntryForm(forms.Form):
    """What was met in print, on air or on the web: seven fields in the order of the keyboard."""

    outlet = forms.ModelChoiceField(Outlet.objects.filter(is_active=True), label=_("Outlet"))
    medium = forms.ChoiceField(label=_("Where it was met"), choices=Medium.choices, initial=Medium.PRINT)
    published_on = forms.DateField(label=_("Day"), widget=day_input())
    published_time = forms.TimeField(
        label=_("Hour"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "w-time"}),
    )
    title = forms.CharField(label=_("Title or subject"), max_length=400)
    text = forms.CharField(
        label=_("Text or a note of what was said"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    url = forms.URLField(label=_("Address"), required=False, max_length=1000, assume_scheme="https")
    author = forms.CharField(label=_("Author or presenter"), required=False, max_length=200)
    file = forms.FileField(label=_("Scan or recording"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outlet"].widget.attrs["autofocus"] = True
        self.fields["published_on"].initial = timezone.localdate
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.attrs = {"novalidate": ""}
        self.helper.layout = Layout(
            Row(Column("outlet"), Column("medium")),
            Row(Column("published_on"), Column("published_time")),
            "title",
            "text",
            "file",
            Row(Column("url"), Column("author")),
            Div(Submit("save", _("Keep")), css_class="row-flex"),
        )

    @property
    def published_at(self) -> datetime.datetime:
        """Without an hour: the beginning of the day."""
        hour = self.cleaned_data["published_time"] or datetime.time()
        return timezone.make_aware(datetime.datetime.combine(self.cleaned_data["published_on"], hour))
