"""Forms of journalists, their enquiries and accreditation."""

from __future__ import annotations

import datetime
from typing import Any

from crispy_forms.layout import Column, Div, Row, Submit
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matters.models import Matter
from media_monitoring.choices_desk import Use
from media_monitoring.forms.claims import active_people, laid_out, rows
from media_monitoring.models import Article, Enquiry, Journalist
from partners.choices import Language
from partners.forms import RowForm, day_input


class EnquiryForm(RowForm):
    received_on = forms.DateField(label=_("Day it came"), widget=day_input())
    received_time = forms.TimeField(
        label=_("Hour"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "w-time"}),
    )

    class Meta:
        model = Enquiry
        fields = ["title", "journalist", "outlet", "channel", "question", "time_class", "responsible"]
        widgets = {"question": rows(5), "time_class": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"].queryset = active_people()  # type: ignore[attr-defined]
        self.fields["journalist"].queryset = Journalist.objects.filter(is_active=True)  # type: ignore[attr-defined]
        moment = timezone.localtime(self.instance.received_at if self.instance.pk else timezone.now())
        self.fields["received_on"].initial, self.fields["received_time"].initial = (
            moment.date(),
            moment.time().replace(second=0, microsecond=0),
        )
        self.lay_out(
            "title",
            Row(Column("journalist"), Column("outlet")),
            Row(Column("received_on"), Column("received_time"), Column("channel")),
            "question",
            "time_class",
            "responsible",
            Submit("save", _("Save")),
        )

    @property
    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        moment = datetime.datetime.combine(data["received_on"], data["received_time"])
        kept = {name: data[name] for name in self.own_fields}
        return {**kept, "received_at": timezone.make_aware(moment)}


class EnquiryAnswerForm(RowForm):
    class Meta:
        model = Enquiry
        fields = ["answer_text", "is_refusal", "signatory"]
        widgets = {"answer_text": rows(10)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lay_out("answer_text", "is_refusal", "signatory", Submit("save", _("Keep the answer")))


class UseForm(forms.Form):
    article: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None, label=_("Article"), error_messages={"required": _("Choose the article.")}
    )
    use = forms.ChoiceField(label=_("How our answer was used"), choices=Use.choices)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, enquiry: Enquiry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        later = Article.objects.filter(published_at__gte=enquiry.received_at)
        if enquiry.outlet_id:
            later = later.filter(outlet=enquiry.outlet_id)
        recent = later.select_related("outlet").defer("text").order_by("-published_at")[:50]
        choices = [("", "–"), *((str(row.pk), f"{row.published_at:%Y-%m-%d} {row.title}") for row in recent)]
        self.fields["article"].queryset = later  # type: ignore[attr-defined]
        self.fields["article"].choices = choices  # type: ignore[attr-defined]
        self.helper = laid_out("article", "use", "note", Submit("save", _("Write down")))


class JournalistForm(RowForm):
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=Language.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=40)

    class Meta:
        model = Journalist
        fields = [
            "first_name",
            "last_name",
            "outlet",
            "post",
            "beats",
            "languages",
            "consent_on",
            "consent_note",
            "note",
            "is_active",
        ]
        widgets = {"consent_on": day_input(), "note": rows(2)}

    def __init__(self, *args: Any, contacts: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, value in (contacts or {}).items():
            self.fields[name].initial = value
        self.lay_out(
            Row(Column("first_name"), Column("last_name")),
            Row(Column("outlet"), Column("post")),
            "beats",
            "languages",
            Row(Column("consent_on"), Column("consent_note")),
            Div(Row(Column("email"), Column("phone")), data_personal=""),
            "note",
            "is_active",
            Submit("save", _("Save")),
        )


class AccreditationForm(forms.Form):
    matter: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None, label=_("Event of the portal"), required=False
    )
    event = forms.CharField(label=_("or another event, or all of them"), max_length=200, required=False)
    valid_until = forms.DateField(label=_("Until"), widget=day_input())

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        events = Matter.objects.visible_to(user).open().exclude(kind__in=["claim", "enquiry"])
        self.fields["matter"].queryset = events  # type: ignore[attr-defined]
        self.helper = laid_out("matter", "event", "valid_until", Submit("save", _("Enter the request")))
