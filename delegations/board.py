"""A visit with everything its warnings look at, read in a fixed number of queries."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.functional import cached_property

from core.errors import DomainError
from delegations import journeys
from delegations.choices import ItemKind, Progress
from delegations.models import Festival, Member, ProgrammeItem, TravelLeg, Visit, WarningNote
from delegations.transfer_norms import rules_in_force
from delegations.transfers import Rules
from matters.models import Matter
from resources.models import Booking
from resources.services import Travel, travel_table


@dataclass
class Board:
    """A visit, or what a festival shares, with everything its warnings need."""

    visit: Visit | Festival
    items: list[ProgrammeItem]
    members: list[Member]
    travel: dict[tuple[int, int], Travel]
    bookings: list[Booking]  # of others, for what this visit uses
    elsewhere: list[tuple[int, ProgrammeItem]]  # (person, item of another visit)
    notes: dict[str, WarningNote]
    legs: list[TravelLeg] = field(default_factory=list)  # journeys of the guests, in order
    rules: Rules | None = None  # of transfers; None where a norm is missing or nobody travels
    seen_matters: set[int] = field(default_factory=set)
    spare: dict[str, list[Any]] = field(default_factory=dict)  # everyone of a kind, once a warning asks
    busy: list[Booking] | None = None  # all bookings of these days, once a warning asks

    @property
    def clocked(self) -> list[ProgrammeItem]:
        """Items with an hour that somebody attends, in order."""
        return [
            item
            for item in self.items
            if item.period and item.kind != ItemKind.ACCOMMODATION and item.progress != Progress.CANCELLED
        ]

    @cached_property
    def everybody(self) -> frozenset[int]:
        return frozenset(member.pk for member in self.members)

    @cached_property
    def aboard(self) -> dict[int, frozenset[int]]:
        """Who is on each leg."""
        return journeys.riders(self.legs, self.everybody)

    def met_by(self, leg: TravelLeg) -> dict[int, frozenset[int]]:
        """The transfers that meet the leg's guests, or see them off."""
        return journeys.met_by(leg, self.aboard[leg.pk], self.items, self.who)

    def is_shared(self, item: ProgrammeItem) -> bool:
        """Changed in the festival, not here."""
        return item.holder_id != self.visit.pk

    def who(self, item: ProgrammeItem) -> frozenset[int]:
        if item.is_for_all:
            return self.everybody
        return frozenset(row.member_id for row in item.participants.all())


def load_board(
    visit: Visit | Festival,
    *,
    user: Any = None,
    items: list[ProgrammeItem] | None = None,
    members: list[Member] | None = None,
) -> Board:
    """Read the board; what a page has already read is handed over."""
    items = list(visit.programme.alive().in_order().whole()) if items is None else items
    members = list(visit.members.all()) if members is None else members
    places = {place.pk: place for item in items for place in (item.place, item.to_place) if place}
    board = Board(
        visit=visit,
        items=items,
        members=members,
        travel=travel_table(places.values()) if len(places) > 1 else {},
        bookings=_bookings(visit, items),
        elsewhere=_elsewhere(visit, members),
        notes={note.key: note for note in visit.warning_notes.all()},
        legs=[] if isinstance(visit, Festival) else list(visit.legs.whole().in_order()),
    )
    if board.legs:
        with suppress(DomainError):  # the page of transfers says which norm is missing
            board.rules = rules_in_force(visit.starts_on)
    others = {booking.matter_id for booking in board.bookings} | {
        item.visit_id for _person, item in board.elsewhere
    }
    others.discard(None)
    if others and user is not None:
        board.seen_matters = set(
            Matter.objects.visible_to(user).filter(pk__in=others).values_list("pk", flat=True)
        )
    return board


def _bookings(visit: Visit | Festival, items: list[ProgrammeItem]) -> list[Booking]:
    used = {row.resource_id for item in items for row in item.resources.all()}
    spans = [item.period for item in items if item.period]
    if not used or not spans:
        return []
    first, last = min(span.lower for span in spans), max(span.upper for span in spans)
    rows = Booking.objects.within(first, last).filter(resource__in=used).exclude(matter_id__in=_own(visit))
    return list(rows.select_related("matter"))


def _own(visit: Visit | Festival) -> list[int]:
    """The matters whose bookings serve this programme: the visit's and its festival's."""
    return [pk for pk in (visit.pk, getattr(visit, "occasion_id", None)) if pk]


def _elsewhere(visit: Visit | Festival, members: list[Member]) -> list[tuple[int, ProgrammeItem]]:
    """Items of other visits in which a person of ours takes part."""
    people: set[int] = {member.person_id for member in members if member.person_id}
    if not people or isinstance(visit, Festival):  # each delegation looks after its own guests
        return []
    rows = (
        ProgrammeItem.objects.alive()
        .filter(
            Q(visit__members__person__in=people, is_for_all=True)
            | Q(participants__member__person__in=people),
            on__range=(visit.starts_on, visit.ends_on),
            period__isnull=False,
            visit__isnull=False,
        )
        .exclude(visit=visit)
        .exclude(visit__phase="void")
        .select_related("visit", "place", "to_place")
        .prefetch_related("texts", "visit__members", "participants__member")
        .distinct()
    )
    found = []
    for item in rows:
        taking = (
            {member.person_id for member in item.visit.members.all()}
            if item.is_for_all
            else {row.member.person_id for row in item.participants.all()}
        )
        found += [(person, item) for person in people & taking]
    return found
