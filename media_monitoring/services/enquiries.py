"""Enquiries of journalists: received with the law's clock, answered, and what was printed of the answer."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actor import Actor
from core.errors import DomainError
from core.models import acted_by
from matters.services import open_matter
from media_monitoring.choices_desk import Use
from media_monitoring.models import Article, Enquiry, EnquiryUse
from media_monitoring.services.state import changed, lock_enquiry


def _check(*, received_at: datetime.datetime, journalist: Any, outlet: Any, question: str) -> None:
    if received_at > timezone.now():
        raise DomainError(_("The day has not come yet."), field="received_on")
    if journalist is None and outlet is None:
        raise DomainError(_("Choose the journalist or the outlet."), field="journalist")
    if not question.strip():
        raise DomainError(_("Write what is asked."), field="question")


@transaction.atomic
def receive_enquiry(*, by: Actor, **fields: Any) -> Enquiry:
    """Put a question on the register; the clock runs from the day it came."""
    fields["outlet"] = fields.get("outlet") or getattr(fields.get("journalist"), "outlet", None)
    _check(
        received_at=fields["received_at"],
        journalist=fields.get("journalist"),
        outlet=fields["outlet"],
        question=fields["question"],
    )
    year = timezone.localdate(fields["received_at"]).year
    enquiry = open_matter(Enquiry, kind="enquiry", by=by, year=year, **fields)
    changed(enquiry, "enquiry.received", enquiry, by, text=enquiry.question[:200])
    return enquiry


@transaction.atomic
def change_enquiry(enquiry: Enquiry, *, revision: int | None, by: Actor, **fields: Any) -> Enquiry:
    enquiry = lock_enquiry(enquiry.pk, for_change=True)
    for name, value in fields.items():
        setattr(enquiry, name, value)
    _check(
        received_at=enquiry.received_at,
        journalist=enquiry.journalist,
        outlet=enquiry.outlet,
        question=enquiry.question,
    )
    enquiry.save_if_current(revision, list(fields))
    changed(enquiry, "enquiry.changed", enquiry, by, fields=sorted(fields))
    return enquiry


@transaction.atomic
def note_use(enquiry: Enquiry, article: Article, *, use: str, by: Actor, note: str = "") -> EnquiryUse:
    """What was printed of our answer, with the link to the article; a second entry of the same article mends the first."""
    enquiry = lock_enquiry(enquiry.pk)
    if enquiry.sent_at is None:
        raise DomainError(_("The answer has not gone yet."))
    if use not in Use.values:
        raise DomainError(_("Choose how our answer was used."), field="use")
    try:
        with transaction.atomic():
            row, _is_new = EnquiryUse.objects.update_or_create(
                enquiry=enquiry, article=article, defaults={"use": use, "note": note.strip(), **acted_by(by)}
            )
    except IntegrityError as error:  # somebody wrote the same at the same moment
        raise DomainError(_("This article is written down already."), field="article") from error
    changed(enquiry, "enquiry.use_noted", row, by, title=article.title)
    return row
