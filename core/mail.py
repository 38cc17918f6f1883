"""Mail: written as a row in the transaction of the deed, sent by a job, never twice by itself."""

from __future__ import annotations

import smtplib
from collections.abc import Iterable
from contextlib import suppress
from email.utils import make_msgid

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.utils import timezone

from core.choices import MailState
from core.jobs import enqueue
from core.models import OutgoingMail, StoredFile


def queue_mail(
    *,
    to: str,
    subject: str,
    text: str,
    key: str,
    html: str = "",
    matter: object | None = None,
    attachments: Iterable[StoredFile] = (),
) -> OutgoingMail:
    """Write a letter to be sent after the commit; the same `key` gives the letter that is there already."""
    domain = settings.DEFAULT_FROM_EMAIL.rsplit("@", 1)[-1].strip(" >")
    mail, created = OutgoingMail.objects.get_or_create(
        key=key,
        defaults={
            "message_id": make_msgid(domain=domain),
            "to": to,
            "subject": " ".join(subject.split())[:250],
            "text": text,
            "html": html,
            "matter_pk": getattr(matter, "pk", None),
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
        mail.state = MailState.UNCERTAIN if mail.state == MailState.SENDING else MailState.SENDING
        mail.save(update_fields=["state"])
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
        OutgoingMail.objects.filter(pk=mail.pk).update(state=MailState.SENT, sent_at=timezone.now(), error="")


def _converse(mail: OutgoingMail) -> None:
    """The dialogue with the server; what fails before the letter is told raises NotTakenError."""
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        to=[mail.to],
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
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


@transaction.atomic
def decide_uncertain(mail: OutgoingMail, *, send_again: bool) -> None:
    """A person says whether an uncertain or failed letter goes out again or counts as sent."""
    mail = OutgoingMail.objects.select_for_update().get(pk=mail.pk)
    if mail.state not in (MailState.UNCERTAIN, MailState.FAILED):
        return
    if send_again:
        mail.state = MailState.QUEUED
        enqueue("core.send_mail", mail.pk)
    else:
        mail.state = MailState.CANCELLED
    mail.save(update_fields=["state"])
