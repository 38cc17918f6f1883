"""Reprints stand beneath the first article of their story: of what is listed, whatever is filtered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q


def leads(rows: Any) -> Any:
    """Of these articles the first of each story, and those that stand alone."""
    is_earlier = Q(published_at__lt=OuterRef("published_at")) | Q(
        published_at=OuterRef("published_at"), pk__lt=OuterRef("pk")
    )
    earlier = rows.order_by().filter(is_earlier, story=OuterRef("story"))
    return rows.filter(Q(story=None) | ~Exists(earlier))


def reprints(shown: Iterable[Any], rows: Any) -> dict[int, list[Any]]:
    """By story: the articles among `rows` that stand beneath a shown one, in their order; in one question."""
    first = {row.story_id: row.pk for row in shown if row.story_id}
    found: dict[int, list[Any]] = {}
    if first:
        others = rows.filter(story__in=first).exclude(pk__in=first.values()).select_related("outlet")
        for row in others.defer("text").order_by("published_at", "pk"):
            found.setdefault(row.story_id, []).append(row)
    return found
