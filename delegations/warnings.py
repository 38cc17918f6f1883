"""What a programme forgets, each warning naming the two things that clash and offering a way out.

`find` is pure over the board that was loaded. A warning's `key` says what
it is about, its `fact` the figures: explained, it stays quiet until the figures change.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import day_words, duration_words, hour_words, weekday_on
from delegations.board import Board
from delegations.choices import ItemKind, Progress
from delegations.models import Festival, ProgrammeItem, WarningNote
from partners.choices import Language
from resources.choices import ResourceKind
from resources.models import Booking, Car, Driver, Hall, Interpreter
from resources.services import Travel
from resources.services.bookings import time_words

LONGEST_WITHOUT_MEAL = 6 * 60
DAY_BEGINS_WITH_BREAKFAST = datetime.time(10, 0)  # who begins earlier has eaten at the hotel
SPARE_KINDS: dict[str, Any] = {
    ResourceKind.INTERPRETER: Interpreter,
    ResourceKind.CAR: Car,
    ResourceKind.DRIVER: Driver,
    ResourceKind.HALL: Hall,
}


@dataclass(frozen=True)
class Fix:
    """A way out: `verb` is done by one click with `data`, or `url` opens the form that repairs."""

    label: str
    verb: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    anchor: int = 0  # the item whose form opens
    url: str = ""  # another page that repairs


@dataclass(frozen=True)
class Warning:
    """One thing to decide; `items` bear its pin."""

    key: str
    fact: str
    title: str
    text: str
    items: tuple[int, ...] = ()
    fixes: tuple[Fix, ...] = ()
    number: int = 0
    reason: str = ""  # why it was left standing
    note: WarningNote | None = None


def find(board: Board) -> tuple[list[Warning], list[Warning]]:
    """Warnings to decide, numbered in the order of the programme, and those left standing with their reasons."""
    order = {item.pk: place for place, item in enumerate(board.items)}
    from delegations.travel_warnings import RULES as TRAVEL_RULES  # noqa: PLC0415 -- the two files know each other

    rules = SHARED_RULES if isinstance(board.visit, Festival) else (*RULES, *TRAVEL_RULES)
    found = [_repaired_at_home(board, warning) for rule in rules for warning in rule(board)]
    found.sort(key=lambda one: min((order.get(pk, 9999) for pk in one.items), default=-1))
    openly: list[Warning] = []
    explained: list[Warning] = []
    for warning in found:
        note = board.notes.get(warning.key)
        if note and note.fact == warning.fact[:120]:
            explained.append(replace(warning, reason=note.reason, note=note))
        else:
            openly.append(replace(warning, number=len(openly) + 1))
    return openly, explained


# --- two places at once --------------------------------------------------------------------------------------


def people_in_two_places(board: Board) -> Iterator[Warning]:
    """A guest in two items of this visit at once, or in another visit meanwhile."""
    rows = board.clocked
    names = {member.pk: member.display_name for member in board.members}
    for one, other in _overlapping(rows):
        both = board.who(one) & board.who(other)
        if not both:
            continue
        who = (
            _("all the guests")
            if len(both) == len(board.members)
            else _some([names[pk] for pk in sorted(both)])
        )
        yield Warning(
            key=f"person:{one.pk}:{other.pk}",
            fact=f"{one.hours}|{other.hours}|{len(both)}",
            title=_("In two places at the same time"),
            text=_("%(who)s: %(one)s and %(other)s.")
            % {"who": who, "one": _said(one), "other": _said(other)},
            items=(one.pk, other.pk),
            fixes=(_after(board, one, other), Fix(_("Choose who takes part"), anchor=other.pk)),
        )
    yield from _people_elsewhere(board)


def _people_elsewhere(board: Board) -> Iterator[Warning]:
    by_person = {member.person_id: member for member in board.members if member.person_id}
    for person, theirs in board.elsewhere:
        member = by_person[person]
        for item in board.clocked:
            if member.pk in board.who(item) and _overlap(item.period, theirs.period):
                yield Warning(
                    key=f"elsewhere:{item.pk}:{theirs.pk}:{member.pk}",
                    fact=f"{item.hours}|{theirs.hours}",
                    title=_("A guest is in another programme then"),
                    text=_("%(who)s: %(one)s and %(other)s.")
                    % {
                        "who": member.display_name,
                        "one": _said(item),
                        "other": f"{theirs.hours} {_other_matter(board, theirs.visit_id, theirs.title, theirs.visit.number)}",
                    },
                    items=(item.pk,),
                    fixes=(
                        Fix(
                            _("Leave this guest out of the item"),
                            "without",
                            {"item": item.pk, "member": member.pk},
                        ),
                        Fix(_("Choose who takes part"), anchor=item.pk),
                    ),
                )


def resources_in_two_places(board: Board) -> Iterator[Warning]:
    """An interpreter, car, driver or hall asked for twice at once, here or by another matter."""
    rows = [item for item in board.items if item.period and item.progress != Progress.CANCELLED]
    for one, other in _overlapping(rows):
        shared = {row.resource_id for row in one.resources.all()} & {
            row.resource_id for row in other.resources.all()
        }
        for row in other.resources.all():
            if row.resource_id in shared:
                theirs = _("%(hours)s: %(title)s") % {"hours": one.hours, "title": one.title}
                yield _resource_warning(
                    board, other, row.resource, f"item:{one.pk}", theirs, (one.pk, other.pk)
                )
    by_resource: dict[int, list[Booking]] = {}
    for booking in board.bookings:
        by_resource.setdefault(booking.resource_id, []).append(booking)
    for item in rows:
        for row in item.resources.all():
            for booking in by_resource.get(row.resource_id, ()):
                if _overlap(item.period, booking.period):
                    theirs = f"{time_words(booking.starts_at, booking.ends_at).split(' ', 1)[1]}: " + (
                        _other_matter(board, booking.matter_id, booking.what, booking.matter.number)
                        if booking.matter
                        else booking.what
                    )
                    yield _resource_warning(
                        board, item, row.resource, f"booking:{booking.pk}", theirs, (item.pk,)
                    )


def _resource_warning(
    board: Board, item: ProgrammeItem, resource: Any, other: str, theirs: str, pins: tuple[int, ...]
) -> Warning:
    titles = {
        ResourceKind.INTERPRETER: _("The interpreter is elsewhere at the same time"),
        ResourceKind.CAR: _("The car is taken at the same time"),
        ResourceKind.DRIVER: _("The driver is elsewhere at the same time"),
        ResourceKind.HALL: _("The hall is taken at the same time"),
    }
    spare = _spare(board, resource, item)
    fixes = [
        Fix(
            _("Take %(name)s") % {"name": free.name},
            "swap",
            {"item": item.pk, "old": resource.pk, "new": free.pk},
        )
        for free in spare[:1]
    ]
    more = ngettext("Choose another (%(count)d free)", "Choose another (%(count)d free)", len(spare)) % {
        "count": len(spare)
    }
    if hour := _when_free(board, resource, item):
        fixes.append(
            Fix(
                _("Move to %(hour)s, when %(name)s is free")
                % {"hour": hour_words(hour), "name": resource.name},
                "move",
                {"item": item.pk, "on": item.on.isoformat(), "starts": hour.strftime("%H:%M")},
            )
        )
    fixes.append(Fix(more, anchor=item.pk))
    if not spare:
        fixes.insert(0, Fix(_("Do without"), "swap", {"item": item.pk, "old": resource.pk}))
    return Warning(
        key=f"resource:{resource.pk}:{item.pk}:{other}",
        fact=f"{item.on}|{item.hours}|{theirs}"[:120],
        title=titles.get(resource.kind, _("Taken at the same time")),
        text=_("%(name)s: here %(here)s; elsewhere %(there)s.")
        % {"name": resource.name, "here": _said(item), "there": theirs},
        items=pins,
        fixes=tuple(fixes),
    )


def _spare(board: Board, resource: Any, item: ProgrammeItem) -> list[Any]:
    """Others of the kind who are free then and fit: read once a page, whatever the number of warnings."""
    model = SPARE_KINDS.get(resource.kind)
    if model is None:
        return []
    everyone = _everyone(board, resource.kind)
    busy = _busy(board, item)
    own = next((row for row in everyone if row.pk == resource.pk), None)
    return [row for row in everyone if row.pk not in busy and row.pk != resource.pk and _fits(own, row)]


def _everyone(board: Board, kind: str) -> list[Any]:
    """All of the kind that may be chosen, interpreters with their languages."""
    if kind not in board._spare:
        rows = SPARE_KINDS[kind].objects.active()
        board._spare[kind] = list(
            rows.prefetch_related("pairs") if kind == ResourceKind.INTERPRETER else rows
        )
    return board._spare[kind]


def _busy(board: Board, item: ProgrammeItem) -> set[int]:
    """Who and what is taken at the item's hour."""
    if board._busy is None:
        spans = [one.period for one in board.items if one.period]
        first, last = min(span.lower for span in spans), max(span.upper for span in spans)
        board._busy = list(Booking.objects.within(first, last).only("resource_id", "period"))
    return {row.resource_id for row in board._busy if _overlap(row.period, item.period)}


