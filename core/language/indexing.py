"""What an index holds of a text: keys of its words and where they stand; and the snippet around what was looked for.

A lexeme is a key of `core.language.keys`. Keys that only a wider reading gives are kept beside with a plus, so that the
"wider" switch asks the same index.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from snowballstemmer import stemmer

from core.language.declension import decline
from core.language.folding import tokens
from core.language.keys import NORMALISER_VERSION, keys
from core.language.queries import LONGEST_WORD, quote

INDEX_VERSION = NORMALISER_VERSION * 10 + 1  # rows carry it; a change of what is put into the index counts up
WIDER = "+"  # before a key that only the wider reading gives
MOST_POSITIONS = 16_000
LONGEST_MARKED = 20_000  # letters of a text in which words are marked
MOST_PLACES = 250  # of one lexeme; PostgreSQL keeps 256
CASES = ("nominative", "genitive", "dative", "accusative", "instrumental", "locative", "vocative")
WORDS = re.compile(r"\w+")
_stemmer = stemmer("lithuanian")


@lru_cache(maxsize=200_000)
def stem(folded: str) -> str:
    return _stemmer.stemWord(folded)


@lru_cache(maxsize=200_000)
def lexemes(word: str, wide: bool = False) -> frozenset[str]:
    """Keys of a written word, as it stands and as it would inside a sentence."""
    return frozenset(keys(word, wide) | keys(word.lower(), wide))


@lru_cache(maxsize=200_000)
def indexed(word: str) -> tuple[str, ...]:
    """All that is put into the index for a written word."""
    exact = lexemes(word)
    return (*exact, *(WIDER + key for key in lexemes(word, wide=True) - exact))


def of_name(word: str) -> set[str]:
    """Keys of a name no dictionary has, in all its cases."""
    forms = {decline(word, gender, case, is_name=True) for gender in "fm" for case in CASES}
    return set().union(*(lexemes(form) for form in forms))


@dataclass
class Indexed:
    """Where each lexeme of a text stands, and its words."""

    title_ends: int = 0
    places: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    words: set[str] = field(default_factory=set)

    @property
    def vector(self) -> str:
        """As PostgreSQL reads a tsvector: words of the title weigh A."""
        return " ".join(
            f"{quote(key)}:{','.join(f'{place}A' if place <= self.title_ends else str(place) for place in at)}"
            for key, at in self.places.items()
        )


def read_words(title: str, text: str) -> Indexed:
    """What search knows of a text and its title."""
    read = Indexed()
    position = 0
    for number, part in enumerate((title, text)):
        for token in tokens(part):
            word = token[:LONGEST_WORD]
            position += 1
            if position > MOST_POSITIONS:
                break
            read.words.add(word.lower())
            for lexeme in indexed(word):
                at = read.places[lexeme]
                if len(at) < MOST_PLACES:
                    at.append(position)
        if number == 0:
            read.title_ends = position
        position += 1  # a phrase does not run from the title into the text
    return read


def marked(text: str, marks: set[str]) -> list[tuple[str, bool]]:
    """The whole text as pieces: (text, whether it was looked for)."""
    return _pieces(text, 0, len(text), marks)


def _pieces(text: str, start: int, end: int, marks: set[str]) -> list[tuple[str, bool]]:
    pieces: list[tuple[str, bool]] = []
    at = start
    for left, right in _hits(text, marks, start, end):
        pieces += [(text[at:left], False), (text[left:right], True)]
        at = right
    return [piece for piece in [*pieces, (text[at:end], False)] if piece[0]]


def _hits(text: str, marks: set[str], start: int, end: int) -> Iterator[tuple[int, int]]:
    if marks:
        for match in WORDS.finditer(text, start, min(end, LONGEST_MARKED)):
            if not marks.isdisjoint(indexed(match.group())):
                yield match.span()


def snippet(text: str, marks: set[str], *, longest: int = 300) -> list[tuple[str, bool]]:
    """At most so many letters around the first hit, as pieces: (text, whether it was looked for)."""
    text = " ".join(text.split())
    left = next(_hits(text, marks, 0, len(text)), (0, 0))[0]
    start = max(0, left - 80)
    if start:
        start = text.find(" ", start) + 1
    end = min(len(text), start + longest - 2)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + 1)
    before, after = "…" if start else "", "…" if end < len(text) else ""
    return [
        piece for piece in [(before, False), *_pieces(text, start, end, marks), (after, False)] if piece[0]
    ]
