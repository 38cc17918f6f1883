"""Words of indexed texts, so that what is typed without marks is looked up among them and the index itself stays exact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db import connection, transaction
from django.db.models import Lookup, Q

from core.language import fold, unfold
from core.language.indexing import WIDER, lexemes, of_name, stem
from core.language.keys import UNKNOWN
from core.language.queries import LONGEST_WORD, Query, parts_of
from core.models.words import WordModel


@SearchVectorField.register_lookup
class Holds(Lookup):
    """`words__holds=tsquery`: the query as `Query.tsquery` writes it, taken as it stands."""

    lookup_name = "holds"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        words, given = self.process_lhs(compiler, connection)
        return f"{words} @@ %s::tsquery", (*given, self.rhs)


class Vocabulary:
    """The words that one kind of texts has."""

    def __init__(self, model: type[WordModel]) -> None:
        self.rows: Any = model._default_manager
        self.table = model._meta.db_table

    def learn(self, words: Iterable[str]) -> list[tuple[str, str]]:
        """Keep the words; returns those that nobody wrote before, as (folded, stem)."""
        known = sorted(set(words))
        if not known:
            return []
        plain = [fold(word)[:LONGEST_WORD] for word in known]
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                INSERT INTO {self.table} (folded, stem, word)
                SELECT * FROM unnest(%s::varchar[], %s::varchar[], %s::varchar[])
                ON CONFLICT DO NOTHING RETURNING folded, stem
                """,
                [plain, [stem(one)[:LONGEST_WORD] for one in plain], known],
            )
            return cursor.fetchall()

    def meant(self, typed: list[str], *, wide: bool = False) -> dict[str, set[str]]:
        """Keys each typed word stands for, its marks put back where it was typed without."""
        plain = {word: fold(word) for word in typed}
        unmarked = {folded for word, folded in plain.items() if folded == word.lower() and len(folded) > 3}
        rows = (
            self.rows.filter(
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
            if folded in unmarked and folded not in vocabulary:  # a form without marks that stands nowhere
                known |= set(relatives[stem(folded)][:50])
            exact = set().union(*(lexemes(one) | lexemes(one.capitalize()) for one in known))
            if word[:1].isupper() and all(key.startswith(UNKNOWN) for key in lexemes(word)):
                exact |= of_name(word)
            if wide:
                exact |= set().union(*(lexemes(one, True) | lexemes(one.capitalize(), True) for one in known))
                exact |= {WIDER + key for key in exact}
            found[word] = exact
        return found

    def query_of(self, text: str, *, wide: bool = False) -> Query:
        """What was typed, with the keys its words stand for among the words known now."""
        parts = parts_of(text)
        return Query.of(parts, self.meant([word for part in parts for word in part.words], wide=wide))


@contextmanager
def by_index() -> Iterator[None]:
    """Ask by the indexes: of a frequent word the planner would read every row's words whole, or every row to join a few."""
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:  # until the transaction ends
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL random_page_cost = 1.1")
        yield
