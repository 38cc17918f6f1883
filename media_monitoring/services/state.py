"""How claims and enquiries stand: status, phase, next step and deadline, written together."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit, deadlines
from core.actor import Actor
from core.canonical import plain
from core.deadlines import Deadline
from core.errors import DomainError
from matters.choices import Phase
from matters.models.approvals import current_content, latest_approved
from matters.services import lock_matter, set_state
from media_monitoring.choices_desk import (
    CLAIM_PHASES,
    ENQUIRY_PHASES,
    AnswerKind,
    ClaimStatus,
    EnquiryClass,
    EnquiryStatus,
    Outcome,
)
from media_monitoring.models import Claim, Enquiry

Answered = Claim | Enquiry  # a matter of the press that ends with an answer


def lock_claim(pk: int, *, for_change: bool = False) -> Claim:
    """Lock the matter first; `for_change` refuses what no longer may change, in words."""
    lock_matter(pk)
    claim = Claim.objects.select_related("responsible", "outlet", "unit").get(pk=pk)
    refuse_if_over(claim)
    if for_change:
        refuse_if_frozen(claim)
    return claim


def lock_enquiry(pk: int, *, for_change: bool = False) -> Enquiry:
    lock_matter(pk)
    enquiry = Enquiry.objects.select_related("responsible", "outlet", "journalist").get(pk=pk)
    refuse_if_over(enquiry)
    if for_change:
        refuse_if_frozen(enquiry)
    return enquiry


def lock_answered(matter: Any) -> Answered:
    """The claim or enquiry a request for facts belongs to."""
    return lock_enquiry(matter.pk) if matter.kind == "enquiry" else lock_claim(matter.pk)


def refuse_if_over(matter: Answered) -> None:
    if matter.is_over:
        raise DomainError(_("The matter is closed: it cannot be changed."))


def refuse_if_frozen(matter: Answered) -> None:
    if matter.sent_at is not None:
        raise DomainError(_("The answer has gone: it cannot be changed."))
    if matter.is_frozen:
        raise DomainError(_("The answer is being approved. Withdraw it first, then change it."))


def changed(matter: Answered, action: str, subject: Any, by: Actor, **data: Any) -> None:
    """Write the deed down and bring the matter's state after it."""
    audit.record(action, subject, by=by, matter=matter, **data)
    settle(matter)


def settle(matter: Answered) -> None:
    if isinstance(matter, Enquiry):
        _write(matter, *enquiry_state(matter), ENQUIRY_PHASES, enquiry_due(matter))
    else:
        _write(matter, *claim_state(matter), CLAIM_PHASES, claim_due(matter))


def _write(matter: Answered, status: str, step: str, phases: dict[str, Phase], due: Deadline | None) -> None:
    due_on = due.due_on if due else None
    names = [
        name for name, value in (("status", status), ("due_on", due_on)) if getattr(matter, name) != value
    ]
    matter.status, matter.due_on = status, due_on
    if isinstance(matter, Enquiry) and due and matter.due_reason != due.explanation:
        matter.due_reason = due.explanation[:400]
        names.append("due_reason")
    if names:
        matter.save(update_fields=[*names, "updated_at"])
    mine = step not in ("", "wait_facts")
    set_state(
        matter,
        state=status,
        phase=phases[status],
        next_step=step,
        next_step_by=matter.responsible if mine else None,
    )


def is_approved(matter: Answered) -> bool:
    """The answer as it stands now is the approved one."""
    version = latest_approved(matter)
    snapshot = matter.kind_entry.snapshot
    return bool(version and snapshot and current_content(version) == plain(snapshot(matter)))


def _standing(matter: Answered) -> tuple[bool, bool]:
    """Whether its approval is going on; whether it was returned and not submitted since."""
    last = matter.rounds.order_by("-pk").values_list("state", flat=True).first()
    return last in ("preparing", "open", "blocked"), last == "returned"


def claim_state(claim: Claim) -> tuple[str, str]:
    """Status and the one next step, from the facts of the claim alone."""
    if claim.sent_at:
        outcomes = list(claim.said_in.values_list("outcome", flat=True))
        if outcomes and Outcome.WATCHED not in outcomes:
            return ClaimStatus.SETTLED, "close"
        return ClaimStatus.SENT, "watch"
    running, returned = _standing(claim)
    if running:
        return ClaimStatus.SUBMITTED, ""
    if claim.answer_kind and is_approved(claim):
        if claim.answer_kind == AnswerKind.NONE:
            return ClaimStatus.SETTLED, "close"
        return ClaimStatus.APPROVED, "send"
    if returned:
        return ClaimStatus.RETURNED, "correct"
    if claim.verdict:
        is_worded = claim.answer_text or claim.answer_kind == AnswerKind.NONE
        return ClaimStatus.WRITING, "submit" if claim.answer_kind and is_worded else "write"
    requests = claim.fact_requests.standing()
    if requests.waiting().exists():
        return ClaimStatus.ASKING, "wait_facts"
    return ClaimStatus.NOTED, "judge" if claim.our_facts or requests.exists() else "ask"


