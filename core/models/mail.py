from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.choices import MailState
from core.models.files import StoredFile


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def undecided(self) -> OutgoingMailQuerySet:
        """Letters about which a person decides: perhaps taken, or surely not."""
        return self.filter(state__in=[MailState.UNCERTAIN, MailState.FAILED])


class OutgoingMail(models.Model):
    """A letter of the portal as a row with a stable Message-ID (išsiunčiamas pranešimas).

    It is marked *sending* before the dialogue with the server; what a crash leaves so becomes
    *uncertain*, and a person decides: it is never sent again by itself. What opens a door (a link's token) is not
    in the texts: it waits encrypted in `secret`, its key outside the database, and is dropped once the letter went.
    """

    key = models.CharField(max_length=200, unique=True)
    message_id = models.CharField(max_length=200, unique=True, editable=False)
    to = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=250)
    text = models.TextField(_("text"))
    html = models.TextField(blank=True)
    attachments = models.ManyToManyField(StoredFile, blank=True, related_name="+")
    secret = models.BinaryField(default=b"", editable=False)
    matter_pk = models.BigIntegerField(null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    state = models.CharField(_("state"), max_length=10, choices=MailState.choices, default=MailState.QUEUED)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    tried_at = models.DateTimeField(_("tried"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)  # when people learned that it stopped

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter of the portal")
        verbose_name_plural = _("letters of the portal")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=MailState.SENT, sent_at__isnull=False)
                | ~models.Q(state=MailState.SENT) & models.Q(sent_at__isnull=True),
                name="core_mail_sent_has_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[MailState.SENT, MailState.CANCELLED]) | models.Q(secret=b""),
                name="core_mail_done_keeps_no_secret",
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=models.Q(state__in=[MailState.UNCERTAIN, MailState.FAILED]),
                name="core_mail_undecided",
            )
        ]

    def __str__(self) -> str:
        return self.subject
