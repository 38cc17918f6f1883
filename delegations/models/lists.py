"""Lists for those who serve: who reads each, and what they were sent."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import ActedModel, OutgoingMail, TimestampedModel
from delegations.choices import ReaderLanguage
from delegations.models.visits import Visit
from matters.models import Version


class ListReader(TimestampedModel):
    """What a person has said of a reader of a list (sąrašo gavėjas): the address, the language, whether it goes at all.

    Nobody has a row until something is said. Mails of interpreters and drivers are not here: they lie encrypted with
    the resource (design 4.8).
    """

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="list_readers")
    reader = models.CharField(max_length=80)  # which list and whose: "driver:12", "hotel:3", "press"
    name = models.CharField(_("to whom"), max_length=160, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(
        _("language of the list"), max_length=2, choices=ReaderLanguage.choices, default=ReaderLanguage.LT
    )
    is_off = models.BooleanField(_("gets no list"), default=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("reader of a list")
        verbose_name_plural = _("readers of lists")
        constraints = [
            models.UniqueConstraint(fields=["visit", "reader"], name="delegations_listreader_once"),
            models.CheckConstraint(condition=~Q(reader=""), name="delegations_listreader_is_named"),
        ]
        indexes = [  # the address given for this place the last time
            models.Index(fields=["reader", "-updated_at"], name="delegations_listreader_last")
        ]

    def __str__(self) -> str:
        return self.name or self.reader


class ListSending(ActedModel):
    """A list went to somebody who serves the visit (išsiųstas sąrašas): of which version, with which content.

    The digest tells whether the next version touches this reader at all.
    """

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="list_sendings")
    kind = models.CharField(max_length=60)  # code of the list: "hotel"
    reader = models.CharField(max_length=80, blank=True)  # whose: "driver:12", "hotel:3"
    name = models.CharField(_("to whom"), max_length=160)
    email = models.EmailField(
        _("e-mail"), blank=True
    )  # of an institution; people's own are in the letter alone
    version = models.ForeignKey(Version, models.SET_NULL, null=True, blank=True, related_name="+")
    number = models.PositiveIntegerField(_("version"), default=1)
    amendment = models.PositiveIntegerField(_("amendment"), default=0)
    content_sha256 = models.CharField(max_length=64)
    content = models.JSONField(default=list)  # the rows as sent, without contacts: what the next differs from
    changes = models.JSONField(default=list)  # what the letter said has changed since the one before
    is_draft = models.BooleanField(default=False)
    draft = models.PositiveSmallIntegerField(default=0)  # which draft of the version; 0 of an approved one
    mail = models.ForeignKey(OutgoingMail, models.SET_NULL, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("list sent")
        verbose_name_plural = _("lists sent")
        indexes = [
            models.Index(fields=["visit", "kind", "reader", "-sent_at"], name="delegations_list_last_sent")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reader}".strip()

    @property
    def draft_label(self) -> str:
        """ "PROJEKTAS", of the second one "PROJEKTAS 2"."""
        return f"{gettext('DRAFT')} {self.draft}" if self.draft > 1 else gettext("DRAFT")
