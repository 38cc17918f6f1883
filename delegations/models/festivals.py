"""Several delegations at once: a festival holds visits and the items they share."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.counts import count_of
from delegations.choices import FestivalStatus
from matters.models import Matter
from matters.models.matter import MatterQuerySet

MAX_DAYS = 31


class FestivalQuerySet(MatterQuerySet):
    def with_counts(self) -> Any:
        """How many delegations come and how many guests, as `visit_count` and `guest_count`."""
        from delegations.models.members import Member  # noqa: PLC0415 -- the files know each other
        from delegations.models.visits import Visit  # noqa: PLC0415 -- the files know each other

        guests = Member.objects.filter(visit__in=Visit.objects.alive())
        return self.annotate(
            visit_count=count_of(Visit.objects.alive(), "occasion"),
            guest_count=count_of(guests, "visit__occasion"),
        )

    def whole(self) -> Any:
        """With how many delegations and guests come."""
        return super().whole().with_counts()

    def alive(self) -> Any:
        return self.exclude(phase="void").exclude(status=FestivalStatus.CALLED_OFF)

    def on_day(self, day: datetime.date) -> Any:
        return self.alive().filter(starts_on__lte=day, ends_on__gte=day)

    def between(self, first: datetime.date, last: datetime.date) -> Any:
        return self.alive().filter(starts_on__lte=last, ends_on__gte=first)


class Festival(Matter):
    """An occasion to which several delegations come (šventė): its shared items stand in each one's programme.

    It answers what the builder asks of a visit: `days`, `holds`, `members`, `programme`, `text_languages`.
    """

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
    called_off_reason = models.CharField(_("reason"), max_length=300, blank=True, editable=False)

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
            ),
            models.CheckConstraint(
                condition=Q(
                    ends_on__lte=models.ExpressionWrapper(
                        F("starts_on") + models.Value(MAX_DAYS - 1), output_field=models.DateField()
                    )
                ),
                name="delegations_festival_is_a_month_at_most",
                violation_error_message=_("A festival lasts 31 days at most."),
            ),
            models.CheckConstraint(
                condition=~Q(status=FestivalStatus.CALLED_OFF) | ~Q(called_off_reason=""),
                name="delegations_festival_called_off_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def days(self) -> list[datetime.date]:
        return [
            self.starts_on + datetime.timedelta(days=n)
            for n in range((self.ends_on - self.starts_on).days + 1)
        ]

    def holds(self, day: datetime.date) -> bool:
        return self.starts_on <= day <= self.ends_on

    @property
    def is_editable(self) -> bool:
        return not self.is_over

    @property
    def programme(self) -> Any:
        """The items every delegation shares."""
        return self.items.all()  # type: ignore[attr-defined]

    @property
    def members(self) -> Any:
        """The guests of all its delegations, delegation by delegation."""
        from delegations.models.members import Member  # noqa: PLC0415 -- the files know each other
        from delegations.models.visits import Visit  # noqa: PLC0415 -- the files know each other

        visits = Visit.objects.alive().filter(occasion=self)
        return (
            Member.objects.filter(visit__in=visits)
            .select_related("visit")
            .order_by("visit__title", "visit", "rank", "pk")
        )

    @cached_property
    def languages(self) -> list[str]:
        """What its guests read, the language of most delegations first."""
        counted: dict[str, int] = {}
        for codes in self.visits.alive().order_by("pk").values_list("languages", flat=True):  # type: ignore[attr-defined]
            for code in codes:
                counted[code] = counted.get(code, 0) + 1
        return sorted(counted, key=lambda code: -counted[code])

    @property
    def text_languages(self) -> list[str]:
        return ["lt", *(code for code in self.languages if code != "lt")]
