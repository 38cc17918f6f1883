"""Reading the hunspell dictionary backwards: from a form to the roots it may come from.

The vendored hunspell-lt lists a verb's three roots (kalba, kalbėjo, kalbėti) apart; they are joined here to
the infinitive by the prefix flags they share. A derivational prefix stays on the root, negation does not.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "dictionaries" / "hunspell-lt-2.0.0"
VERB_ROOT_FLAGS = frozenset("TRW")
VERB_FORM_FLAGS = frozenset("EPOYTRWS")
VERB_FLAGS = frozenset("EPOY")
REFLEXIVE_FLAGS = frozenset("RO")
PREFIX_FLAGS = frozenset("abcdefghijklmopqrtuvwx")  # the three roots of one verb share them
LONGEST_PREFIX = 8


class Affix(NamedTuple):
    """One way an ending (or a beginning) is put on: its flag, what it replaces, and on which roots."""

    flag: str
    strip: str
    condition: re.Pattern[str] | None


class Dictionary:
    """Affixes by what they add, and words with their flags."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.suffixes: dict[str, list[Affix]] = defaultdict(list)
        self.prefixes: dict[str, list[Affix]] = defaultdict(list)
        self.flags: dict[str, str] = {}
        self._read_affixes(folder / "lt.aff")
        self._read_words(folder / "lt.dic")
        self.longest_suffix = max(map(len, self.suffixes))
        self.infinitives = frozenset(
            word for word, flags in self.flags.items() if word.endswith("ti") and VERB_ROOT_FLAGS & set(flags)
        )
        self.infinitives_by_letter: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self.infinitives):
            self.infinitives_by_letter[word[0]].append(word)

    def _read_affixes(self, path: Path) -> None:
        for line in path.read_text(encoding="utf-8").splitlines():
            parts = line.split()
            if len(parts) < 5 or parts[0] not in {"SFX", "PFX"}:
                continue
            strip = "" if parts[2] == "0" else parts[2]
            added = "" if parts[3] == "0" else parts[3].split("/")[0]
            is_suffix = parts[0] == "SFX"
            pattern = None
            if parts[4] != ".":
                pattern = re.compile(f"(?:{parts[4]})$" if is_suffix else f"^(?:{parts[4]})")
            (self.suffixes if is_suffix else self.prefixes)[added].append(Affix(parts[1], strip, pattern))

    def _read_words(self, path: Path) -> None:
        with path.open(encoding="utf-8") as lines:
            next(lines)
            for line in lines:
                word, _slash, flags = line.strip().partition("/")
                self.flags[word] = self.flags.get(word, "") + flags

    def roots(self, word: str) -> list[tuple[str, str]]:
        """(root, flag of the ending) for every way the word may end."""
        found = [(word, "")] if word in self.flags else []
        for length in range(min(self.longest_suffix, len(word) - 1) + 1):
            stem = word[: len(word) - length]
            added = word[len(word) - length :]
            for affix in self.suffixes.get(added, ()):
                if not added and not affix.strip:
                    continue
                root = stem + affix.strip
                flags = self.flags.get(root)
                if (
                    flags
                    and affix.flag in flags
                    and (affix.condition is None or affix.condition.search(root))
                ):
                    found.append((root, affix.flag))
        return found

    def analyse(self, word: str) -> list[tuple[str, str, str]]:
        """(prefix, root, flag of the ending) for every reading of the word."""
        found = [("", root, flag) for root, flag in self.roots(word)]
        for length in range(1, min(LONGEST_PREFIX + 1, len(word) - 2)):
            beginning = word[:length]
            if beginning not in self.prefixes:
                continue
            rest = self.roots(word[length:])
            for affix in self.prefixes[beginning]:
                found += [
                    (beginning, root, flag)
                    for root, flag in rest
                    if affix.flag in self.flags[root]
                    and (affix.condition is None or affix.condition.search(root))
                ]
        return found


@lru_cache(maxsize=1)
def dictionary() -> Dictionary:
    """The one dictionary of this process; read before processes fork, so that they share it."""
    return Dictionary()
