"""Freeze, then approve (design 4.1): submit, decide, return, withdraw, pass on, block.

The life of a round: *preparing* (the frozen PDF is being made) → *open* (steps are asked, one order after
another) → *approved*, *returned* or *withdrawn*; *blocked* while a step has nobody who may decide.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import audit, jobs
from core.actor import Actor
from core.canonical import content_sha256, plain
from core.choices import Channel
from core.dates import day_words
from core.deadlines import add_working_days
from core.errors import DomainError
from core.models import StoredFile, acted_by
from matters import links
from matters.choices import NoticeUrgency, RoundState, StepState
from matters.deciders import candidates, deciding_actor, holders_of, sees
from matters.models import (
    ApprovalRound,
    ApprovalStep,
    Ladder,
    LadderStep,
    Matter,
    PersonalLink,
    Version,
)
from matters.models.approvals import current_content, latest_approved
from matters.services.matters import lock_matter
from matters.services.notices import notify

COPIED_FIELDS = (
    "order",
    "label",
    "role",
    "user",
    "passes_to",
    "outside_name",
    "outside_post",
    "outside_email",
    "days_before",
    "channels",
)


# --- submitting ---------------------------------------------------------------------------------------------


def ladders_of(matter: Matter) -> QuerySet[Ladder]:
    """The ladders in use for this kind of matter, the one proposed first."""
    steps = LadderStep.objects.filter(ladder=OuterRef("pk"))
    return Ladder.objects.filter(Exists(steps), kind=matter.kind, is_active=True).order_by(
        "-is_default", "pk"
    )


def ladder_for(matter: Matter) -> Ladder:
    """The ladder proposed for this kind of matter; raises DomainError when none is in use."""
    ladder = ladders_of(matter).first()
    if ladder is None:
        raise DomainError(
            _("Nobody is named to approve this kind of matter. Ask the administrator to set the ladder.")
        )
    return ladder


def blockers(matter: Matter) -> list[str]:
    """What must be mended before the matter can be submitted."""
    entry = matter.kind_entry
    return entry.blockers(matter.child()) if entry.blockers else []


def submit(matter: Matter, *, by: Actor, cover_note: str = "", ladder: Ladder | None = None) -> ApprovalRound:
    """Freeze the content as the next version and start its way up the ladder.

    The PDF is made by a job, after which the first step is asked. A second press, or a second person's,
    is refused in words. Raises DomainError.
    """
    try:
        with transaction.atomic():
            return _submit(matter, by=by, cover_note=cover_note, ladder=ladder)
    except IntegrityError as error:
        if "matters_round_one_running" in str(error):
            raise DomainError(_("The matter has been submitted already.")) from error
        raise


def _submit(matter: Matter, *, by: Actor, cover_note: str, ladder: Ladder | None) -> ApprovalRound:
    matter = lock_matter(matter.pk)
    if matter.is_over:
        raise DomainError(_("The matter is closed: it cannot be submitted."))
    if matter.rounds.running().exists():
        raise DomainError(_("The matter has been submitted already."))
    ladder = ladder or ladder_for(matter)
    entry = matter.kind_entry
    child = matter.child()
    if stops := (entry.blockers(child) if entry.blockers else []):
        raise DomainError(
            _("First put in order: %(what)s") % {"what": "; ".join(str(stop) for stop in stops)}
        )
    if entry.snapshot is None:
        raise DomainError(_("This kind of matter is not approved here."))
    content = plain(entry.snapshot(child))
    digest = content_sha256(content)
    approved = latest_approved(matter)
    if approved and current_content(approved) == content:
        raise DomainError(_("Nothing has changed since the approved version."))
    number = (matter.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    version = Version.objects.create(
        matter=matter, number=number, content=content, content_sha256=digest, **acted_by(by)
    )
    approval = ApprovalRound.objects.create(
        matter=matter, version=version, ladder_name=ladder.name, cover_note=cover_note, **acted_by(by)
    )
    for step in ladder.steps.all():
        ApprovalStep.objects.create(
            round=approval,
            **{name: getattr(step, name) for name in COPIED_FIELDS},
            **needed_by(step, child),
        )
    audit.record("approval.submitted", approval, by=by, matter=matter, version=number, sha256=digest)
    tell_kind(matter, "submitted", by)
    jobs.enqueue("documents.render_version", version.pk)
    return approval


def needed_by(step: LadderStep, child: Any) -> dict[str, Any]:
    """By when the step's decision is needed, and the sentence that says why; empty when the matter has no day."""
    entry = child.kind_entry
    matter_day = (entry.decide_by(child) if entry.decide_by else None) or child.due_on
    if matter_day is None:
        return {}
    due_on = add_working_days(matter_day, -step.days_before)
    reason = ngettext(
        "%(count)d working day before %(day)s", "%(count)d working days before %(day)s", step.days_before
    ) % {"count": step.days_before, "day": day_words(matter_day)}
    return {"due_on": due_on, "due_reason": reason}


