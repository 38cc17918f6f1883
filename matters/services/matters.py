"""Opening, moving, linking, voiding and closing matters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from core import audit, registry
from core.actor import Actor
from core.errors import DomainError
from core.models import AuditEvent
from matters.choices import Access, LinkRelation, Phase
from matters.models import Matter, MatterLink, MatterNumber

M = TypeVar("M", bound=Matter)


def lock_matter(pk: int) -> Matter:
    """Lock the parent row: every service does it first, then its children by key."""
    return Matter.objects.select_for_update().get(pk=pk)


def next_number(prefix: str, year: int) -> str:
    """The next internal number, "DA-2026-014"; gaps may be."""
    MatterNumber.objects.get_or_create(prefix=prefix, year=year)
    row = MatterNumber.objects.select_for_update().get(prefix=prefix, year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return f"{prefix}-{year}-{row.last:03d}"


@transaction.atomic
def open_matter(model: type[M], *, kind: str, by: Actor, year: int | None = None, **fields: Any) -> M:
    """Open a matter of the kind with its number; `fields` are the child's. People named may see it from the start."""
    people = fields.pop("people", ())
    entry = registry.matter_kind(kind)
    number = next_number(entry.number_prefix, year or timezone.localdate().year)
    matter = model(kind=kind, number=number, **fields)
    matter.save()
    if people:
        matter.people.set(people)
    audit.record("matter.opened", matter, by=by, matter=matter, number=number)
    return matter


def matter_of_year(
    model: type[M],
    year: int,
    *,
    kind: str,
    state: str,
    title: Any,
    responsible: Callable[[], User | None],
    by: Actor,
) -> M:
    """The one matter of a year's running work (`of_year` of its model), opened when it is first needed.

    `title` holds `%(year)d`; `responsible` is asked only when it is opened, and without an answer it is who acts.
    """
    rows: Any = model._default_manager
    if found := rows.filter(of_year=year).first():
        return found
    with override(settings.LANGUAGE_CODE):
        words = str(title) % {"year": year}
    try:
        with transaction.atomic():
            matter = open_matter(
                model,
                kind=kind,
                by=by,
                year=year,
                of_year=year,
                title=words,
                responsible=responsible() or by.user,
            )
            set_state(matter, state=state, phase=Phase.ACTIVE)
    except IntegrityError:  # two are the first of the year at once
        return rows.get(of_year=year)
    return matter


def set_state(
    matter: Matter, *, state: str, phase: Phase, next_step: str = "", next_step_by: Any = None
) -> None:
    """Write the child's status on the parent row, in the child's transaction."""
    if phase == Phase.CLOSED and matter.closed_at is None:
        matter.closed_at = timezone.now()
    if phase != Phase.CLOSED:
        matter.closed_at = None
    matter.state, matter.phase, matter.next_step, matter.next_step_by = state, phase, next_step, next_step_by
    matter.save(update_fields=["state", "phase", "next_step", "next_step_by", "closed_at", "updated_at"])


@transaction.atomic
def void_matter(matter: Matter, *, reason: str, by: Actor) -> Matter:
    """A matter opened in error is voided with a reason; its number stays visible."""
    matter = lock_matter(matter.pk)
    if not reason.strip():
        raise DomainError(_("Write why the matter is void."), field="reason")
    if matter.phase == Phase.VOID:
        raise DomainError(_("The matter is void already."))
    if matter.phase == Phase.CLOSED:
        raise DomainError(_("The matter is closed. Open it again first."))
    if matter.rounds.running().exists():
        raise DomainError(_("The matter is being approved. Withdraw it first."))
    audit.record("matter.voided", matter, by=by, matter=matter, reason=reason, phase=matter.phase)
    matter.phase, matter.void_reason = Phase.VOID, reason.strip()[:300]
    matter.save(update_fields=["phase", "void_reason", "updated_at"])
    _tell_kind(matter, "voided", by)
    return matter


