"""Makes what `static/vendor` and the icon sprite hold from unpacked npm packages (docs/how-to/vendored-assets.md)."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

STATIC = Path(settings.BASE_DIR) / "static"
ICON_NAMES = Path(settings.BASE_DIR) / "core" / "data" / "icons.txt"

# Parts of Bootstrap the portal does not use: our own components or the browser's own elements stand in their place.
DROPPED = re.compile(
    r"\.(accordion|alert|badge|breadcrumb|btn-check|btn-close|btn-group|btn-toolbar|btn-(outline-)?"
    r"(secondary|success|danger|warning|info|light|dark|link)\b|card|carousel|collaps|display-|dropdown|dropup|dropend|"
    r"dropstart|fade|figure|form-floating|form-range|form-switch|icon-link|link-(primary|secondary|success|danger|"
    r"warning|info|light|dark|opacity|offset|underline|body)|list-group|modal|nav|navbar|offcanvas|page-|pagination|"
    r"placeholder|popover|progress|ratio|spinner|table|text-bg-|toast|tooltip|bs-|vr\b|img-thumbnail|blockquote|"
    r"text-opacity|border-opacity|bg-opacity|bg-(primary|secondary|success|danger|warning|info|light|dark|black|white)|"
    r"text-(primary|secondary|success|danger|warning|info|light|dark|black|white)|"
    r"border-(primary|secondary|success|danger|warning|info|light|dark|black|white)|float-|object-fit|opacity-|"
    r"overflow-[xy]|shadow|focus-ring|user-select|pe-(none|auto)|translate-middle|fixed-|sticky-)"
    r"|-(sm|xl|xxl)-|container-(sm|xl|xxl)"
)
LATIN = (
    "U+0000-00FF,U+0100-017F,U+0192,U+0218-021B,U+0237,U+02BC,U+02C6,U+02C7,U+02D8-02DD,U+0300-0304,U+0306-0308,"
    "U+030A-030C,U+0323,U+0326-0328,U+1E9E,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+2030,U+2032,U+2033,U+2039,"
    "U+203A,U+2044,U+20AC,U+2116,U+2122,U+2190-2193,U+2212,U+2215,U+2248,U+2260,U+2264,U+2265"
)
RANGES = {"latin": LATIN, "cyrillic": "U+0400-052F", "georgian": "U+10A0-10FF"}


def blocks(css: str) -> Iterator[tuple[str, str]]:
    """Top-level (prelude, body) pairs of a minified sheet."""
    position = 0
    while (opening := css.find("{", position)) != -1:
        depth, end = 1, opening + 1
        while depth:
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
        yield css[position:opening].strip(), css[opening + 1 : end - 1]
        position = end


def trim(css: str) -> str:
    """The sheet without the rules whose every selector belongs to a dropped part."""
    kept = []
    for prelude, body in blocks(css):
        if prelude.startswith("@keyframes"):
            continue
        if prelude.startswith("@media"):
            if body := trim(body):
                kept.append(f"{prelude}{{{body}}}")
            continue
        selectors = re.split(r",(?![^(]*\))", prelude)
        if left := [selector for selector in selectors if not DROPPED.search(selector)]:
            kept.append(f"{','.join(left)}{{{body}}}")
    return "".join(kept)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--bootstrap", type=Path, help="unpacked npm package bootstrap")
        parser.add_argument("--tabler", type=Path, help="unpacked npm package @tabler/icons")
        parser.add_argument("--firago", type=Path, help="unpacked npm package @fontsource/firago")

    def handle(self, *args: Any, **options: Any) -> None:
        for name in ("bootstrap", "tabler", "firago"):
            if package := options[name]:
                getattr(self, name)(package)
        for folder in sorted((STATIC / "vendor").iterdir()):
            self.write_sums(folder)

    def bootstrap(self, package: Path) -> None:
        css = (package / "dist" / "css" / "bootstrap.min.css").read_text(encoding="utf-8")
        notice, css = re.match(r'@charset "UTF-8";(/\*!.*?\*/)(.*)', css, re.S).groups()  # type: ignore[union-attr]
        css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
        target = STATIC / "vendor" / "bootstrap-5.3.9" / "bootstrap.layer.css"
        target.write_text(f'@charset "UTF-8";{notice}@layer bootstrap{{{trim(css)}}}\n', encoding="utf-8")
        self.stdout.write(f"{target.name}: {target.stat().st_size} bytes")

    def tabler(self, package: Path) -> None:
        names = sorted(set(ICON_NAMES.read_text(encoding="utf-8").split()))
        symbols = []
        missing = []
        for name in names:
            outline = package / "icons" / "outline" / f"{name}.svg"
            filled = package / "icons" / "filled" / f"{name.removesuffix('-f').removesuffix('-filled')}.svg"
            is_filled = name.endswith(("-f", "-filled"))
            source = filled if is_filled else outline
            if not source.exists():
                missing.append(name)
                continue
            paths = re.findall(
                r"<(?:path|circle|rect|line|polyline)[^>]*/>", source.read_text(encoding="utf-8")
            )
            drawn = "".join(path for path in paths if 'stroke="none"' not in path or is_filled)
            paint = (
                'fill="currentColor"'
                if is_filled
                else ('fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round"')
            )
            symbols.append(
                f'<symbol id="{name}" viewBox="0 0 24 24" {paint}>{re.sub(r" */>", "/>", drawn)}</symbol>'
            )
        if missing:
            raise CommandError(f"Not in the package: {', '.join(missing)}")
        notice = "<!-- Tabler Icons 3.51.0, MIT, (c) Pawel Kuna; see LICENSE of static/vendor/tabler-icons-3.51.0 -->"
        target = STATIC / "vendor" / "tabler-icons-3.51.0" / "icons.svg"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(
            f'<svg xmlns="http://www.w3.org/2000/svg">{notice}\n{chr(10).join(symbols)}\n</svg>\n',
            encoding="utf-8",
        )
        (target.parent / "LICENSE").write_text(
            (package / "LICENSE").read_text(encoding="utf-8"), encoding="utf-8"
        )
        self.stdout.write(f"{target.name}: {len(symbols)} icons, {target.stat().st_size} bytes")

    def firago(self, package: Path) -> None:
        for weight in (400, 500, 600):
            for name, unicodes in RANGES.items():
                target = STATIC / "vendor" / "firago-5.3.0" / f"firago-{name}-{weight}.woff2"
                subprocess.run(
                    [
                        sys.executable,
                        "-m",
                        "fontTools.subset",
                        str(package / "files" / f"firago-latin-{weight}-normal.woff2"),
                        "--flavor=woff2",
                        "--no-hinting",
                        "--desubroutinize",
                        "--layout-features=kern,mark,mkmk,ccmp,locl,liga,tnum,lnum,case,zero",
                        f"--unicodes={unicodes}",
                        f"--output-file={target}",
                    ],
                    check=True,
                )
                self.stdout.write(f"{target.name}: {target.stat().st_size} bytes")

    def write_sums(self, folder: Path) -> None:
        lines = [
            f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder)}"
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.name != "SHA256SUMS"
        ]
        (folder / "SHA256SUMS").write_text("\n".join(lines) + "\n", encoding="utf-8")
