"""After the guests have left: what was agreed, the pictures."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import ActedModel, StoredFile, TimestampedModel, VersionedModel
from delegations.models.programme import ProgrammeItem
from delegations.models.visits import Visit
from documents.models import Document
from matters.models import Task


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def of_visit(self, visit: Visit) -> FollowUpQuerySet:
        """Those of this visit; of an item several delegations share, never another delegation's."""
        matters = [pk for pk in (visit.pk, visit.occasion_id) if pk]
        return self.filter(task__matter__in=matters).select_related("task__assignee")


class FollowUp(models.Model):
    """A task that arose from an item of the programme (sutartas darbas)."""

    item = models.ForeignKey(ProgrammeItem, models.CASCADE, related_name="follow_ups")
    task = models.OneToOneField(Task, models.CASCADE, related_name="follow_up")

    objects = FollowUpQuerySet.as_manager()

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
    in_report = models.BooleanField(_("stands in the report"), default=False)
    taken_at = models.DateTimeField(_("taken"), null=True, blank=True)  # as the camera wrote it, our time
    # A file we cannot read may still say where it was taken.
    may_tell_place = models.BooleanField(default=False, editable=False)
    width = models.PositiveIntegerField(null=True, blank=True, editable=False)
    height = models.PositiveIntegerField(null=True, blank=True, editable=False)
    # Made by a worker: for the grid, and for the report and a closer look.
    thumb = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    picture = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = _("photograph")
        verbose_name_plural = _("photographs")
        constraints = [
            models.CheckConstraint(
                condition=~Q(author=""),
                name="delegations_photograph_has_author",
                violation_error_message=_("Write who took the picture."),
            ),
            models.CheckConstraint(
                condition=Q(in_report=False) | Q(has_consent=True),
                name="delegations_photograph_in_report_has_consent",
                violation_error_message=_(
                    "Only a picture whose people have agreed to its use stands in the report."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.caption or self.document.title


class ThanksLetter(ActedModel, VersionedModel):
    """The letter of thanks to the head of a delegation (padėkos laiškas) as a person has worded it, in one language.

    There is no row until somebody has read the proposed words and kept them.
    """

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="thanks_letters")
    language = models.CharField(max_length=5)
    salutation = models.CharField(_("salutation"), max_length=200)
    body = models.TextField(_("text"), max_length=4000)
    signatory = models.CharField(_("who signs"), max_length=200)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("letter of thanks")
        verbose_name_plural = _("letters of thanks")
        constraints = [
            models.UniqueConstraint(fields=["visit", "language"], name="delegations_thanks_once_a_language"),
            models.CheckConstraint(
                condition=~Q(salutation="") & ~Q(body="") & ~Q(signatory=""),
                name="delegations_thanks_is_whole",
                violation_error_message=_("A letter has a salutation, a text and somebody who signs it."),
            ),
        ]

    def __str__(self) -> str:
        return self.salutation
