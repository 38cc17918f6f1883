"""From a page's bytes to its main text: trafilatura on what we fetched, never its own downloader.

The reading is done by a child process that stays for the next page, so that a page on which the parser hangs or swells
is cut off with the child, and the queue goes on.
"""

from __future__ import annotations

import atexit
import datetime
import json
import os
import re
import resource
import select
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from media_monitoring.reader import META_CHARSET, decoded

LONGEST_TEXT = 400_000
MOST_SECONDS = 5.0
START_SECONDS = 20.0  # the libraries are read once
MOST_MEMORY = 1 << 30
MOST_PAGES = 500  # then a new child: what libraries leak goes with it


class PageTooSlowError(Exception):
    """The page was not read within its time or memory."""


@dataclass(frozen=True)
class Page:
    title: str
    text: str
    author: str
    language: str
    picture_url: str
    published_at: datetime.datetime | None


def read_page(body: bytes, url: str, charset: str = "", *, seconds: float = MOST_SECONDS) -> Page | None:
    """The main text with its facts; None when the page holds none. Raises PageTooSlowError."""
    found = _reader.ask(body, {"url": url, "charset": charset}, min(seconds, MOST_SECONDS))
    if found is None:
        return None
    return Page(**{**found, "published_at": _moment(found["published_at"])})


class _Reader:
    """The child of this process: asked one page at a time, killed when it is late, begun anew when needed."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.child: subprocess.Popen[bytes] | None = None
        self.owner = self.pages = 0

    def ask(self, body: bytes, asked: dict[str, str], seconds: float) -> dict[str, Any] | None:
        with self.lock:
            if self.owner != os.getpid():
                self.child = None  # inherited by a fork: it is another's
            if self.child is None or self.child.poll() is not None or self.pages >= MOST_PAGES:
                self.end()
                self._begin()
            try:
                self._send(json.dumps({**asked, "size": len(body)}).encode() + b"\n" + body)
                answer = json.loads(self._line(seconds))
            except (OSError, ValueError, TimeoutError) as error:
                self.end()
                raise PageTooSlowError from error
            self.pages += 1
            return answer

    def _begin(self) -> None:
        self.child = subprocess.Popen(
            [sys.executable, "-m", "media_monitoring.pages"],
            cwd=Path(__file__).resolve().parent.parent,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.environ.get("PATH", ""), "PYTHONWARNINGS": "ignore"},
        )
        self.owner, self.pages = os.getpid(), 0
        try:
            self._line(START_SECONDS)
        except (OSError, TimeoutError) as error:
            self.end()
            raise PageTooSlowError from error

    def _send(self, content: bytes) -> None:
        assert self.child
        assert self.child.stdin
        self.child.stdin.write(content)
        self.child.stdin.flush()

    def _line(self, seconds: float) -> bytes:
        assert self.child
        assert self.child.stdout
        out, ends_at, line = self.child.stdout.fileno(), time.monotonic() + seconds, b""
        while not line.endswith(b"\n"):
            left = ends_at - time.monotonic()
            if left <= 0 or not select.select([out], [], [], left)[0]:
                raise TimeoutError
            part = os.read(out, 1 << 16)
            if not part:
                raise OSError("the reader ended")
            line += part
        return line

    def end(self) -> None:
        if self.child is not None and self.owner == os.getpid():
            self.child.kill()
            self.child.wait()
            for stream in (self.child.stdin, self.child.stdout):
                if stream:
                    try:
                        stream.close()
                    except OSError:
                        continue  # half a page lay in the pipe
        self.child = None


_reader = _Reader()
atexit.register(_reader.end)


def _moment(day: str | None) -> datetime.datetime | None:
    from django.utils import timezone  # noqa: PLC0415 -- the child has no settings

    try:
        parsed = datetime.datetime.fromisoformat(day or "")
    except ValueError:
        return None
    return parsed if timezone.is_aware(parsed) else timezone.make_aware(parsed)


def _read(body: bytes, url: str, charset: str) -> dict[str, Any] | None:
    """In the child: what `Page` holds, its moment as text."""
    import trafilatura  # noqa: PLC0415 -- heavy; only the child reads pages

    said = META_CHARSET.search(body[:4096])
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
    return {
        "title": (found.title or "")[:400],
        "text": found.text[:LONGEST_TEXT].replace("\x00", ""),
        "author": (found.author or "")[:200],
        "language": language.group(1).lower() if language else "lt",
        "picture_url": (found.image or "")[:1000],
        "published_at": found.date,
    }


def _serve() -> None:
    import trafilatura  # noqa: F401, PLC0415 -- before the first page's clock runs

    source, out = sys.stdin.buffer, sys.stdout.buffer
    out.write(b"ready\n")
    out.flush()
    while line := source.readline():
        asked = json.loads(line)
        body = source.read(asked["size"])
        out.write(json.dumps(_read(body, asked["url"], asked["charset"])).encode() + b"\n")
        out.flush()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    _serve()
