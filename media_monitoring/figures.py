"""Counts of articles and their drawings: plain SVG made by the server, the same on a page and on paper."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncMonth

from core.dates import month_words

WIDTH, HEIGHT, FOOT, LEFT = 720, 200, 34, 34


def by_month(rows: Any) -> list[tuple[datetime.date, int]]:
    """How many articles each month has, empty months between included."""
    found = {
        moment.date(): count
        for moment, count in rows.order_by()
        .annotate(month=TruncMonth("published_at"))
        .values_list("month")
        .annotate(count=Count("pk"))
    }
    return without_gaps(found)


def by_kept_month(rows: Any) -> list[tuple[datetime.date, int]]:
    """The same of rows of the narrow table, which keeps the month: a date is cut once, not at each count."""
    found = rows.order_by().values_list("month").annotate(count=Count("pk"))
    return without_gaps({datetime.date(month // 12, month % 12 + 1, 1): count for month, count in found})


def without_gaps(found: dict[datetime.date, int]) -> list[tuple[datetime.date, int]]:
    if not found:
        return []
    month, last = min(found), max(found)
    months = []
    while month <= last:
        months.append((month, found.get(month, 0)))
        month = (month.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)
    return months


@dataclass
class Chart:
    """Columns over an axis: `columns` hold what is drawn, `rows` the same as a table."""

    code: str
    title: str
    words: str  # the description: what the picture says
    heads: list[str]
    rows: list[tuple[str, list[str]]]
    width: int = WIDTH
    height: int = HEIGHT
    columns: list[dict[str, Any]] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)  # of the scale
    labels: list[dict[str, Any]] = field(default_factory=list)
    axis: float = 0


def scale(most: int) -> tuple[int, int]:
    """A round top of the scale and its step."""
    step = 1
    while most > step * 4:
        step = step * 2 if str(step)[0] in "15" else step * 5 // 2
    return max(step * -(-most // step), step), step


def month_columns(months: list[tuple[datetime.date, int]], title: str, code: str = "months") -> Chart | None:
    """A column a month; None when there is nothing."""
    if not months:
        return None
    from django.utils.translation import gettext as _  # noqa: PLC0415 -- shortest here

    rows = [(month_words(month), [str(count)]) for month, count in months]
    most = max(months, key=lambda pair: pair[1])
    words = _("%(months)d months, %(count)d articles; most in %(month)s: %(most)d.") % {
        "months": len(months),
        "count": sum(count for _month, count in months),
        "month": month_words(most[0]),
        "most": most[1],
    }
    chart = Chart(code, title, words, [_("Month"), _("Articles")], rows)
    top, step = scale(most[1])
    room = HEIGHT - FOOT - 14
    chart.axis = HEIGHT - FOOT
    chart.lines = [
        {"y": round(chart.axis - room * value / top, 1), "text": str(value)}
        for value in range(0, top + 1, step)
    ]
    wide = (WIDTH - LEFT) / len(months)
    every = max(1, -(-len(months) // 12))
    for number, (month, count) in enumerate(months):
        x, height = LEFT + number * wide, room * count / top
        chart.columns.append(
            {
                "x": round(x + wide * 0.15, 1),
                "y": round(chart.axis - height, 1),
                "w": round(max(wide * 0.7, 1), 1),
                "h": round(height, 1),
                "css": "quiet",
                "fill": "#968b7e",
                "title": f"{month_words(month)}: {count}",
            }
        )
        if number % every == 0:
            chart.labels.append({"x": round(x + wide / 2, 1), "y": HEIGHT - 14, "text": f"{month:%Y-%m}"})
    return chart
