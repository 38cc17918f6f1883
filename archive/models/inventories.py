from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from archive.choices import Kept, PaperState
from archive.models.acts import ListedFile, SubmittedModel
from archive.models.files import CaseFile


class Inventory(SubmittedModel):
    """The list of a year's files kept permanently or long (bylų apyrašas), numbered on from the years before."""

    kept = models.CharField(_("files kept"), max_length=10, choices=Kept.choices)
    year = models.PositiveSmallIntegerField(_("year"))
    fund = models.CharField(_("fund No."), max_length=20, blank=True)
    number = models.CharField(_("inventory No."), max_length=20)
    state = models.CharField(
        _("state"), max_length=10, choices=PaperState.choices, default=PaperState.DRAFT, editable=False
    )

    class Meta:
        ordering = ["-year", "-kept"]
        verbose_name = _("inventory of case files")
        verbose_name_plural = _("inventories of case files")
        permissions = [("approve_inventory", "Can approve an inventory of case files")]
        constraints = [
            models.UniqueConstraint(fields=["kept", "year"], name="archive_inventory_once_a_year"),
            models.UniqueConstraint(  # numbers run on: they are given to one list at a time
                fields=["kept"],
                condition=~Q(state=PaperState.APPROVED),
                name="archive_inventory_one_in_work",
            ),
            models.CheckConstraint(
                condition=Q(state=PaperState.APPROVED, approved_at__isnull=False, approved_by__isnull=False)
                | ~Q(state=PaperState.APPROVED) & Q(approved_at=None, approved_by=None),
                name="archive_inventory_approved_as_a_whole",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("submitted_by")),
                name="archive_inventory_approved_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{capfirst(self.get_kept_display())}, {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("archive:inventory", args=[self.pk])

    @property
    def is_approved(self) -> bool:
        return self.state == PaperState.APPROVED

    @property
    def tone(self) -> str:
        return PaperState(self.state).tone


class InventoryLine(ListedFile):
    """A file in the inventory under its number (apskaitos vienetas)."""

    inventory = models.ForeignKey(Inventory, models.CASCADE, related_name="lines")
    file = models.OneToOneField(CaseFile, models.PROTECT, related_name="inventory_line")
    kept = models.CharField(
        max_length=10, choices=Kept.choices
    )  # of the inventory: numbers run through its years
    number = models.PositiveIntegerField(_("No."))

    class Meta:
        ordering = ["inventory", "number"]
        verbose_name = _("line of an inventory")
        verbose_name_plural = _("lines of an inventory")
        constraints = [
            models.UniqueConstraint(fields=["kept", "number"], name="archive_inventory_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="archive_inventory_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.heading}"
