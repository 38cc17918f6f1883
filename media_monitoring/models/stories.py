"""What tells that two texts are one: our own texts, and fingerprints that are compared for a month."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import ActedModel, TimestampedModel
from media_monitoring.models.articles import Story


class OwnText(ActedModel, TimestampedModel):
    """A text of ours (mūsų pranešimas) whose pick-up by the press is watched."""

    title = models.CharField(_("title"), max_length=400)
    text = models.TextField(_("text"))
    released_at = models.DateTimeField(_("released"), default=timezone.now)
    address = models.URLField(_("address"), max_length=1000, blank=True)  # of our own page, or of the release
    story = models.OneToOneField(Story, models.PROTECT, related_name="own_text", editable=False)

    class Meta:
        ordering = ["-released_at", "-pk"]
        verbose_name = _("own text")
        verbose_name_plural = _("own texts")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("media_monitoring:own_text", args=[self.pk])


class Fingerprint(models.Model):
    """The shingles of one text in their order; dropped once nothing new is compared with it."""

    key = models.CharField(max_length=60, unique=True)  # article:12, own:3
    published_at = models.DateTimeField(default=timezone.now)
    shingles = ArrayField(models.IntegerField())
    group = models.IntegerField(default=0)  # of the texts that are one: the first one's id

    class Meta:
        indexes = [models.Index(fields=["published_at"], name="media_monitoring_fingerprint_d")]  # dropping

    def __str__(self) -> str:
        return self.key


class Shingle(models.Model):
    """A sampled shingle and a text that has it: the inverted list reprints are looked up in."""

    pk = models.CompositePrimaryKey("value", "fingerprint_id")
    value = models.IntegerField()
    fingerprint = models.ForeignKey(Fingerprint, models.CASCADE, related_name="+")
    group = models.IntegerField(default=0)  # the text's: what many groups have says nothing

    def __str__(self) -> str:
        return str(self.value)