@transaction.atomic
def open_round(version: Version, pdf: StoredFile) -> ApprovalRound | None:
    """The frozen PDF is there: ask the first step. Called by the rendering job, safe to run again."""
    matter = lock_matter(version.matter_id)
    approval = ApprovalRound.objects.select_for_update(of=("self",)).get(version=version)
    if version.pdf_id is None:
        version.pdf = pdf
        version.save(update_fields=["pdf"])
    if approval.state != RoundState.PREPARING:
        return None
    _ask_next(matter, approval)
    return approval


# --- deciding -----------------------------------------------------------------------------------------------


@transaction.atomic
def approve(
    step: ApprovalStep, *, by: Actor, note: str = "", link: PersonalLink | None = None
) -> ApprovalStep:
    """Say yes to the frozen version. Raises DomainError with the one reason why not."""
    matter, approval, step = lock_step(step)
    _must_be_open(approval, step)
    _must_be_allowed(step, by, link)
    _decide(step, StepState.AGREED, by, note)
    audit.record(
        "approval.agreed",
        step,
        by=by,
        matter=matter,
        version=approval.version.number,
        sha256=approval.version.content_sha256,
    )
    _ask_next(matter, approval)
    return step


@transaction.atomic
def return_for_correction(
    step: ApprovalStep, *, by: Actor, reason: str, link: PersonalLink | None = None
) -> ApprovalStep:
    """Send the version back with what to mend; the other steps are called off."""
    if not reason.strip():
        raise DomainError(_("Write what to mend."), field="reason")
    matter, approval, step = lock_step(step)
    _must_be_open(approval, step)
    _must_be_allowed(step, by, link)
    _decide(step, StepState.RETURNED, by, reason.strip())
    _finish(matter, approval, RoundState.RETURNED, by, reason.strip())
    audit.record(
        "approval.returned",
        step,
        by=by,
        matter=matter,
        version=approval.version.number,
        reason=reason.strip(),
    )
    _tell_submitter(
        approval, lambda: _("Returned for correction: %(title)s") % {"title": matter.title}, "returned"
    )
    return step


@transaction.atomic
def withdraw(approval: ApprovalRound, *, by: Actor) -> ApprovalRound:
    """The department takes the version back before it is decided."""
    matter = lock_matter(approval.matter_id)
    approval = ApprovalRound.objects.select_for_update(of=("self",)).get(pk=approval.pk)
    if not approval.is_running:
        raise DomainError(
            _("It has been decided already: %(state)s.") % {"state": approval.get_state_display()}
        )
    _finish(matter, approval, RoundState.WITHDRAWN, by, "")
    audit.record("approval.withdrawn", approval, by=by, matter=matter, version=approval.version.number)
    return approval


@transaction.atomic
def record_decision(
    step: ApprovalStep,
    *,
    by: Actor,
    signer: str,
    decided_on: datetime.date,
    agreed: bool,
    note: str = "",
    scan: StoredFile | None = None,
) -> ApprovalStep:
    """The secretariat records, in its own name, a decision made on paper or by word, with its day and scan."""
    matter, approval, step = lock_step(step)
    _must_be_open(approval, step)
    if Channel.PAPER not in step.channels:
        raise DomainError(_("A decision on paper does not suffice for this step."))
    if by.user and by.user.pk in (approval.actor_user_id, approval.actor_for_id):
        raise DomainError(_("Nobody decides what she has submitted herself: ask a colleague to record it."))
    if not signer.strip():
        raise DomainError(_("Write who decided."), field="signer")
    if decided_on > timezone.localdate():
        raise DomainError(_("The day of the decision is still to come."), field="decided_on")
    if decided_on < timezone.localdate(approval.version.frozen_at):
        raise DomainError(_("The decision is older than the version it decides."), field="decided_on")
    if not agreed and not note.strip():
        raise DomainError(_("Write what to mend."), field="note")
    by = Actor(name=by.name, channel=Channel.PAPER, user=by.user, acting_for=by.acting_for)
    step.decided_by_name, step.decided_on, step.scan = signer.strip()[:160], decided_on, scan
    _decide(step, StepState.AGREED if agreed else StepState.RETURNED, by, note.strip())
    action = "approval.agreed_on_paper" if agreed else "approval.returned_on_paper"
    audit.record(
        action,
        step,
        by=by,
        matter=matter,
        version=approval.version.number,
        signer=signer,
        day=str(decided_on),
    )
    if agreed:
        _ask_next(matter, approval)
    else:
        _finish(matter, approval, RoundState.RETURNED, by, note.strip())
        _tell_submitter(
            approval, lambda: _("Returned for correction: %(title)s") % {"title": matter.title}, "returned"
        )
    return step


