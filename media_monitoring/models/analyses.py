"""The analysis of a month, quarter or year: a matter whose figures are frozen when it is submitted."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.dates import month_words
from matters.models import Matter
from matters.models.matter import MatterQuerySet
from media_monitoring.choices import AnalysisStatus, Period


class Analysis(Matter):
    """What the press said of the city in a period (žiniasklaidos analizė)."""

    period = models.CharField(_("period"), max_length=8, choices=Period.choices)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    status = models.CharField(
        max_length=10, choices=AnalysisStatus.choices, default=AnalysisStatus.PREPARING, editable=False
    )
    summary = models.TextField(_("what the figures mean"), blank=True)
    proposals = models.TextField(_("what is proposed"), blank=True)

    objects = MatterQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        verbose_name = _("analysis of the press")
        verbose_name_plural = _("analyses of the press")
        constraints = [
            models.UniqueConstraint(fields=["period", "starts_on"], name="media_monitoring_analysis_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="media_monitoring_analysis_lasts"
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("media_monitoring:analysis", args=[self.pk])

    @property
    def is_editable(self) -> bool:
        return not self.is_over and self.status in (
            AnalysisStatus.PREPARING,
            AnalysisStatus.RETURNED,
        )

    @property
    def period_words(self) -> str:
        return period_words(self.period, self.starts_on)


def bounds(period: str, day: datetime.date) -> tuple[datetime.date, datetime.date]:
    """First and last day of the period in which the day lies."""
    months = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}[Period(period)]
    first = day.replace(month=(day.month - 1) // months * months + 1, day=1)
    last = (first.replace(day=28) + datetime.timedelta(days=31 * months - 27)).replace(day=1)
    return first, last - datetime.timedelta(days=1)


def period_words(period: str, first: datetime.date) -> str:
    """ "2026 m. kovas", "2026 m. I ketvirtis", "2026 metai"."""
    if period == Period.YEAR:
        return gettext("year %(year)d") % {"year": first.year}
    if period == Period.QUARTER:
        number = ("I", "II", "III", "IV")[(first.month - 1) // 3]
        return gettext("quarter %(quarter)s of %(year)d") % {"quarter": number, "year": first.year}
    return month_words(first)
