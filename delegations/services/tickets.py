"""Tickets of a visit: what is needed, who is asked to buy it, the file once it is there."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.actor import Actor
from core.errors import DomainError
from delegations.choices import TicketState
from delegations.models import Ticket, Visit
from delegations.services.state import changed, lock_for_services
from documents import services as documents
from documents.models import Document
from matters.models import Task
from matters.services import create_task, finish_task

MOST_TICKETS = 500


@transaction.atomic
def save_ticket(
    visit: Visit,
    ticket: Ticket | None = None,
    *,
    by: Actor,
    revision: int | None = None,
    file: Any = None,
    **fields: Any,
) -> Ticket:
    """Add or change tickets; a file becomes a document of the visit, a second one its next version."""
    visit = lock_for_services(visit.pk)
    is_new = ticket is None
    row = (
        Ticket(visit=visit)
        if ticket is None
        else visit.tickets.select_for_update(of=("self",)).get(pk=ticket.pk)
    )
    for name, value in fields.items():
        setattr(row, name, value)
    _check(row)
    if file is not None:
        row.document = _file(visit, row.document, file, by)
        fields["document"] = row.document
    if is_new:
        row.save()
    else:
        row.save_if_current(revision, sorted(fields))
    _settle_task(row, by)
    changed(visit, "ticket.added" if is_new else "ticket.changed", visit, by, what=row.what, count=row.count)
    return row


@transaction.atomic
def move_ticket(ticket: Ticket, state: str, *, by: Actor, bought_by: str = "") -> Ticket:
    """Bought, then handed over: one press; whoever presses has bought it unless somebody else is named."""
    if state not in TicketState.values:
        raise DomainError(_("Choose one of the list."), field="state")
    visit = lock_for_services(ticket.visit_id)
    row = visit.tickets.select_for_update(of=("self",)).get(pk=ticket.pk)
    buyer = bought_by.strip() or row.bought_by or (by.label if state != TicketState.NEEDED else "")
    row.state, row.bought_by = state, buyer[:160]
    row.save_if_current(None, ["state", "bought_by"])
    _settle_task(row, by)
    changed(visit, f"ticket.{state}", visit, by, what=row.what, count=row.count)
    return row


@transaction.atomic
def remove_ticket(ticket: Ticket, *, by: Actor) -> None:
    """Not needed any more; its file stays a document of the visit."""
    visit = lock_for_services(ticket.visit_id)
    task_pk, what = ticket.task_id, ticket.what
    Ticket.objects.filter(pk=ticket.pk).delete()
    _finish_if_all_bought(task_pk, by)
    changed(visit, "ticket.removed", visit, by, what=what)


@transaction.atomic
def ask_to_buy(visit: Visit, *, assignee: Any, due_on: datetime.date | None, by: Actor) -> Task:
    """One task for all the tickets nobody was asked for yet; it chases until they are bought."""
    visit = lock_for_services(visit.pk)
    rows = list(visit.tickets.select_for_update(of=("self",)).filter(state=TicketState.NEEDED, task=None))
    rows += list(visit.tickets.filter(state=TicketState.NEEDED, task__dropped_at__isnull=False))
    if not rows:
        raise DomainError(_("All tickets are bought, or somebody is asked already."))
    if due_on and due_on < timezone.localdate():
        raise DomainError(_("The day is past already."), field="due_on")
    if due_on and due_on > visit.ends_on:
        raise DomainError(_("The visit is over by then."), field="due_on")
    with override("lt"):
        title = _("Buy tickets: %(what)s") % {"what": ", ".join(f"{row.what} ({row.count})" for row in rows)}
        reason = _("the guests need them on the way")
    task = create_task(
        visit, title=title[:200], assignee=assignee, by=by, due_on=due_on, due_reason=reason if due_on else ""
    )
    Ticket.objects.filter(pk__in=[row.pk for row in rows]).update(task=task)
    changed(visit, "tickets.asked_for", visit, by, count=len(rows))
    return task


# --- inside -------------------------------------------------------------------------------------------------


def _check(row: Ticket) -> None:
    if not row.what.strip():
        raise DomainError(_("Write what the tickets are for."), field="what")
    if not 1 <= row.count <= MOST_TICKETS:
        raise DomainError(_("From 1 to %(most)d tickets.") % {"most": MOST_TICKETS}, field="count")
    if row.state != TicketState.NEEDED and not row.bought_by.strip():
        raise DomainError(_("Write who bought it."), field="bought_by")
    if row.price is not None and row.price < 0:
        raise DomainError(_("The price cannot be negative."), field="price")


def _file(visit: Visit, known: Document | None, file: Any, by: Actor) -> Document:
    try:
        document = documents.upload(
            visit, file, by=by, replaces=known if known and not known.is_void else None
        )
    except DomainError as error:
        raise DomainError(str(error), field="file") from error
    return document


def _settle_task(row: Ticket, by: Actor) -> None:
    if row.state != TicketState.NEEDED:
        _finish_if_all_bought(row.task_id, by)


def _finish_if_all_bought(task_pk: int | None, by: Actor) -> None:
    task = Task.objects.open().filter(pk=task_pk).first() if task_pk else None
    if task and not task.tickets.filter(state=TicketState.NEEDED).exists():  # type: ignore[attr-defined]
        finish_task(task, by=by, note=_("All the tickets are bought."))
