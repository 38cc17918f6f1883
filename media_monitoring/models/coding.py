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
from media_monitoring.choices_desk import TONE_ICONS, TONE_STATES, Genre, Mention, Tone
from media_monitoring.models.articles import Article


class ToneModel(models.Model):
    """One learning of the tones (tono modelis): from how many codings, how often right on what it had not seen."""

    trained_at = models.DateTimeField(default=timezone.now)
    samples = models.PositiveIntegerField()
    classes = ArrayField(models.CharField(max_length=12))
    accuracy = models.FloatField()  # share of right proposals, cross-validated
    baseline = models.FloatField()  # of always saying the commonest tone
    macro_f1 = models.FloatField()
    baseline_f1 = models.FloatField()
    weights = models.BinaryField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.trained_at:%Y-%m-%d}: {self.samples}"

    @property
    def is_useful(self) -> bool:
        """Better than always saying the commonest; else it keeps silent."""
        return self.macro_f1 > self.baseline_f1 and self.accuracy >= self.baseline

    @property
    def percent(self) -> int:
        return round(self.accuracy * 100)


class Proposal(models.Model):
    """What the model proposes of one article (siūlomas tonas); it decides nothing."""

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="proposal")
    model = models.ForeignKey(ToneModel, models.CASCADE, related_name="+")
    tone = models.CharField(max_length=12, choices=Tone.choices)
    share = models.FloatField()

    def __str__(self) -> str:
        return self.tone

    @property
    def percent(self) -> int:
        return round(self.share * 100)


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
    proposed_tone = models.CharField(max_length=12, choices=Tone.choices, blank=True)
    model = models.ForeignKey(ToneModel, models.SET_NULL, null=True, related_name="+")

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

    @property
    def icon(self) -> str:
        return TONE_ICONS[self.tone]

    @property
    def state(self) -> str:
        return TONE_STATES[self.tone]

    @property
    def mention_labels(self) -> list[Any]:
        return [Mention(code).label for code in self.mentions if code in Mention.values]
