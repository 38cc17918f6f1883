"""Business meetings: the host is asked by a personal link."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.dates import hour_range
from core.models import ActedModel, TimestampedModel
from delegations.choices import DayPart, MeetingAnswer
from delegations.models.programme import ProgrammeItem
from documents.models import Document

MEETING_PAGE = "delegations.meeting"  # the subject of links to a host's page begins so


class MeetingRequestQuerySet(models.QuerySet["MeetingRequest"]):
    def standing(self) -> MeetingRequestQuerySet:
        """Requests that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def waiting(self) -> MeetingRequestQuerySet:
        return self.standing().filter(answer=MeetingAnswer.WAITING)

    def to_settle(self) -> MeetingRequestQuerySet:
        """Answers that leave something to do: another time, a no, or a yes to a time that is no more."""
        moved = Q(answer=MeetingAnswer.CONFIRMED) & (
            ~Q(asked_on=F("item__on"))
            | ~Q(asked_starts=F("item__starts"))
            | Q(asked_starts=None, item__starts__isnull=False)
            | Q(asked_starts__isnull=False, item__starts=None)
        )
        no = Q(answer__in=[MeetingAnswer.PROPOSED, MeetingAnswer.DECLINED])
        return self.standing().filter(no | moved, item__deleted_at=None)


class MeetingRequest(ActedModel, TimestampedModel):
    """A host is asked to receive the guests (prašymas priimti): confirms, proposes another time or declines.

    The time asked for stands here, so that a yes holds for that time alone when the item is moved.
    """

    item = models.ForeignKey(ProgrammeItem, models.CASCADE, related_name="requests")
    name = models.CharField(_("whom we ask"), max_length=160)
    post = models.CharField(_("post or unit"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language of the letter"), max_length=5, default="lt")
    message = models.TextField(_("words of our own"), blank=True, max_length=2000)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    asked_on = models.DateField(editable=False)
    asked_starts = models.TimeField(null=True, blank=True, editable=False)
    asked_ends = models.TimeField(null=True, blank=True, editable=False)
    asked_part = models.CharField(max_length=12, choices=DayPart.choices, blank=True, editable=False)
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
    papers = models.ManyToManyField(  # what the host attached for the guests' file
        Document, blank=True, related_name="meeting_requests", editable=False
    )
    shown_papers = models.ManyToManyField(  # those of them that stand on the guests' own pages
        Document, blank=True, related_name="+", editable=False
    )
    refusal = models.TextField(_("why the other time does not suit"), blank=True, max_length=1000)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    chased_on = models.DateField(null=True, blank=True, editable=False)
    chase_count = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = MeetingRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("request to receive guests")
        verbose_name_plural = _("requests to receive guests")
        constraints = [
            models.UniqueConstraint(
                F("item"),
                Lower("email"),
                condition=Q(withdrawn_at=None),
                name="delegations_request_asks_once",
                violation_error_message=_("This address is asked already."),
            ),
            models.CheckConstraint(
                condition=Q(answer=MeetingAnswer.WAITING, answered_at=None)
                | ~Q(answer=MeetingAnswer.WAITING) & Q(answered_at__isnull=False),
                name="delegations_request_answered_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(answer=MeetingAnswer.PROPOSED)
                | Q(proposed_on__isnull=False, proposed_starts__isnull=False),
                name="delegations_request_proposal_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(answer=MeetingAnswer.DECLINED) | ~Q(note=""),
                name="delegations_request_declined_has_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_on"],
                condition=Q(answer=MeetingAnswer.WAITING, withdrawn_at=None),
                name="delegations_request_waiting",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def whom(self) -> str:
        return ", ".join(part for part in (self.name, self.post) if part)

    @property
    def subject(self) -> str:
        """What the links of this request are bound to."""
        return f"{MEETING_PAGE}:{self.pk}"

    @property
    def asked_hours(self) -> str:
        if self.asked_starts:
            return hour_range(self.asked_starts, self.asked_ends)
        return str(self.get_asked_part_display())

    @property
    def proposed_hours(self) -> str:
        return hour_range(self.proposed_starts, self.proposed_ends) if self.proposed_starts else ""

    @property
    def is_moved(self) -> bool:
        """The item stands at another time than the host was asked for."""
        item = self.item
        return (self.asked_on, self.asked_starts) != (item.on, item.starts) or (
            item.starts is None and self.asked_part != item.part
        )

    @property
    def may_be_answered(self) -> bool:
        """Until the day is over; not while the time is being changed."""
        return self.withdrawn_at is None and not self.is_moved and self.asked_on >= timezone.localdate()

    @property
    def sign(self) -> dict[str, str]:
        """How the request stands, as icon, tone and words beside the item."""
        if self.is_moved and self.answer in (MeetingAnswer.WAITING, MeetingAnswer.CONFIRMED):
            return {
                "icon": "user-exclamation",
                "tone": "back",
                "words": str(_("moved since the host was asked")),
            }
        icon, tone = SIGNS[self.answer]
        return {"icon": icon, "tone": tone, "words": str(self.get_answer_display())}

    def ask_for_present_time(self) -> None:
        """What is asked from now on is the item's present time."""
        item = self.item
        self.asked_at = timezone.now()
        self.asked_on, self.asked_starts, self.asked_ends = item.on, item.starts, item.ends
        self.asked_part, self.chased_on, self.chase_count = item.part, None, 0

    def forget_answer(self) -> None:
        self.answer, self.answered_at = MeetingAnswer.WAITING, None
        self.proposed_on = self.proposed_starts = self.proposed_ends = None

    def end_of_day(self) -> datetime.datetime:
        """Until when its links work."""
        after = self.asked_on + datetime.timedelta(days=1)
        return timezone.make_aware(datetime.datetime.combine(after, datetime.time()))


SIGNS: dict[str, tuple[str, str]] = {
    MeetingAnswer.WAITING: ("user-question", "wait"),
    MeetingAnswer.CONFIRMED: ("user-check", "ok"),
    MeetingAnswer.PROPOSED: ("clock-edit", "back"),
    MeetingAnswer.DECLINED: ("user-x", "late"),
}
