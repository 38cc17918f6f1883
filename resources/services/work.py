"""What interpreters did: hours from the bookings unless said otherwise, the fee from the hours, how it went."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.actor import Actor
from core.errors import DomainError, StaleWriteError
from core.models import acted_by
from matters.models import Matter
from matters.services import lock_matter
from resources.choices import ResourceKind
from resources.models import Booking, Interpreter, InterpreterWork
from resources.services.directory import parent_of

QUARTER = Decimal("0.25")


@dataclass(frozen=True)
class Work:
    """One interpreter's work for one matter: booked time, and what was said of it afterwards."""

    interpreter: Interpreter
    matter_id: int
    minutes: int
    begins_at: datetime.datetime | None
    ends_at: datetime.datetime | None
    row: InterpreterWork | None

    @property
    def booked_hours(self) -> Decimal:
        """Begun quarters of an hour are paid."""
        return -(-self.minutes // 15) * QUARTER

    @property
    def hours(self) -> Decimal:
        return self.booked_hours if self.row is None or self.row.hours is None else self.row.hours

    @property
    def is_paid(self) -> bool:
        """Our own people work for their wages."""
        return not (self.interpreter.is_staff and self.interpreter.fee is None)

    @property
    def cost(self) -> Decimal | None:
        """None when the fee is not known: it is never a zero by itself."""
        return None if self.interpreter.fee is None else self.interpreter.fee * self.hours

    @property
    def is_covered(self) -> bool:
        """A contract holds from the first hour to the last."""
        return all(
            moment is None or self.interpreter.is_under_contract(timezone.localdate(moment))
            for moment in (self.begins_at, self.ends_at)
        )

    @property
    def may_be_rated(self) -> bool:
        return self.begins_at is not None and self.begins_at <= timezone.now()


def works_of_matter(matter: Matter) -> list[Work]:
    """Everyone who interprets in the matter, by name."""
    return works_of_matters([matter.pk])[matter.pk]


def works_of_matters(
    matters: Iterable[int], *, bookings: Iterable[Booking] | None = None
) -> dict[int, list[Work]]:
    """The same of many matters at once, in three queries; bookings a page has read are handed over."""
    pks = list(matters)
    spans: dict[tuple[int, int], list[Any]] = {}
    if bookings is None:
        bookings = Booking.objects.filter(matter__in=pks, resource__kind=ResourceKind.INTERPRETER)
    for row in bookings:
        if row.matter_id in pks:
            spans.setdefault((row.matter_id, row.resource_id), []).append(row.period)
    known = {
        (row.matter_id, row.interpreter_id): row for row in InterpreterWork.objects.filter(matter__in=pks)
    }
    people = Interpreter.objects.in_bulk({interpreter for _matter, interpreter in (*known, *spans)})
    found: dict[int, list[Work]] = {pk: [] for pk in pks}
    for matter_id, interpreter_id in sorted({*known, *spans}):
        if person := people.get(interpreter_id):
            at = (matter_id, interpreter_id)
            found[matter_id].append(_work(person, matter_id, spans.get(at, []), known.get(at)))
    for works in found.values():
        works.sort(key=lambda work: work.interpreter.sort_key)
    return found


def works_of_interpreter(interpreter: Interpreter, user: Any) -> list[tuple[Matter, Work]]:
    """The interpreter's work matter by matter, the newest first; only matters this person may see."""
    spans: dict[int, list[Any]] = {}
    for pk, period in Booking.objects.filter(resource_id=interpreter.pk, matter__isnull=False).values_list(
        "matter_id", "period"
    ):
        spans.setdefault(pk, []).append(period)
    known = {row.matter_id: row for row in InterpreterWork.objects.filter(interpreter_id=interpreter.pk)}
    matters = Matter.objects.visible_to(user).filter(pk__in={*spans, *known})
    works = [(row, _work(interpreter, row.pk, spans.get(row.pk, []), known.get(row.pk))) for row in matters]
    never = datetime.datetime.min.replace(tzinfo=datetime.UTC)
    return sorted(works, key=lambda pair: (pair[1].begins_at or never, pair[0].pk), reverse=True)


@transaction.atomic
def record_work(
    interpreter: Interpreter,
    matter: Matter,
    *,
    by: Actor,
    revision: int | None = None,
    hours: Decimal | None = None,
    rating: int | None = None,
    words: str = "",
) -> InterpreterWork:
    """Say how long the interpreter really worked and how it went; once a matter, changed by the same verb."""
    lock_matter(matter.pk)
    rows = InterpreterWork.objects.select_for_update(of=("self",))
    row = rows.filter(interpreter_id=interpreter.pk, matter_id=matter.pk).first()
    spans = list(
        Booking.objects.of_matter(matter).filter(resource_id=interpreter.pk).values_list("period", flat=True)
    )
    if row is None and not spans:
        raise DomainError(_("This interpreter does not work in the matter."))
    if spans and min(span.lower for span in spans) > timezone.now():
        raise DomainError(_("The work has not begun yet."), field="rating" if rating else "hours")
    if rating is not None and not words.strip():
        raise DomainError(_("Say in a sentence how the work went."), field="words")
    if words.strip() and rating is None:
        raise DomainError(_("Choose a rating from 1 to 5."), field="rating")
    values = {"hours": hours, "rating": rating, "words": words.strip(), **acted_by(by)}
    if row is None:
        if revision:
            raise StaleWriteError(_("Somebody else has just changed this. Compare both texts."), theirs=None)
        row = InterpreterWork.objects.create(interpreter_id=interpreter.pk, matter_id=matter.pk, **values)
    else:
        for name, value in values.items():
            setattr(row, name, value)
        row.save_if_current(revision, list(values))
    audit.record(
        "interpreter.work_recorded", parent_of(interpreter), by=by, matter=matter, name=interpreter.name
    )
    return row


def _work(interpreter: Interpreter, matter_id: int, spans: list[Any], row: InterpreterWork | None) -> Work:
    return Work(
        interpreter=interpreter,
        matter_id=matter_id,
        minutes=_minutes(spans),
        begins_at=min((span.lower for span in spans), default=None),
        ends_at=max((span.upper for span in spans), default=None),
        row=row,
    )


def _minutes(spans: list[Any]) -> int:
    """How long they take together; what overlaps is counted once."""
    total, until = 0.0, None
    for span in sorted(spans, key=lambda one: one.lower):
        start = span.lower if until is None else max(span.lower, until)
        if span.upper > start:
            total += (span.upper - start).total_seconds()
        until = span.upper if until is None else max(until, span.upper)
    return round(total / 60)
