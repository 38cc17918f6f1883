"""Festivals: opened, changed, called off; delegations join and leave them."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.actor import Actor
from core.dates import day_words
from core.errors import DomainError
from delegations.choices import FestivalStatus, Progress
from delegations.models import Festival, ItemParticipant, Visit
from delegations.models.festivals import MAX_DAYS
from delegations.services.state import changed, lock_festival, lock_visit, move_festival
from matters.services import lock_matter, open_matter
from resources import services as resources

CHANGEABLE = ("title", "responsible", "purpose", "starts_on", "ends_on")


def _check_days(starts_on: datetime.date, ends_on: datetime.date) -> None:
    if ends_on < starts_on:
        raise DomainError(_("The last day is before the first."), field="ends_on")
    if (ends_on - starts_on).days >= MAX_DAYS:
        raise DomainError(
            _("A festival lasts 31 days at most. Check the month and year of both days."), field="ends_on"
        )


@transaction.atomic
def open_festival(*, by: Actor, **fields: Any) -> Festival:
    """Open a festival; its first step is to say which delegations come."""
    _check_days(fields["starts_on"], fields["ends_on"])
    festival = open_matter(Festival, kind="festival", by=by, year=fields["starts_on"].year, **fields)
    move_festival(festival, FestivalStatus.PREPARING)
    audit.record("festival.opened", festival, by=by, matter=festival)
    return festival


@transaction.atomic
def change_festival(festival: Festival, *, revision: int | None, by: Actor, **fields: Any) -> Festival:
    """Change what the festival is; days that hold shared items or its delegations cannot be cut off."""
    current = lock_festival(festival.pk)
    before = {name: getattr(current, name) for name in fields}
    for name, value in fields.items():
        setattr(current, name, value)
    _check_days(current.starts_on, current.ends_on)
    _refuse_lost(current)
    current.save_if_current(revision, list(fields))
    names = sorted(name for name in fields if before[name] != getattr(current, name))
    changed(current, "festival.changed", current, by, fields=names)
    return current


def _refuse_lost(festival: Festival) -> None:
    outside = festival.items.alive().exclude(on__range=(festival.starts_on, festival.ends_on))  # type: ignore[attr-defined]
    if item := outside.prefetch_related("texts").first():
        raise DomainError(
            _("An item would stay outside the festival: %(day)s, %(title)s. Move it first.")
            % {"day": day_words(item.on), "title": item.title},
            field="starts_on" if item.on < festival.starts_on else "ends_on",
        )
    for visit in festival.visits.alive():  # type: ignore[attr-defined]
        _refuse_other_days(
            visit, festival, field="starts_on" if visit.ends_on < festival.starts_on else "ends_on"
        )


def _refuse_other_days(visit: Visit, festival: Festival, *, field: str) -> None:
    if visit.ends_on < festival.starts_on or visit.starts_on > festival.ends_on:
        raise DomainError(
            _("The delegation is not here on the days of the festival: %(title)s, %(first)s to %(last)s.")
            % {
                "title": visit.title,
                "first": day_words(visit.starts_on),
                "last": day_words(visit.ends_on),
            },
            field=field,
        )


@transaction.atomic
def join_festival(visit: Visit, festival: Festival, *, by: Actor) -> Visit:
    """The delegation comes to the festival: what is shared stands in its programme from now on."""
    festival = lock_festival(festival.pk)
    visit = lock_visit(visit.pk)
    if visit.occasion_id == festival.pk:
        return visit
    if visit.occasion_id:
        raise DomainError(_("The delegation belongs to another festival already."), field="occasion")
    _refuse_other_days(visit, festival, field="occasion")
    visit.occasion = festival
    visit.save_if_current(None, ["occasion"])
    changed(visit, "festival.joined", visit, by, number=festival.number)
    changed(festival, "festival.visit_joined", festival, by, number=visit.number)
    return visit


@transaction.atomic
def leave_festival(visit: Visit, *, by: Actor) -> Visit:
    """The delegation leaves the festival: what is shared goes out of its programme, its guests out of what is shared."""
    if visit.occasion_id is None:
        return visit
    festival = lock_festival(visit.occasion_id)
    visit = lock_visit(visit.pk)
    if visit.occasion_id != festival.pk:
        raise DomainError(_("Somebody else has just changed this delegation. Look at it again."))
    ItemParticipant.objects.filter(item__festival=festival, member__visit=visit).delete()
    visit.occasion = None
    visit.save_if_current(None, ["occasion"])
    changed(visit, "festival.left", visit, by, number=festival.number)
    changed(festival, "festival.visit_left", festival, by, number=visit.number)
    return visit


def lock_festivals(visit: Visit, other: Festival | None) -> None:
    """A festival is locked before its visits: who changes both says so first."""
    for pk in sorted({pk for pk in (visit.occasion_id, other.pk if other else None) if pk}):
        lock_matter(pk)


def set_festival(visit: Visit, festival: Festival | None, *, by: Actor) -> Visit:
    """As the visit's form says: another festival means leaving the first. The caller holds `lock_festivals`."""
    if festival and visit.occasion_id == festival.pk:
        _refuse_other_days(visit, festival, field="starts_on")
    if visit.occasion_id == (festival.pk if festival else None):
        return visit
    visit = leave_festival(visit, by=by)
    return join_festival(visit, festival, by=by) if festival else visit


@transaction.atomic
def call_off_festival(festival: Festival, *, reason: str, by: Actor) -> Festival:
    """The festival does not happen: what is shared is cancelled in every programme, the delegations stay."""
    festival = lock_festival(festival.pk)
    reason = reason.strip()[:300]
    if not reason:
        raise DomainError(_("Write why the festival is called off."), field="reason")
    for item in festival.items.alive().filter(progress=Progress.PLANNED):  # type: ignore[attr-defined]
        item.progress, item.progress_note = Progress.CANCELLED, reason
        item.save_if_current(None, ["progress", "progress_note"])
    changed(festival, "items.cancelled", festival, by)
    festival.called_off_reason, festival.status = reason, FestivalStatus.CALLED_OFF
    festival.save(update_fields=["called_off_reason", "status"])
    move_festival(festival, FestivalStatus.CALLED_OFF)
    resources.release_matter(festival, by=by)
    audit.record("festival.called_off", festival, by=by, matter=festival, reason=reason)
    return festival
