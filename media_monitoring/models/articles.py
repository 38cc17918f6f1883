"""Articles with their versions and files, stories, and the narrow table that search reads."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import ActedModel, StoredFile, TimestampedModel, WordModel
from media_monitoring.choices import (
    Medium,
    Readers,
)
from media_monitoring.models.outlets import Outlet, Source

MONTH = (
    "EXTRACT(YEAR FROM %(expressions)s AT TIME ZONE 'Europe/Vilnius') * 12"
    " + EXTRACT(MONTH FROM %(expressions)s AT TIME ZONE 'Europe/Vilnius') - 1"
)
EXCERPT = 300  # letters that may leave the department, with the link


class Story(TimestampedModel):
    """Articles that are one text (naujiena): reprints of an agency or of our own release."""

    title = models.CharField(_("title"), max_length=400)

    def __str__(self) -> str:
        return self.title


class ArticleQuerySet(models.QuerySet["Article"]):
    def visible_to(self, user: Any) -> ArticleQuerySet:
        """Articles are published: whoever may see the room sees each; the kept text is another matter (may_read)."""
        return self if user.has_perm("media_monitoring.view_article") else self.none()

    def pages_due(self, now: Any) -> ArticleQuerySet:
        return self.filter(next_check_at__lte=now)


class Article(TimestampedModel):
    """One thing published (straipsnis, laida): facts of the newest version; older texts stand in its versions."""

    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="articles", verbose_name=_("outlet"))
    source = models.ForeignKey(Source, models.SET_NULL, null=True, related_name="articles")
    story = models.ForeignKey(
        Story, models.SET_NULL, null=True, related_name="articles", verbose_name=_("story")
    )
    kept_percent = models.PositiveSmallIntegerField(
        null=True, editable=False
    )  # how much of the story's first text stands here
    is_story_by_hand = models.BooleanField(default=False)  # a person joined or split it: intake leaves it
    medium = models.CharField(_("medium"), max_length=6, choices=Medium.choices, default=Medium.WEB)
    url = models.URLField(_("address"), max_length=1000, blank=True)
    title = models.CharField(_("title"), max_length=400)
    author = models.CharField(_("author"), max_length=200, blank=True)
    published_at = models.DateTimeField(_("published"))
    found_at = models.DateTimeField(_("found"), default=timezone.now, editable=False)
    lead = models.CharField(_("excerpt"), max_length=EXCERPT, blank=True)
    text = models.TextField(_("text"), blank=True)
    language = models.CharField(_("language"), max_length=8, default="lt")
    picture_url = models.CharField(max_length=1000, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)  # of title and text: the same hash costs nothing
    text_sha256 = models.CharField(
        max_length=64, blank=True
    )  # of the text alone: a reprint has another title
    version_count = models.PositiveSmallIntegerField(_("versions"), default=1)
    etag = models.CharField(max_length=300, blank=True)
    last_modified = models.CharField(max_length=60, blank=True)
    next_check_at = models.DateTimeField(null=True)
    checks = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(_("why the page was not read"), max_length=300, blank=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        permissions = [("read_text", "Can read the kept text of articles")]
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="media_monitoring_article_new"),  # the list
            models.Index(
                fields=["outlet", "-published_at"], name="media_monitoring_article_paper"
            ),  # of an outlet
            models.Index(
                fields=["text_sha256"], name="media_monitoring_article_text"
            ),  # reprints word for word
            models.Index(fields=["found_at"], name="media_monitoring_article_found"),  # since yesterday
            models.Index(
                fields=["next_check_at"],
                condition=Q(next_check_at__isnull=False),
                name="media_monitoring_article_due",
            ),  # pages_due()
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["url"], condition=~Q(url=""), name="media_monitoring_article_address_once"
            ),
            models.CheckConstraint(
                condition=~Q(medium=Medium.WEB) | ~Q(url=""),
                name="media_monitoring_article_of_web_has_address",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("media_monitoring:article", args=[self.pk])

    def may_be_read_by(self, user: Any) -> bool:
        return user.has_perm("media_monitoring.read_text") and self.outlet.readers == Readers.DEPARTMENT

    @staticmethod
    def digest(*parts: str) -> str:
        return hashlib.sha256("\x00".join(parts).encode()).hexdigest()


class ArticleVersion(models.Model):
    """The article as it stood when it was seen (versija); never written over."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=400)
    text = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="media_monitoring_version_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class ArticleFile(ActedModel):
    """A scan or recording a person attached; the words of a scan are read by machine and proposed to a person."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="files")
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    proposal = models.TextField(blank=True)  # what was read; emptied once a person took or refused it
    read_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)  # why nothing was read
    settled_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class ArticleIndex(models.Model):
    """What search reads, apart from the wide row; words stand out of line, so that counting reads a hundred rows a page."""

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="index")
    published_at = models.DateTimeField()
    month = (
        models.GeneratedField(  # years × 12 + months: a number is counted ten times faster than a date is cut
            expression=models.Func("published_at", template=MONTH),
            output_field=models.PositiveSmallIntegerField(),
            db_persist=True,
        )
    )
    outlet = models.ForeignKey(Outlet, models.CASCADE, related_name="+", db_index=False)
    words = SearchVectorField()
    normaliser = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["-published_at", "-article"], name="media_monitoring_index_new"),  # newest
            models.Index(
                fields=["outlet", "-published_at", "-article"], name="media_monitoring_index_paper"
            ),  # newest of an outlet
            GinIndex(fields=["words"], fastupdate=False, name="media_monitoring_index_words"),  # search
            models.Index(fields=["normaliser"], name="media_monitoring_index_stale"),  # what to key anew
        ]

    def __str__(self) -> str:
        return str(self.article_id)


class Word(WordModel):
    """A word some article has."""

    class Meta(WordModel.Meta):
        pass
