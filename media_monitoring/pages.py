"""From a page's bytes to its main text: trafilatura on what we fetched, never its own downloader."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from django.utils import timezone

LONGEST_TEXT = 400_000
META = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.I)


@dataclass(frozen=True)
class Page:
    title: str
    text: str
    author: str
    language: str
    picture_url: str
    published_at: datetime.datetime | None


def read_page(body: bytes, url: str, charset: str = "") -> Page | None:
    """The main text with its facts; None when the page holds none."""
    import trafilatura  # noqa: PLC0415 -- heavy; only the worker reads pages

    from media_monitoring.fetch import decoded  # noqa: PLC0415

    said = META.search(body[:4096])
    html = decoded(body, charset or (said.group(1).decode() if said else ""))
    try:
        found = trafilatura.bare_extraction(
            html, url=url, with_metadata=True, include_comments=False, include_tables=True
        )
    except Exception:  # whatever a broken page does to the parser
        return None
    if found is None or not found.text:
        return None
    language = re.search(r"<html[^>]+lang=[\"']?(\w\w)", html[:4096], re.I)
    return Page(
        title=(found.title or "")[:400],
        text=found.text[:LONGEST_TEXT].replace("\x00", ""),
        author=(found.author or "")[:200],
        language=language.group(1).lower() if language else "lt",
        picture_url=(found.image or "")[:1000],
        published_at=_moment(found.date),
    )


def _moment(day: str | None) -> datetime.datetime | None:
    try:
        parsed = datetime.datetime.fromisoformat(day or "")
    except ValueError:
        return None
    return parsed if timezone.is_aware(parsed) else timezone.make_aware(parsed)
