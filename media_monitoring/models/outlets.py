"""Outlets with what is kept of them, their sources, and the turns of their servers."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import VersionedModel, lt_sort_key
from media_monitoring.choices import (
    FETCHED,
    SOURCE_TONES,
    Keeps,
    OutletKind,
    Readers,
    Scope,
    SourceKind,
    SourceState,
)


class Outlet(VersionedModel):
    """Who publishes (žiniasklaidos priemonė), with the rules of what is kept of it."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=OutletKind.choices)
    scope = models.CharField(_("reach"), max_length=20, choices=Scope.choices)
    site = models.URLField(_("website"), blank=True)
    note = models.TextField(_("note"), blank=True)
    source = models.URLField(_("where this is known from"), blank=True)
    is_verified = models.BooleanField(_("checked"), default=False)
    keeps = models.CharField(_("what is kept"), max_length=10, choices=Keeps.choices, default=Keeps.TEXT)
    readers = models.CharField(
        _("text is shown to"), max_length=12, choices=Readers.choices, default=Readers.DEPARTMENT
    )
    kept_days = models.PositiveSmallIntegerField(_("text is kept, days"), null=True, blank=True)
    evidence_days = models.PositiveSmallIntegerField(_("evidence is kept, days"), default=1095)
    ground = models.CharField(_("ground for keeping"), max_length=300, blank=True)
    rights_note = models.CharField(_("reservation of rights"), max_length=300, blank=True)
    is_active = models.BooleanField(_("watched"), default=True)
    sort_key = lt_sort_key("name")

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = _("outlet")
        verbose_name_plural = _("outlets")
        constraints = [
            models.CheckConstraint(
                condition=Q(kept_days=None) | Q(kept_days__gt=0), name="media_monitoring_outlet_kept_for_days"
            ),
            models.CheckConstraint(
                condition=Q(evidence_days__gt=0), name="media_monitoring_outlet_evidence_for_days"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("media_monitoring:outlet", args=[self.pk])


class SourceQuerySet(models.QuerySet["Source"]):
    def due(self, now: Any) -> SourceQuerySet:
        """What is to be asked now."""
        return self.filter(kind__in=FETCHED, next_poll_at__lte=now, outlet__is_active=True).exclude(
            state=SourceState.OFF
        )


class Source(VersionedModel):
    """Where an outlet's articles come from (šaltinis): an address asked by the clock, letters, or a person's hand."""

    outlet = models.ForeignKey(Outlet, models.CASCADE, related_name="sources", verbose_name=_("outlet"))
    kind = models.CharField(_("kind"), max_length=12, choices=SourceKind.choices, default=SourceKind.FEED)
    url = models.URLField(_("address"), max_length=500, blank=True)
    sender = models.EmailField(_("sender of the letters"), blank=True)  # of a newsletter
    every_minutes = models.PositiveSmallIntegerField(_("asked every, minutes"), default=15)
    state = models.CharField(
        _("state"), max_length=8, choices=SourceState.choices, default=SourceState.NEW, editable=False
    )
    reason = models.CharField(_("reason of the break"), max_length=300, blank=True, editable=False)
    last_good_at = models.DateTimeField(_("worked last"), null=True, editable=False)
    tried_at = models.DateTimeField(null=True, editable=False)
    next_poll_at = models.DateTimeField(default=timezone.now, editable=False)
    fails = models.PositiveSmallIntegerField(default=0, editable=False)
    etag = models.CharField(max_length=300, blank=True, editable=False)
    last_modified = models.CharField(max_length=60, blank=True, editable=False)
    body_sha256 = models.CharField(max_length=64, blank=True, editable=False)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["outlet__sort_key", "pk"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        indexes = [models.Index(fields=["next_poll_at"], name="media_monitoring_source_due")]  # due()
        constraints = [
            models.UniqueConstraint(
                fields=["url"],
                condition=~Q(url=""),
                name="media_monitoring_source_address_once",
                violation_error_message=_("This address is asked already."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=FETCHED) | ~Q(url=""),
                name="media_monitoring_source_asked_has_address",
                violation_error_message=_("Write the address that is to be asked."),
            ),
            models.UniqueConstraint(
                fields=["sender"],
                condition=~Q(sender=""),
                name="media_monitoring_source_sender_once",
                violation_error_message=_("Letters of this sender are taken already."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=SourceKind.NEWSLETTER) | ~Q(sender=""),
                name="media_monitoring_source_letters_have_sender",
                violation_error_message=_("Write the address the letters come from."),
            ),
            models.CheckConstraint(
                condition=~Q(state=SourceState.BROKEN) | ~Q(reason=""),
                name="media_monitoring_source_broken_says_why",
            ),
            models.CheckConstraint(
                condition=Q(every_minutes__gte=5, every_minutes__lte=1440),
                name="media_monitoring_source_polite_rhythm",
                violation_error_message=_("Ask every 5 to 1440 minutes."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outlet}: {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("media_monitoring:sources")

    @property
    def tone(self) -> str:
        return SOURCE_TONES[self.state]

    @property
    def address(self) -> str:
        """What is asked, or who writes."""
        return self.url or self.sender


class Host(models.Model):
    """One web server: its robots.txt and when it may be asked again, whichever worker asks."""

    name = models.CharField(max_length=260, unique=True)  # with the port
    robots = models.TextField(blank=True)
    robots_read_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name
