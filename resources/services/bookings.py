"""Who holds what, when: softly while a programme is drafted, firmly once it is approved."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.actor import Actor
from core.errors import DomainError
from core.models import acted_by
from matters.models import Matter
from matters.services import lock_matter
from resources.choices import ResourceKind
from resources.models import Booking, Car, Driver, Equipment, Hall, Interpreter, Resource

LOOK_AHEAD = datetime.timedelta(days=31)
CHILDREN: dict[str, type[Resource]] = {
    ResourceKind.INTERPRETER: Interpreter,
    ResourceKind.CAR: Car,
    ResourceKind.DRIVER: Driver,
    ResourceKind.HALL: Hall,
    ResourceKind.EQUIPMENT: Equipment,
}


class ResourceTakenError(DomainError):
    """Somebody else holds the resource; the message names the holder and offers a way out."""

    def __init__(
        self,
        message: str,
        *,
        taken: Booking | None,
        free: list[Resource],
        again: tuple[datetime.datetime, datetime.datetime] | None = None,
    ) -> None:
        super().__init__(message)
        self.taken = taken
        self.free = free
        self.again = again  # when this very resource has as long a time free


@dataclass(frozen=True)
class Wish:
    """What one part of a matter needs: the resource, when and for what. `key` names the part, "item:12"."""

    resource_id: int
    key: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    what: str


@dataclass(frozen=True)
class Clash:
    """Two bookings of one resource that overlap: `mine` is of the matter asked about."""

    mine: Booking
    other: Booking

    @property
    def resource(self) -> Resource:
        return self.mine.resource


@transaction.atomic
def hold(matter: Matter, wishes: Iterable[Wish], *, by: Actor) -> list[Booking]:
    """Make the matter's bookings exactly these. New and moved ones are soft: they warn and refuse nobody.

    A firm booking that did not move stays firm; one that moved is soft until it is confirmed again.
    """
    lock_matter(matter.pk)
    known = {(row.resource_id, row.key): row for row in Booking.objects.of_matter(matter)}
    kept: list[Booking] = []
    new: list[Booking] = []
    for wish in wishes:
        row = known.pop((wish.resource_id, wish.key), None)
        if row is None:
            new.append(_soft(matter, wish, by))
        else:
            _move(row, wish)
            kept.append(row)
    if known:
        Booking.objects.filter(pk__in=[row.pk for row in known.values()]).delete()
    return kept + Booking.objects.bulk_create(new)


@transaction.atomic
def confirm(matter: Matter, *, by: Actor) -> int:
    """Make every booking of the matter firm; refused as a whole when somebody was first. Returns how many."""
    lock_matter(matter.pk)
    soft = list(
        Booking.objects.of_matter(matter).filter(is_firm=False).select_related("resource").order_by("pk")
    )
    _lock_resources(row.resource_id for row in soft)
    try:
        with transaction.atomic():
            Booking.objects.filter(pk__in=[row.pk for row in soft]).update(
                is_firm=True, updated_at=timezone.now()
            )
    except IntegrityError as error:
        raise _taken(soft, by) from error
    if soft:
        audit.record("resource.booked", matter, by=by, matter=matter, count=len(soft))
    return len(soft)


@transaction.atomic
def book(
    resource: Resource,
    starts_at: datetime.datetime,
    ends_at: datetime.datetime,
    *,
    matter: Matter,
    what: str,
    by: Actor,
    key: str = "",
) -> Booking:
    """Book one resource firmly, at once."""
    lock_matter(matter.pk)
    _refuse_backwards(starts_at, ends_at)
    _lock_resources([resource.pk])
    booking = _soft(matter, Wish(resource.pk, key or "by-hand", starts_at, ends_at, what), by)
    booking.is_firm = True
    try:
        with transaction.atomic():
            booking.save()
    except IntegrityError as error:
        raise _taken([booking], by) from error
    audit.record("resource.booked", booking, by=by, matter=matter, name=resource.name, what=what)
    return booking


@transaction.atomic
def block(
    resource: Resource, starts_at: datetime.datetime, ends_at: datetime.datetime, *, what: str, by: Actor
) -> Booking:
    """Say that a resource is away (leave, repair) for a time; refused while something is firm in it."""
    _refuse_backwards(starts_at, ends_at)
    _lock_resources([resource.pk])
    booking = Booking(
        resource=resource, period=DateTimeTZRange(starts_at, ends_at), what=what, is_firm=True, **acted_by(by)
    )
    try:
        with transaction.atomic():
            booking.save()
    except IntegrityError as error:
        raise _taken([booking], by) from error
    audit.record("resource.blocked", Resource(pk=resource.pk, name=resource.name), by=by, what=what)
    return booking


@transaction.atomic
def release(booking: Booking, *, by: Actor) -> None:
    audit.record("resource.released", booking.resource, by=by, matter=booking.matter_id, what=booking.what)
    booking.delete()


@transaction.atomic
def release_matter(matter: Matter, *, by: Actor) -> int:
    """Let go of everything the matter holds; returns how many bookings went."""
    count, _rows = Booking.objects.of_matter(matter).delete()
    if count:
        audit.record("resource.released", matter, by=by, matter=matter, count=count)
    return count


def free_resources(
    kind: str,
    starts_at: datetime.datetime,
    ends_at: datetime.datetime,
    *,
    language: str = "",
    seats: int = 0,
    but_for: int | None = None,
) -> Any:
    """Resources of the kind nobody holds in that time: of the language, or with seats enough, when asked."""
    found = CHILDREN[kind]._default_manager.active().free(starts_at, ends_at, but_for=but_for)
    if language and kind == ResourceKind.INTERPRETER:
        found = found.speaking(language)
    if seats and kind in (ResourceKind.CAR, ResourceKind.HALL):
        found = found.filter(seats__gte=seats).order_by("seats", "sort_key")
    return found


def next_free(
    resource: Resource,
    starts_at: datetime.datetime,
    ends_at: datetime.datetime,
    *,
    but_for: int | None = None,
) -> tuple[datetime.datetime, datetime.datetime] | None:
    """The first time as long as asked, not before it, in which nobody holds the resource; a month ahead at most.

    Drafts of others count as held: what is offered should be quiet.
    """
    length = ends_at - starts_at
    held = Booking.objects.within(starts_at, ends_at + LOOK_AHEAD).filter(resource_id=resource.pk)
    if but_for:
        held = held.exclude(matter_id=but_for)
    begin = starts_at
    for period in held.order_by("period").values_list("period", flat=True):
        if period.lower >= begin + length:
            break
        begin = max(begin, period.upper)
    return (begin, begin + length) if begin < ends_at + LOOK_AHEAD else None


def clashes(matter: Matter) -> list[Clash]:
    """Every pair of overlapping bookings of one resource where one is this matter's; two queries."""
    mine = list(Booking.objects.of_matter(matter).select_related("resource").order_by("period", "pk"))
    if not mine:
        return []
    others = Booking.objects.filter(
        resource__in={row.resource_id for row in mine},
        period__overlap=DateTimeTZRange(min(r.starts_at for r in mine), max(r.ends_at for r in mine)),
    ).select_related("matter", "resource")
    by_resource: dict[int, list[Booking]] = {}
    for row in others:
        by_resource.setdefault(row.resource_id, []).append(row)
    return [
        Clash(row, other)
        for row in mine
        for other in by_resource.get(row.resource_id, ())
        if other.pk != row.pk
        and row.starts_at < other.ends_at
        and other.starts_at < row.ends_at
        and (other.matter_id != row.matter_id or row.pk < other.pk)
    ]


