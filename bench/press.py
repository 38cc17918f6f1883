"""The press desk: how fast an article goes from fetched bytes to searchable and matched with a thousand saved queries,
and how fast twenty years are searched, beside tantivy when it is installed (`pip install tantivy`).

`script/bench press [ARTICLES]`: 200,000 by default. Every tenth text is new, the others stand shifted by days and outlets.
Words come from the dictionary, bent, with the frequencies of a language (Zipf); no outlet's text is used.
"""

from __future__ import annotations

import datetime
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

ARTICLES, COPIES, INTAKE, QUERIES, ROUNDS = 200_000, 10, 250, 1000, 60
WORDS, VOCABULARY = 220, 40_000
INTAKE_GOAL = 25.0  # articles a second and core
GOALS = {"newest": 50, "filtered": 50, "count": 50, "months": 100}  # p95, ms, at 200,000
GOALS_MILLION = {"newest": 60, "filtered": 60, "count": 80, "months": 200}


class Writer:
    """Text of one's own: bent words of the dictionary, the commonest far more often than the rare."""

    def __init__(self, seed: int = 7) -> None:
        from core.language import decline
        from core.language.morphology import dictionary

        self.random = random.Random(seed)
        roots = sorted(word for word in dictionary().flags if word.isalpha() and 3 < len(word) < 14)
        self.random.shuffle(roots)
        cases = ("nominative", "genitive", "dative", "accusative", "instrumental", "locative")
        self.words = []
        for root in roots[: VOCABULARY // 2]:
            gender = "f" if root.endswith(("a", "ė")) else "m"
            self.words += {root, decline(root, gender, self.random.choice(cases), is_name=False)}
        self.weights = [1 / (rank + 3) for rank in range(len(self.words))]
        total, sums = 0.0, []
        for weight in self.weights:
            total += weight
            sums.append(total)
        self.sums = sums

    def text(self, count: int = WORDS) -> str:
        words = self.random.choices(self.words, cum_weights=self.sums, k=count)
        sentences = [" ".join(words[at : at + 12]).capitalize() + "." for at in range(0, count, 12)]
        return "\n".join(" ".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4))

    def title(self) -> str:
        return self.text(8).rstrip(".")

    def page(self, title: str, text: str) -> bytes:
        """A page as portals print them: a menu, the article, what else there is."""
        menu = "".join(f'<li><a href="/{n}">{self.text(2)}</a></li>' for n in range(30))
        more = "".join(f'<div class="teaser"><a href="/t/{n}">{self.title()}</a></div>' for n in range(20))
        body = "".join(f"<p>{line}</p>" for line in text.split("\n"))
        return (
            f'<html lang="lt"><head><meta charset="utf-8"><title>{title}</title></head><body><nav><ul>{menu}</ul></nav>'
            f"<main><article><h1>{title}</h1>{body}</article></main><aside>{more}</aside>"
            "<footer>Visos teisės saugomos.</footer></body></html>"
        ).encode()

    def query(self) -> str:
        """As people save them: two words, a phrase, one or another, one without another."""
        words = self.random.choices(self.words[20:6000], k=3)
        kind = self.random.random()
        if kind < 0.4:
            return f"{words[0]} {words[1]}"
        if kind < 0.7:
            return f'"{words[0]} {words[1]}"'
        return f"{words[0]} | {words[1]}" if kind < 0.9 else f"{words[0]} -{words[1]}"


def intake(writer: Writer, outlets: list[Any]) -> dict[str, Any]:
    """Bytes → main text → stored → indexed → one story with its reprints → matched; one process, its own processor time."""
    from django.db import connection

    from media_monitoring.models import Article, Topic, TopicHit
    from media_monitoring.pages import read_page
    from media_monitoring.services import keep_text
    from media_monitoring.services.topics import COMPILED, _compile

    rows = []
    for number in range(QUERIES):
        topic = Topic(name=f"Tema {number}", query=writer.query(), severity="list")
        _compile(topic)
        rows.append(topic)
    Topic.objects.bulk_create(rows, batch_size=200)
    assert COMPILED
    pages = []
    now = datetime.datetime.now(datetime.UTC)
    for number in range(INTAKE + 40):
        title = writer.title()
        article = Article.objects.create(
            outlet=outlets[number % len(outlets)],
            url=f"https://bench.example/{number}",
            title=title,
            published_at=now,
        )
        article.versions.create(number=1, title=title, sha256="")
        pages.append((article, writer.page(title, writer.text())))
    server = _server_time(connection)
    for position, (article, content) in enumerate(pages):
        if position == 40:  # words and dictionaries are warm, as in a worker that lives for hours
            began, server = time.process_time(), _server_time(connection)
            wall = time.perf_counter()
        page = read_page(content, article.url)
        assert page is not None
        keep_text(article, page.title, page.text)
    spent, walled = time.process_time() - began, time.perf_counter() - wall
    of_server = _server_time(connection) - server
    return {
        "articles_per_core_s": round(INTAKE / spent, 1),
        "articles_per_s_wall": round(INTAKE / walled, 1),
        "postgres_share": round(of_server / spent, 2),
        "hits": TopicHit.objects.count(),
    }


