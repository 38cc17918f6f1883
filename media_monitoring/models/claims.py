"""Claims with the articles that make them, facts asked from units, the bank of approved facts."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Unit
from core.models import ActedModel, TimestampedModel, VersionedModel
from documents.models import Document
from matters.models import Matter, MatterQuerySet
from media_monitoring.choices_desk import (
    CLAIM_TONES,
    OUTCOME_TONES,
    TO_THE_OUTLET,
    AnswerKind,
    ClaimStatus,
    ClaimVerdict,
    Outcome,
    SentBy,
)
from media_monitoring.models.articles import Article, ArticleVersion
from media_monitoring.models.evidence import Evidence
from media_monitoring.models.outlets import Outlet

FACTS_PAGE = "media_monitoring.facts"  # the beginning of a link's subject: core.registry.LinkPage


class ClaimQuerySet(MatterQuerySet):
    def whole(self) -> Any:
        return super().whole().select_related("outlet", "unit")


class Claim(Matter):
    """Something said of the city that wants a judgement and perhaps an answer (teiginys)."""

    quote = models.TextField(_("what is claimed"), max_length=2000)
    outlet = models.ForeignKey(
        Outlet, models.PROTECT, related_name="claims", verbose_name=_("outlet that is answered")
    )
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("unit that owns the matter"),
    )
    published_on = models.DateField(_("published first"))
    status = models.CharField(max_length=10, choices=ClaimStatus.choices, default=ClaimStatus.NOTED)
    our_facts = models.TextField(_("our facts"), blank=True, max_length=5000)
    verdict = models.CharField(_("verdict"), max_length=14, choices=ClaimVerdict.choices, blank=True)
    verdict_reason = models.CharField(_("why"), max_length=500, blank=True)
    answer_kind = models.CharField(_("kind of answer"), max_length=10, choices=AnswerKind.choices, blank=True)
    answer_reason = models.CharField(_("why this kind"), max_length=500, blank=True)
    answer_to = models.CharField(_("to whom"), max_length=200, blank=True)
    answer_title = models.CharField(_("subject of the answer"), max_length=200, blank=True)
    answer_text = models.TextField(_("text of the answer"), blank=True, max_length=8000)
    signatory = models.CharField(_("signed by"), max_length=200, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True, editable=False)
    sent_by = models.CharField(_("how it went"), max_length=8, choices=SentBy.choices, blank=True)
    sent_to = models.CharField(_("where to"), max_length=300, blank=True)
    leaders_told_at = models.DateTimeField(null=True, blank=True, editable=False)
    articles = models.ManyToManyField(
        Article, through="ClaimArticle", through_fields=("claim", "article"), related_name="claims"
    )

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None, sent_by="") | Q(sent_at__isnull=False) & ~Q(sent_by=""),
                name="media_monitoring_claim_sent_as_a_whole",
            ),
            models.CheckConstraint(
                condition=~Q(answer_kind=AnswerKind.NONE) | Q(sent_at=None),
                name="media_monitoring_claim_unanswered_is_not_sent",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tone(self) -> str:
        return CLAIM_TONES[self.status]

    @property
    def is_to_outlet(self) -> bool:
        return self.answer_kind in TO_THE_OUTLET

    @property
    def is_frozen(self) -> bool:
        """Nothing of what was approved changes while it is approved or after it went."""
        return self.status == ClaimStatus.SUBMITTED or self.sent_at is not None


class ClaimArticle(ActedModel, TimestampedModel):
    """An article that makes the claim: how it stood when it was noted, and what became of it."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="said_in")
    article = models.ForeignKey(Article, models.PROTECT, related_name="said")
    version_before = models.ForeignKey(ArticleVersion, models.PROTECT, related_name="+")
    seen_version = models.PositiveSmallIntegerField(default=1)  # the newest the responsible was told of
    place = models.CharField(_("where in it"), max_length=120, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, default=Outcome.WATCHED)
    outcome_on = models.DateField(_("day of the outcome"), null=True, blank=True)
    outcome_note = models.CharField(_("note"), max_length=300, blank=True)
    version_after = models.ForeignKey(ArticleVersion, models.PROTECT, null=True, blank=True, related_name="+")
    evidence_before = models.ForeignKey(
        Evidence, models.PROTECT, null=True, editable=False, related_name="+"
    )  # the page as the claim was noted
    evidence_after = models.ForeignKey(
        Evidence, models.PROTECT, null=True, editable=False, related_name="+"
    )  # and as it became
    answered_in = models.ForeignKey(
        Article,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("where it was published"),
    )

    class Meta:
        ordering = ["article__published_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "article"], name="media_monitoring_claim_article_once"),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.WATCHED, outcome_on=None)
                | ~Q(outcome=Outcome.WATCHED) & Q(outcome_on__isnull=False),
                name="media_monitoring_claim_outcome_has_day",
            ),
        ]

    def __str__(self) -> str:
        return str(self.article)

    @property
    def tone(self) -> str:
        return OUTCOME_TONES[self.outcome]

    @property
    def days_to_outcome(self) -> int | None:
        """Days from the answer's going to the outcome; None before either."""
        if self.outcome_on is None or self.claim.sent_at is None:
            return None
        return max(0, (self.outcome_on - timezone.localdate(self.claim.sent_at)).days)


