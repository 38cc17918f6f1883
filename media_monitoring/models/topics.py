"""Topics, the articles that answer them, and what one person has to do with an article."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import VersionedModel, lt_sort_key
from media_monitoring.choices import LOUDNESS, Severity
from media_monitoring.models.articles import Article

QUIET_FROM, QUIET_UNTIL = datetime.time(20), datetime.time(7)


class TopicQuerySet(models.QuerySet["Topic"]):
    def visible_to(self, user: Any) -> TopicQuerySet:
        return self if user.has_perm("media_monitoring.view_topic") else self.none()

    def active(self) -> TopicQuerySet:
        return self.filter(is_active=True)

    def with_words(self, folded: list[str], stems: list[str]) -> TopicQuerySet:
        """Those for which new words may mean another reading."""
        return self.filter(Q(folded__overlap=folded) | Q(stems__overlap=stems))


class Topic(VersionedModel):
    """A saved query (tema): its text is kept, and compiled anew whenever the words known or the normaliser change."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    query = models.CharField(_("query"), max_length=500)
    is_wide = models.BooleanField(_("wider: every reading of a word"), default=False)
    severity = models.CharField(
        _("how it tells"), max_length=8, choices=Severity.choices, default=Severity.NOTICE
    )
    in_digest = models.BooleanField(_("proposed for the morning page"), default=True)
    is_active = models.BooleanField(_("watched"), default=True)
    watchers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="press_topics", verbose_name=_("who is told")
    )
    compiled = models.JSONField(default=dict, editable=False)
    folded = ArrayField(models.CharField(max_length=60), default=list, editable=False)  # of its words
    stems = ArrayField(models.CharField(max_length=60), default=list, editable=False)
    normaliser = models.PositiveSmallIntegerField(default=0, editable=False)
    stamp = models.PositiveIntegerField(
        default=0, editable=False
    )  # another each time it means something else
    sort_key = lt_sort_key("name")

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("media_monitoring:topic", args=[self.pk])


class TopicHit(models.Model):
    """An article that answers a topic."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="hits")
    article = models.ForeignKey(Article, models.CASCADE, related_name="hits")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "topic"], name="media_monitoring_hit_once")]

    def __str__(self) -> str:
        return f"{self.topic_id}: {self.article_id}"


class ReadingQuerySet(models.QuerySet["Reading"]):
    def of(self, user: Any) -> ReadingQuerySet:
        return self.filter(user=user)

    def alerts(self) -> ReadingQuerySet:
        return self.exclude(severity="")

    def unread(self) -> ReadingQuerySet:
        return self.filter(read_at=None)

    def to_tell(self, now: datetime.datetime) -> ReadingQuerySet:
        """Alerts whose quiet hours are over."""
        return self.filter(tell_at__lte=now, told_at=None)


class Reading(models.Model):
    """What one person has to do with one article (skaitymas): told of it, read, marked."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="press_readings")
    article = models.ForeignKey(Article, models.CASCADE, related_name="readings")
    severity = models.CharField(max_length=8, choices=Severity.choices, blank=True)  # of the alert, if one
    raised_at = models.DateTimeField(null=True)
    tell_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(_("read"), null=True)
    marked_at = models.DateTimeField(_("marked"), null=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "article"], name="media_monitoring_reading_once"),
            models.CheckConstraint(
                condition=Q(severity="", raised_at=None, tell_at=None)
                | ~Q(severity="") & Q(raised_at__isnull=False),
                name="media_monitoring_reading_raised_as_a_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tell_at"],
                condition=Q(told_at=None, tell_at__isnull=False),
                name="media_monitoring_reading_tell",
            ),  # to_tell()
            models.Index(
                fields=["user", "-raised_at"],
                condition=Q(read_at=None) & ~Q(severity=""),
                name="media_monitoring_reading_new",
            ),  # my day
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.article_id}"

    def is_louder(self, severity: str) -> bool:
        """Whether the severity says more than what was raised already."""
        return not self.severity or LOUDNESS.index(Severity(severity)) > LOUDNESS.index(
            Severity(self.severity)
        )


class QuietHours(models.Model):
    """When this person wants no letters of the press (tylos valandos)."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="press_quiet_hours")
    starts = models.TimeField(_("quiet from"), default=QUIET_FROM)
    ends = models.TimeField(_("until"), default=QUIET_UNTIL)
    is_quiet_on_days_off = models.BooleanField(_("quiet on days off too"), default=True)

    class Meta:
        verbose_name = _("quiet hours")
        verbose_name_plural = _("quiet hours")

    def __str__(self) -> str:
        return f"{self.starts:%H.%M}–{self.ends:%H.%M}"

    def covers(self, hour: datetime.time) -> bool:
        if self.starts == self.ends:
            return False
        if self.starts < self.ends:
            return self.starts <= hour < self.ends
        return hour >= self.starts or hour < self.ends
