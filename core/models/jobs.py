from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.choices import JobState


class JobQuerySet(models.QuerySet["Job"]):
    def due(self) -> JobQuerySet:
        return self.filter(state=JobState.QUEUED, due_at__lte=timezone.now()).order_by("due_at", "pk")


class Job(models.Model):
    """Work to be done (darbas), written in the transaction of what needs it; the row shows its progress."""

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    payload = models.JSONField(default=dict, blank=True)
    queue = models.CharField(max_length=20, default="default")
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    progress_text = models.CharField(max_length=200, blank=True)
    error = models.TextField(blank=True)
    due_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="core_job_once_per_kind_and_key"),
            models.CheckConstraint(
                condition=models.Q(state__in=[JobState.DONE, JobState.FAILED], finished_at__isnull=False)
                | models.Q(state__in=[JobState.QUEUED, JobState.RUNNING], finished_at__isnull=True),
                name="core_job_finished_has_time",
            ),
        ]
        indexes = [
            models.Index(  # the sweep
                fields=["due_at"],
                condition=models.Q(state__in=[JobState.QUEUED, JobState.RUNNING]),
                name="core_job_to_do",
            )
        ]
        verbose_name = _("job")

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def is_over(self) -> bool:
        return self.state in (JobState.DONE, JobState.FAILED)

    def report(self, done: int, total: int, text: str = "") -> None:
        """Say how far the work is: `done` of `total` counted units."""
        self.done, self.total, self.progress_text = done, total, text[:200]
        Job.objects.filter(pk=self.pk).update(done=done, total=total, progress_text=self.progress_text)
