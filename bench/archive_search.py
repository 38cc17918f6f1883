"""The search in filed documents: how long its page takes over many documents, as the archivist and as a specialist.

`script/bench archive_search [DOCUMENTS]`: 5,000 of ten pages by default. Pages are written anew for every tenth document,
the others have them in another order; `lithuanian.py` writes them.
"""

from __future__ import annotations

import datetime
import json
import os
import statistics
import sys
import time
from pathlib import Path
from typing import Any

import django

DOCUMENTS, PAGES, SENTENCES, COPIES, ROUNDS, FILES = 5_000, 10, 15, 10, 40, 40  # a page has some 220 words
INDEX = "archive_text_page_words"
GOALS = {
    "word": 400,
    "two words": 400,
    "phrase": 600,
    "word and filters": 400,
    "nothing asked": 300,
}  # p95, ms


def fill(writer: Any, count: int, lines: list[Any]) -> None:
    from django.contrib.auth import get_user_model
    from django.db import connection
    from psycopg2.extras import execute_values

    from archive.models import CaseFile, DocumentText, Placement
    from archive.services.texts import WORDS as VOCABULARY
    from core.language.indexing import INDEX_VERSION, read_words
    from documents.models import Document
    from matters.models import Matter

    user = get_user_model().objects.get(username="archivist")
    matters = Matter.objects.bulk_create(
        Matter(number=f"B-{number}", kind="note", title=writer.headline()[:200], responsible=user)
        for number in range(count // 20)
    )
    files = [CaseFile(line=line, volume=volume, state="begun", opened_on=datetime.date(2025, 1, 2)) for line in lines for volume in range(1, FILES // len(lines) + 1)]  # fmt: skip
    files = CaseFile.objects.bulk_create(files)
    now, words = datetime.datetime.now(datetime.UTC), set()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {INDEX}")  # made at once behind the rows
    for _first in range(0, count, COPIES):
        texts = [" ".join(writer.sentences(SENTENCES)) for _page in range(PAGES)]
        read = [read_words("", text) for text in texts]
        words |= set().union(*(one.words for one in read))
        documents = Document.objects.bulk_create(
            Document(
                matter=writer.random.choice(matters),
                kind="upload",
                title=writer.headline()[:200],
                origin="uploaded",
                state="final",
                actor_name="Rasa Vaičekonė",
                actor_user=user,
            )
            for _copy in range(COPIES)
        )
        rows = []
        for turn, document in enumerate(documents):
            title = read_words(document.title, "")
            words |= title.words
            rows.append((document.pk, 0, title.vector))
            rows += [(document.pk, 1 + (at + turn) % PAGES, one.vector) for at, one in enumerate(read)]
        days = [
            datetime.date(2025, 1, 2) + datetime.timedelta(days=writer.random.randrange(360))
            for _one in documents
        ]
        Placement.objects.bulk_create(
            Placement(
                file=writer.random.choice(files), document=one, filed_on=day, ordered_at=now, pages=PAGES
            )
            for one, day in zip(documents, days, strict=True)
        )
        DocumentText.objects.bulk_create(
            DocumentText(
                document=document,
                texts=[texts[(at - turn) % PAGES] for at in range(PAGES)],
                version=INDEX_VERSION,
            )
            for turn, document in enumerate(documents)
        )
        with connection.cursor() as cursor:
            execute_values(
                cursor.cursor,
                "INSERT INTO archive_textpage (text_id, number, words) VALUES %s",
                rows,
                template="(%s, %s, %s::tsvector)",
            )
    VOCABULARY.learn(words)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE INDEX {INDEX} ON archive_textpage USING gin (words) WITH (fastupdate = off)")
        for table in ("archive_textpage", "archive_documenttext", "archive_placement", "documents_document"):
            cursor.execute(f"VACUUM ANALYZE {table}")


def asked(writer: Any, lines: list[Any]) -> dict[str, list[dict[str, str]]]:
    """What is typed, kind by kind; words that many documents have among words that few have."""
    common, rare = writer.words[25:400], writer.words[2000:8000]

    def some(words: Any) -> str:
        return writer.random.choice(words)

    def phrase() -> str:
        words = writer.some_words(2)
        return f'"{words[0]} {words[1]}"'

    return {
        "word": [{"q": some(common)} for _turn in range(ROUNDS // 2)]
        + [{"q": some(rare)} for _turn in range(ROUNDS // 2)],
        "two words": [{"q": f"{some(common)} {some(rare)}"} for _turn in range(ROUNDS // 2)]
        + [{"q": f"{some(common)} {some(common)}"} for _turn in range(ROUNDS // 2)],
        "phrase": [{"q": phrase()} for _turn in range(ROUNDS)],
        "word and filters": [
            {"q": some(common), "index": lines[0].index, "year": "2025", "person": "vaicekone"}
            for _turn in range(ROUNDS)
        ],
        "nothing asked": [{} for _turn in range(ROUNDS)],
    }


def measure(client: Any, queries: list[dict[str, str]]) -> dict[str, float]:
    """Time of the whole page as it passed, and the processor time of web and database for a page."""
    from django.db import connection
    from django.urls import reverse

    url, taken = reverse("archive:search"), []
    for query in queries[:3]:
        client.get(url, query)
    spent, of_server = time.process_time(), server_time(connection)
    for query in queries:
        began = time.perf_counter()
        answer = client.get(url, query)
        taken.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200
    spent = time.process_time() - spent + server_time(connection) - of_server
    return {
        "p50": round(statistics.median(taken), 1),
        "p95": round(statistics.quantiles(taken, n=20, method="inclusive")[18], 1),
        "processor": round(spent * 1000 / len(queries), 1),
    }


def server_time(connection: Any) -> float:
    """Processor seconds of our own server process."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alytus_ryšiai.settings")
    django.setup()
    from django.core.management import call_command
    from django.test import Client

    from archive.models import Plan, PlanLine, RetentionIndex
    from bench.lithuanian import Writer

    count = int(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS
    for command in ("migrate", "sync_office", "sync_retention"):
        call_command(command, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    users = people()
    index = RetentionIndex.objects.first()
    closes_on = datetime.date(2026, 3, 1)
    plan = Plan.objects.create(year=2025, retention_index=index, closes_on=closes_on)
    point = index.points.first()
    lines = [
        PlanLine.objects.create(plan=plan, index=f"5.{n}", heading=f"Byla {n}", point=point)
        for n in range(1, 9)
    ]
    writer = Writer()
    began = time.perf_counter()
    fill(writer, count, lines)
    filled = round(time.perf_counter() - began)
    queries, found, met = asked(writer, lines), {}, True
    print(f"{count} documents of {PAGES} pages, filled in {filled} s; milliseconds of the whole page:")
    for who, user in users.items():
        client = Client(SERVER_NAME="localhost")
        client.force_login(user)
        for name, typed in queries.items():
            times = found[f"{who}: {name}"] = measure(client, typed)
            is_met = times["processor"] <= GOALS[name]
            met = met and is_met
            print(f"  {who:10} {name:17} p50 {times['p50']:7} p95 {times['p95']:7} processor {times['processor']:7} goal {GOALS[name]:4} {'' if is_met else 'NO'}")  # fmt: skip
    print(json.dumps({"documents": count, "search": found, "met": met}))


def people() -> dict[str, Any]:
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group

    found = {}
    for role in ("archivist", "specialist"):
        user = get_user_model().objects.create_user(username=role, first_name="Vardė", last_name=role.title())
        user.groups.add(Group.objects.get(name=role))
        found[role] = user
    return found


if __name__ == "__main__":
    main()
