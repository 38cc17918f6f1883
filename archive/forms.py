from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from archive.choices import RetentionRule
from archive.models import PlanLine, RetentionPoint
from core.forms import DayField, PlainSubmit

MOST_PAGES = 100_000


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", "class": "w-day"}, format="%Y-%m-%d")


class ArchiveForm(forms.Form):
    """Laid out as its fields stand; `submit` is its button."""

    submit: Any = _("Save")
    is_plain = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.attrs = {"novalidate": ""}
        button = PlainSubmit if self.is_plain else Submit
        self.helper.layout = Layout(*self.fields, button("save", self.submit))


class YearForm(forms.Form):
    year = forms.IntegerField(
        label=_("Year"), min_value=2000, max_value=2100, widget=forms.NumberInput(attrs={"class": "w-num"})
    )


class LineForm(forms.ModelForm):
    """A line of the plan; `reason` only where it supplements an approved plan."""

    reason = forms.CharField(
        label=_("Why the plan is supplemented"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = PlanLine
        fields = ["index", "heading", "point", "medium", "unit", "responsible", "note"]
        widgets = {
            "index": forms.TextInput(attrs={"class": "w-num"}),
            "heading": forms.Textarea(attrs={"rows": 2}),
            "note": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, plan: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        is_new = self.instance.pk is None
        points = RetentionPoint.objects.filter(index=plan.retention_index_id)
        if not is_new:
            points = points | RetentionPoint.objects.filter(pk=self.instance.point_id)
        self.fields["point"].queryset = points.order_by("position", "pk")
        self.fields["unit"].queryset = Unit.objects.all()
        self.fields["responsible"].queryset = User.objects.filter(is_active=True)
        self.initial.setdefault("revision", self.instance.revision)
        if not (plan.is_approved and is_new):
            del self.fields["reason"]
        if plan.is_approved and not is_new:
            for name in ("index", "heading", "point"):
                self.fields[name].disabled = True
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.attrs = {"novalidate": ""}
        self.helper.layout = Layout(
            "revision",
            Fieldset(_("File"), "index", "heading", "point"),
            Fieldset(_("How it is kept"), "medium", "unit", "responsible", "note"),
            *(["reason"] if "reason" in self.fields else []),
            Submit("save", _("Save")),
        )

    def _post_clean(self) -> None:
        """The service says what is wrong with an index, in one place; the form only fills the row."""
        exclude = self._get_validation_exclusions()
        self.instance = forms.models.construct_instance(
            self, self.instance, self._meta.fields, self._meta.exclude
        )
        try:
            self.instance.full_clean(exclude=exclude, validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            self._update_errors(error)


class PlanFactsForm(ArchiveForm):
    """What a plan says beside its files."""

    closes_on = DayField(
        label=_("Files are closed by"),
        widget=day_input(),
        help_text=_("Files are closed after their year is over."),
    )
    agreed_with = forms.CharField(
        label=_("Coordinated with the state archive"),
        max_length=300,
        required=False,
        help_text=_("With the state archive, when there are files kept permanently: date and number."),
    )


class NoteForm(ArchiveForm):
    """What is to be mended in a returned plan."""

    note = forms.CharField(
        label=_("What to mend?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what is to be mended.")},
    )


class ReasonForm(ArchiveForm):
    """One field: why."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write the reason.")},
    )


class PlaceForm(ArchiveForm):
    """In which file a document lies; files of the document's own year first."""

    submit = _("Place in the file")
    line = forms.ModelChoiceField(
        label=_("Case file"),
        queryset=PlanLine.objects.none(),
        error_messages={"required": _("Choose the file.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, year: int, must_give_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = PlanLine.objects.in_force().select_related("plan").order_by("-plan__year", "index_key", "pk")
        self.fields["line"].queryset = lines
        groups: dict[int, list[tuple[int, str]]] = {}
        for line in lines:
            groups.setdefault(line.plan.year, []).append((line.pk, str(line)))
        years = sorted(groups, key=lambda one: (one != year, -one))
        self.fields["line"].choices = [("", _("not chosen")), *((str(one), groups[one]) for one in years)]
        if must_give_reason:
            self.fields["reason"].required = True
            self.fields["reason"].error_messages["required"] = _("Write why the document is moved.")
            self.helper.layout.fields[-1] = Submit("save", _("Move"))


class FactsForm(ArchiveForm):
    """What is known of a file beside its documents."""

    is_plain = True
    event_on = DayField(label=_("Day the term is counted from"), required=False, widget=day_input())
    place = forms.CharField(label=_("Where the paper file stands"), max_length=120, required=False)

    def __init__(self, *args: Any, by_closing: bool, is_paper: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if by_closing:
            del self.fields["event_on"]
        if not is_paper:
            del self.fields["place"]
        self.helper.layout = Layout(*self.fields, PlainSubmit("save", _("Save")))


class ExtentForm(ArchiveForm):
    """Pages of an electronic document, sheets of a paper one."""

    pages = forms.IntegerField(
        label=_("Pages"),
        min_value=0,
        max_value=MOST_PAGES,
        required=False,
        widget=forms.NumberInput(attrs={"class": "w-num"}),
    )
    sheets = forms.IntegerField(
        label=_("Sheets of paper"),
        min_value=1,
        max_value=MOST_PAGES,
        required=False,
        help_text=_("Each sheet once; empty sheets are not counted."),
        widget=forms.NumberInput(attrs={"class": "w-num"}),
    )


class PointForm(forms.ModelForm):
    """A point of the retention index as it stands in the act in force."""

    class Meta:
        model = RetentionPoint
        fields = [
            "number",
            "name_lt",
            "name_en",
            "rule",
            "years",
            "counted_from",
            "remark",
            "source",
            "is_verified",
        ]
        widgets = {
            "number": forms.TextInput(attrs={"class": "w-num"}),
            "years": forms.NumberInput(attrs={"class": "w-num"}),
            "name_lt": forms.Textarea(attrs={"rows": 2}),
            "name_en": forms.Textarea(attrs={"rows": 2}),
            "source": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.attrs = {"novalidate": ""}
        self.helper.layout = Layout(
            "name_lt",
            "name_en",
            Fieldset(_("Term"), Row(Column("rule"), Column("years")), "counted_from"),
            Fieldset(_("Where it says so"), "number", "source", "remark", "is_verified"),
            Submit("save", _("Save")),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("rule") == RetentionRule.YEARS and not data.get("years"):
            self.add_error("years", _("Write for how many years."))
        elif data.get("rule") != RetentionRule.YEARS:
            data["years"] = None
        return data
