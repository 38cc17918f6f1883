"""How long a partner's person's telephone and mail are kept.

Contacts end a time after somebody last checked them, or, sooner, a time after the person's last post ended; both times
are deadline rules, which the administrator changes. They are brought up to date each day before anything is erased.
"""

from __future__ import annotations

import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core import deadlines
from core.contacts import CheckedContacts, Compute
from core.deadlines import Deadline
from core.errors import DomainError
from partners.models import Person
from partners.models.people import CONTACT_FIELDS, CONTACT_PURPOSE

CHECKED_RULE = "PARTNER_CONTACTS_CHECKED"
POST_RULE = "PARTNER_CONTACTS_POST_ENDED"
TOLD_BEFORE = datetime.timedelta(days=30)


def end_of(person: Person, compute: Compute = deadlines.compute) -> Deadline | None:
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


def bring_up_to_date(today: datetime.date) -> int:
    """Set the ends anew, for posts end and rules change. Returns 0: core erases what is due."""
    people = CONTACTS.holders().with_posts()
    for person in people.filter(contacts_checked_on=None):  # kept before contacts had an end
        person.contacts_checked_on = timezone.localdate(person.updated_at)
        Person.objects.filter(pk=person.pk).update(contacts_checked_on=person.contacts_checked_on)
    return CONTACTS.bring_up_to_date(people.iterator(chunk_size=500))


def ending(today: datetime.date) -> QuerySet[Person]:
    """Whose contacts are erased within a month unless somebody checks them, the nearest first."""
    soon = CONTACTS.holders().filter(contacts_until__lte=today + TOLD_BEFORE)
    return soon.order_by("contacts_until", "sort_key")


def _last_post_ended(person: Person) -> datetime.date | None:
    """The last day of the last post; None while one is held or none is written down."""
    ends = [post.ends_on for post in person.posts.all()]
    if not ends or None in ends:
        return None
    last = max(day for day in ends if day)
    return last if last < timezone.localdate() else None


CONTACTS = CheckedContacts(Person, CONTACT_PURPOSE, CONTACT_FIELDS, end_of, noun="person")
keep, confirm, erase, set_end = CONTACTS.keep, CONTACTS.confirm, CONTACTS.erase, CONTACTS.set_end
