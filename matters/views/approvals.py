"""The approval queue, the decision page, submitting and recording; all verbs are POST."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from core.errors import DomainError
from core.models import Job
from core.views import StaffView, staff_action, staff_page
from matters import amendments, approvals, deciders, links
from matters.choices import LinkPurpose, StepState
from matters.differences import changes_between
from matters.forms import CommentForm, PaperDecisionForm, ReadingLinkForm, ReturnForm, SubmitForm
from matters.models import (
    Amendment,
    ApprovalRound,
    ApprovalStep,
    Comment,
    LadderStep,
    Matter,
    PersonalLink,
    Version,
)
from matters.models.approvals import current_content, with_whom
from matters.services import add_comment, reopen_comment, resolve_comment
from matters.views.frame import MatterPage, rounds_of, visible_matter


class ApprovalQueueView(StaffView, TemplateView):
    """What waits for this person's decision, the most urgent first; beneath, what she submitted and where it is."""

    template_name = "matters/approval_queue.html"
    permission_required = "matters.view_matter"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        submitted = (
            ApprovalRound.objects.running()
            .filter(actor_user=self.staff, matter__in=Matter.objects.visible_to(self.staff))
            .select_related("matter", "version")
            .prefetch_related(*with_whom())
        )
        return super().get_context_data(
            steps=deciders.steps_waiting_for(self.staff, today), submitted=submitted, today=today, **kwargs
        )


def decision_context(step: ApprovalStep, *, user: Any = None) -> dict[str, Any]:
    """All an approver needs on one page: figures, what changed, remarks, who has agreed."""
    approval, version, matter = step.round, step.round.version, step.round.matter
    kind = matter.kind_entry
    before = (
        Version.objects.filter(matter=matter, approved_at__isnull=False, number__lt=version.number)
        .order_by("-number")
        .first()
    )
    changes = changes_between(kind, current_content(before), version.content) if before else []
    anchors = kind.anchors(version.content) if kind.anchors else []
    grouped: dict[str, list[Any]] = {}
    for change in changes:
        grouped.setdefault(change.place, []).append(change)
    return {
        "step": step,
        "approval": approval,
        "version": version,
        "matter": matter,
        "kind": kind,
        "summary": kind.summary(version.content) if kind.summary else [],
        "before": before,
        "change_groups": list(grouped.items()),
        "change_count": len(changes),
        "comments": Comment.objects.filter(matter=matter).order_by("resolved_at", "created_at"),
        "anchors": anchors,
        "steps": list(approval.steps.with_whom()),
        "amendments": before.amendments.all() if before else [],
    }


@staff_page("matters.view_matter")
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """The page a decision is taken on; a phone shows all of it in two screens."""
    return _decision_page(request, _step(request, pk))


def _decision_page(
    request: HttpRequest,
    step: ApprovalStep,
    *,
    return_form: Any = None,
    comment_form: Any = None,
    status: int = 200,
) -> HttpResponse:
    context = decision_context(step)
    actor = deciders.deciding_actor(step, request.user)
    waiting = step.state == StepState.OPEN and step.round.state == "open"
    context.update(
        deciding=actor,
        may_decide=bool(actor) and waiting and "session" in step.channels,
        may_record=waiting and "paper" in step.channels and request.user.has_perm("matters.record_decision"),
        return_form=return_form or ReturnForm(),
        comment_form=comment_form or CommentForm(anchors=context["anchors"]),
        position=_position(request, step),
    )
    return render(request, "matters/decision.html", context, status=status)


def _position(request: HttpRequest, step: ApprovalStep) -> tuple[int, int] | None:
    """This step's place in the person's queue: "2 iš 4"."""
    queue = [row.pk for row in deciders.steps_waiting_for(request.user, timezone.localdate())]
    return (queue.index(step.pk) + 1, len(queue)) if step.pk in queue else None


def _step(request: HttpRequest, pk: int) -> ApprovalStep:
    """The step, if the person may see its matter."""
    return get_object_or_404(
        ApprovalStep.objects.filter(round__matter__in=Matter.objects.visible_to(request.user)).select_related(
            "round__matter__responsible", "round__version", "round__actor_user", "role", "user"
        ),
        pk=pk,
    )


@staff_action("matters.view_matter")
def decision_approve(request: HttpRequest, pk: int) -> HttpResponse:
    step = _step(request, pk)
    actor = deciders.deciding_actor(step, request.user) or request.actor
    try:
        approvals.approve(step, by=actor)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("matters:decision", pk)
    messages.success(request, _("Your decision is recorded: approved."))
    return redirect("matters:decision", pk)


