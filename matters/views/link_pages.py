"""The spine's own pages of personal links: one decision, one version to read."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from core.registry import LinkPage
from matters import approvals, links
from matters.choices import LinkPurpose, StepState
from matters.forms import ReturnForm
from matters.models import PersonalLink
from matters.models.approvals import current_content
from matters.views.approvals import decision_context, pdf_response


def show_decision(
    request: HttpRequest, link: Any, token: str, *, form: Any = None, error: str = "", status: int = 200
) -> HttpResponse:
    step = link.step
    context = decision_context(step)
    context.update(
        link=link,
        token=token,
        decided=is_decided(link),
        may_decide=step.state == StepState.OPEN and step.round.state == "open",
        return_form=form or ReturnForm(),
        error=error,
    )
    return render(request, "matters/link_decide.html", context, status=status)


def decide(request: HttpRequest, link: PersonalLink, token: str) -> HttpResponse | None:
    """The confirm page's two buttons."""
    assert link.step is not None  # a constraint holds it
    actor = links.holder(link)
    if request.POST.get("decision") == "approve":
        approvals.approve(link.step, by=actor, link=link)
        return None
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return show_decision(request, link, token, form=form, status=422)
    approvals.return_for_correction(link.step, by=actor, reason=form.cleaned_data["reason"], link=link)
    return None


def is_decided(link: PersonalLink) -> bool:
    return bool(link.step and link.step.decided_at)


def show_version(
    request: HttpRequest, link: Any, token: str, *, error: str = "", status: int = 200
) -> HttpResponse:
    kind = link.matter.kind_entry
    content = current_content(link.version)
    context = {
        "matter": link.matter,
        "version": link.version,
        "kind": kind,
        "summary": kind.summary(content) if kind.summary else [],
        "amendments": link.version.amendments.all(),
        "link": link,
        "token": token,
        "error": error,
    }
    return render(request, "matters/link_read.html", context, status=status)


def version_paper(request: HttpRequest, link: PersonalLink) -> HttpResponse:
    if link.version is None:
        raise Http404
    return pdf_response(link.version)


PAGES = (
    LinkPage(
        code=LinkPurpose.APPROVE.value,
        show=show_decision,
        act=decide,
        files={"pdf": version_paper},
        renew=links.renew_own,
        outlives=is_decided,
    ),
    LinkPage(
        code=LinkPurpose.READ.value, show=show_version, files={"pdf": version_paper}, renew=links.renew_own
    ),
)
