"""Guests of a visit one by one, their order, and until when what is kept of them is kept."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import cache
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core import deadlines, personal
from core.actor import Actor
from core.choices import DataClass
from core.errors import DomainError
from core.models import PersonalValue
from delegations.choices import MemberKind, Status
from delegations.models import Member, Visit
from delegations.models.members import CONTACT_FIELDS, GUEST_PURPOSE, IDENTITY, SPECIAL_FIELDS
from delegations.services.state import changed, lock_visit
from documents.models import Document
from partners.models import Person

KEPT_RULE = "GUEST_DATA_KEPT"  # dated row: how long after the visit
KEPT_DAYS = 30
FIELD_OF = {  # end of a constraint's name
    "person_once": "person",
    "name_once": "name",
    "one_head": "kind",
    "accompanies_another": "companion_of",
    "consent_has_day": "consented_on",
}


def erase_day(visit: Visit, compute: Callable[..., Any] = deadlines.compute) -> datetime.date:
    """When contacts and special values of the guests are erased: by the rule, counted from the day all was over.

    Where no rule is in force they still have an end: guests' data is never kept for ever by an oversight.
    """
    over = visit.ends_on
    if visit.status == Status.CALLED_OFF and visit.closed_at:
        over = min(over, timezone.localdate(visit.closed_at))
    try:
        return compute(KEPT_RULE, over).due_on
    except DomainError:
        return over + datetime.timedelta(days=KEPT_DAYS)


def bring_up_to_date(today: datetime.date) -> int:
    """Visits move and rules change: set the ends anew before what is due is erased. Returns 0: nothing is erased here."""
    compute = cache(deadlines.compute)
    held = Member.objects.filter(pk__in=_values().values("holder_pk"))
    for visit in Visit.objects.filter(pk__in=held.values("visit")).iterator(chunk_size=200):
        set_ends(visit, erase_day(visit, compute))
    return 0


def set_ends(visit: Visit, erase_on: datetime.date) -> None:
    """Write one day of the end beside the values of the guests and on the working papers that show them."""
    _values().filter(holder_pk__in=visit.members.values("pk")).exclude(erase_on=erase_on).update(
        erase_on=erase_on
    )
    papers = Document.objects.filter(
        matter_id=visit.pk, is_working_paper=True, kind__startswith="delegations."
    )
    papers.exclude(erase_on=erase_on).update(erase_on=erase_on)


def _values() -> QuerySet[PersonalValue]:
    return PersonalValue.objects.filter(holder_type=Member._meta.label_lower, purpose=GUEST_PURPOSE)


@transaction.atomic
def add_member(
    visit: Visit,
    *,
    by: Actor,
    values: dict[str, str] | None = None,
    position: int | None = None,
    **fields: Any,
) -> Member:
    """Add a guest; the same person or name twice is refused. `values` are contacts, diet and needs, encrypted."""
    visit = lock_visit(visit.pk)
    member = save_new(visit, values=values, position=position, **fields)
    changed(visit, "member.added", member, by, kind=member.kind)
    return member


def save_new(
    visit: Visit,
    *,
    values: dict[str, str] | None = None,
    position: int | None = None,
    **fields: Any,
) -> Member:
    """Write a new guest of a locked visit: the head first, a companion beside whom she accompanies, others last."""
    _check(visit, None, fields)
    principal = fields.get("companion_of")
    if "rank" not in fields:
        fields["rank"] = 10 if fields.get("kind") == MemberKind.HEAD else _last_rank(visit) + 10
    member = _save(Member(visit=visit, **fields))
    if position is None and member.kind == MemberKind.HEAD:
        position = 1
    if position is None and principal:
        order = list(visit.members.values_list("pk", flat=True))
        position = order.index(principal.pk) + 2
    if position is not None:
        _place(visit, member.pk, position)
        member.refresh_from_db(fields=["rank"])
    keep_values(visit, member, values or {})
    return member


@transaction.atomic
def change_member(
    member: Member,
    *,
    revision: int | None,
    by: Actor,
    values: dict[str, str] | None = None,
    position: int | None = None,
    **fields: Any,
) -> Member:
    visit = lock_visit(member.visit_id)
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    _check(visit, member, fields)
    for name, value in fields.items():
        setattr(member, name, value)
    try:
        with transaction.atomic():
            member.save_if_current(revision, list(fields))
    except IntegrityError as error:
        raise _refusal(error) from error
    if position is not None:
        _place(visit, member.pk, position)
    keep_values(visit, member, values or {})
    changed(visit, "member.changed", member, by, fields=sorted([*fields, *(values or {})]))
    return member


def _check(visit: Visit, member: Member | None, fields: dict[str, Any]) -> None:
    """Refuse in words what makes no sense between guests."""
    principal = fields.get("companion_of")
    if principal is not None:
        if principal.visit_id != visit.pk:
            raise DomainError(_("This guest is not in the delegation."), field="companion_of")
        if member is not None and principal.pk == member.pk:
            raise DomainError(_("A guest does not accompany herself."), field="companion_of")
        if principal.companion_of_id:
            raise DomainError(
                _("%(name)s accompanies somebody already: choose whom both accompany.")
                % {"name": principal.name},
                field="companion_of",
            )
        if member is not None and member.companions.exists():
            raise DomainError(
                _("Somebody accompanies this guest, so this guest accompanies nobody."), field="companion_of"
            )
        if fields.get("kind") == MemberKind.HEAD:
            raise DomainError(_("The head of the delegation accompanies nobody."), field="companion_of")
    given = fields.get("consented_on")
    if given and given > timezone.localdate():
        raise DomainError(_("The day of the consent has not come yet."), field="consented_on")


@transaction.atomic
def remove_member(member: Member, *, by: Actor) -> None:
    """Take a guest off; what was kept of her is erased at once."""
    visit = lock_visit(member.visit_id)
    personal.erase(member, purpose=GUEST_PURPOSE)
    kind = member.kind
    member.delete()
    changed(visit, "member.removed", visit, by, kind=kind)


@transaction.atomic
def move_member(member: Member, *, up: bool, by: Actor) -> None:
    """One place up or down in the order of precedence."""
    visit = lock_visit(member.visit_id)
    order = list(visit.members.values_list("pk", flat=True))
    at = order.index(member.pk)
    to = at - 1 if up else at + 1
    if 0 <= to < len(order):
        _place(visit, member.pk, to + 1)
        changed(visit, "members.ordered", visit, by)


def _place(visit: Visit, pk: int, position: int) -> None:
    """Put a guest at this place of the order; the others close up."""
    rows = list(visit.members.select_for_update(of=("self",)))
    row = next(one for one in rows if one.pk == pk)
    rows.remove(row)
    rows.insert(max(position, 1) - 1, row)
    for place, one in enumerate(rows, start=1):
        one.rank = place * 10
    Member.objects.bulk_update(rows, ["rank"])


def known_fields(person: Person, post: str = "", *, on: datetime.date | None = None) -> dict[str, Any]:
    """What a guest's row takes over from a known person: the post is the one held on that day."""
    held = next(iter(person.posts_on(on or timezone.localdate())), None)
    return {
        "person": person,
        "name": person.full_name,
        "own_name": person.own_name,
        "name_language": person.language,
        "gender": person.gender,
        "post_lt": held.title_lt if held else "",
        "post_local": post or (held.title_local if held else ""),
        "languages": list(person.languages),
    }


