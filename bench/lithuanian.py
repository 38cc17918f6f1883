"""Invented Lithuanian text of realistic statistics: inflected dictionary words by Zipf's law, the office's formulas, sentences."""

from __future__ import annotations

import random
from collections import defaultdict
from itertools import accumulate

from core.language.morphology import dictionary

FORMULAS = (
    "Alytaus miesto savivaldybės administracijos direktorius",
    "Alytaus miesto savivaldybės taryba",
    "Alytaus miesto savivaldybės meras",
    "Kaip pranešė savivaldybės ryšių su visuomene skyrius",
    "Lietuvos savivaldybių asociacijos",
    "Europos Sąjungos lėšomis finansuojamo projekto",
    "pirmadienio rytą Alytaus apskrities vyriausiajame policijos komisariate",
)
SMALL = "ir į iš su kad bei per nuo ne jau tik buvo yra apie už po prie dėl kaip tai bet šį".split()


class Writer:
    """Writes the same texts for the same seed; with a pool, each sentence is one of so many, a word or two replaced."""

    def __init__(self, seed: int = 1, vocabulary: int = 60_000, pool: int = 0) -> None:
        self.random = random.Random(seed)
        self.words = [*SMALL, *self._forms(vocabulary)]
        self.weights = list(accumulate(1 / (rank + 3) for rank in range(len(self.words))))
        self.pool: list[str] = []
        self.pool = self.sentences(pool)

    def _forms(self, count: int) -> list[str]:
        known = dictionary()
        endings = defaultdict(list)
        for added, affixes in known.suffixes.items():
            for affix in affixes:
                endings[affix.flag].append((added, affix))
        roots = sorted(root for root in known.flags if len(root) > 2)
        self.random.shuffle(roots)
        forms: dict[str, None] = {}
        for root in roots:
            forms[root] = None
            for flag in sorted(set(known.flags[root])):
                fitting = [
                    root[: len(root) - len(affix.strip)] + added
                    for added, affix in endings[flag]
                    if root.endswith(affix.strip) and (not affix.condition or affix.condition.search(root))
                ]
                forms.update(dict.fromkeys(self.random.sample(fitting, min(3, len(fitting)))))
            if len(forms) >= count:
                break
        found = list(forms)[:count]
        self.random.shuffle(found)
        return found

    def some_words(self, count: int) -> list[str]:
        return self.random.choices(self.words, cum_weights=self.weights, k=count)

    def sentence(self) -> str:
        """Seven to twenty-two words; every fourth sentence with a formula of the office."""
        if self.pool:
            return self.edited(self.random.choice(self.pool))
        words = self.some_words(self.random.randint(7, 22))
        if self.random.random() < 0.25:
            words.insert(self.random.randrange(len(words)), self.random.choice(FORMULAS))
        text = " ".join(words)
        return text[0].upper() + text[1:] + "."

    def sentences(self, count: int) -> list[str]:
        return [self.sentence() for _turn in range(count)]

    def headline(self) -> str:
        return " ".join(self.some_words(self.random.randint(5, 9))).capitalize()

    def edited(self, sentence: str) -> str:
        """The sentence as a colleague would mend it: a word or three replaced, dropped or put in."""
        words = sentence.split()
        for _turn in range(self.random.randint(1, 3)):
            at = self.random.randrange(len(words))
            new = self.some_words(1)
            act = self.random.random()
            words[at : at + 1] = (
                new if act < 0.6 else [] if act < 0.8 and len(words) > 4 else [words[at], *new]
            )
        return " ".join(words)
