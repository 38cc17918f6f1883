"""An office document before LibreOffice sees it: a bomb, a lock, macros and addresses it would fetch."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

from documents.converting.inside.sniffing import is_locked

MOST_UNPACKED = 600 * 2**20
MOST_RATIO = 150  # times the packed size, once it is large
MOST_MEMBERS = 20_000
MACROS = ("vbaproject.bin", "basic/", "scripts/")


def look_at_office(options: dict[str, Any]) -> dict[str, Any]:
    content = Path(options["source"]).read_bytes()
    kind = options["kind"]
    if is_locked(content, kind):
        return {"reason": ["encrypted", {}]}
    if not content.startswith(b"PK"):
        return {"macros": b"V\x00B\x00A\x00" in content or b"_VBA_PROJECT" in content, "is_well": True}
    try:
        with zipfile.ZipFile(options["source"]) as archive:
            members = archive.infolist()
            if reason := bomb(members, len(content)):
                return {"reason": reason}
            names = [member.filename.lower() for member in members]
            is_external = any(
                b'TargetMode="External"' in archive.open(member).read(2**20)
                and re.search(
                    rb"(image|oleObject|attachedTemplate|frame)\"[^>]*External",
                    archive.open(member).read(2**20),
                )
                for member in members
                if member.filename.endswith(".rels")
            )
    except Exception:  # a broken archive breaks in many ways
        return {"reason": ["broken_office", {}]}
    return {
        "macros": any(name.endswith(MACROS[0]) or name.startswith(MACROS[1:]) for name in names),
        "external": is_external,
        "is_well": True,
    }


def bomb(members: list[zipfile.ZipInfo], packed: int) -> list[Any] | None:
    """Why the archive must not be unpacked; by what it says of itself, which the limits then hold it to."""
    unpacked = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED:
        return ["bomb", {"size": unpacked // 2**20}]
    if unpacked > 50 * 2**20 and unpacked > MOST_RATIO * max(packed, 1):
        return ["bomb", {"size": unpacked // 2**20}]
    return None
