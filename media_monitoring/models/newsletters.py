"""Newsletters by mail: how far the mailbox was looked through, and the letters of known senders that were taken."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import TimestampedModel
from media_monitoring.models.outlets import Source


class Mailbox(models.Model):
    """The mailbox of newsletters (naujienlaiškių dėžutė): one row a mailbox named in the settings."""

    name = models.CharField(max_length=300, unique=True)  # user, server and folder: another one begins anew
    validity = models.BigIntegerField(
        default=0
    )  # UIDVALIDITY: when it changes, the numbers mean other letters
    last_uid = models.BigIntegerField(default=0)
    tripped_uid = models.BigIntegerField(
        default=0
    )  # the letter over which the line broke: once more, then past
    next_look_at = models.DateTimeField(default=timezone.now)
    last_good_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)  # why the last look failed
    unknown = models.JSONField(default=dict, blank=True)  # address -> [letters, day of the last]

    def __str__(self) -> str:
        return self.name

    @property
    def strangers(self) -> list[dict[str, Any]]:
        """Who writes here and is nobody's source, the most diligent first."""
        rows = [
            {"address": address, "count": count, "day": day} for address, (count, day) in self.unknown.items()
        ]
        return sorted(rows, key=lambda row: (-row["count"], row["address"]))


class SourceLetter(TimestampedModel):
    """A letter of a newsletter (naujienlaiškis) that was taken, known by its Message-ID so that it is taken once."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="letters")
    message_id = models.CharField(max_length=300)
    subject = models.CharField(_("subject"), max_length=400, blank=True)
    sent_at = models.DateTimeField()
    links = models.JSONField(default=list, blank=True)  # still to be followed; they name us, so they go then
    text = models.TextField(blank=True)  # until it is opened
    opened_at = models.DateTimeField(null=True)
    article_count = models.PositiveSmallIntegerField(default=0)  # it told of, whether they were new or not
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "message_id"], name="media_monitoring_letter_is_taken_once"
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None) | Q(links=[]) & Q(text=""),
                name="media_monitoring_opened_letter_keeps_nothing",
            ),
        ]

    def __str__(self) -> str:
        return self.subject or self.message_id
