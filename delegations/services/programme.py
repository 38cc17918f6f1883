"""The programme of a visit: add, change, move, shift, remove, restore; bookings follow every change."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actor import Actor
from core.dates import day_words
from core.errors import DomainError
from delegations.choices import ItemKind, Progress
from delegations.models import Festival, ItemParticipant, ItemResource, ItemText, Member, ProgrammeItem, Visit
from delegations.models.programme import DAYS_TO_RESTORE
from delegations.services.meetings import withdraw_of
from delegations.services.state import Planned, changed, lock_holder, lock_programme
from resources import services as resources
from resources.models import Resource

FIELDS = (
    "kind",
    "on",
    "starts",
    "ends",
    "part",
    "until_on",
    "place",
    "to_place",
    "host",
    "host_name",
    "is_for_all",
    "is_open_to_press",
    "is_fixed",
    "notes",
)
LONGEST_OVER_MIDNIGHT = 12 * 60  # minutes; beyond that the hours were rather mistyped
TIME_FIELDS = ["on", "starts", "ends", "part", "until_on", "zone", "period"]

Texts = dict[str, tuple[str, str]]  # language -> (title, description)


@transaction.atomic
def add_item(
    matter: Planned,
    *,
    by: Actor,
    texts: Texts,
    participants: Iterable[Member] = (),
    served_by: Iterable[Resource] = (),
    **fields: Any,
) -> ProgrammeItem:
    """Add an item to the programme. Raises DomainError with the field that is wrong."""
    matter = lock_programme(matter)
    item = put_item(
        matter,
        _new(matter, fields),
        texts=texts,
        participants=participants,
        served_by=served_by,
    )
    hold(matter, by)
    changed(matter, "item.added", item, by, title=texts["lt"][0])
    return item


def put_item(
    matter: Planned,
    item: ProgrammeItem,
    *,
    texts: Texts,
    participants: Iterable[Member] = (),
    served_by: Iterable[Resource] = (),
) -> ProgrammeItem:
    """Write a new item of a locked visit; who puts several holds their bookings and says so once at the end."""
    _check(matter, item, texts)
    item.set_period()
    item.save()
    _write_texts(item, texts)
    _write_parts(item, participants, served_by)
    return item


@transaction.atomic
def change_item(
    item: ProgrammeItem,
    *,
    by: Actor,
    revision: int | None,
    texts: Texts | None = None,
    participants: Iterable[Member] | None = None,
    served_by: Iterable[Resource] | None = None,
    **fields: Any,
) -> ProgrammeItem:
    """Change an item; somebody else's change in between is refused with both texts (StaleWriteError)."""
    matter = lock_holder(item)
    item = current_item(item)
    for name, value in fields.items():
        setattr(item, name, value)
    _check(matter, item, texts)
    item.set_period()
    item.save_if_current(revision, sorted({*fields, "zone", "period"}))
    if texts is not None:
        _write_texts(item, texts)
    _write_parts(item, participants, served_by)
    hold(matter, by)
    changed(matter, "item.changed", item, by, title=item.title_in("lt"), fields=sorted(fields))
    return item


@transaction.atomic
def change_participants(item: ProgrammeItem, members: Iterable[Member], *, by: Actor) -> None:
    """Say who takes part: nobody named means all the guests."""
    members = list(members)
    change_item(item, by=by, revision=None, participants=members, is_for_all=not members)


@transaction.atomic
def move_item(
    item: ProgrammeItem,
    *,
    by: Actor,
    on: datetime.date,
    starts: datetime.time | None = None,
    revision: int | None = None,
) -> ProgrammeItem:
    """Move an item to another day or hour; it lasts as long as it did."""
    matter = lock_holder(item)
    item = current_item(item)
    _place_at(item, on, starts)
    _check(matter, item, None)
    item.set_period()
    item.save_if_current(revision, TIME_FIELDS)
    hold(matter, by)
    changed(
        matter, "item.moved", item, by, title=item.title_in("lt"), to=f"{item.on.isoformat()} {item.hours}"
    )
    return item


def _place_at(item: ProgrammeItem, on: datetime.date, starts: datetime.time | None) -> None:
    """Put the item on the clock anew, keeping its length and nights."""
    if item.until_on:
        item.until_on += on - item.on
    item.on = on
    if starts is None or starts == item.starts:
        return
    if item.starts and item.ends:
        item.ends = _add(starts, _length(item.starts, item.ends))
    item.starts, item.part = starts, ""


@dataclass(frozen=True)
class Shift:
    """What would become of one item: `to` is None when it stays, with the reason."""

    item: ProgrammeItem
    to: datetime.time | None
    to_end: datetime.time | None
    reason: str = ""

    def is_stuck(self, matter: Planned) -> bool:
        """It has to move and cannot."""
        return self.to is None and not self.item.is_fixed and self.item.holder_id == matter.pk


