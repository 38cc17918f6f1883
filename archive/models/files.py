from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Count, Max, Min, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from archive.choices import OPEN_STATES, FileState, Medium, Waiting
from archive.models.plan import PlanLine
from archive.models.retention import RetentionPoint
from core.models import ActedModel, TimestampedModel
from documents.models import Document

STANDING = Q(placements__left_at=None)


class CaseFileQuerySet(models.QuerySet["CaseFile"]):
    def with_contents(self) -> CaseFileQuerySet:
        """With how much lies in it and of which days; all of it, also what the reader may not see by name."""
        return self.annotate(
            documents=Count("placements", filter=STANDING),
            pages=Sum("placements__pages", filter=STANDING),
            sheets=Sum("placements__sheets", filter=STANDING),
            uncounted=Count(
                "placements", filter=STANDING & Q(placements__pages=None, placements__sheets=None)
            ),
            first_on=Min("placements__filed_on", filter=STANDING),
            last_on=Max("placements__filed_on", filter=STANDING),
        )

    def open(self) -> CaseFileQuerySet:
        return self.filter(state__in=OPEN_STATES)

    def in_order(self) -> CaseFileQuerySet:
        return self.order_by("-line__plan__year", "line__index_key", "volume")


class CaseFile(TimestampedModel):
    """A volume of a file of the plan (byla, jos tomas): documents of many matters in order of registration."""

    line = models.ForeignKey(PlanLine, models.PROTECT, related_name="files")
    volume = models.PositiveSmallIntegerField(_("volume"), default=1)
    state = models.CharField(
        _("state"), max_length=12, choices=FileState.choices, default=FileState.PLANNED, editable=False
    )
    opened_on = models.DateField(_("begun"), null=True, blank=True, editable=False)
    closed_on = models.DateField(_("closed"), null=True, blank=True, editable=False)
    closed_name = models.CharField(max_length=400, blank=True, editable=False)
    # What the years of keeping are counted from: known at closing, or once the contract ends, the last payment is made.
    event_on = models.DateField(_("day the term is counted from"), null=True, blank=True)
    held_on = models.DateField(_("legal hold since"), null=True, blank=True, editable=False)
    hold_reason = models.CharField(_("reason of the legal hold"), max_length=300, blank=True, editable=False)
    place = models.CharField(_("where the paper file stands"), max_length=120, blank=True)

    objects = CaseFileQuerySet.as_manager()

    class Meta:
        ordering = ["line", "volume"]
        verbose_name = _("case file")
        verbose_name_plural = _("case files")
        permissions = [
            ("place_document", "Can place and move documents between case files"),
            ("close_casefile", "Can close, reopen and hold case files"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["line", "volume"], name="archive_file_volume_once"),
            models.CheckConstraint(condition=Q(volume__gte=1), name="archive_file_volume_counts_from_one"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_STATES, closed_on=None, closed_name="")
                | ~Q(state__in=OPEN_STATES) & Q(closed_on__isnull=False) & ~Q(closed_name=""),
                name="archive_file_closed_as_a_whole",
            ),
            models.CheckConstraint(
                condition=Q(state=FileState.PLANNED, opened_on=None)
                | ~Q(state=FileState.PLANNED) & Q(opened_on__isnull=False),
                name="archive_file_begun_has_day",
            ),
            models.CheckConstraint(
                condition=Q(held_on=None, hold_reason="") | Q(held_on__isnull=False) & ~Q(hold_reason=""),
                name="archive_file_hold_has_reason",
            ),
            models.CheckConstraint(  # no destruction under a hold, whatever a service does
                condition=Q(held_on=None) | ~Q(state=FileState.DESTROYED),
                name="archive_file_held_is_not_destroyed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signature} {self.line.heading}"

    def get_absolute_url(self) -> str:
        return reverse("archive:file", args=[self.pk])

    @property
    def signature(self) -> str:
        """The index, with the volume when there are several: "5.3", "5.3, t. 2"."""
        return self.line.index if self.volume == 1 else f"{self.line.index}, t. {self.volume}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_paper(self) -> bool:
        """Whether its sheets are counted."""
        return self.line.medium != Medium.ELECTRONIC

    @property
    def tone(self) -> str:
        return FileState(self.state).tone


def _beside(place: Placement, way: str) -> Q:
    same_day, same_moment = Q(filed_on=place.filed_on), Q(ordered_at=place.ordered_at)
    return (
        Q(**{f"filed_on__{way}": place.filed_on})
        | same_day & Q(**{f"ordered_at__{way}": place.ordered_at})
        | same_day & same_moment & Q(**{f"document__{way}": place.document_id})
    )


class PlacementQuerySet(models.QuerySet["Placement"]):
    def standing(self) -> PlacementQuerySet:
        return self.filter(left_at=None)

    def in_order(self) -> PlacementQuerySet:
        """In order of registration; what came with a letter right behind it."""
        return self.order_by("filed_on", "ordered_at", "document_id")

    def before(self, place: Placement) -> PlacementQuerySet:
        """Those that stand in front of this one, in the same order."""
        return self.filter(_beside(place, "lt"))

    def after(self, place: Placement) -> PlacementQuerySet:
        return self.filter(_beside(place, "gt"))

    def named_to(self, user: Any) -> PlacementQuerySet:
        """Those whose document this person may see; the rest are counted, not named."""
        return self.filter(document__in=Document.objects.visible_to(user))


class Placement(ActedModel):
    """A document's place in a case file, with how it came there and, when it was moved, why it left (vieta byloje)."""

    file = models.ForeignKey(CaseFile, models.PROTECT, related_name="placements")
    document = models.ForeignKey(Document, models.PROTECT, related_name="placements")
    filed_on = models.DateField(_("date"))  # of registration, else the day it became final
    ordered_at = models.DateTimeField()  # within the day
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    sheets = models.PositiveIntegerField(_("sheets"), null=True, blank=True)
    # The term of the document's own kind: of all that lie in a file the longest prevails.
    point = models.ForeignKey(RetentionPoint, models.PROTECT, null=True, blank=True, related_name="+")
    by_hand = models.BooleanField(default=False)
    is_late = models.BooleanField(
        default=False
    )  # the file it belonged to was closed: it lies in the next volume
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    placed_at = models.DateTimeField(auto_now_add=True)
    left_at = models.DateTimeField(null=True, blank=True)
    left_reason = models.CharField(max_length=300, blank=True)
    left_name = models.CharField(max_length=400, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        ordering = ["file", "filed_on", "ordered_at", "document_id"]
        verbose_name = _("place in a case file")
        verbose_name_plural = _("places in case files")
        constraints = [
            models.UniqueConstraint(
                fields=["document"], condition=Q(left_at=None), name="archive_placement_one_stands"
            ),
            models.CheckConstraint(
                condition=Q(left_at=None, left_reason="") | Q(left_at__isnull=False) & ~Q(left_reason=""),
                name="archive_placement_left_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(sheets=None) | Q(sheets__gte=1), name="archive_placement_sheets_from_one"
            ),
        ]
        indexes = [
            models.Index(  # the inventory
                fields=["file", "filed_on", "ordered_at", "document"],
                condition=Q(left_at=None),
                name="archive_inventory_order",
            ),
            models.Index(  # the search in documents, the newest first
                fields=["-filed_on", "-id"], condition=Q(left_at=None), name="archive_placement_newest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} → {self.file_id}"

    @property
    def matter_id(self) -> int:
        """The audit trail keeps it with the document's matter."""
        return self.document.matter_id


class WaitingQuerySet(models.QuerySet["WaitingDocument"]):
    def visible_to(self, user: Any) -> WaitingQuerySet:
        return self.filter(document__in=Document.objects.visible_to(user))

    def of_years_in_force(self) -> WaitingQuerySet:
        """Those that could have a place: the plan of their year is approved."""
        return self.exclude(why=Waiting.NO_PLAN)


class WaitingDocument(models.Model):
    """A final document without a place in a case file (laukia vietos): written and removed with the deed itself."""

    document = models.OneToOneField(Document, models.CASCADE, related_name="waiting_for_place")
    year = models.PositiveSmallIntegerField(_("year"))
    why = models.CharField(_("why"), max_length=12, choices=Waiting.choices)
    since = models.DateTimeField(auto_now_add=True)

    objects = WaitingQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        verbose_name = _("document waiting for its place")
        verbose_name_plural = _("documents waiting for their place")
        indexes = [models.Index(fields=["year", "why"], name="archive_waiting_of_year")]

    def __str__(self) -> str:
        return str(self.document_id)
