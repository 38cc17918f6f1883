"""The export of a case file: gathered from the rows, assembled by a worker, checked, kept with what it held."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.template.loader import get_template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from archive import checklist
from archive.choices import FileState
from archive.models import CaseExport, CaseFile, Placement
from archive.services.actions import actions_of
from archive.services.files import lock_file
from archive.services.seals import Sealing
from core import audit, jobs
from core.actor import Actor
from core.canonical import content_sha256
from core.errors import DomainError
from core.files import store
from core.models import AuditEvent, Job, StoredFile
from documents.choices import DocumentState
from documents.models import Document, DocumentVersion

JOB = "archive.export_file"
SHEETS = ("base", "front", "back", "slip", "text")


@transaction.atomic
def request_export(file: CaseFile, *, by: Actor, with_doubtful: bool = False) -> Job:
    """Ask a worker for the file as it stands. Refused when a document of it is hidden from who asks.

    `with_doubtful`: programs and encrypted attachments are embedded too; else only their sums are listed.
    """
    file = lock_file(file)
    if file.state == FileState.DESTROYED:
        raise DomainError(_("The file is destroyed by act: there is nothing to export."))
    rows = Placement.objects.standing().filter(file=file)
    if not rows.exists():
        raise DomainError(_("The file is empty: there is nothing to export."))
    if hidden := rows.count() - rows.named_to(by.user).count():
        raise DomainError(
            _("Documents of matters you may not see: %(count)d. Who sees them all exports the file.")
            % {"count": hidden}
        )
    return jobs.enqueue(JOB, file.pk, payload={**jobs.asker(by), "with_doubtful": with_doubtful})


def export_job(file: CaseFile) -> Job | None:
    return Job.objects.filter(kind=JOB, key=str(file.pk)).first()


def export_file(
    file: CaseFile, *, by: Actor, job: Job | None = None, with_doubtful: bool = False
) -> CaseExport:
    """Assemble, check and keep; the same content asked for again is the export that is there already.

    Nothing is kept before the whole is sealed and has passed the check; a worker that dies leaves at most bytes that
    no row names, which the daily keeping drops. Raises KeyUnfitError or TimeStampsAwayError when the seal cannot be put on.
    """
    from archive.export.casefile import LEVEL, assemble  # noqa: PLC0415 -- workers only
    from documents import pdf  # noqa: PLC0415 -- workers only
    from documents.converting import programs  # noqa: PLC0415 -- workers only
    from documents.sealing import trust  # noqa: PLC0415 -- workers only
    from documents.services import conversions  # noqa: PLC0415 -- workers only

    with_doubtful = with_doubtful or bool(job and job.payload.get("with_doubtful"))
    file = CaseFile.objects.select_related("line__plan__unit", "line__point", "line__unit").get(pk=file.pk)
    rows = _rows(file)
    if not rows:
        raise DomainError(_("The file is empty: there is nothing to export."))
    if by.user and Placement.objects.filter(pk__in=[row.pk for row in rows]).named_to(by.user).count() < len(
        rows
    ):
        raise DomainError(_("The file holds documents you may not see any more."))
    with override(settings.LANGUAGE_CODE):
        items = _items(rows)
        seal = Sealing()
        data, moment = _data(file, rows, by)
        data = replace(data, sealed_by=seal.subject, has_demo_seal=seal.is_demo)
        by_roots = trust.fingerprint()
        key = content_sha256(
            {
                "data": repr(data),
                "items": [
                    [item.number, item.title, item.day, item.registered, item.matter, item.original.sha256]
                    for item in items
                ],
                "sheets": [_source(f"archive/papers/case_{name}.html") for name in SHEETS],
                "renderer": pdf.renderer_version(),
                "seal": seal.fingerprint,  # another key seals anew
                "converters": programs.tools(),  # what could not be printed may be printed now
                "with_doubtful": with_doubtful,
                "format": 2,
                **({"trust": by_roots} if by_roots else {}),  # by others signatures are judged anew
            }
        )
        if made := CaseExport.objects.filter(file=file, input_sha256=key).first():
            return made
        report = job.report if job else lambda *told: None
        whole = assemble(
            data,
            items,
            moment=moment,
            report=report,
            seal=seal.put,
            convert=conversions.kept,
            with_doubtful=with_doubtful,
        )
    name = f"byla-{file.line.plan.year}-{file.line.index}-t{file.volume}.pdf"
    with transaction.atomic():
        file = lock_file(file)
        if made := CaseExport.objects.filter(file=file, input_sha256=key).first():
            return made
        # in the same transaction: no row names the whole file's content unless the export is there
        stored = store(whole.file, name=name, media_type="application/pdf")
        last = CaseExport.objects.filter(file=file).aggregate(last=Max("number"))["last"] or 0
        made = CaseExport.objects.create(
            file=file,
            number=last + 1,
            input_sha256=key,
            pdf=stored,
            sha256=whole.sha256,
            pages=whole.pages,
            level=LEVEL,
            manifest=whole.manifest,
            actor_user=by.user,
            actor_name=by.name,
            actor_channel=by.channel,
            **seal.facts,
        )
        made.documents.set([row.document_id for row in rows])
        audit.record(
            "case_file.exported",
            file,
            by=by,
            number=made.number,
            pages=made.pages,
            sha256=made.sha256,
            seal=made.seal_level,
            with_doubtful=with_doubtful,
        )
    return made


def _source(template: str) -> str:
    found = get_template(template).template.source  # type: ignore[attr-defined]
    return hashlib.sha256(found.encode()).hexdigest()


def _rows(file: CaseFile) -> list[Placement]:
    rows = Placement.objects.standing().filter(file=file, document__is_working_paper=False).in_order()
    return list(
        rows.select_related("document__matter").prefetch_related(
            "document__versions__file",
            "document__versions__docx",
            "document__versions__source",
            "document__registrations__register",
        )
    )


def _items(rows: list[Placement]) -> list[Any]:
    from archive.export.items import Item  # noqa: PLC0415 -- workers only

    items = []
    for number, row in enumerate(rows, start=1):
        document = row.document
        version = next(iter(document.versions.all()), None)
        if version is None and document.state == DocumentState.DESTROYED:
            items.append(_destroyed(number, row))
            continue
        if version is None:
            raise DomainError(_("A document has no file: %(title)s") % {"title": document.title})
        standing = next((one for one in document.registrations.all() if one.void_at is None), None)
        items.append(
            Item(
                number=number,
                title=document.title,
                day=row.filed_on.isoformat(),
                registered=standing.number if standing else "",
                matter=document.matter.number,
                original=_original(version.file, version.name),
                more=[_original(version.docx, version.docx.name, "Alternative")] if version.docx else [],
                is_own_paper=_is_own_paper(version),
            )
        )
    return items


def _destroyed(number: int, row: Placement) -> Any:
    """What was destroyed on its own day keeps its place in the order: a note tells when, and what it was by its sum."""
    from archive.export.items import Item  # noqa: PLC0415 -- workers only

    document = row.document
    return Item(
        number=number,
        title=document.title,
        day=row.filed_on.isoformat(),
        matter=document.matter.number,
        original=note_of_destroyed(document),
    )


def note_of_destroyed(document: Document) -> Any:
    from archive.export.items import Original, sha256  # noqa: PLC0415 -- workers only

    trail = AuditEvent.objects.filter(subject_type="documents.document", subject_pk=document.pk).order_by(
        "pk"
    )
    sums = [event.data["sha256"] for event in trail.filter(action="document.version_added")]
    last = trail.filter(action="document.destroyed").last()
    day = timezone.localdate(last.at if last else document.updated_at).isoformat()
    lines = [document.title, _("Destroyed when its term was over: %(day)s.") % {"day": day}]
    content = "\n".join([*lines, *[f"SHA-256 {one}" for one in sums]]).encode()
    return Original(_("destroyed") + ".txt", "text/plain", sha256(content), lambda: content, "Data")


def item_of(version: DocumentVersion) -> Any:
    """One document by itself, to be printed as the export prints it."""
    from archive.export.items import Item  # noqa: PLC0415 -- workers only

    return Item(
        number=1,
        title=version.document.title,
        day="",
        original=_original(version.file, version.name),
        is_own_paper=_is_own_paper(version),
    )


def _is_own_paper(version: DocumentVersion) -> bool:
    return "2a" in version.level.split() and not version.is_draft


def _original(stored: StoredFile, name: str, relationship: str = "Source") -> Any:
    from archive.export.items import Original  # noqa: PLC0415 -- workers only

    return Original(name, stored.media_type, stored.sha256, stored.read, relationship)


def _data(file: CaseFile, rows: list[Placement], by: Actor) -> tuple[Any, datetime.datetime]:
    """What the sheets say, and the moment of the last thing they tell of: no clock, so that bytes repeat."""
    from archive.export.casefile import CaseData  # noqa: PLC0415 -- workers only

    line = file.line
    longest = checklist.prevailing_point(file)
    until = checklist.kept_until(file, longest)
    actions = actions_of(file, rows)
    moment = max([row.placed_at for row in rows] + [action.at for action in actions])
    term = longest.term + (f", {longest.number}" if longest.number else "")
    facts = [
        (_("Index"), line.index),
        (_("Year"), str(line.plan.year)),
        (_("Volume"), str(file.volume)),
        (_("Begun"), rows[0].filed_on.isoformat()),
        (_("Last document"), rows[-1].filed_on.isoformat()),
        (_("State"), file.get_state_display()),
        (_("Kept"), f"{term} ({until.isoformat()})" if until else term),
        (_("Medium"), line.get_medium_display()),
    ]
    data = CaseData(
        title=f"{file.signature} {line.heading}",
        office=settings.OFFICE_NAME,
        unit=str(line.unit or line.plan.unit or settings.OFFICE_UNIT),
        facts=[(str(label), str(value)) for label, value in facts],
        is_paper=file.is_paper,
        certified_by=by.label,
        certified_on=timezone.localdate(moment).isoformat(),
        actions=[action.as_row() for action in actions],
        remarks=[]
        if file.closed_on
        else [_("The file is not closed yet: documents may still come into it.")],
    )
    return data, moment
