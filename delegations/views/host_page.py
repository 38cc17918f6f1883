"""The host's page by a personal link: what is asked, and three answers."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.registry import LinkPage
from delegations import services
from delegations.choices import MeetingAnswer
from delegations.forms.meetings import ConfirmForm, DeclineForm, ProposeForm
from delegations.models import MeetingRequest
from delegations.models.meetings import MEETING_PAGE
from delegations.services import meetings
from delegations.views.base import refuse
from documents import intake
from matters import links
from matters.models import PersonalLink


def _asked(link: PersonalLink) -> MeetingRequest:
    asked = meetings.request_of(link)
    if asked is None:
        raise Http404
    return asked


def _guests(asked: MeetingRequest) -> list[Any]:
    """Who comes: names and posts, in order of precedence."""
    item = asked.item
    members = item.visit.members.all()  # type: ignore[union-attr]
    if not item.is_for_all:
        members = members.filter(participations__item=item)
    return list(members)


def show_request(
    request: HttpRequest, link: Any, token: str, *, error: str = "", status: int = 200, forms: Any = None
) -> HttpResponse:
    """What is asked and the answer that stands; GET changes nothing."""
    asked = _asked(link)
    item, visit = asked.item, asked.item.visit
    context = {
        "link": link,
        "token": token,
        "asked": asked,
        "item": item,
        "visit": visit,
        "guests": _guests(asked),
        "error": error,
        "forms": forms or _forms(asked),
        "is_bound": forms is not None,
        "answered": asked.answer != MeetingAnswer.WAITING,
        "file_field": intake.field(),
    }
    return render(request, "delegations/host_page.html", context, status=status)


def _forms(asked: Any, answer: str = "", request: HttpRequest | None = None) -> dict[str, Any]:
    """The three forms; the one that was sent is bound, and the answer that stands keeps its note."""
    item = asked.item
    kept = {asked.answer: {"note": asked.note}}
    sent = {answer: (request.POST, request.FILES)} if request else {}
    return {
        "confirmed": ConfirmForm(*sent.get("confirmed", ()), initial=kept.get("confirmed"), auto_id="a_%s"),
        "proposed": ProposeForm(*sent.get("proposed", ()), visit=item.visit, on=item.on, auto_id="p_%s"),
        "declined": DeclineForm(*sent.get("declined", ()), initial=kept.get("declined"), auto_id="d_%s"),
    }


def answer(request: HttpRequest, link: PersonalLink, token: str) -> HttpResponse | None:
    """One of the three buttons."""
    asked = _asked(link)
    said = request.POST.get("answer", "")
    if said not in MeetingAnswer.values or said == MeetingAnswer.WAITING:
        raise DomainError(_("Choose one of the answers."))
    forms = _forms(asked, said, request)
    form = forms[said]
    refused = intake.refusals(request)
    if form.is_valid() and not refused:
        data = form.cleaned_data
        try:
            services.answer_request(
                asked,
                by=links.holder(link),
                answer=said,
                note=data["note"],
                on=data.get("on"),
                starts=data.get("starts"),
                ends=data.get("ends"),
                file=data.get("files"),
            )
        except DomainError as error:
            if error.field not in form.fields:
                raise
            refuse(form, error)
        else:
            links.mark_used(link)
            return None
    for words in refused:
        form.add_error("files", words)
    return show_request(request, link, token, forms=forms, status=422)


def is_answered(link: PersonalLink) -> bool:
    return _asked(link).answer != MeetingAnswer.WAITING


PAGE = LinkPage(
    code=MEETING_PAGE,
    show=show_request,
    act=answer,
    renew=meetings.renew,
    may_renew=meetings.may_renew,
    outlives=is_answered,
)
