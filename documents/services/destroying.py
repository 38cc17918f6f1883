"""A document is destroyed by act: its files and texts go; that it was, its number and its place remain."""

from __future__ import annotations

from django.db import transaction

from core import audit
from core.actor import Actor
from documents.choices import DocumentState
from documents.models import Document
from documents.services import conversions
from matters.models import Version
from matters.services import lock_matter


@transaction.atomic
def destroy_document(document: Document, *, by: Actor) -> list[int]:
    """Let go of every file of the document; returns the keys of what may be erased unless something else needs it.

    A frozen version of the matter lets go of its paper too, once no document shows it any more.
    """
    lock_matter(document.matter_id)
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if document.state == DocumentState.DESTROYED:
        return []
    versions = list(document.versions.values_list("file", "docx", "source"))
    files = {pk for file, docx, _source in versions for pk in (file, docx) if pk}
    document.versions.all().delete()
    files |= conversions.forget(files)
    sources = Version.objects.filter(pk__in=[row[2] for row in versions if row[2]], papers=None)
    for version in sources:
        files |= {pk for pk in (version.pdf_id, version.sheet_id) if pk}
        version.pdf = version.sheet = None
        version.save(update_fields=["pdf", "sheet"])
    document.state, document.text, document.sender, document.awaits = DocumentState.DESTROYED, "", "", None
    document.save(update_fields=["state", "text", "sender", "awaits", "updated_at"])
    audit.record("document.destroyed", document, by=by, matter=document.matter_id, versions=len(versions))
    return sorted(files)
