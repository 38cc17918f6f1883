"""A person's own calendar by a personal address (design 4.9, 4.16): no session, only what she may see now.

The token is 32 random bytes, told once; the database keeps its SHA-256. A new address stops the old one in the same
transaction; a closed account's stops with the account.
"""

from __future__ import annotations

import datetime
import secrets
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from core import audit
from core.actor import Actor
from core.errors import DomainError
from core.ics import calendar_file
from matters import calendar
from matters.choices import CalendarScope
from matters.links import digest
from matters.models import CalendarAddress

BACK = datetime.timedelta(days=60)
AHEAD = datetime.timedelta(days=400)
ASK_AGAIN = datetime.timedelta(hours=1)


def address_of(user: Any) -> CalendarAddress | None:
    return CalendarAddress.objects.filter(user=user).first()


def url_of(token: str) -> str:
    return f"{settings.LINK_URL.rstrip('/')}/ics/{token}/"


def find(token: str) -> CalendarAddress | None:
    """The address of this token, if its person still works here."""
    return (
        CalendarAddress.objects.select_related("user")
        .filter(token_sha256=digest(token), user__is_active=True, user__closed_at=None)
        .first()
    )


@transaction.atomic
def issue(user: Any, *, by: Actor, instead_of: str = "") -> tuple[CalendarAddress, str]:
    """Make the address, or a new one in place of the old, and return it with its URL, which is told nowhere else.

    Args:
        instead_of: `stamp` of the address the person saw; a press too many or an old page is refused.

    Raises:
        DomainError: the address is no longer the one that was seen.
    """
    User.objects.select_for_update().get(pk=user.pk)
    address = address_of(user)
    if instead_of != stamp(address):
        raise DomainError(
            _("The address has been changed meanwhile. Nothing was done; look at the present one below.")
        )
    token = secrets.token_urlsafe(32)
    action = "calendar.address_renewed" if address else "calendar.address_made"
    address = address or CalendarAddress(user=user)
    address.token_sha256, address.issued_at, address.read_at = digest(token), timezone.now(), None
    address.save()
    audit.record(action, address, by=by)
    return address, url_of(token)


def stamp(address: CalendarAddress | None) -> str:
    """Which address a page was drawn with."""
    return address.token_sha256[:12] if address else ""


@transaction.atomic
def revoke(user: Any, *, by: Actor) -> None:
    """The address stops at once; nothing of it is kept but the event."""
    address = CalendarAddress.objects.select_for_update().filter(user=user).first()
    if address:
        audit.record("calendar.address_revoked", address, by=by)
        address.delete()


@transaction.atomic
def set_scope(user: Any, scope: str, *, by: Actor) -> None:
    """What the calendar holds from now on; the address stays."""
    address = CalendarAddress.objects.select_for_update().filter(user=user).first()
    if address is None:
        raise DomainError(_("There is no calendar address. Make one first."))
    if scope not in CalendarScope.values:
        raise DomainError(_("Choose one of the list."), field="scope")
    if address.scope != scope:
        address.scope = scope
        address.save(update_fields=["scope"])
        audit.record("calendar.address_changed", address, by=by, scope=scope)


def file_of(address: CalendarAddress, *, today: datetime.date | None = None) -> bytes:
    """Everything of the person's calendar from two months back to a year ahead, in her language."""
    today = today or timezone.localdate()
    user = address.user
    with override(user.language):
        shown = calendar.collect(user, today - BACK, today + AHEAD, mine=address.scope == CalendarScope.MINE)
        name = _("Alytus relations: %(name)s") % {"name": user.full_name}
        return calendar_file(
            name, [replace(one.entry, title=one.whole_title) for one in shown], refresh=ASK_AGAIN
        )


def mark_read(address: CalendarAddress) -> None:
    """Note that a program asked, once an hour at most. Reading changes nothing else."""
    now = timezone.now()
    if address.read_at is None or now - address.read_at >= ASK_AGAIN:
        CalendarAddress.objects.filter(pk=address.pk).update(read_at=now)
