"""How guests come and leave: legs of a journey and the transfers that meet them."""

from __future__ import annotations

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import VersionedModel
from delegations.choices import LEG_ICONS, LegDirection, TravelMode
from delegations.models.members import Member
from delegations.models.programme import DEFAULT_ZONE, ProgrammeItem
from delegations.models.visits import Visit
from resources.models import Place

DAYS_AROUND = 2  # guests may come before the first day and leave after the last


class TravelLegQuerySet(models.QuerySet["TravelLeg"]):
    def whole(self) -> Any:
        """With the place, who is named (`named_pks`) and which transfers serve it (`item_pks`), in one query."""
        named = Passenger.objects.filter(leg=models.OuterRef("pk")).order_by("member").values("member")
        items = TransferLeg.objects.filter(leg=models.OuterRef("pk"), item__deleted_at=None)
        return self.select_related("place").annotate(
            named_pks=ArraySubquery(named), item_pks=ArraySubquery(items.order_by("item").values("item"))
        )

    def in_order(self) -> Any:
        return self.order_by("moment", "pk")


class TravelLeg(VersionedModel):
    """One journey to us or from us (kelionės atkarpa): a flight, a train, a bus or a car.

    `on` and `at` are the wall clock of `place`, where the guests are met or seen off; `moment` is derived from
    them and from the delay that is known so far. A leg "for all" carries every guest without a leg of her own that
    way (delegations.journeys.riders).
    """

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="legs")
    direction = models.CharField(_("direction"), max_length=9, choices=LegDirection.choices)
    mode = models.CharField(_("by what"), max_length=6, choices=TravelMode.choices, default=TravelMode.FLIGHT)
    number = models.CharField(
        _("number of the flight or train"), max_length=30, blank=True, help_text=_("For example LO 781.")
    )
    place = models.ForeignKey(
        Place, models.PROTECT, related_name="+", verbose_name=_("where they are met or seen off")
    )
    other_end = models.CharField(_("from where or where to"), max_length=120, blank=True)
    on = models.DateField(_("day"))
    at = models.TimeField(_("hour"))
    zone = models.CharField(max_length=40, default=DEFAULT_ZONE, editable=False)
    delay = models.SmallIntegerField(_("late by, minutes"), default=0, editable=False)
    is_cancelled = models.BooleanField(_("does not run"), default=False, editable=False)
    moment = models.DateTimeField(editable=False)
    is_for_all = models.BooleanField(_("all the guests"), default=True)
    # They come in their own car: nobody has to be met.
    needs_transfer = models.BooleanField(_("has to be met or seen off"), default=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = TravelLegQuerySet.as_manager()

    named_pks: list[int]  # of a leg read by `whole`
    item_pks: list[int]

    class Meta:
        ordering = ["moment", "pk"]
        verbose_name = _("leg of a journey")
        verbose_name_plural = _("legs of journeys")
        constraints = [
            models.CheckConstraint(
                condition=Q(delay__gte=-600, delay__lte=2880),
                name="delegations_leg_delay_is_two_days_at_most",
                violation_error_message=_("A delay is two days at most."),
            )
        ]
        indexes = [models.Index(fields=["visit", "moment"], name="delegations_leg_of_visit")]

    def __str__(self) -> str:
        return self.number or str(self.get_mode_display())

    @property
    def label(self) -> str:
        """ "LO 781", "traukinys, Varšuva": what tells it from the other legs of the day."""
        return self.number or ", ".join(
            part for part in (str(self.get_mode_display()), self.other_end) if part
        )

    @property
    def icon(self) -> str:
        return LEG_ICONS[TravelMode(self.mode)]

    @property
    def is_arrival(self) -> bool:
        return self.direction == LegDirection.ARRIVAL

    @property
    def is_late(self) -> bool:
        return bool(self.delay) and not self.is_cancelled

    def set_moment(self) -> None:
        """Derive the moment from the wall clock of the place and the known delay."""
        self.zone = self.place.zone if self.place_id and self.place else DEFAULT_ZONE
        planned = datetime.datetime.combine(self.on, self.at, ZoneInfo(self.zone))
        self.moment = (planned.astimezone(datetime.UTC) + datetime.timedelta(minutes=self.delay)).astimezone(
            ZoneInfo(self.zone)
        )

    @property
    def local_moment(self) -> datetime.datetime:
        """When it is, delay included, on the clock of the place."""
        return self.moment.astimezone(ZoneInfo(self.zone))


class Passenger(models.Model):
    """A guest who travels by a leg that is not for all."""

    leg = models.ForeignKey(TravelLeg, models.CASCADE, related_name="passengers")
    member = models.ForeignKey(Member, models.CASCADE, related_name="passages")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["leg", "member"], name="delegations_passenger_once")]

    def __str__(self) -> str:
        return f"{self.leg_id}: {self.member_id}"


class TransferLeg(models.Model):
    """A transfer of the programme serves a leg (pervežimas): when the leg is late, this transfer moves."""

    item = models.ForeignKey(ProgrammeItem, models.CASCADE, related_name="served_legs")
    leg = models.ForeignKey(TravelLeg, models.CASCADE, related_name="transfers")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "leg"], name="delegations_transferleg_once")]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.leg_id}"
