"""Asking hosts to receive the guests: by a personal link, chased, withdrawn; the host's answer."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from core import deadlines
from core.actor import Actor
from core.dates import range_words
from core.errors import DomainError
from core.letters import queue_letter
from core.models import acted_by
from delegations import host_letters
from delegations.choices import MeetingAnswer, Progress
from delegations.models import MeetingRequest, ProgrammeItem, Visit
from delegations.models.meetings import MEETING_PAGE
from delegations.services.state import changed, lock_visit
from documents import services as documents
from matters import links
from matters.choices import LinkPurpose, NoticeUrgency
from matters.models import PersonalLink
from matters.services import notify

CHASE_RULE = "MEETING_ANSWER"
MOST_CHASES = 2  # after that a person telephones
MOST_PAPERS = 10


@transaction.atomic
def ask_host(
    item: ProgrammeItem,
    *,
    by: Actor,
    name: str,
    email: str,
    post: str = "",
    message: str = "",
    language: str = "lt",
) -> MeetingRequest:
    """Ask somebody to receive the guests at the item's time; the letter carries a personal link."""
    visit, item = _lock_item(item)
    _refuse_past(item.on)
    request = MeetingRequest(
        item=item,
        name=name.strip(),
        post=post.strip(),
        email=email.strip(),
        message=message.strip(),
        language=language,
        **acted_by(by),
    )
    request.ask_for_present_time()
    try:
        with transaction.atomic():
            request.save()
    except IntegrityError as error:
        if "delegations_request_asks_once" not in str(error):
            raise
        raise DomainError(
            _("This address is asked already. Withdraw that request first."), field="email"
        ) from error
    send_request(request, visit, "asked", by=by)
    changed(visit, "meeting.asked", item, by, title=item.title_in("lt"), name=request.name)
    return request


@transaction.atomic
def ask_again(request: MeetingRequest, *, by: Actor, message: str = "") -> MeetingRequest:
    """Ask the same host for the time the item stands at now."""
    visit, request = lock_request(request)
    _refuse_past(request.item.on)
    was_moved = request.is_moved
    request.message = message.strip() or request.message
    request.refusal = ""
    request.forget_answer()
    request.ask_for_present_time()
    request.save()
    send_request(request, visit, "moved" if was_moved else "asked", by=by)
    changed(
        visit, "meeting.asked_again", request.item, by, title=request.item.title_in("lt"), name=request.name
    )
    return request


@transaction.atomic
def withdraw_request(request: MeetingRequest, *, by: Actor) -> MeetingRequest:
    """The host is asked no more: her links stop, and she is told unless she has said no."""
    visit, request = lock_request(request, standing=False)
    if request.withdrawn_at is None:
        _withdraw(request, visit, by)
    return request


def withdraw_of(visit: Visit, *, by: Actor, item: ProgrammeItem | None = None) -> None:
    """Withdraw what was asked of an item, or of the whole visit; the caller holds the visit's lock."""
    rows = MeetingRequest.objects.standing().filter(item__visit=visit, asked_on__gte=timezone.localdate())
    if item is not None:
        rows = rows.filter(item=item)
    for request in rows.select_related("item__place", "item__to_place").prefetch_related("item__texts"):
        _withdraw(request, visit, by)


def _withdraw(request: MeetingRequest, visit: Visit, by: Actor) -> None:
    request.withdrawn_at = timezone.now()
    request.save(update_fields=["withdrawn_at", "updated_at"])
    for link in links.of_subject(visit, request.subject).filter(revoked_at=None):
        links.revoke(link, by=by)
    if request.answer != MeetingAnswer.DECLINED:
        with override(request.language):
            queue_letter(
                request.email,
                host_letters.withdrawn_letter(request, visit),
                key=f"meeting-withdrawn:{request.pk}",
                matter=visit,
                asked_by=by.user,
            )
    changed(
        visit, "meeting.withdrawn", request.item, by, title=request.item.title_in("lt"), name=request.name
    )


# --- the host's answer --------------------------------------------------------------------------------------


