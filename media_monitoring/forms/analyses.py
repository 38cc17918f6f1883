from __future__ import annotations

import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row, Submit
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.typefaces import refuse_missing_letters
from media_monitoring.choices import Period
from media_monitoring.models import Analysis
from media_monitoring.models.analyses import bounds
from partners.forms import RowForm, day_input


class AnalysisOpenForm(forms.Form):
    period = forms.ChoiceField(label=_("Period"), choices=Period.choices, initial=Period.MONTH)
    day = forms.DateField(label=_("A day in it"), widget=day_input())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first, _last = bounds(Period.MONTH, timezone.localdate())
        self.fields["day"].initial = first - datetime.timedelta(days=1)  # the last whole month
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.attrs = {"novalidate": ""}
        self.helper.layout = Layout(
            Row(Column("period"), Column("day")), Submit("save", _("Count the figures"))
        )


class AnalysisForm(RowForm):
    class Meta:
        model = Analysis
        fields = ["summary", "proposals"]
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 8}),
            "proposals": forms.Textarea(attrs={"rows": 5}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("summary", "proposals"):
            self.fields[name].validators.append(refuse_missing_letters)
        self.lay_out("summary", "proposals", Submit("save", _("Save")))
