from __future__ import annotations

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.beside import RowsBesideQuerySet
from core.dates import hour_range
from core.models import ActedModel, VersionedModel
from delegations.choices import ITEM_ICONS, ITEM_LOOKS, DayPart, ItemKind, Progress
from delegations.models.festivals import Festival
from delegations.models.members import Member
from delegations.models.visits import Visit
from matters.models import Matter
from resources.models import Place, Resource

DEFAULT_ZONE = "Europe/Vilnius"
DEFAULT_LENGTH = datetime.timedelta(minutes=30)  # of an item whose end is not known
DAYS_TO_RESTORE = 30


class ProgrammeItemQuerySet(RowsBesideQuerySet):
    def alive(self) -> ProgrammeItemQuerySet:
        return self.filter(deleted_at=None)

    def of_visit(self, visit: Visit) -> ProgrammeItemQuerySet:
        """Items of the visit and those of its festival on its days in which some guest of it takes part."""
        if visit.occasion_id is None:
            return self.filter(visit=visit)
        theirs = ItemParticipant.objects.filter(item=models.OuterRef("pk"), member__visit=visit)
        shared = Q(festival=visit.occasion_id, on__range=(visit.starts_on, visit.ends_on))
        return self.filter(Q(visit=visit) | shared & (Q(is_for_all=True) | models.Exists(theirs)))

    def in_order(self) -> ProgrammeItemQuerySet:
        """As printed: by day and hour; an item without an hour stands where its part of the day does."""
        return self.annotate(
            clock=models.functions.Coalesce(
                "starts",
                models.Case(
                    *(models.When(part=part, then=models.Value(hour)) for part, hour in PART_HOURS.items()),
                    default=models.Value(datetime.time(23, 59)),
                    output_field=models.TimeField(),
                ),
            )
        ).order_by("on", "clock", "pk")

    def whole(self) -> ProgrammeItemQuerySet:
        """With everything a programme shows, in two queries."""
        served = models.Prefetch("resources", ItemResource.objects.select_related("resource__car"))
        rows = self.select_related("place", "to_place", "host").with_rows("texts", "participants")
        return rows.prefetch_related(served)

    def with_meals(self) -> ProgrammeItemQuerySet:
        """Each meal with its order (`meal`) and at how many tables one sits (`table_count`)."""
        from delegations.models.hospitality import TableSeat  # noqa: PLC0415 -- the files know each other

        seats = TableSeat.objects.filter(meal__item=models.OuterRef("pk")).order_by().values("meal__item")
        counted = seats.annotate(n=models.Count("table", distinct=True)).values("n")
        return self.select_related("meal").annotate(table_count=models.Subquery(counted))


PART_HOURS = {
    DayPart.MORNING: datetime.time(8, 0),
    DayPart.NOON: datetime.time(12, 0),
    DayPart.AFTERNOON: datetime.time(15, 0),
    DayPart.EVENING: datetime.time(19, 0),
}


