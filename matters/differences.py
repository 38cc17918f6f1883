"""What changed between two frozen contents, in words an approver reads."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from core.registry import MatterKind


@dataclass(frozen=True)
class Change:
    """One changed field: where it stands (anchor and words), what it was and is, and whether approval must see it first.

    Empty `before`: added; empty `after`: taken away. `is_material` re-opens approval, the rest is operational.
    """

    anchor: str
    place: str
    field: str
    before: str
    after: str
    is_material: bool = True

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def changes_between(kind: MatterKind, old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """The kind's own readable difference, or, for a kind without one, its top-level fields."""
    if kind.differ:
        return kind.differ(old, new)
    keys = sorted(set(old) | set(new))
    return [
        Change(key, key, key, str(old.get(key, "")), str(new.get(key, "")))
        for key in keys
        if old.get(key) != new.get(key)
    ]
