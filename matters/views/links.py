"""The frame of every personal link, whichever app's page it opens: no account, no menu, one thing to do.

GET changes nothing but the count of openings. A revoked link says so, an expired one offers a new one.
"""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from core.addresses import staff_addresses
from core.errors import DomainError
from core.registry import LinkPage
from core.views import public_page
from matters import links
from matters.models import PersonalLink


def _link(token: str) -> tuple[PersonalLink, LinkPage]:
    link = links.find(token)
    page = links.page_of(link) if link else None
    if link is None or page is None:
        raise Http404
    return link, page


def _safe(response: HttpResponse) -> HttpResponse:
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "private, no-store"
    return response


def _language(request: HttpRequest, link: PersonalLink) -> str:
    """The language of the portal's own words: what the holder chose, else the link's, else English."""
    known = dict(settings.LANGUAGES)
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return next((code for code in (chosen, link.language) if code in known), "en")


def _works(link: PersonalLink, page: LinkPage) -> bool:
    return not link.revoked_at and (not links.is_expired(link) or page.outlives(link))


def _shut(request: HttpRequest, link: PersonalLink, token: str) -> HttpResponse:
    if link.revoked_at:
        return render(request, "matters/link_gone.html", {"link": link}, status=410)
    context = {"link": link, "token": token, "may_renew": links.may_renew(link)}
    return render(request, "matters/link_expired.html", context, status=410)


@public_page
@never_cache
@require_GET
def link_page(request: HttpRequest, token: str) -> HttpResponse:
    link, page = _link(token)
    with override(_language(request, link)):
        if not _works(link, page):
            return _safe(_shut(request, link, token))
        links.mark_opened(link)
        return _safe(page.show(request, link, token))


@public_page
@never_cache
@require_POST
def link_act(request: HttpRequest, token: str) -> HttpResponse:
    """What was pressed on the page; a used link shows what was answered."""
    link, page = _link(token)
    with override(_language(request, link)):
        if not _works(link, page):
            return _safe(_shut(request, link, token))
        if page.act is None or links.is_expired(link):
            return _safe(page.show(request, link, token))
        try:
            with staff_addresses():
                answer = page.act(request, link, token)
        except DomainError as error:
            return _safe(page.show(request, _link(token)[0], token, error=str(error), status=409))
        return _safe(answer or redirect(reverse("links:page", args=[token])))


@public_page
@never_cache
@require_POST
def link_renew(request: HttpRequest, token: str) -> HttpResponse:
    link, _page = _link(token)
    with override(_language(request, link)):
        try:
            with staff_addresses():
                links.renew(link)
        except DomainError as error:
            return _safe(
                render(request, "matters/link_gone.html", {"link": link, "error": str(error)}, status=409)
            )
        return _safe(render(request, "matters/link_renewed.html", {"link": link}))


@public_page
@never_cache
@require_GET
def link_file(request: HttpRequest, token: str, name: str) -> HttpResponse:
    """A file of the page: the paper, the calendar."""
    link, page = _link(token)
    if link.revoked_at or links.is_expired(link) or name not in page.files:
        raise Http404
    with override(_language(request, link)):
        return _safe(page.files[name](request, link))
