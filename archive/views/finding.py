"""Finding filed documents by their words, and reading one of them: nothing is changed here."""

from __future__ import annotations

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.generic import TemplateView

from archive import finding
from archive.models import DocumentText, Placement, Plan, PlanLine
from archive.rooms import READ_DOCUMENT
from archive.views.base import room_tabs
from core.columns import Column
from core.language.indexing import marked, snippet
from core.language.queries import Query
from core.lists import Choice, FilteredList, Tick, Words
from core.models import AccessRecord, acted_by
from core.registry import register_document_kind
from core.views import StaffView, staff_page
from core.vocabulary import by_index
from documents.models import Document
from documents.views.documents import send

SHOWN_READERS = 8
SHOWN_PAGES = 40
OTHER_KINDS = {
    "upload": pgettext_lazy("kind of document", "uploaded file"),
    "photo": pgettext_lazy("kind of document", "picture"),
    "email": pgettext_lazy("kind of document", "letter received"),
    "note": pgettext_lazy("kind of document", "note"),
    "archive.inventory": pgettext_lazy("kind of document", "inventory of case files"),
    "archive.transfer": pgettext_lazy("kind of document", "act of transfer"),
    "archive.destruction": pgettext_lazy("kind of document", "act of destruction"),
}


def _kinds(request: HttpRequest) -> list[tuple[str, Any]]:
    made = [(one.code, one.label) for one in register_document_kind if not one.is_working_paper]
    return [*OTHER_KINDS.items(), *sorted(made, key=lambda pair: str(pair[1]))]


def _indexes(request: HttpRequest) -> list[tuple[str, str]]:
    rows = PlanLine.objects.order_by("index_key").values_list("index", flat=True)
    return [(index, index) for index in dict.fromkeys(rows)]


def _years(request: HttpRequest) -> list[tuple[int, str]]:
    return [(year, str(year)) for year in Plan.objects.values_list("year", flat=True)]


def asked_of(request: HttpRequest) -> Query:
    """What was typed, compiled once for a page."""
    if not hasattr(request, "_asked_in_documents"):
        text = request.GET.get("q", "").strip()[:200]
        request._asked_in_documents = finding.query_of(text, wide=bool(request.GET.get("wide")))  # type: ignore[attr-defined]
    return request._asked_in_documents  # type: ignore[attr-defined]


def kind_words(document: Document) -> str:
    entry = document.kind_entry
    return str(entry.label if entry else OTHER_KINDS.get(document.kind, document.get_origin_display()))


class SearchView(StaffView, FilteredList):
    """Filed documents by what stands on their pages; those of matters the reader may not see are not even counted."""

    permission_required = "archive.view_casefile"
    template_name = "archive/search.html"
    list_code = "archive.search"
    title = gettext_lazy("Search in documents")
    filters = (
        Words(
            "q",
            gettext_lazy("Words"),
            search=lambda rows, text, request: finding.narrowed(rows, asked_of(request)),
            placeholder=gettext_lazy("any form; “phrase”; -without"),
        ),
        Tick("wide", gettext_lazy("Wider: every reading of a word")),
        Choice("index", gettext_lazy("Index of the file"), _indexes, field="file__line__index"),
        Choice("year", gettext_lazy("Year of the file"), _years, field="file__line__plan__year"),
        Words(
            "person",
            gettext_lazy("Person"),
            search=lambda rows, text, request: finding.of_person(rows, text),
            placeholder=gettext_lazy("guest, sender, author"),
        ),
        Choice(
            "partner",
            gettext_lazy("Partner"),
            lambda request: finding.partners(request.user),
            narrow=lambda rows, value, request: finding.of_partner(rows, value),
        ),
        Choice("kind", gettext_lazy("Kind"), _kinds, field="document__kind"),
    )
    columns = (
        Column("filed_on", gettext_lazy("Date"), sort="filed_on"),
        Column("title", gettext_lazy("Document"), value=lambda row: row.document.title),
        Column("kind", gettext_lazy("Kind"), value=lambda row: kind_words(row.document), on_page=False),
        Column("year", gettext_lazy("Year"), value=lambda row: row.file.line.plan.year, on_page=False),
        Column("file", gettext_lazy("Case file"), value=lambda row: str(row.file)),
        Column("place", gettext_lazy("Page"), in_file=False),
        Column("matter", gettext_lazy("Matter"), value=lambda row: row.document.matter.number, on_page=False),
    )
    views = (("", pgettext_lazy("documents", "All")),)
    default_sort = "-filed_on"

    def get_rows(self) -> QuerySet[Placement]:
        return Placement.objects.standing().named_to(self.staff)

    def prepare(self, rows: Any) -> Any:
        """Beside, not joined: what is found is sorted by itself."""
        return rows.prefetch_related("document__matter", "file__line__plan")

    def _page(self, rows: Any) -> dict[str, Any]:
        """By the index of words alone: the planner would rather read the words of every page."""
        if not asked_of(self.request):
            return super()._page(rows)
        with by_index():
            return super()._page(rows)

    def counted(self, count: int) -> str:
        return ngettext("{n} document", "{n} documents", count).format(n=count)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        query, rows = asked_of(self.request), context["rows"]
        hits = finding.hits_of([row.document_id for row in rows], query)
        finding.add_folios(hits, rows)
        kept = {name: self.request.GET[name] for name in ("q", "wide") if self.request.GET.get(name)}
        for row in rows:
            row.hit = hits.get(row.document_id)
            row.title = snippet(row.document.title, query.marks)
            row.kind_words = kind_words(row.document)
            asked = {**kept, "p": row.hit.page} if row.hit else kept
            row.url = reverse("archive:document", args=[row.document_id])
            row.url += f"?{urlencode(asked)}" if asked else ""
        context.update(tabs=room_tabs("search", self.request), asked=bool(query))
        return context


