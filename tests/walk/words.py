"""Slips of setting that neither the HTML checker nor axe sees: they come of line breaks in a template."""

from __future__ import annotations

import re
from html.parser import HTMLParser

SLIP = re.compile(r".{0,40}(?: [,.;:!?)](?=\s|$)|\( |(?<!\.)\.\.(?!\.)).{0,30}")
INLINE = frozenset(
    "a abbr b bdi cite code del em i ins kbd mark q s small span strong sub sup svg time u use".split()
)
UNREAD = frozenset(("script", "style", "textarea"))


class Words(HTMLParser):
    """The words of a page as they stand, a line for each block."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.unread = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.unread += tag in UNREAD
        self.text += "" if tag in INLINE else "\n"

    def handle_endtag(self, tag: str) -> None:
        self.unread -= tag in UNREAD
        self.text += "" if tag in INLINE else "\n"

    def handle_data(self, data: str) -> None:
        self.text += "" if self.unread else re.sub(r"\s+", " ", data)


def slips(html: str) -> list[str]:
    """Where a space stands before a stop or a comma, or two stops end a sentence."""
    lines = (re.sub(r" +", " ", line).strip() for line in Words(html).text.split("\n"))
    return [slip for line in lines for slip in SLIP.findall(line)]
