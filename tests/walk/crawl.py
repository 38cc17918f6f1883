"""Every page a person can reach by following links, one or two of each kind."""

from __future__ import annotations

import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request
from collections import deque
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from django.urls import Resolver404, resolve

OF_A_KIND = 1  # pages walked of each view
FOLLOWED_OF_A_KIND = 4  # pages asked for of each view while looking for others
MOST = 600


@dataclass(frozen=True)
class Page:
    view: str
    path: str
    person: str  # user name, or "" for somebody not logged in
    html: str

    def __repr__(self) -> str:
        return f"{self.path} ({self.person or 'anonymous'})"


class Person:
    """Somebody with a session, over plain HTTP; empty name: not logged in."""

    def __init__(self, address: str, name: str, password: str) -> None:
        self.address = address
        self.name = name
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        if name:
            self._log_in(password)

    def _log_in(self, password: str) -> None:
        _status, _path, html = self.get("/")
        action = urllib.parse.urlsplit(self.last_url).path
        fields = {"csrfmiddlewaretoken": token_of(html), "username": self.name, "password": password}
        request = urllib.request.Request(
            self.address + action, urllib.parse.urlencode(fields).encode(), {"Referer": self.address + action}
        )
        with self.opener.open(request, timeout=60) as answer:
            assert urllib.parse.urlsplit(answer.url).path != action, f"{self.name} could not log in"

    def post(self, page: str, action: str = "", **fields: Any) -> tuple[int, str]:
        """Send a form of the page (to itself, or to the action); the status and the text that came back."""
        return self.send(action or page, token_of(self.get(page)[2]), page, fields)

    def send(self, action: str, token: str, page: str, fields: dict[str, Any]) -> tuple[int, str]:
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **fields}, doseq=True).encode()
        request = urllib.request.Request(self.address + action, body, {"Referer": self.address + page})
        try:
            answer = self.opener.open(request, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            self.last_url, self.headers = answer.url, answer.headers
            return answer.status, answer.read().decode()

    def get(self, path: str) -> tuple[int, str, str]:
        """Status, path after redirects, and the text if it is a page."""
        try:
            answer = self.opener.open(self.address + path, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            self.last_url, self.headers = answer.url, answer.headers
            is_page = answer.headers.get_content_type() == "text/html"
            text = answer.read().decode() if is_page else ""
            return answer.status, urllib.parse.urlsplit(answer.url).path, text


def token_of(html: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)
    assert found, "no form"
    return found[1]


class Links(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        if tag == "a" and (target := values.get("href")) and "download" not in values:
            self.found.append(target)


def crawl(person: Person, start: str = "/") -> tuple[list[Page], list[str]]:
    """The pages, and what was wrong on the way: an answer that is neither a page nor a file."""
    pages: list[Page] = []
    faults: list[str] = []
    asked: dict[str, int] = {}
    seen, waiting = {start}, deque([start])
    while waiting and len(seen) < MOST:
        path = waiting.popleft()
        view = view_of(path)
        if view is None or asked.get(view, 0) >= FOLLOWED_OF_A_KIND:
            continue
        asked[view] = asked.get(view, 0) + 1
        status, landed, html = person.get(path)
        if status >= 400:
            faults.append(f"{path} answers {status} to {person.name or 'anonymous'}")
            continue
        if not html:
            continue
        landed_view = view_of(landed) or view
        if sum(page.view == landed_view for page in pages) < OF_A_KIND:
            pages.append(
                Page(landed_view, path if landed == path.split("?")[0] else landed, person.name, html)
            )
        for link in Links(html).found:
            target = urllib.parse.urljoin(person.address + path, link)
            parts = urllib.parse.urlsplit(target)
            following = parts.path + (f"?{parts.query}" if parts.query else "")
            if target.startswith(person.address) and following not in seen:
                seen.add(following)
                waiting.append(following)
    return pages, faults


def view_of(path: str) -> str | None:
    """The name of the view behind a path; None for what is not ours to walk."""
    plain = path.split("?")[0]
    if plain.startswith(("/static/", "/administravimas/")):
        return None
    try:
        return resolve(urllib.parse.unquote(plain)).view_name
    except Resolver404:
        return f"nowhere {plain}"
