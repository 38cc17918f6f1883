"""What every page of a visit stands on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from core.errors import DomainError
from delegations.models import Visit
from matters.views.frame import MatterPage


def visible_visit(request: HttpRequest, pk: int) -> Visit:
    """The visit if this person may see it, else 404."""
    rows = Visit.objects.visible_to(request.user).with_guest_count()
    return get_object_or_404(rows.select_related("responsible", "next_step_by", "city", "host"), pk=pk)


class VisitPage(MatterPage):
    """A tab of a visit: the row is the visit itself, trimmed for the person."""

    permission_required = "delegations.view_visit"

    def get_matter(self) -> Visit:
        if not hasattr(self, "_visit"):
            self._visit = visible_visit(self.request, self.kwargs["pk"])
        return self._visit

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        visit = self.get_matter()
        kwargs.setdefault("matter", visit)
        return super().get_context_data(**{**head_of(self.request, visit), **kwargs})


def head_of(request: HttpRequest, visit: Visit) -> dict[str, Any]:
    """The facts of the head and what the person may do with the visit."""
    return {
        "visit": visit,
        "today": timezone.localdate(),
        "may_edit": visit.is_editable and request.user.has_perm("delegations.change_visit"),
    }


def refuse(form: Any, error: DomainError) -> None:
    """Put a service's words next to the field they belong to."""
    form.add_error(error.field if error.field in form.fields else None, str(error))


def back_to_programme(visit_pk: int, *, anchor: str = "") -> HttpResponse:
    return redirect(reverse("delegations:programme", args=[visit_pk]) + (f"#{anchor}" if anchor else ""))


def say(request: HttpRequest, error: DomainError) -> None:
    messages.error(request, str(error))