def lock_step(step: ApprovalStep) -> tuple[Matter, ApprovalRound, ApprovalStep]:
    matter = lock_matter(step.round.matter_id)
    approval = (
        ApprovalRound.objects.select_for_update(of=("self",)).select_related("version").get(pk=step.round_id)
    )
    step = ApprovalStep.objects.select_for_update(of=("self",)).select_related("role", "user").get(pk=step.pk)
    step.round = approval
    return matter, approval, step


def _must_be_open(approval: ApprovalRound, step: ApprovalStep) -> None:
    if step.decided_at:
        raise DomainError(
            _("It has been decided already: %(name)s, %(state)s.")
            % {"name": step.decided_by_name or step.actor_label, "state": step.get_state_display()}
        )
    if approval.state == RoundState.WITHDRAWN:
        raise DomainError(_("This version was withdrawn by the department: there is nothing to decide."))
    if not approval.is_running:
        raise DomainError(
            _("It has been decided already: %(state)s.") % {"state": approval.get_state_display()}
        )
    if approval.state != RoundState.OPEN or step.state != StepState.OPEN:
        raise DomainError(_("This step is not asked yet."))


def _must_be_allowed(step: ApprovalStep, by: Actor, link: PersonalLink | None) -> None:
    if by.channel not in step.channels:
        raise DomainError(
            _("A decision %(channel)s does not suffice for this step.") % {"channel": by.channel_label}
        )
    if link is not None:
        if link.step_id != step.pk or link.version_id != step.round.version_id:
            raise DomainError(_("The link belongs to another version."))
        if not step.outside_email and not _link_holder_may(step, link):
            raise DomainError(_("Your role no longer lets you decide this."))
        return
    if by.user is None or deciding_actor(step, by.user) is None:
        submitted = by.user and by.user.pk in (step.round.actor_user_id, step.round.actor_for_id)
        raise DomainError(
            _("Nobody decides what she has submitted herself.")
            if submitted
            else _("Your role no longer lets you decide this.")
        )


def _link_holder_may(step: ApprovalStep, link: PersonalLink) -> bool:
    return any(
        actor.user.email.casefold() == link.email.casefold()
        for actor in candidates(step, step.round, timezone.localdate())
        if actor.user
    )


def _decide(step: ApprovalStep, state: StepState, by: Actor, note: str) -> None:
    step.state, step.decided_at, step.note = state, timezone.now(), note[:2000]
    for name, value in acted_by(by).items():
        setattr(step, name, value)
    step.save()
    step.links.filter(used_at=None).update(used_at=timezone.now())


def _finish(matter: Matter, approval: ApprovalRound, state: RoundState, by: Actor, reason: str) -> None:
    approval.state, approval.finished_at, approval.reason = state, timezone.now(), reason
    approval.save(update_fields=["state", "finished_at", "reason", "updated_at"])
    waiting = approval.steps.filter(state__in=[StepState.WAITING, StepState.OPEN, StepState.BLOCKED])
    waiting.update(state=StepState.CALLED_OFF)
    tell_kind(matter, str(state), by)


# --- asking -------------------------------------------------------------------------------------------------


def _ask_next(matter: Matter, approval: ApprovalRound) -> None:
    """Ask the next order of steps, or finish when nobody is left to ask."""
    steps = list(approval.steps.select_related("role", "user", "passes_to"))
    for step in steps:
        step.round = approval
    if any(step.state in (StepState.OPEN, StepState.BLOCKED) for step in steps):
        return
    waiting = [step for step in steps if step.state == StepState.WAITING]
    if not waiting:
        _approve_whole(matter, approval)
        return
    approval.state = RoundState.OPEN
    order = min(step.order for step in waiting)
    for step in waiting:
        if step.order == order:
            _ask(matter, approval, step)
    approval.save(update_fields=["state", "updated_at"])


