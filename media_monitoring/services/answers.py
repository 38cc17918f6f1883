"""The answer: worded, frozen and approved by the ladder, sent or recorded as sent."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.actor import Actor
from core.errors import DomainError
from core.letters import Letter, queue_letter
from documents.services import request_paper
from matters.models.approvals import latest_approved
from media_monitoring.choices_desk import AnswerKind, ClaimVerdict, SentBy
from media_monitoring.models import Claim, Enquiry
from media_monitoring.services.state import Answered, changed, is_approved, lock_claim, lock_enquiry

PAPERS = {"claim": "media_monitoring.answer", "enquiry": "media_monitoring.enquiry_answer"}


@transaction.atomic
def word_answer(claim: Claim, *, revision: int | None, by: Actor, **fields: Any) -> Claim:
    """Keep the kind and the words of the answer; each kind says what it cannot be without."""
    claim = lock_claim(claim.pk, for_change=True)
    for name, value in fields.items():
        setattr(claim, name, value.strip())
    if claim.answer_kind not in AnswerKind.values:
        raise DomainError(_("Choose how the claim is answered."), field="answer_kind")
    if claim.answer_kind == AnswerKind.DENIAL and claim.verdict == ClaimVerdict.FAIR:
        raise DomainError(
            _("Fair criticism is not denied. Choose a comment, or no answer."), field="answer_kind"
        )
    if claim.answer_kind == AnswerKind.NONE:
        if not claim.answer_reason:
            raise DomainError(_("Write why no answer is given."), field="answer_reason")
    else:
        if not claim.answer_text:
            raise DomainError(_("Write the answer."), field="answer_text")
        if not claim.signatory:
            raise DomainError(_("Write who signs."), field="signatory")
        if claim.is_to_outlet and not claim.answer_to:
            raise DomainError(_("Write to whom the answer goes."), field="answer_to")
    claim.save_if_current(revision, list(fields))
    changed(claim, "claim.answer_worded", claim, by, what=str(claim.get_answer_kind_display()))
    return claim


@transaction.atomic
def word_enquiry(
    enquiry: Enquiry, *, answer_text: str, is_refusal: bool, signatory: str, revision: int | None, by: Actor
) -> Enquiry:
    enquiry = lock_enquiry(enquiry.pk, for_change=True)
    if not answer_text.strip():
        raise DomainError(
            _("Write the reasons of the refusal.") if is_refusal else _("Write the answer."),
            field="answer_text",
        )
    enquiry.answer_text, enquiry.is_refusal = answer_text.strip(), is_refusal
    enquiry.signatory = signatory.strip()
    enquiry.save_if_current(revision, ["answer_text", "is_refusal", "signatory"])
    changed(enquiry, "enquiry.answer_worded", enquiry, by)
    return enquiry


def make_paper(matter: Answered, *, by: Actor) -> None:
    """The approved answer as PDF and DOCX among the matter's documents."""
    request_paper(matter, PAPERS[matter.kind], "lt", by=by)


@transaction.atomic
def send_answer(
    matter: Answered, *, sent_by: str, where: str, by: Actor, at: datetime.datetime | None = None
) -> Answered:
    """Send the approved pages by mail, or write down by which other way the answer went."""
    is_claim = isinstance(matter, Claim)
    matter = lock_claim(matter.pk) if is_claim else lock_enquiry(matter.pk)
    if matter.sent_at:
        raise DomainError(_("The answer has gone already."))
    if isinstance(matter, Claim) and matter.answer_kind == AnswerKind.NONE:
        raise DomainError(_("It was decided to give no answer."))
    if not is_approved(matter):
        raise DomainError(_("First the answer must be approved."))
    if sent_by not in SentBy.values:
        raise DomainError(_("Choose how the answer goes."), field="sent_by")
    now = timezone.now()
    if at and at > now:
        raise DomainError(_("The day has not come yet."), field="at")
    if not where.strip():
        raise DomainError(
            _("Write the e-mail address.") if sent_by == SentBy.MAIL else _("Write where it went."),
            field="where",
        )
    if sent_by == SentBy.MAIL:
        _mail(matter, where.strip(), by)
        at = None
    matter.sent_at, matter.sent_by = at or now, sent_by
    names = ["sent_at", "sent_by", "updated_at"]
    if isinstance(matter, Claim):
        matter.sent_to = where.strip()[:300]
        names.append("sent_to")
    matter.save(update_fields=names)
    changed(matter, f"{matter.kind}.answered", matter, by, what=str(matter.get_sent_by_display()))
    return matter


def _mail(matter: Answered, address: str, by: Actor) -> None:
    """The words in the letter, the approved pages attached: the very bytes the approver saw."""
    version = latest_approved(matter)
    if version is None or version.pdf is None:
        raise DomainError(_("The paper is still being made. Try again in a moment."))
    with override("lt"):
        title = matter.answer_title if isinstance(matter, Claim) else ""
        letter = Letter(
            subject=title or matter.title,
            paragraphs=tuple(part for part in matter.answer_text.split("\n\n") if part.strip()),
            closing=(matter.signatory,) if matter.signatory else (),
        )
        key = f"answer:{matter.pk}:{version.number}"
        queue_letter(address, letter, key=key, matter=matter, asked_by=by.user, attachments=[version.pdf])
