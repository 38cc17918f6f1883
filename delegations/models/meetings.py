"""Business meetings: the host is asked by a personal link."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import ActedModel, TimestampedModel
from delegations.choices import MeetingAnswer
from delegations.models.programme import ProgrammeItem
from documents.models import Document
from matters.models import PersonalLink


class MeetingRequest(ActedModel, TimestampedModel):
    """A host is asked to receive the guests (prašymas priimti): confirms, proposes another time or declines."""

    item = models.ForeignKey(ProgrammeItem, models.CASCADE, related_name="requests")
    link = models.OneToOneField(PersonalLink, models.PROTECT, related_name="meeting_request", null=True)
    name = models.CharField(_("whom we ask"), max_length=160)
    post = models.CharField(_("post or unit"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"))
    message = models.TextField(_("words of our own"), blank=True, max_length=2000)
    answer = models.CharField(
        _("answer"),
        max_length=9,
        choices=MeetingAnswer.choices,
        default=MeetingAnswer.WAITING,
        editable=False,
    )
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    proposed_on = models.DateField(_("another day"), null=True, blank=True, editable=False)
    proposed_starts = models.TimeField(_("from"), null=True, blank=True, editable=False)
    proposed_ends = models.TimeField(_("until"), null=True, blank=True, editable=False)
    note = models.TextField(_("note of the host"), blank=True, max_length=2000, editable=False)
    document = models.ForeignKey(  # a paper the host attached for the guests
        Document, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    settled_at = models.DateTimeField(
        null=True, blank=True, editable=False
    )  # another time was taken or refused

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("request to receive guests")
        verbose_name_plural = _("requests to receive guests")
        constraints = [
            models.CheckConstraint(
                condition=Q(answer=MeetingAnswer.WAITING, answered_at=None)
                | ~Q(answer=MeetingAnswer.WAITING) & Q(answered_at__isnull=False),
                name="delegations_request_answered_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(answer=MeetingAnswer.PROPOSED) | Q(proposed_on__isnull=False),
                name="delegations_request_proposal_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.name
