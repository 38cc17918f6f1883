from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from archive.choices import RetentionRule, StartEvent
from core.models.deadlines import DatedQuerySet, DatedRow

# From the shortest to the longest; years stand between by their number.
_RANK = {RetentionRule.UNTIL_NOT_NEEDED: -2, RetentionRule.BY_DOCUMENTS: -1, RetentionRule.PERMANENT: 10_000}


class RetentionIndex(DatedRow):
    """One version of the index of retention periods (saugojimo terminų rodyklė), in force from a day."""

    code = models.SlugField(_("code"), max_length=60)
    name = models.CharField(_("name"), max_length=200)
    act = models.CharField(_("act"), max_length=300, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "pk"]
        verbose_name = _("retention index")
        verbose_name_plural = _("retention indexes")
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="archive_index_once_a_day"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="archive_index_runs_forward",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RetentionPoint(models.Model):
    """A row of the index: a series of documents and how long it is kept (rodyklės punktas)."""

    index = models.ForeignKey(
        RetentionIndex, models.PROTECT, related_name="points", verbose_name=_("retention index")
    )
    code = models.SlugField(_("code"), max_length=60, help_text=_("The same in every version of the index."))
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    number = models.CharField(_("point"), max_length=20, blank=True, help_text=_("For example, 5.27"))
    name_lt = models.CharField(_("documents, in Lithuanian"), max_length=300)
    name_en = models.CharField(_("documents, in English"), max_length=300, blank=True)
    rule = models.CharField(_("kept"), max_length=20, choices=RetentionRule.choices)
    years = models.PositiveSmallIntegerField(_("years"), null=True, blank=True)
    counted_from = models.CharField(
        _("counted from"), max_length=20, choices=StartEvent.choices, default=StartEvent.CLOSING
    )
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=400, blank=True)
    is_verified = models.BooleanField(_("verified"), default=False)

    class Meta:
        ordering = ["index", "position", "pk"]
        verbose_name = _("point of the retention index")
        verbose_name_plural = _("points of the retention index")
        constraints = [
            models.UniqueConstraint(fields=["index", "code"], name="archive_point_once_an_index"),
            models.CheckConstraint(
                condition=Q(rule=RetentionRule.YEARS, years__gte=1)
                | ~Q(rule=RetentionRule.YEARS) & Q(years=None),
                name="archive_point_years_with_their_rule",
                violation_error_message=_(
                    "Give the years when the documents are kept some years, else none."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.term}"

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name_lt

    @property
    def term(self) -> str:
        """How long, in words: "5 metai", "nuolat"."""
        if self.rule == RetentionRule.YEARS and self.years is not None:
            return ngettext("%(years)d year", "%(years)d years", self.years) % {"years": self.years}
        return str(self.get_rule_display())

    @property
    def rank(self) -> int:
        """Greater is longer: of a file's documents the longest prevails."""
        return self.years or _RANK[RetentionRule(self.rule)]

    def kept_until(self, event_on: datetime.date) -> datetime.date | None:
        """The last day of keeping, counted from the first of January after the event; None when no day is set."""
        if self.rule != RetentionRule.YEARS or self.years is None:
            return None
        return datetime.date(event_on.year + self.years, 12, 31)
