"""Analyses of a month, quarter or year: their list, the page of figures, what people say of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView

from core.errors import DomainError
from core.lists import Choice, Column, FilteredList
from core.views import StaffView
from matters.models.approvals import current_content, latest_approved
from matters.views.frame import MatterPage
from media_monitoring import services
from media_monitoring.analysis import comparison
from media_monitoring.analysis_kind import charts, kept_words, snapshot
from media_monitoring.choices import AnalysisStatus, Period
from media_monitoring.forms import AnalysisForm, AnalysisOpenForm
from media_monitoring.models import Analysis
from partners.views.base import SaveView


class AnalysisListView(StaffView, FilteredList):
    permission_required = "media_monitoring.view_analysis"
    template_name = "media_monitoring/analysis_list.html"
    list_code = "media_monitoring.analyses"
    title = gettext_lazy("Analyses of the press")
    filters = (
        Choice("period", gettext_lazy("Period"), Period.choices, field="period"),
        Choice("status", gettext_lazy("State"), AnalysisStatus.choices, field="status"),
    )
    columns = (
        Column("number", gettext_lazy("Number"), sort="number"),
        Column("title", gettext_lazy("Title")),
        Column("starts_on", gettext_lazy("From"), sort="starts_on"),
        Column("status", gettext_lazy("State"), value=lambda row: str(row.state_label)),
    )
    default_sort = "-starts_on"

    def get_rows(self) -> Any:
        return Analysis.objects.visible_to(self.staff)

    def counted(self, count: int) -> str:
        return ngettext("{n} analysis", "{n} analyses", count).format(n=count)


class AnalysisOpenView(StaffView, FormView):
    permission_required = "media_monitoring.add_analysis"
    template_name = "media_monitoring/analysis_open.html"
    form_class = AnalysisOpenForm

    def form_valid(self, form: AnalysisOpenForm) -> HttpResponse:
        try:
            analysis = services.open_analysis(**form.cleaned_data, responsible=self.staff, by=self.actor)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, _("The figures are counted. Now write what they mean."))
        return redirect(analysis)

    def form_invalid(self, form: AnalysisOpenForm) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        return response


class AnalysisView(MatterPage, TemplateView):
    """The figures: frozen ones once approved, else as they are now."""

    permission_required = "media_monitoring.view_analysis"
    template_name = "media_monitoring/analysis.html"
    tab = "media_monitoring:analysis"

    def get_matter(self) -> Analysis:
        if not hasattr(self, "_matter"):
            rows = Analysis.objects.visible_to(self.staff).whole()
            self._matter = get_object_or_404(rows, pk=self.kwargs["pk"])
        return self._matter

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        analysis = self.get_matter()
        approved = latest_approved(analysis)
        content = current_content(approved) if approved else snapshot(analysis)
        figures = content["figures"]
        context.update(
            is_frozen=approved is not None,
            comparison=comparison(figures),
            charts=charts(figures),
            releases=[{**row, "kept_words": kept_words(row["kept"])} for row in figures["releases"]],
        )
        return context


class AnalysisFormView(SaveView):
    permission_required = "media_monitoring.change_analysis"
    form_class = AnalysisForm

    def get_instance(self) -> Analysis:
        return get_object_or_404(Analysis.objects.visible_to(self.staff), pk=self.kwargs["pk"])

    def get_title(self) -> str:
        return _("What the figures mean")

    def get_crumbs(self) -> list[tuple[str, str]]:
        return [
            (_("Analyses of the press"), reverse("media_monitoring:analyses")),
            (self.instance.number, self.instance.get_absolute_url()),
        ]

    def save(self, form: AnalysisForm) -> Analysis:
        return services.save_comment(
            form.instance,
            by=self.actor,
            fields=form.own_fields,
            revision=form.cleaned_data.get("revision"),
        )
