"""Asking units for facts by a personal link, with a clock in working hours; their answers."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from core import deadlines
from core.actor import Actor
from core.dates import day_words
from core.errors import DomainError
from core.letters import queue_letter
from core.models import acted_by
from documents import services as documents
from matters import links
from matters.choices import LinkPurpose, NoticeUrgency, Phase
from matters.models import PersonalLink
from matters.services import notify
from media_monitoring import fact_letters
from media_monitoring.models import FACTS_PAGE, FactRequest
from media_monitoring.services.state import Answered, changed, lock_answered

MOST_CHASES = 2  # after that a person telephones
MOST_PAPERS = 10
LINK_DAYS = 14


def usual_hours() -> int:
    """How many working hours a unit has by the office's own norm."""
    return int(deadlines.norm("FACTS_HOURS", timezone.localdate()).value)


def due_of(asked_at: datetime.datetime, hours: int) -> tuple[datetime.datetime, str]:
    """The moment the facts are needed by, and the sentence that says why."""
    due_at = deadlines.add_working_hours(asked_at, hours)
    local = timezone.localtime(asked_at)
    words = ngettext("%(count)d working hour", "%(count)d working hours", hours) % {"count": hours}
    reason = _("%(hours)s from %(day)s, %(hour)s; people work 8.00–17.00, on Fridays until 15.45") % {
        "hours": words,
        "day": day_words(local.date()),
        "hour": date_format(local, "H.i"),
    }
    return due_at, reason


@transaction.atomic
def ask_facts(
    matter: Answered,
    *,
    name: str,
    email: str,
    question: str,
    hours: int,
    by: Actor,
    unit: Any = None,
    post: str = "",
) -> FactRequest:
    """Ask a unit; the letter carries a personal link, the clock starts at once."""
    matter = lock_answered(matter)
    if not question.strip():
        raise DomainError(_("Write what we ask."), field="question")
    if not 1 <= hours <= 80:
        raise DomainError(_("Give from 1 to 80 working hours."), field="hours")
    if matter.fact_requests.waiting().filter(email__iexact=email.strip()).exists():
        raise DomainError(
            _("This address is asked already. Remind it, or withdraw that request."), field="email"
        )
    now = timezone.now()
    due_at, reason = due_of(now, hours)
    request = FactRequest.objects.create(
        matter=matter,
        unit=unit,
        name=name.strip(),
        post=post.strip(),
        email=email.strip(),
        question=question.strip(),
        hours=hours,
        asked_at=now,
        due_at=due_at,
        due_reason=reason,
        **acted_by(by),
    )
    _send(request, matter, "asked", by=by)
    changed(matter, "facts.asked", request, by, name=request.whom)
    return request


@transaction.atomic
def remind(request: FactRequest, *, by: Actor) -> FactRequest:
    """Write once more, with a fresh link; those of earlier letters go on working."""
    matter, request = _lock(request)
    if request.answered_at:
        raise DomainError(_("The unit has answered already."))
    _send(request, matter, "chased", by=by)
    request.chase_count, request.chased_at = request.chase_count + 1, timezone.now()
    request.save(update_fields=["chase_count", "chased_at", "updated_at"])
    changed(matter, "facts.reminded", request, by, name=request.whom)
    return request


@transaction.atomic
def withdraw(request: FactRequest, *, by: Actor) -> FactRequest:
    """The facts are needed no more: the links stop, the unit is told."""
    matter, request = _lock(request, standing=False)
    if request.withdrawn_at is None and request.answered_at is None:
        _withdraw(request, matter, by)
        changed(matter, "facts.withdrawn", request, by, name=request.whom)
    return request


def withdraw_all(matter: Answered, *, by: Actor) -> None:
    """The matter is void: nobody is asked any more; the caller holds the lock."""
    for request in matter.fact_requests.waiting():
        _withdraw(request, matter, by)


def _withdraw(request: FactRequest, matter: Answered, by: Actor) -> None:
    request.withdrawn_at = timezone.now()
    request.save(update_fields=["withdrawn_at", "updated_at"])
    for link in links.of_subject(matter, request.subject).filter(revoked_at=None):
        links.revoke(link, by=by)
    with override("lt"):
        letter = fact_letters.withdrawn_letter(request, matter)
        queue_letter(
            request.email, letter, key=f"facts-withdrawn:{request.pk}", matter=matter, asked_by=by.user
        )


