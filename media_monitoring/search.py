"""Finding articles: words in any form, with or without marks, "phrases", `one | other` and -exclusions, over a narrow table.

Title words weigh A, the text D (`core.language.indexing`); what is typed is looked up among the words that articles have.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import partial

from django.core.cache import caches
from django.db import connection, transaction
from django.db.models import DateTimeField, ExpressionWrapper, F, QuerySet, Value
from django.db.models.expressions import RawSQL

from core.language import indexing
from core.language.indexing import INDEX_VERSION, Indexed, read_words, stem
from core.vocabulary import Vocabulary, by_index
from media_monitoring.models import EXCERPT, Article, ArticleIndex, Word

__all__ = ["INDEX_VERSION", "by_index", "read_words", "stem"]
WORDS = Vocabulary(Word)
MOST_RANKED = 1000
FEW_HITS = 5000  # so many are sorted sooner than met on a walk down the index of dates
meant, query_of = WORDS.meant, WORDS.query_of
snippet = partial(indexing.snippet, longest=EXCERPT)  # what may leave the department


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
    new = WORDS.learn(unknown)
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


def compiled(text: str, *, titles_only: bool = False, wide: bool = False) -> tuple[str, set[str]]:
    """The tsquery of what was typed ("" when nothing of it can be looked for), and the keys to mark in snippets."""
    query = query_of(text, wide=wide)
    return query.tsquery(titles_only=titles_only), query.marks


def found(articles: QuerySet, text: str, *, titles_only: bool = False, wide: bool = False) -> QuerySet:
    """The articles that hold what was typed."""
    query, _marks = compiled(text, titles_only=titles_only, wide=wide)
    return articles.filter(index__words__holds=query) if query else articles.none()


def narrow(text: str, *, titles_only: bool = False, wide: bool = False) -> QuerySet | None:
    """Rows of the narrow table alone, to be counted: it knows the outlet and the moment. None: nothing can be looked for."""
    query, _marks = compiled(text, titles_only=titles_only, wide=wide)
    return ArticleIndex.objects.filter(words__holds=query) if query else None


def _moment(name: str) -> ExpressionWrapper:
    """As a sum, which no index has: sorted by it, the words of rows that a walk by date would pass are not read."""
    return ExpressionWrapper(F(name) + Value(datetime.timedelta()), output_field=DateTimeField())


def by_date(articles: QuerySet, hits: int, *, oldest_first: bool = False) -> QuerySet:
    """Found articles in order. The planner knows neither how rare a name is nor what reading a row's words costs."""
    moment = _moment("index__published_at") if hits < FEW_HITS else F("index__published_at")
    number = F("index__article_id")
    return articles.order_by(*((one.asc() if oldest_first else one.desc()) for one in (moment, number)))


def ranked(rows: QuerySet, text: str, *, titles_only: bool = False, wide: bool = False) -> list[int]:
    """Ids of the newest MOST_RANKED of these rows of the narrow table, the most relevant first.

    A rank needs the words read, so not all are ranked.
    """
    query, _marks = compiled(text, titles_only=titles_only, wide=wide)
    newest = rows.order_by(_moment("published_at").desc(), "-article_id").values("article_id")[:MOST_RANKED]
    rank = RawSQL("ts_rank_cd(words, %s::tsquery, 1)", [query])  # longer texts have more hits and say less
    with by_index():
        found = ArticleIndex.objects.filter(article__in=newest).order_by(
            rank.desc(), "-published_at", "-article_id"
        )
        return list(found.values_list("article_id", flat=True))


def marks_of(text: str, *, wide: bool = False) -> set[str]:
    return query_of(text, wide=wide).marks if text.strip() else set()
