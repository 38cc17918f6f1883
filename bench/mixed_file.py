"""Sixty fresh uploads of every kind in one case file, without the reading of scans: wall time on this machine."""

from __future__ import annotations

import json
import os
import resource
import time
from functools import partial

import django

DOCUMENTS, GOAL = 60, 90.0  # seconds of wall time on two cores


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alytus_ryšiai.settings")
    django.setup()
    from archive.export.casefile import CaseData, assemble
    from archive.export.items import Item, Original, sha256
    from archive.seed_kinds import files
    from bench.archive import MOMENT
    from documents.converting.convert import convert
    from documents.intake import KINDS

    made = (files() * 2)[:DOCUMENTS]
    items = [
        Item(number, title, "2026-03-04", Original(name, KINDS.get(name.rsplit(".", 1)[-1], ("text/html",))[0], sha256(body), lambda kept=body: kept))
        for number, (title, name, body) in enumerate(made, start=1)
    ]  # fmt: skip
    data = CaseData(
        title="5.3 Bandymas", office="Savivaldybė", unit="Skyrius", facts=[], is_paper=False,
        certified_by="Bandymas", certified_on="2026-03-04",
    )  # fmt: skip
    began = time.monotonic()
    whole = assemble(data, items, moment=MOMENT, convert=partial(convert, reads_scans=False))
    took = time.monotonic() - began
    figures = {
        "documents": len(items),
        "pages": whole.pages,
        "wall_s": round(took, 1),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps({**figures, "met": took <= GOAL}))


if __name__ == "__main__":
    main()
