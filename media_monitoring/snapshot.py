"""A PDF of a page as its WARC record has it; run as a program, offline, so that a hostile page can be stopped.

`draw` starts it with limits of time and memory. Nothing of Django is read here, and nothing but the record.
"""
# ruff: noqa: PLC0415 -- the portal itself needs none of the libraries

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

MOST_SECONDS = 40
MOST_MEMORY = 2 << 30


class NotDrawnError(Exception):
    """The page could not be drawn within its limits."""


def draw(record: bytes, note: str, fonts: str) -> bytes:
    """The PDF of the record's first object; `note` stands at the foot of every page."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(Path(__file__).resolve()), note],
            input=record,
            capture_output=True,
            timeout=MOST_SECONDS,
            env={"PATH": os.environ.get("PATH", ""), "FONTCONFIG_FILE": fonts, "HOME": "/nonexistent"},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NotDrawnError from error
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise NotDrawnError(done.stderr.decode(errors="replace")[-300:])
    return done.stdout


def _objects(record: bytes) -> list[tuple[str, str, bytes]]:
    """Address, media type and unpacked bytes of each answer, in their order."""
    import io

    from warcio.archiveiterator import ArchiveIterator

    found = []
    for row in ArchiveIterator(io.BytesIO(record)):
        if row.rec_type == "response":
            kind = row.http_headers.get_header("Content-Type") or ""
            found.append((row.rec_headers.get_header("WARC-Target-URI"), kind, row.content_stream().read()))
    return found


def _text(body: bytes, kind: str) -> str:
    said = kind.lower().partition("charset=")[2].split(";")[0].strip(" \"'")
    for name in ("utf-8-sig", said or "utf-8"):
        try:
            return body.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return body.decode("windows-1257", "replace")


def _main() -> None:
    import weasyprint
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    (url, kind, body), *parts = _objects(sys.stdin.buffer.read())
    known = {address: (media, content) for address, media, content in parts}

    class FromTheRecord(URLFetcher):
        """What the page asks for is in the record, or in the page itself, or is not there."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url)
            if url not in known:
                raise ValueError("not in the record")
            media, content = known[url]
            return URLFetcherResponse(url, body=content, headers={"Content-Type": media})

    from_the_record = FromTheRecord(allowed_protocols=["data"])
    words = sys.argv[1].replace("\\", " ").replace('"', " ").replace("\n", " ")
    foot = f'@page {{ size: A4; margin: 14mm 12mm 18mm; @bottom-left {{ content: "{words}"; font: 7pt sans-serif; width: 100% }} }}'
    page = weasyprint.HTML(string=_text(body, kind), base_url=url, url_fetcher=from_the_record)
    sys.stdout.buffer.write(
        page.write_pdf(stylesheets=[weasyprint.CSS(string=foot, url_fetcher=from_the_record)])
    )


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    _main()
