"""The bank of facts that may be quoted until their day, found from the words of a claim."""

from __future__ import annotations

import datetime
from collections import Counter
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.actor import Actor
from core.errors import DomainError
from core.language import keys, tokens
from media_monitoring.models import Fact, FactRequest

SHORTEST = 4  # letters of a word that tells anything
MOST_TOLD = 5
ENOUGH = 2  # words a fact and a claim must share


def keys_of(*texts: str) -> list[str]:
    """Keys of the telling words, so that any form finds any other."""
    found: set[str] = set()
    for text in texts:
        for word in tokens(text):
            if len(word) >= SHORTEST or word.isdigit():
                found |= keys(word.lower())
    return sorted(key[:60] for key in found)


@transaction.atomic
def save_fact(fact: Fact, *, by: Actor, fields: list[str], revision: int | None = None) -> Fact:
    """Add or change a fact; a changed text must be approved anew."""
    if fact.valid_until < timezone.localdate():
        raise DomainError(_("This day is over: the fact could not be quoted."), field="valid_until")
    fact.keys = keys_of(fact.title, fact.text)
    is_new = fact.pk is None
    if is_new:
        fact.save()
    else:
        fact.approved_at = fact.approved_by = None
        fact.save_if_current(revision, [*fields, "keys", "approved_at", "approved_by"])
    audit.record("fact.added" if is_new else "fact.changed", fact, by=by, title=fact.title)
    return fact


@transaction.atomic
def keep_answer(request: FactRequest, *, title: str, valid_until: datetime.date, by: Actor) -> Fact:
    """A unit's answer becomes a fact to be approved."""
    if request.answered_at is None:
        raise DomainError(_("The unit has not answered yet."))
    if not title.strip():
        raise DomainError(_("Write what the fact is about."), field="title")
    day = timezone.localdate(request.answered_at).isoformat()
    fact = Fact(
        title=title.strip(),
        text=request.answer[:2000],
        unit=request.unit,
        source=_("%(whom)s, %(day)s, %(number)s")
        % {"whom": request.whom, "day": day, "number": request.matter.number},
        valid_until=valid_until,
        request=request,
    )
    return save_fact(fact, by=by, fields=[])


@transaction.atomic
def approve_fact(fact: Fact, *, by: Actor) -> Fact:
    """The head vouches that the fact may be quoted until its day."""
    fact = Fact.objects.select_for_update(of=("self",)).get(pk=fact.pk)
    if fact.approved_at:
        return fact  # a second press finds nothing to do
    if fact.valid_until < timezone.localdate():
        raise DomainError(_("The fact has expired. Change its day first."))
    fact.approved_at, fact.approved_by = timezone.now(), by.acting_for or by.user
    fact.save(update_fields=["approved_at", "approved_by", "updated_at"])
    audit.record("fact.approved", fact, by=by, title=fact.title)
    return fact


def touching(*texts: str, today: datetime.date | None = None) -> list[Any]:
    """Facts in force that share telling words with the texts, the nearest first."""
    wanted = set(keys_of(*texts))
    if not wanted:
        return []
    rows = Fact.objects.in_force(today or timezone.localdate()).filter(keys__overlap=sorted(wanted))
    shared = Counter({fact: len(wanted & set(fact.keys)) for fact in rows.select_related("unit")[:200]})
    return [fact for fact, count in shared.most_common(MOST_TOLD) if count >= ENOUGH]
