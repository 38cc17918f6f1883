"""Finding filed documents by what stands on their pages: words in any form, "phrases", `one | other` and -exclusions.

Each word may stand on another page; a phrase stands on one. What is found is told only of documents the reader may see:
the query narrows places in files that were trimmed before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from archive.models import Placement, TextPage
from archive.services.texts import WORDS
from core.language.indexing import snippet
from core.language.queries import Query
from core.registry import register_matter_subject
from core.vocabulary import by_index

PAGES_TOLD = 5
FEW, EVERY = 1_000, 10**12
LONGEST_SNIPPET = 300


def query_of(text: str, *, wide: bool = False) -> Query:
    return WORDS.query_of(text, wide=wide)


def narrowed(places: QuerySet[Placement], query: Query) -> QuerySet[Placement]:
    """The places of documents that answer."""
    if not query:
        return places.none()
    for group in query.groups():
        places = places.filter(document__in=_with(group))
    for refusal in query.refusals():
        places = places.exclude(document__in=_with(refusal))
    return places


def _with(tsquery: str) -> Any:
    """Documents with such a page: named when the pages are few, so that a phrase is looked for once for count and page.

    The bound of the many is a fence: without it the words of each visible document would be looked through.
    """
    pages = TextPage.objects.extra(where=["words @@ %s::tsquery"], params=[tsquery])
    documents = pages.order_by().values_list("text", flat=True)
    with by_index():
        few = list(documents[: FEW + 1])
    return set(few) if len(few) <= FEW else documents[:EVERY]


def of_person(places: QuerySet[Placement], text: str) -> QuerySet[Placement]:
    """Whose sender or author is called so, who answers for the matter, whom the matter is about; marks may be left out."""
    for word in text.replace("\x00", "").split()[:5]:
        named = Q(document__sender__unaccent__icontains=word) | Q(
            document__actor_name__unaccent__icontains=word
        )
        for name in ("first_name", "last_name"):
            named |= Q(**{f"document__matter__responsible__{name}__unaccent__icontains": word})
        for subject in register_matter_subject:
            named |= Q(document__matter__in=subject.of_person(word))
        places = places.filter(named)
    return places


def of_partner(places: QuerySet[Placement], key: str) -> QuerySet[Placement]:
    about = Q(pk__in=[])
    for subject in register_matter_subject:
        about |= Q(document__matter__in=subject.of_partner(key))
    return places.filter(about)


def partners(user: object) -> list[tuple[str, str]]:
    """Partners of matters this person sees, by name."""
    found: dict[str, str] = {}
    for subject in register_matter_subject:
        found.update((str(key), str(name)) for key, name in subject.partners(user))
    return list(found.items())


# --- where on its pages --------------------------------------------------------------------------------------


@dataclass
class Hit:
    """Where a document answers: the pages with most of what was looked for first, and the words around it."""

    count: int = 0
    pages: list[int] = field(default_factory=list)
    snippet: list[tuple[str, bool]] = field(default_factory=list)
    folio: int | None = None  # of the first page in the newest export
    export: int | None = None

    @property
    def page(self) -> int | None:
        return self.pages[0] if self.pages else None

    @property
    def more(self) -> int:
        return self.count - 1


def hits_of(documents: Iterable[int], query: Query, *, told: int = PAGES_TOLD) -> dict[int, Hit]:
    """Pages of these documents on which some of it stands, in one query; a document found by its title alone has none."""
    wanted, groups = list(documents), query.groups()
    if not wanted or not groups:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH hit AS (
                SELECT text_id, count(*) AS n,
                    (array_agg(number ORDER BY (words @@ %s::tsquery) DESC, number))[1:%s] AS numbers
                FROM archive_textpage
                WHERE text_id = ANY(%s) AND number > 0 AND words @@ %s::tsquery
                GROUP BY text_id
            )
            SELECT hit.text_id, hit.n, hit.numbers, read.texts[hit.numbers[1]]
            FROM hit JOIN archive_documenttext read ON read.document_id = hit.text_id
            """,
            [" & ".join(groups), told, wanted, " | ".join(groups)],
        )
        rows = cursor.fetchall()
    return {
        pk: Hit(count, numbers, snippet(text or "", query.marks, longest=LONGEST_SNIPPET))
        for pk, count, numbers, text in rows
    }


def add_folios(hits: dict[int, Hit], places: Iterable[Placement]) -> None:
    """The folio of the first page in the newest export of its file, when the document lies in it as it was read."""
    files = {place.file_id for place in places if place.document_id in hits}
    if not files:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH newest AS (
                SELECT DISTINCT ON (file_id) id, number, manifest FROM archive_caseexport
                WHERE file_id = ANY(%s) ORDER BY file_id, number DESC
            )
            SELECT read.document_id, newest.number, (entry->>'first_page')::int, (entry->>'last_page')::int,
                cardinality(read.texts), jsonb_array_length(entry->'notes')
            FROM newest
            JOIN archive_caseexport_documents held ON held.caseexport_id = newest.id
            JOIN archive_documenttext read ON read.document_id = held.document_id,
                jsonb_array_elements(newest.manifest->'entries') entry
            WHERE read.document_id = ANY(%s) AND entry->>'sha256' = read.source_sha256
            """,
            [list(files), list(hits)],
        )
        rows = cursor.fetchall()
    twice = {
        pk for pk, count in Counter(row[0] for row in rows).items() if count > 1
    }  # the same bytes filed again
    for pk, number, first, last, pages, notes in rows:
        if pk in twice:
            continue
        hit = hits[pk]
        behind_slip = (last - first + 1 - pages) if notes else 0  # a slip page stands before what has notes
        if hit.page and behind_slip >= 0 and (notes or last - first + 1 == pages):
            hit.folio, hit.export = last - pages + hit.page, number
