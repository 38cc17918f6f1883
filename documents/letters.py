"""Reading a letter that came as a file (EML, MSG): who, when, about what, and what was attached."""

from __future__ import annotations

import datetime
import email
import email.policy
import io
import mimetypes
import re
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from html import unescape

from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import DomainError

MOST_ATTACHMENTS = 60
LONGEST_LINE = 2_000  # of names a letter was sent to


@dataclass(frozen=True)
class Letter:
    subject: str
    sender: str
    sent_at: datetime.datetime | None
    text: str  # whole; who keeps it in a row cuts it
    attachments: list[tuple[str, bytes]] = field(default_factory=list)
    recipients: str = ""
    copies: str = ""
    message_id: str = ""
    html: str = ""
    is_only_html: bool = False
    more_attachments: int = 0  # past the bound, left inside the letter


def read(content: bytes, extension: str) -> Letter:
    """The letter; raises DomainError when the file is no letter at all."""
    return read_msg(content) if extension == "msg" else read_eml(content)


def read_eml(content: bytes) -> Letter:
    message = email.message_from_bytes(content, policy=email.policy.default)
    if not isinstance(message, EmailMessage) or not (
        message["from"] or message["subject"] or message["date"]
    ):
        raise DomainError(_("This is not an e-mail: it has neither sender, subject nor date."), field="files")
    attachments = []
    for position, part in enumerate(message.iter_attachments(), start=1):
        name = part.get_filename() or f"priedas-{position}"
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload(0) if part.is_multipart() else None
            body = inner.as_bytes() if inner is not None else b""  # type: ignore[union-attr]
            name = name if name.lower().endswith(".eml") else f"{name}.eml"
        else:
            body = _payload(part)
        attachments.append((name, body))
    plain, html = _body(message, "plain"), _body(message, "html")
    return Letter(
        subject=_one_line(message["subject"]),
        sender=_one_line(message["from"])[:300],
        sent_at=_moment(str(message["date"] or "")),
        text=plain or _without_tags(html),
        attachments=attachments[:MOST_ATTACHMENTS],
        recipients=_one_line(message["to"])[:LONGEST_LINE],
        copies=_one_line(message["cc"])[:LONGEST_LINE],
        message_id=_one_line(message["message-id"])[:300],
        html=html,
        is_only_html=bool(html) and not plain,
        more_attachments=max(0, len(attachments) - MOST_ATTACHMENTS),
    )


def read_msg(content: bytes) -> Letter:
    from oxmsg import Message  # noqa: PLC0415 -- only for Outlook's own files

    try:
        message = Message.load(io.BytesIO(content))
        attachments = [
            (attachment.file_name or f"priedas-{position}", attachment.file_bytes or b"")
            for position, attachment in enumerate(message.attachments, start=1)
        ]
        return Letter(
            subject=_one_line(message.subject),
            sender=_one_line(message.sender)[:300],
            sent_at=_aware(message.sent_date),
            text=(message.body or _without_tags(message.html_body or "")).strip(),
            attachments=attachments[:MOST_ATTACHMENTS],
            recipients=_one_line(
                "; ".join(f"{one.name or ''} <{one.email_address or ''}>" for one in message.recipients)
            )[:LONGEST_LINE],
            copies=_one_line(message.message_headers.get("Cc"))[:LONGEST_LINE],
            message_id=_one_line(message.message_headers.get("Message-ID"))[:300],
            html=message.html_body or "",
            is_only_html=bool(message.html_body) and not message.body,
            more_attachments=max(0, len(attachments) - MOST_ATTACHMENTS),
        )
    except Exception as error:  # the library raises whatever a broken file makes it raise
        raise DomainError(
            _("The Outlook file cannot be read. Save the letter as EML or PDF."), field="files"
        ) from error


def _payload(part: EmailMessage) -> bytes:
    try:
        body = part.get_payload(decode=True)
    except (ValueError, LookupError):
        return b""
    return body if isinstance(body, bytes) else b""


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    if part is None:
        return ""
    try:
        text = part.get_content()
    except (LookupError, ValueError, KeyError):
        text = _payload(part).decode("utf-8", "replace")  # type: ignore[arg-type]
    return text.strip() if isinstance(text, str) else ""


def media_type_of(name: str) -> str:
    """What the end of an attachment's name says."""
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _without_tags(html: str) -> str:
    text = re.sub(r"<(style|script)\b.*?</\1>", "", html, flags=re.S | re.I)
    text = re.sub(r"<(br|/p|/div|/tr|/li)\b[^>]*>", "\n", text, flags=re.I)
    return re.sub(r"\n{3,}", "\n\n", unescape(re.sub(r"<[^>]*>", "", text))).strip()


def _one_line(value: object) -> str:
    text = "".join(letter if letter.isprintable() else " " for letter in str(value or ""))
    return re.sub(r"\s+", " ", text).strip()


def _moment(value: str) -> datetime.datetime | None:
    try:
        return _aware(parsedate_to_datetime(value))
    except (ValueError, TypeError, IndexError):
        return None


def _aware(moment: datetime.datetime | None) -> datetime.datetime | None:
    if moment is None:
        return None
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
