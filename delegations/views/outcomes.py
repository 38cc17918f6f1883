"""The report of a visit: what became of each item, what was agreed and who does it, what is left before closing."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from core.errors import DomainError, StaleWriteError
from core.stale import show_both_forms
from core.views import staff_action
from delegations import closing, services
from delegations.choices import Progress
from delegations.forms.outcomes import FollowUpForm, LeaveForm, OutcomeForm, SummaryForm
from delegations.models import ProgrammeItem, Visit, WarningNote
from delegations.papers.thanks import thanks_languages
from delegations.services.outcomes import REPORTED_ON
from delegations.views.base import VisitPage, refuse, say, visible_visit
from documents.choices import Origin
from documents.models import Document
from documents.services import progress_of, request_paper


class ReportView(VisitPage, TemplateView):
    """From the first day of the visit on; before it, the page says when it opens."""

    template_name = "delegations/report.html"
    tab = "delegations:report"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        visit = self.get_matter()
        context = super().get_context_data(**kwargs)
        context["is_open"] = visit.status in REPORTED_ON or bool(visit.closed_at and visit.report_summary)
        if not context["is_open"]:
            return context
        items = closing.items_reported(visit)
        documents = closing.documents_held(visit)
        photographs = list(visit.photographs.select_related("document"))
        read: dict[str, Any] = {"items": items, "documents": documents, "photographs": photographs}
        checks = closing.checks(visit, **read)
        if visit.is_over:  # of what is closed one still reads what was left, and why
            checks = [replace(check, url="") for check in checks if check.note]
        others = [] if visit.is_over else closing.other_problems(visit)
        context.setdefault("summary_form", SummaryForm(visit=visit))
        context.update(
            days=[
                (day, [{"item": item, "asked": item.kind in closing.WITH_OUTCOME} for item in rows])
                for day, rows in groupby(items, key=lambda item: item.on)
            ],
            counts=_counts(items),
            unsaid=sum(1 for item in items if item.progress == Progress.PLANNED),
            checks=checks,
            others=others,
            stops=[check for check in checks if check.stops],
            in_order=sum(1 for check in checks if not check.stops),
            leave_form=kwargs.get("leave_form") or LeaveForm(auto_id=False),
            erased=closing.erased_later(visit, documents),
            papers=_papers(visit, documents),
            photographs=photographs[:6],
            photograph_count=len(photographs),
        )
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep what the visit brought."""
        if not request.user.has_perm("delegations.change_visit"):
            return self.handle_no_permission()
        visit = self.get_matter()
        form = SummaryForm(request.POST, visit=visit)
        if form.is_valid():
            try:
                services.write_summary(visit, by=self.actor, **form.cleaned_data)
            except StaleWriteError as error:
                theirs: Any = error.theirs
                return show_both_forms(request, form, SummaryForm(visit=theirs), theirs)
            except DomainError as error:
                refuse(form, error)
            else:
                messages.success(request, _("What the visit brought is saved."))
                return redirect("delegations:report", visit.pk)
        return self.render_to_response(self.get_context_data(summary_form=form), status=422)


def _counts(items: list[ProgrammeItem]) -> str:
    """ "įvyko 9, atšaukta 1, nepasakyta 3" """
    words = (
        (Progress.DONE, _("held: %(count)d")),
        (Progress.CANCELLED, _("cancelled: %(count)d")),
        (Progress.PLANNED, _("not said yet: %(count)d")),
    )
    found = {code: sum(1 for item in items if item.progress == code) for code, _label in words}
    return ", ".join(label % {"count": found[code]} for code, label in words if found[code])


def _papers(visit: Visit, documents: list[Document]) -> dict[str, Any]:
    """The report and the letters of thanks as documents: made, being made, not made."""
    documents = [row for row in documents if row.kind in closing.REGISTERED and row.origin == Origin.MADE]
    jobs = progress_of(documents)
    made = {(row.kind, row.language): row for row in documents}

    def one(kind: str, language: str) -> dict[str, Any]:
        document = made.get((kind, language))
        job = jobs.get(document.pk) if document else None
        return {
            "kind": kind,
            "language": language,
            "document": document,
            "version": next(iter(document.versions.all()), None) if document else None,
            "number": next((row.number for row in document.registrations.all() if not row.void_at), "")
            if document
            else "",
            "is_running": bool(job and not job.is_over),
            "error": job.error if job and job.state == "failed" else "",
        }

    return {
        "report": one("delegations.report", "lt"),
        "thanks": [one("delegations.thanks_letter", code) for code in thanks_languages(visit)],
    }


