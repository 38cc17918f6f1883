"""The morning page by a personal link: for a telephone, at breakfast."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from core.registry import LinkPage
from documents.views.documents import send
from matters.models import PersonalLink
from media_monitoring.services.digests import DIGEST, digest_of, empty_words, items_of, renew_digest_link


def show(request: HttpRequest, link: Any, token: str, *, error: str = "", status: int = 200) -> HttpResponse:
    digest = digest_of(link)
    context = {
        "link": link,
        "token": token,
        "digest": digest,
        "items": list(items_of(digest)),
        "empty": empty_words(digest),
        "error": error,
    }
    return render(request, "media_monitoring/digest_page.html", context, status=status)


def paper(request: HttpRequest, link: PersonalLink) -> HttpResponse:
    digest = digest_of(link)
    if digest.paper is None:
        raise Http404
    return send(digest.paper, digest.paper.name)


PAGE = LinkPage(code=DIGEST, show=show, files={"pdf": paper}, renew=renew_digest_link)
