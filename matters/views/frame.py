"""The one anatomy of every matter's page: what it is, its state, the next step, stages, tabs."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from core import registry
from core.models import AuditEvent
from core.views import StaffView, staff_page
from matters.models import ApprovalRound, Matter
from matters.models.approvals import with_whom


def visible_matter(request: HttpRequest, pk: int) -> Matter:
    """The matter if this person may see it, else 404: what one may not see does not exist for her."""
    return get_object_or_404(Matter.objects.visible_to(request.user).whole(), pk=pk)


def matter_tabs(request: HttpRequest, matter: Matter, active: str) -> list[dict[str, Any]]:
    """The tabs this person may open, in the order of every matter."""
    return [
        {
            "label": tab.label,
            "url": reverse(tab.url_name, args=[matter.pk]),
            "count": getattr(matter, tab.count_name) if tab.count else None,
            "here": tab.url_name == active,
        }
        for tab in registry.register_tab
        if (not tab.kinds or matter.kind in tab.kinds)
        and (not tab.permission or request.user.has_perm(tab.permission))
    ]


def rounds_of(matter: Matter) -> QuerySet[ApprovalRound]:
    """The rounds of a matter with whom each asks, the last first."""
    return matter.rounds.order_by("-pk").prefetch_related(*with_whom())


def matter_frame(
    request: HttpRequest, matter: Matter, active: str, *, rounds: list[ApprovalRound] | None = None
) -> dict[str, Any]:
    """Context of the kind's `base_template`: one head on every tab. A page that shows all rounds hands them over."""
    matter, kind = matter.child(), matter.kind_entry
    if rounds is None:
        rounds = list(rounds_of(matter).running())
    running = next((row for row in rounds if row.is_running), None)
    may_change = request.user.has_perm("matters.change_matter") and not matter.is_over
    return {
        "matter": matter,
        "kind": kind,
        "list_url": reverse(kind.list_url_name) if kind.list_url_name else "",
        "tabs": matter_tabs(request, matter, active),
        "stages": [
            {"label": label, "status": "" if status == "later" else status}
            for label, status in kind.stages(matter)
        ]
        if kind.stages
        else [],
        "running_round": running,
        "waiting_steps": [step for step in running.steps.all() if step.state in ("open", "blocked")]
        if running
        else [],
        "may_change": may_change,
        "next_is_mine": may_change and (matter.next_step_by_id in (None, request.user.pk)),
        **(kind.head(request, matter) if kind.head else {}),
    }


class MatterPage(StaffView):
    """Mixin of a tab's view: `tab` is its URL name; gives the frame's context and the trimmed row."""

    permission_required = "matters.view_matter"
    tab = ""
    rounds: Any = None  # a page that shows them all reads them itself

    def find_matter(self) -> Any:
        return visible_matter(self.request, self.kwargs["pk"]).child()

    def get_matter(self) -> Any:
        """The matter as its own kind, if this person may see it; asked for once."""
        if not hasattr(self, "_matter"):
            self._matter = self.find_matter()
        return self._matter

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)  # type: ignore[misc]
        context.update(matter_frame(self.request, self.get_matter(), self.tab, rounds=self.rounds))
        return context


@staff_page("matters.view_matter")
def matter_go(request: HttpRequest, pk: int) -> HttpResponse:
    """From a number to the matter's own page."""
    return redirect(visible_matter(request, pk))


LONGEST_TIMELINE = 200
SHOWN_OF_A_GROUP = 6
NAMED_BY_THEMSELVES = (
    "matters.task",
    "matters.comment",
    "documents.document",
)  # their label says what it was


def timeline(matter: Matter) -> list[dict[str, Any]]:
    """What happened in the matter, newest first, in words; unknown actions show their code.

    The same deed of the same person done again and again within the hour is one row.
    """
    words: dict[str, tuple[Any, str]] = {}
    for entry in registry.register_action_words:
        words.update(entry.words)
    rows: list[dict[str, Any]] = []
    for event in AuditEvent.objects.of_matter(matter.pk)[:LONGEST_TIMELINE]:
        detail = _detail(event)
        if rows and _goes_on(rows[-1], event):
            rows[-1]["count"] += 1
            rows[-1]["details"] += [detail] if detail else []
            continue
        label, icon = words.get(event.action, (event.action, "point"))
        rows.append(
            {"event": event, "label": label, "icon": icon, "count": 1, "details": [detail] if detail else []}
        )
    for row in rows:
        row["more"] = max(0, len(row["details"]) - SHOWN_OF_A_GROUP)
        row["details"] = row["details"][:SHOWN_OF_A_GROUP]
    return rows


def _goes_on(row: dict[str, Any], event: AuditEvent) -> bool:
    newest = row["event"]
    return (
        (newest.action, newest.actor_label) == (event.action, event.actor_label)
        and "reason" not in event.data
        and newest.at - event.at < datetime.timedelta(hours=1)
    )


def _detail(event: AuditEvent) -> str:
    """The part of an event's data a reader wants beside the words, else the name of what it was done to."""
    for name in ("reason", "note", "title", "text", "what", "name", "number", "to"):
        if value := event.data.get(name):
            return str(value)
    return event.subject_label if event.subject_type in NAMED_BY_THEMSELVES else ""
