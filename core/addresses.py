"""Addresses of the staff host, whichever entrance a request came through."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.urls import get_urlconf, set_urlconf


@contextmanager
def staff_addresses() -> Iterator[None]:
    """Inside it `reverse` names pages of the staff host.

    A page of the link host has an URLconf of its own (core.middleware.HostMiddleware), while what a service writes,
    a notice or a letter to staff, points to staff pages.
    """
    given = get_urlconf()
    set_urlconf(None)
    try:
        yield
    finally:
        set_urlconf(given)
