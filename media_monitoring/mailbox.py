"""The dialogue with the mailbox of newsletters: IMAP, over TLS always, read in parts and within a time.

The server is our own, named in the settings; what lies in it is anybody's. Heads are parsed by the server, bodies only by
the child of `media_monitoring.reader`.
"""

from __future__ import annotations

import datetime
import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError, LoginError

from media_monitoring.fetch import MOST_BYTES

SECONDS = 15.0  # for each answer of the server
OLDEST = datetime.timedelta(days=30)
HEAD = ["RFC822.SIZE", "ENVELOPE", "INTERNALDATE"]


class MailboxError(Exception):
    """The mailbox cannot be read now; the text says why."""


class UnreadableHeadError(Exception):
    """The head of one letter is beyond reading; the others are not touched by it."""


@dataclass(frozen=True)
class Head:
    """What the server says of a letter."""

    uid: int
    sender: str  # lower case; empty when there is none or there are several
    message_id: str
    size: int
    came_at: datetime.datetime


def is_named() -> bool:
    return bool(settings.PRESS_IMAP_HOST)


def name() -> str:
    """Which mailbox: where one left off means nothing in another."""
    return f"{settings.PRESS_IMAP_USER}@{settings.PRESS_IMAP_HOST}:{settings.PRESS_IMAP_PORT}/{settings.PRESS_IMAP_FOLDER}"[
        :300
    ]


class Line:
    """An open mailbox."""

    def __init__(self, client: IMAPClient, validity: int) -> None:
        self.client, self.validity = client, validity

    def after(self, uid: int, most: int) -> list[int]:
        """Numbers of the letters after this one, the oldest first; what came long ago is no news."""
        since = timezone.localdate() - OLDEST
        found = self.client.search(
            ["UID", f"{uid + 1}:*", "SINCE", since]
        )  # "*" is the last one, whatever its number
        return sorted(number for number in found if number > uid)[:most]

    def head(self, uid: int) -> Head | None:
        """The letter's head; None when it is gone."""
        try:
            row = self.client.fetch([uid], HEAD).get(uid)
        except (imaplib.IMAP4.abort, OSError):
            raise
        except Exception as error:  # whatever a head makes the library raise
            raise UnreadableHeadError from error
        if row is None:
            return None
        envelope, came_at = row.get(b"ENVELOPE"), row.get(b"INTERNALDATE")
        return Head(
            uid,
            _only_sender(envelope.from_ if envelope else None),
            _text(envelope.message_id if envelope else b"").strip(" <>\t\r\n")[:300],
            int(row.get(b"RFC822.SIZE", 0)),
            timezone.make_aware(came_at, timezone.get_default_timezone()) if came_at else timezone.now(),
        )

    def body(self, uid: int) -> bytes:
        """The letter as it came, never more than the bound, not marked as read."""
        row = self.client.fetch([uid], [f"BODY.PEEK[]<0.{MOST_BYTES + 1}>"]).get(uid, {})
        return next((value for key, value in row.items() if key.startswith(b"BODY[]")), b"")

    def put_away(self, uid: int) -> None:
        """Into the folder of letters that were taken, when the settings name one."""
        folder = settings.PRESS_IMAP_MOVE_TO
        if not folder:
            return
        if not self.client.folder_exists(folder):
            self.client.create_folder(folder)
        if self.client.has_capability("MOVE"):
            self.client.move([uid], folder)
        elif self.client.has_capability("UIDPLUS"):
            self.client.copy([uid], folder)
            self.client.delete_messages([uid])
            self.client.uid_expunge([uid])
        else:
            raise MailboxError(
                _("The mail server can neither move letters nor delete a single one: leave the folder unset.")
            )


@contextmanager
def opened() -> Iterator[Line]:
    """The mailbox of the settings. Raises MailboxError with the reason, also when the line breaks later."""
    client = None
    try:
        try:
            client = IMAPClient(
                settings.PRESS_IMAP_HOST, settings.PRESS_IMAP_PORT, ssl_context=_trust(), timeout=SECONDS
            )
            if client.has_capability("AUTH=PLAIN"):  # the only way for a password with our letters
                client.plain_login(settings.PRESS_IMAP_USER, settings.PRESS_IMAP_PASSWORD)
            else:
                client.login(settings.PRESS_IMAP_USER, settings.PRESS_IMAP_PASSWORD)
            told = client.select_folder(settings.PRESS_IMAP_FOLDER, readonly=not settings.PRESS_IMAP_MOVE_TO)
            yield Line(client, int(told.get(b"UIDVALIDITY", 0)))
        except (LoginError, UnicodeError) as error:
            raise MailboxError(_("The mail server refused the user or the password.")) from error
        except ssl.SSLError as error:
            raise MailboxError(
                _("The certificate of the mail server is not trusted, or it speaks no TLS.")
            ) from error
        except TimeoutError as error:
            raise MailboxError(_("The mail server did not answer in time.")) from error
        except (IMAPClientError, imaplib.IMAP4.error) as error:
            raise MailboxError(
                _("The mail server answered: %(text)s") % {"text": str(error)[:200]}
            ) from error
        except OSError as error:
            raise MailboxError(_("The mail server cannot be reached.")) from error
    finally:
        if client is not None:
            with suppress(Exception):
                client.logout()


def _trust() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=settings.PRESS_IMAP_CA or None)


def _only_sender(senders: Any) -> str:
    """Two senders are none: either could be the false one."""
    known = [one for one in senders or () if one.mailbox and one.host]
    if len(known) != 1 or len(senders) != 1:
        return ""
    return f"{_text(known[0].mailbox)}@{_text(known[0].host)}".lower()[:254]


def _text(value: bytes | None) -> str:
    text = (value or b"").decode("utf-8", "replace")
    return "".join(letter for letter in text if letter.isprintable())
