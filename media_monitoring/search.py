"""Finding articles: words in any form, with or without marks, "phrases", `one | other` and -exclusions, over a narrow table.

A lexeme is a key of `core.language.keys`; title words weigh A, the text D. Keys that only a wider reading gives are kept
beside with a plus, so that the "wider" switch asks the same index. What is typed without marks is looked up among the
words that articles have (`Word`), so the index itself stays exact.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache

from django.core.cache import caches
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from snowballstemmer import stemmer

from core.language import NORMALISER_VERSION, decline, fold, keys, tokens, unfold
from core.language.keys import UNKNOWN
from media_monitoring.models import EXCERPT, Article, ArticleIndex, Word
from media_monitoring.queries import LONGEST_WORD, Query, parts_of

INDEX_VERSION = NORMALISER_VERSION * 10 + 1  # rows carry it; a change of what is put into the index counts up
WIDER = "+"  # before a key that only the wider reading gives
MOST_POSITIONS = 16_000
MOST_PLACES = 250  # of one lexeme; PostgreSQL keeps 256
CASES = ("nominative", "genitive", "dative", "accusative", "instrumental", "locative", "vocative")
_stemmer = stemmer("lithuanian")


@lru_cache(maxsize=200_000)
def stem(folded: str) -> str:
    return _stemmer.stemWord(folded)


@lru_cache(maxsize=200_000)
def lexemes(word: str, wide: bool = False) -> frozenset[str]:
    """Keys of a written word, as it stands and as it would inside a sentence."""
    return frozenset(keys(word, wide) | keys(word.lower(), wide))


@lru_cache(maxsize=200_000)
def _indexed(word: str) -> tuple[str, ...]:
    exact = lexemes(word)
    return (*exact, *(WIDER + key for key in lexemes(word, wide=True) - exact))


@dataclass
class Indexed:
    """Where each lexeme of an article stands, and its words."""

    title_ends: int = 0
    places: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    words: set[str] = field(default_factory=set)

    @property
    def vector(self) -> str:
        """As PostgreSQL reads a tsvector."""
        return " ".join(
            f"{_quote(key)}:{','.join(f'{place}A' if place <= self.title_ends else str(place) for place in at)}"
            for key, at in self.places.items()
        )


def _quote(lexeme: str) -> str:
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def read_words(title: str, text: str) -> Indexed:
    """What search knows of an article."""
    read = Indexed()
    position = 0
    for number, part in enumerate((title, text)):
        for token in tokens(part):
            word = token[:LONGEST_WORD]
            position += 1
            if position > MOST_POSITIONS:
                break
            read.words.add(word.lower())
            for lexeme in _indexed(word):
                at = read.places[lexeme]
                if len(at) < MOST_PLACES:
                    at.append(position)
        if number == 0:
            read.title_ends = position
        position += 1  # a phrase does not run from the title into the text
    return read


def index(article: Article) -> tuple[Indexed, list[tuple[str, str]]]:
    """Make the article findable as it stands now; returns what it holds and the words nobody wrote before (folded, stem)."""
    read = read_words(article.title, article.text or article.lead)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO media_monitoring_articleindex (article_id, published_at, outlet_id, words, normaliser)
            VALUES (%s, %s, %s, %s::tsvector, %s)
            ON CONFLICT (article_id) DO UPDATE SET published_at = excluded.published_at,
                outlet_id = excluded.outlet_id, words = excluded.words, normaliser = excluded.normaliser
            """,
            [article.pk, article.published_at, article.outlet_id, read.vector, INDEX_VERSION],
        )
    return read, learn(read.words)


