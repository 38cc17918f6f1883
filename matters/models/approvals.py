from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import ActedModel, StoredFile, TimestampedModel
from matters.choices import RoundState, StepState
from matters.models.matter import Matter


class Ladder(models.Model):
    """Who must say yes to a kind of matter, as data (derinimo eiga)."""

    kind = models.CharField(_("kind of matter"), max_length=30)
    name = models.CharField(_("name"), max_length=120)
    is_active = models.BooleanField(_("in use"), default=True)
    is_default = models.BooleanField(_("proposed first"), default=False)

    class Meta:
        ordering = ["kind", "-is_default", "name"]
        verbose_name = _("approval ladder")
        verbose_name_plural = _("approval ladders")
        constraints = [
            models.UniqueConstraint(fields=["kind", "name"], name="matters_ladder_name_once"),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(is_default=True, is_active=True),
                name="matters_ladder_one_default",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class StepQuerySet(models.QuerySet[Any]):
    def with_whom(self) -> StepQuerySet:
        """With the people `whom` names, in a fixed number of queries."""
        return self.select_related("role", "user").prefetch_related("role__user_set")


class StepBase(models.Model):
    """What a step asks for: a role or a person, side by side with others of the same order."""

    order = models.PositiveSmallIntegerField(
        _("order"), help_text=_("Steps of one number stand side by side.")
    )
    label = models.CharField(
        _("what is asked"), max_length=80, help_text=_("For example: approves the programme.")
    )
    role = models.ForeignKey(
        Group, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("role")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
    )
    passes_to = models.ForeignKey(
        Group,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("passes on to"),
        help_text=_("Who decides when everybody asked is the person who submitted."),
    )
    # Somebody without an account, who acts by a personal link.
    outside_name = models.CharField(_("name"), max_length=160, blank=True)
    outside_post = models.CharField(_("post"), max_length=160, blank=True)
    outside_email = models.EmailField(_("e-mail"), blank=True)
    days_before = models.PositiveSmallIntegerField(
        _("working days before the matter's date"), default=3, help_text=_("The decision is needed by then.")
    )
    channels = ArrayField(
        models.CharField(max_length=10), default=list, verbose_name=_("sufficient channels")
    )

    class Meta:
        abstract = True

    @property
    def whom(self) -> str:
        """Whom the step asks, in words: the person, when one alone holds the role; else the role."""
        if self.user:
            return self.user.full_name
        if self.outside_name:
            return self.outside_name
        if self.role is None:
            return ""
        holders = [person for person in self.role.user_set.all() if person.is_active]
        return holders[0].full_name if len(holders) == 1 else self.role_label

    @property
    def role_label(self) -> str:
        """The role asked, in words."""
        from accounts.choices import Role  # noqa: PLC0415 -- label only

        name = self.role.name if self.role else ""
        return str(Role(name).label) if name in Role.values else name


class LadderStep(StepBase):
    ladder = models.ForeignKey(Ladder, models.CASCADE, related_name="steps")

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("step of a ladder")
        constraints = [
            models.CheckConstraint(
                condition=Q(role__isnull=False, user=None, outside_email="")
                | Q(role=None, user__isnull=False, outside_email="")
                | Q(role=None, user=None) & ~Q(outside_email=""),
                name="matters_ladderstep_asks_one",
            )
        ]

    def __str__(self) -> str:
        return self.label


class Version(ActedModel):
    """A matter's content frozen for approval: canonical JSON and the PDF the approver sees (versija)."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    schema = models.PositiveSmallIntegerField(default=1)
    content = models.JSONField()
    content_sha256 = models.CharField(max_length=64)
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    sheet = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+"
    )  # pages and sheet
    frozen_at = models.DateTimeField(auto_now_add=True)
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "number"], name="matters_version_number_once")
        ]
        verbose_name = _("version")

    def __str__(self) -> str:
        return f"{self.matter_id} v{self.number}"


class ApprovalRoundQuerySet(models.QuerySet["ApprovalRound"]):
    def running(self) -> ApprovalRoundQuerySet:
        return self.filter(state__in=[RoundState.PREPARING, RoundState.OPEN, RoundState.BLOCKED])


class ApprovalRound(ActedModel, TimestampedModel):
    """One way of one version up its ladder; the actor is who submitted it (derinimas)."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="rounds")
    version = models.OneToOneField(Version, models.PROTECT, related_name="round")
    ladder_name = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=RoundState.choices, default=RoundState.PREPARING)
    cover_note = models.TextField(_("note to the approvers"), blank=True, max_length=2000)
    finished_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    objects = ApprovalRoundQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(  # two people press "submit" at once
                fields=["matter"],
                condition=Q(state__in=[RoundState.PREPARING, RoundState.OPEN, RoundState.BLOCKED]),
                name="matters_round_one_running",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[RoundState.PREPARING, RoundState.OPEN, RoundState.BLOCKED],
                    finished_at__isnull=True,
                )
                | Q(
                    state__in=[RoundState.APPROVED, RoundState.RETURNED, RoundState.WITHDRAWN],
                    finished_at__isnull=False,
                ),
                name="matters_round_finished_has_time",
            ),
        ]
        verbose_name = _("approval")

    def __str__(self) -> str:
        return f"{self.version}"

    @property
    def is_running(self) -> bool:
        return self.finished_at is None


