"""The archive by years, on a page and as a table."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.generic import TemplateView

from archive.services import statistics
from archive.views.base import room_tabs
from archive.views.inventories import XLSX
from core.columns import Column, write_xlsx
from core.views import StaffView, staff_page

COLUMNS = (
    Column("year", gettext_lazy("Year")),
    Column("files", pgettext_lazy("case files", "Files")),
    Column("open", pgettext_lazy("case files, counted", "Open")),
    Column("closed", pgettext_lazy("case files, counted", "Closed")),
    Column("inventoried", pgettext_lazy("case files, counted", "In the inventory")),
    Column("handed_over", pgettext_lazy("case files, counted", "Handed over")),
    Column("destroyed", pgettext_lazy("case files, counted", "Destroyed")),
    Column("held", pgettext_lazy("case files, counted", "Held")),
    Column("documents", gettext_lazy("Documents")),
    Column("pages", gettext_lazy("Pages")),
    Column("sheets", gettext_lazy("Sheets")),
)


class StatisticsView(StaffView, TemplateView):
    """Files by the year of their plan and what became of them."""

    permission_required = "archive.view_casefile"
    template_name = "archive/statistics.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = statistics.by_year()
        return super().get_context_data(
            tabs=room_tabs("statistics", self.request),
            heads=[column.label for column in COLUMNS[1:]],
            rows=[
                (row.year, [(column.label, column.cell(row)) for column in COLUMNS[1:]])  # type: ignore[arg-type]
                for row in rows
            ],
            **kwargs,
        )


@staff_page("archive.view_casefile")
def statistics_xlsx(request: Any) -> HttpResponse:
    book = write_xlsx(
        COLUMNS,
        statistics.by_year(),  # type: ignore[arg-type]
        title=pgettext("archive", "Statistics"),
        about=[(_("By"), request.actor.label)],
    )
    return FileResponse(book, as_attachment=True, filename="archyvo-statistika.xlsx", content_type=XLSX)
