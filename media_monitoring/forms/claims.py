"""Forms of claims: noting, judging, wording the answer, sending it, its outcome."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row, Submit
from django import forms
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.models import Unit
from media_monitoring.choices_desk import AnswerKind, ClaimVerdict, Outcome, SentBy
from media_monitoring.models import Article, Claim, ClaimArticle
from partners.forms import RowForm, day_input


def rows(count: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": count})


def laid_out(*parts: Any) -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.attrs = {"novalidate": ""}
    helper.layout = Layout(*parts)
    return helper


def active_people() -> Any:
    return get_user_model().objects.active()


class ArticleField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, article: Article) -> str:
        day = timezone.localtime(article.published_at)
        return f"{article.outlet}, {day:%Y-%m-%d %H.%M}: {article.title}"


class NoteClaimForm(forms.Form):
    """From the article that makes the claim; its reprints are offered, ticked."""

    quote = forms.CharField(
        label=_("What is claimed, word for word"),
        max_length=2000,
        widget=rows(3),
        error_messages={"required": _("Write what is claimed, word for word.")},
    )
    place = forms.CharField(
        label=_("Where in it"),
        max_length=120,
        required=False,
        help_text=_("For example: third paragraph, 14th minute."),
    )
    title = forms.CharField(label=_("In a few words"), max_length=200)
    unit = forms.ModelChoiceField(Unit.objects.all(), label=_("Unit that owns the matter"), required=False)
    responsible: forms.ModelChoiceField = forms.ModelChoiceField(queryset=None, label=_("Responsible"))
    also = ArticleField(
        queryset=None,
        label=_("Articles that repeat it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, also: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"].queryset = active_people()  # type: ignore[attr-defined]
        self.fields["also"].queryset = also  # type: ignore[attr-defined]
        parts = ["quote", "place", "title", Row(Column("unit"), Column("responsible"))]
        if also:
            self.fields["also"].initial = [article.pk for article in also]
            parts.append("also")
        else:
            del self.fields["also"]
        self.helper = laid_out(*parts, Submit("save", _("Note the claim")))


class ClaimForm(RowForm):
    class Meta:
        model = Claim
        fields = ["title", "quote", "unit", "responsible"]
        widgets = {"quote": rows(3)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"].queryset = active_people()  # type: ignore[attr-defined]
        self.lay_out("title", "quote", Row(Column("unit"), Column("responsible")), Submit("save", _("Save")))


class JudgeForm(RowForm):
    verdict = forms.ChoiceField(
        label=_("What the claim is"),
        choices=ClaimVerdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the claim is.")},
    )

    class Meta:
        model = Claim
        fields = ["our_facts", "verdict", "verdict_reason"]
        widgets = {"our_facts": rows(5)}
        help_texts = {"our_facts": _("With their source: they stand in the note for leaders.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lay_out("our_facts", "verdict", "verdict_reason", Submit("save", _("Keep the verdict")))


KIND_NOTES = {
    AnswerKind.DENIAL: _("a letter to the outlet; it publishes within two weeks, else court"),
    AnswerKind.COMMENT: _("our words for the outlet, which need not publish them"),
    AnswerKind.REPLY: _("our answer to criticism, published as it is"),
    AnswerKind.OWN_POST: _("on our own page; nothing is asked of the outlet"),
    AnswerKind.NONE: _("a decision too: the head approves the reason"),
}


class AnswerForm(RowForm):
    answer_kind = forms.ChoiceField(
        label=_("How we answer"),
        choices=[(kind.value, kind.label) for kind in AnswerKind],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the claim is answered.")},
    )

    class Meta:
        model = Claim
        fields = [
            "answer_kind",
            "answer_reason",
            "answer_to",
            "answer_title",
            "answer_text",
            "signatory",
        ]
        widgets = {"answer_to": rows(2), "answer_text": rows(12)}
        help_texts = {
            "answer_reason": _("Needed when no answer is given; else for the approver."),
            "answer_to": _("As it stands on the letter: who, post, outlet."),
            "answer_text": _(
                "An empty line begins a paragraph. The article, the claim and the law are added by themselves."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer_kind"].choices = [  # type: ignore[attr-defined]
            (kind.value, f"{kind.label.capitalize()} – {KIND_NOTES[kind]}") for kind in AnswerKind
        ]
        if not self.instance.answer_to:
            self.initial["answer_to"] = str(
                self.instance.outlet
            )  # the row's own empty one stands before a field's
        self.lay_out(
            "answer_kind",
            "answer_reason",
            "answer_to",
            "answer_title",
            "answer_text",
            "signatory",
            Submit("save", _("Keep the answer")),
        )


class SendForm(forms.Form):
    """How the approved answer goes."""

    sent_by = forms.ChoiceField(label=_("How it goes"), choices=SentBy.choices)
    where = forms.CharField(
        label=_("E-mail, address of the page, or to whom"),
        max_length=300,
        error_messages={"required": _("Write where the answer goes.")},
    )
    on = forms.DateField(label=_("Day, when it went otherwise"), required=False, widget=day_input())

    def __init__(self, *args: Any, ways: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if ways:
            chosen = [(way, label) for way, label in SentBy.choices if way in ways]
            self.fields["sent_by"].choices = chosen  # type: ignore[attr-defined]
        self.helper = laid_out("sent_by", "where", "on", Submit("save", _("Send the answer")))


class OutcomeForm(forms.Form):
    outcome = forms.ChoiceField(label=_("What became of it"), choices=Outcome.choices)
    on = forms.DateField(label=_("Day"), required=False, widget=day_input())
    answered_in: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None, label=_("Article in which it was published"), required=False
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=300)

    def __init__(self, *args: Any, said: ClaimArticle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        later = Article.objects.filter(
            outlet=said.article.outlet_id, published_at__gte=said.article.published_at
        )
        recent = later.exclude(pk=said.article_id).order_by("-published_at").defer("text")[:50]
        choices = [("", "–"), *((str(row.pk), f"{row.published_at:%Y-%m-%d} {row.title}") for row in recent)]
        self.fields["answered_in"].queryset = later  # type: ignore[attr-defined]
        self.fields["answered_in"].choices = choices  # type: ignore[attr-defined]
        if not self.is_bound:
            self.initial = {
                "outcome": said.outcome,
                "on": said.outcome_on or timezone.localdate(),
                "answered_in": said.answered_in_id,
                "note": said.outcome_note,
            }
        self.helper = laid_out(
            Row(Column("outcome"), Column("on")), "answered_in", "note", Submit("save", _("Keep the outcome"))
        )


class LeadersForm(forms.Form):
    people: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        queryset=None,
        label=_("Whom to tell"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose whom to tell.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leaders = active_people().filter(groups__name__in=[Role.LEADERSHIP, Role.HEAD]).distinct()
        self.fields["people"].queryset = leaders  # type: ignore[attr-defined]
        self.fields["people"].label_from_instance = (  # type: ignore[attr-defined]
            lambda person: f"{person.full_name}, {person.post}" if person.post else person.full_name
        )
        self.helper = laid_out("people", Submit("save", _("Tell them")))
