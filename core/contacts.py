"""Telephone and mail of people outside the house: kept apart from their row, encrypted, until the day a rule gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models, transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from core import audit, deadlines, personal
from core.actor import Actor
from core.choices import DataClass
from core.deadlines import Deadline
from core.models import PersonalValue

Compute = Callable[..., Deadline]


@dataclass(frozen=True)
class KeptContacts:
    """The contacts of one kind of holder.

    `end_of(holder, compute)` says when they are erased and why, by a rule of `core.deadlines` (`compute` is its function, or
    one that remembers); None where nothing is kept or no rule is in force: that is never taken for "at once".
    """

    model: type[models.Model]
    purpose: str
    fields: tuple[str, ...]
    end_of: Callable[[Any, Compute], Deadline | None]

    def values(self) -> QuerySet[PersonalValue]:
        return PersonalValue.objects.filter(holder_type=self.model._meta.label_lower, purpose=self.purpose)

    def holders(self) -> Any:
        """Whose contacts are kept, each with the day of their end as `contacts_until`."""
        first = self.values().filter(holder_pk=OuterRef("pk")).order_by("erase_on").values("erase_on")[:1]
        kept = self.model._default_manager.filter(pk__in=self.values().values("holder_pk"))
        return kept.annotate(contacts_until=Subquery(first))

    def keep(self, holder: models.Model, contacts: dict[str, str]) -> None:
        """Write what is given of telephone and mail, with the day they are erased."""
        self._write(holder, contacts)
        self.set_end(holder)

    def _write(self, holder: models.Model, contacts: dict[str, str]) -> None:
        for field in self.fields:
            if field in contacts:
                personal.set_value(
                    self._row(holder),
                    field,
                    contacts[field],
                    purpose=self.purpose,
                    data_class=DataClass.CONTACT,
                )

    def set_end(self, holder: models.Model, compute: Compute = deadlines.compute) -> None:
        """Write the day of the end beside the values."""
        end = self.end_of(holder, compute)
        if end and end.due_on != getattr(holder, "contacts_until", None):
            personal.set_end(self._row(holder), purpose=self.purpose, erase_on=end.due_on)

    def bring_up_to_date(self, holders: Iterable[Any]) -> int:
        """Set the ends anew, for facts and rules change; core erases what is due. Returns 0: nothing is erased here."""
        compute = cache(deadlines.compute)  # as many questions as there are days, not as there are people
        for holder in holders:
            self.set_end(holder, compute)
        return 0

    def _row(self, holder: models.Model) -> models.Model:
        return holder if type(holder) is self.model else self.model(pk=holder.pk)


@dataclass(frozen=True)
class CheckedContacts(KeptContacts):
    """Contacts whose time begins anew whenever somebody looks and finds them right (`contacts_checked_on` of the holder)."""

    noun: str = ""  # of the actions in the audit trail: "person.contacts_checked"

    def keep(self, holder: models.Model, contacts: dict[str, str]) -> None:
        """Write what is given; whoever enters them has checked them."""
        self._write(holder, contacts)
        if self.values().filter(holder_pk=holder.pk).exists():
            self._checked(holder)

    @transaction.atomic
    def confirm(self, holder: models.Model, *, by: Actor) -> None:
        """Somebody looked and found them right."""
        self._checked(holder)
        audit.record(f"{self.noun}.contacts_checked", holder, by=by)

    @transaction.atomic
    def erase(self, holder: models.Model, *, by: Actor) -> int:
        """Erase telephone and mail for good; returns how many values went."""
        count = personal.erase(holder, purpose=self.purpose)
        self.model._default_manager.filter(pk=holder.pk).update(contacts_checked_on=None)
        audit.record(f"{self.noun}.contacts_erased", holder, by=by, count=count)
        return count

    def _checked(self, holder: Any) -> None:
        holder.contacts_checked_on = timezone.localdate()
        self.model._default_manager.filter(pk=holder.pk).update(
            contacts_checked_on=holder.contacts_checked_on
        )
        self.set_end(holder)
