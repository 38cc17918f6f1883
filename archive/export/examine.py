"""`examine.py` in a folder with file.pdf: writes what it is to answer.json. Judges nothing; imports nothing of Django.

Run in a process of its own with limits, because whoever sends a file in may have made it to do harm.
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

if __name__ == "__main__":  # started by its path, without our folder among the places of modules
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from archive.export.items import LEVEL, MANIFEST

MOST_FILES = 20_000
LONGEST_INVENTORY = 50_000_000
MOST_PROBLEMS = 20


def examine(source: bytes | Path, roots: bytes = b"") -> dict[str, Any]:
    """Sums of what is embedded, the inventory, pages, seals, broken rules of PDF/A; `error` when it is no PDF."""
    import pikepdf  # noqa: PLC0415 -- workers only

    with _opened(source) as file:
        digest, size = hashlib.file_digest(file, "sha256").hexdigest(), file.tell()  # type: ignore[arg-type]
    facts: dict[str, Any] = {
        "sha256": digest,
        "size": size,
        "error": "",
        "pages": 0,
        "files": {},
        "manifest": None,
        "seals": [],
        "seals_error": "",
        "broken": [],
    }
    try:
        with _opened(source) as file, pikepdf.open(file) as found:
            facts["pages"] = len(found.pages)
            for name in list(found.attachments)[:MOST_FILES]:
                inside = found.attachments[name].get_file().read_bytes()
                facts["files"][name] = hashlib.sha256(inside).hexdigest()
                if name == MANIFEST and len(inside) <= LONGEST_INVENTORY:
                    facts["manifest"] = _inventory(inside)
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        return {**facts, "error": f"{type(error).__name__}: {error}"[:300]}
    return {**facts, **_seals(source, roots), "broken": _broken(source)}


@contextmanager
def _opened(source: bytes | Path) -> Iterator[BinaryIO]:
    with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as file:
        yield file


def _inventory(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def _seals(source: bytes | Path, roots: bytes) -> dict[str, Any]:
    from pyhanko.keys import load_certs_from_pemder_data  # noqa: PLC0415 -- workers only

    from documents.sealing import reading  # noqa: PLC0415 -- workers only

    try:
        trusted = list(load_certs_from_pemder_data(roots)) if roots else []
        with _opened(source) as file:
            return {"seals": [seal.as_json() for seal in reading.read(file, trusted)]}
    except ValueError as error:
        return {"seals_error": str(error)[:300]}


def _broken(source: bytes | Path) -> list[str]:
    from documents import conformance  # noqa: PLC0415 -- workers only

    return [str(problem)[:200] for problem in conformance.check(source, [LEVEL])[:MOST_PROBLEMS]]


def main() -> None:
    roots = Path("roots.pem")
    facts = examine(Path("file.pdf"), roots.read_bytes() if roots.exists() else b"")
    Path("answer.json").write_text(json.dumps(facts), encoding="utf-8")


if __name__ == "__main__":
    main()
