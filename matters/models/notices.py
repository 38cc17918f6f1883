from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from matters.choices import NoticeUrgency
from matters.models.matter import Matter


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, user: Any) -> NoticeQuerySet:
        """The person's notices; one of a matter that was closed to her meanwhile is not hers to read."""
        return self.filter(user=user).filter(
            Q(matter=None) | Q(matter__in=Matter.objects.visible_to(user).values("pk"))
        )

    def unread(self) -> NoticeQuerySet:
        return self.filter(read_at=None)


class Notice(models.Model):
    """Something one person should know (pranešimas): in the portal at once, by mail now or in the digest."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    matter = models.ForeignKey(Matter, models.CASCADE, null=True, blank=True, related_name="+")
    key = models.CharField(max_length=200)
    text = models.CharField(_("text"), max_length=300)
    url = models.CharField(max_length=300)
    icon = models.CharField(max_length=30, default="bell")
    urgency = models.CharField(max_length=10, choices=NoticeUrgency.choices, default=NoticeUrgency.DIGEST)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="matters_notice_once")]
        indexes = [
            models.Index(fields=["user"], condition=Q(read_at=None), name="matters_notice_unread"),
            models.Index(fields=["user"], condition=Q(mailed_at=None), name="matters_notice_unmailed"),
        ]
        verbose_name = _("notice")

    def __str__(self) -> str:
        return self.text
