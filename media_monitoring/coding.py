"""How far two coders agree, by arithmetic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from media_monitoring.models import Coding


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
