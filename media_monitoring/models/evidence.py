"""Evidence of what was published: the fetched bytes with their hash and time, and a picture of the page."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import ActedModel, StoredFile, TimestampedModel
from documents.models import Document
from media_monitoring.choices import EVIDENCE_TONES, EvidenceKind, EvidenceState
from media_monitoring.models.articles import Article


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, user: Any) -> EvidenceQuerySet:
        """That there is evidence, everybody of the room may know; opening it is for those named."""
        return self if user.has_perm("media_monitoring.view_evidence") else self.none()

    def to_destroy(self, today: datetime.date) -> EvidenceQuerySet:
        """Whose day has come, and nobody holds."""
        return self.filter(destroy_on__lte=today, held_at=None).exclude(state=EvidenceState.DESTROYED)


class Evidence(ActedModel, TimestampedModel):
    """What an outlet showed at a moment (įrodymas): a WARC record and its print, or a person's screenshot."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=12, choices=EvidenceKind.choices)
    ground = models.CharField(_("what it is kept for"), max_length=300)
    state = models.CharField(max_length=10, choices=EvidenceState.choices, default=EvidenceState.ASKED)
    problem = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=1000, blank=True)
    taken_at = models.DateTimeField(_("taken"), null=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)  # of the kept file, for ever
    payload_sha256 = models.CharField(max_length=64, blank=True)  # of the page's own bytes
    record = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    snapshot = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    # Filed since it is kept: its print with the record as a part of it, or the record or screenshot alone.
    document = models.OneToOneField(
        Document, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    snapshot_problem = models.CharField(max_length=300, blank=True)
    readers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")  # named persons
    destroy_on = models.DateField(_("destroyed on"))
    held_at = models.DateTimeField(null=True)
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    held_reason = models.CharField(_("why it is held"), max_length=300, blank=True)
    destroyed_at = models.DateTimeField(null=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        indexes = [
            models.Index(
                fields=["destroy_on"],
                condition=Q(destroyed_at__isnull=True),
                name="media_monitoring_evidence_ends",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=EvidenceState.KEPT)
                | Q(record__isnull=False, taken_at__isnull=False) & ~Q(sha256=""),
                name="media_monitoring_evidence_kept_whole",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=EvidenceState.DESTROYED, destroyed_at__isnull=False, record=None, snapshot=None
                )
                | ~Q(state=EvidenceState.DESTROYED) & Q(destroyed_at=None),
                name="media_monitoring_evidence_destroyed_whole",
            ),
            models.CheckConstraint(
                condition=Q(held_at=None, held_by=None, held_reason="")
                | Q(held_at__isnull=False, held_by__isnull=False) & ~Q(held_reason=""),
                name="media_monitoring_evidence_held_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=EvidenceState.FAILED) | ~Q(problem=""),
                name="media_monitoring_evidence_failed_says_why",
            ),
            models.CheckConstraint(condition=~Q(ground=""), name="media_monitoring_evidence_has_ground"),
        ]

    def __str__(self) -> str:
        return f"{self.article} ({self.get_kind_display()})"

    def get_absolute_url(self) -> str:
        return reverse("media_monitoring:evidence", args=[self.pk])

    @property
    def tone(self) -> str:
        return EVIDENCE_TONES[self.state]

    def may_be_opened_by(self, user: Any) -> bool:
        """Named persons only."""
        return user.has_perm("media_monitoring.view_evidence") and self.readers.filter(pk=user.pk).exists()
