from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import ActedModel, VersionedModel
from matters.choices import Phase
from matters.models.matter import Matter


class TaskQuerySet(models.QuerySet["Task"]):
    def open(self) -> TaskQuerySet:
        return self.filter(done_at=None, dropped_at=None)

    def to_do(self) -> TaskQuerySet:
        """Open ones of matters that go on; a void matter asks nothing of anybody."""
        return self.open().exclude(matter__phase__in=[Phase.CLOSED, Phase.VOID])

    def of_person(self, user: Any) -> TaskQuerySet:
        return self.filter(assignee=user)

    def visible_to(self, user: Any) -> TaskQuerySet:
        return self.filter(matter__in=Matter.objects.visible_to(user))


class Task(ActedModel, VersionedModel):
    """Who does what by when (pavedimas); the actor is who gave it."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="tasks")
    title = models.CharField(_("what to do"), max_length=200)
    note = models.TextField(_("explanation"), blank=True, max_length=2000)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="tasks", verbose_name=_("who does it")
    )
    due_on = models.DateField(_("by when"), null=True, blank=True)
    due_reason = models.CharField(_("why by then"), max_length=300, blank=True)
    done_at = models.DateTimeField(null=True, blank=True, editable=False)
    done_note = models.CharField(_("what was done"), max_length=500, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True, editable=False)
    chased_on = models.DateField(null=True, blank=True, editable=False)
    chase_count = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = [models.F("due_on").asc(nulls_last=True), "pk"]
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(dropped_at=None), name="matters_task_done_or_dropped"
            )
        ]
        indexes = [
            models.Index(  # my day and the daily digest
                fields=["assignee", "due_on"],
                condition=Q(done_at=None, dropped_at=None),
                name="matters_task_to_do",
            ),
            models.Index(  # the calendar: tasks of some weeks, whoever does them
                fields=["due_on"],
                condition=Q(due_on__isnull=False, dropped_at=None),
                name="matters_task_by_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title
