"""The person behind a request: her language, and as whom she acts."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.utils import translation


class LanguageMiddleware:
    """The language of a page: what the person chose in this browser, else Lithuanian."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        with translation.override(chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            return self.get_response(request)


class StaffMiddleware(LoginRequiredMiddleware):
    """Everything demands a log-in unless its view says otherwise; `request.actor` is who acts, acting for whom."""

    def process_view(self, request, view_func, view_args, view_kwargs):
        if request.user.is_authenticated:
            request.actor = request.user.actor
        return super().process_view(request, view_func, view_args, view_kwargs)
