"""Legs of the guests' journeys: one by one, or a table of forty guests at once."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.actor import Actor
from core.dates import day_words, hour_words
from core.errors import DomainError
from core.language import fold, tokens
from delegations import journeys
from delegations.models import Member, Passenger, TravelLeg, Visit
from delegations.models.programme import DEFAULT_ZONE
from delegations.models.travel import DAYS_AROUND
from delegations.services.state import changed, lock_visit
from resources.models import Place

MAX_LINES = 300


@transaction.atomic
def add_leg(visit: Visit, *, by: Actor, passengers: Iterable[Member] = (), **fields: Any) -> TravelLeg:
    """Add a leg. Raises DomainError with the field that is wrong."""
    visit = lock_visit(visit.pk)
    leg = TravelLeg(visit=visit, **fields)
    _check(visit, leg)
    leg.set_moment()
    leg.save()
    _write_passengers(leg, passengers)
    _refuse_faults(visit, leg)
    changed(visit, "leg.added", leg, by, number=leg.label)
    return leg


@transaction.atomic
def change_leg(
    leg: TravelLeg,
    *,
    by: Actor,
    revision: int | None,
    passengers: Iterable[Member] | None = None,
    **fields: Any,
) -> TravelLeg:
    """Change a leg; a new day or hour forgets a delay, somebody else's change in between is refused."""
    visit = lock_visit(leg.visit_id)
    leg = TravelLeg.objects.select_for_update(of=("self",)).select_related("place").get(pk=leg.pk)
    planned = (leg.on, leg.at)
    for name, value in fields.items():
        setattr(leg, name, value)
    _check(visit, leg)
    if (leg.on, leg.at) != planned:
        leg.delay, leg.is_cancelled = 0, False
    leg.set_moment()
    leg.save_if_current(revision, sorted({*fields, "zone", "moment", "delay", "is_cancelled"}))
    if passengers is not None:
        _write_passengers(leg, passengers)
    _refuse_faults(visit, leg)
    changed(visit, "leg.changed", leg, by, number=leg.label, fields=sorted(fields))
    return leg


@transaction.atomic
def remove_leg(leg: TravelLeg, *, by: Actor) -> None:
    """Take a leg off; its transfers stay in the programme, where a person decides about them."""
    visit = lock_visit(leg.visit_id)
    label = leg.label
    TravelLeg.objects.filter(pk=leg.pk).delete()
    changed(visit, "leg.removed", visit, by, number=label)


def is_outside(visit: Visit, leg: TravelLeg) -> bool:
    """On a day before the visit or after it: it may be, and is said."""
    return not visit.holds(leg.on)


def _check(visit: Visit, leg: TravelLeg) -> None:
    around = datetime.timedelta(days=DAYS_AROUND)
    if not visit.starts_on - around <= leg.on <= visit.ends_on + around:
        raise DomainError(
            _("The day is too far from the visit: from %(first)s to %(last)s at most.")
            % {"first": day_words(visit.starts_on - around), "last": day_words(visit.ends_on + around)},
            field="on",
        )
    zone = ZoneInfo(leg.place.zone if leg.place_id else DEFAULT_ZONE)
    clock = datetime.datetime.combine(leg.on, leg.at, zone)
    if clock.astimezone(datetime.UTC).astimezone(zone).time() != leg.at:
        raise DomainError(
            _("There is no %(hour)s that night: clocks go forward. Write the hour after it.")
            % {"hour": hour_words(leg.at)},
            field="at",
        )


def _write_passengers(leg: TravelLeg, passengers: Iterable[Member]) -> None:
    wanted = set() if leg.is_for_all else {member.pk for member in passengers}
    if not leg.is_for_all and not wanted:
        raise DomainError(_("Choose at least one guest, or tick that all travel."), field="passengers")
    leg.passengers.exclude(member__in=wanted).delete()
    Passenger.objects.bulk_create(
        (Passenger(leg=leg, member_id=pk) for pk in sorted(wanted)), ignore_conflicts=True
    )


