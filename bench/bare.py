"""The floor alone: what the least possible pages cost on this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from bench.floor import fill
from bench.measure import Page, Site, make_database, measure, served, table

FLOOR_PORT = 8791
FLOOR_DATABASE = "floor"


@contextmanager
def floor() -> Iterator[Site]:
    """The minimal site, filled and served."""
    import os
    import subprocess
    import sys

    os.environ["FLOOR_DATABASE"] = FLOOR_DATABASE
    make_database(FLOOR_DATABASE)
    subprocess.run([sys.executable, "-m", fill.__name__], check=True)
    with served("bench.floor.wsgi", FLOOR_PORT, {"DJANGO_SETTINGS_MODULE": "bench.floor.settings"}) as site:
        yield site


def floor_pages(site: Site) -> dict[str, Page]:
    return {
        "one": Page("floor: one row", site, "/one/?number=R-12345"),
        "list": Page("floor: list of 25 from 20,000", site, "/list/"),
        "detail": Page("floor: detail with 10 related", site, f"/detail/{fill.ROWS - 5}/"),
        "search": Page("floor: full text, count and 25 rows", site, "/search/?q=delegacijos"),
    }


def main() -> None:
    with floor() as site:
        pages = floor_pages(site)
        measure(list(pages.values()))
    rows = [
        {"page": page.name, "CPU ms": page.cpu_ms, "p95 ms": page.p95_ms(), "bytes": page.bytes}
        for page in pages.values()
    ]
    print(table(rows))
    print(json.dumps({"floor": {name: round(page.cpu_ms, 3) for name, page in pages.items()}}))


if __name__ == "__main__":
    main()
