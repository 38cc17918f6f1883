"""A file's line in an inventory or an act: its data as they stand that day, for many files in few queries."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import models

from archive.choices import LONG_FROM, FileState, Kept, RetentionRule, StartEvent
from archive.models import CaseFile, Placement, RetentionPoint
from core.canonical import content_sha256

CLOSED_HERE = (  # closed, and still with the office or its archive
    FileState.FINISHED,
    FileState.ARRANGED,
    FileState.INVENTORIED,
    FileState.ARCHIVED,
    FileState.KEPT,
    FileState.EXPIRED,
)


def read(rows: Any) -> list[CaseFile]:
    """The files with what their lines tell, in the order of years and indexes."""
    chosen = rows.with_contents().select_related("line__plan", "line__point")
    return list(chosen.order_by("line__plan__year", "line__index_key", "volume"))


def prevailing_points(files: Iterable[CaseFile]) -> dict[int, RetentionPoint]:
    """Of each file's own term and those of the documents in it the longest, in two queries."""
    rows = list(files)
    points: dict[int, list[RetentionPoint]] = defaultdict(list)
    pairs = (
        Placement.objects.standing()
        .filter(file__in=[file.pk for file in rows], point__isnull=False)
        .order_by()
        .values_list("file", "point")
        .distinct()
    )
    known = RetentionPoint.objects.in_bulk({point for _file, point in pairs})
    for file, point in pairs:
        points[file].append(known[point])
    return {file.pk: max([file.line.point, *points[file.pk]], key=lambda one: one.rank) for file in rows}


def kept_as(point: RetentionPoint) -> str:
    """Which inventory the term belongs to; nothing for short terms."""
    if point.rule == RetentionRule.PERMANENT:
        return Kept.PERMANENT
    return Kept.LONG if (point.years or 0) >= LONG_FROM else ""


def facts(file: Any, point: RetentionPoint) -> dict[str, Any]:
    """The values of a `ListedFile`; the file was `read`."""
    line = file.line
    return {
        "year": line.plan.year,
        "index": line.index,
        "index_key": line.index_key,
        "heading": line.heading,
        "volume": file.volume,
        "first_on": file.first_on,
        "last_on": file.last_on,
        "documents": file.documents,
        "pages": file.pages,
        "sheets": file.sheets,
        "term": point.term,
        "point": point.number,
        "is_verified": point.is_verified,
    }


def counted_from(file: CaseFile, point: RetentionPoint) -> datetime.date | None:
    """The day the prevailing term is counted from; None while the event it names is not written down.

    A document's longer term may begin by another event than the file's: then nobody has written that day yet.
    """
    if point.counted_from not in (StartEvent.CLOSING, file.line.point.counted_from):
        return None
    return file.event_on


def list_sha256(lines: Iterable[Any]) -> str:
    """The sum of a list's lines: what was approved is what is carried out."""
    names = ("year", "index", "volume", "heading", "first_on", "last_on", "documents", "term")
    return content_sha256({"lines": [[str(getattr(line, name)) for name in names] for line in lines]})


def totals(lines: models.QuerySet[Any]) -> dict[str, Any]:
    """How much the list holds in all."""
    return lines.aggregate(
        files=models.Count("pk"),
        documents=models.Sum("documents"),
        pages=models.Sum("pages"),
        sheets=models.Sum("sheets"),
        unverified=models.Count("pk", filter=models.Q(is_verified=False)),
    )