def _refuse_faults(visit: Visit, leg: TravelLeg) -> None:
    """A guest comes once before she leaves; faults that stood there before do not stop another leg."""
    legs = list(visit.legs.whole())
    names = {member.pk: member.name for member in visit.members.all()}
    found = [
        fault
        for fault in journeys.faults(legs, journeys.riders(legs, names))
        if leg.pk in (fault.one.pk, fault.other.pk)
    ]
    if not found:
        return
    fault = found[0]
    other = fault.other if fault.one.pk == leg.pk else fault.one
    words = {
        "who": some_names([names[one.member] for one in found]),
        "other": f"{other.label}, {moment_words(other)}",
    }
    if fault.is_twice and leg.is_arrival:
        raise DomainError(_("Arrives already (%(other)s): %(who)s.") % words, field="passengers")
    if fault.is_twice:
        raise DomainError(_("Leaves already (%(other)s): %(who)s.") % words, field="passengers")
    if leg.is_arrival:
        raise DomainError(_("Would arrive after leaving (%(other)s): %(who)s.") % words, field="at")
    raise DomainError(_("Would leave before arriving (%(other)s): %(who)s.") % words, field="at")


def some_names(names: list[str]) -> str:
    """Three names in full, of more the first two and how many beside them."""
    if len(names) <= 3:
        return ", ".join(names)
    return ngettext("%(names)s and %(count)d more", "%(names)s and %(count)d more", len(names) - 2) % {
        "names": ", ".join(names[:2]),
        "count": len(names) - 2,
    }


def moment_words(leg: TravelLeg) -> str:
    """ "birželio 16 d. 14.35" on the clock of the place, delay included."""
    local = leg.local_moment
    return f"{day_words(local.date())} {hour_words(local)}"


# --- a pasted table -----------------------------------------------------------------------------------------


@dataclass
class Group:
    """Guests of one leg of the table; `leg` is the one they join, when it is known already."""

    number: str
    on: datetime.date
    at: datetime.time
    other_end: str
    members: list[Member] = field(default_factory=list)
    leg: TravelLeg | None = None


@dataclass
class Table:
    """What a pasted table would do: legs made or joined, lines refused with the reason."""

    groups: list[Group]
    refused: list[tuple[int, str, str]]  # (line, text, why)

    @property
    def count(self) -> int:
        return sum(len(group.members) for group in self.groups)

    @property
    def digest(self) -> str:
        rows = [
            (group.number, group.on.isoformat(), group.at.isoformat(), group.leg and group.leg.pk)
            + tuple(member.pk for member in group.members)
            for group in self.groups
        ]
        return hashlib.sha256(repr((rows, self.refused)).encode()).hexdigest()[:16]


def read_table(visit: Visit, text: str, *, direction: str, mode: str, place: Place) -> Table:
    """Lines "Name; LO 781; 2026-06-12 14:35; from where": guests of the same leg are gathered, doubts are refused."""
    lines = [line.strip() for line in text.splitlines()]
    if sum(1 for line in lines if line) > MAX_LINES:
        raise DomainError(_("At most %(most)d lines at once.") % {"most": MAX_LINES}, field="text")
    members = list(visit.members.all())
    known: dict[str, list[Member]] = {}
    for member in members:
        for name in {_key(member.name), _key(member.own_name)} - {""}:
            known.setdefault(name, []).append(member)
    legs = list(visit.legs.whole())
    aboard = journeys.riders([leg for leg in legs if not leg.is_for_all], [member.pk for member in members])
    taken = {
        (leg.direction, pk): leg
        for leg in legs
        if not leg.is_for_all and not leg.is_cancelled
        for pk in aboard[leg.pk]
    }
    same = {
        (leg.mode, _number(leg.number), leg.on, leg.at): leg
        for leg in legs
        if leg.direction == direction and leg.place_id == place.pk
    }
    table, groups, seen = Table([], []), {}, set()
    for place_in_text, line in enumerate(lines, start=1):
        if not line:
            continue
        try:
            name, number, on, at, other_end = _read_line(line)
            member = _find(known, name)
            if member.pk in seen:
                raise DomainError(_("The guest is in the table twice."))
            leg = taken.get((direction, member.pk))
            key = (mode, _number(number), on, at)
            if leg and leg is not same.get(key):
                raise DomainError(
                    _("Has a journey that way already: %(leg)s.")
                    % {"leg": f"{leg.label}, {moment_words(leg)}"}
                )
            if leg or (key in same and same[key].is_for_all):
                raise DomainError(_("Is on this journey already."))
            probe = TravelLeg(visit=visit, direction=direction, mode=mode, place=place, on=on, at=at)
            _check(visit, probe)
        except DomainError as error:
            table.refused.append((place_in_text, line[:120], str(error)))
            continue
        seen.add(member.pk)
        if key not in groups:
            groups[key] = Group(number, on, at, other_end, leg=same.get(key))
            table.groups.append(groups[key])
        groups[key].members.append(member)
    table.groups.sort(key=lambda group: (group.on, group.at, group.number))
    return table