def _placed(request: HttpRequest, pk: int) -> Placement:
    """Where the document lies, if this person may see it."""
    rows = Placement.objects.standing().named_to(request.user)
    return get_object_or_404(rows.select_related("document__matter", "file__line__plan"), document=pk)


class DocumentView(StaffView, TemplateView):
    """A filed document to be read: its pages, where it lies and what lies beside it, its versions, who opened it."""

    permission_required = "archive.view_casefile"
    template_name = "archive/document.html"

    @cached_property
    def place(self) -> Placement:
        return _placed(self.request, self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        place, document = self.place, self.place.document
        read = DocumentText.objects.filter(pk=document.pk).first()
        query = asked_of(self.request)
        hits = finding.hits_of([document.pk], query, told=SHOWN_PAGES)
        finding.add_folios(hits, [place])
        hit = hits.get(document.pk)
        number = self._page(read, hit)
        kept = {name: self.request.GET[name] for name in ("q", "wide") if self.request.GET.get(name)}
        readers = AccessRecord.objects.filter(subject_type=READ_DOCUMENT, subject_pk=document.pk)
        return super().get_context_data(
            place=place,
            file=place.file,
            document=document,
            number=Placement.objects.standing().filter(file=place.file_id).before(place).count() + 1,
            before=self._neighbour(before=True),
            after=self._neighbour(before=False),
            kind=kind_words(document),
            sender=document.sender.partition("<")[0].strip(),
            versions=document.versions.select_related("file"),
            registration=document.registrations.standing().select_related("register").first(),
            readers=readers.order_by("-at")[:SHOWN_READERS],
            read=read,
            hit=hit,
            page=number,
            pages=[(one, self._url(one, kept)) for one in hit.pages] if hit else [],
            words=marked(read.texts[number - 1].strip(), query.marks) if read and read.texts else [],
            previous_url=self._url(number - 1, kept) if number > 1 else "",
            next_url=self._url(number + 1, kept) if read and number < read.pages else "",
            back_url=f"{reverse('archive:search')}?{urlencode(kept)}" if kept else reverse("archive:search"),
            asked=self.request.GET.get("q", ""),
            **kwargs,
        )

    def _page(self, read: DocumentText | None, hit: Any) -> int:
        asked = self.request.GET.get("p", "")
        number = int(asked) if asked.isdecimal() and len(asked) < 7 else (hit and hit.page) or 1
        return max(1, min(number, read.pages if read else 1))

    @staticmethod
    def _url(number: int, kept: dict[str, str]) -> str:
        return "?" + urlencode({**kept, "p": number})

    def _neighbour(self, *, before: bool) -> Placement | None:
        """The nearest document of the file that this person may see."""
        rows = Placement.objects.standing().named_to(self.staff).filter(file=self.place.file_id)
        rows = rows.before(self.place) if before else rows.after(self.place)
        ordered = rows.in_order().select_related("document")
        return ordered.last() if before else ordered.first()


@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
@staff_page("archive.view_casefile")
def document_pages(request: HttpRequest, pk: int) -> HttpResponse:
    """The pages as they are kept, shown within the page above; each reading is written down."""
    document = _placed(request, pk).document
    read = DocumentText.objects.filter(pk=pk, rendering__isnull=False).select_related("rendering").first()
    if read is None or read.rendering is None:
        raise Http404
    AccessRecord.objects.create(
        subject_type=READ_DOCUMENT,
        subject_pk=document.pk,
        fields=["pages"],
        purpose="archive",
        matter_pk=document.matter_id,
        **acted_by(request.actor),  # type: ignore[attr-defined]
    )
    return send(read.rendering, f"{document.title}.pdf", is_inline=True)
