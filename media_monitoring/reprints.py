"""Which texts are one: reprints of an agency or of our own release, cut, edited, quoted, under another headline.

A text is its runs of three words, as numbers (shingles). Every fourth number goes into inverted lists; a text that
shares some is compared in full, and is the same when a quarter of the shorter one stands in the longer, and not only
at its two ends, where an outlet says its usual words. Less than half must stand in order, and some of it must be had by
few others: sentences that many write meet by chance. Texts that are one make a group; what stands in very many groups
is not looked up, while a release that everybody prints stays one group and is found to the last.

Measured beside MinHash, simhash and trigrams: only containment finds texts that were cut or quoted.
"""

from __future__ import annotations

import datetime
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Protocol

from django.db import connection

RUN = 3  # words
SAMPLE = 4  # every fourth number, by its value: the same ones in every text
NEED = 2  # shared samples that make a candidate
SAME = 0.25  # of the shorter text
LEAST = 6  # shared shingles: a shorter likeness is a turn of phrase
COMMON = 60  # in more groups than this a shingle is not looked up
FRAME = 60  # shingles: the same first and last words, which say nothing unless they are longer
MOST = 0.6  # or most of the shorter text
INSIDE = 0.15  # of the rest of the shorter text must be the same then
HALF = 0.5  # of the shorter text: then the two below do not matter
IN_ORDER = 26  # shingles, two sentences: so much at least must stand in its order
FEW = 2  # groups: of what is shared, some must be had by no more, or it is what many write
DRIFT = 60  # words by which what was put in or left out between may move them
SHORT = 20  # words: a body shorter than this is taken with its headline
WINDOW = datetime.timedelta(days=30)
_words = re.compile(r"\w+").findall


def shingles(title: str, body: str) -> list[int]:
    """The text's numbers in their order; quotes, dashes and capitals do not count."""
    words = _words(body.lower())
    if len(words) < SHORT:
        words = _words(title.lower()) + words
    runs = (" ".join(words[at : at + RUN]).encode() for at in range(max(1, len(words) - RUN + 1)))
    return [zlib.crc32(run) - 2**31 for run in runs] if words else []


def sampled(numbers: Iterable[int]) -> list[int]:
    return [number for number in dict.fromkeys(numbers) if number % SAMPLE == 0]


@dataclass(frozen=True)
class Match:
    """A text that is the same: how much of the new one stands in it, and how much of it in the new one."""

    id: Any
    of_new: float
    of_old: float

    @property
    def likeness(self) -> float:
        return max(self.of_new, self.of_old)


@dataclass(frozen=True)
class Kept:
    """A text the store has: its shingles, the group it belongs to, and how many shared samples few groups have."""

    shingles: list[int]
    group: int
    rare: int = 0


class Store(Protocol):
    """Where fingerprints are kept."""

    def look_up(self, samples: list[int], but: Any) -> dict[Any, Kept]:
        """Texts that share enough samples."""

    def keep(self, key: Any, numbers: list[int], group: int | None) -> None:
        """Keep the text, in place of what was kept under its key; without a group, as the first of a new one."""


class MemoryStore:
    def __init__(self) -> None:
        self.lists: dict[int, dict[Hashable, int]] = defaultdict(dict)  # sample: text: group
        self.texts: dict[Hashable, Kept] = {}
        self.groups = 0

    def look_up(self, samples: list[int], but: Any) -> dict[Any, Kept]:
        counted: Counter[Hashable] = Counter()
        rare: Counter[Hashable] = Counter()
        for sample in samples:
            holders = self.lists.get(sample, {})
            groups = len(set(holders.values())) if len(holders) > FEW else 0
            if groups <= COMMON:
                counted.update(holders.keys())
            if groups <= FEW:
                rare.update(holders.keys())
        near = [key for key, count in counted.items() if count >= NEED and key != but]
        return {key: replace(self.texts[key], rare=rare[key]) for key in near}

    def keep(self, key: Any, numbers: list[int], group: int | None) -> None:
        if old := self.texts.get(key):
            for sample in sampled(old.shingles):
                self.lists[sample].pop(key, None)
        if group is None:
            self.groups += 1
            group = self.groups
        self.texts[key] = Kept(numbers, group)
        for sample in sampled(numbers):
            self.lists[sample][key] = group


