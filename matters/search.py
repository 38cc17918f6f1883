"""The search box: words in any form, with or without marks, over everything one may see.

An entry's words are a plain `tsvector` of our own lexemes: `k:` a key of the word (any of its forms has it),
`f:` the form as written without marks (for prefixes while typing), `s:` its stem without marks (for inflected
forms typed without marks that nobody has written so). Nothing of PostgreSQL's own dictionaries is used.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.contrib.postgres.search import SearchRank
from django.db import connection, transaction
from django.db.models import F, Func, Q, TextField, Value
from snowballstemmer import stemmer

from core import registry
from core.language import NORMALISER_VERSION, fold, keys, tokens, unfold
from core.registry import SearchSource
from core.search import SearchDocument
from matters.models import Matter, SearchEntry, SearchWord

LONGEST_WORD = 60
MOST_WORDS = 8  # of a query; the rest is left out
MOST_POSITIONS = 16_000  # PostgreSQL's positions end at 16,383
RANKED = 500  # the newest of what is found: a word that thousands of entries have says little of the old ones
SHOWN = 60
SHOWN_OF_A_SOURCE = 8
_stemmer = stemmer("lithuanian")


@lru_cache(maxsize=50_000)
def lexemes(word: str) -> tuple[str, ...]:
    """The lexemes one written word is indexed by."""
    plain = fold(word)
    return (f"f:{plain}", f"s:{_stemmer.stemWord(plain)}", *(f"k:{key}" for key in sorted(word_keys(word))))


def word_keys(word: str) -> set[str]:
    """Keys of the word as written and as it would stand inside a sentence: a capital may be a name or a beginning.

    All readings are kept: in a box over titles a line too many costs less than one not found.
    """
    return keys(word, wide=True) | keys(word.lower(), wide=True)


def _quote(lexeme: str) -> str:
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def vector(document: SearchDocument) -> tuple[str, set[str]]:
    """The entry's tsvector as text (title weighs A, the rest C) and the words it holds."""
    places: dict[str, list[str]] = defaultdict(list)
    words: set[str] = set()
    position = 0
    for text, weight in ((document.title, "A"), (f"{document.subtitle} {document.text}", "C")):
        for token in tokens(text):
            word = token[:LONGEST_WORD]
            position = min(position + 1, MOST_POSITIONS)
            words.add(word)
            for lexeme in lexemes(word):
                if len(places[lexeme]) < 4:
                    places[lexeme].append(f"{position}{weight}")
    return " ".join(f"{_quote(lexeme)}:{','.join(at)}" for lexeme, at in places.items()), words


def index(source: SearchSource, pks: Iterable[int] | None) -> int:
    """Make the entries of these rows (None: of all) anew and drop those that are gone; returns how many stand."""
    wanted = None if pks is None else set(pks)
    seen: set[int] = set()
    batch: list[SearchDocument] = []
    for document in source.entries(wanted):
        seen.add(document.pk)
        batch.append(document)
        if len(batch) >= 500:
            _write(source, batch)
            batch = []
    _write(source, batch)
    gone = SearchEntry.objects.filter(source=source.code).exclude(object_pk__in=seen)
    if wanted is not None:
        gone = gone.filter(object_pk__in=wanted)
    gone.delete()
    return len(seen)


def _write(source: SearchSource, documents: list[SearchDocument]) -> None:
    if not documents:
        return
    words: set[str] = set()
    rows = []
    for document in documents:
        text, found = vector(document)
        words |= found
        rows.append(
            (
                source.code,
                document.pk,
                document.matter_pk,
                document.title[:300],
                document.subtitle[:300],
                document.url,
                text,
                NORMALISER_VERSION,
            )
        )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            """
            INSERT INTO matters_searchentry
                (source, object_pk, matter_id, title, subtitle, url, words, normaliser, updated_at)
            VALUES (%s, %s, %s, %s, %s, %s, %s::tsvector, %s, now())
            ON CONFLICT (source, object_pk) DO UPDATE SET
                matter_id = excluded.matter_id, title = excluded.title, subtitle = excluded.subtitle,
                url = excluded.url, words = excluded.words, normaliser = excluded.normaliser,
                updated_at = excluded.updated_at
            """,
            rows,
        )
        SearchWord.objects.bulk_create(
            [SearchWord(folded=fold(word), word=word.lower()) for word in sorted(words)],
            ignore_conflicts=True,
        )


