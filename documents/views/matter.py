"""The documents tab of a matter: papers made of its data, files, letters, photos and notes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.generic import TemplateView

from core.errors import DomainError
from core.views import staff_action, staff_page
from documents import intake, papers, services
from documents.choices import Origin
from documents.forms import NoteForm
from documents.models import Document
from matters.models import Matter
from matters.models.approvals import latest_approved
from matters.views.frame import MatterPage, matter_frame, visible_matter


class MatterDocumentsView(MatterPage, TemplateView):
    template_name = "documents/matter.html"
    tab = "documents:matter"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context.update(documents_context(self.request, context["matter"]))
        context.setdefault("note_form", NoteForm())
        return context


def documents_context(request: HttpRequest, matter: Matter) -> dict[str, Any]:
    """What `documents/_documents.html` shows: the papers that can be made and the files there are."""
    documents = list(
        Document.objects.visible_to(request.user)
        .filter(matter_id=matter.pk)
        .prefetch_related("versions__file", "versions__docx", "registrations__register")
        .select_related("awaits")
    )
    return {
        "paper_rows": paper_rows(request, matter, documents),
        "files": (files := _file_rows(documents)),
        "is_opening": any(row["opening"] and row["opening"].is_running for row in files),
        "void_documents": [document for document in documents if document.is_gone],
        "approved_version": latest_approved(matter),
        "file_field": intake.field(),
    }


def _is_paper(document: Document) -> bool:
    return document.origin == Origin.MADE and document.kind_entry is not None


def _file_rows(documents: list[Document]) -> list[dict[str, Any]]:
    """Files with what was attached to them; papers made of the matter's data have a table of their own."""
    parts: dict[int, list[Document]] = {}
    for document in documents:
        if document.part_of_id and not document.is_gone:
            parts.setdefault(document.part_of_id, []).append(document)
    openings = services.openings_of(documents)
    return [
        {
            "document": document,
            "parts": parts.get(document.pk, []),
            "opening": openings.get(document.pk),
        }
        for document in documents
        if document.part_of_id is None and not _is_paper(document) and not document.is_gone
    ]


def paper_rows(request: HttpRequest, matter: Matter, documents: list[Document]) -> list[dict[str, Any]]:
    """One row a paper and language: what it is, what was made of it, what is being made."""
    made = {(row.kind, row.language): row for row in documents if _is_paper(row) and not row.is_gone}
    jobs = services.progress_of(list(made.values()))
    may_work = request.user.has_perm("matters.change_matter")
    rows = []
    for kind in papers.document_kinds(matter):
        if kind.is_working_paper and not may_work:
            continue
        for language in papers.languages_of(kind, matter):
            document = made.get((kind.code, language))
            job = jobs.get(document.pk) if document else None
            rows.append(
                {
                    "kind": kind,
                    "is_of_now": kind.final_when is not None,
                    "language": language,
                    "languages": language.split("+"),
                    "document": document,
                    "version": next(iter(document.versions.all()), None) if document else None,
                    "job": job,
                    "is_running": bool(job and not job.is_over),
                    "has_failed": bool(job and job.state == "failed"),
                }
            )
    return rows


@staff_page("matters.view_matter")
def papers_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The polled part: papers of the matter as they stand; it asks no more when nothing is being made."""
    matter = visible_matter(request, pk)
    context = {**matter_frame(request, matter, "documents:matter"), **documents_context(request, matter)}
    if not request.htmx:
        return redirect("documents:matter", pk)
    response = render(request, "documents/matter.html#papers", context)
    if not any(row["is_running"] for row in context["paper_rows"]):
        response["HX-Trigger"] = "papers-ready"
    return response


@staff_page("matters.view_matter")
def files_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The polled part: files of the matter while a worker opens a letter among them."""
    matter = visible_matter(request, pk)
    if not request.htmx:
        return redirect("documents:matter", pk)
    context = {**matter_frame(request, matter, "documents:matter"), **documents_context(request, matter)}
    return render(request, "documents/matter.html#files", context)


@staff_action("matters.change_matter")
def paper_make(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a paper; the worker makes it, the page shows how far it is."""
    matter = visible_matter(request, pk)
    try:
        services.request_paper(
            matter,
            request.POST.get("kind", ""),
            request.POST.get("language", ""),
            by=request.actor,
            as_draft=bool(request.POST.get("as_draft")),
        )
    except DomainError as error:
        if not request.htmx:
            messages.error(request, str(error))
            return redirect("documents:matter", pk)
        messages.error(request, str(error))
    if not request.htmx:
        return redirect("documents:matter", pk)
    context = {**matter_frame(request, matter, "documents:matter"), **documents_context(request, matter)}
    return render(request, "documents/matter.html#papers", context)


@staff_page("matters.view_matter")
@xframe_options_sameorigin
def paper_preview(request: HttpRequest, pk: int, kind: str, language: str) -> HttpResponse:
    """The very HTML the renderer gets, shown on the screen."""
    matter = visible_matter(request, pk)
    try:
        entry = papers.document_kind(matter, kind)
        if entry.is_working_paper and not request.user.has_perm("matters.change_matter"):
            raise DomainError(_("This paper holds personal data; it is read by those who do the work."))
        if language not in papers.languages_of(entry, matter):
            raise DomainError(_("This paper is not made in this language."))
        source = papers.source_of(entry, matter, language, as_draft=bool(request.GET.get("draft")))
        data = papers.build(entry, source, language, matter=matter, by=request.actor)
        text = papers.html(
            entry,
            source,
            language,
            data,
            matter=matter,
            made_on=timezone.localdate(),
            preview={"matter": matter, "kind": entry, "language": language},
        )
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("documents:matter", pk)
    return HttpResponse(text)


@staff_action("matters.change_matter")
def file_upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Take what was dropped: each file alone, so that one refused loses no other."""
    matter = visible_matter(request, pk)
    problems = intake.refusals(request)
    kept: list[Document] = []
    for file in request.FILES.getlist("files"):
        try:
            kept.append(services.upload(matter, file, by=request.actor))
        except DomainError as error:
            problems.append(str(error))
            continue
    if not kept and not problems:
        problems.append(_("Choose a file."))
    if kept:
        words = ngettext("%(count)d document is added.", "%(count)d documents are added.", len(kept))
        messages.success(request, words % {"count": len(kept)})
    if not problems:
        return redirect("documents:matter", pk)
    context = {**matter_frame(request, matter, "documents:matter"), **documents_context(request, matter)}
    context.update(problems=problems, note_form=NoteForm())
    return render(request, "documents/matter.html", context, status=422)


@staff_action("matters.change_matter")
def note_add(request: HttpRequest, pk: int) -> HttpResponse:
    matter = visible_matter(request, pk)
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            services.add_note(matter, form.cleaned_data["text"], by=request.actor)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("The note is saved."))
            return redirect("documents:matter", pk)
    context = {**matter_frame(request, matter, "documents:matter"), **documents_context(request, matter)}
    context["note_form"] = form
    return render(request, "documents/matter.html", context, status=422)
