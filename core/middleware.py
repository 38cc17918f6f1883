"""Two entrances to one code, and refusals that reach the person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from core.errors import DomainError


class HostMiddleware:
    """Serves the link host from its own URLconf: link pages, ICS, static; no log-in, no search (design 4.10)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.is_link_host = bool(settings.LINK_HOST) and request.get_host() == settings.LINK_HOST  # type: ignore[attr-defined]
        if request.is_link_host:  # type: ignore[attr-defined]
            request.urlconf = settings.LINK_URLCONF  # type: ignore[attr-defined]
        return self.get_response(request)


# What nobody types and no paper, table or letter can hold; a line break of old office programs becomes a space.
UNSEEN = dict.fromkeys([*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0xA0)]) | {0x0B: " ", 0x0C: " "}


class PlainTextMiddleware:
    """Control characters come in with pasted text or an attack: they are dropped before any view reads a word."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view_func: Any, view_args: Any, view_kwargs: Any) -> None:
        if request.path_info.translate(UNSEEN) != request.path_info:
            raise Http404
        request.GET = plain(request.GET)
        if request.method == "POST":
            request.POST = plain(request.POST)


def plain(values: QueryDict) -> QueryDict:
    """The values without what cannot be seen; the same object when there is nothing to drop."""
    if all(
        text.isprintable() or text.translate(UNSEEN) == text for _name, row in values.lists() for text in row
    ):
        return values
    cleaned = values.copy()
    for name, row in values.lists():
        cleaned.setlist(name, [text.translate(UNSEEN) for text in row])
    cleaned._mutable = False
    return cleaned


class DomainErrorMiddleware:
    """A refusal no view caught becomes a message on the page the person came from; nothing was written."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DomainError):
            return None
        came_from = request.META.get("HTTP_REFERER", "")
        if (
            request.method == "POST"
            and not getattr(request, "htmx", False)
            and url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()})
        ):
            messages.error(request, str(error))
            return redirect(came_from)
        return render(request, "core/refused.html", {"message": str(error)}, status=409)