@transaction.atomic
def restore_matter(matter: Matter, *, by: Actor) -> Matter:
    """Take the voiding back; the matter goes on from the state it had."""
    matter = lock_matter(matter.pk)
    if matter.phase != Phase.VOID:
        raise DomainError(_("The matter is not void."))
    voided = AuditEvent.objects.of_matter(matter.pk).filter(action="matter.voided").order_by("pk").last()
    matter.phase, matter.void_reason = Phase(voided.data["phase"] if voided else Phase.ACTIVE), ""
    matter.save(update_fields=["phase", "void_reason", "updated_at"])
    audit.record("matter.restored", matter, by=by, matter=matter)
    _tell_kind(matter, "restored", by)
    return matter


def closing_problems(matter: Matter) -> list[tuple[str, str]]:
    """What stops the matter from closing, with the page that repairs each."""
    found = [problem for check in registry.register_closing_check for problem in check.problems(matter)]
    if open_tasks := matter.open_task_count:
        from django.urls import reverse  # noqa: PLC0415 -- only here

        found.append(
            (_("Open tasks: %(count)d") % {"count": open_tasks}, reverse("matters:tasks", args=[matter.pk]))
        )
    return found


@transaction.atomic
def close_matter(matter: Matter, *, by: Actor) -> Matter:
    matter = lock_matter(matter.pk)
    if matter.is_over:
        raise DomainError(_("The matter is closed already."))
    if problems := closing_problems(matter):
        raise DomainError(
            _("First put in order: %(what)s") % {"what": "; ".join(text for text, _url in problems)}
        )
    set_state(matter, state=matter.state, phase=Phase.CLOSED)
    audit.record("matter.closed", matter, by=by, matter=matter)
    _tell_kind(matter, "closed", by)
    return matter


@transaction.atomic
def reopen_matter(matter: Matter, *, reason: str, by: Actor) -> Matter:
    matter = lock_matter(matter.pk)
    if matter.phase != Phase.CLOSED:
        raise DomainError(_("The matter is not closed."))
    if not reason.strip():
        raise DomainError(_("Write why the matter is opened again."), field="reason")
    set_state(matter, state=matter.state, phase=Phase.ACTIVE)
    audit.record("matter.reopened", matter, by=by, matter=matter, reason=reason)
    _tell_kind(matter, "reopened", by)
    return matter


@transaction.atomic
def change_access(matter: Matter, *, access: Access, people: list[Any], by: Actor) -> Matter:
    """Say who may see the matter; "named people" keeps at least the responsible person in."""
    matter = lock_matter(matter.pk)
    if access == Access.NAMED and not people:
        raise DomainError(_("Name at least one person."), field="people")
    matter.access = access
    matter.save(update_fields=["access", "updated_at"])
    matter.people.set(people)
    audit.record(
        "matter.access_changed", matter, by=by, matter=matter, access=access, people=[p.pk for p in people]
    )
    return matter


@transaction.atomic
def link_matters(matter: Matter, other: Matter, *, relation: LinkRelation, by: Actor) -> MatterLink:
    from core.models import acted_by  # noqa: PLC0415 -- only here

    if matter.pk == other.pk:
        raise DomainError(_("A matter cannot be linked to itself."), field="other")
    link, created = MatterLink.objects.get_or_create(
        matter=matter, other=other, relation=relation, defaults=acted_by(by)
    )
    if not created:
        raise DomainError(_("These matters are linked so already."), field="other")
    audit.record("matter.linked", link, by=by, matter=matter, other=other.number, relation=relation)
    return link


@transaction.atomic
def unlink_matters(link: MatterLink, *, by: Actor) -> None:
    audit.record("matter.unlinked", link, by=by, matter=link.matter_id, other=link.other.number)
    link.delete()


def _tell_kind(matter: Matter, event: str, by: Actor) -> None:
    entry = matter.kind_entry
    if entry.on_event:
        entry.on_event(matter.child(), event, by)