def _when_free(board: Board, resource: Any, item: ProgrammeItem) -> datetime.time | None:
    """The first hour of the same day from which nobody has this very one for as long; fixed items do not move."""
    if item.is_fixed:
        return None
    held = [booking.period for booking in board.bookings if booking.resource_id == resource.pk]
    held += [
        other.period
        for other in board.items
        if other.pk != item.pk
        and other.period
        and other.progress != Progress.CANCELLED
        and any(row.resource_id == resource.pk for row in other.resources.all())
    ]
    begin, length = item.period.lower, item.period.upper - item.period.lower
    for span in sorted(held, key=lambda one: one.lower):
        if span.lower < begin + length and begin < span.upper:
            begin = span.upper
    begin, end = _local(begin, item), _local(begin + length, item)
    return begin.time() if begin.date() == end.date() == item.on else None


def _fits(own: Any, other: Any) -> bool:
    if isinstance(other, Interpreter):
        return own is None or bool(set(own.foreign_languages) & set(other.foreign_languages))
    return own is None or getattr(other, "seats", None) is None or (other.seats or 0) >= (own.seats or 0)


# --- languages ----------------------------------------------------------------------------------------------


def interpreters_without_the_language(board: Board) -> Iterator[Warning]:
    """An interpreter who speaks no language of the guests of the item."""
    served = [
        (item, row.resource)
        for item in board.items
        if item.progress != Progress.CANCELLED
        for row in item.resources.all()
        if row.resource.kind == ResourceKind.INTERPRETER
    ]
    if not served:
        return
    people = {row.pk: row for row in _everyone(board, ResourceKind.INTERPRETER)}
    for item, resource in served:
        wanted = _languages_of(board, item)
        person = people.get(resource.pk)
        if person is None or not wanted or wanted & set(person.foreign_languages):
            continue
        fixes = [
            Fix(
                _("Take %(name)s") % {"name": free.name},
                "swap",
                {"item": item.pk, "old": resource.pk, "new": free.pk},
            )
            for free in people.values()
            if wanted & set(free.foreign_languages)
            and (item.period is None or free.pk not in _busy(board, item))
        ]
        yield Warning(
            key=f"language:{item.pk}:{resource.pk}",
            fact=",".join(sorted(wanted))[:120],
            title=_("The interpreter does not speak the guests' language"),
            text=_("%(item)s: the guests speak %(wanted)s; %(name)s interprets %(spoken)s.")
            % {
                "item": _said(item),
                "wanted": _language_words(wanted),
                "name": resource.name,
                "spoken": _language_words(person.foreign_languages) or "–",
            },
            items=(item.pk,),
            fixes=(*fixes[:1], Fix(_("Choose another interpreter"), anchor=item.pk)),
        )


