"""Where documents lie: those that wait for a place, one document's place, how much it takes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from archive import services
from archive.choices import Waiting
from archive.forms import ExtentForm, PlaceForm
from archive.models import Placement, WaitingDocument
from archive.services.placing import filed_when, propose
from archive.views.base import ActFormView, room_tabs
from core.columns import Column
from core.lists import Choice, FilteredList, Words
from core.views import StaffView
from documents.models import Document


def _years(request: HttpRequest) -> list[tuple[int, str]]:
    years = WaitingDocument.objects.values_list("year", flat=True).distinct().order_by("-year")
    return [(year, str(year)) for year in years]


class WaitingListView(StaffView, FilteredList):
    """Final documents without a place in a case file, and why."""

    permission_required = "archive.view_casefile"
    template_name = "archive/waiting.html"
    list_code = "archive.waiting"
    title = gettext_lazy("Waiting for a place")
    default_sort = "since"
    tie_break = "pk"
    filters = (
        Words(
            "q",
            gettext_lazy("Words"),
            ("document__title", "document__matter__number", "document__matter__title"),
        ),
        Choice("year", gettext_lazy("Year"), _years),
        Choice("why", gettext_lazy("Why"), Waiting.choices),
    )
    columns = (
        Column(
            "title", gettext_lazy("Document"), sort="document__title", value=lambda row: row.document.title
        ),
        Column("matter", gettext_lazy("Matter"), value=lambda row: row.document.matter.number),
        Column("year", gettext_lazy("Year"), sort="year"),
        Column("why", gettext_lazy("Why"), value=lambda row: row.get_why_display()),
        Column("since", gettext_lazy("Waits since"), sort="since"),
    )

    def get_rows(self) -> Any:
        return WaitingDocument.objects.visible_to(self.staff)

    def prepare(self, rows: Any) -> Any:
        return rows.select_related("document__matter")

    def counted(self, count: int) -> str:
        return ngettext("{n} document", "{n} documents", count).format(n=count)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        hidden = WaitingDocument.objects.count() - WaitingDocument.objects.visible_to(self.staff).count()
        context.update(
            tabs=room_tabs("waiting", self.request),
            hidden=hidden,
            may_place=self.staff.has_perm("archive.place_document"),
        )
        return context


class PlaceView(ActFormView):
    """Choose the file of a document, or another one with a reason."""

    permission_required = "archive.place_document"
    form_class = PlaceForm
    template_name = "archive/place.html"
    done = gettext_lazy("The document lies in its file.")

    @cached_property
    def document(self) -> Document:
        rows = Document.objects.visible_to(self.staff).select_related("matter", "part_of")
        return get_object_or_404(rows.filter(is_working_paper=False), pk=self.kwargs["pk"])

    @cached_property
    def standing(self) -> Placement | None:
        rows = Placement.objects.standing().filter(document=self.document)
        return rows.select_related("file__line__plan").first()

    @cached_property
    def proposal(self) -> Any:
        return propose(self.document)

    def get_title(self) -> str:
        return _("Move the document") if self.standing else _("Place the document")

    def get_trail(self) -> list[tuple[Any, str]]:
        trail = super().get_trail()
        if self.standing:
            return [*trail, (str(self.standing.file.signature), self.standing.file.get_absolute_url())]
        return [*trail, (_("Waiting for a place"), reverse("archive:waiting"))]

    def get_initial(self) -> dict[str, Any]:
        return {} if self.standing else {"line": self.proposal.line}

    def get_form_kwargs(self) -> dict[str, Any]:
        year = self.standing.file.line.plan.year if self.standing else self.proposal.year
        return {**super().get_form_kwargs(), "year": year, "must_give_reason": self.standing is not None}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            document=self.document,
            standing=self.standing,
            proposal=self.proposal,
            why=Waiting(self.proposal.why).label if self.proposal.why else "",
            filed_on=filed_when(self.document)[0],
            parts=self.document.parts.visible_to(self.staff).count(),
            **kwargs,
        )

    def act(self, form: Any) -> str:
        data = form.cleaned_data
        placement = services.move_document(self.document, data["line"], reason=data["reason"], by=self.actor)
        return placement.file.get_absolute_url()


class ExtentView(ActFormView):
    """How many pages or sheets a document takes, counted by hand."""

    permission_required = "archive.place_document"
    form_class = ExtentForm
    done = gettext_lazy("Saved.")

    @cached_property
    def placement(self) -> Placement:
        rows = Placement.objects.standing().named_to(self.staff)
        return get_object_or_404(rows.select_related("document", "file__line__plan"), pk=self.kwargs["pk"])

    def get_title(self) -> str:
        return _("How much it takes")

    def get_lead(self) -> str:
        return self.placement.document.title

    def get_trail(self) -> list[tuple[Any, str]]:
        file = self.placement.file
        return [*super().get_trail(), (f"{file.line.plan.year} · {file.signature}", file.get_absolute_url())]

    def get_initial(self) -> dict[str, Any]:
        return {"pages": self.placement.pages, "sheets": self.placement.sheets}

    def act(self, form: Any) -> str:
        data = form.cleaned_data
        services.set_extent(self.placement, pages=data["pages"], sheets=data["sheets"], by=self.actor)
        return self.placement.file.get_absolute_url()
