"""Keeping documents of a matter: a new version, a better title, voiding, erasing of working papers."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from core import audit, registry
from core.actor import Actor
from core.errors import DomainError
from core.models import StoredFile, acted_by
from documents.choices import GONE, DocumentState, Origin
from documents.models import Document, DocumentVersion
from matters.models import Matter
from matters.services import lock_matter


def tell_followers(document: Document, event: str, *, by: Actor) -> None:
    """Say what became of the document to whoever follows documents, as the archive does; the matter is locked."""
    for follower in registry.register_document_follower:
        follower.follow(document, event, by)


def new_document(
    matter: Matter, *, kind: str, title: str, origin: Origin, by: Actor, **fields: Any
) -> Document:
    """Write the row; the matter is locked by the caller."""
    document = Document.objects.create(
        matter=matter,
        kind=kind,
        title=title.strip()[:200] or _("Untitled"),
        origin=origin,
        **fields,
        **acted_by(by),
    )
    audit.record("document.added", document, by=by, matter=matter, title=document.title, origin=str(origin))
    return document


def add_version(
    document: Document, file: StoredFile, *, name: str, by: Actor, **fields: Any
) -> DocumentVersion:
    """The next version of the document; the matter is locked by the caller."""
    number = (document.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    version = DocumentVersion.objects.create(
        document=document, number=number, file=file, name=name[:255], **fields, **acted_by(by)
    )
    audit.record(
        "document.version_added",
        document,
        by=by,
        matter=document.matter_id,
        number=number,
        sha256=file.sha256,
        name=name,
    )
    if document.state == DocumentState.FINAL and not version.is_draft:
        tell_followers(document, "final", by=by)
    return version


@transaction.atomic
def attach(
    matter: Matter,
    file: StoredFile,
    *,
    name: str,
    title: str,
    by: Actor,
    kind: str = "upload",
    pages: int | None = None,
    level: str = "",
    **fields: Any,
) -> Document:
    """File ready bytes as a final document of the matter; `pages` and `level` where its maker knows them."""
    matter = lock_matter(matter.pk)
    fields.setdefault("origin", Origin.UPLOADED)
    document = new_document(matter, kind=kind, title=title, by=by, state=DocumentState.FINAL, **fields)
    add_version(document, file, name=name, by=by, pages=pages, level=level)
    return document


@transaction.atomic
def change_title(document: Document, title: str, *, by: Actor) -> Document:
    lock_matter(document.matter_id)
    document = Document.objects.select_for_update().get(pk=document.pk)
    if not title.strip():
        raise DomainError(_("Write a title."), field="title")
    if len(title.strip()) > 200:
        raise DomainError(_("The title is longer than 200 characters."), field="title")
    if document.title != title.strip():
        document.title = title.strip()
        document.save(update_fields=["title", "updated_at"])
        audit.record("document.renamed", document, by=by, title=document.title)
        tell_followers(document, "renamed", by=by)
    return document


@transaction.atomic
def void_document(document: Document, *, reason: str, by: Actor) -> Document:
    """A document filed in error is voided with a reason; its number, if it has one, must be voided first."""
    lock_matter(document.matter_id)
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if not reason.strip():
        raise DomainError(_("Write why the document is void."), field="reason")
    if document.is_gone:
        raise DomainError(_("The document is void already."))
    if document.registrations.standing().exists():
        raise DomainError(_("The document is registered. First void its number."))
    audit.record("document.voided", document, by=by, reason=reason.strip(), state=document.state)
    document.state, document.void_reason, document.awaits = DocumentState.VOID, reason.strip()[:300], None
    document.save(update_fields=["state", "void_reason", "awaits", "updated_at"])
    tell_followers(document, "voided", by=by)
    return document


@transaction.atomic
def restore_document(document: Document, *, by: Actor) -> Document:
    lock_matter(document.matter_id)
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if not document.is_void:
        raise DomainError(_("The document is not void."))
    again = Document.objects.filter(
        matter=document.matter_id, kind=document.kind, language=document.language, origin=Origin.MADE
    ).exclude(pk=document.pk)
    if document.origin == Origin.MADE and again.exclude(state__in=GONE).exists():
        raise DomainError(_("The same paper has been made again since; it stands in its place."))
    newest = document.versions.first()
    is_draft = newest is None or newest.is_draft
    document.state, document.void_reason = (DocumentState.DRAFT if is_draft else DocumentState.FINAL), ""
    document.save(update_fields=["state", "void_reason", "updated_at"])
    audit.record("document.restored", document, by=by)
    tell_followers(document, "restored", by=by)
    return document


def erase_due(today: datetime.date) -> int:
    """Working papers whose day has passed are deleted with their files; returns how many documents."""
    count = 0
    for document in Document.objects.due_for_erasure(today):
        with transaction.atomic():
            lock_matter(document.matter_id)
            files = _files_of(document)
            audit.record("document.erased", document, by=Actor.system(), versions=document.versions.count())
            document.delete()
            transaction.on_commit(lambda files=files: drop_unused(files))
            count += 1
    return count


def _files_of(document: Document) -> list[int]:
    rows = document.versions.values_list("file_id", "docx_id")
    return sorted({pk for row in rows for pk in row if pk})


def drop_unused(files: list[int]) -> None:
    """Delete stored files that no row names any more; one still named is protected by its foreign key."""
    for file in StoredFile.objects.filter(pk__in=files):
        name, storage = str(file.file.name), file.file.storage
        try:
            with transaction.atomic():
                file.delete()
        except (ProtectedError, RestrictedError):
            continue
        storage.delete(name)
