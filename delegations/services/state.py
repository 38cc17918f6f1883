"""How a visit stands: its status, the phase of its matter and the one next step, written together."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit, jobs
from core.actor import Actor
from core.errors import DomainError
from delegations.choices import FESTIVAL_PHASES, PHASES, FestivalStatus, Status
from delegations.models import Festival, ProgrammeItem, Visit
from matters import amendments, approvals
from matters.choices import NoticeUrgency
from matters.models import Matter
from matters.services import lock_matter, notify, set_state
from resources import services as resources

Planned = Visit | Festival  # whatever has a programme


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


def lock_festival(pk: int, *, for_change: bool = True) -> Festival:
    """Lock the festival; its delegations are locked after it, by key (see `changed`)."""
    lock_matter(pk)
    festival = Festival.objects.select_related("responsible").get(pk=pk)
    if for_change and festival.is_over:
        raise DomainError(_("The festival is closed: it cannot be changed."))
    return festival


def lock_programme(matter: Planned) -> Planned:
    return lock_festival(matter.pk) if isinstance(matter, Festival) else lock_visit(matter.pk)


def lock_holder(item: ProgrammeItem) -> Planned:
    """Lock what the item belongs to: its visit, or the festival that shares it."""
    return lock_festival(item.festival_id) if item.festival_id else lock_visit(item.visit_id)  # type: ignore[arg-type]


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
        if not visit.programme.alive().exists():
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
    if event in ("approved", "amended"):
        book(visit, by)
        if visit.occasion_id:  # what is shared: by a job, for a festival is locked before its visits
            jobs.enqueue("delegations.book_festival", visit.occasion_id)
        settle(visit)  # what the festival changed while the programme was being approved
        from delegations.services.list_sendings import tell_after  # noqa: PLC0415 -- lists stand on this file

        tell_after(visit, by=by)
        from delegations.services.guest_links import refresh_cards  # noqa: PLC0415 -- links stand on this file

        refresh_cards(visit, by=by)


def book(matter: Planned, by: Actor) -> None:
    """Once approved, what serves the guests is booked firmly; what somebody took first is told, not hidden."""
    try:
        resources.confirm(matter, by=by)
    except resources.ResourceTakenError as error:
        words = str(error)
        version = approvals.latest_approved(matter)
        notify(
            matter.responsible,
            key=f"taken:{matter.pk}:{version.number if version else timezone.localdate()}",
            text=lambda: words,
            url=matter.get_absolute_url(),
            icon="alert-triangle",
            urgency=NoticeUrgency.NOW,
            matter=matter,
        )


@transaction.atomic
def book_festival(pk: int) -> None:
    """Book what is shared firmly once the first of its delegations has an approved programme."""
    festival = lock_festival(pk, for_change=False)
    if not festival.is_over and festival.visits.filter(status__in=FIRM).exists():  # type: ignore[attr-defined]
        book(festival, Actor.system())


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
    return moved + _move_festivals(today)


@transaction.atomic
def _move_festivals(today: datetime.date) -> int:
    """A festival begins and ends by its days alone: it is not approved, its delegations' programmes are."""
    rows = Festival.objects.exclude(phase__in=["void", "closed"])
    begins = rows.filter(status=FestivalStatus.PREPARING, starts_on__lte=today, ends_on__gte=today)
    ends = rows.filter(status__in=[FestivalStatus.PREPARING, FestivalStatus.UNDER_WAY], ends_on__lt=today)
    found = [
        *((pk, FestivalStatus.UNDER_WAY, "festival.began") for pk in begins.values_list("pk", flat=True)),
        *((pk, FestivalStatus.OVER, "festival.ended") for pk in ends.values_list("pk", flat=True)),
    ]
    for pk, status, action in sorted(found):
        festival = lock_festival(pk, for_change=False)
        move_festival(festival, status)
        audit.record(action, festival, by=Actor.system(), matter=festival)
    return len(found)


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


def changed(matter: Planned, action: str, subject: Any, by: Actor, **data: Any) -> None:
    """The close of every change: state, then the audit event. What a festival shares changes each of its visits."""
    if isinstance(matter, Festival):
        settle_festival(matter)
        if isinstance(subject, ProgrammeItem) or action.startswith("items."):
            _change_visits(matter, action, subject, by, data)
    else:
        settle(matter)
    audit.record(action, subject, by=by, matter=matter, **data)
    if action.partition(".")[0] in SERVED_BY_LISTS:
        from delegations.services.list_sendings import tell_soon  # noqa: PLC0415 -- lists stand on this file

        tell_soon(matter, by=by)


def _change_visits(festival: Festival, action: str, subject: Any, by: Actor, data: dict[str, Any]) -> None:
    """Each delegation's programme has changed: its state follows, its history says so."""
    rows = festival.visits.alive().exclude(phase="closed").order_by("pk")  # type: ignore[attr-defined]
    pks = list(rows.values_list("pk", flat=True))
    list(Matter.objects.select_for_update().filter(pk__in=pks).order_by("pk"))
    visits = list(Visit.objects.filter(pk__in=pks).select_related("responsible").order_by("pk"))
    for visit in visits:
        settle(visit)
        audit.record(
            "festival.item_changed", subject, by=by, matter=visit, title=data.get("title", ""), deed=action
        )
    if any(visit.status in FIRM for visit in visits):
        book(festival, by)


SERVED_BY_LISTS = (
    "room",
    "rooms",
    "meal",
    "member",
)  # beds, tables and needs are no part of what is approved
FIRM = (Status.APPROVED, Status.CHANGING, Status.UNDER_WAY)


def settle_festival(festival: Festival) -> None:
    move_festival(festival, FestivalStatus(festival.status))


def move_festival(festival: Festival, status: FestivalStatus) -> None:
    """Write the status and the next step of a festival on the matter's row."""
    if festival.status != status:
        festival.status = status
        festival.save(update_fields=["status"])
    step = {FestivalStatus.UNDER_WAY: "receive", FestivalStatus.OVER: "close"}.get(status, "")
    if status == FestivalStatus.PREPARING:
        has_visits = festival.visits.alive().exists()  # type: ignore[attr-defined]
        step = "build_programme" if has_visits else "join"
        if has_visits and festival.programme.alive().exists():
            step = "receive"
    set_state(
        festival,
        state=status,
        phase=FESTIVAL_PHASES[status],
        next_step=step,
        next_step_by=festival.responsible if step else None,
    )


def follow_festival(festival: Festival, event: str, by: Actor) -> None:
    """What happened to the matter of a festival moves it on; a void one lets its delegations and bookings go."""
    if event == "closed":
        move_festival(festival, FestivalStatus.CLOSED)
    elif event == "reopened":
        move_festival(festival, FestivalStatus.OVER)
    elif event == "restored":
        settle_festival(festival)
    elif event == "voided":
        resources.release_matter(festival, by=by)
        rows = Visit.objects.filter(occasion=festival.pk).order_by("pk")
        for pk in list(rows.values_list("pk", flat=True)):
            visit = lock_visit(pk, for_change=False)
            visit.occasion = None
            visit.save(update_fields=["occasion"])
            if not visit.is_over:
                changed(visit, "festival.left", visit, by, number=festival.number)
