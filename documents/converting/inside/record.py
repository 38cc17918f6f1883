"""A WARC: what a web server answered, object by object, with the sum the record itself tells of each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

MOST_OBJECTS = 300
LONGEST = 500  # letters of an address


def read_record(options: dict[str, Any]) -> dict[str, Any]:
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 -- one job, one set of libraries

    objects: list[dict[str, str]] = []
    left = 0
    try:
        with Path(options["source"]).open("rb") as stream:
            for row in ArchiveIterator(stream):
                if row.rec_type != "response":
                    continue
                if len(objects) == MOST_OBJECTS:
                    left += 1
                    continue
                heads, answer = row.rec_headers, row.http_headers
                objects.append(
                    {
                        "address": (heads.get_header("WARC-Target-URI") or "")[:LONGEST],
                        "moment": (heads.get_header("WARC-Date") or "")[:40],
                        "sum": (heads.get_header("WARC-Payload-Digest") or "")[:120],
                        "kind": ((answer and answer.get_header("Content-Type")) or "")[:80],
                    }
                )
    except (MemoryError, RecursionError):
        raise
    except Exception:  # whatever a broken record makes the reader raise
        if not objects:
            return {"reason": ["broken_record", {}]}
    return {"objects": objects, "left": left} if objects else {"reason": ["broken_record", {}]}
