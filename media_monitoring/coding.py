"""What the codings tell by arithmetic: the agreement of two coders, and the small model that proposes a tone.

The model is naive Bayes over the keys of words (any form is one key): a table of counts, which needs no library of a
hundred megabytes. It learns only from people's codings that are in force and is measured on articles it has not seen,
reprints of one text kept together; below the office's norm of codings per tone it does not learn, and while it is no
better than always saying the commonest tone it keeps silent.
"""

from __future__ import annotations

import json
import math
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from core import deadlines
from core.language import keys, tokens
from media_monitoring.choices_desk import Tone
from media_monitoring.models import Article, Coding, Proposal, ToneModel

FOLDS = 5
LONGEST = 600  # words of an article that are read
MOST_CODINGS = 20_000
PROPOSED_AT_ONCE = 500


def krippendorff_alpha(pairs: Iterable[Sequence[str]]) -> float | None:
    """Krippendorff's alpha for nominal values: 1 when all agree, 0 when no better than chance; None without a measure.

    Each element holds what different coders said of one thing; things said once tell nothing.
    """
    units = [list(unit) for unit in pairs if len(unit) > 1]
    totals = Counter(value for unit in units for value in unit)
    n = sum(totals.values())
    if n < 2 or len(totals) < 2:
        return None
    observed = 0.0
    for unit in units:
        counts = Counter(unit)
        same = sum(count * (count - 1) for count in counts.values())
        observed += (len(unit) * (len(unit) - 1) - same) / (len(unit) - 1)
    expected = (n * n - sum(count * count for count in totals.values())) / (n - 1)
    return 1 - observed / expected


def agreement() -> dict[str, Any]:
    """Alpha of tone and of fact or opinion over articles two people have read, and how many those are."""
    seconds = Coding.objects.filter(is_second=True).values("article")
    rows = Coding.objects.filter(article__in=seconds).values_list("article", "tone", "genre")
    tones: dict[int, list[str]] = {}
    genres: dict[int, list[str]] = {}
    for article, tone, genre in rows:
        tones.setdefault(article, []).append(tone)
        genres.setdefault(article, []).append(genre)
    return {
        "count": len(tones),
        "tone": krippendorff_alpha(tones.values()),
        "genre": krippendorff_alpha(genres.values()),
    }


def words_of(article: Article) -> frozenset[str]:
    """The article's words as keys, each in one way whatever its ending, counted once."""
    words = list(tokens(f"{article.title} {article.text or article.lead}"))[:LONGEST]
    return frozenset(min(readings) for word in words if len(word) > 2 and (readings := keys(word.lower())))


@dataclass(frozen=True)
class Bayes:
    """Multinomial naive Bayes: how often each tone's articles have each word. Small enough to be read by a person."""

    priors: dict[str, float]
    words: dict[str, dict[str, float]]
    unknown: dict[str, float]

    @classmethod
    def of(cls, texts: Sequence[frozenset[str]], tones: Sequence[str]) -> Bayes:
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        articles = Counter(tones)
        for text, tone in zip(texts, tones, strict=True):
            counts[tone].update(text)
        vocabulary = {word for found in counts.values() for word in found}
        priors, words, unknown = {}, {}, {}
        for tone, found in counts.items():
            total = sum(found.values()) + len(vocabulary) + 1
            priors[tone] = math.log(articles[tone] / len(tones))
            unknown[tone] = math.log(1 / total)
            words[tone] = {word: math.log((count + 1) / total) for word, count in found.items()}
        return cls(priors, words, unknown)

    def says(self, text: frozenset[str]) -> tuple[str, float]:
        """The likeliest tone and its share."""
        known = [word for word in text if any(word in found for found in self.words.values())]
        scores = {
            tone: prior + sum(self.words[tone].get(word, self.unknown[tone]) for word in known)
            for tone, prior in self.priors.items()
        }
        best = max(scores, key=lambda tone: (scores[tone], tone))
        return best, 1 / sum(math.exp(max(score - scores[best], -700)) for score in scores.values())

    def as_bytes(self) -> bytes:
        return zlib.compress(json.dumps([self.priors, self.words, self.unknown]).encode())

    @classmethod
    def from_bytes(cls, kept: bytes) -> Bayes:
        return cls(*json.loads(zlib.decompress(kept)))


