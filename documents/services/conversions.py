"""Conversions that are kept: a file is turned into archival pages once, and goes with what it was made from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.db import transaction

from core.files import store
from core.models import StoredFile
from documents.converting import programs
from documents.converting.convert import FORMAT, convert
from documents.converting.made import Converted
from documents.models import Conversion
from documents.sealing import trust
from documents.services.filing import drop_unused


def kept(content: bytes, name: str, media_type: str) -> Converted:
    """The pages of the file: those made before, else made now and kept. Letters and lists are drawn anew: it is cheap."""
    digest = hashlib.sha256(content).hexdigest()
    row = Conversion.objects.select_related("pdf").filter(original_sha256=digest, format=FORMAT).first()
    if row and (row.pdf or row.tools == programs.tools()) and not _is_judged_by_others(row.notes):
        return Converted(
            row.pdf.read() if row.pdf else b"",
            reason=_said(row.reason) if row.reason else None,
            notes=[_said(note) for note in row.notes],
            read_pages=row.read_pages,
        )
    made = convert(content, name, media_type)
    if made.is_drawn_anew:
        return made
    _keep(digest, made)
    return made


@transaction.atomic
def _keep(digest: str, made: Converted) -> None:
    pdf = (
        store(made.content, name=f"{digest[:12]}.pdf", media_type="application/pdf") if made.content else None
    )
    Conversion.objects.update_or_create(
        original_sha256=digest,
        defaults={
            "format": FORMAT,
            "tools": programs.tools(),
            "pdf": pdf,
            "reason": list(made.reason) if made.reason else None,
            "notes": [list(note) for note in made.notes],
            "read_pages": made.read_pages,
        },
    )


def _is_judged_by_others(notes: list) -> bool:
    """Whether chains of certificates were judged by other roots than there are now."""
    by = trust.fingerprint()
    return any(values.get("by", by) != by for _code, values in notes)


def _said(row: list) -> tuple[str, dict]:
    return str(row[0]), dict(row[1])


def forget(files: Iterable[int]) -> set[int]:
    """The files go: so do pages and text layers made from them. Returns the keys of those pages, to be erased too."""
    sums = StoredFile.objects.filter(pk__in=list(files)).values_list("sha256", flat=True)
    rows = Conversion.objects.filter(original_sha256__in=list(sums))
    pages = {pk for pk in rows.values_list("pdf", flat=True) if pk}
    rows.delete()
    return pages


def forget_lost(sha256: str) -> None:
    """What was converted went while it was converted: so do the pages that were made of it."""
    if StoredFile.objects.filter(sha256=sha256).exists():
        return
    rows = Conversion.objects.filter(original_sha256=sha256)
    pages = [pk for pk in rows.values_list("pdf", flat=True) if pk]
    rows.delete()
    drop_unused(pages)
