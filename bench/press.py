"""The press desk: how fast an article goes from fetched bytes to searchable and matched with a thousand saved queries,
and how fast twenty years are searched, beside tantivy in the same run where it is installed (requirements-dev.txt has it).

`script/bench press [ARTICLES] [--no-intake]`: 200,000 by default, 1,000,000 takes some six minutes. The text is invented
(`lithuanian.py`), with the frequencies of a language; half of the words asked for stand in more than every twentieth article.
"""

from __future__ import annotations

import datetime
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

from bench.lithuanian import Writer
from bench.measure import cpu_of
from bench.press_years import body, fill

ARTICLES, INTAKE, QUERIES, ROUNDS, OUTLETS = 200_000, 250, 1000, 60, 40
INTAKE_GOAL = 25.0  # articles a second and core
GOALS = {"newest": 50, "filtered": 50, "count": 50, "months": 100, "ranked": 300}  # p95, ms, at 200,000
GOALS_MILLION = {"newest": 60, "filtered": 60, "count": 80, "months": 200, "ranked": 300}


def page(writer: Writer, title: str, text: str) -> bytes:
    """A page as portals print them: a menu, the article, what else there is."""
    menu = "".join(f'<li><a href="/{n}">{" ".join(writer.some_words(2))}</a></li>' for n in range(30))
    more = "".join(f'<div class="teaser"><a href="/t/{n}">{writer.headline()}</a></div>' for n in range(20))
    lines = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    return (
        f'<html lang="lt"><head><meta charset="utf-8"><title>{title}</title></head><body><nav><ul>{menu}</ul></nav>'
        f"<main><article><h1>{title}</h1>{lines}</article></main><aside>{more}</aside>"
        "<footer>Visos teisės saugomos.</footer></body></html>"
    ).encode()


def saved_query(writer: Writer) -> str:
    """As people save them: two words, a phrase, one or another, one without another."""
    words = writer.random.choices(writer.words[20:6000], k=3)
    kind = writer.random.random()
    if kind < 0.4:
        return f"{words[0]} {words[1]}"
    if kind < 0.7:
        return f'"{words[0]} {words[1]}"'
    return f"{words[0]} | {words[1]}" if kind < 0.9 else f"{words[0]} -{words[1]}"


def intake(writer: Writer, outlets: list[Any]) -> dict[str, Any]:
    """Bytes → main text → stored → indexed → one story with its reprints → matched; one process, its own processor time."""
    from media_monitoring.models import Article, Topic, TopicHit
    from media_monitoring.pages import read_page
    from media_monitoring.services import keep_text
    from media_monitoring.services.topics import COMPILED, _compile

    rows = []
    for number in range(QUERIES):
        topic = Topic(name=f"Tema {number}", query=saved_query(writer), severity="list")
        _compile(topic)
        rows.append(topic)
    Topic.objects.bulk_create(rows, batch_size=200)
    assert COMPILED
    pages = []
    now = datetime.datetime.now(datetime.UTC)
    for number in range(INTAKE + 40):
        title = writer.headline()
        article = Article.objects.create(
            outlet=outlets[number % len(outlets)],
            url=f"https://bench.example/{number}",
            title=title,
            published_at=now,
        )
        article.versions.create(number=1, title=title, sha256="")
        pages.append((article, page(writer, title, body(writer))))
    backend = _backend()
    for position, (article, content) in enumerate(pages):
        if position == 40:  # words and dictionaries are warm, as in a worker that lives for hours
            began, server = cpu_of(os.getpid()), cpu_of(backend)
            wall = time.perf_counter()
        read = read_page(content, article.url)
        assert read is not None
        keep_text(article, read.title, read.text)
    spent, walled = cpu_of(os.getpid()) - began, time.perf_counter() - wall  # the child that reads pages, too
    of_server = cpu_of(backend) - server
    hits = TopicHit.objects.count()
    Topic.objects.all().delete()
    Article.objects.all().delete()  # what stands beside has only the years
    return {
        "articles_per_core_s": round(INTAKE / spent, 1),
        "articles_per_s_wall": round(INTAKE / walled, 1),
        "postgres_share": round(of_server / spent, 2),
        "hits": hits,
    }


