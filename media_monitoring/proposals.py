"""What the machine proposes of an article's tone, genre and unit, learned from the department's own codings.

Words in any form are one key, weighed by TF-IDF; a logistic regression is learned once a day in a process of its own
(`learner`). Its weights lie in the database: a proposal is a dot product and needs no library. It learns only from
people's codings that are in force, only labels that the office's norm has enough of, and while it is no better than always
saying the commonest label it keeps silent. Nobody sees a proposal before she has decided herself.
"""

from __future__ import annotations

import base64
import json
import math
import tempfile
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Max, Q
from django.utils import timezone

from core import deadlines
from core.errors import DomainError
from core.language import keys, tokens
from media_monitoring import learner
from media_monitoring.choices_desk import Aspect
from media_monitoring.models import Article, Coding, CodingModel, Proposal

LONGEST = 600  # words of an article that are read
MOST_CODINGS = 20_000
PROPOSED_AT_ONCE = 500


def words_of(article: Article) -> set[str]:
    """The article's words as keys, each in one way whatever its ending, counted once."""
    words = list(tokens(f"{article.title} {article.text or article.lead}"))[:LONGEST]
    return {min(readings) for word in words if len(word) > 2 and (readings := keys(word.lower()))}


@dataclass(frozen=True)
class Weights:
    """How much each word speaks for each label."""

    labels: list[str]
    words: list[str]
    intercepts: list[float]
    numbers: array[float]  # of each word its rarity, then its weight for the first label, for the second …

    @cached_property
    def places(self) -> Mapping[str, int]:
        return {word: place for place, word in enumerate(self.words)}

    def says(self, text: Iterable[str]) -> tuple[str, float]:
        """The likeliest label and its share."""
        found = [self.places[word] for word in text if word in self.places]
        size, numbers = len(self.words), self.numbers
        length = math.sqrt(sum(numbers[place] ** 2 for place in found)) or 1.0
        scores = [
            intercept + sum(numbers[place] * numbers[size * (number + 1) + place] for place in found) / length
            for number, intercept in enumerate(self.intercepts)
        ]
        best = max(range(len(scores)), key=scores.__getitem__)
        return self.labels[best], 1 / sum(math.exp(max(score - scores[best], -700)) for score in scores)

    @staticmethod
    def packed(learned: Mapping[str, Any]) -> bytes:
        """As the database keeps it."""
        head = json.dumps(
            [[row["label"] for row in learned["labels"]], learned["words"], learned["intercepts"]]
        )
        return zlib.compress(head.encode() + b"\n" + base64.b64decode(learned["weights"]))

    @classmethod
    def unpacked(cls, kept: bytes) -> Weights:
        head, _newline, numbers = zlib.decompress(kept).partition(b"\n")
        return cls(*json.loads(head), numbers=array("f", numbers))


# --- learning -------------------------------------------------------------------------------------------------


def needed() -> int:
    """How many codings of a label the office wants before the machine learns it."""
    return int(deadlines.norm("TONE_LEARNS_FROM", timezone.localdate()).value)


def counts() -> dict[str, Counter[str]]:
    """Codings in force by aspect and label."""
    found: dict[str, Counter[str]] = {}
    for aspect in Aspect:
        rows = Coding.objects.in_force().exclude(**{aspect.field: None}).order_by()
        totals = rows.values_list(aspect.field).annotate(count=Count("pk"))
        found[aspect] = Counter({str(label): count for label, count in totals})
    return found


def learn() -> list[CodingModel]:
    """Learn anew, at most once a day and only after something was coded; returns what was learned now."""
    if not learner.is_there():
        return []
    try:
        least = needed()
    except DomainError:
        return []  # the page of coders says which norm is missing
    enough = {
        aspect: {label for label, count in totals.items() if count >= least}
        for aspect, totals in counts().items()
    }
    newest = Coding.objects.in_force().aggregate(moment=Max("updated_at"))["moment"]
    models = current()
    due = {
        aspect: labels
        for aspect, labels in enough.items()
        if len(labels) > 1 and _is_due(models.get(aspect), newest)
    }
    if not due:
        return []
    with tempfile.TemporaryFile() as samples:
        for line in _samples(due):
            samples.write(json.dumps(line).encode() + b"\n")
        samples.seek(0)
        found = learner.learn(samples)
    return [_keep(aspect, learned) for aspect, learned in found.items()]


