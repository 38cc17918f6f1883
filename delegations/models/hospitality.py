"""Beds, tables and tickets: what is ordered for the guests beside the programme itself."""

from __future__ import annotations

from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.beside import RowsBesideQuerySet
from core.models import VersionedModel
from delegations.choices import BEDS, RoomKind, TicketState
from delegations.models.members import Member
from delegations.models.programme import ProgrammeItem
from delegations.models.travel import TravelLeg
from delegations.models.visits import Visit
from documents.models import Document
from matters.models import Task


class Room(VersionedModel):
    """A hotel room of an accommodation item (kambarys); who sleeps in it, when, and what it costs."""

    item = models.ForeignKey(ProgrammeItem, models.CASCADE, related_name="rooms")
    kind = models.CharField(_("kind of room"), max_length=7, choices=RoomKind.choices)
    number = models.CharField(_("number or name of the room"), max_length=20, blank=True)
    on = models.DateField(_("first night"))
    until_on = models.DateField(_("leaves on"))
    price = models.DecimalField(_("price a night, €"), max_digits=8, decimal_places=2, null=True, blank=True)
    note = models.CharField(_("note for the hotel"), max_length=300, blank=True)

    objects = RowsBesideQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "number", "pk"]
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gt=F("on")),
                name="delegations_room_is_left_after_a_night",
                violation_error_message=_("The room is left on a later day than it is taken."),
            ),
            models.CheckConstraint(
                condition=Q(price=None) | Q(price__gte=0),
                name="delegations_room_price_is_not_negative",
                violation_error_message=_("The price cannot be negative."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}".strip()

    @property
    def nights(self) -> int:
        return (self.until_on - self.on).days

    @property
    def cost(self) -> Decimal | None:
        return None if self.price is None else self.price * self.nights

    @property
    def label(self) -> str:
        """As a list of choices names it: the kind, then its number if the hotel has given one."""
        return f"{self.get_kind_display()}, {self.number}" if self.number else str(self.get_kind_display())

    @property
    def beds(self) -> int:
        return BEDS[RoomKind(self.kind)]

    @property
    def empty_beds(self) -> range:
        """One step for each bed nobody sleeps in."""
        return range(max(0, self.beds - len(self.guests.all())))


class RoomGuest(models.Model):
    """A guest in a room; the database refuses one guest in two beds of the same night."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="guests")
    member = models.ForeignKey(Member, models.CASCADE, related_name="beds")
    nights = DateRangeField(editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "member"], name="delegations_roomguest_once"),
            ExclusionConstraint(
                name="delegations_roomguest_one_bed_a_night",
                expressions=[("member", RangeOperators.EQUAL), ("nights", RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.room_id}: {self.member_id}"


class MealOrder(VersionedModel):
    """What is ordered for a meal of the programme (maitinimo užsakymas); heads and diets are counted, not typed."""

    item = models.OneToOneField(ProgrammeItem, models.CASCADE, related_name="meal")
    menu = models.TextField(_("menu"), blank=True, max_length=3000)
    hosts = models.PositiveSmallIntegerField(_("our own people at the table"), default=0)
    price = models.DecimalField(_("price a person, €"), max_digits=8, decimal_places=2, null=True, blank=True)
    note = models.CharField(_("note for the kitchen"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("order of a meal")
        verbose_name_plural = _("orders of meals")
        constraints = [
            models.CheckConstraint(
                condition=Q(price=None) | Q(price__gte=0),
                name="delegations_meal_price_is_not_negative",
                violation_error_message=_("The price cannot be negative."),
            )
        ]

    def __str__(self) -> str:
        return str(self.item)


class TableSeat(models.Model):
    """At which table a guest sits at a meal, where tables are named."""

    meal = models.ForeignKey(MealOrder, models.CASCADE, related_name="seats")
    member = models.ForeignKey(Member, models.CASCADE, related_name="seats")
    table = models.CharField(_("table"), max_length=40)

    class Meta:
        ordering = ["table", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meal", "member"], name="delegations_tableseat_once"),
            models.CheckConstraint(condition=~Q(table=""), name="delegations_tableseat_has_table"),
        ]

    def __str__(self) -> str:
        return self.table


class Ticket(VersionedModel):
    """Tickets for a journey or for an item of the programme (bilietai): how many, by whom bought, the file."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="tickets")
    item = models.ForeignKey(
        ProgrammeItem,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="tickets",
        verbose_name=_("item of the programme"),
    )
    leg = models.ForeignKey(
        TravelLeg, models.SET_NULL, null=True, blank=True, related_name="tickets", verbose_name=_("journey")
    )
    what = models.CharField(_("for what"), max_length=160)
    count = models.PositiveSmallIntegerField(_("how many"), default=1)
    state = models.CharField(
        _("state"), max_length=8, choices=TicketState.choices, default=TicketState.NEEDED
    )
    bought_by = models.CharField(_("bought by"), max_length=160, blank=True)
    price = models.DecimalField(_("price of one, €"), max_digits=8, decimal_places=2, null=True, blank=True)
    document = models.ForeignKey(
        Document, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    # Who is asked to buy it by when: the task chases, and is done once all its tickets are there.
    task = models.ForeignKey(
        Task, models.SET_NULL, null=True, blank=True, editable=False, related_name="tickets"
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        constraints = [
            models.CheckConstraint(
                condition=Q(count__gte=1),
                name="delegations_ticket_at_least_one",
                violation_error_message=_("At least one ticket."),
            ),
            models.CheckConstraint(
                condition=Q(price=None) | Q(price__gte=0),
                name="delegations_ticket_price_is_not_negative",
                violation_error_message=_("The price cannot be negative."),
            ),
            models.CheckConstraint(
                condition=Q(state=TicketState.NEEDED) | ~Q(bought_by=""),
                name="delegations_ticket_bought_by_somebody",
                violation_error_message=_("Write who bought it."),
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def cost(self) -> Decimal | None:
        return None if self.price is None else self.price * self.count
