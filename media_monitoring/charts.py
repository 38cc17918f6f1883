"""Drawings of an analysis: volume with tone above and below the axis, a heat map of topics by unit."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from media_monitoring.choices_desk import Tone
from media_monitoring.figures import LEFT, WIDTH, Chart, scale

TALL, AXIS_ROOM = 240, 34
FILL = {"good": "#1f6350", "quiet": "#968b7e", "bad": "#9b1b30", "plain": "#d3cbc0"}


def tone_columns(
    volume: list[dict[str, Any]], *, width: int = WIDTH, tall: int = TALL, title: str = ""
) -> Chart | None:
    """Favourable, neutral and not yet coded above the axis, critical and misleading below: it reads in grey too."""
    if not any(part["articles"] for part in volume):
        return None
    split = [_split(part) for part in volume]
    above = max(good + quiet + plain for good, quiet, plain, _bad in split)
    below = max(bad for *_rest, bad in split)
    top, step = scale(max(above, 1))
    deep = -(-below // step) * step
    unit = (tall - AXIS_ROOM - 14) / (top + deep)
    chart = Chart("volume", title or _("Volume and tone"), _words(split), _heads(), _rows(volume, split))
    chart.width, chart.height = width, tall
    chart.axis = round(14 + unit * top, 1)
    chart.lines = [
        {"y": round(chart.axis - unit * value, 1), "text": str(abs(value))}
        for value in range(-deep, top + 1, step)
    ]
    wide = (width - LEFT) / len(volume)
    every = max(1, -(-len(volume) * 72 // width))
    for number, (part, (good, quiet, plain, bad)) in enumerate(zip(volume, split, strict=True)):
        x, w = LEFT + number * wide + wide * 0.15, max(wide * 0.7, 1)
        y = chart.axis
        for css, count in (("plain", plain), ("quiet", quiet), ("good", good)):
            y -= unit * count
            if count:
                chart.columns.append(_bar(x, y, w, unit * count, css))
        if bad:
            chart.columns.append(_bar(x, chart.axis, w, unit * bad, "bad"))
        if number % every == 0:
            label = part.get("short") or (part["label"] if len(part["label"]) <= 7 else part["from"][:7])
            chart.labels.append({"x": round(x + w / 2, 1), "y": tall - 8, "text": label})
    return chart


def _split(part: dict[str, Any]) -> tuple[int, int, int, int]:
    tones = part["tones"]
    bad = tones[Tone.CRITICAL] + tones[Tone.MISLEADING]
    good, quiet = tones[Tone.POSITIVE], tones[Tone.NEUTRAL]
    return good, quiet, max(0, part["articles"] - good - quiet - bad), bad


def _bar(x: float, y: float, w: float, h: float, css: str) -> dict[str, Any]:
    box = {"x": round(x, 1), "y": round(y, 1), "w": round(w, 1), "h": round(h, 1)}
    return {**box, "css": css, "fill": FILL[css]}


def _heads() -> list[str]:
    return [
        _("When"),
        _("favourable"),
        _("neutral"),
        _("not coded"),
        _("critical or misleading"),
        _("Articles"),
    ]


def _rows(
    volume: list[dict[str, Any]], split: list[tuple[int, int, int, int]]
) -> list[tuple[str, list[str]]]:
    return [
        (part["label"], [*map(str, parts), str(part["articles"])])
        for part, parts in zip(volume, split, strict=True)
    ]


def _words(split: list[tuple[int, int, int, int]]) -> str:
    good, quiet, plain, bad = (sum(column) for column in zip(*split, strict=True))
    return _(
        "Favourable %(good)d, neutral %(quiet)d, not coded %(plain)d above the axis;"
        " critical or misleading %(bad)d below it."
    ) % {"good": good, "quiet": quiet, "plain": plain, "bad": bad}


def outlet_bars(outlets: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Horizontal bars, the figure at the right."""
    if not outlets:
        return None
    most = max(row["count"] for row in outlets)
    return {
        "code": "outlets",
        "title": _("Share of outlets"),
        "words": "; ".join(f"{row['name']}: {row['count']} ({row['percent']} %)" for row in outlets),
        "width": WIDTH,
        "height": 34 * len(outlets),
        "rows": [
            {
                "label": row["name"][:60],
                "words": f"{row['count']} ({row['percent']} %)",
                "text_y": 34 * number + 14,
                "bar_y": 34 * number + 20,
                "length": round(WIDTH * row["count"] / most, 1),
            }
            for number, row in enumerate(outlets)
        ],
        "heads": [_("Outlet"), _("Articles"), _("Share")],
        "table": [(row["name"], [str(row["count"]), f"{row['percent']} %"]) for row in outlets],
    }


NAME_ROOM, CELL_H, HEAD_H = 200, 30, 96


def heat_map(topics: dict[str, Any]) -> dict[str, Any] | None:
    """Topics down, units across; the figure stands in each cell, the shade only helps."""
    if not topics["rows"]:
        return None
    units = topics["units"]
    most = max((cell for row in topics["rows"] for cell in row["cells"]), default=0) or 1
    wide = (WIDTH - NAME_ROOM) / len(units)
    rows = []
    for number, row in enumerate(topics["rows"]):
        y = HEAD_H + number * CELL_H
        cells = [
            {
                "x": round(NAME_ROOM + wide * place, 1),
                "y": y,
                "w": round(wide - 2, 1),
                "cx": round(NAME_ROOM + wide * place + wide / 2, 1),
                "cy": y + 19,
                "count": count or "",
                "opacity": f"{0.06 + 0.34 * count / most:.2f}" if count else "0",
            }
            for place, count in enumerate(row["cells"])
        ]
        rows.append({"label": _short(row["topic"], 30), "y": y + 19, "cells": cells})
    best = max(topics["rows"], key=lambda row: row["total"])
    return {
        "code": "heat",
        "title": _("Topics by unit"),
        "words": _("Most was written on “%(topic)s”: %(count)d articles.")
        % {"topic": best["topic"], "count": best["total"]},
        "width": WIDTH,
        "height": HEAD_H + CELL_H * len(rows),
        "cell_h": CELL_H - 2,
        "units": [
            {"lines": _lines(unit), "x": round(NAME_ROOM + wide * place + wide / 2, 1)}
            for place, unit in enumerate(units)
        ],
        "rows": rows,
        "heads": [_("Topic"), *units, _("In all")],
        "table": [
            (row["topic"], [*(str(cell) for cell in row["cells"]), str(row["total"])])
            for row in topics["rows"]
        ],
    }


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _lines(name: str) -> list[dict[str, Any]]:
    """A unit's name in at most four short lines."""
    lines = [""]
    for word in name.split():
        if len(lines[-1]) + len(word) > 11 and lines[-1]:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    lines = [_short(line, 13) for line in lines[:4]]
    return [
        {"text": line, "y": HEAD_H - 12 - 15 * (len(lines) - 1 - place)} for place, line in enumerate(lines)
    ]
