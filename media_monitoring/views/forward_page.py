"""The unit's page by a personal link: what the press wrote, and a place to answer."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.registry import LinkPage
from matters import links
from matters.models import PersonalLink
from media_monitoring import services
from media_monitoring.forms import ForwardAnswerForm
from media_monitoring.services.forwards import FORWARD, forward_of, renew_forward


def show(
    request: HttpRequest, link: Any, token: str, *, error: str = "", status: int = 200, form: Any = None
) -> HttpResponse:
    forward = forward_of(link)
    context = {
        "link": link,
        "token": token,
        "forward": forward,
        "article": forward.article,
        "form": form or ForwardAnswerForm(),
        "error": error,
    }
    return render(request, "media_monitoring/forward_page.html", context, status=status)


def act(request: HttpRequest, link: PersonalLink, token: str) -> HttpResponse | None:
    form = ForwardAnswerForm(request.POST)
    if not form.is_valid():
        return show(request, link, token, form=form, status=422)
    services.answer_forward(forward_of(link), form.cleaned_data["answer"], by=links.holder(link))
    links.mark_used(link)
    return None


PAGE = LinkPage(
    code=FORWARD,
    show=show,
    act=act,
    renew=renew_forward,
    outlives=lambda link: forward_of(link).answered_at is not None,
)
