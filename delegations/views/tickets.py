"""Tickets of a visit: needed, bought, handed over; who is asked to buy them."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.audit import last_hand
from core.errors import DomainError, StaleWriteError
from core.stale import show_both_forms
from core.views import staff_action
from delegations import services
from delegations.choices import TicketState
from delegations.forms import AskForm, TicketForm
from delegations.models import Ticket
from delegations.views.base import refuse, say, visible_visit
from delegations.views.hotels import ServicePage

BEFORE_THE_VISIT = datetime.timedelta(days=7)


class TicketView(ServicePage):
    """One batch of tickets, new or known."""

    template_name = "delegations/ticket.html"

    @cached_property
    def ticket(self) -> Ticket | None:
        if "ticket" not in self.kwargs:
            return None
        rows = self.get_matter().tickets.select_related("document", "task__assignee")
        return get_object_or_404(rows, pk=self.kwargs["ticket"])

    def _form(self, data: Any = None, files: Any = None) -> TicketForm:
        return TicketForm(
            data,
            files,
            visit=self.get_matter(),
            ticket=self.ticket,
            initial=None if self.ticket else self._asked(),
        )

    def _asked(self) -> dict[str, Any]:
        """What the address asks the tickets for."""
        asked = {"leg": self.request.GET.get("atkarpa", ""), "item": self.request.GET.get("punktas", "")}
        return {name: value for name, value in asked.items() if value.isdecimal() and len(value) < 12}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"ticket": self.ticket, "form": self._form(), **kwargs})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self._form(request.POST, request.FILES)
        if form.is_valid():
            try:
                services.save_ticket(
                    self.get_matter(),
                    self.ticket,
                    revision=form.cleaned_data["revision"],
                    file=form.cleaned_data["file"],
                    by=self.actor,
                    **form.fields_of_ticket,
                )
            except StaleWriteError as error:
                theirs: Any = error.theirs
                return show_both_forms(
                    request,
                    form,
                    TicketForm(visit=self.get_matter(), ticket=theirs),
                    theirs,
                    by=last_hand(self.get_matter()),
                )
            except DomainError as error:
                refuse(form, error)
            else:
                messages.success(request, _("The tickets are saved."))
                return redirect("delegations:services", self.kwargs["pk"])
        return self.render_to_response(self.get_context_data(form=form), status=422)


class TicketsAskView(ServicePage):
    """Ask somebody to buy what is still needed: one task that chases."""

    template_name = "delegations/tickets_ask.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        visit = self.get_matter()
        today = timezone.localdate()
        first = {
            "assignee": visit.responsible_id,
            "due_on": max(today, min(visit.starts_on - BEFORE_THE_VISIT, visit.ends_on)),
        }
        rows = visit.tickets.filter(state=TicketState.NEEDED).select_related("task__assignee")
        open_rows = [row for row in rows if row.task is None or row.task.dropped_at]
        return super().get_context_data(**{"form": AskForm(initial=first), "tickets": open_rows, **kwargs})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = AskForm(request.POST)
        if form.is_valid():
            try:
                task = services.ask_to_buy(self.get_matter(), by=self.actor, **form.cleaned_data)
            except DomainError as error:
                refuse(form, error)
            else:
                messages.success(request, _("Asked to buy: %(name)s.") % {"name": task.assignee.full_name})
                return redirect("delegations:services", self.kwargs["pk"])
        return self.render_to_response(self.get_context_data(form=form), status=422)


@staff_action("delegations.change_visit")
def ticket_move(request: Any, pk: int, ticket: int) -> HttpResponse:
    """Bought, or handed over, by one press."""
    row = get_object_or_404(visible_visit(request, pk).tickets.all(), pk=ticket)
    try:
        row = services.move_ticket(row, request.POST.get("state", ""), by=request.actor)
    except DomainError as error:
        say(request, error)
    else:
        words = {
            TicketState.NEEDED: pgettext("tickets", "To be bought again: %(what)s."),
            TicketState.BOUGHT: pgettext("tickets", "Bought: %(what)s."),
            TicketState.HANDED: pgettext("tickets", "Handed over: %(what)s."),
        }
        messages.success(request, words[TicketState(row.state)] % {"what": row.what})
    return redirect("delegations:services", pk)


@staff_action("delegations.change_visit")
def ticket_remove(request: Any, pk: int, ticket: int) -> HttpResponse:
    row = get_object_or_404(visible_visit(request, pk).tickets.all(), pk=ticket)
    try:
        services.remove_ticket(row, by=request.actor)
    except DomainError as error:
        say(request, error)
    else:
        messages.success(
            request, _("Taken off: %(what)s. Its file stays among the documents.") % {"what": row.what}
        )
    return redirect("delegations:services", pk)
