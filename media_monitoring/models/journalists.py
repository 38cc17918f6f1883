"""Journalists, what they ask, and to what events they are let in."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import ActedModel, TimestampedModel, VersionedModel, lt_sort_key
from matters.models import Matter, MatterQuerySet
from media_monitoring.choices_desk import (
    ACCREDITATION_TONES,
    ENQUIRY_TONES,
    AccreditationState,
    EnquiryChannel,
    EnquiryClass,
    EnquiryStatus,
    SentBy,
    Use,
)
from media_monitoring.models.articles import Article
from media_monitoring.models.outlets import Outlet
from partners.choices import Language

# Contact values of a journalist live encrypted in core.personal under this purpose (design 4.8).
JOURNALIST_PURPOSE = "media_monitoring.journalists"
CONTACT_FIELDS = ("email", "phone")


class Journalist(VersionedModel):
    """A person of the press (žurnalistas). Telephone and mail are not here: see JOURNALIST_PURPOSE."""

    first_name = models.CharField(_("first name"), max_length=80)
    last_name = models.CharField(_("last name"), max_length=80)
    outlet = models.ForeignKey(
        Outlet,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="journalists",
        verbose_name=_("outlet"),
        help_text=_("Empty: a freelancer."),
    )
    post = models.CharField(_("post"), max_length=120, blank=True)
    beats = models.CharField(
        _("beats"), max_length=200, blank=True, help_text=_("What she writes about, with commas.")
    )
    languages = ArrayField(
        models.CharField(max_length=5, choices=Language.choices),
        default=list,
        blank=True,
        verbose_name=_("languages spoken"),
    )
    consent_on = models.DateField(_("agreed to be on our list"), null=True, blank=True)
    consent_note = models.CharField(_("how the consent was given"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True, max_length=2000)
    is_active = models.BooleanField(_("in the list"), default=True)
    contacts_checked_on = models.DateField(null=True, blank=True, editable=False)
    sort_key = lt_sort_key("last_name", "first_name")

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = _("journalist")
        verbose_name_plural = _("journalists")
        permissions = [("read_journalist_contacts", "Can read telephones and mails of journalists")]

    def __str__(self) -> str:
        return self.full_name

    def get_absolute_url(self) -> str:
        return reverse("media_monitoring:journalist", args=[self.pk])

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def language_labels(self) -> list[Any]:
        return [Language(code).label for code in self.languages]


class EnquiryQuerySet(MatterQuerySet):
    def whole(self) -> Any:
        return super().whole().select_related("journalist", "outlet")


class Enquiry(Matter):
    """What a journalist asks (žurnalisto užklausa), with the law's clock."""

    journalist = models.ForeignKey(
        Journalist,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="enquiries",
        verbose_name=_("journalist"),
    )
    outlet = models.ForeignKey(
        Outlet, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("outlet")
    )
    received_at = models.DateTimeField(_("received"))
    channel = models.CharField(
        _("how it came"), max_length=8, choices=EnquiryChannel.choices, default=EnquiryChannel.MAIL
    )
    question = models.TextField(_("what is asked"), max_length=5000)
    time_class = models.CharField(
        _("how long the law gives"), max_length=8, choices=EnquiryClass.choices, default=EnquiryClass.READY
    )
    due_reason = models.CharField(max_length=400, blank=True, editable=False)
    status = models.CharField(max_length=10, choices=EnquiryStatus.choices, default=EnquiryStatus.RECEIVED)
    answer_text = models.TextField(_("answer"), blank=True, max_length=8000)
    is_refusal = models.BooleanField(_("we refuse the information, with reasons"), default=False)
    signatory = models.CharField(_("signed by"), max_length=200, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True, editable=False)
    sent_by = models.CharField(_("how it went"), max_length=8, choices=SentBy.choices, blank=True)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("enquiry of a journalist")
        verbose_name_plural = _("enquiries of journalists")
        constraints = [
            models.CheckConstraint(
                condition=Q(journalist__isnull=False) | Q(outlet__isnull=False),
                name="media_monitoring_enquiry_is_somebodys",
                violation_error_message=_("Choose the journalist or the outlet."),
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None, sent_by="") | Q(sent_at__isnull=False) & ~Q(sent_by=""),
                name="media_monitoring_enquiry_sent_as_a_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tone(self) -> str:
        return ENQUIRY_TONES[self.status]

    @property
    def whose(self) -> str:
        parts = [self.journalist.full_name if self.journalist else "", str(self.outlet or "")]
        return ", ".join(part for part in parts if part)

    @property
    def is_frozen(self) -> bool:
        return self.status == EnquiryStatus.SUBMITTED or self.sent_at is not None

    @property
    def hours_taken(self) -> int | None:
        """Hours from the question to our answer."""
        if self.sent_at is None:
            return None
        return round((self.sent_at - self.received_at) / datetime.timedelta(hours=1))


class EnquiryUse(ActedModel, TimestampedModel):
    """What was printed of our answer."""

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="uses")
    article = models.ForeignKey(
        Article, models.PROTECT, related_name="answers_used", verbose_name=_("article")
    )
    use = models.CharField(_("how our answer was used"), max_length=6, choices=Use.choices)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["article__published_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "article"], name="media_monitoring_use_once")
        ]

    def __str__(self) -> str:
        return str(self.article)


class AccreditationQuerySet(models.QuerySet["Accreditation"]):
    def asked(self) -> AccreditationQuerySet:
        return self.filter(state=AccreditationState.ASKED)

    def granted(self) -> AccreditationQuerySet:
        return self.filter(state=AccreditationState.GRANTED)

    def visible_to(self, user: Any) -> AccreditationQuerySet:
        """Who sees the journalist, and the matter where it is to one: its title would tell what is hidden."""
        if not user.has_perm("media_monitoring.view_journalist"):
            return self.none()
        return self.filter(Q(matter=None) | Q(matter__in=Matter.objects.visible_to(user)))


class Accreditation(ActedModel, TimestampedModel):
    """Leave to be at an event or, for a time, at all of them (akreditacija); a refusal has its reason."""

    journalist = models.ForeignKey(Journalist, models.CASCADE, related_name="accreditations")
    matter = models.ForeignKey(
        Matter, models.PROTECT, null=True, blank=True, related_name="accreditations", verbose_name=_("event")
    )
    event = models.CharField(_("event"), max_length=200, blank=True)
    valid_until = models.DateField(_("until"))
    state = models.CharField(
        max_length=8, choices=AccreditationState.choices, default=AccreditationState.ASKED
    )
    reason = models.CharField(_("reason of the refusal"), max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = AccreditationQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_until", "-pk"]
        verbose_name = _("press accreditation")
        verbose_name_plural = _("press accreditations")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=AccreditationState.REFUSED) | ~Q(reason=""),
                name="media_monitoring_accreditation_refused_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state=AccreditationState.ASKED, decided_at=None)
                | ~Q(state=AccreditationState.ASKED) & Q(decided_at__isnull=False),
                name="media_monitoring_accreditation_decided_has_time",
            ),
            models.UniqueConstraint(
                fields=["journalist", "matter"],
                condition=Q(matter__isnull=False),
                name="media_monitoring_accreditation_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.journalist}: {self.what}"

    @property
    def what(self) -> str:
        return str(self.matter) if self.matter else self.event

    @property
    def tone(self) -> str:
        return ACCREDITATION_TONES[self.state]

    @property
    def is_over(self) -> bool:
        return self.valid_until < timezone.localdate()
