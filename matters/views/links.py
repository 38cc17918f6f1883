"""Pages of personal links: no account, no menu, one decision. GET changes nothing but the count of openings."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from core.addresses import staff_addresses
from core.errors import DomainError
from core.views import public_page
from matters import approvals, links
from matters.choices import LinkPurpose, StepState
from matters.forms import ReturnForm
from matters.models import PersonalLink
from matters.models.approvals import current_content
from matters.views.approvals import decision_context, pdf_response


def _link(token: str) -> PersonalLink:
    link = links.find(token)
    if link is None:
        raise Http404
    return link


def _safe(response: HttpResponse) -> HttpResponse:
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "private, no-store"
    return response


@public_page
@never_cache
@require_GET
def link_page(request: HttpRequest, token: str) -> HttpResponse:
    link = _link(token)
    with override(_language(request, link)):
        return _safe(_page(request, link, token))


def _language(request: HttpRequest, link: PersonalLink) -> str:
    """The language the holder chose on the page, else the link's own."""
    from django.conf import settings  # noqa: PLC0415 -- only here

    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else link.language


def _page(
    request: HttpRequest,
    link: PersonalLink,
    token: str,
    *,
    form: Any = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    if link.revoked_at:
        return render(request, "matters/link_gone.html", {"link": link}, status=410)
    decided = bool(link.step and link.step.decided_at)
    if links.is_expired(link) and not decided:
        return render(request, "matters/link_expired.html", {"link": link, "token": token}, status=410)
    links.mark_opened(link)
    if link.purpose == LinkPurpose.READ:
        context = _reading(link)
        return render(request, "matters/link_read.html", {**context, "link": link, "token": token})
    context = decision_context(link.step)
    step = link.step
    context.update(
        link=link,
        token=token,
        decided=decided,
        may_decide=step.state == StepState.OPEN and step.round.state == "open",
        return_form=form or ReturnForm(),
        error=error,
    )
    return render(request, "matters/link_decide.html", context, status=status)


def _reading(link: PersonalLink) -> dict[str, Any]:
    kind = link.matter.kind_entry
    content = current_content(link.version)
    return {
        "matter": link.matter,
        "version": link.version,
        "kind": kind,
        "summary": kind.summary(content) if kind.summary else [],
        "amendments": link.version.amendments.all(),
    }


@public_page
@never_cache
@require_POST
def link_decide(request: HttpRequest, token: str) -> HttpResponse:
    """The confirm page's two buttons. A used link shows the decision taken; an expired one offers a new one."""
    link = _link(token)
    with override(_language(request, link)):
        if link.revoked_at or links.is_expired(link) or link.purpose != LinkPurpose.APPROVE:
            return _safe(_page(request, link, token))
        actor = links.holder(link)
        try:
            if request.POST.get("decision") == "approve":
                with staff_addresses():
                    approvals.approve(link.step, by=actor, link=link)
            else:
                form = ReturnForm(request.POST)
                if not form.is_valid():
                    return _safe(_page(request, link, token, form=form, status=422))
                with staff_addresses():
                    approvals.return_for_correction(
                        link.step, by=actor, reason=form.cleaned_data["reason"], link=link
                    )
        except DomainError as error:
            return _safe(_page(request, _link(token), token, error=str(error), status=409))
        return _safe(redirect(reverse("links:page", args=[token])))


@public_page
@never_cache
@require_POST
def link_renew(request: HttpRequest, token: str) -> HttpResponse:
    link = _link(token)
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
def link_pdf(request: HttpRequest, token: str) -> HttpResponse:
    link = _link(token)
    if link.revoked_at or links.is_expired(link) or link.version is None:
        raise Http404
    return _safe(pdf_response(link.version))
