"""Analyses: opened for a period that is over, commented by people, approved, filed."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit, deadlines
from core.actor import Actor
from core.errors import DomainError
from matters import approvals
from matters.choices import Phase
from matters.services import lock_matter, open_matter, set_state
from media_monitoring.choices import AnalysisStatus
from media_monitoring.models import Analysis
from media_monitoring.models.analyses import bounds, period_words

PHASES = {
    AnalysisStatus.PREPARING: Phase.ACTIVE,
    AnalysisStatus.SUBMITTED: Phase.WAITING,
    AnalysisStatus.RETURNED: Phase.ACTIVE,
    AnalysisStatus.APPROVED: Phase.ACTIVE,
    AnalysisStatus.CLOSED: Phase.CLOSED,
}
DUE_WORKING_DAYS = 5  # of the month after the period


@transaction.atomic
def open_analysis(*, period: str, day: datetime.date, responsible: Any, by: Actor) -> Analysis:
    """The analysis of the period in which the day lies; there is one of each."""
    first, last = bounds(period, day)
    if first > timezone.localdate():
        raise DomainError(_("The period has not begun."), field="day")
    if known := Analysis.objects.filter(period=period, starts_on=first).first():
        raise DomainError(_("There is one already: %(number)s.") % {"number": known.number}, field="day")
    analysis = open_matter(
        Analysis,
        kind="press_analysis",
        by=by,
        title=_("The press about the city, %(period)s") % {"period": period_words(period, first)},
        responsible=responsible,
        period=period,
        starts_on=first,
        ends_on=last,
        due_on=deadlines.add_working_days(last, DUE_WORKING_DAYS),
    )
    move_to(analysis, AnalysisStatus.PREPARING)
    return analysis


def move_to(analysis: Analysis, status: AnalysisStatus) -> None:
    if analysis.status != status:
        analysis.status = status
        analysis.save(update_fields=["status"])
    steps = {
        AnalysisStatus.PREPARING: "submit" if analysis.summary.strip() else "comment",
        AnalysisStatus.RETURNED: "correct",
        AnalysisStatus.APPROVED: "close",
    }
    step = steps.get(status, "")
    set_state(
        analysis,
        state=status,
        phase=PHASES[status],
        next_step=step,
        next_step_by=analysis.responsible if step else None,
    )


@transaction.atomic
def save_comment(
    analysis: Analysis, *, by: Actor, fields: list[str], revision: int | None = None
) -> Analysis:
    """What people say of the figures; while it is being approved nothing changes."""
    lock_matter(analysis.pk)
    stored = Analysis.objects.get(pk=analysis.pk)
    if not stored.is_editable:
        raise DomainError(_("The analysis is being approved or is over: it cannot be changed."))
    analysis.save_if_current(revision, fields)
    audit.record("analysis.commented", analysis, by=by, matter=analysis)
    move_to(Analysis.objects.get(pk=analysis.pk), AnalysisStatus(stored.status))
    return analysis


def follow(analysis: Analysis, event: str, by: Actor) -> None:
    """What happened to its approval moves it on, in the same transaction."""
    moves = {
        "submitted": AnalysisStatus.SUBMITTED,
        "returned": AnalysisStatus.RETURNED,
        "withdrawn": AnalysisStatus.PREPARING,
        "approved": AnalysisStatus.APPROVED,
        "closed": AnalysisStatus.CLOSED,
        "reopened": AnalysisStatus.APPROVED
        if approvals.latest_approved(analysis)
        else AnalysisStatus.PREPARING,
        "restored": AnalysisStatus(analysis.status),
    }
    if event in moves:
        move_to(analysis, moves[event])
