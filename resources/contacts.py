"""How long the telephone and mail of an interpreter or driver are kept: a time after the department last needed them.

They were last needed when they were entered or changed, when the last booking ends, when the contract ends; of our own
interpreters as long as they may be chosen. The time is a deadline rule, which the administrator changes.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext as _

from core import deadlines
from core.contacts import Compute, KeptContacts
from core.deadlines import Deadline
from core.errors import DomainError
from resources.models import Booking, Resource
from resources.models.resources import CONTACT_FIELDS, CONTACT_PURPOSE

KEPT_RULE = "SERVICE_CONTACTS_KEPT"


def end_of(resource: Resource, compute: Compute = deadlines.compute) -> Deadline | None:
    """When the contacts are erased and why; None where nothing is kept or no rule is in force."""
    row = resource if hasattr(resource, "contacts_entered") else _kept().filter(pk=resource.pk).first()
    if row is None:
        return None
    try:
        return compute(
            KEPT_RULE, _last_needed(row), event=_("Last needed: entered, booked or under contract")
        )
    except DomainError:
        return None


def bring_up_to_date(today: datetime.date) -> int:
    """Set the ends anew, for people are booked and rules change. Returns 0: core erases what is due."""
    return CONTACTS.bring_up_to_date(_kept().iterator(chunk_size=500))


def _kept() -> QuerySet[Any]:
    """Those with contacts: `contacts_entered`, `contacts_until` and `last_booked` beside them."""
    entered = CONTACTS.values().filter(holder_pk=OuterRef("pk")).order_by().values("holder_pk")
    booked = Booking.objects.filter(resource=OuterRef("pk")).order_by().values("resource")
    return (
        CONTACTS.holders()
        .select_related("interpreter")
        .annotate(
            contacts_entered=Subquery(entered.annotate(at=Max("updated_at")).values("at")),
            last_booked=Subquery(booked.annotate(at=Max(Upper("period"))).values("at")),
        )
    )


def _last_needed(row: Any) -> datetime.date:
    interpreter = getattr(row, "interpreter", None)
    needed = [
        timezone.localdate(row.contacts_entered),
        *([timezone.localdate(row.last_booked)] if row.last_booked else []),
        *([interpreter.contract_until] if interpreter and interpreter.contract_until else []),
        *([timezone.localdate()] if interpreter and interpreter.is_staff and row.is_active else []),
    ]
    return max(needed)


CONTACTS = KeptContacts(Resource, CONTACT_PURPOSE, CONTACT_FIELDS, end_of)
keep = CONTACTS.keep
