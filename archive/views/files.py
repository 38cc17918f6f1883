"""Case files: the list, one file with its documents, facts and history, and the archivist's acts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.generic import TemplateView

from archive import checklist, services
from archive.choices import FileState, Medium, StartEvent
from archive.forms import FactsForm, ReasonForm
from archive.models import CaseFile, Placement, Plan
from archive.services.placing import room_for_sheets
from archive.views.base import room_tabs, this_year, try_act
from core import registry
from core.columns import Column, write_xlsx
from core.dates import day_words
from core.errors import DomainError
from core.lists import Choice, FilteredList, Rows, Tick, Words
from core.models import AuditEvent
from core.views import StaffView, staff_action, staff_page
from documents.models import Document
from matters.models import Matter

PAGE = 50


def _years(request: HttpRequest) -> list[tuple[int, str]]:
    return [(year, str(year)) for year in Plan.objects.values_list("year", flat=True)]


def _people(request: HttpRequest) -> QuerySet[Any]:
    from accounts.models import User  # noqa: PLC0415 -- only here

    return User.objects.filter(pk__in=CaseFile.objects.values("line__responsible"))


class FileListView(StaffView, FilteredList):
    """Case files of every year: state, what lies in them, until when they are kept, what stops closing."""

    permission_required = "archive.view_casefile"
    template_name = "archive/file_list.html"
    list_code = "archive.files"
    title = gettext_lazy("Case files")
    tie_break = "volume"
    filters = (
        Words("q", gettext_lazy("Words"), ("line__index", "line__heading", "line__note")),
        Choice("year", gettext_lazy("Year"), _years, field="line__plan__year"),
        Choice("state", gettext_lazy("State"), FileState.choices),
        Choice("medium", gettext_lazy("Medium"), Medium.choices, field="line__medium"),
        Rows("who", gettext_lazy("Responsible"), _people, field="line__responsible"),
        Tick(
            "held",
            gettext_lazy("Under a legal hold"),
            lambda rows, request: rows.filter(held_on__isnull=False),
        ),
    )
    columns = (
        Column("year", gettext_lazy("Year"), value=lambda row: row.line.plan.year, on_page=False),
        Column("signature", gettext_lazy("Index"), sort="line__index_key"),
        Column("heading", gettext_lazy("Heading"), value=lambda row: row.line.heading),
        Column("state", gettext_lazy("State"), value=lambda row: row.get_state_display()),
        Column("documents", gettext_lazy("Documents"), sort="documents", css="end"),
        Column("pages", gettext_lazy("Pages"), css="end"),
        Column("sheets", gettext_lazy("Sheets"), css="end", on_page=False),
        Column("term", gettext_lazy("Kept"), value=lambda row: row.line.point.term),
        Column("stops", gettext_lazy("What stops closing"), in_file=False),
        Column(
            "responsible",
            gettext_lazy("Responsible"),
            value=lambda row: row.line.responsible or "",
            on_page=False,
        ),
    )

    @property
    def default_sort(self) -> Any:
        return "line__index_key"

    @property
    def views(self) -> Any:
        year = this_year()
        return (
            (f"year={year}", pgettext("case files", "This year’s")),
            (f"year={year - 1}", pgettext("case files", "Last year’s")),
            ("state=begun", pgettext("case files", "All being filled")),
            ("", pgettext("case files", "All")),
        )

    def get_rows(self) -> Any:
        return CaseFile.objects.all()

    def prepare(self, rows: Any) -> Any:
        return rows.with_contents().select_related("line__plan", "line__point", "line__responsible")

    def ordered(self, rows: Any) -> Any:
        return rows.order_by("-line__plan__year", self.sort, "volume", "pk")

    def counted(self, count: int) -> str:
        return ngettext("{n} file", "{n} files", count).format(n=count)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        stops = checklist.counts_of(context["rows"])
        for row in context["rows"]:
            row.stops = stops.get(row.pk, 0)
        context.update(
            tabs=room_tabs("files", self.request), has_plan=Plan.objects.exists(), this_year=this_year()
        )
        return context


class FilePage(StaffView, TemplateView):
    """What every tab of a case file shows: the head, the next step, the tabs."""

    permission_required = "archive.view_casefile"
    tab = ""

    @cached_property
    def file(self) -> CaseFile:
        rows = CaseFile.objects.with_contents().select_related(
            "line__plan", "line__point", "line__responsible", "line__unit"
        )
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        file = self.file
        items = checklist.of_file(file, self.staff) if file.is_open else []
        longest = checklist.prevailing_point(file)
        stopping = sum(item.stops for item in items)
        urls: tuple[tuple[str, str, str], ...] = (
            ("documents", _("Inner inventory"), "archive:file"),
            ("facts", _("Data of the file"), "archive:file_facts"),
            ("history", _("History"), "archive:file_history"),
        )
        if self.staff.has_perm("archive.view_caseexport"):
            urls = (*urls, ("exports", _("Exports"), "archive:file_exports"))
        context = super().get_context_data(
            file=file,
            line=file.line,
            plan=file.line.plan,
            items=items,
            stopping=stopping,
            in_order=sum(item.status == "ok" for item in items),
            longest=longest,
            is_mixed=longest.rank > file.line.point.rank,
            kept_until=checklist.kept_until(file, longest),
            extent=extent_words(file),
            why=closing_words(file),
            may_close=self.staff.has_perm("archive.close_casefile"),
            may_place=self.staff.has_perm("archive.place_document"),
            reason_form=ReasonForm(prefix="reason"),
            reopen_form=ReasonForm(prefix="reason", auto_id="id_reopen_%s"),  # two stand on one page
            tabs=[
                {
                    "label": label,
                    "url": reverse(name, args=[file.pk]),
                    "here": code == self.tab,
                    "count": None,
                }
                for code, label, name in urls
            ],
        )
        return {**context, **kwargs}


def extent_words(file: Any) -> str:
    """How much lies in a file that was read with its contents: "41 document, 386 pages"."""
    n = file.documents
    parts = [ngettext("{n} document", "{n} documents", n).format(n=n)]
    if file.pages:
        parts.append(ngettext("{n} page", "{n} pages", file.pages).format(n=file.pages))
    if file.sheets:
        parts.append(ngettext("{n} sheet", "{n} sheets", file.sheets).format(n=file.sheets))
    return ", ".join(parts)


def closing_words(file: CaseFile) -> str:
    """By when the plan wants the file closed, and that the day has passed."""
    day = file.line.plan.closes_on
    says = {"year": file.line.plan.year, "day": day_words(day)}
    if day < timezone.localdate():
        return _("Files of %(year)s were to be closed by %(day)s (documentation plan).") % says
    return _("Files of %(year)s are closed by %(day)s (documentation plan).") % says


class FileView(FilePage):
    """The documents in order of registration; those of matters the reader may not see are counted only."""

    template_name = "archive/file.html"
    tab = "documents"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Placement.objects.standing().filter(file=self.file).in_order()
        page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
        chosen = list(
            page.object_list.select_related("document__matter", "point").prefetch_related(
                "document__versions__file", "document__registrations__register"
            )
        )
        visible = set(
            Document.objects.visible_to(self.staff)
            .filter(pk__in=[row.document_id for row in chosen])
            .values_list("pk", flat=True)
        )
        return super().get_context_data(
            page=page, entries=entries_of(chosen, visible, start=page.start_index()), **kwargs
        )


def entries_of(rows: list[Placement], visible: set[int], *, start: int) -> list[dict[str, Any]]:
    """Lines of the inner inventory: number, day, register number, title, extent; a hidden one keeps its number only."""
    entries = []
    for number, row in enumerate(rows, start=max(start, 1)):
        is_named = row.document_id in visible
        document = row.document
        standing = next((one for one in document.registrations.all() if one.void_at is None), None)
        newest = next(iter(document.versions.all()), None)
        entries.append(
            {
                "number": number,
                "place": row,
                "is_named": is_named,
                "document": document if is_named else None,
                "registration": standing if is_named else None,
                "version": newest if is_named else None,
                "sender": document.sender.partition("<")[0].strip() if is_named else "",  # no address
            }
        )
    return entries


class FileFactsView(FilePage):
    """The file's data: term, medium, who answers, volumes, legal hold."""

    template_name = "archive/file_facts.html"
    tab = "facts"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        file = self.file
        volumes = CaseFile.objects.filter(line=file.line_id).with_contents().select_related("line")
        return super().get_context_data(
            volumes=volumes.order_by("volume"),
            room=room_for_sheets(file.line) if file.is_paper else None,
            facts_form=kwargs.pop("facts_form", None) or self._form(),
            **kwargs,
        )

    def _form(self, data: Any = None) -> FactsForm | None:
        by_closing = self.file.line.point.counted_from == StartEvent.CLOSING
        if by_closing and not self.file.is_paper:
            return None
        initial = {"event_on": self.file.event_on, "place": self.file.place}
        return FactsForm(data, by_closing=by_closing, is_paper=self.file.is_paper, initial=initial)

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Write the data down; for those who close files."""
        if not request.user.has_perm("archive.close_casefile"):
            return self.handle_no_permission()
        form = self._form(request.POST)
        if form is None:
            return redirect("archive:file_facts", self.file.pk)
        if form.is_valid():
            data = form.cleaned_data
            try:
                services.set_event(
                    self.file,
                    event_on=data.get("event_on"),
                    place=data.get("place", self.file.place),
                    by=request.actor,
                )
            except DomainError as error:
                form.add_error(error.field if error.field in form.fields else None, str(error))
            else:
                messages.success(request, _("Saved."))
                return redirect("archive:file_facts", self.file.pk)
        return self.render_to_response(self.get_context_data(facts_form=form), status=422)


class FileHistoryView(FilePage):
    """What was done with the file, and which documents have left it."""

    template_name = "archive/file_history.html"
    tab = "history"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        events = AuditEvent.objects.filter(subject_type="archive.casefile", subject_pk=self.file.pk)
        words = {
            action: say for entry in registry.register_action_words for action, say in entry.words.items()
        }
        left = Placement.objects.filter(file=self.file, left_at__isnull=False).order_by("-left_at")
        named = set(left.named_to(self.staff).values_list("pk", flat=True))
        return super().get_context_data(
            events=[
                {"event": event, "words": words.get(event.action, (event.action, "point-f"))}
                for event in events.order_by("-pk")[:200]
            ],
            left=[
                {"place": row, "is_named": row.pk in named}
                for row in left.select_related("document__matter")[:200]
            ],
            **kwargs,
        )


@staff_page("archive.view_casefile")
def file_inventory(request: HttpRequest, pk: int) -> HttpResponse:
    """The inner inventory as XLSX, as far as the reader may see names."""
    file = get_object_or_404(CaseFile.objects.select_related("line__plan"), pk=pk)
    rows = list(
        Placement.objects.standing()
        .filter(file=file)
        .in_order()
        .select_related("document__matter")
        .prefetch_related("document__versions__file", "document__registrations__register")
    )
    seen = Matter.objects.visible_to(request.user)
    visible = set(
        Document.objects.visible_to(request.user)
        .filter(matter__in=seen, placements__file=file)
        .values_list("pk", flat=True)
    )
    entries = entries_of(rows, visible, start=1)
    title = _("Inner inventory")
    book = write_xlsx(
        INVENTORY,
        entries,
        title=title,
        about=[
            (_("Case file"), str(file)),
            (_("Year"), str(file.line.plan.year)),
            (_("State"), file.get_state_display()),
            (_("By"), request.actor.label),
        ],
    )
    return FileResponse(
        book,
        as_attachment=True,
        filename=f"vidaus-apyrasas-{file.line.plan.year}-{file.line.index}-t{file.volume}.xlsx",
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )


INVENTORY = (
    Column("number", gettext_lazy("No."), value=lambda entry: entry["number"]),
    Column("day", gettext_lazy("Date"), value=lambda entry: entry["place"].filed_on),
    Column(
        "registered",
        gettext_lazy("Number"),
        value=lambda entry: entry["registration"].number if entry["registration"] else "",
    ),
    Column(
        "title",
        gettext_lazy("Document"),
        value=lambda entry: (
            entry["document"].title if entry["document"] else _("of a matter you may not see")
        ),
    ),
    Column(
        "matter",
        gettext_lazy("Matter"),
        value=lambda entry: entry["document"].matter.number if entry["document"] else "",
    ),
    Column("pages", gettext_lazy("Pages"), value=lambda entry: entry["place"].pages),
    Column("sheets", gettext_lazy("Sheets"), value=lambda entry: entry["place"].sheets),
)


def _file(pk: int) -> CaseFile:
    return get_object_or_404(CaseFile.objects.select_related("line__plan", "line__point"), pk=pk)


@staff_action("archive.close_casefile")
def file_close(request: HttpRequest, pk: int) -> HttpResponse:
    file = _file(pk)
    try_act(request, lambda: services.close_file(file, by=request.actor), _("The file is closed."))
    return redirect(file)


def _with_reason(request: Any, pk: int, act: Any, done: str) -> HttpResponse:
    file, form = _file(pk), ReasonForm(request.POST, prefix="reason")
    if not form.is_valid():
        messages.error(request, _("Write the reason."))
        return redirect("archive:file_facts", pk)
    try_act(request, lambda: act(file, reason=form.cleaned_data["reason"], by=request.actor), done)
    return redirect("archive:file_facts", pk)


@staff_action("archive.close_casefile")
def file_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    return _with_reason(request, pk, services.reopen_file, _("The file is open again."))


@staff_action("archive.close_casefile")
def file_hold(request: HttpRequest, pk: int) -> HttpResponse:
    return _with_reason(request, pk, services.hold_file, _("The file is under a legal hold."))


@staff_action("archive.close_casefile")
def file_lift(request: HttpRequest, pk: int) -> HttpResponse:
    return _with_reason(request, pk, services.lift_hold, _("The legal hold is lifted."))


@staff_action("archive.close_casefile")
def file_split(request: HttpRequest, pk: int) -> HttpResponse:
    file = _file(pk)
    try_act(request, lambda: services.split_volume(file, by=request.actor), _("The next volume is begun."))
    return redirect("archive:file_facts", pk)
