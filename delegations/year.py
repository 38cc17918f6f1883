"""The visits of one year: by partner and by whose invitation, guests, days, cost, and whether what was agreed was kept.

One reading serves the page, the workbook and the paper for the council; its queries do not grow with the visits.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.columns import Column
from core.money import money_words
from delegations.choices import Basis, ItemKind, Progress
from delegations.costs import Costs, reckon
from delegations.models import FollowUp, MealOrder, Member, ProgrammeItem, Room, Ticket, Visit
from delegations.rooming import Stay, taking
from delegations.shared_costs import Shared, read_shared
from resources.services import works_of_matters

FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass
class Kept:
    """Work agreed on: done by its day, done later, still to do (and of that, how much is late)."""

    in_time: int = 0
    late: int = 0
    open: int = 0
    overdue: int = 0

    @property
    def total(self) -> int:
        return self.in_time + self.late + self.open

    def add(self, other: Kept) -> None:
        for name in ("in_time", "late", "open", "overdue"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def count(self, task: Any, today: datetime.date) -> None:
        if task.dropped_at:
            return
        if task.done_at:
            late = task.due_on and timezone.localdate(task.done_at) > task.due_on
            self.late, self.in_time = self.late + bool(late), self.in_time + (not late)
        else:
            self.open += 1
            self.overdue += bool(task.due_on and task.due_on < today)


@dataclass
class Row:
    """One visit of the year."""

    visit: Visit
    guests: int
    costs: Costs
    kept: Kept = field(default_factory=Kept)

    @property
    def days(self) -> int:
        return (self.visit.ends_on - self.visit.starts_on).days + 1

    @property
    def partner(self) -> str:
        return self.visit.city.name_lt if self.visit.city else _("not a partner city")

    @property
    def cost(self) -> Decimal | None:
        """None when nothing has a price: an unknown cost is never a zero."""
        return self.costs.total if any(line.price is not None for line in self.costs.lines) else None


@dataclass
class Sums:
    """Several visits together, by partner or by basis."""

    label: str
    visits: int = 0
    guests: int = 0
    days: int = 0
    cost: Decimal | None = None
    kept: Kept = field(default_factory=Kept)

    def add(self, row: Row) -> None:
        self.visits, self.guests, self.days = self.visits + 1, self.guests + row.guests, self.days + row.days
        if row.cost is not None:
            self.cost = (self.cost or Decimal(0)) + row.cost
        self.kept.add(row.kept)


@dataclass
class Year:
    year: int
    rows: list[Row]

    def by(self, label: Callable[[Row], str]) -> list[Sums]:
        found: dict[str, Sums] = {}
        for row in self.rows:
            found.setdefault(label(row), Sums(label(row))).add(row)
        return sorted(found.values(), key=lambda sums: (-sums.visits, -sums.guests, sums.label))

    @property
    def by_partner(self) -> list[Sums]:
        return self.by(lambda row: row.partner)

    @property
    def by_basis(self) -> list[Sums]:
        return self.by(lambda row: str(Basis(row.visit.basis).label))

    @property
    def total(self) -> Sums:
        sums = Sums(_("In all"))
        for row in self.rows:
            sums.add(row)
        return sums

    @property
    def shares_words(self) -> str:
        """How the part of what festivals share was reckoned; nothing when no delegation came to one."""
        if not any(row.visit.occasion_id for row in self.rows):
            return ""
        return _(
            "What a festival shares is counted too: at its meals each delegation's own heads, and of our people at them"
            " and of its interpreters a part by guests."
        )

    @property
    def unpriced(self) -> int:
        """Visits of whose lines some have no price."""
        return sum(1 for row in self.rows if row.costs.unpriced)

    @property
    def unpriced_words(self) -> str:
        if not self.unpriced:
            return ""
        return ngettext(
            "Of %(count)d visit not every price is known: its cost is not whole.",
            "Of %(count)d visits not every price is known: their cost is not whole.",
            self.unpriced,
        ) % {"count": self.unpriced}


def read_year(user: Any, year: int) -> Year:
    """The visits this person may see that began in the year."""
    visits = list(
        Visit.objects.visible_to(user)
        .alive()
        .filter(starts_on__year=year)
        .select_related("city", "responsible")
        .order_by("starts_on", "pk")
    )
    members: dict[int, list[Member]] = {visit.pk: [] for visit in visits}
    for member in Member.objects.filter(visit__in=visits).only("pk", "visit_id"):
        members[member.visit_id].append(member)
    costs = _costs(visits, members)
    rows = {visit.pk: Row(visit, len(members[visit.pk]), costs[visit.pk]) for visit in visits}
    today = timezone.localdate()
    for follow_up in FollowUp.objects.filter(task__matter__in=[visit.pk for visit in visits]).select_related(
        "task"
    ):
        rows[follow_up.task.matter_id].kept.count(follow_up.task, today)
    return Year(year, list(rows.values()))


def years_with_visits(user: Any) -> list[int]:
    days = Visit.objects.visible_to(user).alive().order_by().dates("starts_on", "year", order="DESC")
    return [day.year for day in days]


def _costs(visits: list[Visit], members: dict[int, list[Member]]) -> dict[int, Costs]:
    """What each visit costs, read for all of them together."""
    items: dict[int, list[ProgrammeItem]] = {visit.pk: [] for visit in visits}
    rows = (
        ProgrammeItem.objects.alive()
        .filter(visit__in=visits, kind__in=[ItemKind.MEAL, ItemKind.ACCOMMODATION])
        .exclude(progress=Progress.CANCELLED)
        .select_related("place")
        .prefetch_related("texts", "participants", Prefetch("rooms", Room.objects.all(), to_attr="beds"))
    )
    for item in rows:
        items[item.visit_id].append(item)  # type: ignore[index]
    orders = {order.item_id: order for order in MealOrder.objects.filter(item__visit__in=visits)}
    tickets: dict[int, list[Ticket]] = {visit.pk: [] for visit in visits}
    for ticket in Ticket.objects.filter(visit__in=visits):
        tickets[ticket.visit_id].append(ticket)
    works = works_of_matters([visit.pk for visit in visits])
    shared = read_shared({visit.occasion_id for visit in visits if visit.occasion_id})
    none = Shared()
    of = {visit.pk: shared.get(visit.occasion_id or 0, none) for visit in visits}
    return {
        visit.pk: reckon(
            stays=[
                Stay(item, taking(item, members[visit.pk]), item.beds)  # type: ignore[attr-defined]
                for item in items[visit.pk]
                if item.kind == ItemKind.ACCOMMODATION
            ],
            meals=[
                *(item for item in items[visit.pk] if item.kind == ItemKind.MEAL),
                *of[visit.pk].meals_of(visit, members[visit.pk]),
            ],
            orders=orders | of[visit.pk].orders,
            members=members[visit.pk],
            tickets=tickets[visit.pk],
            works=works[visit.pk],
            shared=of[visit.pk].lines(len(members[visit.pk])),
        )
        for visit in visits
    }


# --- drawings -----------------------------------------------------------------------------------------------

BAR_WIDTH, BAR_ROW = 400, 36


def bars(label: str, pairs: Iterable[tuple[str, float, str]], tone: str = "slate") -> dict[str, Any] | None:
    """Horizontal bars: a line of words and the figure, the bar beneath; None when all are nothing."""
    rows = list(pairs)
    most = max((value for _label, value, _words in rows), default=0)
    if not most:
        return None
    return {
        "label": label,
        "tone": tone,
        "width": BAR_WIDTH,
        "height": BAR_ROW * len(rows),
        "words": "; ".join(f"{name}: {words}" for name, _value, words in rows),
        "rows": [
            {
                "label": name if len(name) <= 42 else f"{name[:41]}…",
                "words": words,
                "text_y": place * BAR_ROW + 14,
                "bar_y": place * BAR_ROW + 20,
                "length": round(value / most * BAR_WIDTH, 1),
            }
            for place, (name, value, words) in enumerate(rows)
        ],
    }


def charts(year: Year, most: int = 12) -> list[dict[str, Any]]:
    """What a person rather sees than reads; each has its figures in the table beneath."""
    partners = year.by_partner[:most]
    kept = year.total.kept
    found = [
        bars(_("Guests by partner"), [(s.label, s.guests, str(s.guests)) for s in partners]),
        bars(_("Cost by partner"), [(s.label, float(s.cost or 0), money_words(s.cost)) for s in partners], "amber"),
        bars(_("Visits by basis"), [(s.label, s.visits, str(s.visits)) for s in year.by_basis], "plum"),
        bars(
            _("Work agreed on"),
            [
                (_("done in time"), kept.in_time, str(kept.in_time)),
                (_("done late"), kept.late, str(kept.late)),
                (_("to be done"), kept.open, str(kept.open)),
            ],
            "spruce",
        ),
    ]  # fmt: skip
    return [chart for chart in found if chart]


COLUMNS = (
    Column("visit__number", gettext_lazy("Number")),
    Column("visit__title", gettext_lazy("Visit")),
    Column("partner", gettext_lazy("Partner")),
    Column("basis", gettext_lazy("Basis"), value=lambda row: row.visit.get_basis_display()),
    Column("visit__purpose", gettext_lazy("Purpose")),
    Column("visit__starts_on", gettext_lazy("First day")),
    Column("visit__ends_on", gettext_lazy("Last day")),
    Column("days", gettext_lazy("Days")),
    Column("guests", gettext_lazy("Guests")),
    Column("cost", gettext_lazy("Cost, €"), value=lambda row: None if row.cost is None else float(row.cost)),
    Column("unpriced", gettext_lazy("Lines without a price"), value=lambda row: row.costs.unpriced),
    Column("in_time", gettext_lazy("Done in time"), value=lambda row: row.kept.in_time),
    Column("late", gettext_lazy("Done late"), value=lambda row: row.kept.late),
    Column("open", gettext_lazy("To be done"), value=lambda row: row.kept.open),
    Column("state", gettext_lazy("State"), value=lambda row: row.visit.state_label),
)
