"""What a feed, a news sitemap, a listing page or a letter holds; run as a program, so that a hostile one can be stopped.

`read` starts it with limits of time and memory; it takes bytes and gives JSON. Nothing of Django is read here.
"""
# ruff: noqa: PLC0415 -- each kind of body needs other libraries, and the portal itself none of them

from __future__ import annotations

import calendar
import io
import json
import os
import re
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

MOST_SECONDS = 5
MOST_MEMORY = 1 << 30
MOST_ITEMS = 200
MOST_DEPTH = 100
MOST_PARTS = 100  # of a letter
MOST_LINKS = 60
LONGEST_LETTER = 100_000  # of its text
# What no article hides behind, by its address and by its words; asking some of these would end the subscription.
NO_ARTICLE = re.compile(r"unsub|opt-?_?out|atsisak|preferenc|subscri|webview|mailto", re.I)
NO_HEADLINE = re.compile(
    r"unsubscri|atsisakyti|nebegauti|nebenori|update .{0,20}preferences|view .{0,20}in .{0,10}browser|naršyklėje",
    re.I,
)
XML_CHARSET = re.compile(rb"(\s*<\?xml[^>]*?)\s+encoding\s*=\s*[\"']([\w.:-]+)[\"']")
META_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.I)
MORE = re.compile(
    r"^\W*(skaityti|skaitykite|skaityk|plačiau|daugiau|read|more|visas|žiūrėti)\b.{0,25}$", re.I
)


class UnreadableError(Exception):
    """The body is not what it should be; the text is a code: entities, depth, parts, slow, broken."""


def read(kind: str, body: bytes, url: str, *, seconds: float = MOST_SECONDS) -> list[dict[str, Any]]:
    """Links of the body, the first ones: url, title, summary, author, published (seconds)."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(Path(__file__).resolve()), kind, url],
            input=body,
            capture_output=True,
            timeout=seconds,
            env={"PATH": os.environ.get("PATH", "")},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableError("slow") from error
    if done.returncode:
        code = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise UnreadableError(code if code in ("entities", "depth", "parts") else "broken")
    return json.loads(done.stdout)


def read_letter(body: bytes) -> dict[str, Any]:
    """The letter: subject, sent (seconds), text, links with their titles. What is attached is not opened."""
    return read("letter", body, "")[0]


def decoded(body: bytes, charset: str = "") -> str:
    """The text of the bytes: UTF-8 when they are, else as said; what is said to be Western is Baltic here."""
    western = {"iso-8859-1", "latin-1", "latin1", "windows-1252", "us-ascii", "utf-8", "utf8", ""}
    for name in ("utf-8-sig", *([] if charset.lower() in western else [charset])):
        try:
            return body.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return body.decode("windows-1257", errors="replace")


def _as_utf8(body: bytes) -> bytes:
    """XML in UTF-8, whatever it says of itself."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = body.decode("utf-16", errors="replace").encode()
    else:
        said = XML_CHARSET.match(body[:400])
        text = decoded(body, said.group(2).decode() if said else "").encode()
    return XML_CHARSET.sub(rb"\1", text, count=1)


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

    body = _as_utf8(body)
    _vet_xml(body)
    heads = {"content-location": url, "content-type": "application/xml; charset=utf-8"}
    found = feedparser.parse(io.BytesIO(body), response_headers=heads)
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

    body = _as_utf8(body)
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

    said = META_CHARSET.search(body[:4096])
    text = decoded(body, said.group(1).decode() if said else "")
    page = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    seen: dict[str, str] = {}
    for link in page.xpath("//a[@href][ancestor::article or ancestor::h2 or ancestor::h3 or h2 or h3]"):
        title = " ".join(link.text_content().split())
        try:
            address = urljoin(url, link.get("href")).partition("#")[0]
            is_of_it = urlsplit(address).netloc == urlsplit(url).netloc
        except ValueError:
            continue
        if is_of_it and len(title) > 15:
            seen.setdefault(address, title)
    return [
        {"url": address, "title": title, "summary": "", "author": "", "published": None}
        for address, title in list(seen.items())[:MOST_ITEMS]
    ]


def _letter(body: bytes, url: str) -> list[dict[str, Any]]:
    """One letter, as a list of one."""
    import email
    import email.policy
    from email.utils import parsedate_to_datetime

    try:
        message = email.message_from_bytes(body, policy=email.policy.default)
        parts = []
        for part in message.walk():
            parts.append(part)
            if len(parts) > MOST_PARTS:
                sys.exit("parts")
    except RecursionError:
        sys.exit("depth")
    plain, markup = _words(parts, "text/plain"), _words(parts, "text/html")
    links, text = _of_markup(markup) if markup.strip() else ([], "")
    try:
        sent = int(parsedate_to_datetime(str(message["date"])).timestamp())
    except (ValueError, TypeError, IndexError, OverflowError):
        sent = None
    subject = "".join(letter if letter.isprintable() else " " for letter in str(message["subject"] or ""))
    return [
        {
            "subject": " ".join(subject.split())[:400],
            "sent": sent,
            "text": (plain.strip() or text)[:LONGEST_LETTER].replace("\x00", ""),
            "links": links,
        }
    ]


def _words(parts: list[Any], kind: str) -> str:
    """The first part of the kind that is no attachment."""
    for part in parts:
        if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
            content = part.get_payload(decode=True)
            return decoded(content if isinstance(content, bytes) else b"", part.get_content_charset() or "")
    return ""


def _of_markup(markup: str) -> tuple[list[dict[str, str]], str]:
    """Links that may lead to articles, and the text; a link that only says "more" is called by the heading above it."""
    from lxml import etree, html

    try:
        page = html.document_fromstring(markup.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError):
        return [], ""
    links: dict[str, str] = {}
    heading = ""
    for node in page.iter("a", "h1", "h2", "h3", "h4", "strong", "b"):
        words = " ".join(node.text_content().split())
        if node.tag != "a":
            heading = words if len(words) > 15 else heading
            continue
        address = (node.get("href") or "").strip()
        words = words or " ".join(" ".join(node.xpath(".//img/@alt")).split())
        if not address.lower().startswith(("http://", "https://")) or len(address) > 2000:
            continue
        if NO_ARTICLE.search(address) or NO_HEADLINE.search(words):
            continue
        words = heading if MORE.search(words) else words
        if len(words) > len(links.get(address, "")):
            links[address] = words[:400]
    for node in page.xpath("//script | //style | //head"):
        node.drop_tree()
    for node in page.iter("p", "div", "tr", "li", "br", "h1", "h2", "h3", "h4"):
        node.tail = "\n" + (node.tail or "")
    lines = (" ".join(line.split()) for line in page.text_content().split("\n"))
    found = [{"url": address, "title": title} for address, title in links.items() if len(title) > 15]
    return found[:MOST_LINKS], re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    readers = {"feed": _feed, "sitemap": _sitemap, "listing": _listing, "letter": _letter}
    sys.stdout.write(json.dumps(readers[sys.argv[1]](sys.stdin.buffer.read(), sys.argv[2])))