@transaction.atomic
def answer_request(
    request: MeetingRequest,
    *,
    by: Actor,
    answer: str,
    note: str = "",
    on: datetime.date | None = None,
    starts: datetime.time | None = None,
    ends: datetime.time | None = None,
    file: Any = None,
) -> MeetingRequest:
    """The host confirms, proposes another time or declines with a reason; she may change her mind until that day."""
    visit, request = lock_request(request)
    if request.is_moved:
        raise DomainError(_("The time is being changed. We will write to you about the new one."))
    if not request.may_be_answered:
        raise DomainError(_("The day of the meeting is over: nothing can be answered any more."))
    note = note.strip()
    request.forget_answer()
    request.answer, request.answered_at, request.note = MeetingAnswer(answer), timezone.now(), note
    if request.answer == MeetingAnswer.PROPOSED:
        _check_proposal(request, visit, on, starts, ends)
        request.proposed_on, request.proposed_starts, request.proposed_ends = on, starts, ends
    if request.answer == MeetingAnswer.DECLINED and not note:
        raise DomainError(_("Write in a word why you cannot receive the guests."), field="note")
    request.save()
    if file is not None:
        _attach(request, visit, file, by)
    _tell(request, visit)
    changed(
        visit, f"meeting.{answer}", request.item, by, title=request.item.title_in("lt"), name=request.name
    )
    return request


@transaction.atomic
def show_paper(request: MeetingRequest, document_pk: int, *, on: bool, by: Actor) -> MeetingRequest:
    """Put what the host attached on the own pages of the guests who meet her, or take it off."""
    visit, request = lock_request(request, standing=False)
    document = request.papers.filter(pk=document_pk).exclude(state="void").first()
    if document is None:
        raise DomainError(_("This paper is not with the request any more."))
    if request.shown_papers.filter(pk=document.pk).exists() != on:
        (request.shown_papers.add if on else request.shown_papers.remove)(document)
        action = "meeting.paper_shown" if on else "meeting.paper_hidden"
        changed(visit, action, request.item, by, title=document.title)
    return request


def _check_proposal(
    request: MeetingRequest,
    visit: Visit,
    on: datetime.date | None,
    starts: datetime.time | None,
    ends: datetime.time | None,
) -> None:
    if on is None or not visit.holds(on):
        raise DomainError(
            _("Choose a day on which the guests are here: %(days)s.")
            % {"days": range_words(visit.starts_on, visit.ends_on)},
            field="on",
        )
    if on < timezone.localdate():
        raise DomainError(_("This day is over. Choose a later one."), field="on")
    if starts is None:
        raise DomainError(_("Write the hour as 9.30."), field="starts")
    if ends is not None and ends <= starts:
        raise DomainError(_("The meeting would end before it begins."), field="ends")
    if (on, starts) == (request.asked_on, request.asked_starts):
        raise DomainError(_("This is the time we ask for. If it suits, press “Confirm”."), field="starts")


def _attach(request: MeetingRequest, visit: Visit, file: Any, by: Actor) -> None:
    """Keep the host's paper as a document of the matter, for the guests' file."""
    if request.papers.count() >= MOST_PAPERS:
        raise DomainError(_("At most %(most)d files can be attached.") % {"most": MOST_PAPERS}, field="files")
    document = documents.upload(visit, file, by=by)
    request.papers.add(document)


def _tell(request: MeetingRequest, visit: Visit) -> None:
    """The person responsible learns of the answer, of a no and of another time at once."""
    item, name = request.item, request.name
    assert request.answered_at is not None
    told = {
        MeetingAnswer.CONFIRMED: lambda: _("Will receive the guests: %(name)s, %(title)s"),
        MeetingAnswer.PROPOSED: lambda: _("Another time is proposed: %(name)s, %(title)s"),
        MeetingAnswer.DECLINED: lambda: _("Cannot receive the guests: %(name)s, %(title)s"),
    }[MeetingAnswer(request.answer)]
    notify(
        visit.responsible,
        key=f"meeting:{request.pk}:{request.answered_at.timestamp():.0f}:{request.answer}",
        text=lambda: told() % {"name": name, "title": item.title},
        url=reverse("delegations:item", args=[visit.pk, item.pk]),
        icon=request.sign["icon"],
        urgency=NoticeUrgency.DIGEST if request.answer == MeetingAnswer.CONFIRMED else NoticeUrgency.NOW,
        matter=visit,
    )


# --- letters ------------------------------------------------------------------------------------------------


def send_request(request: MeetingRequest, visit: Visit, kind: str, *, by: Actor) -> PersonalLink:
    """Write to the host with a fresh link; those of earlier letters go on working."""
    link, token = links.issue(
        visit,
        purpose=LinkPurpose.ANSWER,
        name=request.name,
        post=request.post[:160],
        email=request.email,
        by=by,
        until=request.end_of_day(),
        subject=request.subject,
        language=request.language,
    )
    with override(request.language):
        url = links.url_of(token)
        letter = (
            host_letters.taken_letter(request, visit, token, url)
            if kind == "taken"
            else host_letters.asking_letter(request, visit, kind, token, url)
        )
        queue_letter(
            request.email,
            letter,
            key=f"link:{link.pk}",
            matter=visit,
            asked_by=by.user or request.actor_user,
        )
    return link


