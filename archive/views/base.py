"""What pages of the archive share: the parts of the room, a form on a page of its own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.generic import FormView

from archive.models import WaitingDocument
from core.errors import DomainError, StaleWriteError
from core.views import StaffView


def room_tabs(here: str, request: HttpRequest) -> list[dict[str, Any]]:
    """The parts of the room, the same on each of its pages."""
    waiting = WaitingDocument.objects.of_years_in_force().visible_to(request.user).count()
    tabs: tuple[tuple[str, Any, str, int | None], ...] = (
        ("files", _("Case files"), reverse("archive:files"), None),
        ("search", _("Search in documents"), reverse("archive:search"), None),
        ("waiting", _("Waiting for a place"), reverse("archive:waiting"), waiting or None),
        ("plan", _("Documentation plan"), reverse("archive:plan_now"), None),
        ("acts", _("Inventories and acts"), reverse("archive:acts"), None),
        ("statistics", pgettext("archive", "Statistics"), reverse("archive:statistics"), None),
        ("retention", pgettext("archive", "Retention periods"), reverse("archive:retention"), None),
    )
    if request.user.has_perm("archive.view_caseexport"):
        tabs = (*tabs, ("verify", _("Verification of exports"), reverse("archive:verify"), None))
    return [
        {"label": label, "url": url, "here": code == here, "count": count} for code, label, url, count in tabs
    ]


class ActFormView(StaffView, FormView):
    """A form that stands on a page of its own; `act(data)` calls the service, whose refusal comes to its field."""

    template_name = "archive/form.html"
    done: Any = ""

    def get_title(self) -> str:
        raise NotImplementedError

    def get_trail(self) -> list[tuple[Any, str]]:
        return [(_("Case files and archive"), reverse("archive:files"))]

    def get_lead(self) -> str:
        return ""

    def act(self, form: Any) -> str:
        """Do it; returns where to go then."""
        raise NotImplementedError

    def get_draft_key(self) -> str:
        return f"archive:{self.request.path}"[:160]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        trail = self.get_trail()
        return super().get_context_data(
            title=self.get_title(),
            lead=self.get_lead(),
            trail=trail,
            back=trail[-1][1],
            draft_key=self.get_draft_key(),
            **kwargs,
        )

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            url = self.act(form)
        except StaleWriteError as error:
            return self.show_stale(form, error.theirs)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
            return self.form_invalid(form)
        if self.done:
            messages.success(self.request, str(self.done))
        return HttpResponseRedirect(url)

    def show_stale(self, form: Any, theirs: Any) -> HttpResponse:
        """Somebody saved the row in between; a form of an edited row says how both texts are shown."""
        raise NotImplementedError

    def form_invalid(self, form: Any) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        return response


def try_act(request: HttpRequest, act: Any, done: str) -> None:
    """Run a service without a form; say in a message what came of it."""
    try:
        act()
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)


def this_year() -> int:
    return timezone.localdate().year