@staff_action("delegations.change_visit")
def rest_held(request: Any, pk: int) -> HttpResponse:
    """One press for the meals and drives that simply took place."""
    try:
        count = services.say_rest_held(visible_visit(request, pk), by=request.actor)
    except DomainError as error:
        say(request, error)
    else:
        words = ngettext("%(count)d item is marked as held.", "%(count)d items are marked as held.", count)
        messages.success(request, words % {"count": count})
    return redirect("delegations:report", pk)


@staff_action("delegations.change_visit")
def report_make(request: Any, pk: int) -> HttpResponse:
    """Ask a worker for the report."""
    try:
        request_paper(visible_visit(request, pk), "delegations.report", "lt", by=request.actor)
    except DomainError as error:
        say(request, error)
    else:
        messages.success(request, _("The report is being made."))
    return redirect(f"{reverse('delegations:report', args=[pk])}#paper")


@staff_action("delegations.change_visit")
def closing_leave(request: Any, pk: int) -> HttpResponse:
    """Leave a thing that is missing, with the reason."""
    visit = visible_visit(request, pk)
    form = LeaveForm(request.POST)
    check = next((row for row in closing.checks(visit) if row.key == request.POST.get("key")), None)
    try:
        if check is None or check.is_done:
            raise DomainError(_("This is in order already."))
        if not check.may_leave:
            raise DomainError(_("This cannot be left: mend it."))
        if not form.is_valid():
            raise DomainError(_("Write why it may stay so."))
        services.explain_warning(
            visit, key=check.key, fact=check.fact, reason=form.cleaned_data["reason"], by=request.actor
        )
    except DomainError as error:
        say(request, error)
    else:
        messages.success(request, _("It stays with your reason."))
    return redirect(f"{reverse('delegations:report', args=[pk])}#closing")


@staff_action("delegations.change_visit")
def closing_take_up(request: Any, pk: int, note: int) -> HttpResponse:
    visit = visible_visit(request, pk)
    row = get_object_or_404(WarningNote, matter=visit, key__startswith=closing.KEY, pk=note)
    try:
        services.unexplain_warning(row, by=request.actor)
    except DomainError as error:
        say(request, error)
    return redirect(f"{reverse('delegations:report', args=[pk])}#closing")


class OutcomeView(VisitPage, TemplateView):
    """One item: what became of it, what was agreed, who does what."""

    permission_required = "delegations.change_visit"
    template_name = "delegations/outcome.html"
    tab = "delegations:report"

    @cached_property
    def item(self) -> ProgrammeItem:
        rows = ProgrammeItem.objects.alive().of_visit(self.get_matter()).whole()
        return get_object_or_404(rows, pk=self.kwargs["item"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", OutcomeForm(item=self.item))
        kwargs.setdefault("follow_up_form", FollowUpForm(prefix="work"))
        rows = self.item.follow_ups.of_visit(self.get_matter()).order_by("task__due_on", "pk")
        kwargs["item"] = self.item  # the address names it too, by its key
        return super().get_context_data(follow_ups=rows, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "work-title" in request.POST:
            return self._give_out(request)
        form = OutcomeForm(request.POST, item=self.item)
        if form.is_valid():
            try:
                services.say_outcome(self.item, by=self.actor, **form.cleaned_data)
            except DomainError as error:
                refuse(form, error)
            else:
                messages.success(request, _("The outcome is saved: %(title)s.") % {"title": self.item.title})
                return redirect(f"{reverse('delegations:report', args=[kwargs['pk']])}#item-{self.item.pk}")
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _give_out(self, request: HttpRequest) -> HttpResponse:
        form = FollowUpForm(request.POST, prefix="work")
        if form.is_valid():
            visit = self.get_matter()
            try:
                services.add_follow_up(self.item, by=self.actor, visit=visit, **form.cleaned_data)
            except DomainError as error:
                refuse(form, error)
            else:
                messages.success(request, _("The work is given out."))
                return redirect("delegations:outcome", visit.pk, self.item.pk)
        return self.render_to_response(self.get_context_data(follow_up_form=form), status=422)
