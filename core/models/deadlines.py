from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.choices import PeriodUnit


class DatedRow(models.Model):
    """A rule or number in force from a day, with its source; an unverified one is shown as such."""

    valid_from = models.DateField(_("in force from"), default=datetime.date(2000, 1, 1))
    valid_to = models.DateField(_("in force to"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=400, blank=True)
    is_verified = models.BooleanField(_("verified"), default=False)

    class Meta:
        abstract = True


class DatedQuerySet(models.QuerySet):
    def in_force(self, on: datetime.date) -> DatedQuerySet:
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on).order_by("-valid_from")


class DeadlineRule(DatedRow):
    """How long something may take, counted from what, by which act (terminas)."""

    code = models.CharField(_("code"), max_length=40)
    what = models.CharField(_("what"), max_length=300)
    counted_from = models.CharField(_("counted from"), max_length=160)
    length = models.PositiveSmallIntegerField(_("length"))
    unit = models.CharField(_("unit"), max_length=12, choices=PeriodUnit.choices)
    basis = models.CharField(_("act"), max_length=200)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["code", "-valid_from"]
        verbose_name = _("deadline rule")
        verbose_name_plural = _("deadline rules")
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="core_deadlinerule_once_a_day"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
                name="core_deadlinerule_runs_forward",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Norm(DatedRow):
    """A number the law or the municipality sets: a rate, a ceiling, a share (norma)."""

    code = models.CharField(_("code"), max_length=60)
    what = models.CharField(_("what"), max_length=300)
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=2)
    unit = models.CharField(_("unit"), max_length=20)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["code", "-valid_from"]
        verbose_name = _("norm")
        verbose_name_plural = _("norms")
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="core_norm_once_a_day"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
                name="core_norm_runs_forward",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class HolidayException(models.Model):
    """A day the calendar of holidays has wrong for us: a day off given, or a working Saturday (išimtis)."""

    day = models.DateField(_("day"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    is_working = models.BooleanField(_("people work that day"), default=False)

    class Meta:
        ordering = ["-day"]
        verbose_name = _("exception of the calendar")
        verbose_name_plural = _("exceptions of the calendar")

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