def _languages_of(board: Board, item: ProgrammeItem) -> set[str]:
    """What the guests of the item speak, else what the visit does."""
    taking = board.who(item)
    spoken = {code for member in board.members if member.pk in taking for code in member.languages}
    return {code for code in spoken or set(board.visit.languages) if code != "lt"}


def _language_words(codes: Iterable[str]) -> str:
    return ", ".join(str(Language(code).label) for code in sorted(codes) if code in Language.values)


# --- the way ------------------------------------------------------------------------------------------------


def too_little_time(board: Board) -> Iterator[Warning]:
    """Between two items in a row that the same guests attend: minutes of the way against minutes left."""
    rows = board.clocked
    for one, other, needed, left in hops(board, rows):
        if needed <= left:
            continue
        later = _clock_after(one, needed)
        start = one.to_place or one.place
        yield Warning(
            key=f"way:{one.pk}:{other.pk}",
            fact=f"{needed}|{left}",
            title=_("Too little time for the way"),
            text=_("%(day)s: %(one)s – %(other)s, the way takes %(needed)s, the programme leaves %(left)s.")
            % {
                "day": weekday_on(one.on).capitalize(),
                "one": start.label if start else one.title,
                "other": other.place.label if other.place else other.title,
                "needed": duration_words(needed),
                "left": duration_words(left),
            },
            items=(one.pk, other.pk),
            fixes=(
                Fix(
                    _("Move to %(hour)s: %(title)s") % {"hour": hour_words(later), "title": other.title},
                    "move",
                    {"item": other.pk, "on": other.on.isoformat(), "starts": later.strftime("%H:%M")},
                ),
                Fix(_("Choose another place"), anchor=other.pk),
            ),
        )


