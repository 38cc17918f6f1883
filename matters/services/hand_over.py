"""A leaving or ill person's matters, tasks and waiting approvals go to a colleague."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.actor import Actor
from core.errors import DomainError
from matters.choices import StepState
from matters.models import ApprovalStep, LadderStep, Matter, Task
from matters.services.matters import lock_matter
from matters.services.notices import notify

UNDECIDED = (StepState.WAITING, StepState.OPEN, StepState.BLOCKED)


def matters_of(person: Any, viewer: Any) -> Iterable[str]:
    rows = Matter.objects.open().filter(responsible=person).order_by("pk")
    return _titles([(row.pk, row.title) for row in rows], viewer)


def hand_matters(person: Any, to: Any, by: Actor) -> int:
    rows = list(Matter.objects.open().filter(responsible=person).order_by("pk"))
    for row in rows:
        matter = lock_matter(row.pk)
        matter.responsible = to
        matter.save(update_fields=["responsible", "updated_at"])
        _must_see(to, matter)
        audit.record("matter.handed_over", matter, by=by, matter=matter, to=to.full_name)
    _tell(to, person, len(rows), "matters")
    return len(rows)


def tasks_of(person: Any, viewer: Any) -> Iterable[str]:
    rows = Task.objects.open().of_person(person).order_by("pk")
    return _titles([(row.matter_id, row.title) for row in rows], viewer)


def hand_tasks(person: Any, to: Any, by: Actor) -> int:
    rows = list(Task.objects.open().of_person(person).select_related("matter").order_by("matter_id", "pk"))
    for task in rows:
        _must_see(to, lock_matter(task.matter_id))
        task.assignee = to
        task.save(update_fields=["assignee", "updated_at"])
        audit.record("task.handed_over", task, by=by, matter=task.matter_id, to=to.full_name)
    _tell(to, person, len(rows), "tasks")
    return len(rows)


def steps_of(person: Any, viewer: Any) -> Iterable[str]:
    rows = ApprovalStep.objects.filter(user=person, state__in=UNDECIDED).order_by("pk")
    return _titles(rows.values_list("round__matter_id", "round__matter__title"), viewer)


def hand_steps(person: Any, to: Any, by: Actor) -> int:
    """Approvals asked of the person by name; those asked of her role stay with the role."""
    rows = list(
        ApprovalStep.objects.filter(user=person, state__in=UNDECIDED).select_related("round").order_by("pk")
    )
    for step in rows:
        matter = lock_matter(step.round.matter_id)
        _must_see(to, matter)
        if to.pk in (step.round.actor_user_id, step.round.actor_for_id):
            raise DomainError(
                _(
                    "The colleague submitted it herself and may not decide it: %(title)s. Choose somebody else."
                )
                % {"title": matter.title},
                field="to",
            )
        step.user = to
        step.save(update_fields=["user"])
        audit.record("approval.handed_over", step, by=by, matter=step.round.matter_id, to=to.full_name)
    LadderStep.objects.filter(user=person).update(user=to)
    _tell(to, person, len(rows), "approvals")
    return len(rows)


def _titles(rows: Iterable[tuple[int, str]], viewer: Any) -> list[str]:
    """Titles the viewer may see; that there is more she must know, what it is she must not."""
    rows = list(rows)
    seen = Matter.objects.visible_to(viewer).filter(pk__in={pk for pk, _title in rows}) if viewer else []
    visible = {matter.pk for matter in seen}
    return [title if pk in visible else _("A matter of limited access") for pk, title in rows]


def _must_see(to: Any, matter: Matter) -> None:
    """What somebody may not see she cannot take over."""
    if not Matter.objects.visible_to(to).filter(pk=matter.pk).exists():
        raise DomainError(
            _("The colleague may not see the matter: %(title)s. Change its access first.")
            % {"title": matter.title},
            field="to",
        )


def _tell(to: Any, person: Any, count: int, what: str) -> None:
    if count:
        notify(
            to,
            key=f"handed-over:{what}:{person.pk}:{to.pk}:{timezone.now():%Y%m%d%H%M%S%f}",
            text=lambda: (
                _("Handed over to you from %(name)s: %(count)d") % {"name": person.full_name, "count": count}
            ),
            url="/",
            icon="users",
        )
