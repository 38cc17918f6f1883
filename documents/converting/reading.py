"""The words of archival pages, page by page, for searching; read in a process of its own as everything foreign is."""

from __future__ import annotations

from dataclasses import dataclass, field

from documents.converting import sandbox
from documents.converting.words import Said
from documents.converting.work import PDF_LIMITS


@dataclass(frozen=True)
class Read:
    """A text for each page, or why there is none."""

    texts: list[str] = field(default_factory=list)
    is_cut: bool = False  # longer than is searched
    reason: Said | None = None


def read_pages(content: bytes) -> Read:
    """What stands on the pages of a PDF, text layers of scans too."""
    if not sandbox.is_possible():
        return Read(reason=("open", {}))
    with sandbox.scratch() as folder:
        (folder / "source").write_bytes(content)
        done, told = sandbox.inside("words", folder, {"source": "source"}, PDF_LIMITS)
    if done.is_over_limits:
        return Read(reason=("too_much", {}))
    if not done.is_well:
        return Read(reason=("failed", {"name": "application/pdf"}))
    if reason := told.get("reason"):
        return Read(reason=(str(reason[0]), dict(reason[1])))
    return Read([str(text) for text in told["texts"]], bool(told["is_cut"]))
