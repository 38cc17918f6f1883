"""Personal links: how people without an account decide and read (design 4.9).

The token is 32 random bytes, told once, in the mail; the database keeps its SHA-256.
"""

from __future__ import annotations

import datetime
import hashlib
import secrets

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from core import audit, registry
from core.actor import Actor
from core.choices import Channel
from core.errors import DomainError
from core.letters import queue_letter
from core.models import acted_by
from core.registry import LinkPage
from matters.choices import LinkPurpose
from matters.mail import decision_letter, reading_letter
from matters.models import ApprovalStep, Matter, PersonalLink, Version

DECISION_LINK_DAYS = 14
READING_LINK_DAYS = 30


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def find(token: str) -> PersonalLink | None:
    """The link of this token, whatever its state."""
    return (
        PersonalLink.objects.select_related(
            "matter", "version", "step__round__version", "step__role", "step__user"
        )
        .filter(token_sha256=digest(token))
        .first()
    )


def url_of(token: str) -> str:
    return f"{settings.LINK_URL.rstrip('/')}/n/{token}/"


def is_expired(link: PersonalLink) -> bool:
    return link.expires_at <= timezone.now()


def holder(link: PersonalLink) -> Actor:
    """The link's holder as an actor: named, by link."""
    return Actor(name=link.name, channel=Channel.LINK)


def of_subject(matter: Matter, subject: str) -> QuerySet[PersonalLink]:
    """Every link to one thing of the matter, the newest first."""
    return PersonalLink.objects.filter(matter=matter, subject=subject)


@transaction.atomic
def issue(
    matter: Matter,
    *,
    purpose: LinkPurpose,
    name: str,
    by: Actor,
    days: int = 0,
    until: datetime.datetime | None = None,
    email: str = "",
    post: str = "",
    version: Version | None = None,
    step: ApprovalStep | None = None,
    subject: str = "",
    language: str = "lt",
) -> tuple[PersonalLink, str]:
    """Make a link for so many days, or until a moment, and return it with its token, told nowhere but to its holder."""
    token = secrets.token_urlsafe(32)
    link = PersonalLink.objects.create(
        matter=matter,
        version=version,
        step=step,
        purpose=purpose,
        subject=subject,
        token_sha256=digest(token),
        name=name,
        post=post,
        email=email,
        language=language,
        expires_at=until or timezone.now() + datetime.timedelta(days=days),
        **acted_by(by),
    )
    audit.record("link.issued", link, by=by, matter=matter, purpose=purpose, to=name)
    return link, token


def send_decision_link(
    step: ApprovalStep,
    matter: Matter,
    *,
    name: str,
    post: str,
    email: str,
    language: str = "lt",
    by: Actor | None = None,
) -> PersonalLink:
    """Mail the person asked a link to her decision; earlier unused ones to her stop working."""
    step.links.filter(email__iexact=email, used_at=None, revoked_at=None).update(revoked_at=timezone.now())
    link, token = issue(
        matter,
        purpose=LinkPurpose.APPROVE,
        name=name,
        post=post,
        email=email,
        by=by or Actor.system(),
        days=DECISION_LINK_DAYS,
        version=step.round.version,
        step=step,
        language=language,
    )
    with override(language):
        letter = decision_letter(link, token, url_of(token), step, matter)
        asked_by = by.user if by else step.round.actor_user
        queue_letter(email, letter, key=f"link:{link.pk}", matter=matter, asked_by=asked_by)
    return link


def send_reading_link(
    matter: Matter,
    version: Version,
    *,
    name: str,
    email: str,
    by: Actor,
    post: str = "",
    language: str = "lt",
) -> PersonalLink:
    """Mail a link by which a version may be read many times until its day, or until it is revoked."""
    link, token = issue(
        matter,
        purpose=LinkPurpose.READ,
        name=name,
        post=post,
        email=email,
        by=by,
        days=READING_LINK_DAYS,
        version=version,
        language=language,
    )
    with override(language):
        letter = reading_letter(link, token, url_of(token), matter)
        queue_letter(email, letter, key=f"link:{link.pk}", matter=matter, asked_by=by.user)
    return link


def page_of(link: PersonalLink) -> LinkPage | None:
    """What the link opens: the page of the app its subject names, else the spine's own of its purpose."""
    return registry.register_link_page.get(link.subject.partition(":")[0] or link.purpose)


def may_renew(link: PersonalLink) -> bool:
    page = page_of(link)
    return bool(page and page.renew and is_expired(link) and not link.revoked_at and page.may_renew(link))


def renew(link: PersonalLink) -> PersonalLink:
    """An expired link's holder asks for a new one: it goes to the same address and nowhere else."""
    page = page_of(link)
    if page is None or page.renew is None or not may_renew(link):
        raise DomainError(_("This link cannot be renewed."))
    today = timezone.localdate()
    same = PersonalLink.objects.filter(
        matter=link.matter,
        email=link.email,
        purpose=link.purpose,
        subject=link.subject,
        version=link.version,
        created_at__date=today,
    ).exclude(pk=link.pk)
    if newest := same.first():
        return newest  # pressed twice: one letter a day is enough
    return page.renew(link)


def renew_own(link: PersonalLink) -> PersonalLink:
    """A new link of the spine's own: to decide, or to read."""
    by = holder(link)
    if link.step is not None:
        return send_decision_link(
            link.step,
            link.matter,
            name=link.name,
            post=link.post,
            email=link.email,
            language=link.language,
            by=by,
        )
    assert link.version is not None  # a constraint holds it for reading links
    return send_reading_link(
        link.matter,
        link.version,
        name=link.name,
        email=link.email,
        by=by,
        post=link.post,
        language=link.language,
    )


@transaction.atomic
def revoke(link: PersonalLink, *, by: Actor) -> None:
    """The link stops working at once."""
    if link.revoked_at is None:
        link.revoked_at = timezone.now()
        link.save(update_fields=["revoked_at"])
        audit.record("link.revoked", link, by=by, matter=link.matter)


def mark_opened(link: PersonalLink) -> None:
    """Count an opening. Reading changes nothing else."""
    now = timezone.now()
    PersonalLink.objects.filter(pk=link.pk).update(open_count=F("open_count") + 1)
    PersonalLink.objects.filter(pk=link.pk, first_opened_at=None).update(first_opened_at=now)


def mark_used(link: PersonalLink) -> None:
    """Note that the holder has answered by it; the first time counts."""
    PersonalLink.objects.filter(pk=link.pk, used_at=None).update(used_at=timezone.now())


def remind(step: ApprovalStep, matter: Matter, today: datetime.date) -> None:
    """A fresh link with a reminder, at most once a day (the caller sees to it)."""
    send_decision_link(step, matter, name=step.outside_name, post=step.outside_post, email=step.outside_email)
