"""The erasure itself, after the confirmation: file by file, restartable at any point, provable afterwards.

First the rows let go of their bytes and the sums are written down, in one transaction a file; then the bytes go. A
worker that dies in between finds by the sums what is still to be erased.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError, QuerySet, RestrictedError, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.choices import DestructionState, FileState
from archive.models import (
    CaseExport,
    CaseFile,
    Destruction,
    DestructionLine,
    DocumentText,
    ErasedFile,
    Placement,
    TransferPackage,
)
from archive.services import steps, texts
from archive.services.files import lock_file
from core import audit
from core.actor import Actor
from core.choices import MailState
from core.models import Job, OutgoingMail, StoredFile
from documents.models import Document
from documents.services import drop_unused
from documents.services.destroying import destroy_document
from matters.services import lock_matter


class _HeldError(Exception):
    """Somebody put a hold on the file after the confirmation."""


def erase(row: Destruction, job: Job) -> int:
    """Erase what is left of the act's files; returns how many files are gone in all. Safe to run again."""
    row = Destruction.objects.get(pk=row.pk)
    if row.state != DestructionState.ERASING:
        return 0
    lines = list(row.lines.filter(erased_at=None, skipped_why="").select_related("file__line__plan"))
    for done, line in enumerate(lines):
        job.report(done, len(lines) + 1, f"{line.signature} {line.heading}"[:200])
        try:
            _let_go(line)
        except _HeldError:
            _skip(line)
    job.report(len(lines), len(lines) + 1, _("erasing the bytes"))
    erase_bytes(row)
    texts.forget_words()
    return _finish(row)


@transaction.atomic
def _let_go(line: DestructionLine) -> None:
    """Every document of the file, its exports and packages: matters first, then documents, then the file."""
    by = Actor.system()
    places = Placement.objects.standing().filter(file=line.file_id)
    for matter in sorted(set(places.values_list("document__matter", flat=True))):
        lock_matter(matter)
    file = lock_file(line.file)
    line = DestructionLine.objects.select_for_update().get(pk=line.pk)
    if line.erased_at:
        return
    if file.held_on or file.state != FileState.PROPOSED:
        raise _HeldError
    documents = list(Document.objects.filter(pk__in=places.values("document")).order_by("pk"))
    files: set[int] = set()
    for document in documents:
        files.update(destroy_document(document, by=by))
    files |= texts.forget(document.pk for document in documents)
    exports = CaseExport.objects.filter(file=file) | CaseExport.objects.filter(documents__in=documents)
    files |= _let_exports_go(exports) | _let_packages_go([file.pk])
    for stored in StoredFile.objects.select_for_update().filter(pk__in=files).order_by("pk"):
        _drop(stored, line)
    file.state = FileState.DESTROYED
    file.save(update_fields=["state", "updated_at"])
    line.erased_at = timezone.now()
    line.save(update_fields=["erased_at"])
    audit.record(
        "case_file.destroyed",
        file,
        by=by,
        act=line.destruction.signature,
        documents=len(documents),
        files=line.erased.filter(is_needed=False).count(),
    )


@transaction.atomic
def end_documents(documents: list[Document], *, by: Actor) -> bool:
    """Documents whose own day has come (press evidence) are destroyed in a file that lives on; their places remain.

    Exports and packages that hold them go too: the file is exported anew. False while a file of theirs is held.
    """
    for matter in sorted({document.matter_id for document in documents}):
        lock_matter(matter)
    places = Placement.objects.standing().filter(document__in=documents)
    held_in = CaseFile.objects.filter(placements__in=places).order_by("pk").distinct()
    if any(lock_file(file).held_on for file in held_in):
        return False
    files: set[int] = set()
    for document in documents:
        files.update(destroy_document(document, by=by))
    files |= texts.forget(document.pk for document in documents)
    files |= _let_exports_go(CaseExport.objects.filter(documents__in=documents))
    files |= _let_packages_go([file.pk for file in held_in])
    transaction.on_commit(lambda: drop_unused(sorted(files)))
    return True


def _let_exports_go(rows: QuerySet[CaseExport]) -> set[int]:
    """Of the file, and of others that once held one of its documents: neither bytes nor titles stay."""
    found: set[int] = set()
    for made in rows.distinct():
        if made.pdf_id:
            found.add(made.pdf_id)
        made.pdf, made.manifest = None, _sums_only(made.manifest)
        made.save(update_fields=["pdf", "manifest"])
    return found


def _sums_only(manifest: dict) -> dict:
    """What an export held, without a title or a name: numbers, pages and sums prove it."""
    entries = [
        {
            **{name: entry.get(name) for name in ("number", "date", "first_page", "last_page", "sha256")},
            "title": "",
            "not_printed": "",
            "files": [{"name": "", "sha256": one.get("sha256")} for one in entry.get("files", [])],
        }
        for entry in manifest.get("entries", [])
    ]
    return {**{name: manifest.get(name) for name in ("format", "pages", "made")}, "entries": entries}