def preview_shift(matter: Planned, *, on: datetime.date, since: datetime.time, minutes: int) -> list[Shift]:
    """What "shift the rest by N minutes" would do to the day from this hour on; fixed and shared items stay."""
    rows = matter.programme.alive().filter(on=on, starts__gte=since).exclude(kind=ItemKind.ACCOMMODATION)
    found = []
    for item in (
        rows.order_by("starts", "pk").select_related("place", "to_place", "host").prefetch_related("texts")
    ):
        assert item.starts is not None
        if item.is_fixed:
            found.append(Shift(item, None, None, _("fixed")))
        elif item.holder_id != matter.pk:
            found.append(Shift(item, None, None, _("shared by the delegations of the festival")))
        elif _leaves_day(item.starts, minutes):
            found.append(Shift(item, None, None, _("it would leave this day")))
        else:
            end = _add(item.ends, minutes) if item.ends else None
            found.append(Shift(item, _add(item.starts, minutes), end))
    return found


@transaction.atomic
def shift_rest(
    matter: Planned, *, on: datetime.date, since: datetime.time, minutes: int, by: Actor
) -> list[Shift]:
    """Do exactly what the preview said; refused when an item would leave the day or nothing would move."""
    if not minutes or abs(minutes) > 12 * 60:
        raise DomainError(_("Give minutes from −720 to 720, not zero."), field="minutes")
    matter = lock_programme(matter)
    shifts = preview_shift(matter, on=on, since=since, minutes=minutes)
    if stuck := next((one for one in shifts if one.is_stuck(matter)), None):
        raise DomainError(
            _("%(title)s would leave this day. Shift by fewer minutes.") % {"title": stuck.item.title},
            field="minutes",
        )
    moving = [one for one in shifts if one.to]
    if not moving:
        raise DomainError(_("Nothing can be shifted: no item follows, or all are fixed."))
    for one in moving:
        one.item.starts, one.item.ends = one.to, one.to_end
        one.item.set_period()
        one.item.save_if_current(None, TIME_FIELDS)
    hold(matter, by)
    changed(matter, "items.shifted", matter, by, day=on.isoformat(), minutes=minutes, count=len(moving))
    return shifts


@transaction.atomic
def remove_item(item: ProgrammeItem, *, by: Actor) -> ProgrammeItem:
    """Take an item out; it can be put back for thirty days."""
    matter = lock_holder(item)
    item = current_item(item, alive=False)
    if item.deleted_at is None:
        item.deleted_at, item.deleted_by_name = timezone.now(), by.label[:200]
        item.save_if_current(None, ["deleted_at", "deleted_by_name"])
        hold(matter, by)
        if isinstance(matter, Visit):
            withdraw_of(matter, item=item, by=by)
        changed(matter, "item.removed", item, by, title=item.title_in("lt"))
    return item


@transaction.atomic
def restore_item(item: ProgrammeItem, *, by: Actor) -> ProgrammeItem:
    matter = lock_holder(item)
    item = current_item(item, alive=False)
    if item.deleted_at is None:
        return item
    if timezone.now() - item.deleted_at > datetime.timedelta(days=DAYS_TO_RESTORE):
        raise DomainError(_("It was removed more than 30 days ago and cannot be put back."))
    _check(matter, item, None)
    item.deleted_at, item.deleted_by_name = None, ""
    item.save_if_current(None, ["deleted_at", "deleted_by_name"])
    hold(matter, by)
    changed(matter, "item.restored", item, by, title=item.title_in("lt"))
    return item


@transaction.atomic
def swap_resource(item: ProgrammeItem, old: Resource, new: Resource | None, *, by: Actor) -> ProgrammeItem:
    """Another interpreter, car or hall serves the item instead; None takes the old one off."""
    matter = lock_holder(item)
    item = current_item(item)
    if new is not None and new.kind != old.kind:
        raise DomainError(_("Choose one of the same kind."))
    ItemResource.objects.filter(item=item, resource=old).delete()
    if new is not None:
        ItemResource.objects.get_or_create(item=item, resource=new)
    item.save_if_current(None, ["zone"])
    hold(matter, by)
    changed(matter, "item.served_by", item, by, title=item.title_in("lt"), name=new.name if new else "")
    return item


# --- inside -------------------------------------------------------------------------------------------------


def _new(matter: Planned, fields: dict[str, Any]) -> ProgrammeItem:
    """An item of a visit, or one that the delegations of a festival share."""
    if isinstance(matter, Festival):
        return ProgrammeItem(festival=matter, **fields)
    return ProgrammeItem(visit=matter, **fields)


