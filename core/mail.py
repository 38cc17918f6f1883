"""Mail: written as a row in the transaction of the deed, sent by a job, never twice by itself."""

from __future__ import annotations

import datetime
import smtplib
from collections.abc import Iterable
from contextlib import suppress
from email.utils import make_msgid
from typing import Any

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit, keys
from core.actor import Actor
from core.choices import MailState, Verdict
from core.errors import DomainError
from core.jobs import enqueue
from core.models import OutgoingMail, StoredFile

KEY_NAME = "mail"  # of the file that opens secrets of letters on their way
PLACE = "[[slapta]]"  # stands in the kept texts for the secret
SECRETS_KEPT = datetime.timedelta(days=14)  # no link that a letter carries lives longer to be pressed first


def queue_mail(
    *,
    to: str,
    subject: str,
    text: str,
    key: str,
    html: str = "",
    secret: str = "",
    matter: object | None = None,
    asked_by: Any = None,
    attachments: Iterable[StoredFile] = (),
) -> OutgoingMail:
    """Write a letter to be sent after the commit; the same `key` gives the letter that is there already.

    `secret` is what the texts hold and the database may not: it is taken out of them and put in when the letter goes.
    """
    domain = settings.DEFAULT_FROM_EMAIL.rsplit("@", 1)[-1].strip(" >")
    mail, created = OutgoingMail.objects.get_or_create(
        key=key,
        defaults={
            "message_id": make_msgid(domain=domain),
            "to": to,
            "subject": " ".join(subject.split())[:250],
            "text": text.replace(secret, PLACE) if secret else text,
            "html": html.replace(secret, PLACE) if secret else html,
            "secret": Fernet(keys.read_or_new(KEY_NAME)).encrypt(secret.encode()) if secret else b"",
            "matter_pk": getattr(matter, "pk", None),
            "asked_by": asked_by,
        },
    )
    if created:
        mail.attachments.set(attachments)
        enqueue("core.send_mail", mail.pk)
    return mail


class NotTakenError(Exception):
    """The letter was surely not taken: nothing was said to the server yet, or it said "later". It may be tried again."""


def send(mail_id: int) -> None:
    """Send a waiting letter. One found *sending* fell in a crash: it becomes *uncertain* for a person to decide.

    Raises NotTakenError when the letter waits on and is to be tried again.
    """
    with transaction.atomic():
        mail = OutgoingMail.objects.select_for_update().filter(pk=mail_id).first()
        if mail is None or mail.state not in (MailState.QUEUED, MailState.SENDING):
            return
        if mail.state == MailState.SENDING:
            mail.state = MailState.UNCERTAIN
        else:
            mail.state, mail.tried_at, mail.told_at = MailState.SENDING, timezone.now(), None
        mail.save(update_fields=["state", "tried_at", "told_at"])
    if mail.state == MailState.UNCERTAIN:
        return
    try:
        _converse(mail)
    except NotTakenError as error:
        _settle(mail, MailState.QUEUED, error)
        raise
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as error:  # a plain no
        _settle(mail, MailState.FAILED, error)
    except OSError as error:  # silence or a broken line in the middle: it may have been taken
        _settle(mail, MailState.UNCERTAIN, error)
    except Exception as error:
        _settle(mail, MailState.FAILED, error)
    else:
        OutgoingMail.objects.filter(pk=mail.pk).update(
            state=MailState.SENT, sent_at=timezone.now(), error="", secret=b""
        )


def _converse(mail: OutgoingMail) -> None:
    """The dialogue with the server; what fails before the letter is told raises NotTakenError."""
    text, html = whole_texts(mail)
    message = EmailMultiAlternatives(
        mail.subject,
        text,
        to=[mail.to],
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
    )
    if html:
        message.attach_alternative(html, "text/html")
    for attachment in mail.attachments.all():
        message.attach(attachment.name, attachment.read(), attachment.media_type)
    server = get_connection()
    try:
        server.open()
    except OSError as error:  # refused, unreachable, unknown, or it hung up before a word
        raise NotTakenError(str(error)) from error
    try:
        server.send_messages([message])
    except smtplib.SMTPRecipientsRefused as error:
        if all(400 <= code < 500 for code, _words in error.recipients.values()):
            raise NotTakenError(str(error)) from error
        raise
    except smtplib.SMTPResponseException as error:
        if 400 <= error.smtp_code < 500:
            raise NotTakenError(str(error)) from error
        raise
    finally:
        with suppress(OSError):  # what was taken stays taken, however the server says good-bye
            server.close()


def _settle(mail: OutgoingMail, state: MailState, error: Exception) -> None:
    OutgoingMail.objects.filter(pk=mail.pk).update(state=state, error=str(error)[:2000])


def give_up(mail_id: int) -> None:
    """The server was not reached in all the time it was tried: the letter failed, a person decides."""
    OutgoingMail.objects.filter(pk=mail_id, state=MailState.QUEUED).update(state=MailState.FAILED)


def whole_texts(mail: OutgoingMail) -> tuple[str, str]:
    """Plain text and HTML as the reader gets them; refuses when the secret they need is kept no more."""
    if PLACE not in mail.text:
        return mail.text, mail.html
    key = keys.read(KEY_NAME)
    if key is None or not is_whole(mail):
        raise DomainError(_("The link of this letter is no longer kept. Have a new link sent."))
    secret = Fernet(key).decrypt(bytes(mail.secret)).decode()
    return mail.text.replace(PLACE, secret), mail.html.replace(PLACE, secret)


def is_whole(mail: OutgoingMail) -> bool:
    """Whether the letter may still be sent: what its texts need is kept."""
    return PLACE not in mail.text or bool(mail.secret)


@transaction.atomic
def decide(mail: OutgoingMail, verdict: Verdict, *, by: Actor) -> OutgoingMail:
    """A person says what becomes of an uncertain or failed letter; decided already, it stays as it is."""
    mail = OutgoingMail.objects.select_for_update(of=("self",)).get(pk=mail.pk)
    if mail.state not in (MailState.UNCERTAIN, MailState.FAILED):
        return mail
    if verdict == Verdict.AGAIN:
        if not is_whole(mail):
            raise DomainError(_("The link of this letter is no longer kept. Have a new link sent."))
        mail.state = MailState.QUEUED
        enqueue("core.send_mail", mail.pk)
    elif verdict == Verdict.ARRIVED:
        if mail.state != MailState.UNCERTAIN:
            raise DomainError(_("The server refused this letter: it cannot have arrived."))
        mail.state, mail.sent_at, mail.secret = MailState.SENT, mail.tried_at or timezone.now(), b""
    else:
        mail.state, mail.secret = MailState.CANCELLED, b""
    mail.save(update_fields=["state", "sent_at", "secret"])
    audit.record(f"mail.{verdict}", mail, by=by, matter=mail.matter_pk)
    return mail


def forget_secrets(before: datetime.datetime) -> int:
    """Letters that never went keep no secret either: their links have died meanwhile."""
    return OutgoingMail.objects.filter(created_at__lt=before).exclude(secret=b"").update(secret=b"")
