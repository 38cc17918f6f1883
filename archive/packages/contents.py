"""What a package holds: plain data, no rows of the database."""

from __future__ import annotations

import datetime
import hashlib
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

UNSAFE = re.compile(r"[^0-9A-Za-zĀ-ž._-]+")


@dataclass(frozen=True)
class Part:
    """A file of the package: its place, what it is, how its bytes are read."""

    path: str  # beneath originals/ or metadata/
    media_type: str
    title: str
    read: Callable[[], bytes]


@dataclass(frozen=True)
class Contents:
    """A case file ready to be packed; the moment is that of its last change, so that packages repeat."""

    name: str  # of the package: byla-2025-5.2-t1
    title: str
    office: str
    office_code: str
    unit: str
    submitted_by: str
    moment: datetime.datetime
    pdf: Part
    originals: list[Part]
    metadata: dict[str, Any]  # index, year, term, dates: as the archive wants them typed in
    tables: list[Part] = field(default_factory=list)  # the inventory as a table
    version: str = "1"

    @property
    def stamp(self) -> str:
        return self.moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def safe_name(name: str, number: int) -> str:
    """A name that every file system takes, and that goes nowhere: the number keeps them apart."""
    plain = UNSAFE.sub("_", name.replace("..", "_")).strip("._") or "file"
    stem, dot, suffix = plain.rpartition(".")
    if dot and len(suffix) <= 10:
        return f"{number:04d}_{stem[:80]}.{suffix}"
    return f"{number:04d}_{plain[:80]}"


def write(path: Path, content: bytes) -> tuple[str, int]:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return hashlib.sha256(content).hexdigest(), len(content)


def zipped(folder: Path, target: Path, moment: datetime.datetime) -> None:
    """The folder as a ZIP, its names in order and its times those of the contents: the same bytes each time."""
    when = moment.astimezone(datetime.UTC)
    stamp = (max(when.year, 1980), when.month, when.day, when.hour, when.minute, when.second)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                info = zipfile.ZipInfo(str(path.relative_to(folder.parent)), stamp)
                info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                with path.open("rb") as source, book.open(info, "w", force_zip64=True) as out:
                    while chunk := source.read(1 << 20):
                        out.write(chunk)
