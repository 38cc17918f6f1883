"""Pages of claims: the register, noting one, what it is, the answer, the outcome."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView

from core.errors import DomainError, StaleWriteError
from core.lists import Choice, Column, FilteredList, Rows, Tick, Words
from core.stale import show_both_forms
from core.views import StaffView, staff_action
from media_monitoring.choices_desk import AnswerKind, ClaimStatus, ClaimVerdict, SentBy
from media_monitoring.forms.claims import (
    AnswerForm,
    ClaimForm,
    JudgeForm,
    LeadersForm,
    NoteClaimForm,
    OutcomeForm,
    SendForm,
)
from media_monitoring.models import Article, Claim, ClaimArticle, Evidence, Outlet
from media_monitoring.services import answers, claims, fact_bank, state
from media_monitoring.views.articles import changes
from media_monitoring.views.base import ClaimPage, refuse, visible_claim


class ClaimListView(StaffView, FilteredList):
    permission_required = "media_monitoring.view_claim"
    template_name = "media_monitoring/claim_list.html"
    list_code = "media_monitoring.claims"
    title = gettext_lazy("Claims")
    filters = (
        Words("q", gettext_lazy("Words"), ("title", "quote", "number")),
        Rows("outlet", gettext_lazy("Outlet"), lambda request: Outlet.objects.all(), field="outlet"),
        Choice("status", gettext_lazy("State"), ClaimStatus.choices, field="status"),
        Choice("verdict", gettext_lazy("Verdict"), ClaimVerdict.choices, field="verdict"),
        Tick("mine", gettext_lazy("Mine"), lambda rows, request: rows.filter(responsible=request.user)),
        Tick("open", gettext_lazy("Open"), lambda rows, request: rows.open()),
    )
    columns = (
        Column("number", gettext_lazy("Number"), sort="number"),
        Column("title", gettext_lazy("Claim")),
        Column("outlet__name", gettext_lazy("Outlet")),
        Column("status", gettext_lazy("State"), value=lambda row: row.get_status_display()),
        Column("verdict", gettext_lazy("Verdict"), value=lambda row: row.get_verdict_display()),
        Column(
            "answer_kind",
            gettext_lazy("Kind of answer"),
            value=lambda row: row.get_answer_kind_display(),
            on_page=False,
        ),
        Column("due_on", gettext_lazy("Due"), sort="due_on"),
        Column("published_on", gettext_lazy("Published"), sort="published_on", on_page=False),
    )
    views = (
        ("open=1", gettext_lazy("Open")),
        ("mine=1&open=1", gettext_lazy("Mine")),
        ("", gettext_lazy("All")),
    )
    default_sort = "-number"

    def get_rows(self) -> Any:
        return Claim.objects.visible_to(self.staff)

    def prepare(self, rows: Any) -> Any:
        return rows.select_related("outlet", "responsible")

    def counted(self, count: int) -> str:
        return ngettext("{n} claim", "{n} claims", count).format(n=count)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**context, "today": timezone.localdate()}


class ClaimNoteView(StaffView, FormView):
    """From an article: what is claimed in it; its reprints come along."""

    permission_required = "media_monitoring.add_claim"
    template_name = "media_monitoring/claim_note.html"
    form_class = NoteClaimForm

    def _article(self) -> Article:
        if not hasattr(self, "_found"):
            rows = Article.objects.visible_to(self.request.user).select_related("outlet")
            self._found = get_object_or_404(rows, pk=self.kwargs["pk"])
        return self._found

    def get_form_kwargs(self) -> dict[str, Any]:
        article = self._article()
        also = Article.objects.visible_to(self.request.user).filter(pk=None)
        if article.story_id:
            also = Article.objects.visible_to(self.request.user).filter(story=article.story_id)
        also = also.exclude(pk=article.pk).select_related("outlet").order_by("published_at", "pk")
        return {**super().get_form_kwargs(), "also": also}

    def get_initial(self) -> dict[str, Any]:
        return {"responsible": self.request.user.pk, "quote": self.request.GET.get("citata", "")[:2000]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        article = self._article()
        noted = Claim.objects.visible_to(self.staff).filter(articles=article).select_related("outlet")
        others = Claim.objects.visible_to(self.staff).open().exclude(articles=article)
        return super().get_context_data(
            article=article, noted=noted[:10], others=others.order_by("-pk")[:20], **kwargs
        )

    def form_valid(self, form: NoteClaimForm) -> HttpResponse:
        data = form.cleaned_data
        try:
            claim = claims.note_claim(
                [self._article(), *data.get("also", [])],
                title=data["title"],
                quote=data["quote"],
                place=data["place"],
                unit=data["unit"],
                responsible=data["responsible"],
                by=self.actor,
            )
        except DomainError as error:
            refuse(form, error)
            return self.form_invalid(form)
        messages.success(self.request, _("The claim is noted: %(number)s.") % {"number": claim.number})
        return redirect(claim)

    def form_invalid(self, form: NoteClaimForm) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        return response


def tell_evidence(said: list[Any], user: Any) -> None:
    """Beside each article its evidence: as the claim was noted, as it became, and what else is kept of it."""
    shown = {pk for row in said for pk in (row.article_id, row.answered_in_id) if pk}
    kept: dict[int, list[Evidence]] = {}
    for one in Evidence.objects.visible_to(user).filter(article__in=shown).order_by("created_at", "pk"):
        kept.setdefault(one.article_id, []).append(one)
    for row in said:
        words = {row.evidence_before_id: _("before"), row.evidence_after_id: _("after")}
        articles = dict.fromkeys(pk for pk in (row.article_id, row.answered_in_id) if pk)
        row.evidence = [(words.get(one.pk, ""), one) for pk in articles for one in kept.get(pk, [])]


class ClaimView(ClaimPage, TemplateView):
    """What is claimed and where, the units' facts, our facts and verdict; what became of each article."""

    template_name = "media_monitoring/claim.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        claim = self.get_matter()
        said = list(
            claim.said_in.select_related("article__outlet", "version_before", "version_after", "answered_in")
        )
        for row in said:
            row.claim = claim
            row.is_edited = row.article.version_count > row.version_before.number
        tell_evidence(said, self.staff)
        known = fact_bank.touching(claim.title, claim.quote)
        context = super().get_context_data(
            said=said,
            requests=list(claim.fact_requests.select_related("unit").prefetch_related("papers", "facts")),
            clocks=state.claim_deadlines(claim),
            known_facts=known,
            hours_open=None,
            **kwargs,
        )
        if context["may_edit"]:
            context.setdefault("form", JudgeForm(instance=claim))
        context["leaders_form"] = kwargs.get("leaders_form") or LeadersForm()
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The verdict; asked of those only who may change a claim."""
        claim = self.get_matter()
        if not request.user.has_perm("media_monitoring.change_claim"):
            return self.handle_no_permission()
        form = JudgeForm(request.POST, instance=Claim.objects.get(pk=claim.pk))
        if form.is_valid():
            data = form.cleaned_data
            try:
                claims.judge_claim(
                    claim,
                    verdict=data["verdict"],
                    our_facts=data["our_facts"],
                    reason=data["verdict_reason"],
                    revision=data["revision"],
                    by=self.actor,
                )
            except StaleWriteError as error:
                theirs: Any = error.theirs
                return show_both_forms(request, form, JudgeForm(instance=theirs), theirs)
            except DomainError as error:
                refuse(form, error)
            else:
                messages.success(request, _("The verdict is kept."))
                return redirect("media_monitoring:claim_answer", claim.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ClaimEditView(ClaimPage, TemplateView):
    permission_required = "media_monitoring.change_claim"
    template_name = "media_monitoring/claim_edit.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", ClaimForm(instance=self.get_matter()))
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        claim = self.get_matter()
        form = ClaimForm(request.POST, instance=Claim.objects.get(pk=claim.pk))
        if form.is_valid():
            fields = {name: form.cleaned_data[name] for name in form.own_fields}
            try:
                claims.change_claim(claim, revision=form.cleaned_data["revision"], by=self.actor, **fields)
            except StaleWriteError as error:
                theirs: Any = error.theirs
                return show_both_forms(request, form, ClaimForm(instance=theirs), theirs)
            except DomainError as error:
                refuse(form, error)
            else:
                messages.success(request, _("The claim is changed."))
                return redirect(claim)
        return self.render_to_response(self.get_context_data(form=form), status=422)


def ways_of(claim: Claim) -> tuple[str, ...]:
    """By which ways this kind of answer may go."""
    if claim.answer_kind == AnswerKind.OWN_POST:
        return (SentBy.POST,)
    return (SentBy.MAIL, SentBy.LETTER, SentBy.WORD)


class ClaimAnswerView(ClaimPage, TemplateView):
    """The kind and the words of the answer; once approved, how it goes."""

    template_name = "media_monitoring/claim_answer.html"
    tab = "media_monitoring:claim_answer"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        claim = self.get_matter()
        context = super().get_context_data(
            clocks=state.claim_deadlines(claim),
            known_facts=fact_bank.touching(claim.title, claim.quote),
            **kwargs,
        )
        if context["may_edit"]:
            context.setdefault("form", AnswerForm(instance=claim))
        if claim.status == ClaimStatus.APPROVED and context["may_act"]:
            context.setdefault("send_form", SendForm(ways=ways_of(claim)))
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        claim = self.get_matter()
        if not request.user.has_perm("media_monitoring.change_claim"):
            return self.handle_no_permission()
        form = AnswerForm(request.POST, instance=Claim.objects.get(pk=claim.pk))
        if form.is_valid():
            fields = {name: form.cleaned_data[name] for name in form.own_fields}
            try:
                answers.word_answer(claim, revision=form.cleaned_data["revision"], by=self.actor, **fields)
            except StaleWriteError as error:
                theirs: Any = error.theirs
                return show_both_forms(request, form, AnswerForm(instance=theirs), theirs)
            except DomainError as error:
                refuse(form, error)
            else:
                messages.success(request, _("The answer is kept."))
                return redirect("media_monitoring:claim_answer", claim.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ClaimSendView(ClaimAnswerView):
    """A form that failed shows the page again with its errors."""

    permission_required = "media_monitoring.change_claim"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        claim = self.get_matter()
        form = SendForm(request.POST, ways=ways_of(claim))
        if form.is_valid():
            data = form.cleaned_data
            try:
                answers.send_answer(
                    claim,
                    sent_by=data["sent_by"],
                    where=data["where"],
                    at=moment_of(data["on"]),
                    by=self.actor,
                )
            except DomainError as error:
                form.add_error("on" if error.field == "at" else error.field, str(error))
            else:
                messages.success(request, _("The answer has gone."))
                return redirect(claim)
        return self.render_to_response(self.get_context_data(send_form=form), status=422)


def moment_of(day: datetime.date | None) -> datetime.datetime | None:
    """A day written by hand: noon of it, today the present moment."""
    if day is None or day == timezone.localdate():
        return None
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))


class OutcomeView(ClaimPage, TemplateView):
    """One article of the claim: before and after, and what a person says became of it."""

    template_name = "media_monitoring/claim_outcome.html"

    def _said(self) -> ClaimArticle:
        rows = ClaimArticle.objects.select_related("article__outlet", "version_before", "version_after")
        found = get_object_or_404(rows, pk=self.kwargs["said"], claim=self.get_matter().pk)
        found.claim = self.get_matter()
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said = self._said()
        may_read = said.article.may_be_read_by(self.staff)
        newest = said.version_after or said.article.versions.order_by("-number").first()
        before = said.version_before
        edits = []
        if may_read and newest and newest.pk != before.pk:
            edits = changes(f"{before.title}\n{before.text}", f"{newest.title}\n{newest.text}")
        tell_evidence([said], self.staff)
        kwargs["said"] = said  # the address names it too
        context = super().get_context_data(
            before=before, newest=newest, edits=edits, may_read=may_read, **kwargs
        )
        if context["may_act"]:
            context.setdefault("form", OutcomeForm(said=said))
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("media_monitoring.change_claim"):
            return self.handle_no_permission()
        said = self._said()
        form = OutcomeForm(request.POST, said=said)
        if form.is_valid():
            try:
                claims.set_outcome(said, by=self.actor, **form.cleaned_data)
            except DomainError as error:
                refuse(form, error)
            else:
                messages.success(request, _("The outcome is written down."))
                return redirect(f"{said.claim.get_absolute_url()}#articles")
        return self.render_to_response(self.get_context_data(form=form), status=422)


class LeadersView(ClaimView):
    """Leaders are told; a form that failed shows the page again."""

    permission_required = "media_monitoring.change_claim"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        claim = self.get_matter()
        form = LeadersForm(request.POST)
        if form.is_valid():
            told = claims.tell_leaders(claim, form.cleaned_data["people"], by=self.actor)
            words = ngettext("%(count)d person is told.", "%(count)d people are told.", told)
            messages.success(request, words % {"count": told})
            return redirect(claim)
        return self.render_to_response(self.get_context_data(leaders_form=form), status=422)


@staff_action("media_monitoring.change_claim")
def claim_add_article(request: Any, pk: int, article: int) -> HttpResponse:
    """An article that repeats a claim noted already."""
    claim = visible_claim(request, pk)
    found = get_object_or_404(Article.objects.visible_to(request.user), pk=article)
    try:
        claims.add_article(claim, found, by=request.actor)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The article is added to the claim."))
    return redirect(claim)


@staff_action("media_monitoring.change_claim")
def claim_drop_article(request: Any, pk: int, said: int) -> HttpResponse:
    claim = visible_claim(request, pk)
    row = get_object_or_404(ClaimArticle.objects.select_related("article"), pk=said, claim=claim.pk)
    try:
        claims.drop_article(row, by=request.actor)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(f"{reverse('media_monitoring:claim', args=[pk])}#articles")
