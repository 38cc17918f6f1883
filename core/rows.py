"""What a page draws for each of many rows, worked out once."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse


def urls_of(name: str, *args: int) -> Callable[[int], str]:
    """The addresses of rows, asked for once: `urls_of("delegations:item", visit.pk)` gives that of each key."""
    head, _zero, tail = reverse(name, args=[*args, 0]).rpartition("0")
    return lambda pk: f"{head}{pk}{tail}"
