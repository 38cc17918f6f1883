from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import ActedModel, VersionedModel
from matters.models import Matter
from resources.models.resources import Interpreter

BEST = 5


class InterpreterWork(ActedModel, VersionedModel):
    """What an interpreter did for a matter (vertėjo darbas): hours if other than booked, how it went and who says so."""

    interpreter = models.ForeignKey(Interpreter, models.CASCADE, related_name="works")
    matter = models.ForeignKey(Matter, models.CASCADE, related_name="interpreter_works")
    hours = models.DecimalField(
        _("hours worked"), max_digits=5, decimal_places=2, null=True, blank=True
    )  # empty: as booked
    rating = models.PositiveSmallIntegerField(_("rating"), null=True, blank=True)
    words = models.TextField(_("how the work went"), max_length=1000, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("interpreter's work")
        verbose_name_plural = _("interpreters' work")
        permissions = [("read_ratings", "Can read how interpreters' work was rated")]
        constraints = [
            models.UniqueConstraint(fields=["interpreter", "matter"], name="resources_work_once_a_matter"),
            models.CheckConstraint(
                condition=Q(rating=None) | Q(rating__gte=1, rating__lte=BEST) & ~Q(words=""),
                name="resources_work_rated_in_words",
                violation_error_message=_("A rating is from 1 to 5, with words."),
            ),
            models.CheckConstraint(
                condition=Q(hours=None) | Q(hours__gte=0),
                name="resources_work_hours_are_not_negative",
                violation_error_message=_("The hours cannot be negative."),
            ),
        ]
        indexes = [models.Index(fields=["matter"], name="resources_work_of_matter")]

    def __str__(self) -> str:
        return f"{self.interpreter_id}: {self.matter_id}"
