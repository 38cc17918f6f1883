"""The verbs of accounts: passwords, deputies by date, closing and opening accounts, handing work over."""

from __future__ import annotations

import datetime
import hashlib
from typing import Any

from axes.utils import reset as forget_failures
from django.contrib.auth.tokens import default_token_generator
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.mail import password_letter
from accounts.models import Deputyship, User
from core import audit, registry
from core.actor import Actor
from core.errors import DomainError
from core.letters import queue_letter
from core.models import OutgoingMail, acted_by
from core.registry import PersonalHolding

LONGEST_DEPUTYSHIP = datetime.timedelta(days=366)


# --- passwords and profile ------------------------------------------------------------------------------------


def send_password_letter(person: User, *, asked_by: User | None = None) -> OutgoingMail:
    """Queue the letter with the link that sets a password; the link dies when it is used or three days old.

    `asked_by` opened the account; without it the person has forgotten her password.
    """
    token = default_token_generator.make_token(person)
    secret = f"{urlsafe_base64_encode(force_bytes(person.pk))}.{token}"
    with override(person.language):
        letter = password_letter(person, secret, is_new=asked_by is not None)
        key = f"password-reset:{person.pk}:{hashlib.sha256(token.encode()).hexdigest()[:32]}"
        return queue_letter(person.email, letter, key=key, asked_by=asked_by)


@transaction.atomic
def password_was_set(person: User, *, by_letter: bool) -> None:
    """Remember that it changed; who proved herself by the letter is no longer locked out."""
    action = "person.password_reset" if by_letter else "person.password_changed"
    audit.record(action, person, by=person.actor)
    if by_letter:
        forget_failures(username=person.username)


@transaction.atomic
def save_own(person: User, *, fields: list[str], by: Actor) -> User:
    """Write what a person changed in her own profile."""
    if fields:
        person.save(update_fields=fields)
        audit.record("person.changed", person, by=by, fields=sorted(fields))
    return person


# --- deputies -------------------------------------------------------------------------------------------------


def deputies_of(user: User, on: datetime.date) -> list[User]:
    """Who may stand in for the person that day."""
    return list(
        User.objects.active()
        .filter(stands_in__principal=user, stands_in__starts_on__lte=on, stands_in__ends_on__gte=on)
        .distinct()
        .order_by("pk")
    )


def principals_of(user: User, on: datetime.date) -> list[User]:
    """For whom the person may stand in that day."""
    return list(
        User.objects.active()
        .filter(deputyships__deputy=user, deputyships__starts_on__lte=on, deputyships__ends_on__gte=on)
        .distinct()
        .order_by("pk")
    )


@transaction.atomic
def set_deputy(
    principal: User, deputy: User, *, starts_on: datetime.date, ends_on: datetime.date, by: Actor
) -> Deputyship:
    """Name who stands in from a day to a day; raises DomainError with the field at fault."""
    User.objects.select_for_update().get(pk=principal.pk)
    if principal.pk == deputy.pk:
        raise DomainError(_("Nobody stands in for herself. Choose a colleague."), field="deputy")
    if not deputy.is_active:
        raise DomainError(_("This account is closed. Choose somebody else."), field="deputy")
    if ends_on < starts_on:
        raise DomainError(_("The last day is before the first one."), field="ends_on")
    if ends_on < timezone.localdate():
        raise DomainError(_("These days are over already."), field="ends_on")
    if ends_on - starts_on > LONGEST_DEPUTYSHIP:
        raise DomainError(_("A deputy is named for a year at most."), field="ends_on")
    overlapping = {"starts_on__lte": ends_on, "ends_on__gte": starts_on}
    if Deputyship.objects.filter(principal=principal, **overlapping).exists():
        raise DomainError(
            _("Somebody stands in on some of these days already. End that deputyship first."),
            field="starts_on",
        )
    if Deputyship.objects.filter(principal=deputy, **overlapping).exists():
        raise DomainError(_("This colleague is away on some of these days herself."), field="deputy")
    row = Deputyship.objects.create(
        principal=principal, deputy=deputy, starts_on=starts_on, ends_on=ends_on, **acted_by(by)
    )
    audit.record("deputy.set", row, by=by, starts_on=str(starts_on), ends_on=str(ends_on))
    return row


