"""What is vendored is exactly what was vendored, and every icon a template asks for is in the sprite."""

import hashlib
import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
FOLDERS = sorted(path for path in (ROOT / "static" / "vendor").iterdir() if path.is_dir())
SPRITE = (ROOT / "static" / "vendor" / "tabler-icons-3.51.0" / "icons.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_vendored_files_are_the_ones_that_were_checked(folder):
    sums = dict(reversed(line.split("  ", 1)) for line in (folder / "SHA256SUMS").read_text().splitlines())
    found = {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "SHA256SUMS"
    }
    assert found == sums
    assert "LICENSE" in found


def test_every_icon_of_a_template_is_in_the_sprite():
    known = set(re.findall(r'<symbol id="([\w-]+)"', SPRITE))
    asked = {
        (name, str(path.relative_to(ROOT)))
        for path in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r'\{% icon "([\w-]+)"', path.read_text(encoding="utf-8"))
        + re.findall(r'\bicon="([\w-]+)"', path.read_text(encoding="utf-8"))
    }
    assert {pair for pair in asked if pair[0] not in known} == set()


def test_first_visit_stays_light():
    """Letters, sheets, scripts and signs together, compressed, leave room for the page within 160 KB."""
    import gzip

    files = [
        *(ROOT / "static" / "vendor" / "firago-5.3.0").glob("firago-latin-*.woff2"),
        ROOT / "static" / "vendor" / "bootstrap-5.3.9" / "bootstrap.layer.css",
        ROOT / "static" / "vendor" / "htmx-2.0.11" / "htmx.min.js",
        ROOT / "static" / "vendor" / "tabler-icons-3.51.0" / "icons.svg",
        *(ROOT / "static" / "core").glob("*.js"),
        ROOT / "static" / "core" / "app.css",
    ]
    weight = sum(
        len(gzip.compress(path.read_bytes(), 9)) if path.suffix != ".woff2" else path.stat().st_size
        for path in files
    )
    assert weight < 145_000