def current_item(item: ProgrammeItem, *, alive: bool = True) -> ProgrammeItem:
    row = (
        ProgrammeItem.objects.select_for_update(of=("self",))
        .select_related("place", "to_place", "host")
        .get(pk=item.pk)
    )
    if alive and row.deleted_at:
        raise DomainError(_("Somebody has removed this item. Put it back first."))
    return row


def _check(matter: Planned, item: ProgrammeItem, texts: Texts | None) -> None:
    if not matter.holds(item.on):
        raise DomainError(
            (
                _("The day is outside the festival: %(first)s to %(last)s.")
                if isinstance(matter, Festival)
                else _("The day is outside the visit: %(first)s to %(last)s.")
            )
            % {"first": day_words(matter.starts_on), "last": day_words(matter.ends_on)},
            field="on",
        )
    if item.starts is None and not item.part:
        raise DomainError(_("Give an hour, or a part of the day."), field="starts")
    if item.starts is None and item.ends is not None:
        raise DomainError(_("Give the hour it begins too."), field="starts")
    if item.starts is not None:
        item.part = ""
        if item.ends == item.starts:
            raise DomainError(_("The item ends at the minute it begins."), field="ends")
        if item.ends and item.ends < item.starts and _length(item.starts, item.ends) > LONGEST_OVER_MIDNIGHT:
            raise DomainError(
                _("The item ends before it begins: %(hours)s. Past midnight it may last 12 hours at most.")
                % {"hours": item.hours},
                field="ends",
            )
    _check_nights(matter, item)
    if texts is not None and not texts.get("lt", ("", ""))[0].strip():
        raise DomainError(_("Write the title in Lithuanian."), field="title_lt")


def _check_nights(matter: Planned, item: ProgrammeItem) -> None:
    if item.kind != ItemKind.ACCOMMODATION:
        item.until_on = None
        return
    if item.until_on is None:
        item.until_on = item.on + datetime.timedelta(days=1)
    if item.until_on <= item.on:
        raise DomainError(_("The guests leave the hotel on a later day than they come."), field="until_on")
    if item.until_on > matter.ends_on + datetime.timedelta(days=1):
        raise DomainError(_("The nights go beyond the visit."), field="until_on")


def _write_texts(item: ProgrammeItem, texts: Texts) -> None:
    kept = {code: text for code, text in texts.items() if text[0].strip()}
    item.texts.exclude(language__in=kept).delete()
    for code, (title, description) in kept.items():
        ItemText.objects.update_or_create(
            item=item, language=code, defaults={"title": title.strip(), "description": description.strip()}
        )
    item._prefetched_objects_cache = {}  # type: ignore[attr-defined]


def _write_parts(
    item: ProgrammeItem, participants: Iterable[Member] | None, served_by: Iterable[Resource] | None
) -> None:
    if participants is not None:
        wanted = set() if item.is_for_all else {member.pk for member in participants}
        item.participants.exclude(member__in=wanted).delete()
        ItemParticipant.objects.bulk_create(
            (ItemParticipant(item=item, member_id=pk) for pk in wanted), ignore_conflicts=True
        )
    if served_by is not None:
        serving = {resource.pk for resource in served_by}
        item.resources.exclude(resource__in=serving).delete()
        ItemResource.objects.bulk_create(
            (ItemResource(item=item, resource_id=pk) for pk in serving), ignore_conflicts=True
        )


def hold(matter: Planned, by: Actor) -> None:
    """Bookings are exactly what the programme asks for: soft in a draft, firm once approved."""
    rows = (
        ItemResource.objects.filter(
            item__in=matter.items.all(),  # type: ignore[union-attr]
            item__deleted_at=None,
            item__period__isnull=False,
        )
        .exclude(item__progress=Progress.CANCELLED)
        .select_related("item")
        .prefetch_related("item__texts")
    )
    resources.hold(
        matter,
        [
            resources.Wish(
                row.resource_id,
                f"item:{row.item_id}",
                row.item.period.lower,
                row.item.period.upper,
                row.item.title_in("lt"),
            )
            for row in rows
        ],
        by=by,
    )


def _minutes(time: datetime.time) -> int:
    return time.hour * 60 + time.minute


def _length(starts: datetime.time, ends: datetime.time) -> int:
    return (_minutes(ends) - _minutes(starts)) % (24 * 60)


def _add(time: datetime.time, minutes: int) -> datetime.time:
    total = (_minutes(time) + minutes) % (24 * 60)
    return datetime.time(total // 60, total % 60)


def _leaves_day(starts: datetime.time, minutes: int) -> bool:
    return not 0 <= _minutes(starts) + minutes < 24 * 60
