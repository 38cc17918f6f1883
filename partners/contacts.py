"""How long a partner's person's telephone and mail are kept, and the verbs that keep, confirm and erase them.

Contacts end a time after somebody last checked them, or, sooner, a time after the person's last post ended; both times
are deadline rules, which the administrator changes. They are brought up to date each day before anything is erased.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import cache
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit, deadlines, personal
from core.actor import Actor
from core.choices import DataClass
from core.deadlines import Deadline
from core.errors import DomainError
from core.models import PersonalValue
from partners.models import Person
from partners.models.people import CONTACT_FIELDS, CONTACT_PURPOSE

CHECKED_RULE = "PARTNER_CONTACTS_CHECKED"
POST_RULE = "PARTNER_CONTACTS_POST_ENDED"
TOLD_BEFORE = datetime.timedelta(days=30)


def end_of(person: Person, compute: Callable[..., Deadline] = deadlines.compute) -> Deadline | None:
    """When the contacts are erased and why; None where no rule is in force: it is never taken for "at once"."""
    checked = person.contacts_checked_on
    if checked is None:
        return None
    ends = []
    try:
        ends.append(compute(CHECKED_RULE, checked, event=_("Contacts checked")))
        if ended := _last_post_ended(person):
            start = max(ended, checked)  # entered after the post ended, they were wanted all the same
            ends.append(compute(POST_RULE, start, event=_("The last post ended")))
    except DomainError:
        return None
    return min(ends, key=lambda end: end.due_on)


def keep(person: Person, contacts: dict[str, str]) -> None:
    """Write what is given of telephone and mail; whoever enters them has checked them."""
    for field in CONTACT_FIELDS:
        if field in contacts:
            personal.set_value(
                person, field, contacts[field], purpose=CONTACT_PURPOSE, data_class=DataClass.CONTACT
            )
    if _values().filter(holder_pk=person.pk).exists():
        _checked(person)


@transaction.atomic
def confirm(person: Person, *, by: Actor) -> None:
    """Somebody looked and found them right: their time begins anew."""
    _checked(person)
    audit.record("person.contacts_checked", person, by=by)


@transaction.atomic
def erase(person: Person, *, by: Actor) -> int:
    """Erase the person's telephone and mail for good."""
    count = personal.erase(person, purpose=CONTACT_PURPOSE)
    Person.objects.filter(pk=person.pk).update(contacts_checked_on=None)
    audit.record("person.contacts_erased", person, by=by, count=count)
    return count


def set_end(person: Person) -> None:
    """Write the day of the end beside the values."""
    if end := end_of(person):
        personal.set_end(person, purpose=CONTACT_PURPOSE, erase_on=end.due_on)


def bring_up_to_date(today: datetime.date) -> int:
    """Set the ends anew, for posts end and rules change; core erases what is due. Returns 0: nothing is erased here."""
    compute = cache(deadlines.compute)  # as many questions as there are days, not as there are people
    people = _until(Person.objects.filter(pk__in=_values().values("holder_pk")))
    for person in people.with_posts().iterator(chunk_size=500):
        if person.contacts_checked_on is None:  # kept before contacts had an end
            person.contacts_checked_on = timezone.localdate(person.updated_at)
            Person.objects.filter(pk=person.pk).update(contacts_checked_on=person.contacts_checked_on)
        end = end_of(person, compute)
        if end and end.due_on != person.contacts_until:
            personal.set_end(person, purpose=CONTACT_PURPOSE, erase_on=end.due_on)
    return 0


def ending(today: datetime.date) -> QuerySet[Person]:
    """Whose contacts are erased within a month unless somebody checks them, the nearest first."""
    soon = _values().filter(erase_on__lte=today + TOLD_BEFORE)
    people = Person.objects.filter(pk__in=soon.values("holder_pk"))
    return _until(people).order_by("contacts_until", "sort_key")


def _values() -> QuerySet[PersonalValue]:
    return PersonalValue.objects.filter(holder_type=Person._meta.label_lower, purpose=CONTACT_PURPOSE)


def _until(people: Any) -> Any:
    first = _values().filter(holder_pk=OuterRef("pk")).order_by("erase_on").values("erase_on")[:1]
    return people.annotate(contacts_until=Subquery(first))


def _checked(person: Person) -> None:
    person.contacts_checked_on = timezone.localdate()
    Person.objects.filter(pk=person.pk).update(contacts_checked_on=person.contacts_checked_on)
    set_end(person)


def _last_post_ended(person: Person) -> datetime.date | None:
    """The last day of the last post; None while one is held or none is written down."""
    ends = [post.ends_on for post in person.posts.all()]
    if not ends or None in ends:
        return None
    last = max(day for day in ends if day)
    return last if last < timezone.localdate() else None
