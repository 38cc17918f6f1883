"""A guest's own page by a personal link, with its pocket card and calendar."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from core.ics import CONTENT_TYPE
from core.registry import LinkPage
from delegations import guest_page
from delegations.guest_page import GUEST_PAGE
from delegations.models import Member, Visit
from delegations.services import guest_links
from matters.models import PersonalLink


def draw(request: HttpRequest, member: Member, visit: Visit, *, given: str, **urls: Any) -> HttpResponse:
    """The page, for the guest and for who looks at what she sees."""
    language, choices = guest_page.offered(visit, request.GET.get("kalba", ""), given)
    facts = guest_page.page(visit, member, language, today=timezone.localdate())
    context = {**facts, **urls, "language": language, "LANGUAGE_CODE": language, "choices": choices}
    return render(request, "delegations/guest_page.html", context)


def show_guest(
    request: HttpRequest, link: Any, token: str, *, error: str = "", status: int = 200
) -> HttpResponse:
    member = guest_links.member_of(link)
    if member is None:  # taken off the list
        return render(request, "matters/link_gone.html", {"link": link}, status=410)
    visit = member.visit
    language, _choices = guest_page.offered(visit, request.GET.get("kalba", ""), link.language)
    approved = guest_page.approved_of(visit, timezone.localdate())
    card = guest_page.card_of(visit, approved.version, language) if approved else None
    files = {
        "card_url": f"{reverse('links:file', args=[token, 'kortele.pdf'])}?kalba={language}" if card else "",
        "paper_url": f"{reverse('links:file', args=[token, 'priedas'])}?kalba={language}",
        "calendar_url": f"{reverse('links:file', args=[token, 'kalendorius.ics'])}?kalba={language}",
    }
    return draw(request, member, visit, given=link.language, **files)


def _of(request: HttpRequest, link: PersonalLink) -> tuple[Member, Visit, str]:
    member = guest_links.member_of(link)
    if member is None or member.visit.phase == "void":
        raise Http404
    language, _choices = guest_page.offered(member.visit, request.GET.get("kalba", ""), link.language)
    return member, member.visit, language


def card(request: HttpRequest, link: PersonalLink) -> HttpResponse:
    _member, visit, language = _of(request, link)
    approved = guest_page.approved_of(visit, timezone.localdate())
    paper = guest_page.card_of(visit, approved.version, language) if approved else None
    if paper is None:
        raise Http404
    response = FileResponse(paper.file.file.open("rb"), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="alytus-{language}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def paper(request: HttpRequest, link: PersonalLink) -> HttpResponse:
    """What a host attached for the guests she receives."""
    member, visit, _language = _of(request, link)
    number = request.GET.get("nr", "")
    version = guest_page.paper_of(visit, member, int(number)) if number.isdecimal() else None
    if version is None:
        raise Http404
    response = FileResponse(version.file.file.open("rb"), as_attachment=True, filename=version.name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def calendar(request: HttpRequest, link: PersonalLink) -> HttpResponse:
    member, visit, language = _of(request, link)
    response = HttpResponse(guest_page.calendar_of(visit, member, language), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = 'inline; filename="alytus.ics"'
    return response


PAGE = LinkPage(
    code=GUEST_PAGE,
    show=show_guest,
    files={"kortele.pdf": card, "priedas": paper, "kalendorius.ics": calendar},
    renew=guest_links.renew,
    may_renew=guest_links.may_renew,
)
