"""Letters that stopped on their way: what happened to each, and the decision."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import ListView

from core import mail
from core.choices import MailState, Verdict
from core.views import StaffRequest, StaffView, staff_action
from matters.models import Matter
from matters.services.letters import stopped_letters


class StoppedLettersView(StaffView, ListView):
    """Whoever asked for a letter or answers for its matter decides about it; the administrator about each."""

    template_name = "matters/letters.html"
    paginate_by = 25
    permission_required = ""

    def get_queryset(self) -> Any:
        return stopped_letters(self.staff).select_related("asked_by").order_by("-created_at", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "letters": as_shown(self.staff, context["object_list"])}


def as_shown(user: Any, rows: Any) -> list[dict[str, Any]]:
    """Letters with what may be done; the subject of one whose matter is closed to the reader stays unsaid."""
    rows = list(rows)
    matters = Matter.objects.visible_to(user).in_bulk([row.matter_pk for row in rows if row.matter_pk])
    return [
        {
            "mail": row,
            "matter": matters.get(row.matter_pk),
            "subject": row.subject
            if not row.matter_pk or row.matter_pk in matters
            else _("Letter of a matter"),
            "is_uncertain": row.state == MailState.UNCERTAIN,
            "may_go_again": mail.is_whole(row),
        }
        for row in rows
    ]


@staff_action("")
def letter_decide(request: StaffRequest, pk: int) -> HttpResponse:
    """Send again, it arrived, or let it be."""
    letter = get_object_or_404(stopped_letters(request.user), pk=pk)
    said = {
        Verdict.AGAIN: _("The letter is being sent again."),
        Verdict.ARRIVED: _("It is written down that the letter arrived."),
        Verdict.LEFT: _("The letter is let be."),
    }
    verdict = request.POST.get("verdict", "")
    if verdict not in Verdict.values:
        raise Http404
    mail.decide(letter, Verdict(verdict), by=request.actor)
    messages.success(request, said[Verdict(verdict)])
    return redirect("matters:letters")


def day_panel(user: Any) -> dict[str, Any] | None:
    """My day tells of stopped letters while there are any."""
    rows = list(stopped_letters(user).order_by("-created_at", "-pk")[:4])
    if not rows:
        return None
    return {"letters": as_shown(user, rows[:3]), "more": len(rows) > 3}
