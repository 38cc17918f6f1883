from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row, Submit
from django import forms
from django.contrib.auth.forms import (
    AuthenticationForm,
    PasswordChangeForm,
    PasswordResetForm,
    SetPasswordForm,
)
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from accounts.choices import Case, Role
from accounts.models import User
from core.forms import DayField, PlainSubmit
from core.language import decline_name

SPOKEN = [
    ("lt", _("Lithuanian")),
    ("en", _("English")),
    ("pl", _("Polish")),
    ("de", _("German")),
    ("ru", _("Russian")),
    ("uk", _("Ukrainian")),
    ("lv", _("Latvian")),
    ("et", _("Estonian")),
    ("ka", _("Georgian")),
    ("fr", _("French")),
]


def _helper(*fields: Any, submit: Any) -> FormHelper:
    helper = FormHelper()
    helper.layout = Layout(*fields, Submit("save", submit))
    return helper


class LogInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": _("The user name or the password is wrong."),
        "inactive": _("This account is closed."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name")
        self.helper = _helper("username", "password", submit=_("Log in"))


class ChangePasswordForm(PasswordChangeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper(
            "old_password", "new_password1", "new_password2", submit=_("Change the password")
        )


class NewPasswordForm(SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper("new_password1", "new_password2", submit=_("Set the password"))


class ResetPasswordForm(PasswordResetForm):
    """Says the same whether the address is known or not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper("email", submit=_("Send the letter"))

    def get_users(self, email: str) -> Any:
        return User.objects.active().filter(email__iexact=email)


class ProfileForm(forms.ModelForm):
    language = forms.ChoiceField(
        label=_("Language of the portal"),
        choices=[("lt", _("Lithuanian")), ("en", _("English"))],
        widget=forms.RadioSelect,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages you speak"), choices=SPOKEN, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = User
        fields = ["language", "theme", "phone", "languages", "wants_daily_digest", "wants_urgent_mail"]
        widgets = {"theme": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Fieldset(_("The portal"), "language", "theme"),
            Fieldset(_("Mail"), "wants_daily_digest", "wants_urgent_mail"),
            Fieldset(_("About you"), "phone", "languages"),
            Submit("save", _("Save")),
        )


class CaseForm(forms.Form):
    """Forms of one's name: what the rule proposes stands in the field's place; what is written stands above it."""

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        for case in Case:
            if case == Case.NOMINATIVE:
                continue
            proposed = decline_name(person.first_name, person.last_name, person.gender, case.value)
            self.fields[case.value] = forms.CharField(
                label=case.label,
                required=False,
                max_length=200,
                initial=person.case_overrides.get(case.value, ""),
                widget=forms.TextInput(attrs={"placeholder": proposed}),
            )
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Row(*(Column(name) for name in list(self.fields)[:2])),
            Row(*(Column(name) for name in list(self.fields)[2:4])),
            Row(*(Column(name) for name in list(self.fields)[4:])),
            PlainSubmit("save-forms", _("Save the forms")),
        )

    def overrides(self) -> dict[str, str]:
        return {case: text.strip() for case, text in self.cleaned_data.items() if text.strip()}


class DeputyForm(forms.Form):
    principal = forms.ModelChoiceField(label=_("Who is away"), queryset=User.objects.none(), required=False)
    deputy = forms.ModelChoiceField(label=_("Who stands in"), queryset=User.objects.none())
    starts_on = DayField(label=_("From"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    ends_on = DayField(label=_("To"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))

    def __init__(self, *args: Any, for_anybody: bool, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = User.objects.active()  # type: ignore[attr-defined]
        if for_anybody:
            self.fields["principal"].required = True
            self.fields["principal"].queryset = User.objects.active()  # type: ignore[attr-defined]
            self.fields["principal"].initial = person.pk
        else:
            del self.fields["principal"]
        self.helper = _helper(
            *(["principal"] if for_anybody else []),
            "deputy",
            Row(Column("starts_on"), Column("ends_on")),
            submit=_("Name the deputy"),
        )


class PersonForm(forms.ModelForm):
    roles = forms.ModelMultipleChoiceField(
        label=_("Roles"), queryset=Group.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = User
        fields = ["username", "first_name", "last_name", "gender", "post", "unit", "email", "phone"]
        widgets = {"gender": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = self.fields["roles"]
        roles.queryset = Group.objects.filter(name__in=Role.values)  # type: ignore[attr-defined]
        roles.label_from_instance = lambda group: str(Role(group.name).label)  # type: ignore[attr-defined]
        self.fields["email"].required = True  # the password is set by a letter
        if self.instance.pk:
            roles.initial = self.instance.groups.all()
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Fieldset(_("Person"), Row(Column("first_name"), Column("last_name")), "gender", "post", "unit"),
            Fieldset(_("Contacts"), "email", "phone"),
            Fieldset(_("Account"), "username", "roles"),
            Submit("save", _("Save")),
        )


class HandOverForm(forms.Form):
    to = forms.ModelChoiceField(label=_("To whom"), queryset=User.objects.none())

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = User.objects.active().exclude(pk=person.pk)  # type: ignore[attr-defined]
        self.helper = _helper("to", submit=_("Hand everything over"))
