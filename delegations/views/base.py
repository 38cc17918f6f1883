"""What every page of a visit stands on."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from core.errors import DomainError
from delegations.models import Festival, ProgrammeItem, Visit
from delegations.services.state import Planned
from matters.views.frame import MatterPage


def visible_visit(request: HttpRequest, pk: int) -> Visit:
    """The visit if this person may see it, else 404."""
    return get_object_or_404(Visit.objects.visible_to(request.user).whole(), pk=pk)


def visible_planned(request: HttpRequest, pk: int) -> Planned:
    """The visit or the festival if this person may see it, else 404: one builder serves both."""
    visit = Visit.objects.visible_to(request.user).whole().filter(pk=pk).first()
    return visit or get_object_or_404(Festival.objects.visible_to(request.user).whole(), pk=pk)


def visible_festival(request: HttpRequest, pk: int) -> Festival:
    return get_object_or_404(Festival.objects.visible_to(request.user).whole(), pk=pk)


class VisitPage(MatterPage):
    """A tab of a visit: the row is the visit itself, trimmed for the person."""

    permission_required = "delegations.view_visit"

    def find_matter(self) -> Visit:
        return visible_visit(self.request, self.kwargs["pk"])


class PlannedPage(MatterPage):
    """A tab that a visit and a festival share: what is done to the one is done to the other."""

    permission_required = "delegations.view_visit"

    def find_matter(self) -> Planned:
        return visible_planned(self.request, self.kwargs["pk"])


class FestivalPage(MatterPage):
    """A tab of a festival."""

    permission_required = "delegations.view_festival"

    def find_matter(self) -> Festival:
        return visible_festival(self.request, self.kwargs["pk"])


def refuse(form: Any, error: DomainError) -> None:
    """Put a service's words next to the field they belong to."""
    form.add_error(error.field if error.field in form.fields else None, str(error))


def back_to_programme(
    visit_pk: int, item: ProgrammeItem | None = None, *, on: datetime.date | None = None, anchor: bool = True
) -> HttpResponse:
    """To the days among which the item stands, and to the item itself: programme.js gives it the focus."""
    day = item.on if item else on
    query = f"?diena={day.isoformat()}" if day else ""
    place = f"#item-{item.pk}" if item and anchor else ""
    return redirect(f"{reverse('delegations:programme', args=[visit_pk])}{query}{place}")


def say(request: HttpRequest, error: DomainError) -> None:
    messages.error(request, str(error))