@staff_action("matters.view_matter")
def decision_return(request: HttpRequest, pk: int) -> HttpResponse:
    step = _step(request, pk)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _decision_page(request, step, return_form=form, status=422)
    actor = deciders.deciding_actor(step, request.user) or request.actor
    try:
        approvals.return_for_correction(step, by=actor, reason=form.cleaned_data["reason"])
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Your decision is recorded: returned for correction."))
    return redirect("matters:decision", pk)


@staff_action("matters.view_matter")
def decision_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """A remark pinned to an item of the frozen version; approvers and those who change the matter may write it."""
    step = _step(request, pk)
    anchors = dict(decision_context(step)["anchors"])
    form = CommentForm(request.POST, anchors=list(anchors.items()))
    if not (request.user.has_perm("matters.change_matter") or deciders.deciding_actor(step, request.user)):
        raise PermissionDenied
    if not form.is_valid():
        return _decision_page(request, step, comment_form=form, status=422)
    anchor = form.cleaned_data["anchor"]
    add_comment(
        step.round.matter,
        text=form.cleaned_data["text"],
        anchor=anchor,
        anchor_label=str(anchors.get(anchor, "")),
        version=step.round.version,
        by=deciders.deciding_actor(step, request.user) or request.actor,
    )
    messages.success(request, _("The remark is saved."))
    return redirect("matters:decision", pk)


class RecordDecisionView(StaffView, TemplateView):
    """The secretariat enters a decision made on paper or by word, with its day and scan."""

    template_name = "matters/record_decision.html"
    permission_required = "matters.record_decision"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        step = _step(request, kwargs["pk"])
        form = PaperDecisionForm(initial={"signer": step.whom, "decided_on": timezone.localdate()})
        return self.render_to_response({"form": form, "step": step, "matter": step.round.matter})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        step = _step(request, kwargs["pk"])
        form = PaperDecisionForm(request.POST, request.FILES)
        if form.is_valid():
            data = form.cleaned_data
            try:
                scan = keep_scan(data["scan"]) if data["scan"] else None
                approvals.record_decision(
                    step,
                    by=self.actor,
                    signer=data["signer"],
                    decided_on=data["decided_on"],
                    agreed=data["agreed"],
                    note=data["note"],
                    scan=scan,
                )
            except DomainError as error:
                form.add_error(error.field if error.field in form.fields else None, str(error))
            else:
                messages.success(request, _("The decision is recorded."))
                return redirect("matters:decision", step.pk)
        return self.render_to_response({"form": form, "step": step, "matter": step.round.matter}, status=422)


SCAN_TYPES = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png"}


