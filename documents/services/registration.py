"""A document's one legal registration: our gapless number, or another system's (design 2)."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.actor import Actor
from core.errors import DomainError
from core.models import acted_by
from documents.choices import DocumentState
from documents.models import Document, Register, RegisterYear, Registration
from documents.services.filing import tell_followers
from matters.services import lock_matter


@transaction.atomic
def register_document(
    document: Document, register: Register, *, by: Actor, before_it_is_drawn: bool = False
) -> Registration:
    """Give the next number of our register this year, without gaps: the year's row is locked until the commit.

    `before_it_is_drawn`: approved already, and its number and date are to stand on the paper itself.
    """
    document = _lock(document)
    _must_be_registrable(document, is_drawn=not before_it_is_drawn)
    if not register.is_ours:
        raise DomainError(_("Numbers of this register are given in another system."), field="register")
    today = timezone.localdate()
    RegisterYear.objects.get_or_create(register=register, year=today.year)
    year = RegisterYear.objects.select_for_update().get(register=register, year=today.year)
    year.last += 1
    year.save(update_fields=["last"])
    registration = Registration.objects.create(
        document=document,
        register=register,
        year=today.year,
        sequence=year.last,
        number=f"{register.prefix}{year.last}",
        registered_on=today,
        **acted_by(by),
    )
    _finish(document, registration, by)
    return registration


@transaction.atomic
def await_number(document: Document, register: Register, *, by: Actor) -> Document:
    """Put the document on the list of those registered elsewhere whose number is to come back."""
    document = _lock(document)
    _must_be_registrable(document)
    if register.is_ours:
        raise DomainError(_("This register is ours: give the number here."), field="register")
    document.awaits = register
    document.save(update_fields=["awaits", "updated_at"])
    audit.record("document.sent_to_register", document, by=by, name=register.name)
    return document


@transaction.atomic
def record_number(
    document: Document,
    register: Register,
    *,
    number: str,
    registered_on: datetime.date,
    url: str = "",
    by: Actor,
) -> Registration:
    """Write down the number another system gave: its number, date and link."""
    document = _lock(document)
    _must_be_registrable(document)
    if register.is_ours:
        raise DomainError(_("This register is ours: give the number here."), field="register")
    if not number.strip():
        raise DomainError(_("Write the number."), field="number")
    if registered_on > timezone.localdate():
        raise DomainError(_("The day of registration is still to come."), field="registered_on")
    taken = Registration.objects.standing().filter(
        register=register, year=registered_on.year, number=number.strip()
    )
    if other := taken.select_related("document").first():
        raise DomainError(
            _("This number is already given to another document: %(title)s.")
            % {"title": other.document.title},
            field="number",
        )
    registration = Registration.objects.create(
        document=document,
        register=register,
        year=registered_on.year,
        number=number.strip(),
        registered_on=registered_on,
        url=url,
        **acted_by(by),
    )
    _finish(document, registration, by)
    return registration


@transaction.atomic
def void_registration(registration: Registration, *, reason: str, by: Actor) -> Registration:
    """The number stays visible as void and is never given again; the document may be registered anew."""
    lock_matter(registration.document.matter_id)
    registration = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    if not reason.strip():
        raise DomainError(_("Write why the number is void."), field="reason")
    if registration.void_at:
        raise DomainError(_("The number is void already."))
    registration.void_at, registration.void_reason = timezone.now(), reason.strip()[:300]
    registration.save(update_fields=["void_at", "void_reason"])
    audit.record(
        "document.number_voided",
        registration.document,
        by=by,
        number=registration.number,
        reason=reason.strip(),
    )
    tell_followers(registration.document, "unregistered", by=by)
    return registration


def _lock(document: Document) -> Document:
    lock_matter(document.matter_id)
    return Document.objects.select_for_update(of=("self",)).get(pk=document.pk)


def _must_be_registrable(document: Document, *, is_drawn: bool = True) -> None:
    if document.is_gone:
        raise DomainError(_("A void document is not registered."))
    if document.is_working_paper:
        raise DomainError(_("A working paper is not registered: it is erased on its day."))
    if standing := document.registrations.standing().first():
        raise DomainError(_("The document already has a number: %(number)s.") % {"number": standing.number})
    newest = document.versions.first()
    if is_drawn and (newest is None or newest.is_draft):
        raise DomainError(_("A draft is not registered: first have the document approved."))


def _finish(document: Document, registration: Registration, by: Actor) -> None:
    document.awaits, document.state = None, DocumentState.FINAL
    document.save(update_fields=["awaits", "state", "updated_at"])
    audit.record(
        "document.registered",
        document,
        by=by,
        number=registration.number,
        register=registration.register.code,
    )
    tell_followers(document, "registered", by=by)