class ProgrammeItem(VersionedModel):
    """One thing of a visit's programme (programos punktas): wall clock in the zone of its place.

    `ends` before `starts` means the next day. An item without an hour has a part of the day. `period` is derived.
    """

    visit = models.ForeignKey(Visit, models.CASCADE, null=True, related_name="items")
    # An item of a festival lives once and stands in the programme of each delegation.
    festival = models.ForeignKey(Festival, models.CASCADE, null=True, editable=False, related_name="items")
    kind = models.CharField(_("kind"), max_length=14, choices=ItemKind.choices, default=ItemKind.MEETING)
    on = models.DateField(_("day"))
    starts = models.TimeField(_("from"), null=True, blank=True)
    ends = models.TimeField(_("until"), null=True, blank=True)
    part = models.CharField(_("part of the day"), max_length=12, choices=DayPart.choices, blank=True)
    until_on = models.DateField(
        _("leaves on"), null=True, blank=True
    )  # accommodation: the morning after the last night
    zone = models.CharField(max_length=40, default=DEFAULT_ZONE, editable=False)
    period = DateTimeRangeField(null=True, blank=True, editable=False)
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="programme_items", verbose_name=_("place")
    )
    to_place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("where to")
    )
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who hosts"),
    )
    host_name = models.CharField(_("another host"), max_length=160, blank=True)
    is_for_all = models.BooleanField(_("all the guests"), default=True)
    is_fixed = models.BooleanField(_("fixed: does not move with the others"), default=False)
    is_open_to_press = models.BooleanField(_("open to the press"), default=False)
    notes = models.TextField(_("notes for insiders"), blank=True, max_length=2000)
    progress = models.CharField(
        _("what became of it"),
        max_length=10,
        choices=Progress.choices,
        default=Progress.PLANNED,
        editable=False,
    )
    progress_note = models.CharField(_("outcome"), max_length=500, blank=True, editable=False)
    agreed = models.TextField(_("what was agreed"), blank=True, max_length=2000, editable=False)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)
    deleted_by_name = models.CharField(max_length=200, blank=True, editable=False)

    objects = ProgrammeItemQuerySet.as_manager()

    class Meta:
        ordering = ["on", "starts", "pk"]
        verbose_name = _("item of the programme")
        verbose_name_plural = _("items of the programme")
        constraints = [
            models.CheckConstraint(
                condition=Q(visit__isnull=False, festival=None) | Q(visit=None, festival__isnull=False),
                name="delegations_item_of_a_visit_or_a_festival",
            ),
            models.CheckConstraint(
                condition=Q(starts__isnull=False, part="", period__isnull=False)
                | Q(starts=None, ends=None, period=None) & ~Q(part=""),
                name="delegations_item_has_hour_or_part_of_day",
                violation_error_message=_("Give an hour, or a part of the day."),
            ),
            models.CheckConstraint(
                condition=Q(ends=None) | ~Q(ends=F("starts")),
                name="delegations_item_lasts",
                violation_error_message=_("The item ends at the minute it begins."),
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(kind=ItemKind.ACCOMMODATION, until_on__gt=F("on")),
                name="delegations_item_leaves_after_arrival",
                violation_error_message=_("The guests leave the hotel on a later day than they come."),
            ),
            models.CheckConstraint(
                condition=Q(deleted_at=None, deleted_by_name="") | Q(deleted_at__isnull=False),
                name="delegations_item_removed_as_a_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["visit", "on"], condition=Q(deleted_at=None), name="delegations_item_of_visit"
            ),
            models.Index(fields=["on"], condition=Q(deleted_at=None), name="delegations_item_of_day"),
            models.Index(
                fields=["festival", "on"], condition=Q(deleted_at=None), name="delegations_item_of_festival"
            ),
        ]

    def __str__(self) -> str:
        return self.title_in("lt")

    def set_period(self) -> None:
        """Derive the moment range from the wall clock and the zone of the place."""
        self.zone = self.place.zone if self.place_id and self.place else DEFAULT_ZONE
        if self.starts is None:
            self.period = None
            return
        zone = ZoneInfo(self.zone)
        start = datetime.datetime.combine(self.on, self.starts, zone)
        if self.ends is None:
            end = start + DEFAULT_LENGTH
        else:
            day = self.on if self.ends > self.starts else self.on + datetime.timedelta(days=1)
            end = datetime.datetime.combine(day, self.ends, zone)
        self.period = DateTimeTZRange(start, end)

    # --- words -----------------------------------------------------------------------------------------

    @property
    def texts_by_language(self) -> dict[str, ItemText]:
        return {text.language: text for text in self.texts.all()}

    def title_in(self, language: str) -> str:
        """The title in this language, else in Lithuanian, else the kind."""
        texts = self.texts_by_language
        text = texts.get(language) or texts.get("lt") or next(iter(texts.values()), None)
        return text.title if text and text.title else str(self.get_kind_display())

    @property
    def title(self) -> str:
        return self.title_in(get_language() or "lt")

    @property
    def hours(self) -> str:
        return hour_range(self.starts, self.ends) if self.starts else str(self.get_part_display())

    @property
    def where(self) -> str:
        """The hall if one is booked, else the place; for a transfer from where to where."""
        halls = [row.resource.name for row in self.resources.all() if row.resource.kind == "hall"]
        here = halls[0] if halls else (self.place.label if self.place else "")
        if self.to_place_id and self.to_place:
            return f"{here} – {self.to_place.label}" if here else self.to_place.label
        return here

    @property
    def line(self) -> str:
        """The second line of a list: where, who hosts, who and what serves it; a hall is the place already."""
        served = [row.resource.name for row in self.resources.all() if row.resource.kind != "hall"]
        return " · ".join(str(part) for part in (self.where, self.host_label, *served) if part)

    @property
    def host_label(self) -> str:
        return self.host.full_name if self.host_id and self.host else self.host_name

    @property
    def host_short(self) -> str:
        return "".join(word[:1] for word in self.host_label.split()[:2]).upper()

    # --- look ------------------------------------------------------------------------------------------

    @property
    def icon(self) -> str:
        return ITEM_ICONS[self.kind]

    @property
    def look(self) -> str:
        return ITEM_LOOKS[self.kind]

    @property
    def is_over_night(self) -> bool:
        return self.kind == ItemKind.ACCOMMODATION

    @property
    def is_shared(self) -> bool:
        """Lives in a festival and stands in the programme of each of its delegations."""
        return self.festival_id is not None

    @property
    def holder_id(self) -> int:
        """The matter in which it is changed: its visit, or the festival that shares it."""
        return self.visit_id or self.festival_id  # type: ignore[return-value]  # the database holds one of them

    @property
    def minutes(self) -> int:
        """How long it lasts on the clock."""
        if self.period is None:
            return 0
        return int((self.period.upper - self.period.lower).total_seconds() // 60)

    @property
    def ends_shown(self) -> datetime.time | None:
        """The end, or half an hour after the start when no end was given."""
        if self.starts is None:
            return None
        if self.ends:
            return self.ends
        return (datetime.datetime.combine(self.on, self.starts) + DEFAULT_LENGTH).time()

    def resources_of(self, kind: str) -> list[Any]:
        return [row.resource for row in self.resources.all() if row.resource.kind == kind]


class ItemText(models.Model):
    """What an item says in one language."""

    item = models.ForeignKey(ProgrammeItem, models.CASCADE, related_name="texts")
    language = models.CharField(max_length=5)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True, max_length=2000)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("text of an item")
        constraints = [
            models.UniqueConstraint(fields=["item", "language"], name="delegations_text_once_a_language"),
            models.CheckConstraint(condition=~Q(title=""), name="delegations_text_has_title"),
        ]

    def __str__(self) -> str:
        return self.title


class ItemParticipant(models.Model):
    """A guest who takes part in an item that is not for all."""

    item = models.ForeignKey(ProgrammeItem, models.CASCADE, related_name="participants")
    member = models.ForeignKey(Member, models.CASCADE, related_name="participations")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "member"], name="delegations_participant_once")
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.member_id}"


class ItemResource(models.Model):
    """An interpreter, car, driver or hall that serves an item; the booking in resources follows it."""

    item = models.ForeignKey(ProgrammeItem, models.CASCADE, related_name="resources")
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="+", verbose_name=_("resource"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "resource"], name="delegations_resource_once")]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.resource_id}"


class WarningNote(ActedModel):
    """A warning left standing with its reason (palikta ir paaiškinta); it returns when the two figures change."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="warning_notes")  # a visit or a festival
    key = models.CharField(max_length=120)
    fact = models.CharField(max_length=120)  # the figures it was explained for
    reason = models.CharField(_("why it stays"), max_length=300)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("explained warning")
        constraints = [
            models.UniqueConstraint(fields=["matter", "key"], name="delegations_warningnote_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="delegations_warningnote_has_reason"),
        ]

    def __str__(self) -> str:
        return self.key