def index_matter(matter_pk: int) -> None:
    """Something happened in the matter: make its entry anew, whichever source it belongs to."""
    for source in registry.register_search_source:
        if source.of_matters:
            index(source, [matter_pk])


@transaction.atomic
def forget_words() -> int:
    """Drop the words no entry has any more: what was destroyed or erased leaves none. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE matters_searchword IN SHARE ROW EXCLUSIVE MODE")  # entries being written
        cursor.execute(
            """
            DELETE FROM matters_searchword WHERE folded NOT IN (
                SELECT substr(word, 3) FROM ts_stat('SELECT words FROM matters_searchentry')
                WHERE starts_with(word, 'f:')
            )
            """
        )
        return cursor.rowcount


# --- asking ---------------------------------------------------------------------------------------------------


@dataclass
class Group:
    """What one source found: at most a few lines, and how many there are in all."""

    source: SearchSource
    entries: list[SearchEntry] = field(default_factory=list)
    count: int = 0


def query_text(words: list[str]) -> str:
    """The tsquery of the typed words: each must be there in some form; the last may be a beginning."""
    plain = [fold(word) for word in words]
    vocabulary: dict[str, list[str]] = defaultdict(list)
    for folded, word in SearchWord.objects.filter(folded__in=plain).values_list("folded", "word"):
        vocabulary[folded].append(word)
    parts = []
    for word, folded in zip(words, plain, strict=True):
        choices = {f"{_quote('f:' + folded)}:*"}
        for meant in unfold(word, vocabulary):
            choices |= {_quote(f"k:{key}") for key in word_keys(meant.capitalize())}
        if folded == word.lower() and len(folded) > 3 and not vocabulary.get(folded):
            choices.add(_quote(f"s:{_stemmer.stemWord(folded)}"))
        parts.append("(" + " | ".join(sorted(choices)) + ")")
    return " & ".join(parts)


class PlainQuery(Func):
    """Our own lexemes as a tsquery, untouched by any dictionary."""

    template = "(%(expressions)s)::tsquery"
    output_field = TextField()


def visible_entries(user: Any) -> Any:
    """Entries this person may see: the matter's by the matter, the others by their source's permission."""
    allowed = [
        source.code
        for source in registry.register_search_source
        if not source.permission or user.has_perm(source.permission)
    ]
    entries = SearchEntry.objects.filter(source__in=allowed)
    if user.has_perm("matters.view_matter"):
        return entries.exclude(matter__in=Matter.objects.hidden_from(user).values("pk"))
    return entries.filter(Q(matter=None) | Q(matter__in=Matter.objects.visible_to(user).values("pk")))


def search(user: Any, text: str) -> list[Group]:
    """What the person finds by the text, grouped by kind, the best first; nothing she may not see is counted."""
    words = [word[:LONGEST_WORD] for word in tokens(text)][:MOST_WORDS]
    if not words:
        return []
    text_of_query = query_text(words)
    query = PlainQuery(Value(text_of_query))
    found = visible_entries(user).extra(where=["words @@ %s::tsquery"], params=[text_of_query])
    newest = list(found.order_by("-updated_at", "-pk").values_list("pk", flat=True)[:RANKED])
    ranked = SearchEntry.objects.filter(pk__in=newest).annotate(rank=SearchRank(F("words"), query))
    ranked = ranked.order_by("-rank", "-updated_at")[:SHOWN]
    groups = {source.code: Group(source) for source in registry.register_search_source}
    for entry in ranked.defer("words"):
        group = groups[entry.source]
        group.count += 1
        if len(group.entries) < SHOWN_OF_A_SOURCE:
            group.entries.append(entry)
    return [group for group in groups.values() if group.entries]
