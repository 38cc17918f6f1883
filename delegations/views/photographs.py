"""Photographs of a visit: brought several at once, described one by one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from core.errors import DomainError
from core.views import staff_action, staff_page
from delegations import services
from delegations.forms.outcomes import PhotographForm, PhotographsForm
from delegations.models import Photograph
from delegations.views.base import VisitPage, refuse, say, visible_visit
from documents import intake
from documents.views.documents import send

ACCEPT = ".jpg,.jpeg,.png,.heic,.heif"


class PhotographsView(VisitPage, TemplateView):
    """The grid, and the form that brings more."""

    template_name = "delegations/photographs.html"
    tab = "delegations:report"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        visit = self.get_matter()
        kwargs.setdefault("form", PhotographsForm(initial={"author": self.staff.full_name}))
        rows = list(
            visit.photographs.select_related("document", "thumb", "item")
            .prefetch_related("item__texts")
            .order_by("taken_at", "pk")
        )
        return super().get_context_data(
            photographs=rows,
            without_consent=sum(1 for row in rows if not row.has_consent),
            in_report=sum(1 for row in rows if row.in_report),
            file_field={**intake.field(), "accept": ACCEPT},
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Each file alone, so that one refused loses no other."""
        if not request.user.has_perm("delegations.change_visit"):
            return self.handle_no_permission()
        visit = self.get_matter()
        form = PhotographsForm(request.POST)
        problems = intake.refusals(request)
        kept = 0
        files = request.FILES.getlist("files")
        if form.is_valid():
            for file in files:
                try:
                    services.add_photograph(visit, file, by=self.actor, **form.cleaned_data)
                except DomainError as error:
                    if error.field in form.fields:
                        refuse(form, error)
                        break
                    problems.append(str(error))
                else:
                    kept += 1
            if not files and not problems:
                problems.append(_("Choose the pictures."))
        if kept:
            words = ngettext("%(count)d photograph is added.", "%(count)d photographs are added.", kept)
            messages.success(request, words % {"count": kept})
        if not problems and not form.errors:
            return redirect("delegations:photographs", visit.pk)
        context = self.get_context_data(form=form, problems=problems)
        return self.render_to_response(context, status=422)


class PhotographView(VisitPage, TemplateView):
    """One picture: whose, what of, with whose consent; whether it stands in the report."""

    permission_required = "delegations.change_visit"
    template_name = "delegations/photograph.html"
    tab = "delegations:report"

    @cached_property
    def photograph(self) -> Photograph:
        rows = self.get_matter().photographs.select_related("document", "thumb", "picture", "item")
        return get_object_or_404(rows, pk=self.kwargs["photograph"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if "form" not in kwargs:
            kwargs["form"] = PhotographForm(photograph=self.photograph, visit=self.get_matter())
        kwargs["photograph"] = self.photograph  # the address names it too, by its key
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visit = self.get_matter()
        form = PhotographForm(request.POST, photograph=self.photograph, visit=visit)
        if form.is_valid():
            try:
                services.describe_photograph(self.photograph, by=self.actor, **form.cleaned_data)
            except DomainError as error:
                refuse(form, error)
            else:
                messages.success(request, _("The photograph is saved."))
                return redirect("delegations:photographs", visit.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)


@staff_action("delegations.change_visit")
def photograph_remove(request: Any, pk: int, photograph: int) -> HttpResponse:
    row = get_object_or_404(visible_visit(request, pk).photographs, pk=photograph)
    try:
        services.remove_photograph(row, reason=request.POST.get("reason", ""), by=request.actor)
    except DomainError as error:
        say(request, error)
        return redirect("delegations:photograph", pk, photograph)
    messages.success(request, _("The photograph is taken out and its file is deleted."))
    return redirect("delegations:photographs", pk)


@staff_page("delegations.view_visit")
def photograph_file(request: HttpRequest, pk: int, photograph: int, size: str) -> HttpResponse:
    """A small picture made by a worker: never the file that was brought."""
    visit = visible_visit(request, pk)
    row = get_object_or_404(visit.photographs.select_related("thumb", "picture"), pk=photograph)
    stored = {"maza": row.thumb, "didele": row.picture}.get(size)
    if stored is None:
        raise Http404
    return send(stored, f"{visit.number}-{row.pk}.jpg", is_inline=True)
