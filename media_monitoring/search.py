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
NEWEST = ("-index__published_at", "-index__article_id")  # of articles, by the narrow table's index
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
    """The articles that hold what was typed; the newest of them come quickest in the order NEWEST."""
    query, _marks = compiled(text, titles_only=titles_only, wide=wide)
    return articles.filter(index__words__holds=query) if query else articles.none()


def narrow(text: str, *, titles_only: bool = False, wide: bool = False) -> QuerySet | None:
    """Rows of the narrow table alone, to be counted: it knows the outlet and the moment. None: nothing can be looked for."""
    query, _marks = compiled(text, titles_only=titles_only, wide=wide)
    return ArticleIndex.objects.filter(words__holds=query) if query else None


def ranked(rows: QuerySet, text: str, *, titles_only: bool = False, wide: bool = False) -> list[int]:
    """Ids of the newest MOST_RANKED of these rows of the narrow table, the most relevant first.

    A rank needs the words read, so not all are ranked. The moment is sorted as a sum, which no index has: going down
    the index by date would read the words of each row it passes.
    """
    query, _marks = compiled(text, titles_only=titles_only, wide=wide)
    moment = ExpressionWrapper(F("published_at") + Value(datetime.timedelta()), output_field=DateTimeField())
    newest = rows.order_by(moment.desc(), "-article_id").values("article_id")[:MOST_RANKED]
    rank = RawSQL("ts_rank_cd(words, %s::tsquery, 1)", [query])  # longer texts have more hits and say less
    with by_index():
        found = ArticleIndex.objects.filter(article__in=newest).order_by(
            rank.desc(), "-published_at", "-article_id"
        )
        return list(found.values_list("article_id", flat=True))


def marks_of(text: str, *, wide: bool = False) -> set[str]:
    return query_of(text, wide=wide).marks if text.strip() else set()
