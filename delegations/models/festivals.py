"""Several delegations at once: a festival holds visits and the items they share."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from delegations.choices import FestivalStatus
from matters.models import Matter
from matters.models.matter import MatterQuerySet


class FestivalQuerySet(MatterQuerySet):
    def whole(self) -> Any:
        return super().whole()


class Festival(Matter):
    """An occasion to which several delegations come (šventė): its shared items stand in each one's programme."""

    status = models.CharField(
        _("state"),
        max_length=12,
        choices=FestivalStatus.choices,
        default=FestivalStatus.PREPARING,
        editable=False,
    )
    purpose = models.TextField(_("what it is"), max_length=1000, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))

    objects = FestivalQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        verbose_name = _("festival")
        verbose_name_plural = _("festivals")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="delegations_festival_ends_after_start",
                violation_error_message=_("The last day is before the first."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def days(self) -> list[datetime.date]:
        return [
            self.starts_on + datetime.timedelta(days=n)
            for n in range((self.ends_on - self.starts_on).days + 1)
        ]