def holder_words(booking: Booking, user: Any) -> str:
    """What a person may know of a booking: for what and of which matter, if she may see that matter."""
    if booking.matter_id is None:
        return booking.what
    if user is not None and not Matter.objects.visible_to(user).filter(pk=booking.matter_id).exists():
        return _("another matter")
    return f"{booking.what} ({booking.matter.number})"


def time_words(starts_at: datetime.datetime, ends_at: datetime.datetime) -> str:
    """The office's clock: "2026-06-17 15.00–16.30"; the second day is named when it is another."""
    start, end = timezone.localtime(starts_at), timezone.localtime(ends_at)
    tail = f"{end:%-H.%M}" if start.date() == end.date() else f"{end:%Y-%m-%d %-H.%M}"
    return f"{start:%Y-%m-%d %-H.%M}–{tail}"


def _lock_resources(pks: Iterable[int]) -> None:
    """One writer of firm bookings a resource, in order of keys: two at once would deadlock in the exclusion."""
    list(
        Resource.objects.select_for_update(no_key=True)
        .filter(pk__in=set(pks))
        .order_by("pk")
        .values_list("pk")
    )


def _taken(wanted: list[Booking], by: Actor) -> ResourceTakenError:
    """The refusal for the first of the wanted that somebody else holds firmly."""
    for row in wanted:
        taken = (
            Booking.objects.firm()
            .within(row.period.lower, row.period.upper)
            .filter(resource_id=row.resource_id)
            .exclude(pk=row.pk)
            .select_related("resource", "matter")
            .first()
        ) or next((other for other in wanted if other is not row and _overlap(row, other)), None)
        if taken is None:
            continue
        free = _instead(row)
        again = next_free(row.resource, row.starts_at, row.ends_at, but_for=row.matter_id)
        words = {
            "name": row.resource.name,
            "when": time_words(taken.starts_at, taken.ends_at),
            "holder": holder_words(taken, by.user),
            "free": ", ".join(resource.name for resource in free),
            "again": time_words(*again) if again else "",
        }
        if free:
            message = _("%(name)s is taken %(when)s: %(holder)s. Free then: %(free)s.") % words
        else:
            message = _("%(name)s is taken %(when)s: %(holder)s. Nobody else is free then.") % words
        if again:
            message += " " + _("%(name)s is free again %(again)s.") % words
        return ResourceTakenError(message, taken=taken, free=free, again=again)
    return ResourceTakenError(_("Somebody has just booked the same. Look again."), taken=None, free=[])


