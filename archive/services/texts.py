"""The words of filed documents: read by a worker, kept with the pages they stand on, gone with the document."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from archive.choices import FileState
from archive.models import DocumentText, Placement, TextPage, TextWord
from core import jobs
from core.files import store
from core.language import tokens
from core.language.indexing import INDEX_VERSION, Indexed, read_words
from core.language.queries import LONGEST_WORD
from core.models import StoredFile
from core.search import words_may_end
from core.vocabulary import Vocabulary
from documents.models import Document, DocumentVersion
from documents.services.filing import drop_unused

READ, FORGET = "archive.read_document", "archive.forget_words"
MOST_ASKED = 500  # in one go: the rest an hour later
SOON = datetime.timedelta(minutes=10)  # many documents go at once: their words are looked through once
TURNS = 3  # a document that gets a newer version while it is read is read again
WORDS = Vocabulary(TextWord)


@dataclass
class Pages:
    """A document's pages as they are shown and searched, or why there are none."""

    content: bytes = b""
    texts: list[str] = field(default_factory=list)
    is_cut: bool = False
    scanned: int = 0
    problem: str = ""


def request_reading(document_id: int) -> None:
    """Ask a worker to look at the document: new words, a new title, or nothing left to be found."""
    jobs.enqueue(READ, document_id)


def read_document(pk: int) -> bool:
    """Make the document findable as it stands now, or no more; says whether it is. Safe to run again."""
    from documents.services import conversions  # noqa: PLC0415 -- workers only

    before = ""
    for _turn in range(TURNS):
        version = _filed_version(pk)
        if before and (version is None or version.file.sha256 != before):
            conversions.forget_lost(before)  # destroyed or replaced while it was converted
        if version is None:
            drop(pk)
            return False
        pages = None if _is_read(version) else _read(version)
        if _write(version, pages):
            return True
        before = version.file.sha256
    return False


def _filed_version(pk: int) -> DocumentVersion | None:
    """What is searched of the document: its newest version, while it lies in a case file that is there."""
    places = Placement.objects.standing().filter(document=pk, document__is_working_paper=False)
    if not places.exclude(file__state=FileState.DESTROYED).exists():
        return None
    rows = DocumentVersion.objects.filter(document=pk).select_related("document", "file")
    return rows.order_by("-number").first()


def _is_read(version: DocumentVersion) -> bool:
    """The same bytes were read; what could not be read is tried again when the machine's converters change."""
    from documents.converting import programs  # noqa: PLC0415 -- workers only

    known = DocumentText.objects.filter(pk=version.document_id, source_sha256=version.file.sha256).first()
    return bool(known and (not known.problem or known.tools == programs.tools()))


def _read(version: DocumentVersion) -> Pages:
    """Print the document as an export would, and read what stands on its pages."""
    from archive.export.printing import print_item  # noqa: PLC0415 -- workers only
    from archive.services.exporting import item_of  # noqa: PLC0415 -- workers only
    from documents.converting.reading import read_pages  # noqa: PLC0415 -- workers only
    from documents.converting.words import sentence  # noqa: PLC0415 -- workers only
    from documents.services import conversions  # noqa: PLC0415 -- workers only

    # what came with a letter and is filed by itself is not printed with it again
    parts = StoredFile.objects.filter(
        pk__in=DocumentVersion.objects.filter(document__part_of=version.document_id).values("file")
    )
    known = frozenset(parts.values_list("sha256", flat=True))
    with override(settings.LANGUAGE_CODE):
        printed = print_item(item_of(version), known=known, convert=conversions.kept)
        if not printed.content:
            return Pages(problem=printed.reason)
        read = read_pages(printed.content)
        problem = ""
        if read.reason:
            problem = sentence(read.reason)
        elif not any(text.strip() for text in read.texts):
            problem = _("No words were found on the pages.")
    return Pages(printed.content, read.texts, read.is_cut, printed.read_pages, problem)


