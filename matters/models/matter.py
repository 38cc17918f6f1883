from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import ActedModel, VersionedModel
from core.registry import MatterKind, matter_kind, register_tab
from matters.choices import Access, LinkRelation, Phase, Tone


class MatterQuerySet(models.QuerySet):
    """Sentences of the office about matters; child models derive their own querysets from it."""

    def visible_to(self, user: Any) -> Any:
        """Matters this person may see: by role for the department's, by name or leadership for the rest."""
        selves = [person.pk for person in user.selves]
        named = models.Exists(
            Matter.people.through.objects.filter(matter_id=models.OuterRef("pk"), user_id__in=selves)
        )
        if not user.has_perm("matters.view_matter"):
            return self.filter(named)
        seen = Q(access=Access.DEPARTMENT) | Q(responsible__in=selves)
        if user.has_perm("matters.view_leadership_matter"):
            seen |= Q(access=Access.LEADERSHIP)
        return self.filter(seen | (Q(access__in=[Access.NAMED, Access.LEADERSHIP]) & named))

    def hidden_from(self, user: Any) -> Any:
        """The few matters a reader of the department's may not see: cheaper to leave out than the rest to find."""
        kept_close = self.exclude(access=Access.DEPARTMENT)
        return kept_close.exclude(pk__in=kept_close.visible_to(user).values("pk"))

    def whole(self) -> Any:
        """With all the head and the tabs of a matter's page show, in this one query; a kind adds its own facts."""
        counts = {tab.count_name: tab.count() for tab in register_tab if tab.count}
        return self.select_related("responsible", "next_step_by").annotate(**counts)

    def open(self) -> Any:
        return self.exclude(phase__in=[Phase.CLOSED, Phase.VOID])

    def of_person(self, user: Any) -> Any:
        return self.filter(responsible=user)


class Matter(VersionedModel):
    """Whatever the department handles (reikalas); a kind is a child model, and depth is one."""

    number = models.CharField(_("number"), max_length=24, unique=True, editable=False)
    kind = models.CharField(max_length=30, editable=False)
    title = models.CharField(_("title"), max_length=200)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="matters", verbose_name=_("responsible")
    )
    phase = models.CharField(
        _("phase"), max_length=10, choices=Phase.choices, default=Phase.DRAFT, editable=False
    )
    # The child's status, written by its service in the same transaction; its kind gives the words and the look.
    state = models.CharField(_("state"), max_length=40, blank=True, editable=False)
    next_step = models.CharField(_("next step"), max_length=40, blank=True, editable=False)
    next_step_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    access = models.CharField(_("access"), max_length=12, choices=Access.choices, default=Access.DEPARTMENT)
    people = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="named_matters", verbose_name=_("named people")
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    void_reason = models.CharField(_("reason"), max_length=300, blank=True, editable=False)

    objects = MatterQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("matter")
        verbose_name_plural = _("matters")
        permissions = [
            ("view_leadership_matter", "Can view matters of leadership only"),
            ("hand_over_work", "Can hand over another person's work"),
            ("record_decision", "Can record a decision made on paper or by word"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(phase=Phase.CLOSED, closed_at__isnull=False)
                | ~Q(phase=Phase.CLOSED) & Q(closed_at__isnull=True),
                name="matters_matter_closed_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(phase=Phase.VOID) | ~Q(void_reason=""), name="matters_matter_void_has_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "-created_at", "-id"], name="matters_of_kind"),  # lists of one kind
            models.Index(  # my day: what one person answers for
                fields=["responsible", "due_on"],
                condition=~Q(phase__in=[Phase.CLOSED, Phase.VOID]),
                name="matters_open_of_person",
            ),
            models.Index(  # what most people may not see: left out of the search box
                fields=["access"], condition=~Q(access=Access.DEPARTMENT), name="matters_kept_close"
            ),
            models.Index(  # the calendar: deadlines of some weeks, whoever answers for them
                fields=["due_on"], condition=Q(due_on__isnull=False), name="matters_due_by_day"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse(self.kind_entry.url_name, args=[self.pk])

    @property
    def kind_entry(self) -> MatterKind:
        return matter_kind(self.kind)

    @property
    def state_label(self) -> Any:
        if self.phase == Phase.VOID or self.state not in self.kind_entry.states:
            return self.get_phase_display()
        return self.kind_entry.states[self.state].label

    @property
    def state_tone(self) -> str:
        if self.phase == Phase.VOID:
            return Tone.OFF
        state = self.kind_entry.states.get(self.state)
        return state.tone if state else Tone.DRAFT

    @property
    def next_step_label(self) -> Any:
        return self.kind_entry.next_steps.get(self.next_step, "")

    @property
    def is_over(self) -> bool:
        return self.phase in (Phase.CLOSED, Phase.VOID)

    @property
    def open_task_count(self) -> int:
        """How many tasks are still open; a row that was read whole knows it."""
        known = vars(self).get("matters_tasks_count")
        return self.tasks.open().count() if known is None else known

    def child(self) -> Any:
        """This matter as its own kind, whole; itself when it is that already."""
        from django.apps import apps  # noqa: PLC0415 -- models load in any order

        model = apps.get_model(self.kind_entry.model)
        is_whole = all(tab.count_name in vars(self) for tab in register_tab if tab.count)
        return self if is_whole and isinstance(self, model) else model.objects.whole().get(pk=self.pk)

    def is_late(self, today: datetime.date) -> bool:
        return bool(self.due_on and self.due_on < today and not self.is_over)


class MatterNumber(models.Model):
    """The last internal number given, per prefix and year; gaps may be."""

    prefix = models.CharField(max_length=6)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["prefix", "year"], name="matters_number_once_a_year")]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}"


class MatterLink(ActedModel):
    """One matter's relation to another (ryšys tarp reikalų)."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="links")
    other = models.ForeignKey(
        Matter, models.CASCADE, related_name="links_here", verbose_name=_("other matter")
    )
    relation = models.CharField(_("relation"), max_length=12, choices=LinkRelation.choices)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "other", "relation"], name="matters_link_once"),
            models.CheckConstraint(condition=~Q(matter=models.F("other")), name="matters_link_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.relation} {self.other_id}"
