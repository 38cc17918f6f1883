"""Typing without diacritics: taking marks off, and putting them back from the words that were indexed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*", re.UNICODE)
# Letters that do not decompose into a base letter and a mark.
OTHER_LETTERS = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"}
)


def fold(text: str) -> str:
    """Lower case without marks: "Łączyński" → "laczynski". Other scripts are only lowered."""
    lowered = unicodedata.normalize("NFKD", text.lower())
    return unicodedata.normalize(
        "NFC", "".join(c for c in lowered if not unicodedata.combining(c))
    ).translate(OTHER_LETTERS)


def tokens(text: str) -> list[str]:
    """The words of a text in their order; a soft hyphen or stress mark does not split a word."""
    text = unicodedata.normalize("NFC", text.replace("\u00ad", ""))
    text = re.sub("[\u0300\u0301\u0303]", "", text)  # stress marks no foreign letter has
    return WORD.findall(text)


def unfold(word: str, vocabulary: Mapping[str, Iterable[str]] | Iterable[str]) -> set[str]:
    """The words of the vocabulary that the typed word may stand for, with the marks put back.

    `vocabulary` is either a mapping from a folded form to its words, or the words themselves. A word typed
    with marks means itself. A word nobody indexed comes back as it is.
    """
    plain = fold(word)
    if plain != word.lower():
        return {word.lower()}
    if isinstance(vocabulary, Mapping):
        found = {known.lower() for known in vocabulary.get(plain, ())}
    else:
        found = {known.lower() for known in vocabulary if fold(known) == plain}
    return found | {word.lower()}
