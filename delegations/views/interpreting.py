"""After an interpreter's work: the hours as they were, and how it went."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from core.errors import DomainError, StaleWriteError
from core.stale import show_both_forms
from delegations.views.base import VisitPage, refuse
from resources import services as resources
from resources.forms import WorkForm
from resources.models import InterpreterWork
from resources.services import Work


class WorkView(VisitPage, TemplateView):
    """One interpreter in one visit; it may be said after the visit is closed, too."""

    permission_required = ("delegations.change_visit", "resources.read_ratings")  # type: ignore[assignment]  # both
    template_name = "delegations/interpreter_work.html"
    tab = "delegations:services"

    @cached_property
    def work(self) -> Work:
        works = resources.works_of_matter(self.get_matter())
        found = next((work for work in works if work.interpreter.pk == self.kwargs["interpreter"]), None)
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        work = self.work
        return super().get_context_data(**{"work": work, "form": WorkForm(row=work.row), **kwargs})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = WorkForm(request.POST, row=self.work.row)
        if form.is_valid():
            try:
                resources.record_work(
                    self.work.interpreter,
                    self.get_matter(),
                    by=self.actor,
                    revision=form.cleaned_data["revision"],
                    **form.fields_of_work,
                )
            except StaleWriteError:
                theirs = InterpreterWork.objects.get(
                    interpreter=self.work.interpreter.pk, matter=self.get_matter().pk
                )
                return show_both_forms(request, form, WorkForm(row=theirs), theirs, by=theirs.actor_label)
            except DomainError as error:
                refuse(form, error)
            else:
                messages.success(request, _("Written down: %(name)s.") % {"name": self.work.interpreter.name})
                return redirect("delegations:services", self.kwargs["pk"])
        return self.render_to_response(self.get_context_data(form=form), status=422)
