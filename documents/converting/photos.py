"""A telephone's HEIC as a JPG of its points alone, decoded in a bounded process: quick enough for a person to wait for."""

from __future__ import annotations

from dataclasses import dataclass

from documents.converting import sandbox
from documents.converting.sandbox import MEGABYTE, Limits, NotIsolatedError

LIMITS = Limits(memory=1536 * MEGABYTE, cpu=15, wall=30)


@dataclass(frozen=True)
class Photo:
    """What it shows, how large it is, when the camera says it was taken ("2026:03:04 09:15:00")."""

    content: bytes  # nothing when there are too many points to decode
    width: int
    height: int
    taken: str


def jpeg_of(content: bytes) -> Photo | None:
    """None when it cannot be read; raises NotIsolatedError where nothing foreign may be decoded."""
    if not sandbox.is_possible():
        raise NotIsolatedError
    with sandbox.scratch() as folder:
        (folder / "source").write_bytes(content)
        done, told = sandbox.inside("photo", folder, {"source": "source", "target": "out.jpg"}, LIMITS)
        if not done.is_well or not told.get("width"):
            return None
        made = sandbox.read(folder / "out.jpg")
        return Photo(made, int(told["width"]), int(told["height"]), str(told["taken"])[:40])