def learn(words: Iterable[str]) -> list[tuple[str, str]]:
    """Keep the words for typing without marks; returns those that are new, as (folded, stem)."""
    unknown = sorted(set(words) - _known_words())
    if not unknown:
        return []
    plain = [fold(word)[:LONGEST_WORD] for word in unknown]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO media_monitoring_word (folded, stem, word)
            SELECT * FROM unnest(%s::varchar[], %s::varchar[], %s::varchar[])
            ON CONFLICT DO NOTHING RETURNING folded, stem
            """,
            [plain, [stem(one)[:LONGEST_WORD] for one in plain], unknown],
        )
        new = cursor.fetchall()
    transaction.on_commit(lambda: _remember(unknown))
    return new


_known: set[str] = set()  # words this process has seen committed: not asked for again
MOST_KNOWN = 500_000


def _remember(words: Iterable[str]) -> None:
    if len(_known) < MOST_KNOWN:
        _known.update(words)


def _known_words() -> set[str]:
    """Empty after the cache of the process was emptied: the rows may be gone, too."""
    if caches["process"].get("press.words") is None:
        _known.clear()
        caches["process"].set("press.words", True, timeout=None)
    return _known


def meant(typed: list[str], *, wide: bool = False) -> dict[str, set[str]]:
    """Keys each typed word stands for, its marks put back where it was typed without."""
    plain = {word: fold(word) for word in typed}
    unmarked = {folded for word, folded in plain.items() if folded == word.lower() and len(folded) > 3}
    rows = (
        Word.objects.filter(
            Q(folded__in=set(plain.values())) | Q(stem__in={stem(folded) for folded in unmarked})
        )
        .order_by("word")
        .values_list("folded", "stem", "word")
    )
    vocabulary: dict[str, list[str]] = defaultdict(list)
    relatives: dict[str, list[str]] = defaultdict(list)
    for folded, root, word in rows:
        vocabulary[folded].append(word)
        relatives[root].append(word)
    found = {}
    for word, folded in plain.items():
        known = unfold(word, vocabulary)
        if folded in unmarked and folded not in vocabulary:  # typed without marks, a form that stands nowhere
            known |= set(relatives[stem(folded)][:50])
        exact = set().union(*(lexemes(one) | lexemes(one.capitalize()) for one in known))
        if word[:1].isupper() and all(key.startswith(UNKNOWN) for key in lexemes(word)):
            exact |= _of_name(word)
        if wide:
            exact |= set().union(*(lexemes(one, True) | lexemes(one.capitalize(), True) for one in known))
            exact |= {WIDER + key for key in exact}
        found[word] = exact
    return found


def _of_name(word: str) -> set[str]:
    """Keys of a name no dictionary has, in all its cases."""
    forms = {decline(word, gender, case, is_name=True) for gender in "fm" for case in CASES}
    return set().union(*(lexemes(form) for form in forms))


def query_of(text: str, *, wide: bool = False) -> Query:
    """What was typed, with the keys its words stand for among the words known now."""
    parts = parts_of(text)
    return Query.of(parts, meant([word for part in parts for word in part.words], wide=wide))


def compiled(text: str, *, titles_only: bool = False, wide: bool = False) -> tuple[str, set[str]]:
    """The tsquery of what was typed ("" when nothing of it can be looked for), and the keys to mark in snippets."""
    query = query_of(text, wide=wide)
    return query.tsquery(titles_only=titles_only), query.marks


def found(articles: QuerySet, text: str, *, titles_only: bool = False, wide: bool = False) -> QuerySet:
    """The articles that hold what was typed."""
    rows = narrow(text, titles_only=titles_only, wide=wide)
    return articles.none() if rows is None else articles.filter(pk__in=rows.values("pk"))


def narrow(text: str, *, titles_only: bool = False, wide: bool = False) -> QuerySet | None:
    """Rows of the narrow table alone, to be counted: it knows the outlet and the moment. None: nothing can be looked for."""
    query, _marks = compiled(text, titles_only=titles_only, wide=wide)
    if not query:
        return None
    return ArticleIndex.objects.extra(where=["words @@ %s::tsquery"], params=[query])


@contextmanager
def by_index() -> Iterator[None]:
    """Count by the index: of a frequent word the planner would read every row's words whole."""
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # until the end of the transaction
        yield


def snippet(text: str, marks: set[str]) -> list[tuple[str, bool]]:
    """At most 300 letters around the first hit, as pieces: (text, whether it was looked for)."""
    text = " ".join(text.split())
    hits = [
        match.span()
        for match in re.finditer(r"\w+", text[:20_000])
        if marks and not marks.isdisjoint(_indexed(match.group()))
    ]
    start = max(0, hits[0][0] - 80) if hits else 0
    if start:
        start = text.find(" ", start) + 1
    room = EXCERPT - 2
    end = min(len(text), start + room)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + 1)
    pieces: list[tuple[str, bool]] = [("…", False)] if start else []
    at = start
    for left, right in hits:
        if left >= at and right <= end:
            pieces += [(text[at:left], False), (text[left:right], True)]
            at = right
    pieces.append((text[at:end] + ("…" if end < len(text) else ""), False))
    return [piece for piece in pieces if piece[0]]


def marks_of(text: str, *, wide: bool = False) -> set[str]:
    return query_of(text, wide=wide).marks if text.strip() else set()
