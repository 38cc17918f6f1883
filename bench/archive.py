"""Exports of case files, each kind in a process of its own: time, the most memory it held, what two hundred leave behind.

`script/bench archive [kept|long|scans|many]`; without a name all of them.
"""

from __future__ import annotations

import datetime
import io
import json
import os
import resource
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

MOMENT = datetime.datetime(2026, 3, 4, 8, tzinfo=datetime.UTC)
GOALS = {
    "kept": {"assembled_s": 2.0, "checked_s": 10.0},  # seconds of processor
    "long": {"worker_mb": 1024, "together_mb": 1024},
    "scans": {"worker_mb": 1024, "together_mb": 1024},
    "many": {"grown_mb": 10},
}
WHOSE = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)  # a long file is checked in a process of its own
PARAGRAPH = "Ąžuolas ėjo, Łódź gościła, Київ вітає, თბილისი მოდის. " * 12


def main() -> None:
    if sys.argv[1:2] == ["--inside"]:
        return inside(sys.argv[2])
    rows = {}
    for name in sys.argv[1:] or GOALS:
        done = subprocess.run(
            [sys.executable, "-m", "bench.archive", "--inside", name],
            env={**os.environ, "DEMO": "on", "DEBUG": "on"},  # its own key seals; style sheets as they lie
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        rows[name] = json.loads(done.stdout.splitlines()[-1])
        print(name, rows[name], flush=True)
    met = {name: all(row[key] <= most for key, most in GOALS[name].items()) for name, row in rows.items()}
    print(json.dumps({"figures": rows, "goals": GOALS, "met": met}))


def inside(name: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alytus_ryšiai.settings")
    import django

    django.setup()
    ways = {
        "kept": lambda: export(papers(50, 10)),
        "long": lambda: export(papers(50, 100)),
        "scans": lambda: export(scans(50, 100)),
        "many": many,
    }
    print(json.dumps(ways[name]()))


def export(items: list[Any]) -> dict[str, float]:
    """One export with its seal and its check, as the worker makes it."""
    from archive.export import casefile
    from archive.services.seals import Sealing

    steps: dict[str, float] = {}

    def report(done: int, total: int, text: str) -> None:
        if done == total - 1:
            steps["check"] = processor()

    before, began = memory(), processor()
    with Watch() as watch:
        whole = casefile.assemble(data(), items, moment=MOMENT, report=report, seal=Sealing().put)
    ended = processor()
    return {
        "pages": whole.pages,
        "megabytes": round(whole.size / 2**20, 1),
        "assembled_s": round(steps["check"] - began, 2),
        "checked_s": round(ended - steps["check"], 2),  # with the seal
        "before_mb": before,
        "worker_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "together_mb": watch.most,
    }


class Watch:
    """The most that the worker and the process that checks have taken for themselves at one time, in megabytes."""

    def __init__(self) -> None:
        self.most, self._ended = 0, threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_what: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(0.05):
            self.most = max(self.most, sum(taken(pid) for pid in (os.getpid(), *self._children())))

    def _children(self) -> list[int]:
        tasks = Path("/proc/self/task").iterdir()
        return [int(pid) for task in tasks for pid in told(task / "children").split()]


def told(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # the process or the thread has ended
        return ""


def taken(pid: int) -> int:
    return (
        sum(
            int(line.split()[1])
            for line in told(Path(f"/proc/{pid}/status")).splitlines()
            if line.startswith("RssAnon:")
        )
        // 1024
    )


def processor() -> float:
    """Seconds of this process and of those it started and waited for."""
    used = [resource.getrusage(whose) for whose in WHOSE]
    return sum(one.ru_utime + one.ru_stime for one in used)


def many() -> dict[str, float]:
    """Two hundred exports of five papers in one process, after ten that warm it up."""
    items = papers(5, 2)
    for _time in range(10):
        export(items)
    before = memory()
    for _time in range(200):
        export(items)
    return {"exports": 200, "before_mb": before, "after_mb": memory(), "grown_mb": memory() - before}


def memory() -> int:
    """What the process has taken for itself, in megabytes; what others do beside changes nothing of it."""
    told = Path("/proc/self/smaps_rollup").read_text()
    return int(next(line for line in told.splitlines() if line.startswith("Pss_Anon:")).split()[1]) // 1024


def papers(count: int, pages: int) -> list[Any]:
    """Kept papers of the portal's own."""
    from archive.export.printing import draw

    context = {"title": "Raštas", "text": "\n\n".join([PARAGRAPH] * int(5.8 * pages))}
    drawn = draw("archive/papers/case_text.html", context, moment=MOMENT)
    return [item(number, drawn) for number in range(1, count + 1)]


def scans(count: int, pages: int) -> list[Any]:
    """Kept conversions of scans: each page a grey picture of about 90 KB."""
    from PIL import Image

    from archive.export.printing import draw
    from documents.converting.inside.pages import base_of, opened, write_pages

    base = base_of(draw("archive/papers/case_text.html", {"digits": "0123456789"}, moment=MOMENT))
    noise = Image.effect_noise((827, 1169), 22)
    target = io.BytesIO()
    noise.save(target, "JPEG", quality=38)
    with opened(base) as made:
        import pikepdf

        for _page in range(pages):
            made.add_blank_page(page_size=(595, 842))
            picture = made.make_stream(
                target.getvalue() + b" ", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=827,
                Height=1169, ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
            )  # fmt: skip
            sheet = made.pages[-1].obj
            sheet.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=picture))
            sheet.Contents = made.make_stream(b"q 595 0 0 842 0 0 cm /Im0 Do Q")
        drawn = write_pages(made, base)
    return [item(number, drawn) for number in range(1, count + 1)]


def item(number: int, drawn: bytes) -> Any:
    from archive.export.items import Item, Original, sha256

    content = drawn + f"% {number}\n".encode()  # no two alike

    def read() -> bytes:
        return drawn + f"% {number}\n".encode()  # as out of the store: new bytes each time

    original = Original(f"{number}.pdf", "application/pdf", sha256(content), read)
    return Item(number, f"Raštas {number}", "2026-03-04", original, is_own_paper=True)


def data() -> Any:
    from archive.export.casefile import CaseData

    return CaseData(
        title="5.3 Bandymas", office="Savivaldybė", unit="Skyrius", facts=[], is_paper=False,
        certified_by="Bandymas", certified_on="2026-03-04",
    )  # fmt: skip


if __name__ == "__main__":
    main()
