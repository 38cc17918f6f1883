from __future__ import annotations

import datetime
import re

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from archive.choices import Medium, PlanState, RetentionRule
from archive.models.retention import RetentionIndex, RetentionPoint
from core.models import StoredFile, VersionedModel

CLOSES_BY = (6, 30)  # files of a year are closed by this day of the next, unless the plan says otherwise
INDEX_PATTERN = re.compile(r"^\d{1,3}(\.\d{1,3}){0,3}[A-ZĄČĘĖĮŠŲŪŽ]?$")


def sortable(index: str) -> str:
    """ "5.3" before "5.12": every number of the index in four places."""
    return re.sub(r"\d+", lambda found: found.group().zfill(4), index)[:40]


class Plan(VersionedModel):
    """The files to be made in a calendar year (dokumentacijos planas)."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    unit = models.ForeignKey(
        "accounts.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("of the municipality", "unit"),
    )
    retention_index = models.ForeignKey(
        RetentionIndex, models.PROTECT, related_name="plans", verbose_name=_("retention index")
    )
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="copies", editable=False
    )
    state = models.CharField(
        _("state"), max_length=10, choices=PlanState.choices, default=PlanState.DRAFT, editable=False
    )
    closes_on = models.DateField(_("files are closed by"))
    agreed_with = models.CharField(
        _("coordinated"),
        max_length=300,
        blank=True,
        help_text=_("With the state archive, when there are files kept permanently: date and number."),
    )
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    return_note = models.CharField(_("what to mend"), max_length=500, blank=True, editable=False)
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    approved_name = models.CharField(max_length=400, blank=True, editable=False)  # "X, pavaduoja Y"
    paper = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    paper_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-year"]
        verbose_name = _("documentation plan")
        verbose_name_plural = _("documentation plans")
        permissions = [("approve_plan", "Can approve a documentation plan")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=PlanState.APPROVED, approved_at__isnull=False, approved_by__isnull=False)
                | ~Q(state=PlanState.APPROVED) & Q(approved_at=None, approved_by=None),
                name="archive_plan_approved_as_a_whole",
            ),
            models.CheckConstraint(
                condition=Q(state=PlanState.DRAFT)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="archive_plan_submitted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(paper=None, paper_at=None) | Q(paper__isnull=False, paper_at__isnull=False),
                name="archive_plan_paper_has_time",
            ),
        ]

    def __str__(self) -> str:
        return gettext("Documentation plan of %(year)d") % {"year": self.year}

    def get_absolute_url(self) -> str:
        return reverse("archive:plan", args=[self.year])

    @property
    def is_approved(self) -> bool:
        return self.state == PlanState.APPROVED

    @property
    def usual_closing(self) -> datetime.date:
        return datetime.date(self.year + 1, *CLOSES_BY)


class PlanLineQuerySet(models.QuerySet["PlanLine"]):
    def in_force(self) -> PlanLineQuerySet:
        """Lines of approved plans: only there documents are placed."""
        return self.filter(plan__state=PlanState.APPROVED)

    def in_order(self) -> PlanLineQuerySet:
        return self.order_by("index_key", "pk")


class PlanLine(VersionedModel):
    """A file the plan foresees (dokumentacijos plano eilutė): its index, heading, term, medium, who answers."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="lines")
    index = models.CharField(_("index"), max_length=20, help_text=_("For example, 5.3"))
    index_key = models.CharField(max_length=40, editable=False)
    heading = models.CharField(_("heading"), max_length=300)
    point = models.ForeignKey(
        RetentionPoint, models.PROTECT, related_name="lines", verbose_name=_("term by the retention index")
    )
    medium = models.CharField(_("medium"), max_length=12, choices=Medium.choices, default=Medium.ELECTRONIC)
    unit = models.ForeignKey(
        "accounts.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible unit"),
    )
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible person"),
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    # A line written after the approval is a supplement of the plan, with its day and reason.
    supplemented_on = models.DateField(null=True, blank=True, editable=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True, editable=False)

    objects = PlanLineQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "index_key", "pk"]
        verbose_name = _("line of the plan")
        verbose_name_plural = _("lines of the plan")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "index"],
                name="archive_line_index_once_a_plan",
                violation_error_message=_("This index stands in the plan already."),
            ),
            models.CheckConstraint(
                condition=Q(supplemented_on=None) | ~Q(reason=""), name="archive_line_supplement_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.index} {self.heading}"

    def save(self, *args: object, **kwargs: object) -> None:
        self.index_key = sortable(self.index)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def is_kept_for_good(self) -> bool:
        return self.point.rule == RetentionRule.PERMANENT
