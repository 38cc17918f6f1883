"""pyHanko opens an event loop of its own, which a thread that has one running does not allow."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


def apart(work: Callable[[], Result]) -> Result:
    """Do it in a thread without a loop; returns and raises what it does."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work).result()