class PostgresStore:
    """Texts published around the moment; keys are strings."""

    def __init__(self, published_at: datetime.datetime, window: datetime.timedelta = WINDOW) -> None:
        self.published_at, self.window = published_at, window

    def look_up(self, samples: list[int], but: Any) -> dict[Any, Kept]:
        around = [self.published_at - self.window, self.published_at + self.window]
        with connection.cursor() as cursor:
            cursor.execute(
                """
                WITH held AS MATERIALIZED (
                    SELECT value, array_agg(fingerprint_id) AS texts, count(DISTINCT "group") AS groups
                    FROM media_monitoring_shingle WHERE value = ANY(%s::int[]) GROUP BY value
                ), near AS (
                    SELECT text, count(*) FILTER (WHERE groups <= %s) AS rare
                    FROM held CROSS JOIN unnest(texts) AS text WHERE groups <= %s
                    GROUP BY text HAVING count(*) >= %s
                )
                SELECT key, shingles, "group", rare FROM media_monitoring_fingerprint JOIN near ON text = id
                WHERE key <> %s AND published_at BETWEEN %s AND %s
                """,
                [samples, FEW, COMMON, NEED, str(but), *around],
            )
            return {key: Kept(*found) for key, *found in cursor.fetchall()}

    def keep(self, key: Any, numbers: list[int], group: int | None) -> None:
        from media_monitoring.models import Fingerprint  # noqa: PLC0415 -- memory needs no models

        forget(str(key))
        row = Fingerprint.objects.create(
            key=str(key), published_at=self.published_at, shingles=numbers, group=group or 0
        )
        if group is None:
            row.group = row.pk
            row.save(update_fields=["group"])
        with connection.cursor() as cursor:
            cursor.execute(
                'INSERT INTO media_monitoring_shingle (value, fingerprint_id, "group") SELECT unnest(%s::int[]), %s, %s',
                [sampled(numbers), row.pk, row.group],
            )


def forget(key: str) -> None:
    _delete("key = %s", key)


def forget_before(moment: datetime.datetime) -> int:
    """Texts nothing new can be near to."""
    return _delete("published_at < %s", moment)


def _delete(where: str, value: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH gone AS (SELECT id FROM media_monitoring_fingerprint WHERE {where})
            DELETE FROM media_monitoring_shingle USING gone WHERE fingerprint_id = gone.id
            """,
            [value],
        )
        cursor.execute(f"DELETE FROM media_monitoring_fingerprint WHERE {where}", [value])
        return cursor.rowcount


class Detector:
    """Says of each text added which of the texts before it are the same."""

    def __init__(self, store: Store | None = None) -> None:
        self.store: Store = MemoryStore() if store is None else store

    def add(self, id: Any, title: str, body: str) -> list[Any]:
        """Keep the text; the ids of those it reprints or is reprinted by, the likest first."""
        return [match.id for match in self.compare(id, title, body)]

    def compare(self, id: Any, title: str, body: str) -> list[Match]:
        """Keep the text; the texts it is one with, the likest first."""
        numbers = shingles(title, body)
        near = self.store.look_up(sampled(numbers), id)
        judged = (_judged(key, numbers, old) for key, old in near.items())
        matches = sorted(filter(None, judged), key=lambda match: (-match.likeness, str(match.id)))
        self.store.keep(id, numbers, near[matches[0].id].group if matches else None)
        return matches


def contained(whole: list[int], part: list[int]) -> float:
    """How much of the part stands in the whole."""
    return len(set(whole) & set(part)) / len(set(part)) if part else 0.0


def _judged(key: Any, new: list[int], kept: Kept) -> Match | None:
    old = kept.shingles
    of_new, of_old = set(new), set(old)
    shorter = min(len(of_new), len(of_old))
    shared = len(of_new & of_old)
    if shared < LEAST or shared < SAME * shorter:
        return None
    if shared < HALF * shorter and (kept.rare < NEED or _in_order(new, old) < IN_ORDER):
        return None
    first, last = _agreeing(new, old), _agreeing(reversed(new), reversed(old))
    if 0 < first + last <= FRAME and first + last < MOST * shorter:
        inside = len(set(new[first : len(new) - last]) & set(old[first : len(old) - last]))
        if inside < LEAST or inside < INSIDE * (shorter - first - last):
            return None
    return Match(key, shared / len(of_new), shared / len(of_old))


def _in_order(new: list[int], old: list[int]) -> int:
    """How many shared ones stand about as far from one another in both: sentences met by chance stand anywhere."""
    at = {number: place for place, number in enumerate(old)}
    shifts = sorted(place - at[number] for place, number in enumerate(new) if number in at)
    most = first = 0
    for last, shift in enumerate(shifts):
        while shift - shifts[first] > DRIFT:
            first += 1
        most = max(most, last - first + 1)
    return most


def _agreeing(new: Iterable[int], old: Iterable[int]) -> int:
    """How many of the first ones are the same."""
    count = 0
    for one, other in zip(new, old, strict=False):
        if one != other:
            break
        count += 1
    return count