def _ask(matter: Matter, approval: ApprovalRound, step: ApprovalStep) -> None:
    step.opened_at = step.opened_at or timezone.now()
    if step.outside_email:
        step.state = StepState.OPEN
        step.save()
        links.send_decision_link(
            step, matter, name=step.outside_name, post=step.outside_post, email=step.outside_email
        )
        return
    actors = candidates(step, approval, timezone.localdate())
    if not actors and step.passes_to_id and step.passes_to_id != step.role_id:
        audit.record("approval.passed_on", step, by=Actor.system(), matter=matter, to=step.passes_to.name)
        step.role, step.user = step.passes_to, None
        actors = candidates(step, approval, timezone.localdate())
    if not actors:
        step.state, step.block_reason = StepState.BLOCKED, _block_reason(step, approval)
        step.save()
        approval.state = RoundState.BLOCKED
        approval.save(update_fields=["state", "updated_at"])
        audit.record("approval.blocked", step, by=Actor.system(), matter=matter, reason=step.block_reason)
        _tell_submitter(
            approval, lambda: _("Approval has stopped: %(title)s") % {"title": matter.title}, "blocked"
        )
        return
    step.state, step.block_reason = StepState.OPEN, ""
    step.save()
    for actor in actors:
        _tell_approver(matter, step, actor)


def _block_reason(step: ApprovalStep, approval: ApprovalRound) -> str:
    holders = holders_of(step)
    if not holders:
        return _("Nobody holds the role: %(whom)s.") % {"whom": step.role_label or step.whom}
    if not any(sees(holder, approval.matter) for holder in holders):
        return _("Those who could decide may not see the matter. Name them in its access.")
    return _("Only the person who submitted could decide this step. Name a deputy or another approver.")


def reassess(today: datetime.date | None = None) -> int:
    """Look again at open and blocked steps: roles and deputies change. Returns how many steps moved."""
    moved = 0
    steps = ApprovalStep.objects.filter(
        state__in=[StepState.OPEN, StepState.BLOCKED],
        round__state__in=[RoundState.OPEN, RoundState.BLOCKED],
        outside_email="",
    )
    for row in steps:
        with transaction.atomic():
            matter, approval, step = lock_step(row)
            if not approval.is_running or step.decided_at:
                continue
            has_somebody = bool(candidates(step, approval, today or timezone.localdate()))
            if has_somebody == (step.state == StepState.OPEN):
                continue
            _ask(matter, approval, step)
            blocked = approval.steps.filter(state=StepState.BLOCKED).exists()
            approval.state = RoundState.BLOCKED if blocked else RoundState.OPEN
            approval.save(update_fields=["state", "updated_at"])
            moved += 1
    return moved


def _approve_whole(matter: Matter, approval: ApprovalRound) -> None:
    now = timezone.now()
    Version.objects.filter(pk=approval.version_id).update(approved_at=now)
    approval.version.approved_at = now
    _finish(matter, approval, RoundState.APPROVED, Actor.system(), "")
    audit.record(
        "approval.completed", approval, by=Actor.system(), matter=matter, version=approval.version.number
    )
    jobs.enqueue("documents.assemble_approved", approval.version_id)
    _tell_submitter(approval, lambda: _("Approved: %(title)s") % {"title": matter.title}, "approved")


def _tell_approver(matter: Matter, step: ApprovalStep, actor: Actor) -> None:
    channels = set(step.channels)
    if Channel.SESSION in channels:
        notify(
            actor.user,
            key=f"approve:{step.pk}:{actor.user.pk}",
            text=lambda: _("Waiting for your decision: %(title)s") % {"title": matter.title},
            url=reverse("matters:decision", args=[step.pk]),
            icon="checkbox",
            urgency=NoticeUrgency.NOW,
            matter=matter,
        )
    elif Channel.LINK in channels and actor.user.email:
        links.send_decision_link(
            step,
            matter,
            name=actor.user.full_name,
            post=actor.user.post,
            email=actor.user.email,
            language=actor.user.language,
        )


def _tell_submitter(approval: ApprovalRound, text: Any, event: str) -> None:
    matter = approval.matter
    people_told = {approval.actor_user, approval.actor_for, matter.responsible} - {None}
    for person in people_told:
        notify(
            person,
            key=f"round:{approval.pk}:{event}",
            text=text,
            url=matter.get_absolute_url(),
            icon="checkbox" if event == "approved" else "arrow-back-up",
            urgency=NoticeUrgency.NOW,
            matter=matter,
        )


def tell_kind(matter: Matter, event: str, by: Actor) -> None:
    """The child follows what happened to its approval."""
    entry = matter.kind_entry
    if entry.on_event:
        entry.on_event(matter.child(), event, by)