def _server_time(connection: Any) -> float:
    """Processor seconds of our own server process."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def fill(writer: Writer, outlets: list[Any], count: int) -> None:
    """Twenty years: one text in ten is written, the rest are its shifted copies."""
    from django.db import connection

    from media_monitoring import search
    from media_monitoring.models import Article

    new, now = count // COPIES, datetime.datetime.now(datetime.UTC)
    words: set[str] = set()
    for first in range(0, new, 2000):
        texts = [(writer.title(), writer.text()) for _turn in range(min(2000, new - first))]
        rows = Article.objects.bulk_create(
            Article(
                outlet=outlets[number % len(outlets)],
                url=f"https://filled.example/{first + number}",
                title=title,
                text=text,
                lead=text[:290],
                published_at=now
                - datetime.timedelta(minutes=1 + writer.random.randrange(60 * 24 * 365 * 20)),
            )
            for number, (title, text) in enumerate(texts)
        )
        values = []
        for row, (title, text) in zip(rows, texts, strict=True):
            read = search.read_words(title, text)
            words |= read.words
            values.append((row.pk, row.published_at, row.outlet_id, read.vector, search.INDEX_VERSION))
        with connection.cursor() as cursor:
            from psycopg2.extras import execute_values

            execute_values(
                cursor.cursor,
                "INSERT INTO media_monitoring_articleindex (article_id, published_at, outlet_id, words, normaliser)"
                " VALUES %s",
                values,
                template="(%s, %s, %s, %s::tsvector, %s)",
            )
    search.learn(words)
    with connection.cursor() as cursor:
        for turn in range(1, COPIES):
            cursor.execute(
                """
                WITH made AS (
                    INSERT INTO media_monitoring_article (outlet_id, medium, url, title, author, published_at, found_at,
                        lead, text, language, picture_url, sha256, text_sha256, version_count, etag, last_modified,
                        checks, problem, is_story_by_hand, created_at, updated_at)
                    SELECT outlet_id, medium, url || '/' || %s, title, '', published_at - %s * interval '37 hours',
                        found_at, lead, text, 'lt', '', '', '', 1, '', '', 0, '', false, now(), now()
                    FROM media_monitoring_article WHERE url LIKE 'https://filled.example/%%' AND url NOT LIKE '%%/%%/%%/%%/%%'
                    ORDER BY published_at
                    RETURNING id, url, published_at, outlet_id
                )
                INSERT INTO media_monitoring_articleindex (article_id, published_at, outlet_id, words, normaliser)
                SELECT made.id, made.published_at, made.outlet_id, old.words, old.normaliser
                FROM made JOIN media_monitoring_article first ON first.url = left(made.url, length(made.url) - %s)
                JOIN media_monitoring_articleindex old ON old.article_id = first.id
                """,
                [str(turn), turn, len(str(turn)) + 1],
            )
        cursor.execute("VACUUM ANALYZE media_monitoring_article")
        cursor.execute("VACUUM ANALYZE media_monitoring_articleindex")


def searches(writer: Writer, outlets: list[Any]) -> dict[str, dict[str, float]]:
    """The statements of the list page, its count, and its months."""
    from media_monitoring import search
    from media_monitoring.figures import by_month
    from media_monitoring.models import Article

    year = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=365)
    common = writer.words[5:400]
    typed = [writer.random.choice(common) for _turn in range(ROUNDS // 2)]
    typed += [
        f"{writer.random.choice(common)} {writer.random.choice(common)}" for _turn in range(ROUNDS // 2)
    ]

    def newest(text: str) -> Any:
        return list(search.found(Article.objects.defer("text"), text).order_by("-published_at", "-pk")[:26])

    def filtered(text: str) -> Any:
        rows = search.found(Article.objects.defer("text"), text).filter(
            outlet=outlets[len(text) % len(outlets)], published_at__gte=year
        )
        return list(rows.order_by("-published_at", "-pk")[:26])

    def count(text: str) -> Any:
        rows = search.narrow(text)
        with search.by_index():
            return rows.count() if rows is not None else 0

    def months(text: str) -> Any:
        with search.by_index():
            return by_month(search.narrow(text))

    found: dict[str, dict[str, float]] = {}
    for name, run in (("newest", newest), ("filtered", filtered), ("count", count), ("months", months)):
        found[name] = _times(run, typed)
    return found


def _times(run: Callable[[str], Any], typed: list[str]) -> dict[str, float]:
    for text in typed[:5]:
        run(text)
    taken = []
    for text in typed:
        began = time.perf_counter()
        run(text)
        taken.append((time.perf_counter() - began) * 1000)
    return {
        "p50": round(statistics.median(taken), 1),
        "p95": round(statistics.quantiles(taken, n=20, method="inclusive")[18], 1),
    }


def peer(writer: Writer, count: int) -> dict[str, Any]:
    """The same keys in tantivy, one writer: the newest twenty-five and the count."""
    try:
        import tantivy
    except ImportError:
        return {}
    from core.language import keys
    from media_monitoring.models import Article

    schema = (
        tantivy.SchemaBuilder()
        .add_text_field("keys", tokenizer_name="whitespace", index_option="position")
        .add_integer_field("day", fast=True, indexed=True)
        .build()
    )
    index = tantivy.Index(schema)
    made = index.writer(heap_size=200_000_000, num_threads=1)
    began = time.perf_counter()
    for title, text, moment in (
        Article.objects.exclude(text="")
        .values_list("title", "text", "published_at")
        .iterator(chunk_size=2000)
    ):
        words = " ".join("_".join(sorted(keys(word))) for word in f"{title} {text}".replace(".", "").split())
        made.add_document(tantivy.Document(keys=words, day=int(moment.timestamp())))
    made.commit()
    index.reload()
    took, searcher = time.perf_counter() - began, index.searcher()

    def ask(word: str) -> Any:
        query = index.parse_query(" AND ".join("_".join(sorted(keys(one))) for one in word.split()), ["keys"])
        return searcher.search(query, 25, order_by_field="day", count=True)

    common = writer.words[5:400]
    typed = [writer.random.choice(common) for _turn in range(ROUNDS)]
    return {"indexed_per_s": round(count / took), "newest_and_count": _times(ask, typed)}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alytus_ryšiai.settings")
    django.setup()
    from django.core.management import call_command

    from media_monitoring.models import Outlet

    count = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    call_command("migrate", verbosity=0)
    writer = Writer()
    outlets = [
        Outlet.objects.get_or_create(
            name=f"Leidinys {n}", defaults={"kind": "news_portal", "scope": "local"}
        )[0]
        for n in range(12)
    ]
    taken_in = intake(writer, outlets)
    began = time.perf_counter()
    fill(writer, outlets, count)
    filled = round(time.perf_counter() - began)
    found = searches(writer, outlets)
    beside = peer(writer, count)
    goals = GOALS if count <= ARTICLES else GOALS_MILLION
    met = taken_in["articles_per_core_s"] >= INTAKE_GOAL
    print(f"intake: {taken_in['articles_per_core_s']} articles a second of a core, {QUERIES} saved queries")
    print(f"{count} articles, filled in {filled} s; milliseconds:")
    for name, times in found.items():
        is_met = times["p95"] <= goals[name]
        met = met and is_met
        print(
            f"  {name:9} p50 {times['p50']:7} p95 {times['p95']:7} goal {goals[name]:4} {'' if is_met else 'NO'}"
        )
    if beside:
        print(f"  tantivy: {beside}")
    print(json.dumps({"intake": taken_in, "search": found, "tantivy": beside, "articles": count, "met": met}))


if __name__ == "__main__":
    main()
