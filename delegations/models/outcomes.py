"""After the guests have left: what was agreed, the pictures."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import ActedModel, TimestampedModel
from delegations.models.programme import ProgrammeItem
from delegations.models.visits import Visit
from documents.models import Document
from matters.models import Task


class FollowUp(models.Model):
    """A task that arose from an item of the programme (sutartas darbas)."""

    item = models.ForeignKey(ProgrammeItem, models.CASCADE, related_name="follow_ups")
    task = models.OneToOneField(Task, models.CASCADE, related_name="follow_up")

    class Meta:
        verbose_name = _("work agreed on")

    def __str__(self) -> str:
        return str(self.task)


class Photograph(ActedModel, TimestampedModel):
    """A picture of the visit (nuotrauka) with its author and whether those shown agreed to its use."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="photographs")
    item = models.ForeignKey(
        ProgrammeItem,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="photographs",
        verbose_name=_("item of the programme"),
    )
    document = models.OneToOneField(Document, models.CASCADE, related_name="photograph")
    author = models.CharField(_("author"), max_length=160)
    caption = models.CharField(_("what it shows"), max_length=300, blank=True)
    has_consent = models.BooleanField(_("those shown have agreed to its use"), default=False)
    consent_note = models.CharField(_("how they agreed"), max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("photograph")
        verbose_name_plural = _("photographs")
        constraints = [
            models.CheckConstraint(
                condition=~Q(author=""),
                name="delegations_photograph_has_author",
                violation_error_message=_("Write who took the picture."),
            )
        ]

    def __str__(self) -> str:
        return self.caption or self.author