def request_of(link: PersonalLink) -> MeetingRequest | None:
    """The request the link is bound to; nothing of another matter."""
    place, _colon, key = link.subject.partition(":")
    if place != MEETING_PAGE or not key.isdecimal():
        return None
    return (
        MeetingRequest.objects.select_related(
            "item__visit__responsible", "item__visit__city", "item__place", "item__to_place"
        )
        .prefetch_related("item__texts", "item__resources__resource", "papers")
        .filter(pk=int(key), item__visit=link.matter_id)
        .first()
    )


@transaction.atomic
def renew(link: PersonalLink) -> PersonalLink:
    """The host asks for a new link in place of an expired one: it goes to the address that was asked."""
    found = request_of(link)
    if found is None or not may_renew(link):
        raise DomainError(_("This link cannot be renewed."))
    visit, request = lock_request(found)
    return send_request(request, visit, "asked", by=links.holder(link))


def may_renew(link: PersonalLink) -> bool:
    request = request_of(link)
    return bool(request and request.withdrawn_at is None and request.asked_on >= timezone.localdate())


def chase_hosts(today: datetime.date) -> int:
    """Remind hosts who have not answered for the days of the rule, and tell the person responsible; may run twice."""
    count = 0
    rows = MeetingRequest.objects.waiting().filter(asked_on__gte=today, item__deleted_at=None)
    for pk, visit_pk in rows.filter(chase_count__lte=MOST_CHASES).values_list("pk", "item__visit_id"):
        count += _chase(pk, visit_pk, today)
    return count


@transaction.atomic
def _chase(pk: int, visit_pk: int, today: datetime.date) -> int:
    visit = lock_visit(visit_pk, for_change=False)
    request = _whole().filter(pk=pk, answer=MeetingAnswer.WAITING, withdrawn_at=None).first()
    if request is None or visit.is_over or request.is_moved or request.item.progress == Progress.CANCELLED:
        return 0
    since = request.chased_on or timezone.localdate(request.asked_at)
    try:
        due = deadlines.compute(CHASE_RULE, since).due_on
    except DomainError:  # no rule is in force: nobody is chased
        return 0
    if due > today or request.chase_count > MOST_CHASES:
        return 0
    if request.chase_count < MOST_CHASES:
        send_request(request, visit, "chased", by=Actor.system())
    request.chased_on, request.chase_count = today, request.chase_count + 1
    request.save(update_fields=["chased_on", "chase_count", "updated_at"])
    notify(
        visit.responsible,
        key=f"meeting-silent:{request.pk}:{today}",
        text=lambda: (
            _("No answer yet: %(name)s, %(title)s") % {"name": request.name, "title": request.item.title}
        ),
        url=reverse("delegations:item", args=[visit.pk, request.item_id]),
        icon="user-question",
        matter=visit,
    )
    return 1


# --- inside -------------------------------------------------------------------------------------------------


def _whole() -> Any:
    return (
        MeetingRequest.objects.select_for_update(of=("self",))
        .select_related("item__place", "item__to_place", "actor_user")
        .prefetch_related("item__texts")
    )


def _lock_item(item: ProgrammeItem) -> tuple[Visit, ProgrammeItem]:
    """The visit first, then the item; asking changes no programme, so it goes on while one is being approved."""
    if item.visit_id is None:
        raise DomainError(_("This item is shared by several delegations: write to the host yourself."))
    visit = lock_visit(item.visit_id, for_change=False)
    if visit.is_over:
        raise DomainError(_("The visit is closed: it cannot be changed."))
    item = ProgrammeItem.objects.select_related("place", "to_place").prefetch_related("texts").get(pk=item.pk)
    if item.deleted_at:
        raise DomainError(_("Somebody has removed this item. Put it back first."))
    return visit, item


def lock_request(request: MeetingRequest, *, standing: bool = True) -> tuple[Visit, MeetingRequest]:
    visit_pk = request.item.visit_id
    assert visit_pk is not None  # only items of one visit are asked about
    visit = lock_visit(visit_pk, for_change=False)
    if visit.is_over:
        raise DomainError(_("The visit is closed: it cannot be changed."))
    request = _whole().get(pk=request.pk)
    if standing and request.withdrawn_at:
        raise DomainError(_("This request has been withdrawn."))
    return visit, request


def _refuse_past(day: datetime.date) -> None:
    if day < timezone.localdate():
        raise DomainError(_("The day of this item is over."))
