"""Assignments (pavedimai): given, changed, done, dropped."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.actor import Actor
from core.errors import DomainError
from core.models import acted_by
from matters.models import Matter, Task
from matters.services.matters import lock_matter
from matters.services.notices import notify


@transaction.atomic
def create_task(
    matter: Matter,
    *,
    title: str,
    assignee: Any,
    by: Actor,
    due_on: datetime.date | None = None,
    due_reason: str = "",
    note: str = "",
) -> Task:
    """Give somebody something to do by a day; she learns of it at once."""
    matter = lock_matter(matter.pk)
    _check(matter, assignee)
    task = Task.objects.create(
        matter=matter,
        title=title,
        note=note,
        assignee=assignee,
        due_on=due_on,
        due_reason=due_reason,
        **acted_by(by),
    )
    audit.record("task.given", task, by=by, matter=matter, assignee=assignee.pk, due_on=str(due_on or ""))
    _tell(task, by)
    return task


@transaction.atomic
def change_task(task: Task, *, revision: int | None, by: Actor, **fields: Any) -> Task:
    """Change an open task; somebody else's change in between is refused with both texts."""
    matter = lock_matter(task.matter_id)
    current = Task.objects.select_for_update().get(pk=task.pk)
    if current.done_at or current.dropped_at:
        raise DomainError(_("The task is finished already."))
    assignee = fields.get("assignee", current.assignee)
    _check(matter, assignee)
    moved = assignee.pk != current.assignee_id
    for name, value in fields.items():
        setattr(current, name, value)
    current.save_if_current(revision, list(fields))
    audit.record("task.changed", current, by=by, matter=matter, fields=sorted(fields))
    if moved:
        _tell(current, by)
    return current


@transaction.atomic
def finish_task(task: Task, *, by: Actor, note: str = "") -> Task:
    matter = lock_matter(task.matter_id)
    task = Task.objects.select_for_update().get(pk=task.pk)
    if task.done_at or task.dropped_at:
        return task  # a second press finds nothing to do
    task.done_at, task.done_note = timezone.now(), note
    task.save(update_fields=["done_at", "done_note", "updated_at"])
    event = audit.record("task.done", task, by=by, matter=matter, note=note)
    if task.actor_user and not by.is_person(task.actor_user):
        notify(
            task.actor_user,
            key=f"task-done:{task.pk}:{event.pk}",
            text=lambda: _("Done: %(task)s") % {"task": task.title},
            url=reverse("matters:tasks", args=[matter.pk]),
            icon="circle-check",
            matter=matter,
        )
    return task


@transaction.atomic
def reopen_task(task: Task, *, by: Actor, reason: str = "") -> Task:
    """Give a finished or dropped task back to who does it; she learns why."""
    matter = lock_matter(task.matter_id)
    task = Task.objects.select_for_update().get(pk=task.pk)
    if not (task.done_at or task.dropped_at):
        return task
    if matter.is_over:
        raise DomainError(_("The matter is closed: nothing more can be assigned in it."))
    task.done_at, task.dropped_at, task.done_note, task.chased_on = None, None, "", None
    task.save(update_fields=["done_at", "dropped_at", "done_note", "chased_on", "updated_at"])
    event = audit.record("task.reopened", task, by=by, matter=matter, reason=reason.strip())
    if not by.is_person(task.assignee):
        words = f"{task.title} – {reason.strip()}" if reason.strip() else task.title
        notify(
            task.assignee,
            key=f"task-back:{task.pk}:{event.pk}",
            text=lambda: _("Given back: %(task)s") % {"task": words},
            url=reverse("matters:tasks", args=[matter.pk]),
            icon="arrow-back-up",
            matter=matter,
        )
    return task


@transaction.atomic
def drop_task(task: Task, *, by: Actor) -> Task:
    """The task is no longer needed; it stays in the history."""
    matter = lock_matter(task.matter_id)
    task = Task.objects.select_for_update().get(pk=task.pk)
    if not (task.done_at or task.dropped_at):
        task.dropped_at = timezone.now()
        task.save(update_fields=["dropped_at", "updated_at"])
        audit.record("task.dropped", task, by=by, matter=matter)
    return task


def _check(matter: Matter, assignee: Any) -> None:
    if matter.is_over:
        raise DomainError(_("The matter is closed: nothing more can be assigned in it."))
    if not assignee.is_active:
        raise DomainError(_("This account is closed. Choose somebody else."), field="assignee")
    if not Matter.objects.visible_to(assignee).filter(pk=matter.pk).exists():
        raise DomainError(
            _("This person may not see the matter. Choose somebody else or change the access."),
            field="assignee",
        )


def _tell(task: Task, by: Actor) -> None:
    if by.is_person(task.assignee):
        return
    notify(
        task.assignee,
        key=f"task:{task.pk}:{task.assignee_id}",
        text=lambda: _("New task: %(task)s") % {"task": task.title},
        url=reverse("matters:tasks", args=[task.matter_id]),
        icon="checkbox",
        matter=task.matter,
    )
