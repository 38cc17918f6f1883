from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.counts import count_of
from delegations.choices import Basis, Direction, MemberKind, Status
from matters.models import Matter
from matters.models.matter import MatterQuerySet
from partners.choices import Language
from partners.models import City

MAX_DAYS = 31


class VisitQuerySet(MatterQuerySet):
    def with_guest_count(self) -> Any:
        """How many guests come, as `guest_count`."""
        from delegations.models.members import Member  # noqa: PLC0415 -- the two files know each other

        return self.annotate(guest_count=count_of(Member.objects.all(), "visit"))

    def whole(self) -> Any:
        """With the city, the host, how many guests come and who heads them."""
        from delegations.models.members import Member  # noqa: PLC0415 -- the two files know each other

        heads = Member.objects.filter(visit=models.OuterRef("pk"), kind=MemberKind.HEAD)
        name = models.functions.Coalesce(models.functions.NullIf("own_name", models.Value("")), "name")
        return (
            super()
            .whole()
            .with_guest_count()
            .select_related("city", "host", "occasion")
            .annotate(
                head_name=models.Subquery(heads.values_list(name)),
                head_language=models.Subquery(heads.values("name_language")),
            )
        )

    def alive(self) -> Any:
        """Visits that take place or did: neither void nor called off."""
        return self.exclude(phase="void").exclude(status=Status.CALLED_OFF)

    def on_day(self, day: datetime.date) -> Any:
        return self.alive().filter(starts_on__lte=day, ends_on__gte=day)

    def between(self, first: datetime.date, last: datetime.date) -> Any:
        return self.alive().filter(starts_on__lte=last, ends_on__gte=first)

    def upcoming(self, today: datetime.date) -> Any:
        return self.alive().filter(ends_on__gte=today)

    def past(self, today: datetime.date) -> Any:
        return self.filter(ends_on__lt=today)


class Visit(Matter):
    """A delegation's stay with us (vizitas): who invites, why, when, in which languages."""

    direction = models.CharField(
        max_length=3, choices=Direction.choices, default=Direction.INCOMING, editable=False
    )
    status = models.CharField(
        _("state"), max_length=12, choices=Status.choices, default=Status.PREPARING, editable=False
    )
    city = models.ForeignKey(
        City, models.PROTECT, null=True, blank=True, related_name="visits", verbose_name=_("partner city")
    )
    basis = models.CharField(_("basis"), max_length=14, choices=Basis.choices, default=Basis.CITY)
    inviter = models.CharField(_("who invites"), max_length=200, blank=True)
    purpose = models.TextField(_("purpose"), max_length=1000)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    languages = ArrayField(
        models.CharField(max_length=5, choices=Language.choices), verbose_name=_("languages of the guests")
    )
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("host of the visit"),
    )
    occasion = models.ForeignKey(  # "festival" is the parent row's way to its own child
        "delegations.Festival",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="visits",
        verbose_name=_("festival"),
    )
    report_summary = models.TextField(
        _("what the visit brought"), blank=True, max_length=4000, editable=False
    )
    # Identity documents are asked for only when somebody who admits the guests needs them (design 4.8).
    identity_for = models.CharField(
        _("what identity documents are needed for"),
        max_length=200,
        blank=True,
    )
    expected_guests = models.PositiveSmallIntegerField(_("guests expected"), null=True, blank=True)
    called_off_reason = models.CharField(_("reason"), max_length=300, blank=True, editable=False)

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        permissions = [("view_guest_data", "Can read diet, health and contacts of guests")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="delegations_visit_ends_after_start",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                condition=Q(
                    ends_on__lte=models.ExpressionWrapper(
                        F("starts_on") + models.Value(MAX_DAYS - 1), output_field=models.DateField()
                    )
                ),
                name="delegations_visit_is_a_month_at_most",
                violation_error_message=_("A visit lasts 31 days at most."),
            ),
            models.CheckConstraint(
                condition=Q(languages__len__gte=1),
                name="delegations_visit_speaks_a_language",
                violation_error_message=_("Choose at least one language."),
            ),
            models.CheckConstraint(
                condition=~Q(basis=Basis.ORGANISATION) | ~Q(inviter=""),
                name="delegations_visit_organisation_is_named",
                violation_error_message=_("Write which organisation invites."),
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.CALLED_OFF) | ~Q(called_off_reason=""),
                name="delegations_visit_called_off_has_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-starts_on", "-matter_ptr"], name="delegations_by_day"
            ),  # the list, the calendar
            models.Index(fields=["city", "-starts_on"], name="delegations_of_city"),  # the city's page
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def days(self) -> list[datetime.date]:
        return [
            self.starts_on + datetime.timedelta(days=n)
            for n in range((self.ends_on - self.starts_on).days + 1)
        ]

    @property
    def guest_language(self) -> str:
        """The language the guests' papers are written in."""
        return next(
            (code for code in self.languages if code != "lt"), self.languages[0] if self.languages else "en"
        )

    @property
    def text_languages(self) -> list[str]:
        """Languages each item must be written in: ours, then the guests'."""
        return ["lt", *(code for code in self.languages if code != "lt")]

    @property
    def language_labels(self) -> list[Any]:
        return [Language(code).label for code in self.languages]

    @property
    def is_editable(self) -> bool:
        return not self.is_over and self.status != Status.SUBMITTED

    def holds(self, day: datetime.date) -> bool:
        return self.starts_on <= day <= self.ends_on

    @property
    def programme(self) -> Any:
        """All that its guests do: items of its own and those shared by the delegations of its festival."""
        from delegations.models.programme import ProgrammeItem  # noqa: PLC0415 -- the two files know each other

        return ProgrammeItem.objects.of_visit(self)
