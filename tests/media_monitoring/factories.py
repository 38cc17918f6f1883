"""Invented outlets, and a web server of flesh and blood that plays them, well-behaved and hostile."""

from __future__ import annotations

import datetime
import gzip
import secrets
import threading
import time
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from django.utils import timezone

from core import deadlines
from media_monitoring import services
from media_monitoring.fetch import Fetcher
from media_monitoring.models import Article, Host, Outlet, Source, Topic
from tests.accounts.factories import UserFactory
from tests.mailroom import MailRoom


def make_outlet(name: str = "Dainavos kraštas", **fields: Any) -> Outlet:
    values = {"kind": "news_portal", "scope": "local", "is_verified": True, **fields}
    return Outlet.objects.get_or_create(name=name, defaults=values)[0]


def make_article(title: str = "Naujiena", text: str = "", *, days_ago: float = 1, **fields: Any) -> Article:
    """Entered by hand, as a person would."""
    return services.enter_article(
        outlet=fields.pop("outlet", None) or make_outlet(),
        medium=fields.pop("medium", "print"),
        title=title,
        text=text,
        published_at=timezone.now() - datetime.timedelta(days=days_ago),
        by=UserFactory(role="specialist").actor,
        **fields,
    )


def make_topic(query: str, *, watchers: Any = (), **fields: Any) -> Topic:
    """Saved as a person would."""
    topic = Topic(query=query, **{"name": f"{query[:90]} {Topic.objects.count()}", **fields})
    return services.save_topic(
        topic, by=UserFactory(role="specialist").actor, fields=[*fields], watchers=watchers
    )


class NewsStand:
    """A real HTTP server on the loopback: `pages` are path → (status, headers, body) or a function of the handler."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.pages: dict[str, Any] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        stand = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                stand.asked.append((self.path, dict(self.headers)))
                answer = stand.pages.get(self.path, (404, {}, b""))
                try:
                    if callable(answer):
                        answer(self)
                        return
                    status, headers, body = answer
                    if status == 200 and headers.get("ETag", "-") == self.headers.get("If-None-Match"):
                        status, body = 304, b""
                    self.send_response(status)
                    for name, value in headers.items():
                        self.send_header(name, value)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                except OSError:
                    pass  # the portal hung up, as it should

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer((host, 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    @property
    def address(self) -> tuple[str, int]:
        host, port = self.server.server_address[:2]
        return str(host), port

    def url(self, path: str) -> str:
        host, port = self.address
        return f"http://{host}:{port}{path}"

    def fetcher(self, **bounds: Any) -> Fetcher:
        return Fetcher(open_to=[self.address], **bounds)

    def source(self, path: str = "/rss", **fields: Any) -> Source:
        outlet = fields.pop("outlet", None) or make_outlet()
        return Source.objects.create(outlet=outlet, url=self.url(path), **{"kind": "feed", **fields})

    def poll(self, source: Source, **bounds: Any) -> int:
        Host.objects.update(next_at=timezone.now())  # the pause between requests is over
        found = services.poll_source(source.pk, fetcher=self.fetcher(**bounds))
        source.refresh_from_db()
        return found

    def read(self, article: Article) -> bool:
        Host.objects.update(next_at=timezone.now())
        Article.objects.filter(pk=article.pk).update(next_check_at=timezone.now())
        is_new = services.read_article(article.pk, fetcher=self.fetcher())
        article.refresh_from_db()
        return is_new

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class Inbox:
    """A mailbox of the real IMAP server: letters are laid into it, folders looked at."""

    def __init__(self, room: MailRoom) -> None:
        self.user = f"spauda-{secrets.token_hex(6)}"
        self.line = room.client(self.user)

    def put(self, letter: EmailMessage | bytes) -> None:
        self.line.append("INBOX", letter if isinstance(letter, bytes) else letter.as_bytes())

    def lies_in(self, folder: str = "INBOX") -> int:
        """How many letters."""
        self.line.select_folder(folder, readonly=True)
        return len(self.line.search("ALL"))


def newsletter(html: str = "", text: str = "", **fields: str) -> EmailMessage:
    """A letter of an outlet, as their programs send it."""
    letter = EmailMessage()
    values = {
        "From": "Dainavos kraštas <naujienos@dainava.example>",
        "Subject": "Dienos naujienos",
        "Message-ID": f"<{secrets.token_hex(8)}@dainava.example>",
        **{name.replace("_", "-"): value for name, value in fields.items()},
    }
    for name, value in values.items():
        letter[name] = value
    letter.set_content(text or "Jūsų programa nerodo laiško.")
    if html:
        letter.add_alternative(html, subtype="html")
    return letter


def rss(*items: tuple[str, str], more: str = "") -> bytes:
    rows = "".join(
        f"<item><title>{title}</title><link>{link}</link><description>Santrauka: {title}</description>"
        "<pubDate>Tue, 09 Jun 2026 08:55:00 +0300</pubDate></item>"
        for title, link in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>N</title>{rows}{more}</channel></rss>'.encode()


def page(title: str, *paragraphs: str, charset: str = "utf-8") -> bytes:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        f'<html lang="lt"><head><meta charset="{charset}"><title>{title}</title></head>'
        f"<body><nav>Meniu</nav><article><h1>{title}</h1>{body}</article></body></html>"
    ).encode(charset)


def endless(handler: Any) -> None:
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 65536)


def gigabyte(handler: Any) -> None:
    """A page that says honestly that it is too big."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(2**30))
    handler.end_headers()
    for _turn in range(2**30 // 65536):
        handler.wfile.write(b"x" * 65536)


def drip(handler: Any) -> None:
    """A byte now and then, for longer than anybody should wait."""
    handler.send_response(200)
    handler.end_headers()
    for _turn in range(200):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.1)


BOMB = gzip.compress(b"0" * 64 * 2**20)


def next_working_day() -> datetime.date:
    today = timezone.localdate()
    return today if deadlines.is_working_day(today) else deadlines.next_working_day(today)
