"""What tests need to start processes of their own beside the test: where they find their data, and how one waits for them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

# Databases of the broker: a worker of one test must take no work of another that runs beside it.
WALKS = 8  # and the three after it: one for each process of pytest-xdist
FALLS_OF_EXPORTS = 12
LIVE_PRESS = 13


def database_url(name: str) -> str:
    """The tests' PostgreSQL, another database."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"{parts.path.rpartition('/')[0]}/{name}"))


def broker_url(number: int) -> str:
    """The tests' Valkey, another of its databases."""
    base = os.environ["REDIS_URL"]
    return f"{base}{'&' if '?' in base else '?'}virtual_host={number}"


def eventually(is_so: Callable[[], bool], *, within: float) -> bool:
    """Whether it comes true before the seconds are over."""
    deadline = time.monotonic() + within
    while not is_so():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