def _backend() -> int:
    """The server process that answers us; it works alone, so that its processor time is all there is."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def searches(
    typed: list[str], since: datetime.datetime, outlets: list[Any]
) -> dict[str, Callable[[str], Any]]:
    """The statements of the list page, its count, its months, and the order by relevance."""
    from media_monitoring import search
    from media_monitoring.figures import by_kept_month
    from media_monitoring.models import Article

    articles = Article.objects.defer("text")

    def newest(text: str) -> Any:
        with search.by_index():
            return list(search.by_date(search.found(articles, text), hits[text])[:26])

    def filtered(text: str) -> Any:
        rows = search.found(articles, text).filter(
            outlet=outlets[len(text) % len(outlets)], published_at__gte=since
        )
        with search.by_index():
            return list(search.by_date(rows, hits[text])[:26])

    def narrow(text: str) -> Any:
        found = search.narrow(text)
        assert found is not None
        return found

    def count(text: str) -> Any:
        with search.by_index():
            return narrow(text).count()

    def months(text: str) -> Any:
        with search.by_index():
            return by_kept_month(narrow(text))

    def ranked(text: str) -> Any:
        found = search.ranked(narrow(text), text)[:26]
        return articles.in_bulk(found)

    hits = {text: count(text) for text in typed}  # the page has counted them when it asks for rows
    return {"newest": newest, "filtered": filtered, "count": count, "months": months, "ranked": ranked}


def _typed(writer: Writer) -> list[str]:
    """A frequent word, two of them, and a rare one, as most names are."""
    common = writer.words[20:400]  # after those that stand everywhere
    found = [writer.random.choice(common) for _turn in range(ROUNDS // 2)]
    found += [" ".join(writer.random.sample(common, 2)) for _turn in range(ROUNDS // 2)]
    return found + writer.random.sample(writer.words[-20_000:], ROUNDS // 3)


def _spent(pid: int) -> float:
    """Milliseconds of processor time a process of one thread has used."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e6


def _once(run: Callable[[str], Any], text: str, backend: int) -> tuple[float, float]:
    began, spent = time.perf_counter(), _spent(backend)
    worked = time.process_time()
    run(text)
    worked = (time.process_time() - worked) * 1000 + _spent(backend) - spent
    return worked, (time.perf_counter() - began) * 1000


def _times(run: Callable[[str], Any], typed: list[str]) -> dict[str, float]:
    """Processor time of both sides, which a busy machine does not lengthen much, and by the clock."""
    backend = _backend()
    for text in typed[:5]:
        run(text)
    found = [[_once(run, text, backend) for _turn in range(3)] for text in typed]
    worked = [statistics.median(one[0] for one in each) for each in found]
    clock = [statistics.median(one[1] for one in each) for each in found]
    return {"p50": _share(worked, 50), "p95": _share(worked, 95), "p95_clock": _share(clock, 95)}


def _share(values: list[float], percent: int) -> float:
    return round(statistics.quantiles(values, n=100, method="inclusive")[percent - 1], 1)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alytus_ryšiai.settings")
    django.setup()
    from django.core.management import call_command

    from media_monitoring.models import Outlet

    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdecimal()]
    count = numbers[0] if numbers else ARTICLES
    call_command("migrate", verbosity=0)
    writer = Writer(seed=7)
    outlets = [
        Outlet.objects.get_or_create(
            name=f"Leidinys {n}", defaults={"kind": "news_portal", "scope": "local"}
        )[0]
        for n in range(OUTLETS)
    ]
    met, result = True, {"articles": count}
    if "--no-intake" not in sys.argv:
        result["intake"] = taken_in = intake(writer, outlets)
        met = taken_in["articles_per_core_s"] >= INTAKE_GOAL
        print(
            f"intake: {taken_in['articles_per_core_s']} articles a second of a core, {QUERIES} saved queries"
        )
    began = time.perf_counter()
    years = fill(writer, outlets, count)
    print(
        f"{count} articles, filled in {time.perf_counter() - began:.0f} s; milliseconds of processor time:",
        flush=True,
    )
    typed, since = _typed(writer), datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=365)
    asked = searches(typed, since, outlets)
    goals = GOALS if count <= ARTICLES else GOALS_MILLION
    result["search"] = {name: _times(run, typed) for name, run in asked.items()}
    beside = _beside(years, typed, int(since.timestamp()), outlets, asked, result)
    for name, times in result["search"].items():
        is_met = times["p95"] <= goals[name]
        met = met and is_met
        other = f"   tantivy p50 {beside[name]['p50']:6} p95 {beside[name]['p95']:6}" if beside else ""
        print(
            f"  {name:9} p50 {times['p50']:7} p95 {times['p95']:7} by the clock {times['p95_clock']:7}"
            f" goal {goals[name]:4} {'' if is_met else 'NO':2}{other}"
        )
    print(json.dumps({**result, "met": met}))


def _beside(
    years: Any,
    typed: list[str],
    since: int,
    outlets: list[Any],
    ours: dict[str, Callable[[str], Any]],
    result: dict[str, Any],
) -> dict[str, Any]:
    """The same asked of tantivy, after a look that it finds as many; nothing where it is not installed."""
    try:
        from bench.press_peer import peer

        asked, cost = peer(years, since, outlets)
    except ImportError:
        print("tantivy is not installed: nothing stands beside")
        return {}
    apart = [text for text in typed if asked["count"](text) != ours["count"](text)]
    result["tantivy"] = {
        **cost,
        "counts_apart": len(apart),
        **{name: _times(run, typed) for name, run in asked.items() if name in ours},
    }
    return result["tantivy"]


if __name__ == "__main__":
    main()
