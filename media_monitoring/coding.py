"""What the codings tell by arithmetic: the agreement of two coders, and the small model that proposes a tone.

The model is scikit-learn's: keys of words (any form is one key) hashed, then logistic regression by stochastic
descent. It learns only from people's codings that are in force and is measured on articles it has not seen, reprints
of one text kept together; below the office's norm of codings per tone it does not learn, and while it is no better
than always saying the commonest tone it keeps silent.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone

from core import deadlines
from core.language import keys, tokens
from media_monitoring.choices_desk import Tone
from media_monitoring.models import Article, Coding, Proposal, ToneModel

FEATURES = 2**15
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


def words_of(article: Article) -> str:
    """The article's telling words as keys, each in one way whatever its ending."""
    found = []
    for word in list(tokens(f"{article.title} {article.title} {article.text or article.lead}"))[:LONGEST]:
        readings = keys(word.lower())
        if readings:
            found.append(min(readings))
    return " ".join(found)


def _vectors(texts: list[str]) -> Any:
    from sklearn.feature_extraction.text import HashingVectorizer  # noqa: PLC0415 -- heavy; only workers learn

    return HashingVectorizer(
        n_features=FEATURES, ngram_range=(1, 2), alternate_sign=False, token_pattern=r"\S+", lowercase=False
    ).transform(texts)


def _classifier() -> Any:
    from sklearn.linear_model import SGDClassifier  # noqa: PLC0415 -- heavy; only workers learn

    return SGDClassifier(
        loss="log_loss", alpha=1e-5, max_iter=60, tol=1e-4, class_weight="balanced", random_state=7
    )


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
    import numpy  # noqa: PLC0415 -- heavy; only workers learn
    from sklearn.metrics import accuracy_score, f1_score  # noqa: PLC0415
    from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict  # noqa: PLC0415

    vectors = _vectors([words_of(row.article) for row in rows])
    tones = numpy.array([row.tone for row in rows])
    groups = [row.article.story_id or -row.article_id for row in rows]
    folds = StratifiedGroupKFold(n_splits=FOLDS, shuffle=True, random_state=7)
    said = cross_val_predict(_classifier(), vectors, tones, groups=groups, cv=folds)
    commonest = numpy.full(len(rows), Counter(tones.tolist()).most_common(1)[0][0])
    model = _classifier().fit(vectors, tones)
    kept = io.BytesIO()
    numpy.savez_compressed(
        kept, coef=model.coef_.astype("float32"), intercept=model.intercept_.astype("float32")
    )
    return ToneModel.objects.create(
        samples=len(rows),
        classes=[str(tone) for tone in model.classes_],
        accuracy=float(accuracy_score(tones, said)),
        baseline=float(accuracy_score(tones, commonest)),
        macro_f1=float(f1_score(tones, said, average="macro")),
        baseline_f1=float(f1_score(tones, commonest, average="macro")),
        weights=kept.getvalue(),
    )


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
    import numpy  # noqa: PLC0415 -- heavy; only workers propose

    with numpy.load(io.BytesIO(bytes(model.weights)), allow_pickle=False) as kept:
        scores = _vectors([words_of(article) for article in articles]) @ kept["coef"].T + kept["intercept"]
    if scores.shape[1] == 1:  # of two tones only the second has a score
        scores = numpy.hstack([-scores / 2, scores / 2])
    shares = numpy.exp(scores - scores.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    best = shares.argmax(axis=1)
    Proposal.objects.bulk_create(
        [
            Proposal(
                article=article,
                model=model,
                tone=model.classes[best[row]],
                share=float(shares[row, best[row]]),
            )
            for row, article in enumerate(articles)
        ],
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=["model", "tone", "share"],
    )
    return len(articles)
