"""Compile the message catalogues that are newer than their compiled form; run with the portal's Python."""

from __future__ import annotations

import os
from pathlib import Path

import polib

from runner.layout import ROOT


def compile_stale() -> None:
    for source in (ROOT / "locale").glob("*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        fresh = Path(f"{compiled}.{os.getpid()}.new")
        polib.pofile(str(source)).save_as_mofile(str(fresh))
        fresh.replace(compiled)


if __name__ == "__main__":
    compile_stale()
