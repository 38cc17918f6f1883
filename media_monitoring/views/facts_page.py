"""The unit's page by a personal link: what is asked, by when, and where the facts are written."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from core.errors import DomainError
from core.registry import LinkPage
from documents import intake
from matters import links
from matters.models import PersonalLink
from media_monitoring.fact_letters import due_words
from media_monitoring.forms.facts import FactsAnswerForm
from media_monitoring.models import FACTS_PAGE, FactRequest
from media_monitoring.services import facts
from media_monitoring.views.base import refuse


def _asked(link: PersonalLink) -> FactRequest:
    asked = facts.request_of(link)
    if asked is None:
        raise Http404
    return asked


def show_request(
    request: HttpRequest, link: Any, token: str, *, error: str = "", status: int = 200, form: Any = None
) -> HttpResponse:
    """What is asked and the answer that stands; GET changes nothing."""
    asked = _asked(link)
    context = {
        "link": link,
        "token": token,
        "asked": asked,
        "matter": asked.matter,
        "claim": asked.matter.child() if asked.matter.kind == "claim" else None,
        "due": due_words(asked),
        "error": error,
        "form": form or FactsAnswerForm(initial={"answer": asked.answer}),
        "may_answer": asked.withdrawn_at is None and not asked.matter.is_over,
        "file_field": intake.field(),
    }
    return render(request, "media_monitoring/facts_page.html", context, status=status)


def answer(request: HttpRequest, link: PersonalLink, token: str) -> HttpResponse | None:
    """The facts are sent; a later answer stands in place of the earlier one."""
    asked = _asked(link)
    form = FactsAnswerForm(request.POST, request.FILES)
    refused = intake.refusals(request)
    if form.is_valid() and not refused:
        data = form.cleaned_data
        try:
            facts.answer_facts(asked, text=data["answer"], file=data["files"], by=links.holder(link))
        except DomainError as error:
            if error.field not in form.fields:
                raise
            refuse(form, error)
        else:
            links.mark_used(link)
            return None
    for words in refused:
        form.add_error("files", words)
    return show_request(request, link, token, form=form, status=422)


def is_answered(link: PersonalLink) -> bool:
    return _asked(link).answered_at is not None


PAGE = LinkPage(
    code=FACTS_PAGE,
    show=show_request,
    act=answer,
    renew=facts.renew,
    may_renew=facts.may_renew,
    outlives=is_answered,
)
