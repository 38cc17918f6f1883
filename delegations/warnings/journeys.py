"""What the journeys of the guests forget."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import day_words, duration_words, hour_words
from delegations import journeys
from delegations.board import Board
from delegations.choices import ItemKind, LegDirection, Progress
from delegations.models import ProgrammeItem, TravelLeg
from delegations.warnings.definition import Fix, Warning
from delegations.warnings.spare import spare_for
from delegations.warnings.words import (
    clock_at,
    said,
    some,
)

STAYING = (ItemKind.TRANSPORT, ItemKind.ACCOMMODATION)


def guests_without_journey(board: Board) -> Iterator[Warning]:
    """Once any journey is written, those of whom none is known are named."""
    if not board.legs:
        return
    lost = journeys.without(board.legs, board.aboard, [member.pk for member in board.members])
    names = {member.pk: member.display_name for member in board.members}
    titles = {
        LegDirection.ARRIVAL: _("How somebody comes is not known"),
        LegDirection.DEPARTURE: _("How somebody leaves is not known"),
    }
    for direction, title in titles.items():
        if left := lost[direction]:
            who = _("all the guests") if len(left) == len(names) else some([names[pk] for pk in left])
            yield Warning(
                key=f"journey:{direction}",
                fact=",".join(str(pk) for pk in left)[:120],
                title=title,
                text=_("No journey is written: %(who)s.") % {"who": who},
                fixes=(
                    Fix(
                        _("Add a journey"),
                        url=f"{reverse('delegations:leg_add', args=[board.visit.pk])}?kryptis={direction}",
                    ),
                ),
            )


def nobody_meets(board: Board) -> Iterator[Warning]:
    """A leg whose guests have to be met or seen off, and no transfer takes them."""
    for leg in _running(board):
        aboard = board.aboard[leg.pk]
        if not leg.needs_transfer or not aboard:
            continue
        met: frozenset[int] = frozenset().union(*board.met_by(leg).values())
        if left := len(aboard - met):
            yield Warning(
                key=f"met:{leg.pk}",
                fact=f"{leg.moment:%m-%d %H:%M}|{left}",
                title=_("Nobody meets the guests") if leg.is_arrival else _("Nobody sees the guests off"),
                text=_("%(leg)s: %(guests)s without a transfer.")
                % {
                    "leg": _leg(leg),
                    "guests": ngettext("%(count)d guest", "%(count)d guests", left) % {"count": left},
                },
                fixes=(
                    Fix(_("Propose transfers"), url=reverse("delegations:transfers", args=[board.visit.pk])),
                ),
            )


def car_too_small(board: Board) -> Iterator[Warning]:
    """An item whose cars together have fewer seats than guests who go."""
    for item in board.items:
        cars = [row.resource for row in item.resources.all() if row.resource.kind == "car"]
        if not cars or item.progress == Progress.CANCELLED or item.kind == ItemKind.ACCOMMODATION:
            continue
        seats, going = sum(car.child().seats for car in cars), len(board.who(item))
        if seats >= going:
            continue
        fixes = [Fix(_("Choose another car"), anchor=item.pk)]
        if len(cars) == 1 and item.period:
            larger = [free for free in spare_for(board, cars[0], item) if free.seats >= going]
            for free in sorted(larger, key=lambda one: one.seats)[:1]:
                fixes.insert(
                    0,
                    Fix(
                        _("Take %(name)s") % {"name": free.name},
                        "swap",
                        {"item": item.pk, "old": cars[0].pk, "new": free.pk},
                    ),
                )
        yield Warning(
            key=f"seats:{item.pk}",
            fact=f"{seats}|{going}",
            title=_("The car is too small"),
            text=_("%(item)s: seats %(seats)d, guests %(count)d.")
            % {"item": said(item), "seats": seats, "count": going},
            items=(item.pk,),
            fixes=tuple(fixes),
        )


def transfer_out_of_time(board: Board) -> Iterator[Warning]:
    """A transfer that sets off before the guests are there, or brings them too late for their departure."""
    by_pk = {item.pk: item for item in board.items}
    for leg in _running(board):
        for pk in board.met_by(leg):
            item = by_pk[pk]
            if leg.is_arrival:
                yield from _too_early(leg, item)
            else:
                yield from _too_late(board, leg, item)


def _too_early(leg: TravelLeg, item: ProgrammeItem) -> Iterator[Warning]:
    if item.period.lower >= leg.moment:
        return
    starts = clock_at(leg.moment + datetime.timedelta(minutes=15), item, round_to=5)
    yield Warning(
        key=f"early:{item.pk}:{leg.pk}",
        fact=f"{item.hours}|{leg.moment:%m-%d %H:%M}",
        title=_("The transfer sets off before the guests are there"),
        text=_("%(item)s; %(leg)s.") % {"item": said(item), "leg": _leg(leg)},
        items=(item.pk,),
        fixes=(
            Fix(
                _("Move to %(hour)s: %(title)s") % {"hour": hour_words(starts), "title": item.title},
                "move",
                {
                    "item": item.pk,
                    "on": leg.local_moment.date().isoformat(),
                    "starts": starts.strftime("%H:%M"),
                },
            ),
            Fix(_("Change the item"), anchor=item.pk),
        ),
    )


def _too_late(board: Board, leg: TravelLeg, item: ProgrammeItem) -> Iterator[Warning]:
    if board.rules is None:
        return
    needed = board.rules.before[leg.mode]
    left = int((leg.moment - item.period.upper).total_seconds() // 60)
    if left >= needed:
        return
    starts = item.period.lower - datetime.timedelta(minutes=needed - left)
    clock = clock_at(starts - datetime.timedelta(minutes=4), item, round_to=5)
    yield Warning(
        key=f"late:{item.pk}:{leg.pk}",
        fact=f"{needed}|{left}",
        title=_("The transfer is too late for the departure"),
        text=_("%(item)s; %(leg)s: %(left)s are left, %(needed)s are needed.")
        % {
            "item": said(item),
            "leg": _leg(leg),
            "left": duration_words(max(left, 0)),
            "needed": duration_words(needed),
        },
        items=(item.pk,),
        fixes=(
            Fix(
                _("Move to %(hour)s: %(title)s") % {"hour": hour_words(clock), "title": item.title},
                "move",
                {"item": item.pk, "on": item.on.isoformat(), "starts": clock.strftime("%H:%M")},
            ),
            Fix(_("Change the item"), anchor=item.pk),
        ),
    )


def guests_not_there(board: Board) -> Iterator[Warning]:
    """An item that begins before somebody who takes part has come, or ends after she has left."""
    comes, leaves = _stay_of(board)
    names = {member.pk: member.display_name for member in board.members}
    for item in board.clocked:
        if item.kind in STAYING:
            continue
        late = [pk for pk in board.who(item) if pk in comes and comes[pk].moment > item.period.lower]
        gone = [pk for pk in board.who(item) if pk in leaves and leaves[pk].moment < item.period.upper]
        for people, legs, title in (
            (late, comes, _("Guests have not arrived yet")),
            (gone, leaves, _("Guests have left by then")),
        ):
            if not people:
                continue
            leg = legs[people[0]]
            fixes = [Fix(_("Choose who takes part"), anchor=item.pk)]
            if len(people) == 1 and len(board.who(item)) > 1:
                fixes.insert(
                    0,
                    Fix(
                        _("Leave this guest out of the item"),
                        "without",
                        {"item": item.pk, "member": people[0]},
                    ),
                )
            yield Warning(
                key=f"there:{item.pk}:{leg.direction}",
                fact=f"{item.hours}|{leg.moment:%m-%d %H:%M}|{len(people)}",
                title=title,
                text=_("%(item)s; %(leg)s: %(who)s.")
                % {
                    "item": said(item),
                    "leg": _leg(leg),
                    "who": _("all the guests")
                    if len(people) == len(names)
                    else some([names[pk] for pk in sorted(people)]),
                },
                items=(item.pk,),
                fixes=tuple(fixes),
            )


def _stay_of(board: Board) -> tuple[dict[int, TravelLeg], dict[int, TravelLeg]]:
    """The first arrival and the last departure of each guest."""
    comes: dict[int, TravelLeg] = {}
    leaves: dict[int, TravelLeg] = {}
    for leg in _running(board):
        for pk in board.aboard[leg.pk]:
            if leg.is_arrival:
                comes.setdefault(pk, leg)
            else:
                leaves[pk] = leg
    return comes, leaves


def _running(board: Board) -> list[TravelLeg]:
    return [leg for leg in board.legs if not leg.is_cancelled]


def _leg(leg: TravelLeg) -> str:
    local = leg.local_moment
    return f"{leg.label} {day_words(local.date())} {hour_words(local)}"