@transaction.atomic
def commit_table(
    visit: Visit, text: str, *, digest: str, by: Actor, direction: str, mode: str, place: Place
) -> Table:
    """Do exactly what the preview said; refused when something has changed since."""
    visit = lock_visit(visit.pk)
    table = read_table(visit, text, direction=direction, mode=mode, place=place)
    if table.digest != digest:
        raise DomainError(
            _("The guests or their journeys have changed meanwhile: look at the preview again.")
        )
    if not table.groups:
        raise DomainError(_("No line can be taken in: see the reasons."), field="text")
    for group in table.groups:
        if group.leg is None:
            leg = TravelLeg(
                visit=visit,
                direction=direction,
                mode=mode,
                number=group.number,
                place=place,
                other_end=group.other_end,
                on=group.on,
                at=group.at,
                is_for_all=False,
            )
            leg.set_moment()
            leg.save()
        else:
            leg = group.leg
            leg.save_if_current(None, ["zone"])
        Passenger.objects.bulk_create(Passenger(leg=leg, member=member) for member in group.members)
        _refuse_faults(visit, leg)
    changed(visit, "legs.pasted", visit, by, count=table.count)
    return table


def _key(name: str) -> str:
    """A name without case, diacritics and order of its words: "ŁĄCZYŃSKI Zbigniew" is "Zbigniew Łączyński"."""
    return " ".join(sorted(tokens(fold(name))))


def _find(known: dict[str, list[Member]], name: str) -> Member:
    found = known.get(_key(name), [])
    if not found:
        raise DomainError(_("Nobody of this name is among the guests."))
    if len(found) > 1:
        raise DomainError(_("Several guests bear this name: add them by the form."))
    return found[0]


def _number(number: str) -> str:
    return re.sub(r"[\s-]+", "", number).upper()


def _read_line(line: str) -> tuple[str, str, datetime.date, datetime.time, str]:
    parts = [part.strip() for part in re.split(r"[;\t]", line)]
    if len(parts) < 3 or not parts[0]:
        raise DomainError(_("Write the name, the number and the time with semicolons between them."))
    name, number, rest = parts[0], parts[1][:30], parts[2:]
    found = _moment(rest[0])
    if found is None and len(rest) > 1:  # the day and the hour in columns of their own
        found = _moment(f"{rest[0]} {rest[1]}")
        rest = rest[1:]
    if found is None:
        raise DomainError(_("Write the day and hour as 2026-06-12 14:35."))
    return name, number, found.date(), found.time(), (rest[1] if len(rest) > 1 else "")[:120]


def _moment(text: str) -> datetime.datetime | None:
    day = r"(?:(?P<y>\d{4})[-./](?P<m>\d{1,2})[-./](?P<d>\d{1,2})|(?P<d2>\d{1,2})\.(?P<m2>\d{1,2})\.(?P<y2>\d{4}))"
    found = re.fullmatch(rf"{day}\.?[T\s,]+(?P<hour>\d{{1,2}})[:.](?P<minute>\d{{2}})(?::\d\d)?", text)
    if not found:
        return None
    part = found.groupdict()
    try:
        return datetime.datetime(
            int(part["y"] or part["y2"]),
            int(part["m"] or part["m2"]),
            int(part["d"] or part["d2"]),
            int(part["hour"]),
            int(part["minute"]),
        )
    except ValueError:
        return None
