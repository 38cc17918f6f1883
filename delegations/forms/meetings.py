"""Forms of business meetings: asking a host, and the host's answer on the link host."""

from __future__ import annotations

import datetime
from typing import Any

from crispy_forms.layout import Column, Fieldset, Row, Submit
from django import forms
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from core.dates import weekday_words
from delegations.forms.fields import ClockField, PrintedField, form_helper, person_label
from delegations.models import ProgrammeItem, Visit

LETTER_LANGUAGES = (("lt", _("Lithuanian")), ("en", _("English")))


class ListInput(forms.TextInput):
    """A line of text with suggestions, which may be passed over."""

    template_name = "delegations/widgets/list_input.html"

    def __init__(self, suggestions: Any = (), attrs: Any = None) -> None:
        super().__init__(attrs)
        self.suggestions = suggestions

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        place = f"{context['widget']['attrs'].get('id', name)}-list"
        context["widget"]["attrs"]["list"] = place
        context["widget"] |= {"list": place, "suggestions": self.suggestions}
        return context


class AskForm(forms.Form):
    """Whom we ask: one of ours chosen from the list, or anybody by name and address."""

    person: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Somebody of the municipality"), queryset=None, required=False
    )
    name = PrintedField(label=_("or another person"), max_length=160, required=False)
    post = PrintedField(
        label=_("Post, committee or organisation"),
        max_length=200,
        required=False,
        help_text=_("A unit of the municipality may be chosen from the list."),
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    language = forms.ChoiceField(label=_("Language of the letter"), choices=LETTER_LANGUAGES, initial="lt")
    message = PrintedField(
        label=_("What we would like to say"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What the guests want to talk about, who speaks which language. Stands in the letter."),
    )

    def __init__(self, *args: Any, item: ProgrammeItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = get_user_model().objects.active().exclude(email="").order_by("last_name", "first_name")
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["person"].label_from_instance = person_label  # type: ignore[attr-defined]
        if item.host_id and not self.is_bound:
            self.initial.setdefault("person", item.host_id)
        elif item.host_name and not self.is_bound:
            self.initial.setdefault("name", item.host_name)
        self.fields["post"].widget = ListInput([str(unit) for unit in Unit.objects.all()], {"maxlength": 200})
        self.helper = form_helper(
            Fieldset(_("Whom we ask"), "person", Row(Column("name"), Column("email")), "post"),
            Fieldset(_("The letter"), "message", "language"),
            Submit("save", _("Send the request")),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (data.get("email") or data.get("person") is None) and not self.errors:
            if not data.get("name"):
                self.add_error("name", gettext("Choose somebody of the municipality, or write the name."))
            if not data.get("email"):
                self.add_error("email", gettext("Write the e-mail the request is sent to."))
        return data

    @property
    def asked(self) -> dict[str, str]:
        """What the service is told; a person of ours brings her own name, post and address."""
        data = self.cleaned_data
        rest = {"message": data["message"], "language": data["language"]}
        if (person := data["person"]) and not data["email"]:  # an address of another's wins
            return {
                "name": person.full_name,
                "post": data["post"] or person.post,
                "email": person.email,
                **rest,
            }
        return {"name": data["name"], "post": data["post"], "email": data["email"], **rest}


class RefuseTimeForm(forms.Form):
    words = PrintedField(
        label=_("Why the other time does not suit"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write why the other time does not suit.")},
    )


# --- on the link host ---------------------------------------------------------------------------------------


def _note(label: Any, **kwargs: Any) -> PrintedField:
    return PrintedField(label=label, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)


class ConfirmForm(forms.Form):
    note = _note(_("A note to the department"), required=False)
    files = forms.FileField(  # type: ignore[assignment]  # named as documents.intake names what it refuses
        label=_("A paper for the guests"),
        required=False,
        help_text=_("PDF, an office document or a picture: goes into the guests' file."),
    )


class ProposeForm(forms.Form):
    on = forms.TypedChoiceField(label=_("Day"), coerce=datetime.date.fromisoformat)
    starts = ClockField(label=_("From"))
    ends = ClockField(label=_("Until"), required=False)
    note = _note(_("A note to the department"), required=False)

    def __init__(self, *args: Any, visit: Visit, on: datetime.date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": on.isoformat() if on else None}, **kwargs)
        today = timezone.localdate()
        days = [day for day in visit.days if day >= today]
        self.fields["on"].choices = [(day.isoformat(), weekday_words(day)) for day in days]  # type: ignore[attr-defined]


class DeclineForm(forms.Form):
    note = _note(
        _("Why"), error_messages={"required": _("Write in a word why you cannot receive the guests.")}
    )
