"""Who of the guests has a link to her own page; sending, printing and revoking them."""

from __future__ import annotations

from typing import Any

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from core import personal
from core.errors import DomainError
from core.views import staff_action, staff_page
from delegations import guest_page
from delegations.models.members import GUEST_PURPOSE
from delegations.papers import content as read
from delegations.services import guest_links
from delegations.views.base import VisitPage, say, visible_visit
from delegations.views.guest_page import draw
from partners.choices import Language


class GuestLinksView(VisitPage, TemplateView):
    """Each guest with her link: sent, printed, opened; what keeps the others from getting one."""

    permission_required = "delegations.change_visit"
    template_name = "delegations/guest_links.html"
    tab = "delegations:members"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        from django.conf import settings  # noqa: PLC0415 -- only here

        visit = self.get_matter()
        members = list(visit.members.all())
        held = personal.references(members, purpose=GUEST_PURPOSE)
        live = guest_links.live_links(visit)
        by_mail = guest_links.mailed(row for rows in live.values() for row in rows)
        rows = [
            {
                "member": member,
                "links": live.get(member.pk, []),
                "mailed": any(link.pk in by_mail for link in live.get(member.pk, [])),
                "opened": sum(link.open_count for link in live.get(member.pk, [])),
                "has_email": "email" in held.get(member.pk, {}),
                "language": Language(guest_page.language_of(member, visit)).label,
            }
            for member in members
        ]
        waiting = [
            row for row in rows if row["has_email"] and row["member"].consented_on and not row["mailed"]
        ]
        return super().get_context_data(
            rows=rows,
            waiting=len(waiting),
            approved=visit.versions.filter(approved_at__isnull=False).exists(),
            ends=_ends(visit),
            works_inside_only=not settings.LINK_HOST,
            **kwargs,
        )


def _ends(visit: Any) -> Any:
    try:
        return guest_links.links_end(visit)
    except DomainError:
        return None


@staff_action("delegations.change_visit")
def guest_links_send(request: Any, pk: int) -> HttpResponse:
    """To all who have none yet, or a new one to the guest that is named."""
    visit = visible_visit(request, pk)
    named = request.POST.get("member", "")
    members = (
        [get_object_or_404(visit.members.all(), pk=int(named))]
        if named.isdecimal() and len(named) < 10
        else None
    )
    try:
        sent = guest_links.send_guest_links(visit, by=request.actor, members=members)
    except DomainError as error:
        say(request, error)
        return redirect("delegations:guest_links", pk)
    if sent.count:
        messages.success(
            request,
            ngettext("%(count)d letter is sent.", "%(count)d letters are sent.", sent.count)
            % {"count": sent.count},
        )
    if sent.no_consent:
        messages.warning(
            request,
            _("Without a consent, not written to: %(names)s.") % {"names": ", ".join(sent.no_consent)},
        )
    if sent.no_address:
        messages.warning(
            request,
            _("Without an e-mail, not written to: %(names)s.") % {"names": ", ".join(sent.no_address)},
        )
    return redirect("delegations:guest_links", pk)


@staff_action("delegations.change_visit")
def guest_links_revoke(request: Any, pk: int, member: int) -> HttpResponse:
    visit = visible_visit(request, pk)
    row = get_object_or_404(visit.members.all(), pk=member)
    guest_links.revoke_guest_links(row, by=request.actor)
    messages.success(request, _("The links no longer work: %(name)s.") % {"name": row.display_name})
    return redirect("delegations:guest_links", pk)


@never_cache
@staff_action("delegations.change_visit")
def guest_links_sheet(request: Any, pk: int) -> HttpResponse:
    """A sheet of codes to print now: each press makes new links, which are told nowhere else."""
    visit = visible_visit(request, pk)
    try:
        rows = guest_links.issue_for_sheet(visit, by=request.actor)
    except DomainError as error:
        say(request, error)
        return redirect("delegations:guest_links", pk)
    cards = [
        {
            "member": member,
            "language": link.language,
            "words": read.words(link.language),
            "dates": read.days_of_visit(visit.starts_on, visit.ends_on, link.language),
            "code": _code(url),
        }
        for member, link, url in rows
    ]
    response = render(request, "delegations/guest_sheet.html", {"visit": visit, "cards": cards})
    response["Cache-Control"] = "private, no-store"
    return response


def _code(url: str) -> str:
    """The address as an SVG without size or style of its own."""
    drawn = segno.make(url, error="m", micro=False)
    return mark_safe(drawn.svg_inline(border=4, omitsize=True, svgclass="qr", lineclass=None))


@staff_page("delegations.change_visit")
def guest_preview(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """The page as the guest sees it, for who prepares it."""
    visit = visible_visit(request, pk)
    row = get_object_or_404(visit.members.all(), pk=member)
    return draw(
        request,
        row,
        visit,
        given=guest_page.language_of(row, visit),
        calendar_url=reverse("delegations:ics", args=[pk]),
        back_url=reverse("delegations:guest_links", args=[pk]),
    )
