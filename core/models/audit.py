from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models.acted import ActedModel


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    def of_matter(self, matter_pk: int) -> AuditEventQuerySet:
        return self.filter(matter_pk=matter_pk).order_by("-pk")


class AuditEvent(ActedModel):
    """Who, for whom, did what, when (įvykis). Rows are only ever added: a trigger refuses the rest."""

    at = models.DateTimeField(_("time"), auto_now_add=True)
    action = models.CharField(_("action"), max_length=60)
    subject_type = models.CharField(max_length=80)
    subject_pk = models.BigIntegerField()
    subject_label = models.CharField(max_length=200, blank=True)
    matter_pk = models.BigIntegerField(null=True)  # core does not know matters: a number, not a key
    data = models.JSONField(default=dict)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["matter_pk", "-id"], name="core_audit_of_matter"),  # a matter's timeline
            models.Index(fields=["subject_type", "subject_pk"], name="core_audit_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject_type}:{self.subject_pk}"


class AuditSeal(models.Model):
    """A block of audit events under one Merkle root, chained to the block before."""

    first = models.BigIntegerField(unique=True)
    last = models.BigIntegerField(unique=True)
    count = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    previous_root = models.CharField(max_length=64, blank=True)
    sealed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["last"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first")), name="core_auditseal_runs_forward"
            )
        ]

    def __str__(self) -> str:
        return f"{self.first}–{self.last}"
