"""How a visit stands: its status, the phase of its matter and the one next step, written together."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.actor import Actor
from core.errors import DomainError
from delegations.choices import PHASES, Status
from delegations.models import Visit
from matters import amendments, approvals
from matters.choices import NoticeUrgency
from matters.services import lock_matter, notify, set_state
from resources import services as resources


def lock_visit(pk: int, *, for_change: bool = True) -> Visit:
    """Lock the matter first, then read its visit; a visit being approved or over refuses changes in words."""
    lock_matter(pk)
    visit = Visit.objects.select_related("responsible", "city").get(pk=pk)
    if for_change:
        refuse_if_closed(visit)
    return visit


def lock_for_services(pk: int) -> Visit:
    """Lock for beds, tables and tickets: they are no part of what is approved, so only a closed visit refuses."""
    visit = lock_visit(pk, for_change=False)
    if visit.is_over:
        raise DomainError(_("The visit is closed: it cannot be changed."))
    return visit


def refuse_if_closed(visit: Visit) -> None:
    if visit.is_over:
        raise DomainError(_("The visit is closed: it cannot be changed."))
    if visit.status == Status.SUBMITTED:
        raise DomainError(_("The programme is being approved. Withdraw it first, then change it."))


def move_to(visit: Visit, status: Status) -> None:
    """Write the status and what follows from it on the matter's row."""
    if visit.status != status:
        visit.status = status
        visit.save(update_fields=["status"])
    step, mine = next_step(visit)
    set_state(
        visit,
        state=status,
        phase=PHASES[status],
        next_step=step,
        next_step_by=visit.responsible if mine else None,
    )


def next_step(visit: Visit) -> tuple[str, bool]:
    """The code of the one next step and whether it is the responsible person's."""
    if visit.status == Status.PREPARING:
        if not visit.members.exists():
            return "add_guests", True
        if not visit.items.alive().exists():
            return "build_programme", True
        return "submit", True
    steps = {
        Status.RETURNED: "correct",
        Status.CHANGING: "resubmit",
        Status.APPROVED: "receive",
        Status.UNDER_WAY: "receive",
        Status.REPORTING: "close",
    }
    if visit.status in (Status.APPROVED, Status.UNDER_WAY) and _has_pending(visit):
        return "amend", True
    step = steps.get(Status(visit.status), "")
    return step, bool(step)


def settle(visit: Visit) -> None:
    """After a change: a material one reopens an approved programme, an operational one waits to be published."""
    status = Status(visit.status)
    if status in (Status.APPROVED, Status.CHANGING):
        material = any(change.is_material for change in amendments.pending_changes(visit))
        status = Status.CHANGING if material else Status.APPROVED
    move_to(visit, status)


def publish_operational(visit: Visit, *, by: Actor, reason: str) -> Any:
    """Publish what has just changed under a number, when the programme is in force and nothing needs approval."""
    visit = Visit.objects.get(pk=visit.pk)
    if visit.status not in (Status.APPROVED, Status.UNDER_WAY):
        return None
    changes = amendments.pending_changes(visit)
    if not changes or any(change.is_material for change in changes):
        return None
    return amendments.publish_amendment(visit, by=by, reason=reason[:300])


def _has_pending(visit: Visit) -> bool:
    return bool(amendments.pending_changes(visit))


def follow_approval(visit: Visit, event: str, by: Actor) -> None:
    """What happened to the approval or the matter moves the visit on, in the same transaction."""
    moves = {
        "submitted": Status.SUBMITTED,
        "returned": Status.RETURNED,
        "withdrawn": Status.CHANGING if approvals.latest_approved(visit) else Status.PREPARING,
        "approved": Status.APPROVED,
        "closed": Status.CLOSED,
        "reopened": Status.REPORTING,
    }
    if event in ("voided", "called_off"):
        from delegations.services.meetings import withdraw_of  # noqa: PLC0415 -- meetings stand on this file

        resources.release_matter(visit, by=by)
        withdraw_of(visit, by=by)
        return
    if event == "restored":
        move_to(visit, Status(visit.status))
        return
    if event in moves:
        move_to(visit, moves[event])
    if event == "amended":
        settle(visit)
    if event in ("approved", "amended"):
        _book(visit, by)
        from delegations.services.lists import tell_after  # noqa: PLC0415 -- lists stand on this file

        tell_after(visit, by=by)


def _book(visit: Visit, by: Actor) -> None:
    """Once approved, what serves the visit is booked firmly; what somebody took first is told, not hidden."""
    try:
        resources.confirm(visit, by=by)
    except resources.ResourceTakenError as error:
        words = str(error)
        notify(
            visit.responsible,
            key=f"taken:{visit.pk}:{approvals.latest_approved(visit).number}",  # type: ignore[union-attr]
            text=lambda: words,
            url=visit.get_absolute_url(),
            icon="alert-triangle",
            urgency=NoticeUrgency.NOW,
            matter=visit,
        )


def move_by_date(today: datetime.date) -> int:
    """An approved visit begins on its first day and ends after its last; safe to run again. Returns how many moved."""
    moved = 0
    begins = Visit.objects.filter(
        status__in=[Status.APPROVED, Status.CHANGING], starts_on__lte=today, ends_on__gte=today
    )
    ends = Visit.objects.filter(
        status__in=[Status.APPROVED, Status.CHANGING, Status.UNDER_WAY], ends_on__lt=today
    )
    for rows, status in ((begins, Status.UNDER_WAY), (ends, Status.REPORTING)):
        for pk in rows.exclude(phase__in=["void", "closed"]).values_list("pk", flat=True):
            moved += _move_one(pk, status)
    return moved


@transaction.atomic
def _move_one(pk: int, status: Status) -> int:
    visit = lock_visit(pk, for_change=False)
    if visit.is_over or visit.status in (status, Status.SUBMITTED):
        return 0
    move_to(visit, status)
    audit.record(
        "visit.began" if status == Status.UNDER_WAY else "visit.ended", visit, by=Actor.system(), matter=visit
    )
    return 1


def changed(visit: Visit, action: str, subject: Any, by: Actor, **data: Any) -> None:
    """The close of every change: state, then the audit event."""
    settle(visit)
    audit.record(action, subject, by=by, matter=visit, **data)