@transaction.atomic
def answer_facts(request: FactRequest, *, text: str, by: Actor, file: Any = None) -> FactRequest:
    """The unit's facts, by link or written down by us from the telephone; a later answer stands in place of it."""
    matter, request = _lock(request)
    if not text.strip():
        raise DomainError(_("Write the facts."), field="answer")
    request.answer, request.answered_at = text.strip(), timezone.now()
    request.answered_by = by.label[:200]
    request.save(update_fields=["answer", "answered_at", "answered_by", "updated_at"])
    if file is not None:
        if request.papers.count() >= MOST_PAPERS:
            raise DomainError(
                _("At most %(most)d files can be attached.") % {"most": MOST_PAPERS}, field="files"
            )
        document = documents.upload(matter, file, by=by)
        request.papers.add(document)
    if not by.is_person(matter.responsible):
        whom = request.whom
        notify(
            matter.responsible,
            key=f"facts:{request.pk}:{request.answered_at.timestamp():.0f}",
            text=lambda: _("Facts have come: %(whom)s") % {"whom": whom},
            url=matter.get_absolute_url(),
            icon="circle-check",
            urgency=NoticeUrgency.NOW,
            matter=matter,
        )
    changed(matter, "facts.answered", request, by, name=request.whom)
    return request


def chase(now: datetime.datetime) -> int:
    """Remind units whose hours are over, and tell the person responsible; safe to run again."""
    count = 0
    rows = FactRequest.objects.waiting().filter(due_at__lte=now, chase_count__lte=MOST_CHASES)
    rows = rows.exclude(matter__phase__in=[Phase.CLOSED, Phase.VOID])
    for pk in rows.values_list("pk", flat=True):
        count += _chase(pk, now)
    return count


@transaction.atomic
def _chase(pk: int, now: datetime.datetime) -> int:
    found = FactRequest.objects.select_related("matter").get(pk=pk)
    try:
        matter, request = _lock(found)
    except DomainError:
        return 0
    since = request.chased_at or request.due_at
    pause = deadlines.add_working_hours(since, request.hours) if request.chased_at else request.due_at
    if request.answered_at or pause > now or request.chase_count > MOST_CHASES:
        return 0
    if request.chase_count < MOST_CHASES:
        _send(request, matter, "chased", by=Actor.system())
    request.chase_count, request.chased_at = request.chase_count + 1, now
    request.save(update_fields=["chase_count", "chased_at", "updated_at"])
    whom = request.whom
    notify(
        matter.responsible,
        key=f"facts-silent:{request.pk}:{request.chase_count}",
        text=lambda: _("No facts yet, the time is over: %(whom)s") % {"whom": whom},
        url=matter.get_absolute_url(),
        icon="clock-hour-4",
        urgency=NoticeUrgency.NOW,
        matter=matter,
    )
    return 1


# --- letters and links --------------------------------------------------------------------------------------


def _send(request: FactRequest, matter: Answered, kind: str, *, by: Actor) -> PersonalLink:
    link, token = links.issue(
        matter,
        purpose=LinkPurpose.ANSWER,
        name=request.name,
        post=request.post,
        email=request.email,
        by=by,
        days=LINK_DAYS,
        subject=request.subject,
    )
    with override("lt"):
        letter = fact_letters.asking_letter(request, matter, kind, token, links.url_of(token))
        queue_letter(
            request.email,
            letter,
            key=f"link:{link.pk}",
            matter=matter,
            asked_by=by.user or request.actor_user,
        )
    return link


def request_of(link: PersonalLink) -> FactRequest | None:
    """The request the link is bound to; nothing of another matter."""
    place, _colon, key = link.subject.partition(":")
    if place != FACTS_PAGE or not key.isdecimal():
        return None
    rows = FactRequest.objects.select_related("matter__responsible", "unit").prefetch_related("papers")
    return rows.filter(pk=int(key), matter=link.matter_id).first()


def may_renew(link: PersonalLink) -> bool:
    request = request_of(link)
    return bool(request and request.withdrawn_at is None and not request.matter.is_over)


@transaction.atomic
def renew(link: PersonalLink) -> PersonalLink:
    """A new link in place of an expired one goes to the address that was asked."""
    found = request_of(link)
    if found is None or not may_renew(link):
        raise DomainError(_("This link cannot be renewed."))
    matter, request = _lock(found)
    return _send(request, matter, "asked", by=links.holder(link))


def _lock(request: FactRequest, *, standing: bool = True) -> tuple[Answered, FactRequest]:
    matter = lock_answered(request.matter)
    request = FactRequest.objects.select_for_update(of=("self",)).select_related("unit").get(pk=request.pk)
    if standing and request.withdrawn_at:
        raise DomainError(_("This request has been withdrawn."))
    return matter, request
