"""Opening, changing, calling off and repeating a visit."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, personal
from core.actor import Actor
from core.choices import DataClass
from core.dates import day_words
from core.errors import DomainError
from delegations.choices import Basis, Progress, Status
from delegations.models import ItemText, ProgrammeItem, Visit
from delegations.models.members import GUEST_PURPOSE, IDENTITY
from delegations.models.travel import DAYS_AROUND
from delegations.models.visits import MAX_DAYS
from delegations.services.festivals import join_festival, lock_festivals, set_festival
from delegations.services.guest_links import follow_end
from delegations.services.list_sendings import tell_called_off
from delegations.services.meetings import withdraw_of
from delegations.services.members import erase_day, set_ends
from delegations.services.state import changed, lock_visit, move_to
from matters.choices import LinkRelation
from matters.services import link_matters, open_matter
from resources import services as resources

CHANGEABLE = (
    "title",
    "responsible",
    "due_on",
    "city",
    "basis",
    "inviter",
    "purpose",
    "starts_on",
    "ends_on",
    "languages",
    "host",
    "expected_guests",
    "identity_for",
    "occasion",
)


def check_visit(
    *, starts_on: datetime.date, ends_on: datetime.date, languages: list[str], **fields: Any
) -> None:
    """Refuse in words what the database would refuse anyway."""
    if ends_on < starts_on:
        raise DomainError(_("The last day is before the first."), field="ends_on")
    length = (ends_on - starts_on).days + 1
    if length > MAX_DAYS:
        raise DomainError(
            _(
                "The visit would last %(days)d days; at most %(most)d. Check the month and year of both days, or open a longer stay as several visits."
            )
            % {"days": length, "most": MAX_DAYS},
            field="ends_on",
        )
    if not languages:
        raise DomainError(_("Choose at least one language."), field="languages")
    if fields.get("basis") == Basis.ORGANISATION and not fields.get("inviter"):
        raise DomainError(_("Write which organisation invites."), field="inviter")
    if fields.get("basis") != Basis.ORGANISATION and not fields.get("city"):
        raise DomainError(_("Choose the partner city the guests come from."), field="city")


@transaction.atomic
def open_visit(*, by: Actor, **fields: Any) -> Visit:
    """Open a visit; its first step is to say who comes."""
    occasion = fields.pop("occasion", None)
    check_visit(**fields)
    visit = open_matter(Visit, kind="visit", by=by, year=fields["starts_on"].year, **fields)
    move_to(visit, Status.PREPARING)
    audit.record("visit.opened", visit, by=by, matter=visit)
    return join_festival(visit, occasion, by=by) if occasion else visit


@transaction.atomic
def change_visit(visit: Visit, *, revision: int | None, by: Actor, **fields: Any) -> Visit:
    """Change what the visit is; days that hold items cannot be cut off, and a stale write is refused."""
    occasion = fields.pop("occasion", visit.occasion)
    lock_festivals(visit, occasion)
    current = lock_visit(visit.pk)
    before = {name: getattr(current, name) for name in fields}
    for name, value in fields.items():
        setattr(current, name, value)
    check_visit(
        **{
            name: getattr(current, name)
            for name in ("starts_on", "ends_on", "languages", "basis", "inviter", "city")
        }
    )
    _refuse_lost_items(current)
    _refuse_lost_legs(current)
    current.save_if_current(revision, list(fields))
    if before.get("ends_on", current.ends_on) != current.ends_on:
        follow_end(current)
        set_ends(current, erase_day(current))
    if before.get("identity_for") and not current.identity_for:  # not needed any more: not kept any more
        for member in current.members.all():
            personal.set_value(member, IDENTITY, "", purpose=GUEST_PURPOSE, data_class=DataClass.SPECIAL)
    names = sorted(name for name in fields if before[name] != getattr(current, name))
    changed(current, "visit.changed", current, by, fields=names)
    return set_festival(current, occasion, by=by)


def _refuse_lost_items(visit: Visit) -> None:
    outside = (
        visit.items.alive().exclude(on__range=(visit.starts_on, visit.ends_on)).prefetch_related("texts")
    )
    if item := outside.first():
        raise DomainError(
            _("An item would stay outside the visit: %(day)s, %(title)s. Move it first.")
            % {"day": day_words(item.on), "title": item.title},
            field="starts_on" if item.on < visit.starts_on else "ends_on",
        )


def _refuse_lost_legs(visit: Visit) -> None:
    """Journeys may be two days before or after the visit, not further."""
    around = datetime.timedelta(days=DAYS_AROUND)
    far = visit.legs.exclude(on__range=(visit.starts_on - around, visit.ends_on + around))
    if leg := far.first():
        raise DomainError(
            _("A journey would be too far from the visit: %(day)s, %(leg)s. Change it first.")
            % {"day": day_words(leg.on), "leg": leg.label},
            field="starts_on" if leg.on < visit.starts_on else "ends_on",
        )


@transaction.atomic
def call_off_visit(visit: Visit, *, reason: str, by: Actor) -> Visit:
    """The guests do not come: what was booked is let go, the papers stay."""
    visit = lock_visit(visit.pk, for_change=False)
    if visit.is_over:
        raise DomainError(_("The visit is closed: it cannot be changed."))
    if visit.rounds.running().exists():
        raise DomainError(_("The programme is being approved. Withdraw it first, then change it."))
    if not reason.strip():
        raise DomainError(_("Write why the visit is called off."), field="reason")
    visit.called_off_reason, visit.status = reason.strip()[:300], Status.CALLED_OFF
    visit.save(update_fields=["called_off_reason", "status"])
    move_to(visit, Status.CALLED_OFF)
    resources.release_matter(visit, by=by)
    tell_called_off(visit, by=by)
    withdraw_of(visit, by=by)
    set_ends(visit, erase_day(visit))
    audit.record("visit.called_off", visit, by=by, matter=visit, reason=visit.called_off_reason)
    return visit


def next_year_start(visit: Visit) -> datetime.date:
    """The same weekday a year later: 52 weeks on, or 53 when that comes nearer to the date."""
    by_weeks = visit.starts_on + datetime.timedelta(weeks=52)
    try:
        same_date = visit.starts_on.replace(year=visit.starts_on.year + 1)
    except ValueError:  # February 29
        same_date = visit.starts_on + datetime.timedelta(days=366)
    longer = by_weeks + datetime.timedelta(weeks=1)
    return by_weeks if abs((same_date - by_weeks).days) <= abs((same_date - longer).days) else longer


@transaction.atomic
def clone_visit(visit: Visit, *, starts_on: datetime.date, by: Actor, title: str = "") -> Visit:
    """Repeat a visit: the programme shifted, places and our hosts kept; guests, services and notes dropped."""
    source = Visit.objects.select_related("city", "responsible", "host").get(pk=visit.pk)
    shift = starts_on - source.starts_on
    clone = open_visit(
        by=by,
        title=title or source.title,
        responsible=by.user or source.responsible,
        access=source.access,
        people=list(source.people.all()),
        city=source.city,
        basis=source.basis,
        inviter=source.inviter,
        purpose=source.purpose,
        starts_on=starts_on,
        ends_on=source.ends_on + shift,
        languages=list(source.languages),
        host=source.host if source.host and source.host.is_active else None,
    )
    items = source.items.alive().exclude(progress=Progress.CANCELLED).select_related("place", "host")
    for item in items.prefetch_related("texts"):
        _clone_item(item, clone, shift)
    move_to(clone, Status.PREPARING)
    link_matters(clone, source, relation=LinkRelation.REPEATS, by=by)
    audit.record("visit.cloned", clone, by=by, matter=clone, number=source.number)
    return clone


def _clone_item(item: ProgrammeItem, visit: Visit, shift: datetime.timedelta) -> None:
    copy = ProgrammeItem(
        visit=visit,
        kind=item.kind,
        on=item.on + shift,
        starts=item.starts,
        ends=item.ends,
        part=item.part,
        until_on=item.until_on + shift if item.until_on else None,
        place=item.place,
        to_place_id=item.to_place_id,
        host=item.host if item.host and item.host.is_active else None,
        is_open_to_press=item.is_open_to_press,
        is_fixed=item.is_fixed,
    )
    copy.set_period()
    copy.save()
    ItemText.objects.bulk_create(
        ItemText(item=copy, language=text.language, title=text.title, description=text.description)
        for text in item.texts.all()
    )
