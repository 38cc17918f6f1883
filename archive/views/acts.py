"""Inventories, destructions and transfers side by side; what their pages share; their papers."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from archive.forms import NoteForm, ReasonForm
from archive.models import Destruction, Inventory, Placement, Transfer
from archive.services import listing, registering, steps
from archive.views.base import room_tabs
from core.views import StaffView, staff_action, staff_page
from documents.models import Registration
from documents.views.documents import send
from matters.views.frame import MatterPage

SHOWN = 60
KINDS = {"inventory": Inventory, "destruction": Destruction, "transfer": Transfer}
SHOWN_KINDS = (Inventory, Transfer, Destruction)


class ActsView(StaffView, TemplateView):
    """Every list that files go through after they are closed, the newest first."""

    permission_required = "archive.view_inventory"
    template_name = "archive/acts.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        from django.db.models import Count  # noqa: PLC0415 -- only here

        may = self.staff.has_perm
        return super().get_context_data(
            tabs=room_tabs("acts", self.request),
            groups=[
                {
                    "id": model._meta.model_name,
                    "rows": list(
                        model.objects.annotate(files=Count("lines")).order_by(*model._meta.ordering)[:SHOWN]
                    ),
                    "may_add": may(f"archive.add_{model._meta.model_name}"),
                    "new_url": reverse(f"archive:{model._meta.model_name}_new"),
                    **words,
                }
                for model, words in ((model, self.words(model)) for model in SHOWN_KINDS)
            ],
            **kwargs,
        )

    @staticmethod
    def words(model: Any) -> dict[str, Any]:
        if model is Inventory:
            return {
                "title": _("Inventories"),
                "begin": _("New inventory"),
                "empty": _("Once a year’s files are closed, those kept long or permanently are listed here."),
            }
        if model is Transfer:
            return {
                "title": _("Transfers"),
                "begin": _("New transfer"),
                "empty": _("Files of approved inventories are handed over to the archive by act."),
            }
        return {
            "title": _("Destruction"),
            "begin": _("New list"),
            "empty": _("Files whose term is over are listed, judged, and destroyed only by an approved act."),
        }


class ActPage(StaffView, TemplateView):
    """One list: its files, its steps, its paper."""

    model: Any = None

    @cached_property
    def row(self) -> Any:
        people = ("submitted_by", "approved_by", "paper", "document")
        return get_object_or_404(self.model.objects.select_related(*people), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.row
        total = listing.totals(row.lines)
        return super().get_context_data(
            lines=row.lines.select_related("file"),
            total=total,
            tabs=room_tabs("acts", self.request),
            note_form=NoteForm(prefix="note"),
            reason_form=ReasonForm(prefix="reason"),
            may_change=self.staff.has_perm(f"archive.change_{row._meta.model_name}"),
            **paper_context(row),
            **kwargs,
        )


class ArchiveYearView(MatterPage, TemplateView):
    """The year's matter: the acts registered in it."""

    template_name = "archive/year.html"
    tab = "archive:year"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        year = self.get_matter().pk
        acts = [
            act
            for model in SHOWN_KINDS
            for act in model.objects.filter(document__matter=year).select_related("document")
        ]
        numbers = dict(
            Registration.objects.standing().filter(document__matter=year).values_list("document", "number")
        )
        context["rows"] = [(act, numbers.get(act.document_id, "")) for act in acts]
        return context


def trail_to(row: Any = None) -> list[tuple[Any, str]]:
    trail = [
        (_("Case files and archive"), reverse("archive:files")),
        (_("Inventories and acts"), reverse("archive:acts")),
    ]
    return [*trail, (str(row), row.get_absolute_url())] if row is not None else trail


# --- papers -------------------------------------------------------------------------------------------------


def paper_context(row: Any) -> dict[str, Any]:
    place = Placement.objects.standing().filter(document=row.document_id or 0)
    return {
        "act": row,
        "kind": row._meta.model_name,
        "job": steps.paper_job(row),
        "may_draw": steps.may_draw_anew(row),
        "registration": registering.registration_of(row),
        "place": place.select_related("file__line__plan").first(),
    }


def _row(kind: str, pk: int) -> Any:
    if kind not in KINDS:
        raise Http404
    return get_object_or_404(KINDS[kind]._default_manager.select_related("paper", "document"), pk=pk)


def _part(request: HttpRequest, row: Any) -> HttpResponse:
    return render(request, "archive/_act_paper.html", paper_context(row))


@staff_action("archive.view_inventory")
def act_draw(request: Any, kind: str, pk: int) -> HttpResponse:
    row = _row(kind, pk)
    if steps.may_draw_anew(row):
        steps.request_paper(row)
    return _part(request, row) if request.htmx else redirect(f"{row.get_absolute_url()}#popierius")


@staff_page("archive.view_inventory")
def act_progress(request: Any, kind: str, pk: int) -> HttpResponse:
    row = _row(kind, pk)
    return _part(request, row) if request.htmx else redirect(row)


@staff_page("archive.view_inventory")
def act_pdf(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    row = _row(kind, pk)
    if row.paper is None:
        raise Http404
    return send(row.paper, row.paper.name, is_inline=True)
