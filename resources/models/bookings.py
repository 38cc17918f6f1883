from __future__ import annotations

import datetime
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import ActedModel, TimestampedModel
from matters.models import Matter
from resources.models.resources import Resource


class BookingQuerySet(models.QuerySet["Booking"]):
    def firm(self) -> BookingQuerySet:
        return self.filter(is_firm=True)

    def within(self, starts_at: datetime.datetime, ends_at: datetime.datetime) -> BookingQuerySet:
        return self.filter(period__overlap=DateTimeTZRange(starts_at, ends_at))

    def of_matter(self, matter: Any) -> BookingQuerySet:
        return self.filter(matter_id=matter.pk)


class Booking(ActedModel, TimestampedModel):
    """Somebody holds a resource for a time (užsakymas).

    A draft of a programme holds it softly: two drafts may, and both are warned. Once firm, the database
    refuses a second holder. A booking without a matter is time the resource is away.
    """

    resource = models.ForeignKey(
        Resource, models.PROTECT, related_name="bookings", verbose_name=_("resource")
    )
    matter = models.ForeignKey(
        Matter, models.CASCADE, null=True, blank=True, related_name="bookings", verbose_name=_("matter")
    )
    period = DateTimeRangeField(_("time"))
    key = models.CharField(max_length=60, blank=True)  # which part of the matter asks: "item:12"
    what = models.CharField(_("for what"), max_length=200)
    is_firm = models.BooleanField(_("firm"), default=False)

    objects = BookingQuerySet.as_manager()

    class Meta:
        ordering = ["period", "pk"]
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        constraints = [
            ExclusionConstraint(
                name="resources_booking_firm_ones_never_overlap",
                expressions=[("resource", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(is_firm=True),
            ),
            models.UniqueConstraint(
                fields=["resource", "matter", "key"],
                condition=Q(matter__isnull=False),
                name="resources_booking_once_a_part",
            ),
            models.CheckConstraint(
                condition=Q(period__isempty=False, period__lower_inf=False, period__upper_inf=False),
                name="resources_booking_has_beginning_and_end",
            ),
            models.CheckConstraint(
                condition=Q(matter__isnull=False) | Q(is_firm=True),
                name="resources_booking_without_matter_is_firm",
            ),
        ]
        indexes = [models.Index(fields=["matter", "key"], name="resources_booking_of_matter")]

    def __str__(self) -> str:
        return self.what

    @property
    def starts_at(self) -> datetime.datetime:
        return self.period.lower

    @property
    def ends_at(self) -> datetime.datetime:
        return self.period.upper
