"""See that the Lithuanian catalogues miss nothing: run with the portal's Python by script/test.

The source is copied aside and collected anew there, so that looking changes nothing.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[2]
NOT_SOURCE = shutil.ignore_patterns(
    ".*", "var", "node_modules", "tests", "docs", "vendor", "__pycache__", "fonts"
)


def main() -> int:
    faults = []
    for catalogue in sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po")):
        read = polib.pofile(str(catalogue))
        forms = int(re.search(r"nplurals=(\d+)", read.metadata.get("Plural-Forms", "nplurals=2"))[1])
        entries = [entry for entry in read if not entry.obsolete]
        known = {_key(entry) for entry in entries}
        faults += [f"{catalogue.name}: fuzzy “{entry.msgid}”" for entry in entries if entry.fuzzy]
        faults += [
            f"{catalogue.name}: empty “{entry.msgid}”" for entry in entries if not _is_full(entry, forms)
        ]
        faults += [f"{catalogue.name}: missing “{key[1]}”" for key in sorted(_used(catalogue) - known)]
    print("\n".join(faults) or "The catalogues are complete.")
    return 1 if faults else 0


def _key(entry: polib.POEntry) -> tuple[str, str]:
    return entry.msgctxt or "", entry.msgid


def _is_full(entry: polib.POEntry, forms: int) -> bool:
    """A plural form that is missing is said in English; Lithuanian has four."""
    if not entry.msgid_plural:
        return bool(entry.msgstr)
    return len(entry.msgstr_plural) == forms and all(entry.msgstr_plural.values())


def _used(catalogue: Path) -> set[tuple[str, str]]:
    """What the source says, collected by makemessages in a copy of it."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "source"
        shutil.copytree(ROOT, copy, ignore=NOT_SOURCE)
        collected = copy / catalogue.relative_to(ROOT)
        done = subprocess.run(
            [sys.executable, "-m", "django", "makemessages", "-l", collected.parts[-3], "-d", catalogue.stem]
            + ["--no-location", "--no-obsolete"],
            cwd=copy,
            env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
            capture_output=True,
            text=True,
        )
        if done.returncode:
            sys.exit(f"makemessages failed: {done.stderr.strip()}")
        return {_key(entry) for entry in polib.pofile(str(collected)) if not entry.obsolete}


if __name__ == "__main__":
    sys.exit(main())
