"""One conversion in its folder, and the limits of what it starts."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from documents.converting import programs, sandbox
from documents.converting.sandbox import MEGABYTE, Limits
from documents.converting.sheets import base
from documents.converting.words import Said
from documents.sealing import trust

QUICK = Limits(cpu=30, wall=60)
PDF_LIMITS = Limits(memory=1536 * MEGABYTE, cpu=60, wall=120)
MENDING = Limits(memory=1536 * MEGABYTE, cpu=60, wall=120)


@dataclass
class Work:
    """One conversion in its folder."""

    folder: Path
    content: bytes
    name: str
    kind: str
    silent: list[int] = field(default_factory=list)  # pages without letters

    def __post_init__(self) -> None:
        (self.folder / "source").write_bytes(self.content)
        (self.folder / "base.pdf").write_bytes(base())
        (self.folder / "attached").mkdir()

    def inside(self, job: str, limits: Limits = QUICK, **options: Any) -> tuple[dict[str, Any], Said | None]:
        """The answer of one of our jobs, and the reason when it was stopped or says one."""
        done, told = sandbox.inside(job, self.folder, {"target": "out.pdf", **options}, limits)
        if done.is_over_limits:
            return {}, ("too_much", {})
        if not done.is_well:
            return {}, ("failed", {"name": self.kind})
        reason = told.get("reason")
        return told, (str(reason[0]), dict(reason[1])) if reason else None

    def beside_roots(self) -> None:
        """The roots that signatures of the file are judged by."""
        (self.folder / "roots.pem").write_bytes(trust.roots())

    def made(self, name: str = "out.pdf") -> bytes:
        return sandbox.read(self.folder / name)

    def run(self, code: str, *arguments: str, limits: Limits = MENDING) -> sandbox.Done:
        return sandbox.run([programs.program(code).path, *arguments], self.folder, limits)
