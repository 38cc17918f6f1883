"""Journalists, their contacts with an end, and their accreditation."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit, deadlines, personal
from core.actor import Actor
from core.contacts import CheckedContacts, Compute
from core.deadlines import Deadline
from core.errors import DomainError
from core.models import acted_by
from media_monitoring.choices_desk import AccreditationState
from media_monitoring.models import CONTACT_FIELDS, JOURNALIST_PURPOSE, Accreditation, Journalist

CHECKED_RULE = "JOURNALIST_CONTACTS"


@transaction.atomic
def save_journalist(
    journalist: Journalist,
    *,
    by: Actor,
    fields: list[str],
    revision: int | None = None,
    contacts: dict[str, str] | None = None,
) -> Journalist:
    """Add or change a journalist; `contacts` are kept encrypted, apart from the row, and only with consent."""
    if contacts and any(contacts.values()) and not journalist.consent_on:
        raise DomainError(
            _("Write when the journalist agreed to be on our list: without it no contacts are kept."),
            field="consent_on",
        )
    if journalist.consent_on and journalist.consent_on > timezone.localdate():
        raise DomainError(_("The day has not come yet."), field="consent_on")
    is_new = journalist.pk is None
    if is_new:
        journalist.save()
    else:
        journalist.save_if_current(revision, fields)
    if contacts is not None:
        CONTACTS.keep(journalist, contacts)
    if not journalist.consent_on:
        personal.erase(journalist, purpose=JOURNALIST_PURPOSE)
    audit.record(
        "journalist.added" if is_new else "journalist.changed", journalist, by=by, fields=sorted(fields)
    )
    return journalist


def contacts_of(journalist: Journalist, *, by: Actor) -> dict[str, str]:
    """Telephone and mail; the reading stands in the access log."""
    return personal.get_values([journalist], purpose=JOURNALIST_PURPOSE, by=by).get(journalist.pk, {})


def end_of(journalist: Journalist, compute: Compute = deadlines.compute) -> Deadline | None:
    """When the contacts are erased and why; None where no rule is in force or nothing is kept."""
    if journalist.contacts_checked_on is None:
        return None
    try:
        return compute(CHECKED_RULE, journalist.contacts_checked_on, event=_("Contacts checked"))
    except DomainError:
        return None


def bring_up_to_date(today: datetime.date) -> int:
    """Set the ends anew, for rules change. Returns 0: core erases what is due."""
    return CONTACTS.bring_up_to_date(CONTACTS.holders())


CONTACTS = CheckedContacts(Journalist, JOURNALIST_PURPOSE, CONTACT_FIELDS, end_of, noun="journalist")
confirm_contacts, erase_contacts = CONTACTS.confirm, CONTACTS.erase


# --- accreditation ------------------------------------------------------------------------------------------


@transaction.atomic
def ask_accreditation(
    journalist: Journalist,
    *,
    valid_until: datetime.date,
    by: Actor,
    matter: Any = None,
    event: str = "",
) -> Accreditation:
    """A journalist asks to be let in: to one event, or for a time to all that are open to the press."""
    if matter is None and not event.strip():
        raise DomainError(_("Choose the event, or write which."), field="matter")
    if valid_until < timezone.localdate():
        raise DomainError(_("This day is over. Choose a later one."), field="valid_until")
    try:
        with transaction.atomic():
            row = Accreditation.objects.create(
                journalist=journalist,
                matter=matter,
                event="" if matter else event.strip(),
                valid_until=valid_until,
                **acted_by(by),
            )
    except IntegrityError as error:
        raise DomainError(_("This journalist has asked for this event already."), field="matter") from error
    audit.record("accreditation.asked", row, by=by, matter=matter, name=journalist.full_name)
    return row


@transaction.atomic
def decide_accreditation(row: Accreditation, *, granted: bool, by: Actor, reason: str = "") -> Accreditation:
    """Let in, or refuse with a reason (the law wants one)."""
    row = Accreditation.objects.select_for_update(of=("self",)).select_related("journalist").get(pk=row.pk)
    if not granted and not reason.strip():
        raise DomainError(_("Write the reason of the refusal."), field="reason")
    row.state = AccreditationState.GRANTED if granted else AccreditationState.REFUSED
    row.reason = "" if granted else reason.strip()[:300]
    row.decided_at = timezone.now()
    for name, value in acted_by(by).items():
        setattr(row, name, value)
    row.save()
    action = "accreditation.granted" if granted else "accreditation.refused"
    audit.record(action, row, by=by, matter=row.matter_id, name=row.journalist.full_name)
    return row
