"""Destruction of files whose term is over: each step a page or a button of its own person."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.choices import DestructionState as State
from archive.forms import NoteForm, ReasonForm
from archive.forms_acts import DestructionForm, OpinionForm
from archive.models import Destruction, DestructionLine
from archive.services import destructions, erasing
from archive.views.acts import ActPage, trail_to
from archive.views.base import ActFormView, try_act
from core.views import staff_action, staff_page


class DestructionNewView(ActFormView):
    """The files whose term is over are found by themselves; those that are held back are told."""

    permission_required = "archive.add_destruction"
    form_class = DestructionForm
    template_name = "archive/destruction_new.html"

    def get_title(self) -> str:
        return _("New list of files to destroy")

    def get_trail(self) -> list[tuple[Any, str]]:
        return trail_to()

    def get_initial(self) -> dict[str, Any]:
        return {
            "ground": _("The terms of keeping are over."),
            "way": _("Files and their copies are erased from the portal."),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = destructions.candidates()
        over = [due for due in found if not due.why_not]
        return super().get_context_data(over=over, kept_back=destructions.kept_back(found), **kwargs)

    def act(self, form: Any) -> str:
        return destructions.begin_destruction(by=self.actor, **form.cleaned_data).get_absolute_url()


class DestructionView(ActPage):
    permission_required = "archive.view_destruction"
    template_name = "archive/destruction.html"
    model = Destruction

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row, may = self.row, self.staff.has_perm
        return super().get_context_data(
            is_draft=row.state == State.DRAFT,
            may_judge=row.state == State.JUDGING
            and may("archive.judge_destruction")
            and self._is_new(row.submitted_by),
            may_approve=row.state == State.APPROVING
            and may("archive.approve_destruction")
            and self._is_new(row.submitted_by, row.opinion_by),
            may_confirm=row.state == State.APPROVED
            and may("archive.confirm_destruction")
            and self._is_new(row.submitted_by, row.opinion_by, row.approved_by),
            may_resume=row.state == State.ERASING and may("archive.confirm_destruction"),
            backup_days=settings.BACKUPS_KEPT_DAYS,
            **work_of(row),
            **kwargs,
        )

    def _is_new(self, *people: Any) -> bool:
        return not any(self.actor.is_person(person) for person in people)


def work_of(row: Destruction) -> dict[str, Any]:
    is_erased = row.state in (State.ERASING, State.DONE)
    return {
        "erasing": destructions.erasing_job(row) if row.state == State.ERASING else None,
        "proof": erasing.told(row) if is_erased else None,
    }


class OpinionView(ActFormView):
    """The expert's opinion that the files may be destroyed."""

    permission_required = "archive.judge_destruction"
    form_class = OpinionForm
    done = gettext_lazy("The opinion is written; the list waits for approval.")

    @cached_property
    def row(self) -> Destruction:
        return _row(self.kwargs["pk"])

    def get_title(self) -> str:
        return _("Opinion of the expert")

    def get_lead(self) -> str:
        return _("Whether any of the files should be kept longer. If so, return the list.")

    def get_trail(self) -> list[tuple[Any, str]]:
        return trail_to(self.row)

    def act(self, form: Any) -> str:
        return destructions.judge_destruction(
            self.row, opinion=form.cleaned_data["opinion"], by=self.actor
        ).get_absolute_url()


class DropLineView(ActFormView):
    """A file leaves the list: it is kept longer."""

    permission_required = "archive.change_destruction"
    form_class = ReasonForm
    done = gettext_lazy("The file is out of the list.")

    @cached_property
    def line(self) -> DestructionLine:
        return get_object_or_404(
            DestructionLine.objects.select_related("destruction", "file"), pk=self.kwargs["pk"]
        )

    def get_title(self) -> str:
        return _("Keep the file longer")

    def get_lead(self) -> str:
        return str(self.line)

    def get_trail(self) -> list[tuple[Any, str]]:
        return trail_to(self.line.destruction)

    def act(self, form: Any) -> str:
        destructions.drop_line(self.line, reason=form.cleaned_data["reason"], by=self.actor)
        return self.line.destruction.get_absolute_url()


def _row(pk: int) -> Destruction:
    people = ("submitted_by", "opinion_by", "approved_by")
    return get_object_or_404(Destruction.objects.select_related(*people), pk=pk)


@staff_action("archive.change_destruction")
def destruction_submit(request: Any, pk: int) -> HttpResponse:
    row = _row(pk)
    done = _("The list waits for the expert.")
    try_act(request, lambda: destructions.submit_destruction(row, by=request.actor), done)
    return redirect(row)


@staff_action("archive.view_destruction")
def destruction_return(request: Any, pk: int) -> HttpResponse:
    """By whoever has the step now: the expert or the head."""
    row, form = _row(pk), NoteForm(request.POST, prefix="note")
    needed = "judge" if row.state == State.JUDGING else "approve"
    if not request.user.has_perm(f"archive.{needed}_destruction"):
        raise PermissionDenied
    if form.is_valid():
        note = form.cleaned_data["note"]
        try_act(
            request,
            lambda: destructions.return_destruction(row, note=note, by=request.actor),
            _("The list is returned."),
        )
    else:
        messages.error(request, _("Write what is to be mended."))
    return redirect(row)


@staff_action("archive.approve_destruction")
def destruction_approve(request: Any, pk: int) -> HttpResponse:
    row = _row(pk)
    done = _("The act is approved. Nothing is erased before another person confirms it.")
    try_act(request, lambda: destructions.approve_destruction(row, by=request.actor), done)
    return redirect(row)


@staff_action("archive.confirm_destruction")
def destruction_confirm(request: Any, pk: int) -> HttpResponse:
    row = _row(pk)
    done = _("The files are being erased. You may leave the page.")
    try_act(request, lambda: destructions.confirm_destruction(row, by=request.actor), done)
    return redirect(row)


@staff_action("archive.confirm_destruction")
def destruction_resume(request: Any, pk: int) -> HttpResponse:
    row = _row(pk)
    done = _("The erasure goes on where it stopped.")
    try_act(request, lambda: destructions.resume_destruction(row, by=request.actor), done)
    return redirect(row)


@staff_action("archive.change_destruction")
def destruction_abort(request: Any, pk: int) -> HttpResponse:
    row, form = _row(pk), ReasonForm(request.POST, prefix="reason")
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try_act(
            request,
            lambda: destructions.abort_destruction(row, reason=reason, by=request.actor),
            _("The destruction is aborted: the files are kept."),
        )
    else:
        messages.error(request, _("Write the reason."))
    return redirect(row)


@staff_page("archive.view_destruction")
def destruction_progress(request: Any, pk: int) -> HttpResponse:
    row = _row(pk)
    if not request.htmx:
        return redirect(row)
    return render(
        request,
        "archive/_erasure.html",
        {
            "act": row,
            "may_resume": row.state == State.ERASING and request.user.has_perm("archive.confirm_destruction"),
            **work_of(row),
        },
    )


@staff_action("archive.view_destruction")
def destruction_prove(request: HttpRequest, pk: int) -> HttpResponse:
    """Look into the storage now; what is found is said, nothing is changed."""
    row = _row(pk)
    if row.state != State.DONE:
        messages.error(request, _("The act is not carried out yet."))
        return redirect(row)
    proof = erasing.prove(row)
    for problem in proof.problems[:20]:
        messages.error(request, problem)
    if not proof.problems:
        messages.success(
            request, _("Checked: nothing of it is left. Files erased: %(count)d.") % {"count": proof.erased}
        )
    return redirect(row)
