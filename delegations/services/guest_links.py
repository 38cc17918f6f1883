"""Personal links to guests' own pages: by mail to all at once, on a sheet of codes, revoked, ended with the visit."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from core import deadlines, personal
from core.actor import Actor
from core.errors import DomainError
from core.letters import Letter, Line, queue_letter
from core.models import OutgoingMail
from delegations.guest_page import CARD, GUEST_PAGE, language_of, subject_of
from delegations.models import Member, Visit
from delegations.models.members import GUEST_PURPOSE
from delegations.papers import content as read
from delegations.papers import pocket_languages
from delegations.services.state import changed, lock_visit
from documents.services import request_paper
from matters import links
from matters.choices import LinkPurpose
from matters.models import PersonalLink

LINK_RULE = "GUEST_LINK"


@dataclass
class Sent:
    """What became of sending: how many letters go, and whose do not, by name."""

    count: int
    no_address: list[str]
    no_consent: list[str]


def links_end(visit: Visit) -> datetime.datetime:
    """Until when guests' links work. Raises DomainError when no rule says it: that is never taken for "at once"."""
    last = deadlines.compute(LINK_RULE, visit.ends_on).due_on
    return timezone.make_aware(datetime.datetime.combine(last + datetime.timedelta(days=1), datetime.time()))


def live_links(visit: Visit) -> dict[int, list[PersonalLink]]:
    """The guests' links that work now, by guest, the newest first."""
    rows = PersonalLink.objects.filter(
        matter=visit, purpose=LinkPurpose.GUEST, revoked_at=None, expires_at__gt=timezone.now()
    )
    found: dict[int, list[PersonalLink]] = {}
    for row in rows:
        key = row.subject.partition(":")[2]
        if key.isdecimal():
            found.setdefault(int(key), []).append(row)
    return found


def mailed(rows: Iterable[PersonalLink]) -> set[int]:
    """Which of the links went by mail; the others stand on a printed sheet."""
    keys = {f"link:{row.pk}": row.pk for row in rows}
    return {keys[key] for key in OutgoingMail.objects.filter(key__in=keys).values_list("key", flat=True)}


@transaction.atomic
def send_guest_links(visit: Visit, *, by: Actor, members: Iterable[Member] | None = None) -> Sent:
    """Write to each guest with an address and a consent who has no link by mail yet; named ones get a new one."""
    visit = _lock(visit)
    wanted = list(visit.members.all() if members is None else members)
    values = personal.get_values(wanted, purpose=GUEST_PURPOSE, by=by, fields=["email"], matter=visit)
    live = live_links(visit)
    by_mail = mailed(row for rows in live.values() for row in rows)
    sent = Sent(0, [], [])
    for member in wanted:
        address = values.get(member.pk, {}).get("email", "")
        if not member.consented_on:
            sent.no_consent.append(member.display_name)
        elif not address:
            sent.no_address.append(member.display_name)
        elif members is not None or not any(row.pk in by_mail for row in live.get(member.pk, [])):
            _send(visit, member, address, by)
            sent.count += 1
    if sent.count:
        _order_cards(visit, by)
        changed(visit, "guest_links.sent", visit, by, count=sent.count)
    return sent


@transaction.atomic
def issue_for_sheet(visit: Visit, *, by: Actor) -> list[tuple[Member, PersonalLink, str]]:
    """A new link for each guest with its address, told once: on the sheet that is printed now."""
    visit = _lock(visit)
    rows = []
    for member in visit.members.all():
        link, token = _issue(visit, member, by)
        rows.append((member, link, links.url_of(token)))
    if not rows:
        raise DomainError(_("Say who comes first: there is nobody to print a code for."))
    _order_cards(visit, by)
    changed(visit, "guest_links.sent", visit, by, count=len(rows))
    return rows


@transaction.atomic
def revoke_guest_links(member: Member, *, by: Actor) -> int:
    """Every link of the guest stops at once."""
    visit = lock_visit(member.visit_id, for_change=False)
    rows = links.of_subject(visit, subject_of(member)).filter(revoked_at=None)
    count = 0
    for row in rows:
        links.revoke(row, by=by)
        count += 1
    if count:
        changed(visit, "guest_links.revoked", visit, by, name=member.display_name)
    return count


def follow_end(visit: Visit) -> None:
    """The visit ends on another day: so do the links that stand. The caller holds the visit's lock."""
    standing = PersonalLink.objects.filter(matter=visit, purpose=LinkPurpose.GUEST, revoked_at=None)
    if standing.exists():
        standing.update(expires_at=links_end(visit))


def refresh_cards(visit: Visit, *, by: Actor) -> None:
    """A new version is approved: guests who hold links get its pocket card."""
    if live_links(visit):
        _order_cards(visit, by)


def renew(link: PersonalLink) -> PersonalLink:
    """The guest asks for a new link: it goes to the address that is kept of her."""
    visit = lock_visit(link.matter_id, for_change=False)
    member = member_of(link)
    by = links.holder(link)
    address = (
        personal.get_values([member], purpose=GUEST_PURPOSE, by=by, fields=["email"], matter=visit)
        .get(member.pk, {})
        .get("email", "")
        if member
        else ""
    )
    if member is None or not address:
        raise DomainError(_("This link cannot be renewed."))
    return _send(visit, member, address, by)


def may_renew(link: PersonalLink) -> bool:
    """While the visit's links may still work and an address is kept."""
    member = member_of(link)
    return (
        member is not None
        and links_end(member.visit) > timezone.now()
        and "email" in personal.references([member], purpose=GUEST_PURPOSE).get(member.pk, {})
    )


def member_of(link: PersonalLink) -> Member | None:
    """The guest the link is bound to; nobody of another visit."""
    place, _colon, key = link.subject.partition(":")
    if place != GUEST_PAGE or not key.isdecimal():
        return None
    return Member.objects.select_related("visit__city").filter(pk=int(key), visit=link.matter_id).first()


# --- inside -------------------------------------------------------------------------------------------------


def _lock(visit: Visit) -> Visit:
    visit = lock_visit(visit.pk, for_change=False)
    if visit.is_over:
        raise DomainError(_("The visit is closed: it cannot be changed."))
    return visit


def _issue(visit: Visit, member: Member, by: Actor) -> tuple[PersonalLink, str]:
    return links.issue(
        visit,
        purpose=LinkPurpose.GUEST,
        name=member.display_name,
        by=by,
        until=links_end(visit),
        subject=subject_of(member),
        language=language_of(member, visit),
    )


def _send(visit: Visit, member: Member, address: str, by: Actor) -> PersonalLink:
    link, token = _issue(visit, member, by)
    ours = link.language if link.language in dict(settings.LANGUAGES) else "en"
    with override(ours):  # what the portal itself says in the letter's frame
        letter = _letter(link, token, links.url_of(token))
        queue_letter(address, letter, key=f"link:{link.pk}", matter=visit, asked_by=by.user)
    return link


def _letter(link: PersonalLink, token: str, url: str) -> Letter:
    """A guest's way to her own page, in her language."""
    words = read.words(link.language)
    return Letter(
        subject=f"{words['programme']}: {settings.HOME_CITY}",
        paragraphs=(f"{link.name},", words["letter"]),
        act=Line(words["open"], url),
        closing=(words["yours"],),
        secret=token,
    )


def _order_cards(visit: Visit, by: Actor) -> None:
    """Have the pocket cards made in each language guests may choose; made once, however often it is asked."""
    if visit.versions.filter(approved_at__isnull=False).exists():
        for language in pocket_languages(visit):
            request_paper(visit, CARD, language, by=by)
