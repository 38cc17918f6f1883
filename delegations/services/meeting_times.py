"""The time a host proposed: taken into the programme, or refused in words."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from core.actor import Actor
from core.errors import DomainError
from delegations.choices import MeetingAnswer
from delegations.models import MeetingRequest, ProgrammeItem
from delegations.services.meetings import lock_request, send_request
from delegations.services.programme import change_item
from delegations.services.state import changed


@transaction.atomic
def take_proposed_time(request: MeetingRequest, *, by: Actor) -> ProgrammeItem:
    """Move the item to the time the host proposed; that is a yes, and the host learns of it."""
    visit, request = lock_request(request)
    _must_be_proposed(request)
    item = change_item(
        request.item,
        by=by,
        revision=None,
        on=request.proposed_on,
        starts=request.proposed_starts,
        ends=request.proposed_ends,
        part="",
    )
    request.item = item
    request.ask_for_present_time()
    request.answer = MeetingAnswer.CONFIRMED
    request.save()
    send_request(request, visit, "taken", by=by)
    changed(visit, "meeting.time_taken", item, by, title=item.title_in("lt"), name=request.name)
    return item


@transaction.atomic
def refuse_proposed_time(request: MeetingRequest, *, words: str, by: Actor) -> MeetingRequest:
    """Say why the other time does not suit; the question of the time asked for is open again."""
    visit, request = lock_request(request)
    _must_be_proposed(request)
    if not words.strip():
        raise DomainError(_("Write why the other time does not suit."), field="words")
    request.refusal = words.strip()[:1000]
    request.forget_answer()
    request.ask_for_present_time()
    request.save()
    send_request(request, visit, "refused", by=by)
    changed(
        visit, "meeting.time_refused", request.item, by, title=request.item.title_in("lt"), name=request.name
    )
    return request


def _must_be_proposed(request: MeetingRequest) -> None:
    if request.answer != MeetingAnswer.PROPOSED:
        raise DomainError(_("No other time waits for an answer here any more."))
