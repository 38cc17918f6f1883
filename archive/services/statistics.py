"""The archive by years: how many files there are, in what state, how much they hold. Of everything: counts, no names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum

from archive.choices import OPEN_STATES, FileState
from archive.models import CaseFile, Placement


@dataclass
class YearFigures:
    """Files of the plan of one year."""

    year: int
    files: int = 0
    open: int = 0
    closed: int = 0
    inventoried: int = 0
    handed_over: int = 0
    destroyed: int = 0
    held: int = 0
    documents: int = 0
    pages: int = 0
    sheets: int = 0


def by_year() -> list[YearFigures]:
    """The newest first, in two queries whatever the number of years; files only planned are not counted."""
    begun = CaseFile.objects.exclude(state=FileState.PLANNED).order_by()
    counted = begun.values("line__plan__year").annotate(
        files=Count("pk"),
        open=Count("pk", filter=Q(state__in=OPEN_STATES)),
        inventoried=Count("pk", filter=Q(inventory_line__inventory__state="approved")),
        handed_over=Count("pk", filter=Q(state__in=[FileState.ARCHIVED, FileState.TRANSFERRED])),
        destroyed=Count("pk", filter=Q(state=FileState.DESTROYED)),
        held=Count("pk", filter=Q(held_on__isnull=False)),
    )
    found: dict[int, YearFigures] = {}
    for one in counted:
        row: dict[str, Any] = dict(one)
        year = row.pop("line__plan__year")
        found[year] = YearFigures(year, closed=row["files"] - row["open"], **row)
    inside = Placement.objects.standing().order_by().values("file__line__plan__year")
    for lying in inside.annotate(documents=Count("pk"), n=Sum("pages"), m=Sum("sheets")):
        key = int(lying["file__line__plan__year"])
        told = found.setdefault(key, YearFigures(key))
        told.documents, told.pages, told.sheets = lying["documents"], lying["n"] or 0, lying["m"] or 0
    return sorted(found.values(), key=lambda one: -one.year)
