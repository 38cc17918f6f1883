"""What must be true before papers can be made; each failure is one sentence with the remedy."""

from __future__ import annotations

import ctypes.util
from typing import Any

from django.core.checks import CheckMessage, Error, register

from documents import typefaces

# Names by which WeasyPrint loads them, and the Debian package that brings each.
LIBRARIES = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
}


@register()
def papers_can_be_made(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    return [*_missing_typefaces(), *_missing_libraries()]


def _missing_typefaces() -> list[CheckMessage]:
    missing = typefaces.missing_files()
    if not missing:
        return []
    return [
        Error(
            f"Typefaces of our papers are missing from documents/fonts: {', '.join(missing)}.",
            hint="Restore the folder from the repository; without them papers would be unreadable.",
            id="documents.E001",
        )
    ]


def _missing_libraries() -> list[CheckMessage]:
    missing = [package for name, package in LIBRARIES.items() if not _is_loadable(name)]
    if not missing:
        return []
    return [
        Error(
            f"Libraries that draw papers cannot be loaded; install them: apt-get install {' '.join(missing)}",
            id="documents.E002",
        )
    ]


def _is_loadable(name: str) -> bool:
    if ctypes.util.find_library(name):
        return True
    try:
        ctypes.CDLL(f"lib{name}.so.0")
    except OSError:
        return False
    return True
