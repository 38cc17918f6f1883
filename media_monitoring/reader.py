"""What a feed, a news sitemap or a listing page holds; run as a program, so that a hostile one can be stopped.

`read` starts it with limits of time and memory; it takes bytes and gives JSON. Nothing of Django is read here.
"""
# ruff: noqa: PLC0415 -- each kind of body needs other libraries, and the portal itself none of them

from __future__ import annotations

import calendar
import io
import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

MOST_SECONDS = 5
MOST_MEMORY = 1 << 30
MOST_ITEMS = 200
MOST_DEPTH = 100


class UnreadableError(Exception):
    """The body is not what it should be; the text is a code: entities, depth, slow, broken."""


def read(kind: str, body: bytes, url: str) -> list[dict[str, Any]]:
    """Links of the body, the first ones: url, title, summary, author, published (seconds)."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(Path(__file__).resolve()), kind, url],
            input=body,
            capture_output=True,
            timeout=MOST_SECONDS,
            env={"PATH": os.environ.get("PATH", "")},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableError("slow") from error
    if done.returncode:
        code = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise UnreadableError(code if code in ("entities", "depth") else "broken")
    return json.loads(done.stdout)


def _vet_xml(body: bytes) -> None:
    """No entities of its own, no tower of tags; a feed that is merely broken passes."""
    from xml.sax import SAXParseException, handler

    from defusedxml import DefusedXmlException
    from defusedxml.sax import parseString

    class Depth(handler.ContentHandler):
        depth = 0

        def startElement(self, name: str, attrs: Any) -> None:
            self.depth += 1
            if self.depth > MOST_DEPTH:
                sys.exit("depth")

        def endElement(self, name: str) -> None:
            self.depth -= 1

    if b"<!ENTITY" in body.replace(b"\x00", b"").upper():
        sys.exit("entities")
    try:
        parseString(body, Depth())
    except DefusedXmlException:
        sys.exit("entities")
    except SAXParseException:
        if body.count(b"<") - 2 * body.count(b"</") > 4 * MOST_DEPTH + body.count(b"/>") + body.count(b"<!"):
            sys.exit("depth")


def _feed(body: bytes, url: str) -> list[dict[str, Any]]:
    import feedparser

    _vet_xml(body)
    found = feedparser.parse(io.BytesIO(body), response_headers={"content-location": url})
    if not found.version and not found.entries:
        sys.exit("broken")
    items = []
    for entry in found.entries[:MOST_ITEMS]:
        moment = entry.get("published_parsed") or entry.get("updated_parsed")
        items.append(
            {
                "url": entry.get("link", ""),
                "title": entry.get("title", ""),
                "summary": entry.get("summary", ""),
                "author": entry.get("author", ""),
                "published": calendar.timegm(moment) if moment else None,
            }
        )
    return items


def _sitemap(body: bytes, url: str) -> list[dict[str, Any]]:
    from datetime import datetime, timezone

    from defusedxml.ElementTree import fromstring

    _vet_xml(body)
    items = []
    for entry in fromstring(body):
        values = {part.tag.rpartition("}")[2]: (part.text or "").strip() for part in entry.iter()}
        try:
            moment = datetime.fromisoformat(values.get("publication_date") or values.get("lastmod") or "")
            seconds = int((moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)).timestamp())  # noqa: UP017
        except (ValueError, OverflowError):
            seconds = None
        items.append(
            {
                "url": values.get("loc", ""),
                "title": values.get("title", ""),
                "summary": "",
                "author": "",
                "published": seconds,
            }
        )
        if len(items) == MOST_ITEMS:
            break
    return items


def _listing(body: bytes, url: str) -> list[dict[str, Any]]:
    """Links inside headings or article elements, of the same host: what a listing page lists."""
    from urllib.parse import urljoin, urlsplit

    from lxml import html

    page = html.document_fromstring(body)
    seen: dict[str, str] = {}
    for link in page.xpath("//a[@href][ancestor::article or ancestor::h2 or ancestor::h3 or h2 or h3]"):
        address = urljoin(url, link.get("href")).partition("#")[0]
        title = " ".join(link.text_content().split())
        if urlsplit(address).netloc == urlsplit(url).netloc and len(title) > 15:
            seen.setdefault(address, title)
    return [
        {"url": address, "title": title, "summary": "", "author": "", "published": None}
        for address, title in list(seen.items())[:MOST_ITEMS]
    ]


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    readers = {"feed": _feed, "sitemap": _sitemap, "listing": _listing}
    sys.stdout.write(json.dumps(readers[sys.argv[1]](sys.stdin.buffer.read(), sys.argv[2])))