def accuracy_of(said: Sequence[str], meant: Sequence[str]) -> tuple[float, float]:
    """The share of right answers, and the mean F1 of the tones."""
    right = sum(one == other for one, other in zip(said, meant, strict=True))
    scores = []
    for tone in set(meant):
        hits = sum(one == other == tone for one, other in zip(said, meant, strict=True))
        scores.append(2 * hits / (said.count(tone) + meant.count(tone)))  # type: ignore[attr-defined]
    return right / len(meant), sum(scores) / len(scores)


def needed() -> int:
    """How many codings of a tone the office wants before the model learns it."""
    return int(deadlines.norm("TONE_LEARNS_FROM", timezone.localdate()).value)


def counts() -> dict[str, int]:
    """Codings in force by tone, all tones named."""
    found = Counter(Coding.objects.in_force().values_list("tone", flat=True))
    return {tone: found.get(tone, 0) for tone in Tone.values}


def learn() -> ToneModel | None:
    """Learn anew from the codings in force; None while fewer than two tones have enough of them."""
    enough = [tone for tone, count in counts().items() if count >= needed()]
    if len(enough) < 2:
        return None
    rows = list(
        Coding.objects.in_force()
        .filter(tone__in=enough)
        .select_related("article")
        .order_by("-pk")[:MOST_CODINGS]
    )
    newest = ToneModel.objects.first()
    if newest and newest.samples == len(rows) and newest.trained_at > max(row.updated_at for row in rows):
        return newest  # nothing was coded since
    return _learn(rows, enough)


def _learn(rows: list[Coding], enough: list[str]) -> ToneModel:
    texts = [words_of(row.article) for row in rows]
    tones = [row.tone for row in rows]
    folds = [_fold(row) for row in rows]
    said = [""] * len(rows)
    for fold in range(FOLDS):
        seen = [index for index, mine in enumerate(folds) if mine != fold]
        if not seen:
            continue
        model = Bayes.of([texts[index] for index in seen], [tones[index] for index in seen])
        for index, mine in enumerate(folds):
            if mine == fold:
                said[index] = model.says(texts[index])[0]
    commonest = [Counter(tones).most_common(1)[0][0]] * len(rows)
    accuracy, macro_f1 = accuracy_of(said, tones)
    baseline, baseline_f1 = accuracy_of(commonest, tones)
    return ToneModel.objects.create(
        samples=len(rows),
        classes=sorted(enough),
        accuracy=accuracy,
        baseline=baseline,
        macro_f1=macro_f1,
        baseline_f1=baseline_f1,
        weights=Bayes.of(texts, tones).as_bytes(),
    )


def _fold(row: Coding) -> int:
    """Reprints of one text fall together: a text that was learned is not asked of."""
    return zlib.crc32(f"{row.article.story_id or f'a{row.article_id}'}".encode()) % FOLDS


def propose() -> int:
    """Propose a tone for articles nobody has coded, when the newest model is of use; returns for how many."""
    model = ToneModel.objects.first()
    if model is None or not model.is_useful:
        return 0
    articles = list(
        Article.objects.filter(codings=None)
        .exclude(proposal__model=model)
        .order_by("-published_at")[:PROPOSED_AT_ONCE]
    )
    if not articles:
        return 0
    bayes = Bayes.from_bytes(bytes(model.weights))
    rows = []
    for article in articles:
        tone, share = bayes.says(words_of(article))
        rows.append(Proposal(article=article, model=model, tone=tone, share=share))
    Proposal.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["article"], update_fields=["model", "tone", "share"]
    )
    return len(articles)
