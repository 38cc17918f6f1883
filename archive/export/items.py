"""What the assembly takes and gives: plain data, no rows of the database."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

LEVEL = "3b"  # of PDF/A
MANIFEST = "apyrasas.json"  # the inner inventory, among the embedded files


@dataclass(frozen=True)
class Original:
    """A file as it came, to be embedded: bytes are read when they are needed."""

    name: str
    media_type: str
    sha256: str
    read: Callable[[], bytes]
    relationship: str = "Source"  # ISO 32000-2: Source, Alternative, Supplement, Data


@dataclass
class Item:
    """One document of the file, in the order of the inventory."""

    number: int
    title: str
    day: str
    original: Original
    registered: str = ""
    matter: str = ""
    is_own_paper: bool = False  # made and checked here: PDF/A with a free upper right corner
    more: list[Original] = field(default_factory=list)  # other forms of the same document

    @cached_property
    def embedded_name(self) -> str:
        """Whoever takes it out of the PDF writes it beside, never up or away: a name holds no path."""
        from documents.intake import clean_name  # noqa: PLC0415 -- examine.py knows no Django

        return f"{self.number:04d} {clean_name(self.original.name)}"


@dataclass(frozen=True)
class Embedded:
    """A file to be embedded, as it lies on the disk while the export is assembled."""

    name: str
    title: str
    path: Path
    sha256: str
    size: int
    media_type: str
    relationship: str


@dataclass(frozen=True)
class Left:
    """A file inside another that is listed by its sum and not embedded by itself."""

    name: str
    sha256: str
    why: str


@dataclass
class Print:
    """Pages of an item, or why there are none. Notes are told on its slip page."""

    content: bytes = b""
    reason: str = ""
    notes: list[str] = field(default_factory=list)
    has_free_corner: bool = False
    attached: list[Original] = field(default_factory=list)  # of a letter, to be embedded by themselves
    left: list[Left] = field(default_factory=list)
    read_pages: int = 0  # of a scan, with a text layer


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
