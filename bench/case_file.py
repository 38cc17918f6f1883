"""A case file of fifty kept papers of ten pages: how long the assembly takes, and how long the check."""

from __future__ import annotations

import datetime
import json
import os
import resource
import time

import django

DOCUMENTS, PAGES = 50, 10
ASSEMBLED, CHECKED = 2.0, 10.0  # goals, seconds of processor
MOMENT = datetime.datetime(2026, 3, 4, 8, tzinfo=datetime.UTC)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alytus_ryšiai.settings")
    django.setup()
    from archive.export import casefile
    from archive.export.items import Item, Original, sha256
    from archive.export.printing import draw

    paragraph = "Ąžuolas ėjo, Łódź gościła, Київ вітає, თბილისი მოდის. " * 12
    items = []
    for number in range(1, DOCUMENTS + 1):
        context = {"title": f"Raštas {number}", "text": "\n\n".join([paragraph] * 58)}
        content = draw("archive/papers/case_text.html", context, moment=MOMENT)
        original = Original(f"{number}.pdf", "application/pdf", sha256(content), lambda kept=content: kept)
        items.append(Item(number, f"Raštas {number}", "2026-03-04", original, is_own_paper=True))
    data = casefile.CaseData(
        title="5.3 Bandymas",
        office="Savivaldybė",
        unit="Skyrius",
        facts=[],
        is_paper=False,
        certified_by="Bandymas",
        certified_on="2026-03-04",
    )
    steps: dict[str, float] = {}

    def report(done: int, total: int, text: str) -> None:
        if done == total - 1:
            steps["check"] = time.process_time()

    began = time.process_time()
    whole = casefile.assemble(data, items, moment=MOMENT, report=report)
    ended = time.process_time()
    figures = {
        "pages": whole.pages,
        "megabytes": round(len(whole.content) / 2**20, 1),
        "assembled_s": round(steps["check"] - began, 2),
        "checked_s": round(ended - steps["check"], 2),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    met = figures["assembled_s"] <= ASSEMBLED and figures["checked_s"] <= CHECKED
    print(
        f"{whole.pages} pages of {DOCUMENTS} kept papers; goals {ASSEMBLED:.0f} s and {CHECKED:.0f} s of processor"
    )
    print(json.dumps({**figures, "met": met}))


if __name__ == "__main__":
    main()
