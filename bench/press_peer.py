"""The same articles, keys and questions in tantivy, in the same run: how far a search engine of its own would go."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from bench.press_years import Years

MONTHS = 600  # more than there are


def peer(
    years: Years, since: int, outlets: list[Any]
) -> tuple[dict[str, Callable[[str], Any]], dict[str, Any]]:
    """What may be asked of it, by the names of the portal's own questions, and what it cost to write."""
    import tantivy
    from django.db import connection

    schema = (
        tantivy.SchemaBuilder()
        .add_text_field("keys", tokenizer_name="whitespace", index_option="freq")
        .add_integer_field("moment", fast=True, indexed=True)
        .add_integer_field("month", fast=True, indexed=True)
        .add_integer_field("outlet", fast=True, indexed=True)
        .build()
    )
    index = tantivy.Index(schema)
    writer = index.writer(heap_size=200_000_000, num_threads=1)
    texts = [" ".join(key.replace(" ", "_") for key in keys) for keys in years.keys]
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT number, extract(epoch FROM moment)::bigint, outlet_id, (extract(year FROM moment AT TIME ZONE
                'Europe/Vilnius') * 12 + extract(month FROM moment AT TIME ZONE 'Europe/Vilnius') - 1)::int
            FROM bench_place ORDER BY id
            """
        )
        while rows := cursor.fetchmany(10_000):
            for number, moment, outlet, month in rows:
                writer.add_document(
                    tantivy.Document(keys=texts[number], moment=moment, month=month, outlet=outlet)
                )
    writer.commit()
    index.reload()
    took, searcher = time.perf_counter() - began, index.searcher()

    def either(queries: list[Any], occur: Any) -> Any:
        return tantivy.Query.boolean_query([(occur, query) for query in queries])

    def of(text: str) -> Any:
        from media_monitoring import search

        groups = [
            [
                either(
                    [tantivy.Query.term_query(schema, "keys", key.replace(" ", "_")) for key in word],
                    tantivy.Occur.Should,
                )
                for phrase in group
                for word in phrase
            ]
            for group in search.query_of(text).wanted
        ]
        return either([either(group, tantivy.Occur.Should) for group in groups], tantivy.Occur.Must)

    def filtered(text: str) -> Any:
        outlet = outlets[len(text) % len(outlets)].pk
        only = [
            of(text),
            tantivy.Query.term_query(schema, "outlet", outlet),
            tantivy.Query.range_query(schema, "moment", tantivy.FieldType.Integer, since, 1 << 40),
        ]
        return searcher.search(
            either(only, tantivy.Occur.Must), 26, order_by_field="moment", count=False
        ).hits

    def months(text: str) -> dict[int, int]:
        asked = {"months": {"terms": {"field": "month", "size": MONTHS}}}
        found = searcher.aggregate(of(text), asked)
        return {int(one["key"]): one["doc_count"] for one in found["months"]["buckets"]}

    asked: dict[str, Callable[[str], Any]] = {
        "newest": lambda text: searcher.search(of(text), 26, order_by_field="moment", count=False).hits,
        "filtered": filtered,
        "count": lambda text: searcher.search(of(text), 1, count=True).count,
        "months": months,
        "ranked": lambda text: searcher.search(of(text), 26, count=False).hits,  # of all, by BM25
    }
    return asked, {"indexed_per_s": round(years.count / took)}
