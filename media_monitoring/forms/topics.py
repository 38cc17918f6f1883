from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from documents.typefaces import refuse_missing_letters
from media_monitoring.models import QuietHours, Topic
from partners.forms import RowForm


class TopicForm(RowForm):
    watchers = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("Who is told"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Topic
        fields = ["name", "query", "is_wide", "severity", "in_digest", "is_active"]
        widgets = {"query": forms.Textarea(attrs={"rows": 2}), "severity": forms.RadioSelect}
        help_texts = {
            "query": _(
                "As in search: any form of a word, “a phrase”, one | another, -without. Names in any case."
            ),
        }

    def __init__(self, *args: Any, watchers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].validators.append(refuse_missing_letters)
        self.fields["watchers"].queryset = watchers
        if self.instance.pk:
            self.fields["watchers"].initial = [user.pk for user in self.instance.watchers.all()]
        else:
            del self.fields["is_active"]
        active = ["is_active"] if "is_active" in self.fields else []
        self.lay_out(
            "name",
            "query",
            "is_wide",
            "severity",
            "watchers",
            "in_digest",
            *active,
            Submit("save", _("Save")),
        )

    def clean_query(self) -> str:
        return " ".join(self.cleaned_data["query"].split())

    @property
    def own_fields(self) -> list[str]:
        return [name for name in super().own_fields if name in self.fields]


class QuietHoursForm(forms.ModelForm):
    class Meta:
        model = QuietHours
        fields = ["starts", "ends", "is_quiet_on_days_off"]
        widgets = {
            name: forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "w-time"})
            for name in ("starts", "ends")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.attrs = {"novalidate": ""}
        self.helper.layout = Layout(
            Row(Column("starts"), Column("ends")), "is_quiet_on_days_off", Submit("save", _("Save"))
        )