def keep_scan(upload: Any) -> Any:
    """Keep a scan if its first bytes are those of a PDF, JPG or PNG; raises DomainError otherwise."""
    from django.conf import settings  # noqa: PLC0415 -- only here

    from core.files import store  # noqa: PLC0415 -- only here

    if upload.size > settings.MAX_UPLOAD_BYTES:
        raise DomainError(
            _("The file is larger than %(limit)d MB.") % {"limit": settings.MAX_UPLOAD_BYTES // 2**20},
            field="scan",
        )
    head = upload.read(8)
    upload.seek(0)
    media_type = next((kind for magic, kind in SCAN_TYPES.items() if head.startswith(magic)), None)
    if media_type is None:
        raise DomainError(_("Only PDF, JPG or PNG can be a scan."), field="scan")
    return store(upload.file, name=upload.name, media_type=media_type)


class SubmitView(MatterPage, TemplateView):
    """The last look before a matter is frozen: who decides by when, and a word to them."""

    permission_required = "matters.change_matter"
    template_name = "matters/submit.html"

    @cached_property
    def rounds(self) -> list[ApprovalRound]:
        return list(rounds_of(self.get_matter()).running())

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.rounds:
            return redirect(self.get_matter())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        matter = self.get_matter()
        ladders = list(approvals.ladders_of(matter).prefetch_related(*with_whom("steps", LadderStep)))
        context = super().get_context_data(
            form=kwargs.pop("form", None) or SubmitForm(ladders=ladders),
            blockers=approvals.blockers(matter),
            paths=[
                (ladder, [(step, approvals.needed_by(step, matter)) for step in ladder.steps.all()])
                for ladder in ladders
            ],
            works_inside_only=not settings.LINK_HOST,
            **kwargs,
        )
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        matter = self.get_matter()
        form = SubmitForm(request.POST, ladders=approvals.ladders_of(matter))
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        try:
            approvals.submit(
                matter,
                by=self.actor,
                cover_note=form.cleaned_data["cover_note"],
                ladder=form.cleaned_data.get("ladder"),
            )
        except DomainError as error:
            form.add_error(None, str(error))
            return self.render_to_response(self.get_context_data(form=form), status=422)
        messages.success(request, _("Submitted for approval. The paper is being prepared."))
        return redirect(matter)


@staff_action("matters.change_matter")
def round_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    matter = visible_matter(request, pk)
    approval = get_object_or_404(ApprovalRound.objects.running(), matter=matter)
    try:
        approvals.withdraw(approval, by=request.actor)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Withdrawn: you may go on changing it."))
    return redirect(matter)


@staff_action("matters.change_matter")
def matter_amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish operational changes as a numbered amendment."""
    matter = visible_matter(request, pk)
    try:
        amendment = amendments.publish_amendment(
            matter, by=request.actor, reason=request.POST.get("reason", "")[:300]
        )
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Amendment No. %(number)d is published.") % {"number": amendment.number})
    return redirect(matter)


@staff_action("matters.view_matter")
def amendment_seen(request: HttpRequest, pk: int) -> HttpResponse:
    amendment = get_object_or_404(
        Amendment.objects.filter(version__matter__in=Matter.objects.visible_to(request.user)), pk=pk
    )
    amendments.see_amendment(amendment, by=request.actor)
    return redirect(amendment.version.matter)


@staff_action("matters.change_matter")
def comment_resolve(request: HttpRequest, pk: int) -> HttpResponse:
    comment = get_object_or_404(
        Comment.objects.filter(matter__in=Matter.objects.visible_to(request.user)), pk=pk
    )
    if comment.resolved_at:
        reopen_comment(comment, by=request.actor)
    else:
        resolve_comment(comment, by=request.actor)
    return redirect(
        request.POST.get("next") if request.POST.get("next", "").startswith("/") else comment.matter
    )


@staff_page("matters.view_matter")
def version_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The frozen pages the approver sees; after approval with their sheet."""
    version = get_object_or_404(
        Version.objects.filter(matter__in=Matter.objects.visible_to(request.user)).select_related(
            "pdf", "sheet", "matter"
        ),
        pk=pk,
    )
    return pdf_response(version)


def pdf_response(version: Version) -> HttpResponse:
    stored = version.sheet or version.pdf
    if stored is None:
        raise Http404
    response = FileResponse(stored.file.open("rb"), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{version.matter.number}-v{version.number}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@staff_page("matters.view_matter")
def round_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The polled part that shows how far the frozen paper is; it ends itself when the round is asked."""
    matter = visible_matter(request, pk)
    approval = ApprovalRound.objects.running().filter(matter=matter).select_related("version").first()
    job = (
        Job.objects.filter(kind="documents.render_version", key=str(approval.version_id)).first()
        if approval
        else None
    )
    over = approval is None or approval.state != "preparing"
    response = render(
        request,
        "matters/_round_progress.html",
        {"matter": matter, "approval": approval, "job": job, "over": over},
    )
    if over and request.htmx:
        response["HX-Refresh"] = "true"
    return response


@staff_action("matters.change_matter")
def round_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the frozen paper again after a failure."""
    from core import jobs  # noqa: PLC0415 -- only here

    matter = visible_matter(request, pk)
    approval = get_object_or_404(ApprovalRound.objects.running(), matter=matter)
    jobs.enqueue("documents.render_version", approval.version_id)
    return redirect(matter)


class ReadingLinkView(StaffView, TemplateView):
    """Send somebody without an account a link to read the version in force."""

    template_name = "matters/reading_link.html"
    permission_required = "matters.change_matter"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        from django.conf import settings  # noqa: PLC0415 -- only here

        matter = visible_matter(self.request, self.kwargs["pk"])
        version = matter.versions.filter(pdf__isnull=False).first()
        return super().get_context_data(
            matter=matter,
            version=version,
            form=kwargs.pop("form", None) or ReadingLinkForm(),
            links=matter.personal_links.exclude(purpose=LinkPurpose.GUEST).select_related("version"),
            works_inside_only=not settings.LINK_HOST,
            now=timezone.now(),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ReadingLinkForm(request.POST)
        context = self.get_context_data(form=form)
        if context["version"] is None:
            form.add_error(None, _("There is no frozen version yet: submit the matter first."))
        if not form.is_valid():
            return self.render_to_response(context, status=422)
        data = form.cleaned_data
        links.send_reading_link(context["matter"], context["version"], by=self.actor, **data)
        messages.success(request, _("The link is sent: %(email)s.") % {"email": data["email"]})
        return redirect("matters:reading_link", context["matter"].pk)


@staff_action("matters.change_matter")
def link_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    link = get_object_or_404(
        PersonalLink.objects.filter(matter__in=Matter.objects.visible_to(request.user)), pk=pk
    )
    links.revoke(link, by=request.actor)
    messages.success(request, _("The link no longer works."))
    return redirect("matters:reading_link", link.matter_id)
