"""Reminders in working hours only, and one digest a day (urgent notices go at once, when they arise)."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from core.deadlines import add_working_days, is_working_hour
from core.mail import queue_mail
from matters import approvals
from matters.choices import NoticeUrgency
from matters.models import Matter, Notice, Task
from matters.services.notices import notify

CHASE_EVERY_WORKING_DAYS = 2


def run(now: datetime.datetime | None = None) -> dict[str, int]:
    """All that is due at this moment; returns what was done, by name."""
    now = timezone.localtime(now)
    done = {"reassessed": approvals.reassess(now.date())}
    if not is_working_hour(now):
        return done
    done["steps"] = approvals.chase(now.date())
    done["tasks"] = chase_tasks(now.date())
    done["digests"] = send_digests(now.date())
    return done


def chase_tasks(today: datetime.date) -> int:
    """Remind of tasks that end tomorrow or are late; again only after two working days."""
    soon, again = add_working_days(today, 1), add_working_days(today, -CHASE_EVERY_WORKING_DAYS)
    count = 0
    tasks = (
        Task.objects.open()
        .filter(due_on__lte=soon)
        .exclude(chased_on__gt=again)
        .select_related("matter", "assignee")
    )
    for row in tasks:
        with transaction.atomic():
            task = (
                Task.objects.select_for_update(of=("self",))
                .select_related("matter", "assignee")
                .get(pk=row.pk)
            )
            if (
                task.done_at
                or task.dropped_at
                or (task.chased_on and task.chased_on > again)
                or task.matter.is_over
            ):
                continue
            late = bool(task.due_on and task.due_on < today)
            notify(
                task.assignee,
                key=f"task-due:{task.pk}:{today}",
                text=lambda task=task, late=late: (
                    (_("Late: %(task)s") if late else _("Ends soon: %(task)s")) % {"task": task.title}
                ),
                url=reverse("matters:tasks", args=[task.matter_id]),
                icon="alert-triangle" if late else "clock-hour-4",
                matter=task.matter,
            )
            task.chased_on, task.chase_count = today, task.chase_count + 1
            task.save(update_fields=["chased_on", "chase_count"])
            count += 1
    return count


def send_digests(today: datetime.date) -> int:
    """One letter a day to each person with something new or due; who switched it off is left alone."""
    unmailed = Notice.objects.filter(user=OuterRef("pk"), mailed_at=None, read_at=None)
    people = (
        get_user_model()
        .objects.active()
        .filter(wants_daily_digest=True)
        .exclude(email="")
        .filter(
            Exists(unmailed) | Exists(Task.objects.open().filter(assignee=OuterRef("pk"), due_on__lte=today))
        )
    )
    return sum(_send_digest(person, today) for person in people)


@transaction.atomic
def _send_digest(person: Any, today: datetime.date) -> bool:
    key = f"digest:{person.pk}:{today}"
    from core.models import OutgoingMail  # noqa: PLC0415 -- only here

    if OutgoingMail.objects.filter(key=key).exists():
        return False
    notices = list(
        Notice.objects.select_for_update().filter(
            user=person, mailed_at=None, read_at=None, urgency=NoticeUrgency.DIGEST
        )[:60]
    )
    notices = [row for row in notices if row.matter_id is None or _sees(person, row.matter_id)]
    due = list(
        Task.objects.visible_to(person)
        .open()
        .of_person(person)
        .filter(due_on__lte=today)
        .select_related("matter")[:40]
    )
    waiting = approvals.steps_waiting_for(person, today)
    if not (notices or due or waiting):
        return False
    with override(person.language):
        lines = []
        if waiting:
            lines += [
                _("Waiting for your decision:"),
                *(f"- {step.round.matter.title}" for step in waiting),
                "",
            ]
        if due:
            lines += [
                _("Tasks due today or late:"),
                *(f"- {task.title} ({task.due_on.isoformat()})" for task in due),
                "",
            ]
        if notices:
            lines += [
                _("New:"),
                *(f"- {notice.text}\n  {settings.PUBLIC_URL}{notice.url}" for notice in notices),
                "",
            ]
        lines += [settings.PUBLIC_URL + reverse("matters:my_day")]
        total = len(waiting) + len(due) + len(notices)
        queue_mail(
            to=person.email,
            subject=ngettext("Your day: %(count)d line", "Your day: %(count)d lines", total)
            % {"count": total},
            text="\n".join(lines),
            key=key,
        )
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=timezone.now())
    return True


def _sees(person: Any, matter_pk: int) -> bool:
    return Matter.objects.visible_to(person).filter(pk=matter_pk).exists()
