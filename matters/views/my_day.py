"""Mano diena: who is in town, what ends today, what waits for whom."""

from __future__ import annotations

import datetime
from collections import defaultdict
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from core import registry
from core.views import StaffView
from matters import calendar, deciders
from matters.models import ApprovalRound, Matter, Task
from matters.models.approvals import ApprovalStep

AT_MOST_A_DAY = 3
TASKS_SHOWN = 8


class MyDayView(StaffView, TemplateView):
    """The first page of everyone who works here; each panel is trimmed to what she may see."""

    template_name = "matters/my_day.html"
    permission_required = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        user = self.staff
        panels = [
            {"source": source, "context": context}
            for source in registry.register_day_source
            if (context := source.context(user, today)) is not None
        ]
        tasks = list(
            Task.objects.visible_to(user)
            .to_do()
            .of_person(user)
            .select_related("matter")
            .order_by("due_on", "pk")[: TASKS_SHOWN + 1]
        )
        waiting = deciders.steps_waiting_for(user, today) if user.has_perm("matters.view_matter") else []
        return super().get_context_data(
            today=today,
            now=timezone.localtime(),
            week=week_strip(user, today),
            main_panels=[panel for panel in panels if panel["source"].column == "main"],
            side_panels=[panel for panel in panels if panel["source"].column != "main"],
            tasks=tasks[:TASKS_SHOWN],
            more_tasks=len(tasks) > TASKS_SHOWN,
            ends_today=sum(1 for task in tasks if task.due_on and task.due_on <= today),
            waiting=waiting,
            waiting_for_others=waiting_for_others(user),
            returned=returned_to(user),
            **kwargs,
        )


def week_strip(user: Any, today: datetime.date) -> list[dict[str, Any]]:
    """Seven days from Monday with at most three lines each; what does not fit is counted."""
    monday = today - datetime.timedelta(days=today.weekday())
    sunday = monday + datetime.timedelta(days=6)
    by_day: dict[datetime.date, list[calendar.Shown]] = defaultdict(list)
    for one in calendar.collect(user, monday, sunday, mine=True, shared_whole=True, detailed=False):
        by_day[max(one.first, monday)].append(one)
    days = []
    for offset in range(7):
        day = monday + datetime.timedelta(days=offset)
        entries = [one.entry for one in by_day[day]]
        days.append(
            {
                "day": day,
                "entries": entries[:AT_MOST_A_DAY],
                "more": max(0, len(entries) - AT_MOST_A_DAY),
                "count": len(entries),
                "is_today": day == today,
                "is_off": offset > 4,
            }
        )
    return days


def waiting_for_others(user: Any) -> list[dict[str, Any]]:
    """Whom this person waits for: tasks she gave and steps of what she submitted."""
    rows: list[dict[str, Any]] = [
        {
            "name": task.assignee.full_name,
            "what": task.title,
            "due_on": task.due_on,
            "url": reverse("matters:tasks", args=[task.matter_id]),
        }
        for task in Task.objects.visible_to(user)
        .to_do()
        .filter(actor_user=user)
        .exclude(assignee=user)
        .select_related("assignee")
        .order_by("due_on", "pk")[:6]
    ]
    steps = (
        ApprovalStep.objects.filter(state="open", round__actor_user=user, round__state="open")
        .filter(round__matter__in=Matter.objects.visible_to(user))
        .with_whom()
        .select_related("round__matter")
        .order_by("due_on", "pk")[:6]
    )
    rows += [
        {
            "name": step.whom,
            "what": step.round.matter.title,
            "due_on": step.due_on,
            "url": reverse("matters:go", args=[step.round.matter_id]),
        }
        for step in steps
    ]
    return sorted(rows, key=lambda row: row["due_on"] or datetime.date.max)[:6]


def returned_to(user: Any) -> list[ApprovalRound]:
    """Her matters whose last approval came back and is not submitted again."""
    rounds = (
        ApprovalRound.objects.filter(
            state="returned", matter__responsible=user, matter__in=Matter.objects.visible_to(user).open()
        )
        .select_related("matter", "version")
        .order_by("-pk")[:10]
    )
    latest: dict[int, ApprovalRound] = {}
    for approval in rounds:
        latest.setdefault(approval.matter_id, approval)
    newer = dict(
        ApprovalRound.objects.filter(matter_id__in=latest).order_by("pk").values_list("matter_id", "pk")
    )
    return [approval for pk, approval in latest.items() if newer[pk] == approval.pk][:3]
