"""Finding articles: words in any form, with or without marks, "phrases" and -exclusions, over a narrow table.

A lexeme is a key of `core.language.keys`; title words weigh A, the text D. What is typed without marks is looked up
among the words that articles have (`Word`), so the index itself stays exact.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

from django.db import connection
from django.db.models import Q, QuerySet
from snowballstemmer import stemmer

from core.language import NORMALISER_VERSION, fold, keys, tokens, unfold
from media_monitoring.models import EXCERPT, Article, ArticleIndex, Word

MOST_POSITIONS = 16_000
MOST_PLACES = 250  # of one lexeme; PostgreSQL keeps 256
LONGEST_WORD = 60
MOST_WORDS = 12
_stemmer = stemmer("lithuanian")
PART = re.compile(r'(-?)(?:["„“”]([^"„“”]+)["„“”]?|(\S+))')


def stem(folded: str) -> str:
    return _stemmer.stemWord(folded)


@lru_cache(maxsize=200_000)
def lexemes(word: str) -> frozenset[str]:
    """Keys of a written word, as it stands and as it would inside a sentence."""
    return frozenset(keys(word) | keys(word.lower()))


def _quote(lexeme: str) -> str:
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def vector(title: str, text: str) -> tuple[str, set[str]]:
    """The tsvector as text, and the words of it."""
    places: dict[str, list[str]] = defaultdict(list)
    words: set[str] = set()
    position = 0
    for part, weight in ((title, "A"), (text, "")):
        for token in tokens(part):
            word = token[:LONGEST_WORD]
            position += 1
            if position > MOST_POSITIONS:
                break
            words.add(word.lower())
            for lexeme in lexemes(word):
                if len(places[lexeme]) < MOST_PLACES:
                    places[lexeme].append(f"{position}{weight}")
        position += 1  # a phrase does not run from the title into the text
    return " ".join(f"{_quote(key)}:{','.join(at)}" for key, at in places.items()), words


def index(article: Article) -> None:
    """Make the article findable as it stands now."""
    text, words = vector(article.title, article.text or article.lead)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO media_monitoring_articleindex (article_id, published_at, outlet_id, words, normaliser)
            VALUES (%s, %s, %s, %s::tsvector, %s)
            ON CONFLICT (article_id) DO UPDATE SET published_at = excluded.published_at,
                outlet_id = excluded.outlet_id, words = excluded.words, normaliser = excluded.normaliser
            """,
            [article.pk, article.published_at, article.outlet_id, text, NORMALISER_VERSION],
        )
    Word.objects.bulk_create(
        [Word(folded=fold(word), stem=stem(fold(word)), word=word) for word in sorted(words)],
        ignore_conflicts=True,
    )


def index_stale(limit: int = 500) -> int:
    """Key anew what an older normaliser keyed; returns how many were."""
    rows = Article.objects.filter(index__normaliser__lt=NORMALISER_VERSION)[:limit]
    for article in rows:
        index(article)
    return len(rows)


def _words_of(typed: str) -> list[str]:
    return [word[:LONGEST_WORD] for word in tokens(typed)][:MOST_WORDS]


def meant(typed: list[str]) -> dict[str, set[str]]:
    """Keys each typed word stands for, its marks put back where it was typed without."""
    plain = {word: fold(word) for word in typed}
    unmarked = {folded for word, folded in plain.items() if folded == word.lower() and len(folded) > 3}
    rows = Word.objects.filter(
        Q(folded__in=set(plain.values())) | Q(stem__in={stem(folded) for folded in unmarked})
    ).values_list("folded", "stem", "word")
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
        found[word] = set().union(*(lexemes(one) | lexemes(one.capitalize()) for one in known))
    return found


def compiled(text: str, *, titles_only: bool = False) -> tuple[str, set[str]]:
    """The tsquery of what was typed ("" when nothing of it can be looked for), and the keys to mark in snippets."""
    parts = [
        (minus, _words_of(phrase or word)) for minus, phrase, word in PART.findall(text.replace("\x00", ""))
    ]
    parts = [part for part in parts if part[1]][:MOST_WORDS]
    known = meant([word for _minus, words in parts for word in words])
    weight = ":A" if titles_only else ""
    wanted: list[str] = []
    refused: list[str] = []
    marks: set[str] = set()
    for minus, words in parts:
        alternatives = [
            "(" + " | ".join(sorted(_quote(key) + weight for key in known[word])) + ")" for word in words
        ]
        (refused if minus else wanted).append("(" + " <-> ".join(alternatives) + ")")
        if not minus:
            marks |= set().union(*(known[word] for word in words))
    return " & ".join([*wanted, *("!" + part for part in refused)]), marks


def found(articles: QuerySet, text: str, *, titles_only: bool = False) -> QuerySet:
    """The articles that hold what was typed."""
    query, _marks = compiled(text, titles_only=titles_only)
    if not query:
        return articles.none()
    rows = ArticleIndex.objects.extra(where=["words @@ %s::tsquery"], params=[query])
    return articles.filter(pk__in=rows.values("pk"))


def snippet(text: str, marks: set[str]) -> list[tuple[str, bool]]:
    """At most 300 letters around the first hit, as pieces: (text, whether it was looked for)."""
    text = " ".join(text.split())
    hits = [
        match.span()
        for match in re.finditer(r"\w+", text[:20_000])
        if marks and lexemes(match.group()) & marks
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


def marks_of(text: str) -> set[str]:
    return compiled(text)[1] if text.strip() else set()
