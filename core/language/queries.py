"""A typed query in keys, and how it is told from a text: the same object for search fields, saved queries and alerts.

`Query.tsquery` is what PostgreSQL evaluates, `Query.matches` the same in memory over the places of one text; a test
holds them equal. `Matcher` tells which of a thousand queries a text answers: each query waits at its rarest keys.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from core.language.folding import tokens

Places = Mapping[str, list[int]]  # lexeme → where it stands
Phrase = tuple[frozenset[str], ...]  # words that follow one another, each by its alternatives
LONGEST_WORD = 60
MOST_WORDS = 24
PART = re.compile(r'(-?)(?:["„“”]([^"„“”]+)["„“”]?|(\S+))')


@dataclass(frozen=True)
class Part:
    """One piece of what was typed: a word or a "phrase"; refused, or another choice beside the piece before it."""

    words: tuple[str, ...]
    is_refused: bool = False
    is_choice: bool = False


def parts_of(text: str) -> list[Part]:
    """Pieces of a query: words and "phrases", -refused ones, and `one | other`."""
    found: list[Part] = []
    either = False
    left = MOST_WORDS
    for minus, phrase, word in PART.findall(text.replace("\x00", "")):
        if word == "|" and not minus:
            either = bool(found)
            continue
        for place, piece in enumerate([phrase] if phrase else word.split("|")):
            either = either or place > 0
            words = tuple(one[:LONGEST_WORD] for one in tokens(piece))[:left]
            if words:
                is_choice = either and bool(found) and not found[-1].is_refused and not minus
                found.append(Part(words, bool(minus), is_choice))
                left -= len(words)
                either = False
    return found


def quote(lexeme: str) -> str:
    """As PostgreSQL reads a lexeme."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def _phrase(phrase: Phrase, weight: str) -> str:
    words = ["(" + " | ".join(sorted(quote(key) + weight for key in word)) + ")" for word in phrase]
    return "(" + " <-> ".join(words) + ")"


@dataclass(frozen=True)
class Query:
    """All of `wanted` (each: any of its phrases), none of `refused`."""

    wanted: tuple[tuple[Phrase, ...], ...] = ()
    refused: tuple[Phrase, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted or self.refused)

    @classmethod
    def of(cls, parts: Iterable[Part], known: Mapping[str, Iterable[str]]) -> Query:
        """`known` gives the keys each typed word stands for."""
        wanted: list[list[Phrase]] = []
        refused: list[Phrase] = []
        for part in parts:
            phrase = tuple(frozenset(known[word]) for word in part.words)
            if part.is_refused:
                refused.append(phrase)
            elif part.is_choice and wanted:
                wanted[-1].append(phrase)
            else:
                wanted.append([phrase])
        return cls(tuple(tuple(group) for group in wanted), tuple(refused))

    @property
    def marks(self) -> set[str]:
        """Keys to mark in snippets."""
        return {key for group in self.wanted for phrase in group for word in phrase for key in word}

    def tsquery(self, *, titles_only: bool = False) -> str:
        """As PostgreSQL reads it; "" when nothing of it can be looked for."""
        weight = ":A" if titles_only else ""
        groups = self.groups(weight)
        return " & ".join([*groups, *("!" + _phrase(phrase, weight) for phrase in self.refused)])

    def groups(self, weight: str = "") -> list[str]:
        """Each wanted word or phrase by itself: of a text kept by pages one may stand on one page, one on another."""
        return ["(" + " | ".join(_phrase(phrase, weight) for phrase in group) + ")" for group in self.wanted]

    def refusals(self) -> list[str]:
        """Each refused word or phrase by itself."""
        return [_phrase(phrase, "") for phrase in self.refused]

    def matches(self, places: Places) -> bool:
        """Whether the text with these places answers."""
        return (
            bool(self)
            and all(any(_stands(phrase, places) for phrase in group) for group in self.wanted)
            and not any(_stands(phrase, places) for phrase in self.refused)
        )

    def gate(self, frequency: Callable[[str], float]) -> frozenset[str]:
        """The rarest keys of which an answering text surely has one."""
        gates = [
            frozenset().union(*(min(phrase, key=lambda word: sum(map(frequency, word))) for phrase in group))
            for group in self.wanted
        ]
        return min(gates, key=lambda gate: sum(map(frequency, gate)), default=frozenset())

    def as_json(self) -> dict[str, Any]:
        return {
            "wanted": [[[sorted(word) for word in phrase] for phrase in group] for group in self.wanted],
            "refused": [[sorted(word) for word in phrase] for phrase in self.refused],
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Query:
        def phrase(words: list[list[str]]) -> Phrase:
            return tuple(frozenset(word) for word in words)

        return cls(
            tuple(tuple(phrase(one) for one in group) for group in kept["wanted"]),
            tuple(phrase(one) for one in kept["refused"]),
        )


def _stands(phrase: Phrase, places: Places) -> bool:
    """Whether the words follow one another somewhere."""
    if len(phrase) == 1:
        return not places.keys().isdisjoint(phrase[0])
    ends: set[int] = set()
    for number, word in enumerate(phrase):
        here = {place for key in word for place in places.get(key, ())}
        ends = {place for place in here if place - 1 in ends} if number else here
        if not ends:
            return False
    return True


class Matcher:
    """Which of many queries a text answers: looked up by the keys it has, then verified whole."""

    def __init__(self, frequency: Callable[[str], float] = lambda key: 1.0) -> None:
        self.frequency = frequency
        self.queries: dict[int, Query] = {}
        self._gates: dict[int, frozenset[str]] = {}
        self._waiting: dict[str, set[int]] = defaultdict(set)

    def put(self, pk: int, query: Query) -> None:
        """Add or replace; a query that only refuses waits nowhere and answers nothing."""
        self.drop(pk)
        self.queries[pk] = query
        self._gates[pk] = query.gate(self.frequency)
        for key in self._gates[pk]:
            self._waiting[key].add(pk)

    def drop(self, pk: int) -> None:
        self.queries.pop(pk, None)
        for key in self._gates.pop(pk, ()):
            self._waiting[key].discard(pk)

    def match(self, places: Places) -> set[int]:
        met: set[int] = set().union(*(self._waiting[key] for key in places if key in self._waiting))
        return {pk for pk in met if self.queries[pk].matches(places)}