def _last_rank(visit: Visit) -> int:
    last = visit.members.order_by("-rank").values_list("rank", flat=True).first()
    return last or 0


def _save(member: Member) -> Member:
    try:
        with transaction.atomic():
            member.save()
    except IntegrityError as error:
        raise _refusal(error) from error
    return member


def _refusal(error: IntegrityError) -> DomainError:
    """The sentence of the constraint that was broken."""
    for constraint in Member._meta.constraints:
        if constraint.name in str(error):
            field = next((name for end, name in FIELD_OF.items() if constraint.name.endswith(end)), None)
            return DomainError(str(constraint.violation_error_message), field=field)
    raise error


def class_of(field: str) -> DataClass:
    """Of what class a value of a guest is."""
    return DataClass.SPECIAL if field in SPECIAL_FIELDS else DataClass.CONTACT


def keep_values(
    visit: Visit, member: Member, values: dict[str, str], *, erase_on: datetime.date | None = None
) -> None:
    """Encrypt contacts and special values; they go on the visit's day of erasing."""
    if values and erase_on is None:
        erase_on = erase_day(visit)
    for field, value in values.items():
        if field not in CONTACT_FIELDS + SPECIAL_FIELDS or (field == IDENTITY and not visit.identity_for):
            continue
        personal.set_value(
            member,
            field,
            value.strip(),
            purpose=GUEST_PURPOSE,
            data_class=class_of(field),
            erase_on=erase_on,
        )
