"""Evidence in the archive: a document of its claim, else of the year's watch, placed in a case file like any other.

Only those named on the evidence open it; whoever answers for the case file is named with it. Its own day ends it
there too, unless the evidence or the file is held.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from archive.services.erasing import end_documents
from core.actor import Actor
from documents.choices import DocumentState, Origin
from documents.models import Document
from documents.services import attach
from matters.models import Matter
from media_monitoring.choices import EvidenceKind
from media_monitoring.models import Article, Claim, Evidence
from media_monitoring.services.forwards import press_year

KIND = "media_monitoring.evidence"  # of the document that people read
RECORD_KIND = "media_monitoring.record"  # of the WARC beneath its print


@transaction.atomic
def file_evidence(evidence: Evidence, *, by: Actor) -> Document:
    """The print becomes a document with the record as its part; without a print the record itself is the document."""
    assert evidence.record is not None  # kept just now
    shown = evidence.snapshot or evidence.record
    matter = _matter_of(evidence.article, by)
    with override(settings.LANGUAGE_CODE):
        document = _attach(evidence, shown, matter, title=_title(evidence), kind=KIND, by=by)
        if evidence.snapshot is not None:
            record = _("WARC record: %(title)s") % {"title": evidence.article.title}
            _attach(
                evidence, evidence.record, matter, title=record, kind=RECORD_KIND, by=by, part_of=document
            )
    evidence.document = document
    evidence.save(update_fields=["document", "updated_at"])
    evidence.readers.add(*User.objects.with_role("archivist"))  # who exports the file it lies in
    tell_readers(evidence)
    return document


def _attach(evidence: Evidence, stored: Any, matter: Matter, **fields: Any) -> Document:
    is_record = stored.media_type == "application/warc"
    return attach(
        matter,
        stored,
        name=f"irodymas-{evidence.pk}{_suffix(stored)}",
        origin=Origin.FILED,
        is_restricted=True,
        pages=0 if is_record else None,  # it has none; its bytes are embedded in the export
        **fields,
    )


def _suffix(stored: Any) -> str:
    """ ".pdf", ".warc.gz": equal bytes are kept once, under the name they came with first."""
    return "".join(Path(stored.name).suffixes)[-8:]


def _title(evidence: Evidence) -> str:
    words = {
        EvidenceKind.RECORD: _("Evidence, the page as it was: %(title)s"),
        EvidenceKind.SCREENSHOT: _("Evidence, a screenshot: %(title)s"),
    }[EvidenceKind(evidence.kind)]
    return words % {"title": evidence.article.title}


def _matter_of(article: Article, by: Actor) -> Matter:
    """The open claim that is made in the article, the newest of several; else this year's watch of the press."""
    claim = Claim.objects.open().filter(articles=article).order_by("-pk").first()
    return claim or press_year(timezone.localdate().year, by=by)


def _documents(evidence: Evidence) -> list[Document]:
    if evidence.document is None:
        return []
    return [evidence.document, *evidence.document.parts.order_by("pk")]


def tell_readers(evidence: Evidence) -> None:
    """Documents know nothing of evidence: who may open them is written on them."""
    for document in _documents(evidence):
        document.readers.set(evidence.readers.all())


def end(evidence: Evidence) -> bool:
    """Its day has come: so it has for its documents. False while the case file they lie in is held."""
    left = [document for document in _documents(evidence) if document.state != DocumentState.DESTROYED]
    return end_documents(left, by=Actor.system()) if left else True