@transaction.atomic
def end_deputyship(row: Deputyship, *, by: Actor) -> None:
    """End it: what has not begun is taken away, what is under way ends yesterday."""
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    audit.record("deputy.ended", row, by=by)
    if row.starts_on > yesterday:
        row.delete()
    elif row.ends_on > yesterday:
        row.ends_on, row.revision = yesterday, row.revision + 1
        row.save(update_fields=["ends_on", "revision", "updated_at"])


# --- accounts -------------------------------------------------------------------------------------------------


def open_work(person: User, viewer: User | None = None) -> list[tuple[Any, list[str]]]:
    """What the person still holds, by holder: (holder, titles as the viewer may see them)."""
    held = [(holder, list(holder.list_for(person, viewer))) for holder in registry.register_work_holder]
    return [(holder, titles) for holder, titles in held if titles]


@transaction.atomic
def hand_over(person: User, to: User, *, by: Actor) -> int:
    """Everything open goes to a colleague in one act; returns how many things moved."""
    if person.pk == to.pk:
        raise DomainError(_("Choose somebody else."), field="to")
    if not to.is_active:
        raise DomainError(_("This account is closed. Choose somebody else."), field="to")
    moved = sum(holder.hand_over(person, to, by) for holder in registry.register_work_holder)
    audit.record("person.handed_over", person, by=by, to=to.full_name, count=moved)
    return moved


@transaction.atomic
def close_account(person: User, *, by: Actor) -> User:
    """The person may no longer log in; her sessions end. Refused while she holds open work."""
    person = User.objects.select_for_update().get(pk=person.pk)
    if by.user and by.user.pk == person.pk:
        raise DomainError(_("Nobody closes her own account."))
    if open_work(person):
        raise DomainError(_("First hand the person's open work over."))
    if person.closed_at is None:
        person.closed_at, person.is_active = timezone.now(), False
        person.save(update_fields=["closed_at", "is_active"])
        end_sessions(person)
        audit.record("person.closed", person, by=by)
    return person


@transaction.atomic
def reopen_account(person: User, *, by: Actor) -> User:
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.closed_at is not None:
        person.closed_at, person.is_active = None, True
        person.save(update_fields=["closed_at", "is_active"])
        audit.record("person.reopened", person, by=by)
    return person


def end_sessions(person: User) -> None:
    """Log the person out everywhere."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get("_auth_user_id") == str(person.pk):
            session.delete()


@transaction.atomic
def save_person(person: User, *, roles: list[Any], by: Actor, fields: list[str]) -> User:
    """Write what the administrator entered; a changed role is told to the audit trail.

    Somebody new with an address gets a letter to set her password by.
    """
    is_new = person.pk is None
    if is_new:
        person.set_unusable_password()
    person.save()
    before = set(person.groups.values_list("name", flat=True))
    person.groups.set(roles)
    after = {role.name for role in roles}
    action = "person.added" if is_new else "person.changed"
    audit.record(
        action,
        person,
        by=by,
        fields=sorted(fields),
        roles_given=sorted(after - before),
        roles_taken=sorted(before - after),
    )
    if is_new and person.email:
        send_password_letter(person, asked_by=by.user)
    return person


# --- personal data --------------------------------------------------------------------------------------------


@transaction.atomic
def export_personal(holding: PersonalHolding, row: Any, *, by: Actor) -> dict[str, Any]:
    """Everything the holding keeps of one person, by labels; that it was taken out is told to the trail."""
    if holding.export is None:
        raise DomainError(_("These papers are never exported."))
    values = {str(label): value for label, value in holding.export(row.pk, by).items()}
    audit.record(
        "personal.exported", row, by=by, matter=getattr(row, "held_matter", None), holding=holding.code
    )
    return values


@transaction.atomic
def erase_personal(holding: PersonalHolding, row: Any, *, reason: str, by: Actor) -> int:
    """Erase one person's contact and special values for good; the reason stays in the trail, the values nowhere."""
    if not reason.strip():
        raise DomainError(_("Write why the data is erased."), field="reason")
    if holding.forget is None:
        raise DomainError(_("These papers are erased on their day by themselves."))
    count = holding.forget(row.pk, by)
    audit.record(
        "personal.erased",
        row,
        by=by,
        matter=getattr(row, "held_matter", None),
        holding=holding.code,
        reason=reason.strip()[:300],
        count=count,
    )
    return count