class FactRequestQuerySet(models.QuerySet["FactRequest"]):
    def standing(self) -> FactRequestQuerySet:
        return self.filter(withdrawn_at=None)

    def waiting(self) -> FactRequestQuerySet:
        return self.standing().filter(answered_at=None)


class FactRequest(ActedModel, TimestampedModel):
    """A unit is asked for facts (faktų užklausa padaliniui): by a personal link, with a clock in working hours."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="fact_requests")
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("of the municipality", "unit"),
    )
    name = models.CharField(_("name"), max_length=160)
    post = models.CharField(_("post"), max_length=160, blank=True)
    email = models.EmailField(_("e-mail"))
    question = models.TextField(_("what we ask"), max_length=2000)
    hours = models.PositiveSmallIntegerField(_("working hours"))
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    due_reason = models.CharField(max_length=300, blank=True)
    answer = models.TextField(_("answer"), blank=True, max_length=5000)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    papers = models.ManyToManyField(Document, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    chase_count = models.PositiveSmallIntegerField(default=0)
    chased_at = models.DateTimeField(null=True, blank=True)

    objects = FactRequestQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name = _("request for facts")
        verbose_name_plural = _("requests for facts")
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="") | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="media_monitoring_facts_answered_as_a_whole",
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(answered_at=None, withdrawn_at=None),
                name="media_monitoring_facts_awaited",
            )
        ]  # chase_facts

    def __str__(self) -> str:
        return self.whom

    @property
    def whom(self) -> str:
        return f"{self.name}, {self.unit}" if self.unit else self.name

    @property
    def subject(self) -> str:
        return f"{FACTS_PAGE}:{self.pk}"

    @property
    def is_late(self) -> bool:
        return self.answered_at is None and self.withdrawn_at is None and self.due_at < timezone.now()


class FactQuerySet(models.QuerySet["Fact"]):
    def in_force(self, today: datetime.date) -> FactQuerySet:
        """Approved and not expired: these may be quoted."""
        return self.filter(approved_at__isnull=False, valid_until__gte=today)


class Fact(VersionedModel):
    """A fact that may be quoted until its day (patvirtintas faktas), with who vouches for it."""

    title = models.CharField(_("about what"), max_length=200)
    text = models.TextField(_("the fact"), max_length=2000)
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("unit that vouches for it"),
    )
    source = models.CharField(_("source"), max_length=300)
    valid_until = models.DateField(_("may be quoted until"))
    request = models.ForeignKey(
        FactRequest, models.SET_NULL, null=True, blank=True, related_name="facts", editable=False
    )
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    keys = ArrayField(models.CharField(max_length=60), default=list, editable=False)

    objects = FactQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_until", "-pk"]
        verbose_name = _("approved fact")
        verbose_name_plural = _("approved facts")
        permissions = [("approve_fact", "Can approve facts for quoting")]
        indexes = [GinIndex(fields=["keys"], name="media_monitoring_fact_keys")]  # facts.touching
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="media_monitoring_fact_approved_as_a_whole",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("media_monitoring:facts")

    @property
    def state(self) -> tuple[str, Any]:
        """Tone and word of its badge."""
        if self.approved_at is None:
            return "wait", pgettext_lazy("fact", "to be approved")
        if self.valid_until < timezone.localdate():
            return "off", pgettext_lazy("fact", "expired")
        return "ok", pgettext_lazy("fact", "approved")
