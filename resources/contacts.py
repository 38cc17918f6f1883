"""How long the telephone and mail of an interpreter or driver are kept: a time after the department last needed them.

They were last needed when they were entered or changed, when the last booking ends, when the contract ends; of our own
interpreters as long as they may be chosen. The time is a deadline rule, which the administrator changes.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import cache
from typing import Any

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext as _

from core import deadlines, personal
from core.choices import DataClass
from core.deadlines import Deadline
from core.errors import DomainError
from core.models import PersonalValue
from resources.models import Booking, Resource
from resources.models.resources import CONTACT_FIELDS, CONTACT_PURPOSE

KEPT_RULE = "SERVICE_CONTACTS_KEPT"


def keep(resource: Resource, contacts: dict[str, str]) -> None:
    """Write what is given of telephone and mail, with the day they are erased."""
    holder = Resource(pk=resource.pk)
    for field in CONTACT_FIELDS:
        if field in contacts:
            personal.set_value(
                holder, field, contacts[field], purpose=CONTACT_PURPOSE, data_class=DataClass.CONTACT
            )
    if end := end_of(resource):
        personal.set_end(holder, purpose=CONTACT_PURPOSE, erase_on=end.due_on)


def end_of(resource: Resource) -> Deadline | None:
    """When the contacts are erased and why; None where nothing is kept or no rule is in force."""
    row = _kept().filter(pk=resource.pk).first()
    return _end(row, deadlines.compute, timezone.localdate()) if row else None


def bring_up_to_date(today: datetime.date) -> int:
    """Set the ends anew, for people are booked and rules change; core erases what is due. Returns 0."""
    compute = cache(deadlines.compute)
    for row in _kept().iterator(chunk_size=500):
        end = _end(row, compute, today)
        if end and end.due_on != row.contacts_until:
            personal.set_end(Resource(pk=row.pk), purpose=CONTACT_PURPOSE, erase_on=end.due_on)
    return 0


def _kept() -> QuerySet[Any]:
    """Those with contacts: `contacts_entered`, `contacts_until` and `last_booked` beside them."""
    values = PersonalValue.objects.filter(holder_type=Resource._meta.label_lower, purpose=CONTACT_PURPOSE)
    of_one = values.filter(holder_pk=OuterRef("pk")).order_by().values("holder_pk")
    booked = Booking.objects.filter(resource=OuterRef("pk")).order_by().values("resource")
    return (
        Resource.objects.filter(pk__in=values.values("holder_pk"))
        .select_related("interpreter")
        .annotate(
            contacts_entered=Subquery(of_one.annotate(at=Max("updated_at")).values("at")),
            contacts_until=Subquery(of_one.annotate(on=Max("erase_on")).values("on")),
            last_booked=Subquery(booked.annotate(at=Max(Upper("period"))).values("at")),
        )
    )


def _end(row: Any, compute: Callable[..., Deadline], today: datetime.date) -> Deadline | None:
    interpreter = getattr(row, "interpreter", None)
    needed = [
        timezone.localdate(row.contacts_entered),
        *([timezone.localdate(row.last_booked)] if row.last_booked else []),
        *([interpreter.contract_until] if interpreter and interpreter.contract_until else []),
        *([today] if interpreter and interpreter.is_staff and row.is_active else []),
    ]
    try:
        return compute(KEPT_RULE, max(needed), event=_("Last needed: entered, booked or under contract"))
    except DomainError:
        return None
