"""Mail: written as a row in the transaction of the deed, sent by a job, never twice by itself."""

from __future__ import annotations

from collections.abc import Iterable
from email.utils import make_msgid

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
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


def send(mail_id: int) -> None:
    """Send a waiting letter. One found *sending* fell in a crash: it becomes *uncertain* for a person to decide."""
    with transaction.atomic():
        mail = OutgoingMail.objects.select_for_update().filter(pk=mail_id).first()
        if mail is None or mail.state not in (MailState.QUEUED, MailState.SENDING):
            return
        mail.state = MailState.UNCERTAIN if mail.state == MailState.SENDING else MailState.SENDING
        mail.save(update_fields=["state"])
    if mail.state == MailState.UNCERTAIN:
        return
    message = EmailMultiAlternatives(
        mail.subject, mail.text, to=[mail.to], headers={"Message-ID": mail.message_id}
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    for attachment in mail.attachments.all():
        message.attach(attachment.name, attachment.read(), attachment.media_type)
    try:
        message.send()
    except ConnectionRefusedError:
        # Nothing was said to the server yet: it may be tried again.
        OutgoingMail.objects.filter(pk=mail.pk).update(state=MailState.QUEUED)
        raise
    except OSError as error:
        OutgoingMail.objects.filter(pk=mail.pk).update(state=MailState.UNCERTAIN, error=str(error)[:2000])
        return
    except Exception as error:
        OutgoingMail.objects.filter(pk=mail.pk).update(state=MailState.FAILED, error=str(error)[:2000])
        return
    OutgoingMail.objects.filter(pk=mail.pk).update(state=MailState.SENT, sent_at=timezone.now(), error="")


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
