"""The morning page: the year's watch as a matter, a page a working day, its items and readers; articles sent on."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from core.models import ActedModel, StoredFile, VersionedModel, lt_sort_key
from matters.models import Matter
from matters.models.matter import MatterQuerySet
from media_monitoring.choices import DigestState
from media_monitoring.models.articles import EXCERPT, Article


class PressYear(Matter):
    """A year of watching the press (metų stebėsena): its morning pages and what was sent to whom belong to it."""

    of_year = models.PositiveSmallIntegerField(_("year"), unique=True)

    objects = MatterQuerySet.as_manager()

    class Meta:
        verbose_name = _("year of watching the press")
        verbose_name_plural = _("years of watching the press")

    def get_absolute_url(self) -> str:
        return reverse("media_monitoring:press_year", args=[self.pk])


class DigestReader(VersionedModel):
    """Who gets the morning page by a personal link (skaitytojas)."""

    name = models.CharField(_("name"), max_length=160)
    post = models.CharField(_("post"), max_length=160, blank=True)
    email = models.EmailField(_("e-mail"), unique=True)
    is_active = models.BooleanField(_("gets the page"), default=True)
    sort_key = lt_sort_key("name")

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = _("reader of the morning page")
        verbose_name_plural = _("readers of the morning page")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("media_monitoring:digest_readers")


class DigestQuerySet(models.QuerySet["Digest"]):
    def visible_to(self, user: Any) -> DigestQuerySet:
        """Drafts are the department's; what went out is for whoever sees the room."""
        if user.has_perm("media_monitoring.change_digest"):
            return self
        if user.has_perm("media_monitoring.view_article"):
            return self.filter(state=DigestState.PUBLISHED)
        return self.none()


class Digest(VersionedModel):
    """The press page of one working morning (ryto apžvalga)."""

    press_year = models.ForeignKey(PressYear, models.PROTECT, related_name="digests")
    day = models.DateField(_("day"), unique=True)
    state = models.CharField(max_length=10, choices=DigestState.choices, default=DigestState.DRAFT)
    since = models.DateTimeField()  # articles found from this moment on
    note = models.CharField(_("a word before the items"), max_length=400, blank=True)
    paper = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(_("sent"), null=True)
    published_by = models.CharField(max_length=200, blank=True)

    objects = DigestQuerySet.as_manager()

    class Meta:
        ordering = ["-day"]
        verbose_name = _("morning page")
        verbose_name_plural = _("morning pages")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=DigestState.DRAFT, published_at=None)
                | Q(state=DigestState.PUBLISHED, published_at__isnull=False),
                name="media_monitoring_digest_published_whole",
            )
        ]

    def __str__(self) -> str:
        return self.day.isoformat()

    def get_absolute_url(self) -> str:
        return reverse("media_monitoring:digest", args=[self.day.isoformat()])

    @property
    def is_draft(self) -> bool:
        return self.state == DigestState.DRAFT


class DigestItem(VersionedModel):
    """An article on the page: at most three lines, written or accepted by a person."""

    digest = models.ForeignKey(Digest, models.CASCADE, related_name="items")
    article = models.ForeignKey(Article, models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("three lines"), max_length=EXCERPT)
    is_left_out = models.BooleanField(
        default=False
    )  # a person took it off: the clock does not propose it again
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["digest", "article"], name="media_monitoring_digest_item_once")
        ]

    def __str__(self) -> str:
        return self.article.title


class ForwardQuerySet(models.QuerySet["Forward"]):
    def visible_to(self, user: Any) -> ForwardQuerySet:
        return self if user.has_perm("media_monitoring.view_forward") else self.none()


class Forward(ActedModel):
    """An article sent to a colleague or, by a personal link, to a unit (persiųsta)."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="forwards")
    press_year = models.ForeignKey(PressYear, models.PROTECT, related_name="forwards")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("colleague")
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    name = models.CharField(_("to whom"), max_length=160)
    email = models.EmailField(_("e-mail"), blank=True)
    message = models.CharField(_("what is asked or told"), max_length=600, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True)

    objects = ForwardQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("article sent on")
        verbose_name_plural = _("articles sent on")
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, unit=None, email="")
                | Q(user=None, unit__isnull=False) & ~Q(email=""),
                name="media_monitoring_forward_to_one",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="") | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="media_monitoring_forward_answer_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.article}"


def first_moment(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
