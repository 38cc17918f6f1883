"""The person behind a request: her language, and as whom she acts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from core.actor import Actor

ACTING_FOR = "acting_for"


class LanguageMiddleware:
    """The language of a page: what was chosen in this browser, else the person's own, else Lithuanian."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if chosen not in dict(settings.LANGUAGES):
            chosen = request.session.get("language", settings.LANGUAGE_CODE)
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen  # type: ignore[attr-defined]
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", chosen)
        return response


class StaffMiddleware(LoginRequiredMiddleware):
    """Everything demands a log-in unless its view says otherwise; `request.actor` is who acts, and for whom.

    A part of a page (htmx, a draft) whose session ended gets 401 instead of a log-in page in its place; a form sent too late
    leads through the log-in back to its page, where the draft gives back what was typed.
    """

    def process_view(self, request: Any, view_func: Any, view_args: Any, view_kwargs: Any) -> Any:
        if request.user.is_authenticated:
            request.actor = actor_of(request)
            request.user.standing_in = request.actor.acting_for
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request: Any, view_func: Any) -> Any:
        if request.headers.get("HX-Request") == "true" or not request.accepts("text/html"):
            return HttpResponse(status=401)
        if request.method not in ("GET", "HEAD"):
            return redirect_to_login(came_from(request), self.get_login_url(view_func))
        return super().handle_no_permission(request, view_func)


def came_from(request: Any) -> str:
    """The page a form stood on; its address may take nothing but forms."""
    page = request.META.get("HTTP_REFERER", "")
    if not url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()}):
        return "/"
    parts = urlsplit(page)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def actor_of(request: Any) -> Actor:
    """The logged-in person, acting for somebody only while she is her deputy."""
    wanted = request.session.get(ACTING_FOR)
    if wanted:
        for principal in request.user.acting_for_choices:
            if principal.pk == wanted:
                return Actor.of(request.user, acting_for=principal)
        del request.session[ACTING_FOR]
    return Actor.of(request.user)