def _instead(row: Booking) -> list[Resource]:
    """Up to three others that could do the same work then."""
    child = row.resource.child()
    found = free_resources(
        row.resource.kind, row.period.lower, row.period.upper, seats=getattr(child, "seats", 0) or 0
    ).exclude(pk=row.resource_id)
    if row.resource.kind == ResourceKind.INTERPRETER:
        found = found.speaking(*child.foreign_languages)
    return list(found[:3])


def _overlap(one: Booking, other: Booking) -> bool:
    return (
        one.resource_id == other.resource_id
        and one.period.lower < other.period.upper
        and other.period.lower < one.period.upper
    )


def _move(row: Booking, wish: Wish) -> None:
    period = DateTimeTZRange(wish.starts_at, wish.ends_at)
    moved = (row.starts_at, row.ends_at) != (wish.starts_at, wish.ends_at)
    if not moved and row.what == wish.what[:200]:
        return
    row.period, row.what, row.is_firm = period, wish.what[:200], row.is_firm and not moved
    row.save(update_fields=["period", "what", "is_firm", "updated_at"])


def _soft(matter: Matter, wish: Wish, by: Actor) -> Booking:
    return Booking(
        resource_id=wish.resource_id,
        matter_id=matter.pk,
        key=wish.key,
        period=DateTimeTZRange(wish.starts_at, wish.ends_at),
        what=wish.what[:200],
        **acted_by(by),
    )


def _refuse_backwards(starts_at: datetime.datetime, ends_at: datetime.datetime) -> None:
    if ends_at <= starts_at:
        raise DomainError(_("The end must be later than the beginning."), field="ends_at")
