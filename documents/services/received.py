"""A letter dropped on a matter: kept whole at once; a worker opens it apart, its attachments become documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from core import audit, jobs
from core.actor import Actor
from core.errors import DomainError
from core.files import store
from core.models import Job
from documents import intake
from documents.choices import DocumentState, Origin
from documents.models import Document
from documents.services.filing import add_version, new_document
from matters.models import Matter
from matters.services import lock_matter

JOB = "documents.open_letter"
EXTENSIONS = ("eml", "msg")
LONGEST_TEXT = 20_000  # of a letter kept for reading without opening it
LONGEST_TOLD = 20  # attachments named that could not be kept


@dataclass(frozen=True)
class Opening:
    """How far a letter's opening is, for the pages."""

    is_running: bool
    problem: str = ""
    left: tuple[str, ...] = ()  # why an attachment stays inside the letter


def receive_mail(matter: Matter, content: bytes, checked: intake.Checked, *, by: Actor) -> Document:
    """File the letter as it came. Nothing of it is parsed here: whoever sent it may have made it to do harm."""
    stored = store(content, name=checked.name, media_type=checked.media_type)
    with transaction.atomic():
        matter = lock_matter(matter.pk)
        document = new_document(
            matter,
            kind="email",
            title=checked.stem,
            origin=Origin.RECEIVED,
            by=by,
            state=DocumentState.FINAL,
        )
        add_version(document, stored, name=checked.name, by=by)
        jobs.enqueue(JOB, document.pk, payload=jobs.asker(by))
    return document


def open_letter(document: Document, job: Job) -> None:
    """Who wrote when about what; each attachment that may be kept becomes a document. Done once, whatever it runs."""
    from documents.converting.convert import read_letter  # noqa: PLC0415 -- workers only

    version = document.versions.select_related("file").order_by("number").first()
    if version is None or document.is_gone:
        return
    with override(settings.LANGUAGE_CODE):
        job.report(0, 2, _("opening the letter"))
        told, attached = read_letter(version.file.read(), version.name, version.file.media_type)
        kept, left = [], []
        for one in attached:
            try:
                part = intake.check_file(one.content, one.name)
            except DomainError as error:
                left.append(str(error))
                continue
            kept.append((part, store(one.content, name=part.name, media_type=part.media_type)))
        if told["left"]:
            left.append(
                _("Attachments that are only inside the letter: %(count)s.") % {"count": told["left"]}
            )
        _file(document, told, kept, by=jobs.asked_by(job.payload))
    job.payload = {**job.payload, "left": [text[:300] for text in left[:LONGEST_TOLD]]}
    Job.objects.filter(pk=job.pk).update(payload=job.payload)
    job.report(2, 2)


@transaction.atomic
def _file(document: Document, told: dict[str, Any], kept: list[Any], *, by: Actor) -> None:
    matter = lock_matter(document.matter_id)
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if document.is_gone or document.parts.exists():
        return
    newest = document.versions.first()
    if newest and document.title == intake.stem_of(newest.name):  # else somebody has named it
        document.title = told["subject"][:200] or _("Letter without a subject")
        audit.record("document.renamed", document, by=by, title=document.title)
    document.sender, document.sent_at = told["from"][:300], told["sent_at"] or None
    document.text = told["text"][:LONGEST_TEXT]
    document.save(update_fields=["title", "sender", "sent_at", "text", "updated_at"])
    for part, file in kept:
        attached = new_document(
            matter,
            kind="photo" if part.is_image else "upload",
            title=part.stem,
            origin=Origin.RECEIVED,
            by=by,
            state=DocumentState.FINAL,
            sender=document.sender,
            sent_at=document.sent_at,
            part_of=document,
        )
        add_version(attached, file, name=part.name, by=by)


def openings_of(documents: list[Document]) -> dict[int, Opening]:
    """Of letters among them whose opening is still known; no question is asked when there is no letter."""
    letters = [document.pk for document in documents if document.kind == "email"]
    if not letters:
        return {}
    rows = Job.objects.filter(kind=JOB, key__in=[str(pk) for pk in letters])
    return {
        int(job.key): Opening(
            is_running=not job.is_over,
            problem=job.error if job.is_over else "",
            left=tuple(job.payload.get("left", ())),
        )
        for job in rows
    }
