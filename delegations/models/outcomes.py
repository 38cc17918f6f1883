"""After the guests have left: what was agreed, the pictures, who was sent which list."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import ActedModel, TimestampedModel
from delegations.models.programme import ProgrammeItem
from delegations.models.visits import Visit
from documents.models import Document
from matters.models import Task, Version


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


class ListSending(ActedModel):
    """A list went to somebody who serves the visit (išsiųstas sąrašas): of which version, with which content.

    The digest tells whether the next version touches this reader at all.
    """

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="list_sendings")
    kind = models.CharField(max_length=60)  # of the document: "delegations.rooming"
    reader = models.CharField(max_length=80, blank=True)  # which part: "driver:12", "hotel:3"
    name = models.CharField(_("to whom"), max_length=160)
    email = models.EmailField(_("e-mail"))
    version = models.ForeignKey(Version, models.SET_NULL, null=True, blank=True, related_name="+")
    content_sha256 = models.CharField(max_length=64)
    content = models.JSONField(default=list)  # the rows as sent, without contacts: what the next differs from
    is_draft = models.BooleanField(default=False)
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("list sent")
        verbose_name_plural = _("lists sent")
        indexes = [
            models.Index(fields=["visit", "kind", "reader", "-sent_at"], name="delegations_list_last_sent")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reader}".strip()
