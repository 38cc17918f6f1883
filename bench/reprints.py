"""Reprints among other texts: cut, edited, quoted, under another headline. Precision, recall and speed, in memory and in PostgreSQL.

Twice: among texts written apart, and among texts whose sentences come from one small pool, so that thousands of pairs share
whole sentences by chance and are not reprints.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from typing import Any

import django

BASE = 4000  # texts; of each ten four are reprinted
RESERVED = 40  # outlets with two closing sentences of their own, on every third text
GOALS = {"edited": 0.99, "cut": 0.99, "excerpt": 0.95, "short": 0.95}
PRECISION = 0.99
POOL = 4600  # sentences of which texts are made that share whole sentences by chance, a word or two replaced


def texts(count: int, seed: int = 7, pool: int = 0) -> list[tuple[str, str, str, str, str]]:
    """(id, headline, body, what it is, id of its source) in the order in which they come."""
    from bench.lithuanian import Writer

    writer = Writer(seed, pool=pool)
    luck = writer.random
    closings = [writer.sentences(2) for _outlet in range(RESERVED)]
    bodies: dict[str, list[str]] = {}
    found = []

    def take(kind: str, sentences: list[str], source: str = "") -> None:
        name = f"{kind}-{len(found)}"
        body = [*sentences, *luck.choice(closings)] if luck.random() < 1 / 3 else sentences
        found.append((name, writer.headline(), " ".join(body), kind, source))
        bodies[name] = sentences

    def changed(sentences: list[str], share: float) -> list[str]:
        """So many of them mended or written anew, half and half."""
        chosen = set(luck.sample(range(len(sentences)), round(share * len(sentences))))
        return [
            (writer.edited(one) if luck.random() < 0.5 else writer.sentence()) if at in chosen else one
            for at, one in enumerate(sentences)
        ]

    for number in range(count):
        take("base", writer.sentences(luck.randint(4, 6) if number % 10 == 9 else luck.randint(9, 22)))
        source = found[-1][0]
        turn = number % 10
        if turn in (0, 1, 2):
            take("edited", changed(bodies[source], luck.choice((0.1, 0.3, 0.6))), source)
        elif turn == 3:
            part = round(0.4 * len(bodies[source])) + 1
            start = luck.randrange(len(bodies[source]) - part + 1)
            take("cut", changed(bodies[source][start : start + part], 0.2), source)
        elif turn == 4:
            start = luck.randrange(len(bodies[source]) - 5 + 1)
            quoted = bodies[source][start : start + 5]
            take("excerpt", [*writer.sentences(luck.randint(4, 8)), *quoted, *writer.sentences(3)], source)
        elif turn == 9:
            take("short", changed(bodies[source], 0.3), source)
    return found


def measure(detector: Any, rows: list[tuple[str, str, str, str, str]]) -> dict[str, Any]:
    source_of = {name: source or name for name, _title, _body, _kind, source in rows}
    hits: Counter[str] = Counter()
    pairs = right = 0
    began = time.perf_counter()
    worked = time.process_time()
    for name, title, body, kind, source in rows:
        found = detector.add(name, title, body)
        pairs += len(found)
        right += sum(source_of[one] == source_of[name] for one in found)
        if source:
            hits[kind] += source in found
    totals = Counter(kind for _name, _title, _body, kind, source in rows if source)
    return {
        "texts": len(rows),
        "precision": round(right / max(1, pairs), 4),
        "recall": {kind: round(hits[kind] / totals[kind], 4) for kind in sorted(totals)},
        "texts_per_s": round(len(rows) / (time.perf_counter() - began)),
        "worker_ms": round(1000 * (time.process_time() - worked) / len(rows), 2),
    }


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alytus_ryšiai.settings")
    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from media_monitoring.models import Fingerprint, Shingle
    from media_monitoring.reprints import Detector, PostgresStore

    call_command("migrate", verbosity=0)
    count = int(sys.argv[1]) if len(sys.argv) > 1 else BASE
    figures, met = {}, True
    for name, rows in (("apart", texts(count)), ("by chance", texts(count, pool=POOL))):
        here = [measure(Detector(), rows), measure(Detector(PostgresStore(timezone.now())), rows)]
        figures |= {f"{name}, memory": here[0], f"{name}, postgresql": here[1]}
        met = met and all(here[0][what] == here[1][what] for what in ("recall", "precision"))
        Fingerprint.objects.all().delete()
        Shingle.objects.all().delete()
    for name, one in figures.items():
        met = met and one["precision"] >= PRECISION
        met = met and all(one["recall"][kind] >= goal for kind, goal in GOALS.items())
        print(
            f"{name:<21} {one['texts']} texts, precision {one['precision']:.4f}, recall "
            + ", ".join(f"{kind} {share:.4f}" for kind, share in one["recall"].items())
            + f"; {one['texts_per_s']} a second, worker {one['worker_ms']} ms"
        )
    print(json.dumps({**figures, "met": met}))


if __name__ == "__main__":
    main()
