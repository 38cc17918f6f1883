"""What people read in an article, and what a small model proposes from their past reading."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from core.models import VersionedModel
from media_monitoring.choices_desk import TONE_ICONS, TONE_STATES, Aspect, Genre, Mention, Tone
from media_monitoring.models.articles import Article


class CodingModel(models.Model):
    """One learning (mokymas): from how many codings, how often right on what it had not seen."""

    aspect = models.CharField(max_length=8, choices=Aspect.choices)
    trained_at = models.DateTimeField(default=timezone.now)
    samples = models.PositiveIntegerField()
    accuracy = models.FloatField()  # share of right proposals, cross-validated
    baseline = models.FloatField()  # of always saying the commonest label
    macro_f1 = models.FloatField()
    baseline_f1 = models.FloatField()
    labels = models.JSONField(default=list)  # of each: label, count, precision, recall
    weights = models.BinaryField()  # media_monitoring.proposals.Weights; empty once there is a newer learning

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["aspect", "-id"], name="media_monitoring_model_newest")]

    def __str__(self) -> str:
        return f"{self.get_aspect_display()}, {self.trained_at:%Y-%m-%d}: {self.samples}"

    @property
    def is_useful(self) -> bool:
        """Better than always saying the commonest; else it keeps silent."""
        return self.macro_f1 > self.baseline_f1 and self.accuracy >= self.baseline

    @property
    def percent(self) -> int:
        return round(self.accuracy * 100)

    @property
    def baseline_percent(self) -> int:
        return round(self.baseline * 100)


class Proposal(models.Model):
    """What the machine proposes of one article (siūlymas); it decides nothing, and is seen only after a decision."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="proposals")
    aspect = models.CharField(max_length=8, choices=Aspect.choices)
    model = models.ForeignKey(CodingModel, models.CASCADE, related_name="+")
    label = models.CharField(max_length=20)
    share = models.FloatField()
    met = models.CharField(max_length=20, blank=True)  # what the first coder said before she could see it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "aspect"], name="media_monitoring_proposal_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_aspect_display()}: {self.label}"

    @property
    def is_met(self) -> bool:
        return self.met == self.label


class CodingQuerySet(models.QuerySet["Coding"]):
    def in_force(self) -> CodingQuerySet:
        """The one reading of each article that lists and analyses count."""
        return self.filter(is_second=False)


class Coding(VersionedModel):
    """How one person reads an article (kodavimas): the first is in force, a second one measures the agreement."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="codings")
    coder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_second = models.BooleanField(default=False)
    tone = models.CharField(_("tone"), max_length=12, choices=Tone.choices)
    genre = models.CharField(_("fact or opinion"), max_length=8, choices=Genre.choices, default=Genre.FACT)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit concerned")
    )
    decision = models.CharField(_("decision concerned"), max_length=200, blank=True)
    speaker = models.CharField(_("speaker quoted"), max_length=200, blank=True)
    mentions = ArrayField(
        models.CharField(max_length=16, choices=Mention.choices),
        default=list,
        blank=True,
        verbose_name=_("mentioned"),
    )
    reason = models.CharField(_("why"), max_length=300, blank=True)

    objects = CodingQuerySet.as_manager()

    class Meta:
        ordering = ["is_second", "pk"]
        verbose_name = _("coding")
        verbose_name_plural = _("codings")
        constraints = [
            models.UniqueConstraint(fields=["article", "coder"], name="media_monitoring_coding_once"),
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(is_second=False),
                name="media_monitoring_coding_one_in_force",
            ),
        ]
        indexes = [models.Index(fields=["tone"], name="media_monitoring_coding_tone")]  # learning, filters

    def __str__(self) -> str:
        return f"{self.article}: {self.get_tone_display()}"

    def said(self, aspect: str) -> str:
        """This reading's label of the aspect; "" where it names none."""
        return str(getattr(self, Aspect(aspect).field) or "")

    @property
    def icon(self) -> str:
        return TONE_ICONS[self.tone]

    @property
    def state(self) -> str:
        return TONE_STATES[self.tone]

    @property
    def mention_labels(self) -> list[Any]:
        return [Mention(code).label for code in self.mentions if code in Mention.values]
