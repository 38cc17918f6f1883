"""Making papers: asked for on the page, made by a worker, filed as the next version of their document."""

from __future__ import annotations

import datetime
import io
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from core import jobs
from core.actor import Actor
from core.errors import DomainError
from core.files import store
from core.models import Job
from documents import papers, pdf
from documents.choices import GONE, DocumentState, Origin
from documents.models import Document, DocumentVersion
from documents.services.filing import add_version, new_document, tell_followers
from matters.models import Matter
from matters.services import lock_matter

JOB = "documents.render"
WORKING_PAPER_DAYS = 30  # after the matter's date, when the paper itself names no day
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def request_paper(matter: Matter, code: str, language: str, *, by: Actor, as_draft: bool = False) -> Document:
    """Ask for a paper of the matter; a worker makes it. Pressed twice, it is made once."""
    kind = papers.document_kind(matter, code)
    if language not in papers.languages_of(kind, matter):
        raise DomainError(_("This paper is not made in this language."))
    try:
        with transaction.atomic():
            return _request(matter, kind, language, by=by, as_draft=as_draft)
    except IntegrityError as error:
        if "documents_document_made_once" not in str(error):
            raise
        return Document.objects.exclude(state__in=GONE).get(
            matter=matter, kind=code, language=language, origin=Origin.MADE
        )


def _request(matter: Matter, kind: Any, language: str, *, by: Actor, as_draft: bool) -> Document:
    matter = lock_matter(matter.pk)
    document = (
        matter.documents.exclude(state__in=GONE)
        .filter(kind=kind.code, language=language, origin=Origin.MADE)
        .first()
    )
    if document is None:
        document = new_document(
            matter,
            kind=kind.code,
            title=_title(kind, language, matter),
            origin=Origin.MADE,
            by=by,
            language=language,
            is_working_paper=kind.is_working_paper,
            erase_on=_erase_on(matter) if kind.is_working_paper else None,
        )
    if kind.final_when and (number := document.registrations.standing().first()):
        raise DomainError(
            _("The paper is registered under number %(number)s: its file does not change any more.")
            % {"number": number.number}
        )
    jobs.enqueue(
        JOB,
        document.pk,
        payload={
            **jobs.asker(by),
            "as_draft": as_draft,
            "moment": timezone.now().isoformat(),
        },
    )
    return document


def _title(kind: Any, language: str, matter: Matter) -> str:
    several = len(papers.languages_of(kind, matter)) > 1
    return f"{kind.label} ({language.replace('+', ', ').upper()})" if several else str(kind.label)


def _erase_on(matter: Matter) -> datetime.date:
    return max(matter.due_on or timezone.localdate(), timezone.localdate()) + datetime.timedelta(
        days=WORKING_PAPER_DAYS
    )


def make(document: Document, job: Job) -> DocumentVersion | None:
    """Make the paper the job asks for and file it; None when the newest version is the same already.

    Nothing is filed before the file is whole and has passed the check. Safe to run again.
    """
    if document.is_gone:
        return None
    matter, by = document.matter, jobs.asked_by(job.payload)
    moment = parse_datetime(job.payload["moment"]) or job.created_at
    kind = papers.document_kind(matter, document.kind)
    language = document.language
    job.report(0, 3, _("gathering the content"))
    source = papers.source_of(kind, matter, language, as_draft=bool(job.payload.get("as_draft")))
    data = papers.build(kind, source, language, matter=matter, by=by)
    key = papers.key_of(kind, source, language, data, matter=matter)
    newest = document.versions.first()
    if newest and newest.input_sha256 == key:
        return None
    job.report(1, 3, _("drawing the pages"))
    html = papers.html(kind, source, language, data, matter=matter, made_on=timezone.localdate(moment))
    content = pdf.render(html, moment=moment)
    job.report(2, 3, _("filing the document"))
    name = file_name(matter, kind.code, language, source.number)
    docx = _docx(kind, data, language, source, name=name, moment=moment) if kind.docx else None
    file = store(content, name=f"{name}.pdf", media_type="application/pdf")
    with transaction.atomic():
        lock_matter(matter.pk)
        document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
        version = add_version(
            document,
            file,
            name=f"{name}.pdf",
            by=by,
            docx=docx,
            input_sha256=key,
            source=source.version,
            label=papers.version_line(source)[:120],
            is_draft=source.is_draft,
            level="2a ua1",
            pages=page_count(content),
        )
        document.state = DocumentState.DRAFT if source.is_draft else DocumentState.FINAL
        if document.is_working_paper and data.get("erase_on"):
            document.erase_on = datetime.date.fromisoformat(data["erase_on"])
        document.save(update_fields=["state", "erase_on", "updated_at"])
        if document.state == DocumentState.FINAL:
            tell_followers(document, "final", by=by)
    job.report(3, 3, "")
    return version


def _docx(
    kind: Any, data: dict[str, Any], language: str, source: Any, *, name: str, moment: datetime.datetime
) -> Any:
    from documents.docx import finish  # noqa: PLC0415 -- python-docx, needed by workers only

    with override(papers.interface_language(language)):
        mark = papers.mark(source, timezone.localdate(moment))
        content = finish(
            kind.docx(data, papers.main_language(language)), title=data["title"], mark=mark, moment=moment
        )
    return store(content, name=f"{name}.docx", media_type=DOCX_TYPE)


def file_name(matter: Matter, code: str, language: str, number: int) -> str:
    """A name that tells in a folder what the file is: "DA-2026-014-guests-programme-pl-v3"."""
    short = slugify(code.split(".")[-1].replace("_", "-"))
    return "-".join(part for part in (matter.number, short, language.replace("+", "-"), f"v{number}") if part)


def page_count(content: bytes) -> int:
    import pikepdf  # noqa: PLC0415 -- workers only

    with pikepdf.open(io.BytesIO(content)) as made:
        return len(made.pages)


def progress_of(documents: list[Document]) -> dict[int, Job]:
    """The job of each document that was ever asked for, by the document's key."""
    found = Job.objects.filter(kind=JOB, key__in=[str(document.pk) for document in documents])
    return {int(job.key): job for job in found}
