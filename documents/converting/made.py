"""What a conversion makes: pages or the reason why there are none, and what lay inside."""

from __future__ import annotations

from dataclasses import dataclass, field

from documents.converting.words import Said


@dataclass(frozen=True)
class Attached:
    """What lies inside a letter or a container."""

    name: str
    media_type: str
    sha256: str
    content: bytes
    is_program: bool = False
    is_locked: bool = False


@dataclass
class Converted:
    """Pages, or the reason why there are none; `attached` is printed after them by whoever joins."""

    content: bytes = b""
    reason: Said | None = None
    notes: list[Said] = field(default_factory=list)
    attached: list[Attached] = field(default_factory=list)
    is_container: bool = False  # what is attached is the document itself
    is_sheet: bool = False  # laid out here: the upper right corner is free
    read_pages: int = 0  # how many pages of a scan got a text layer

    @property
    def is_drawn_anew(self) -> bool:
        """Cheap and made of words alone: not worth keeping."""
        return self.is_sheet or bool(self.attached) or self.is_container