def hops(board: Board, rows: list[ProgrammeItem]) -> Iterator[tuple[ProgrammeItem, ProgrammeItem, int, int]]:
    """(before, after, minutes of the way, minutes left) for neighbours in time that share guests."""
    for place, one in enumerate(rows):
        if one.kind == ItemKind.FREE:
            continue
        for other in rows[place + 1 :]:
            if other.on != one.on or other.kind == ItemKind.FREE or not board.who(one) & board.who(other):
                continue
            if other.period.lower < one.period.upper:
                break  # in two places at once: another warning
            here, there = one.to_place or one.place, other.place
            if here and there and here.pk != there.pk:
                minutes = board.travel.get((here.pk, there.pk), Travel(None)).minutes
                if minutes:
                    yield (
                        one,
                        other,
                        minutes,
                        int((other.period.lower - one.period.upper).total_seconds() // 60),
                    )
            break


def transfers_too_short(board: Board) -> Iterator[Warning]:
    """A transfer given fewer minutes than the way takes."""
    for item in board.clocked:
        if item.kind != ItemKind.TRANSPORT or not (item.place_id and item.to_place_id and item.ends):
            continue
        way = board.travel.get((item.place_id, item.to_place_id), Travel(None)).minutes
        if way and way > item.minutes:
            ends = _clock_at(item.period.lower + datetime.timedelta(minutes=way), item)
            yield Warning(
                key=f"transfer:{item.pk}",
                fact=f"{way}|{item.minutes}",
                title=_("The transfer is shorter than the way"),
                text=_("%(item)s: the way takes %(needed)s, the programme gives %(left)s.")
                % {"item": _said(item), "needed": duration_words(way), "left": duration_words(item.minutes)},
                items=(item.pk,),
                fixes=(
                    Fix(
                        _("Arrive at %(hour)s") % {"hour": hour_words(ends)},
                        "end",
                        {"item": item.pk, "ends": ends.strftime("%H:%M")},
                    ),
                    Fix(_("Change the item"), anchor=item.pk),
                ),
            )


# --- meals and nights ---------------------------------------------------------------------------------------


def too_long_without_meal(board: Board) -> Iterator[Warning]:
    """More than six hours between meals, or between a meal and the day's edge."""
    by_day: dict[datetime.date, list[ProgrammeItem]] = {}
    for item in board.clocked:
        by_day.setdefault(item.on, []).append(item)
    for on, rows in by_day.items():
        marks: list[tuple[datetime.datetime, datetime.datetime, ProgrammeItem]] = []
        first = rows[0]
        marks.append((first.period.lower, first.period.lower, first))
        marks += [(row.period.lower, row.period.upper, row) for row in rows if row.kind == ItemKind.MEAL]
        last = max(rows, key=lambda row: row.period.upper)
        marks.append((last.period.upper, last.period.upper, last))
        if any(row.part and row.kind == ItemKind.MEAL and row.on == on for row in board.items):
            continue  # a meal without an hour yet: it may stand anywhere
        for (_start, since, one), (until, _end, other) in pairwise(marks):
            minutes = int((until - since).total_seconds() // 60)
            if minutes <= LONGEST_WITHOUT_MEAL:
                continue
            middle = _clock_at(since + (until - since) / 2, one, round_to=30)
            yield Warning(
                key=f"meal:{on}:{one.pk}:{other.pk}",
                fact=str(minutes),
                title=_("More than six hours without a meal"),
                text=_("%(day)s from %(one)s to %(other)s no meal is planned: %(length)s.")
                % {
                    "day": weekday_on(on).capitalize(),
                    "one": hour_words(_local(since, one)),
                    "other": hour_words(_local(until, other)),
                    "length": duration_words(minutes),
                },
                items=(one.pk, other.pk) if one.pk != other.pk else (one.pk,),
                fixes=(
                    Fix(
                        _("Add a meal at %(hour)s") % {"hour": hour_words(middle)},
                        "meal",
                        {"on": on.isoformat(), "starts": middle.strftime("%H:%M")},
                    ),
                    Fix(_("Change the item"), anchor=other.pk),
                ),
            )


def nights_without_bed(board: Board) -> Iterator[Warning]:
    """A night of the visit for which some guest has no accommodation."""
    if not board.members or not board.items:
        return
    stays = [
        item
        for item in board.items
        if item.kind == ItemKind.ACCOMMODATION and item.progress != Progress.CANCELLED
    ]
    names = {member.pk: member.display_name for member in board.members}
    for on in board.visit.days[:-1]:
        housed: set[int] = set()
        for stay in stays:
            if stay.on <= on < (stay.until_on or stay.on):
                housed |= board.who(stay)
        left = [names[pk] for pk in names if pk not in housed]
        if left:
            who = _("all the guests") if len(left) == len(names) else _some(left)
            yield Warning(
                key=f"night:{on}",
                fact=f"{len(left)}",
                title=_("A night without a bed"),
                text=_("Night of %(day)s: %(who)s.") % {"day": day_words(on), "who": who},
                fixes=(
                    Fix(_("Add a hotel for all the nights"), "hotel", {"on": on.isoformat()}),
                    Fix(_("Add a hotel for this night"), "hotel", {"on": on.isoformat(), "one": "1"}),
                ),
            )


# --- words and people ---------------------------------------------------------------------------------------


def missing_translations(board: Board) -> Iterator[Warning]:
    """Items without a title in a language of the guests: one warning a language."""
    for code in board.visit.text_languages[1:]:
        rows = [item for item in board.items if code not in item.texts_by_language]
        if rows:
            label = Language(code).label if code in Language.values else code
            yield Warning(
                key=f"text:{code}",
                fact=",".join(str(item.pk) for item in rows)[:120],
                title=_("A translation is missing"),
                text=_("%(language)s: %(first)s and %(count)d more.")
                % {"language": label, "first": rows[0].title, "count": len(rows) - 1}
                if len(rows) > 1
                else _("%(language)s: %(first)s.") % {"language": label, "first": rows[0].title},
                items=tuple(item.pk for item in rows),
                fixes=(Fix(_("Write it: %(title)s") % {"title": rows[0].title}, anchor=rows[0].pk),),
            )


def nobody_hosts(board: Board) -> Iterator[Warning]:
    """A meeting or ceremony without anybody from our side."""
    wanted = (ItemKind.MEETING, ItemKind.CEREMONY, ItemKind.CULTURE)
    for item in board.items:
        if item.kind in wanted and not item.host_label and item.progress != Progress.CANCELLED:
            person = getattr(board.visit, "host", None) or board.visit.responsible
            yield Warning(
                key=f"host:{item.pk}",
                fact="nobody",
                title=_("Nobody is responsible"),
                text=_("%(item)s: nobody from our side is named.") % {"item": _said(item)},
                items=(item.pk,),
                fixes=(
                    Fix(
                        _("Name %(name)s") % {"name": person.full_name},
                        "host",
                        {"item": item.pk, "user": person.pk},
                    ),
                    Fix(_("Choose another person"), anchor=item.pk),
                ),
            )


def no_head(board: Board) -> Iterator[Warning]:
    if board.members and not any(member.kind == "head" for member in board.members):
        first = board.members[0]
        yield Warning(
            key="head",
            fact=str(len(board.members)),
            title=_("The delegation has no head"),
            text=_("Guests: %(count)d; first in order: %(name)s.")
            % {"count": len(board.members), "name": first.display_name},
            fixes=(Fix(_("Head: %(name)s") % {"name": first.display_name}, "head", {"member": first.pk}),),
        )


RULES = (
    no_head,
    people_in_two_places,
    resources_in_two_places,
    interpreters_without_the_language,
    too_little_time,
    transfers_too_short,
    too_long_without_meal,
    nights_without_bed,
    missing_translations,
    nobody_hosts,
)


# Of what several delegations share; heads, meals and beds are each delegation's own.
SHARED_RULES = (
    people_in_two_places,
    resources_in_two_places,
    too_little_time,
    transfers_too_short,
    missing_translations,
    nobody_hosts,
)


# --- inside -------------------------------------------------------------------------------------------------


def _repaired_at_home(board: Board, warning: Warning) -> Warning:
    """A shared item is not changed from one delegation's programme: its way out leads to the festival's form."""
    shared = {item.pk for item in board.items if board.is_shared(item)}
    if not shared & {fix.data.get("item") or fix.anchor for fix in warning.fixes}:
        return warning
    fixes = [fix for fix in warning.fixes if fix.data.get("item") not in shared and fix.anchor not in shared]
    own = [pk for pk in warning.items if pk not in shared]
    if not fixes and own:
        fixes = [Fix(_("Change the item"), anchor=own[-1])]
    if not fixes:
        fixes = [Fix(_("Look at the shared item"), anchor=next(pk for pk in warning.items if pk in shared))]
    return replace(warning, fixes=tuple(fixes))


def _overlapping(rows: list[ProgrammeItem]) -> Iterator[tuple[ProgrammeItem, ProgrammeItem]]:
    """Pairs that overlap; `rows` are in order of beginning, so the inner walk ends early."""
    rows = sorted(rows, key=lambda item: (item.period.lower, item.pk))
    for place, one in enumerate(rows):
        for other in rows[place + 1 :]:
            if other.period.lower >= one.period.upper:
                break
            yield one, other


def _overlap(one: Any, other: Any) -> bool:
    return one.lower < other.upper and other.lower < one.upper


def _said(item: ProgrammeItem) -> str:
    return f"{day_words(item.on)} {item.hours} {item.title}"


def _some(names: Iterable[str]) -> str:
    names = list(names)
    if len(names) <= 3:
        return ", ".join(names)
    return ngettext("%(names)s and %(count)d more", "%(names)s and %(count)d more", len(names) - 2) % {
        "names": ", ".join(names[:2]),
        "count": len(names) - 2,
    }


def _other_matter(board: Board, matter_pk: int | None, title: str, number: str) -> str:
    """What a person may know of another matter's hour."""
    return f"{title} ({number})" if matter_pk in board.seen_matters else _("another matter")


def _after(board: Board, one: ProgrammeItem, other: ProgrammeItem) -> Fix:
    """Move the second right after the first."""
    starts = _clock_after(one, 0)
    return Fix(
        _("Move to %(hour)s: %(title)s") % {"hour": hour_words(starts), "title": other.title},
        "move",
        {"item": other.pk, "on": other.on.isoformat(), "starts": starts.strftime("%H:%M")},
    )


def _clock_after(item: ProgrammeItem, minutes: int) -> datetime.time:
    """The wall clock that many minutes after the item ends, on the next five minutes."""
    return _clock_at(item.period.upper + datetime.timedelta(minutes=minutes), item, round_to=5)


def _clock_at(moment: datetime.datetime, item: ProgrammeItem, round_to: int = 1) -> datetime.time:
    local = _local(moment, item)
    minutes = -(-(local.hour * 60 + local.minute) // round_to) * round_to
    return datetime.time(minutes // 60 % 24, minutes % 60)


def _local(moment: datetime.datetime, item: ProgrammeItem) -> datetime.datetime:
    from zoneinfo import ZoneInfo  # noqa: PLC0415 -- only here

    return moment.astimezone(ZoneInfo(item.zone))


__all__ = ["Board", "Fix", "Warning", "find", "hops"]