def _is_due(model: CodingModel | None, newest: Any) -> bool:
    if model is None:
        return True
    is_todays = timezone.localdate(model.trained_at) == timezone.localdate()
    return not is_todays and model.trained_at < newest


def _samples(due: Mapping[str, set[str]]) -> Iterable[dict[str, Any]]:
    """The newest codings, a line each: read one after another, never all at once."""
    pks = list(Coding.objects.in_force().order_by("-pk").values_list("pk", flat=True)[:MOST_CODINGS])
    rows = Coding.objects.filter(pk__in=pks).select_related("article").order_by("-pk")
    for row in rows.iterator(chunk_size=200):
        said = {aspect: row.said(aspect) for aspect in due}
        labels = {aspect: label for aspect, label in said.items() if label in due[aspect]}
        if labels:
            group = f"s{row.article.story_id}" if row.article.story_id else f"a{row.article_id}"
            yield {"words": sorted(words_of(row.article)), "group": group, "labels": labels}


@transaction.atomic
def _keep(aspect: str, learned: Mapping[str, Any]) -> CodingModel:
    """The figures of every learning stay; weights only of the newest."""
    CodingModel.objects.filter(aspect=aspect).update(weights=b"")
    return CodingModel.objects.create(
        aspect=aspect,
        weights=Weights.packed(learned),
        **{
            name: learned[name]
            for name in ("samples", "accuracy", "baseline", "macro_f1", "baseline_f1", "labels")
        },
    )


def current() -> dict[str, CodingModel]:
    """The newest learning of each aspect."""
    rows = CodingModel.objects.order_by("aspect", "-pk").distinct("aspect").defer("weights")
    return {row.aspect: row for row in rows}


# --- proposing ------------------------------------------------------------------------------------------------


def propose() -> int:
    """Propose for articles nobody has coded what useful models say of them; returns for how many articles."""
    models = current()
    useful = {aspect: model for aspect, model in models.items() if model.is_useful}
    uncoded = Proposal.objects.filter(article__codings=None)
    uncoded.exclude(aspect__in=useful).delete()  # of a machine that has become useless
    if not useful:
        return 0
    new = Q(pk__in=[])
    for model in useful.values():
        new |= ~Q(pk__in=Proposal.objects.filter(model=model).values("article"))
    articles = list(Article.objects.filter(new, codings=None).order_by("-published_at")[:PROPOSED_AT_ONCE])
    if not articles:
        return 0
    rows = CodingModel.objects.in_bulk([model.pk for model in useful.values()])
    weights = {model: Weights.unpacked(bytes(model.weights)) for model in rows.values()}
    made = []
    for article in articles:
        words = words_of(article)
        for model, one in weights.items():
            label, share = one.says(words)
            made.append(Proposal(article=article, aspect=model.aspect, model=model, label=label, share=share))
    Proposal.objects.bulk_create(
        made,
        update_conflicts=True,
        unique_fields=["article", "aspect"],
        update_fields=["model", "label", "share"],
    )
    return len(articles)


def decided(coding: Coding) -> None:
    """Keep beside each proposal what the first coder said before she could see it."""
    proposals = list(Proposal.objects.filter(article=coding.article_id))
    for proposal in proposals:
        proposal.met = coding.said(proposal.aspect)
    Proposal.objects.bulk_update(proposals, ["met"])


def met_since() -> dict[str, tuple[int, int]]:
    """By aspect: how many articles people coded after it had proposed, and of how many they said the same unseen."""
    rows = Proposal.objects.exclude(met="").order_by().values("aspect")
    found = rows.annotate(count=Count("pk"), same=Count("pk", filter=Q(met=F("label"))))
    return {row["aspect"]: (row["count"], row["same"]) for row in found}