@transaction.atomic
def _write(version: DocumentVersion, pages: Pages | None) -> bool:
    """Keep what was read, unless the document is another one by now. Without `pages`: only its title and sender."""
    from documents.converting import programs  # noqa: PLC0415 -- workers only

    document = Document.objects.select_for_update(of=("self",)).filter(pk=version.document_id).first()
    now = _filed_version(version.document_id)
    if document is None or now is None or now.pk != version.pk:
        return False
    known = DocumentText.objects.filter(pk=document.pk).first()
    if pages is not None:
        rendering = None
        if pages.content:
            name = f"{version.name.rsplit('.', 1)[0][:200]}.pdf"
            rendering = store(pages.content, name=name, media_type="application/pdf")
        if known and known.rendering_id and known.rendering_id != (rendering and rendering.pk):
            transaction.on_commit(lambda old=[known.rendering_id]: drop_unused(old))
        known, created = DocumentText.objects.update_or_create(
            document=document,
            defaults={
                "source_sha256": version.file.sha256,
                "tools": programs.tools(),
                "rendering": rendering,
                "problem": pages.problem,
                "texts": pages.texts,
                "is_cut": pages.is_cut,
                "scanned_pages": pages.scanned,
                "version": INDEX_VERSION,
            },
        )
        if not created:
            _forget_soon()
    assert known is not None  # read before, else there are pages
    read = {0: read_words(*facts_of(document))}
    if pages is not None or known.version != INDEX_VERSION:
        read |= {number: read_words("", text) for number, text in enumerate(known.texts, start=1)}
        TextPage.objects.filter(text=known).delete()
        DocumentText.objects.filter(pk=known.pk).update(version=INDEX_VERSION)
    _index(known, read)
    WORDS.learn(set().union(*(one.words for one in read.values())))
    return True


def facts_of(document: Document) -> tuple[str, str]:
    """What is found beside the pages: the title; the sender's name and the numbers it was registered by."""
    numbers = [row.number for row in document.registrations.all() if row.void_at is None]
    sender = document.sender.partition("<")[0].strip()  # no address
    return document.title, " ".join([sender, *numbers])


def _index(text: DocumentText, read: dict[int, Indexed]) -> None:
    rows = [(text.pk, number, one.vector) for number, one in read.items() if number == 0 or one.places]
    with connection.cursor() as cursor:
        cursor.executemany(
            """
            INSERT INTO archive_textpage (text_id, number, words) VALUES (%s, %s, %s::tsvector)
            ON CONFLICT (text_id, number) DO UPDATE SET words = excluded.words
            """,
            rows,
        )


# --- what goes ---------------------------------------------------------------------------------------------


@transaction.atomic
def drop(pk: int) -> None:
    """The document lies in no file any more: its text and its pages go."""
    if files := forget([pk]):
        transaction.on_commit(lambda: drop_unused(sorted(files)))


def forget(documents: Iterable[int]) -> set[int]:
    """Let go of texts and pages of these documents; returns the keys of the pages' bytes, to be erased too."""
    rows = DocumentText.objects.filter(pk__in=list(documents))
    files = {pk for pk in rows.values_list("rendering", flat=True) if pk}
    if rows.delete()[0]:
        _forget_soon()
    return files


def _forget_soon() -> None:
    """Words of the pages, and those of the search box, once its entries were made anew."""
    due_at = timezone.now() + SOON
    jobs.enqueue(FORGET, "all", due_at=due_at)
    words_may_end(due_at=due_at)


@transaction.atomic
def forget_words() -> int:
    """Drop every word that no filed document has any more; returns how many. Waits for readings that are being written."""
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {TextWord._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
    standing: set[str] = set()
    rows = DocumentText.objects.select_related("document").prefetch_related("document__registrations")
    for text in rows.iterator(chunk_size=20):
        for part in (*facts_of(text.document), *text.texts):
            standing.update(token[:LONGEST_WORD].lower() for token in tokens(part))
    words = TextWord.objects.values_list("pk", "word").iterator(chunk_size=20_000)
    gone = [pk for pk, word in words if word not in standing]
    for first in range(0, len(gone), 5_000):
        TextWord.objects.filter(pk__in=gone[first : first + 5_000]).delete()
    return len(gone)


# --- what is missing -----------------------------------------------------------------------------------------


def unread() -> Any:
    """Documents in files that no worker has looked at yet, or by older rules of words."""
    read = DocumentText.objects.filter(version=INDEX_VERSION).values("pk")
    places = Placement.objects.standing().exclude(file__state=FileState.DESTROYED)
    filed = Document.objects.filter(is_working_paper=False, versions__isnull=False, placements__in=places)
    return filed.exclude(pk__in=read).order_by("pk").distinct()


def request_unread() -> int:
    """Ask a worker for some of them; returns how many."""
    pks = list(unread().values_list("pk", flat=True)[:MOST_ASKED])
    for pk in pks:
        request_reading(pk)
    return len(pks)
