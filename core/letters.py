"""What a letter of the portal says, once: plain text and HTML are made of the same words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import get_template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.mail import queue_mail
from core.models import OutgoingMail, StoredFile


@dataclass(frozen=True)
class Line:
    """One thing a letter names: its words, where it leads, and what is said beneath."""

    text: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Letter:
    """The parts of a letter, in the reader's language; addresses are whole ones.

    `groups` are (heading, lines); `act` is the one thing to press; `closing` stands beneath in small print;
    `choices` leads to where the reader says which letters she wants. `secret` is the part of an address that opens a
    door (a token): it is put in when the letter goes and kept no longer.
    """

    subject: str
    paragraphs: tuple[str, ...] = ()
    groups: tuple[tuple[str, tuple[Line, ...]], ...] = ()
    act: Line | None = None
    closing: tuple[str, ...] = ()
    choices: str = ""
    secret: str = ""

    @property
    def text(self) -> str:
        """The letter as plain text."""
        parts = ["\n\n".join(self.paragraphs)] if self.paragraphs else []
        for heading, lines in self.groups:
            parts.append("\n".join([f"{heading}:", *(_line(line) for line in lines)]))
        if self.act:
            parts.append(f"{self.act.text}:\n{self.act.url}")
        foot = [*self.closing, *([f"{_choices_words()}: {self.choices}"] if self.choices else [])]
        if foot:
            parts.append("\n".join(foot))
        return "\n\n".join(parts) + "\n"

    @property
    def html(self) -> str:
        """The letter as HTML without pictures, scripts or anything fetched."""
        return get_template("core/letters/letter.html").render(
            {
                "letter": self,
                "language": get_language(),
                "choices_words": _choices_words(),
                "OFFICE_UNIT": settings.OFFICE_UNIT,
            }
        )


def queue_letter(
    to: str,
    letter: Letter,
    *,
    key: str,
    matter: Any = None,
    asked_by: Any = None,
    attachments: Iterable[StoredFile] = (),
) -> OutgoingMail:
    """Write the letter, both texts of it, to be sent after the commit; the same `key` is the same letter.

    `asked_by` is who caused it and learns when it stops on its way.
    """
    return queue_mail(
        to=to,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        secret=letter.secret,
        key=key,
        matter=matter,
        asked_by=asked_by,
        attachments=attachments,
    )


def whole(path: str) -> str:
    """A path of the staff host as a whole address."""
    return settings.PUBLIC_URL.rstrip("/") + path


def _choices_words() -> str:
    return _("Choose which letters you get")


def _line(line: Line) -> str:
    return "\n".join([f"- {line.text}", *(f"  {more}" for more in (line.note, line.url) if more)])