class ApprovalStep(StepBase, ActedModel):
    """One question to one role, person or link holder; the actor is who decided (derinimo žingsnis)."""

    round = models.ForeignKey(ApprovalRound, models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10, choices=StepState.choices, default=StepState.WAITING)
    due_on = models.DateField(_("needed by"), null=True, blank=True)
    due_reason = models.CharField(max_length=300, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)  # when it was entered
    decided_on = models.DateField(null=True, blank=True)  # the day on the paper
    decided_by_name = models.CharField(max_length=160, blank=True)  # a paper's signer; the actor recorded it
    note = models.TextField(blank=True, max_length=2000)
    block_reason = models.CharField(max_length=300, blank=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    chase_count = models.PositiveSmallIntegerField(default=0)
    chased_on = models.DateField(null=True, blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[StepState.AGREED, StepState.RETURNED], decided_at__isnull=False)
                | ~Q(state__in=[StepState.AGREED, StepState.RETURNED]) & Q(decided_at__isnull=True),
                name="matters_step_decided_has_time",
            )
        ]
        indexes = [
            models.Index(  # the approval queue
                fields=["due_on"], condition=Q(state=StepState.OPEN), name="matters_step_open"
            ),
            models.Index(  # the calendar: by when decisions of some weeks are or were needed
                fields=["due_on"], condition=Q(due_on__isnull=False), name="matters_step_by_day"
            ),
        ]
        verbose_name = _("approval step")

    def __str__(self) -> str:
        return self.label


def with_whom(steps: str = "steps", model: type[StepBase] = ApprovalStep) -> tuple[models.Prefetch, str]:
    """What `prefetch_related` is given for steps whose `whom` is shown."""
    rows = model._default_manager.select_related("role", "user")
    return models.Prefetch(steps, queryset=rows), f"{steps}__role__user_set"


class Comment(ActedModel, TimestampedModel):
    """A remark pinned to a place in a matter's content (pastaba); `anchor` is the item's path, empty for the whole."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="comments")
    version = models.ForeignKey(Version, models.SET_NULL, null=True, blank=True, related_name="comments")
    anchor = models.CharField(max_length=80, blank=True)
    anchor_label = models.CharField(max_length=200, blank=True)
    text = models.TextField(_("remark"), max_length=4000)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by_name = models.CharField(max_length=200, blank=True)
    resolved_version = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("remark")

    def __str__(self) -> str:
        return self.text[:60]


class Amendment(ActedModel):
    """An operational change to an approved version, published at once under a number (pakeitimas)."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="amendments")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    content_sha256 = models.CharField(max_length=64)
    changes = models.JSONField(default=list)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    published_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="matters_amendment_number_once")
        ]
        verbose_name = _("amendment")

    def __str__(self) -> str:
        return f"{self.version}.{self.number}"


def latest_approved(matter: Any) -> Version | None:
    """The version of the matter approved last, if any."""
    return Version.objects.filter(matter=matter, approved_at__isnull=False).order_by("-number").first()


def current_content(version: Version) -> dict[str, Any]:
    """The version's content with its latest amendment."""
    amendment = version.amendments.first()
    return amendment.content if amendment else version.content
