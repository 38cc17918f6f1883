"""A list of guests from a letter or a file: the commit that does exactly the plan which was shown."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from core import personal
from core.actor import Actor
from core.errors import DomainError
from core.imports import Outcome, Plan, Table
from delegations.choices import MemberKind
from delegations.guest_lists import name_key
from delegations.models import Member, Visit
from delegations.models.members import GUEST_PURPOSE
from delegations.services.guest_plan import plan_guests
from delegations.services.members import class_of, erase_day, keep_values, save_new
from delegations.services.state import changed, lock_visit

PLACE = "delegations.guests:%d"


class PlanChangedError(DomainError):
    """The delegation changed since the preview; `plan` is how it stands now."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(_("The delegation has changed since the preview. This is how the list stands now."))
        self.plan = plan


@transaction.atomic
def import_guests(
    visit: Visit,
    table: Table,
    codes: list[str],
    *,
    take: Collection[int],
    digest: str,
    may_keep: bool,
    by: Actor,
) -> tuple[int, int]:
    """Do the ticked rows of the plan the digest belongs to; returns how many guests are new and how many completed.

    Raises:
        PlanChangedError: the delegation changed since; nothing is written.
    """
    visit = lock_visit(visit.pk)
    plan = plan_guests(visit, table, codes, may_keep=may_keep)
    if plan.digest != digest:
        raise PlanChangedError(plan)
    rows = [row for row in plan.rows if row.is_offered and row.number in take]
    if not rows:
        raise DomainError(_("Tick at least one guest."), field="take")
    erase_on = erase_day(visit)
    companions: list[tuple[Member, str]] = []
    kept: dict[Member, dict[str, str]] = {}
    new = filled = 0
    for row in sorted(rows, key=lambda row: row.deed["fields"].get("kind") != MemberKind.HEAD):
        fields, values = dict(row.deed["fields"]), row.deed["values"]
        if day := fields.get("consented_on"):
            fields["consented_on"] = datetime.date.fromisoformat(day)
        if row.outcome == Outcome.FILL:
            member = Member.objects.get(pk=row.deed["member"], visit=visit)
            for name, value in fields.items():
                setattr(member, name, value)
            member.save_if_current(None, list(fields))
            keep_values(visit, member, values, erase_on=erase_on)
            filled += 1
        else:
            if row.deed["person"]:
                fields["person_id"] = row.deed["person"]
            member = save_new(visit, **fields)
            if values:
                kept[member] = values
            new += 1
        if row.deed["companion"]:
            companions.append((member, row.deed["companion"]))
    personal.set_values_of_new(kept, purpose=GUEST_PURPOSE, class_of=class_of, erase_on=erase_on)
    _join_companions(visit, companions)
    changed(visit, "members.pasted", visit, by, count=new, completed=filled, source=table.kind)
    return new, filled


def _join_companions(visit: Visit, companions: list[tuple[Member, str]]) -> None:
    """Who accompanies whom is known once everybody is there; nobody accompanies a companion."""
    if not companions:
        return
    by_key = {name_key(member.name): member for member in visit.members.all()}
    accompany = {member.pk for member, _key in companions}
    for member, key in companions:
        principal = by_key.get(key)
        if (
            principal
            and principal.pk != member.pk
            and principal.pk not in accompany
            and not principal.companion_of_id
        ):
            Member.objects.filter(pk=member.pk).update(companion_of=principal)