def _let_packages_go(files: list[int]) -> set[int]:
    rows = TransferPackage.objects.filter(line__file__in=files, stored__isnull=False)
    found = {pk for pk in rows.values_list("stored", flat=True) if pk}
    rows.update(stored=None)
    return found


def _drop(stored: StoredFile, line: DestructionLine) -> None:
    """The row of the bytes goes unless anything else names it: another document, evidence, a letter not sent yet."""
    told = {"sha256": stored.sha256, "size": stored.size, "path": str(stored.file.name)}
    waiting = OutgoingMail.objects.exclude(state__in=[MailState.SENT, MailState.CANCELLED])
    is_needed = waiting.filter(attachments=stored).exists()
    if not is_needed:
        try:
            with transaction.atomic():
                stored.delete()
        except (ProtectedError, RestrictedError):
            is_needed = True
    ErasedFile.objects.create(line=line, is_needed=is_needed, **told)


@transaction.atomic
def _skip(line: DestructionLine) -> None:
    """The file stays, and its line says why."""
    file = lock_file(line.file)
    if file.state == FileState.PROPOSED:
        file.state = line.state_before
        file.save(update_fields=["state", "updated_at"])
    line.skipped_why, line.stands = _("under a legal hold"), False
    line.save(update_fields=["skipped_why", "stands"])
    audit.record("case_file.destruction_skipped", file, by=Actor.system(), act=line.destruction.signature)


def erase_bytes(row: Destruction) -> int:
    """What the rows have let go of leaves the storage; returns how many files."""
    storage = StoredFile._meta.get_field("file").storage  # type: ignore[union-attr]
    count = 0
    left = ErasedFile.objects.filter(line__destruction=row, is_needed=False, erased_at=None)
    for one in left.order_by("pk").iterator(chunk_size=200):
        storage.delete(one.path)
        ErasedFile.objects.filter(pk=one.pk).update(erased_at=timezone.now())
        count += 1
    return count


@transaction.atomic
def _finish(row: Destruction) -> int:
    row = steps.lock(row)
    gone = row.lines.filter(erased_at__isnull=False).count()
    if row.state == DestructionState.DONE:
        return gone
    today = timezone.localdate()
    steps.save(
        row,
        state=DestructionState.DONE,
        destroyed_at=timezone.now(),
        backups_end_on=today + datetime.timedelta(days=settings.BACKUPS_KEPT_DAYS),
    )
    audit.record("destruction.carried_out", row, by=Actor.system(), files=gone)
    steps.request_paper(row)
    return gone


# --- proof ----------------------------------------------------------------------------------------------------


@dataclass
class Proof:
    """What became of the bytes of an act, looked at now."""

    erased: int = 0
    size: int = 0
    needed: int = 0
    documents: int = 0
    came_again: int = 0  # the same bytes were brought anew since, as something else
    problems: list[str] = field(default_factory=list)


def told(row: Destruction) -> Proof:
    """As it was written down."""
    rows = ErasedFile.objects.filter(line__destruction=row)
    gone = rows.filter(is_needed=False, erased_at__isnull=False)
    documents = row.lines.filter(erased_at__isnull=False).aggregate(n=Sum("documents"))["n"]
    return Proof(
        erased=gone.count(),
        size=gone.aggregate(n=Sum("size"))["n"] or 0,
        needed=rows.filter(is_needed=True).count(),
        documents=documents or 0,
    )


def prove(row: Destruction) -> Proof:
    """Look into the storage and the rows whether anything of it is still there."""
    proof = told(row)
    storage = StoredFile._meta.get_field("file").storage  # type: ignore[union-attr]
    gone = ErasedFile.objects.filter(line__destruction=row, is_needed=False)
    for one in gone.iterator(chunk_size=500):
        if storage.exists(one.path):
            proof.problems.append(_("Bytes are still there: %(sum)s") % {"sum": one.sha256})
    proof.came_again = StoredFile.objects.filter(sha256__in=gone.values("sha256")).count()
    destroyed = [line.file_id for line in row.lines.filter(erased_at__isnull=False)]
    left = Document.objects.filter(
        placements__file__in=destroyed, placements__left_at=None, versions__isnull=False
    ).distinct()
    if count := left.count():
        proof.problems.append(_("Documents that have a file again: %(count)d") % {"count": count})
    if count := CaseExport.objects.filter(file__in=destroyed, pdf__isnull=False).count():
        proof.problems.append(_("Exports that are still kept: %(count)d") % {"count": count})
    texts_left = DocumentText.objects.filter(
        document__placements__file__in=destroyed, document__placements__left_at=None
    )
    if count := texts_left.count():
        proof.problems.append(_("Documents that are still searched: %(count)d") % {"count": count})
    return proof