def enquiry_state(enquiry: Enquiry) -> tuple[str, str]:
    if enquiry.sent_at:
        return EnquiryStatus.REFUSED if enquiry.is_refusal else EnquiryStatus.ANSWERED, "close"
    running, returned = _standing(enquiry)
    if running:
        return EnquiryStatus.SUBMITTED, ""
    if enquiry.answer_text and is_approved(enquiry):
        return EnquiryStatus.APPROVED, "send"
    if returned:
        return EnquiryStatus.RETURNED, "correct"
    if enquiry.answer_text:
        return EnquiryStatus.RECEIVED, "submit"
    if enquiry.fact_requests.waiting().exists():
        return EnquiryStatus.ASKING, "wait_facts"
    return EnquiryStatus.RECEIVED, "answer"


# --- deadlines that explain themselves ------------------------------------------------------------------------


def _computed(code: str, start: datetime.date, event: str) -> Deadline | None:
    try:
        return deadlines.compute(code, start, event=event)
    except DomainError:  # no rule in force: said on the page, never taken for zero
        return None


def claim_due(claim: Claim) -> Deadline | None:
    """The day the next step is for."""
    if claim.sent_at is None:
        if claim.status == ClaimStatus.SETTLED:
            return None
        return _computed("CLAIM_ANSWER", timezone.localdate(claim.created_at), _("Noted"))
    sent_on = timezone.localdate(claim.sent_at)
    code = "DENIAL_PUBLISH" if claim.answer_kind == AnswerKind.DENIAL else "CLAIM_WATCH"
    return _computed(code, sent_on, _("The answer went"))


def enquiry_due(enquiry: Enquiry) -> Deadline | None:
    code = {
        EnquiryClass.READY: "MEDIA_INFO_READY",
        EnquiryClass.GATHER: "MEDIA_INFO_GATHER",
    }[EnquiryClass(enquiry.time_class)]
    if enquiry.is_refusal:
        code = "MEDIA_REFUSAL"
    return _computed(code, timezone.localdate(enquiry.received_at), _("Received"))


def claim_deadlines(claim: Claim) -> list[dict[str, Any]]:
    """Every clock of the claim: what, the day, the sentence, whether the rule wants checking."""
    found: list[tuple[str, str, Deadline | None]] = []
    sent_on = timezone.localdate(claim.sent_at) if claim.sent_at else None
    if sent_on is None:
        if claim.status != ClaimStatus.SETTLED:
            found.append((_("Answer or deliberately leave"), "CLAIM_ANSWER", claim_due(claim)))
        denial = _computed("DENIAL_REQUEST", claim.published_on, _("Published"))
        found.append((_("Demand a denial at the latest"), "DENIAL_REQUEST", denial))
    elif claim.answer_kind == AnswerKind.DENIAL:
        published = claim_due(claim)
        found.append((_("The outlet publishes the denial"), "DENIAL_PUBLISH", published))
        start = published.due_on if published else sent_on
        court = _computed("DENIAL_COURT", start, _("The outlet's two weeks are over"))
        found.append((_("If it does not: court from"), "DENIAL_COURT", court))
    else:
        found.append((_("See what became of it"), "CLAIM_WATCH", claim_due(claim)))
    return [_row(what, code, due, claim.phase == Phase.CLOSED) for what, code, due in found]


def _row(what: str, code: str, due: Deadline | None, is_over: bool) -> dict[str, Any]:
    if due is None:
        why = _("There is no rule %(code)s in force: the deadline is not computed.") % {"code": code}
        return {"what": what, "due_on": None, "why": why, "tone": "", "is_verified": False}
    left = (due.due_on - timezone.localdate()).days
    tone = "" if is_over else "late" if left <= 0 else "near" if left <= 2 else ""
    return {
        "what": what,
        "due_on": due.due_on,
        "why": due.explanation,
        "tone": tone,
        "is_verified": due.is_verified,
    }


def recompute() -> int:
    """A changed holiday moves the open clocks; returns how many moved."""
    moved = 0
    for model in (Claim, Enquiry):
        for matter in model.objects.open().select_related("responsible"):
            before = matter.due_on
            due = enquiry_due(matter) if isinstance(matter, Enquiry) else claim_due(matter)
            if due and due.due_on != before:
                model.objects.filter(pk=matter.pk).update(due_on=due.due_on)
                moved += 1
    return moved


def follow(matter: Answered, event: str, by: Actor) -> None:
    """What happened to the approval or the matter moves the claim or enquiry on, in the same transaction."""
    from media_monitoring.services import answers, facts  # noqa: PLC0415 -- they stand on this file

    if event == "closed":
        matter.status = "closed"
        matter.save(update_fields=["status"])
        set_state(matter, state="closed", phase=Phase.CLOSED)
        return
    if event == "voided":
        facts.withdraw_all(matter, by=by)
        return
    settle(matter)
    if event == "approved":
        answers.make_paper(matter, by=by)
