"""Who may decide a step of approval today, as herself or as a deputy; whose decision waits for whom."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts import services as people
from core.actor import Actor
from matters.choices import Access, RoundState, StepState
from matters.models import ApprovalRound, ApprovalStep, Matter


def candidates(step: ApprovalStep, approval: ApprovalRound, today: datetime.date) -> list[Actor]:
    """Everybody who may decide the step today, each as herself or for the person she stands in for.

    Nobody decides what she may not see, nor what she submitted: not through a deputy, nor as a deputy.
    """
    found: list[Actor] = []
    for holder in holders_of(step):
        if not sees(holder, approval.matter):
            continue
        found.append(Actor.of(holder))
        found.extend(Actor.of(deputy, acting_for=holder) for deputy in people.deputies_of(holder, today))
    submitters = {approval.actor_user_id, approval.actor_for_id} - {None}
    return [
        actor
        for actor in found
        if actor.user.pk not in submitters and not (actor.acting_for and actor.acting_for.pk in submitters)
    ]


def holders_of(step: ApprovalStep) -> list[Any]:
    if step.user_id:
        return [step.user] if step.user.is_active else []
    if step.role_id:
        return list(step.role.user_set.active().order_by("pk"))
    return []


def sees(person: Any, matter: Matter) -> bool:
    return (
        matter.access == Access.DEPARTMENT or Matter.objects.visible_to(person).filter(pk=matter.pk).exists()
    )


def deciding_actor(step: ApprovalStep, user: Any, *, today: datetime.date | None = None) -> Actor | None:
    """As whom this user may decide the step: as herself first, else as somebody's deputy; None if not at all."""
    actors = [
        actor for actor in candidates(step, step.round, today or timezone.localdate()) if actor.user == user
    ]
    return min(actors, key=lambda actor: actor.acting_for is not None, default=None)


def steps_waiting_for(user: Any, today: datetime.date) -> list[ApprovalStep]:
    """Open steps this user may decide today, the most urgent first: her approval queue."""
    principals = (
        user.acting_for_choices if today == timezone.localdate() else people.principals_of(user, today)
    )
    roles = {role for person in (user, *principals) for role in person.roles}
    steps = (
        ApprovalStep.objects.filter(state=StepState.OPEN, round__state=RoundState.OPEN)
        .filter(Q(user__in=[user, *principals]) | Q(role__name__in=roles))
        .exclude(round__actor_user=user)
        .exclude(round__actor_for=user)
        .filter(round__matter__in=Matter.objects.visible_to(user))
        .select_related("round__matter__responsible", "round__version", "role", "user", "round__actor_user")
        .order_by("due_on", "pk")
    )

    def holds(person: Any, step: ApprovalStep) -> bool:
        return step.user_id == person.pk or bool(step.role and step.role.name in person.roles)

    return [
        step
        for step in steps
        if holds(user, step)
        or any(
            holds(principal, step) and principal.pk not in (step.round.actor_user_id, step.round.actor_for_id)
            for principal in principals
        )
    ]
