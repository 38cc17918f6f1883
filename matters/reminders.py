"""Reminders in working hours only, and one digest a day (urgent notices go at once, when they arise)."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.dates import day_words
from core.deadlines import add_working_days, is_working_hour
from core.letters import queue_letter
from core.models import OutgoingMail
from matters import approvals, deciders, links
from matters.choices import NoticeUrgency, RoundState, StepState
from matters.mail import digest
from matters.models import ApprovalRound, ApprovalStep, Matter, Notice, Task
from matters.services.matters import lock_matter
from matters.services.notices import notify

CHASE_EVERY_WORKING_DAYS = 2


def run(now: datetime.datetime | None = None) -> dict[str, int]:
    """All that is due at this moment, by name; nothing outside working hours, for each of these may write a letter."""
    now = timezone.localtime(now)
    if not is_working_hour(now):
        return {}
    today = now.date()
    return {
        "reassessed": approvals.reassess(today),
        "steps": chase_steps(today),
        "tasks": chase_tasks(today),
        "digests": send_digests(today),
    }


def chase_tasks(today: datetime.date) -> int:
    """Remind of tasks that end tomorrow or are late; again only after two working days."""
    soon, again = add_working_days(today, 1), add_working_days(today, -CHASE_EVERY_WORKING_DAYS)
    count = 0
    rows = Task.objects.to_do().filter(due_on__lte=soon).exclude(chased_on__gt=again)
    for pk, matter_pk in rows.values_list("pk", "matter_id"):
        with transaction.atomic():
            lock_matter(matter_pk)
            task = (
                rows.select_for_update(of=("self",))
                .select_related("matter", "assignee")
                .filter(pk=pk)
                .first()
            )
            if task is None:  # done, moved or told by somebody else meanwhile
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


def chase_steps(today: datetime.date) -> int:
    """Remind of steps due within a working day, and tell the person responsible of late ones; once a day each."""
    count = 0
    soon = add_working_days(today, 1)
    rows = ApprovalStep.objects.filter(
        state=StepState.OPEN, round__state=RoundState.OPEN, due_on__lte=soon
    ).exclude(chased_on=today)
    for row in rows:
        with transaction.atomic():
            matter, approval, step = approvals.lock_step(row)
            if step.state != StepState.OPEN or step.chased_on == today:
                continue
            _remind_of_step(matter, approval, step, today)
            step.chased_on, step.chase_count = today, step.chase_count + 1
            step.save(update_fields=["chased_on", "chase_count"])
            count += 1
    return count


def _remind_of_step(
    matter: Matter, approval: ApprovalRound, step: ApprovalStep, today: datetime.date
) -> None:
    late = step.due_on is not None and step.due_on < today
    for actor in deciders.candidates(step, approval, today):
        notify(
            actor.user,
            key=f"chase:{step.pk}:{today}",
            text=lambda: (
                _("The decision is needed by %(day)s: %(title)s")
                % {"day": day_words(step.due_on) if step.due_on else "", "title": matter.title}
            ),
            url=reverse("matters:decision", args=[step.pk]),
            icon="clock-hour-4",
            urgency=NoticeUrgency.NOW if late else NoticeUrgency.DIGEST,
            matter=matter,
        )
    if step.outside_email:
        links.remind(step, matter, today)
    if late:
        for person in {matter.responsible, approval.actor_user} - {None}:
            notify(
                person,
                key=f"escalate:{step.pk}:{today}",
                text=lambda: (
                    _("No decision yet from %(whom)s: %(title)s") % {"whom": step.whom, "title": matter.title}
                ),
                url=matter.get_absolute_url(),
                icon="alert-triangle",
                urgency=NoticeUrgency.NOW,
                matter=matter,
            )


def send_digests(today: datetime.date) -> int:
    """One letter a day to each person with something new, due or waiting; who switched it off is left alone."""
    people = get_user_model().objects.active().filter(wants_daily_digest=True).exclude(email="")
    told = OutgoingMail.objects.filter(key__startswith="digest:", key__endswith=f":{today}")
    done = set(told.values_list("key", flat=True))
    return sum(_send_digest(person, today) for person in people if _digest_key(person, today) not in done)


@transaction.atomic
def _send_digest(person: Any, today: datetime.date) -> bool:
    due = list(
        Task.objects.visible_to(person)
        .to_do()
        .of_person(person)
        .filter(due_on__lte=today)
        .select_related("matter")[:40]
    )
    waiting = deciders.steps_waiting_for(person, today)[:40]
    notices = list(Notice.objects.of(person).unread().filter(mailed_at=None).select_for_update(of=("self",)))
    said = {f"task-due:{task.pk}:{today}" for task in due} | {f"chase:{step.pk}:{today}" for step in waiting}
    news = [row for row in notices if row.key not in said][:60]
    if not (news or due or waiting):
        return False
    with override(person.language):
        letter = digest(waiting=waiting, due=due, notices=news, today=today)
        queue_letter(person.email, letter, key=_digest_key(person, today))
    Notice.objects.filter(pk__in=[row.pk for row in notices]).update(mailed_at=timezone.now())
    return True


def _digest_key(person: Any, today: datetime.date) -> str:
    return f"digest:{person.pk}:{today}"
