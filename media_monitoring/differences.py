"""What changed between two frozen texts of the press desk, field by field, in words an approver reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from matters.differences import Change


@dataclass(frozen=True)
class Field:
    """One thing an approver sees: where it stands (`anchor` of the page, `place` in words), its name and its words."""

    anchor: str
    place: Any
    name: Any
    words: Callable[[dict[str, Any]], str]


def differ_by(*fields: Field) -> Callable[[dict[str, Any], dict[str, Any]], list[Change]]:
    """The readable difference of a kind whose content is few fields; every change asks for approval anew."""

    def differ(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
        return [
            Change(field.anchor, str(field.place), str(field.name), before, after)
            for field in fields
            if (before := field.words(old)) != (after := field.words(new))
        ]

    return differ


def key(name: str) -> Callable[[dict[str, Any]], str]:
    return lambda content: str(content[name] or "")


def chosen(choices: Any, *path: str) -> Callable[[dict[str, Any]], str]:
    """The label of a choice that lies under these keys; "" while none is made."""

    def words(content: dict[str, Any]) -> str:
        value: Any = content
        for name in path:
            value = value[name]
        return str(choices(value).label) if value else ""

    return words
