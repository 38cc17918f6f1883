from __future__ import annotations

import datetime

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from core.models import ActedModel, VersionedModel


class Days(Func):
    """The days of a deputyship as a range, both ends within."""

    function = "DATERANGE"
    output_field = DateRangeField()


class DeputyshipQuerySet(models.QuerySet["Deputyship"]):
    def on(self, day: datetime.date) -> DeputyshipQuerySet:
        return self.filter(starts_on__lte=day, ends_on__gte=day)


class Deputyship(ActedModel, VersionedModel):
    """Who stands in for whom and when (pavadavimas); set by oneself or the administrator, who is the actor."""

    principal = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="deputyships", verbose_name=_("who is away")
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="stands_in", verbose_name=_("who stands in")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))

    objects = DeputyshipQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        verbose_name = _("deputyship")
        verbose_name_plural = _("deputyships")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="accounts_deputyship_runs_forward"
            ),
            models.CheckConstraint(
                condition=~Q(principal=F("deputy")), name="accounts_deputyship_of_another"
            ),
            ExclusionConstraint(  # one deputy at a time
                name="accounts_deputyship_one_at_a_time",
                expressions=[
                    (Days("starts_on", "ends_on", Value("[]")), RangeOperators.OVERLAPS),
                    ("principal", RangeOperators.EQUAL),
                ],
            ),
        ]
        indexes = [models.Index(fields=["deputy", "ends_on"], name="accounts_deputy_by_day")]

    def __str__(self) -> str:
        return f"{self.principal} → {self.deputy}, {self.starts_on}–{self.ends_on}"
