"""The visits of one year: the page, the workbook, the paper for the council."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from core.columns import write_xlsx
from core.views import StaffView, staff_action, staff_page
from delegations.services import year_paper as papers
from delegations.year import COLUMNS, FIRST_YEAR, LAST_YEAR, charts, read_year, years_with_visits
from documents.views.documents import send


def asked_year(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    return year


@staff_page("delegations.view_visit")
def this_year(request: HttpRequest) -> HttpResponse:
    return redirect("delegations:year", timezone.localdate().year)


class YearView(StaffView, TemplateView):
    """By partner and by basis, with every visit beneath."""

    permission_required = "delegations.view_visit"
    template_name = "delegations/year.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        year = asked_year(self.kwargs["year"])
        read = read_year(self.staff, year)
        years = sorted({year, timezone.localdate().year, *years_with_visits(self.staff)}, reverse=True)
        return super().get_context_data(
            read=read,
            charts=charts(read),
            years=[
                {"year": one, "url": reverse("delegations:year", args=[one]), "here": one == year}
                for one in years[:12]
            ],
            job=papers.year_paper_job(year, self.staff),
            **{**kwargs, "year": year},
        )


@staff_page("delegations.view_visit")
def year_xlsx(request: Any, year: int) -> HttpResponse:
    """Every visit of the year in a workbook."""
    read = read_year(request.user, asked_year(year))
    title = _("Delegations received in %(year)d") % {"year": year}
    about = [
        (_("List"), title),
        (_("Made"), f"{timezone.localtime():%Y-%m-%d %H:%M}"),
        (_("By"), request.actor.label),
    ]
    return FileResponse(
        write_xlsx(COLUMNS, read.rows, title=str(year), about=about),
        as_attachment=True,
        filename=f"vizitai-{year}.xlsx",
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )


@staff_action("delegations.view_visit")
def year_paper_make(request: Any, year: int) -> HttpResponse:
    papers.request_year_paper(asked_year(year), request.user)
    if request.htmx:
        return _part(request, year)
    return redirect(f"{reverse('delegations:year', args=[year])}#year-paper")


@staff_page("delegations.view_visit")
def year_paper_progress(request: Any, year: int) -> HttpResponse:
    if not request.htmx:
        return redirect("delegations:year", asked_year(year))
    return _part(request, year)


def _part(request: Any, year: int) -> HttpResponse:
    context = {"year": year, "job": papers.year_paper_job(asked_year(year), request.user)}
    return render(request, "delegations/year.html#year-paper", context)


@staff_page("delegations.view_visit")
def year_pdf(request: Any, year: int) -> HttpResponse:
    """The paper as it was made for this person."""
    file = papers.year_paper(asked_year(year), request.user)
    if file is None:
        raise Http404
    return send(file, file.name)
