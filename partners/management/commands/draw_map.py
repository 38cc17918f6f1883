"""Makes `static/partners/europe.svg` and `world.svg` from the npm package world-atlas (docs/how-to/vendored-assets.md).

manage.py draw_map --atlas PACKAGE reads countries-50m.json for Europe and countries-110m.json for the world.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from partners import map as maps

Ring = list[tuple[float, float]]
LITHUANIA = "440"
TARGET = Path(settings.BASE_DIR) / "static" / "partners"


def decode(topology: dict[str, Any]) -> list[tuple[str, list[Ring]]]:
    """Countries of a TopoJSON as (numeric code, rings of longitude and latitude)."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)

    def ring(indexes: list[int]) -> Ring:
        points: Ring = []
        for index in indexes:
            points.extend((arcs[index] if index >= 0 else arcs[~index][::-1])[1 if points else 0 :])
        return points

    countries = []
    for shape in topology["objects"]["countries"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        countries.append((str(shape.get("id", "")), [ring(part) for polygon in polygons for part in polygon]))
    return countries


def clip(points: Ring, frame: tuple[float, float, float, float]) -> Ring:
    """Sutherland and Hodgman: the ring within the frame."""
    left, top, right, bottom = frame
    for axis, limit, keep_above in ((0, left, True), (0, right, False), (1, top, True), (1, bottom, False)):
        kept: Ring = []
        for index, end in enumerate(points):
            start = points[index - 1]
            start_in = start[axis] >= limit if keep_above else start[axis] <= limit
            end_in = end[axis] >= limit if keep_above else end[axis] <= limit
            if start_in != end_in:
                share = (limit - start[axis]) / (end[axis] - start[axis])
                crossing = [start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])]
                crossing[axis] = limit
                kept.append((crossing[0], crossing[1]))
            if end_in:
                kept.append(end)
        points = kept
        if not points:
            break
    return points


def simplify(points: Ring, tolerance: float) -> Ring:
    """Douglas and Peucker, without recursion."""
    if len(points) < 4:
        return points
    keep = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        (ax, ay), (bx, by) = points[first], points[last]
        length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
        farthest, index = tolerance, 0
        for i in range(first + 1, last):
            px, py = points[i]
            if length:
                away = abs((bx - ax) * (ay - py) - (ax - px) * (by - ay)) / length
            else:
                away = ((px - ax) ** 2 + (py - ay) ** 2) ** 0.5
            if away > farthest:
                farthest, index = away, i
        if index:
            keep.add(index)
            spans += [(first, index), (index, last)]
    return [points[i] for i in sorted(keep)]


def path(rings: list[Ring], frame: tuple[float, float, float, float], tolerance: float, digits: int) -> str:
    wide = (frame[0] - 30, frame[1] - 30, frame[2] + 30, frame[3] + 30)
    parts = []
    for points in rings:
        points = simplify(clip(points, wide), tolerance)
        box = [max(p[i] for p in points) - min(p[i] for p in points) for i in (0, 1)] if points else [0, 0]
        if len(points) > 2 and max(box) > 3 * tolerance:
            numbers = [f"{x:.{digits}f} {y:.{digits}f}" for x, y in points]
            parts.append("M" + " ".join(dict.fromkeys(numbers)) + "Z")
    return "".join(parts)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--atlas", type=Path, required=True, help="unpacked npm package world-atlas")

    def handle(self, *args: Any, **options: Any) -> None:
        atlas: Path = options["atlas"]
        TARGET.mkdir(parents=True, exist_ok=True)
        for name, file, project, frame, tolerance, digits in (
            ("europe", "countries-50m.json", maps.europe, maps.EUROPE_FRAME, 0.6, 0),
            ("world", "countries-110m.json", maps.world, maps.WORLD_FRAME, 0.8, 1),
        ):
            land = []
            for code, rings in decode(json.loads((atlas / file).read_text())):
                if name == "europe":  # the conic is not meant for the far side of the earth
                    rings = [r for r in rings if any(-40 < x < 75 and 25 < y < 75 for x, y in r)]
                drawn = path([[project(y, x) for x, y in ring] for ring in rings], frame, tolerance, digits)
                if drawn:
                    land.append((code, drawn))
            line = '<path vector-effect="non-scaling-stroke" d="{}"/>'
            rest = "".join(line.format(d) for code, d in land if code != LITHUANIA)
            home = "".join(line.format(d) for code, d in land if code == LITHUANIA)
            file_path = TARGET / f"{name}.svg"
            file_path.write_text(
                '<svg xmlns="http://www.w3.org/2000/svg"><!-- Natural Earth (public domain) by world-atlas 2.0.2 '
                f'(ISC), made by manage.py draw_map --><defs><g id="land">{rest}</g><g id="home">{home}</g></defs></svg>\n'
            )
            self.stdout.write(f"{file_path.name}: {file_path.stat().st_size // 1024} KB.")
