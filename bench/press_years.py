"""Twenty years of invented press, written quickly: 20,000 texts, and shifted copies of them in the order of their dates."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from bench.lithuanian import Writer

WRITTEN = 20_000  # texts; beyond that they repeat under other days and outlets
SENTENCES = 15  # about 220 words
MINUTES = 20 * 365 * 24 * 60
TABLES = ("media_monitoring_article", "media_monitoring_articleindex")


@dataclass(frozen=True)
class Years:
    """What was written: the keys of each text, for another engine, and where each article stands."""

    keys: list[list[str]]
    count: int


def body(writer: Writer) -> str:
    """An article's text in paragraphs of four sentences."""
    lines = writer.sentences(SENTENCES)
    return "\n".join(" ".join(lines[at : at + 4]) for at in range(0, len(lines), 4))


def fill(writer: Writer, outlets: list[Any], count: int) -> Years:
    """Write the articles. Indexes are made afterwards: a row at a time they would take an hour."""
    from django.db import connection

    from media_monitoring import search

    texts = [(writer.headline(), body(writer)) for _turn in range(min(WRITTEN, count))]
    keys, words = [], set()
    lines = io.StringIO()
    for number, (title, text) in enumerate(texts):
        read = search.read_words(title, text)
        words |= read.words
        keys.append([key for key, at in read.places.items() for _time in at])
        fields = (str(number), title, text, text[:290], read.vector)
        lines.write("\t".join(map(_escaped, fields)) + "\n")
    lines.seek(0)
    search.learn(words)
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'; SET max_parallel_maintenance_workers = 0")
        cursor.execute(
            "CREATE UNLOGGED TABLE bench_text (number int PRIMARY KEY, title text, text text, lead text, words tsvector)"
            " WITH (toast_tuple_target = 128)"
        )
        cursor.copy_expert("COPY bench_text FROM STDIN", lines)
        made_again = _without_indexes(cursor)
        cursor.execute("SELECT coalesce(max(id), 0) FROM media_monitoring_article")
        [[first]] = cursor.fetchall()
        places = [count, len(texts), MINUTES, len(outlets), [outlet.pk for outlet in outlets], first]
        cursor.execute(
            """
            CREATE UNLOGGED TABLE bench_place AS
            SELECT row_number() OVER (ORDER BY moment) + %s AS id, number, outlet_id, moment
            FROM (
                SELECT at %% %s AS number,
                    (%s::int[])[1 + (hashint8(at * 31 + 7) & 2147483647) %% %s] AS outlet_id,
                    now() - make_interval(mins => 1 + ((hashint8(at) & 2147483647) %% %s)::int) AS moment
                FROM generate_series(0::bigint, %s::bigint - 1) AS at
            ) AS all_of_them ORDER BY moment
            """,
            [places[5], places[1], places[4], places[3], places[2], places[0]],
        )
        cursor.execute("ANALYZE bench_text; ANALYZE bench_place")
        cursor.execute(
            """
            INSERT INTO media_monitoring_article (id, outlet_id, medium, url, title, author, published_at, found_at, lead,
                text, language, picture_url, sha256, text_sha256, version_count, etag, last_modified, checks, problem,
                is_story_by_hand, created_at, updated_at)
            SELECT id, outlet_id, 'web', 'https://filled.example/' || id, title, '', moment, moment, lead, text, 'lt', '',
                '', '', 1, '', '', 0, '', false, moment, moment
            FROM bench_place JOIN bench_text USING (number)
            """
        )
        cursor.execute(
            """
            INSERT INTO media_monitoring_articleindex (article_id, published_at, outlet_id, words, normaliser)
            SELECT id, moment, outlet_id, words, %s FROM bench_place JOIN bench_text USING (number)
            """,
            [search.INDEX_VERSION],
        )
        for statement in made_again:
            cursor.execute(statement)
        for table in TABLES:
            cursor.execute(f"VACUUM ANALYZE {table}")
    return Years(keys, count)


def _escaped(value: str) -> str:
    """As COPY reads it."""
    return value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")


def _without_indexes(cursor: Any) -> list[str]:
    """Drop the indexes that no constraint needs; the statements that make them again."""
    cursor.execute(
        """
        SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
        WHERE indrelid = ANY(%s::regclass[]) AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
        """,
        [list(TABLES)],
    )
    found = cursor.fetchall()
    for name, _statement in found:
        cursor.execute(f"DROP INDEX {name}")
    return [statement for _name, statement in found]
