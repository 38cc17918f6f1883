"""What a warning is: two things that clash, and ways out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from delegations.models import WarningNote


@dataclass(frozen=True)
class Fix:
    """A way out: `verb` is done by one click with `data`, or `url` opens the form that repairs."""

    label: str
    verb: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    anchor: int = 0  # the item whose form opens
    url: str = ""  # another page that repairs


@dataclass(frozen=True)
class Warning:
    """One thing to decide; `items` bear its pin."""

    key: str
    fact: str
    title: str
    text: str
    items: tuple[int, ...] = ()
    fixes: tuple[Fix, ...] = ()
    number: int = 0
    reason: str = ""  # why it was left standing
    note: WarningNote | None = None
