"""Where partner cities lie: projections of two vendored outlines (Europe, world) and what a drawing needs.

The outlines stand in `static/partners/europe.svg` and `world.svg`, made by `manage.py draw_map` with these same projections.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.templatetags.static import static

ALYTUS = (54.39574, 24.03885)  # GeoNames 601084 (CC BY 4.0)

# Lambert conformal conic for Europe: two standard parallels, an origin, pixels a radian.
_P1, _P2, _P0, _L0 = (math.radians(degrees) for degrees in (46, 62, 53, 20))
_N = math.log(math.cos(_P1) / math.cos(_P2)) / math.log(
    math.tan(math.pi / 4 + _P2 / 2) / math.tan(math.pi / 4 + _P1 / 2)
)
_F = math.cos(_P1) * math.tan(math.pi / 4 + _P1 / 2) ** _N / _N
_R0 = _F / math.tan(math.pi / 4 + _P0 / 2) ** _N
EUROPE_SCALE = 1600
WORLD_WIDTH = 1000
# What the outlines cover, in projected units.
EUROPE_FRAME = (-460, -360, 400, 240)
WORLD_FRAME = (0, 60, 1000, 430)


def europe(latitude: float, longitude: float) -> tuple[float, float]:
    radius = _F / math.tan(math.pi / 4 + math.radians(latitude) / 2) ** _N
    angle = _N * (math.radians(longitude) - _L0)
    return EUROPE_SCALE * radius * math.sin(angle), EUROPE_SCALE * (radius * math.cos(angle) - _R0)


def world(latitude: float, longitude: float) -> tuple[float, float]:
    """Plain degrees, squeezed a little: only for places beyond Europe."""
    return (longitude + 180) / 360 * WORLD_WIDTH, (90 - latitude) / 180 * WORLD_WIDTH / 2


def _inside(point: tuple[float, float], frame: tuple[float, float, float, float]) -> bool:
    return frame[0] <= point[0] <= frame[2] and frame[1] <= point[1] <= frame[3]


@dataclass(frozen=True)
class Point:
    x: float
    y: float
    label: str
    url: str = ""
    css: str = "pt-o"
    radius: float = 3.5
    anchor: str = "start"
    label_x: float = 0
    label_y: float = 0
    is_labelled: bool = True


@dataclass(frozen=True)
class Drawing:
    """A map ready for the template: size, the outlines' shift and scale, points and an arc."""

    width: int
    height: int
    outline: str
    transform: str
    points: list[Point] = field(default_factory=list)
    arc: str = ""
    beyond: list[Any] = field(default_factory=list)

    @property
    def file(self) -> str:
        return static(f"partners/{self.outline}.svg")


def distance_km(city: Any) -> int | None:
    """The straight line from Alytus, in kilometres."""
    if city.latitude is None:
        return None
    lat1, lon1 = map(math.radians, ALYTUS)
    lat2, lon2 = math.radians(float(city.latitude)), math.radians(float(city.longitude))
    half = (
        math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return round(2 * 6371 * math.asin(math.sqrt(half)))


def _place(point: tuple[float, float], box: tuple[float, float], scale: float) -> tuple[float, float]:
    return round((point[0] - box[0]) * scale, 1), round((point[1] - box[1]) * scale, 1)


def draw_all(cities: Iterable[Any], *, width: int = 1000, height: int = 631) -> Drawing:
    """Every placed city of Europe and Alytus; those beyond the frame are listed apart."""
    left, top, right, bottom = -400, -310, 300, 132
    scale = min(width / (right - left), height / (bottom - top))
    points, beyond = [], []
    for city in cities:
        projected = europe(float(city.latitude), float(city.longitude))
        if not _inside(projected, (left, top, right, bottom)):
            beyond.append(city)
            continue
        x, y = _place(projected, (left, top), scale)
        points.append(Point(x, y, city.name, city.get_absolute_url(), f"pt-{city.status_tone}"))
    x, y = _place(europe(*ALYTUS), (left, top), scale)
    home = Point(x, y, "Alytus", css="pt-h", radius=6)
    return Drawing(
        width,
        height,
        "europe",
        _transform(left, top, scale),
        spread_labels([home, *points], width),
        beyond=beyond,
    )


def draw_one(city: Any, others: Iterable[Any], *, width: int = 352, height: int = 300) -> Drawing:
    """The city and Alytus with an arc between; other partners as quiet dots."""
    far = (float(city.latitude), float(city.longitude))
    is_near = _inside(europe(*far), EUROPE_FRAME)
    project = europe if is_near else world
    a, b = project(*ALYTUS), project(*far)
    frame = EUROPE_FRAME if is_near else WORLD_FRAME
    scale, left, top = _window(a, b, width, height, frame, closest=1.1 if is_near else 2.2)
    here, there = _place(a, (left, top), scale), _place(b, (left, top), scale)
    quiet = []
    for other in others:
        x, y = _place(project(float(other.latitude), float(other.longitude)), (left, top), scale)
        if other.pk != city.pk and 6 < x < width - 6 and 6 < y < height - 6:
            quiet.append(Point(x, y, other.name, other.get_absolute_url(), "pt-q", 3, is_labelled=False))
    ends = [
        _labelled(Point(*here, "Alytus", css="pt-h", radius=6), width, height, away_from=there),
        _labelled(Point(*there, city.name, css="pt", radius=6), width, height, away_from=here),
    ]
    dx, dy, bend = there[0] - here[0], there[1] - here[1], 0.16
    lift = (-dy * bend, dx * bend) if dx < 0 else (dy * bend, -dx * bend)  # across the line, upwards
    control = (round((here[0] + there[0]) / 2 + lift[0], 1), round((here[1] + there[1]) / 2 + lift[1], 1))
    arc = f"M{here[0]} {here[1]}Q{control[0]} {control[1]} {there[0]} {there[1]}"
    return Drawing(
        width, height, "europe" if is_near else "world", _transform(left, top, scale), [*quiet, *ends], arc
    )


def _window(
    a: tuple[float, float],
    b: tuple[float, float],
    width: int,
    height: int,
    frame: tuple[float, float, float, float],
    closest: float,
) -> tuple[float, float, float]:
    """Scale and corner that show both ends with air around them and stay within the outlines."""
    span_x, span_y = abs(a[0] - b[0]), abs(a[1] - b[1])
    scale = min((width - 120) / max(span_x, 1), (height - 90) / max(span_y, 1), closest)
    scale = max(scale, width / (frame[2] - frame[0]), height / (frame[3] - frame[1]))
    left = (a[0] + b[0]) / 2 - width / scale / 2
    top = (a[1] + b[1]) / 2 - height / scale / 2
    left = min(max(left, frame[0]), frame[2] - width / scale)
    top = min(max(top, frame[1]), frame[3] - height / scale)
    return scale, left, top


def _transform(left: float, top: float, scale: float) -> str:
    return f"scale({scale:.4f}) translate({-left:.1f} {-top:.1f})"


def _labelled(point: Point, width: int, height: int, away_from: tuple[float, float]) -> Point:
    """The name goes to the side away from the other end, and never over the edge."""
    room = 7.5 * len(point.label) + 14
    right = point.x >= away_from[0]
    if right and point.x + room > width:
        right = False
    if not right and point.x - room < 0:
        right = True
    if abs(point.x - away_from[0]) < 40:  # one above the other: names stand above and below
        y = point.y - 12 if point.y < away_from[1] else point.y + 22
        x = min(max(point.x, room / 2), width - room / 2)
        return _with_label(point, "middle", x, min(max(y, 14), height - 6))
    return _with_label(point, "start" if right else "end", point.x + (11 if right else -11), point.y + 4)


def spread_labels(points: list[Point], width: int) -> list[Point]:
    """Names beside their points, moved to the other side or left out where they would cover one another."""
    taken: list[tuple[float, float, float, float]] = [(p.x - 6, p.y - 6, p.x + 6, p.y + 6) for p in points]
    placed = []
    for point in points:
        room = 7.2 * len(point.label) + 4
        choices = [
            ("start", point.x + 9, point.y + 4),
            ("end", point.x - 9, point.y + 4),
            ("middle", point.x, point.y - 9),
            ("middle", point.x, point.y + 17),
        ]
        for anchor, x, y in choices:
            left = {"start": x, "end": x - room, "middle": x - room / 2}[anchor]
            box = (left, y - 11, left + room, y + 3)
            own = (point.x - 6, point.y - 6, point.x + 6, point.y + 6)
            clear = all(
                other == own
                or box[2] < other[0]
                or other[2] < box[0]
                or box[3] < other[1]
                or other[3] < box[1]
                for other in taken
            )
            if clear and left > 0 and left + room < width:
                taken.append(box)
                placed.append(_with_label(point, anchor, x, y))
                break
        else:
            placed.append(_with_label(point, "start", point.x, point.y, is_labelled=False))
    return placed


def _with_label(point: Point, anchor: str, x: float, y: float, *, is_labelled: bool = True) -> Point:
    return Point(
        point.x,
        point.y,
        point.label,
        point.url,
        point.css,
        point.radius,
        anchor,
        round(x, 1),
        round(y, 1),
        is_labelled,
    )
