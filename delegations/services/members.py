"""Guests of a visit: one by one or pasted from a letter."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import personal
from core.actor import Actor
from core.choices import DataClass
from core.errors import DomainError
from delegations.choices import MemberKind
from delegations.models import Member, Visit
from delegations.models.members import CONTACT_FIELDS, GUEST_PURPOSE, SPECIAL_FIELDS
from delegations.services.state import changed, lock_visit
from partners.models import Person

MAX_PASTED = 300
FIELD_OF = {"person_once": "person", "name_once": "name", "one_head": "kind"}  # end of a constraint's name


def erase_day(visit: Visit) -> datetime.date:
    """When contacts and special values of the guests are erased."""
    return visit.ends_on + datetime.timedelta(days=getattr(settings, "GUEST_DATA_DAYS", 30))


@transaction.atomic
def add_member(visit: Visit, *, by: Actor, values: dict[str, str] | None = None, **fields: Any) -> Member:
    """Add a guest; the same person or name twice is refused. `values` are contacts, diet and needs, encrypted."""
    visit = lock_visit(visit.pk)
    if "rank" not in fields:
        fields["rank"] = 10 if fields.get("kind") == MemberKind.HEAD else _last_rank(visit) + 10
    member = _save(Member(visit=visit, **fields))
    _keep(visit, member, values or {})
    changed(visit, "member.added", member, by, kind=member.kind)
    return member


@transaction.atomic
def change_member(
    member: Member, *, revision: int | None, by: Actor, values: dict[str, str] | None = None, **fields: Any
) -> Member:
    visit = lock_visit(member.visit_id)
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    for name, value in fields.items():
        setattr(member, name, value)
    try:
        with transaction.atomic():
            member.save_if_current(revision, list(fields))
    except IntegrityError as error:
        raise _refusal(error) from error
    _keep(visit, member, values or {})
    changed(visit, "member.changed", member, by, fields=sorted([*fields, *(values or {})]))
    return member


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
    rows = list(Member.objects.select_for_update(of=("self",)).filter(visit=visit))
    at = next(n for n, row in enumerate(rows) if row.pk == member.pk)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(rows):
        return
    rows[at], rows[to] = rows[to], rows[at]
    for place, row in enumerate(rows, start=1):
        row.rank = place * 10
    Member.objects.bulk_update(rows, ["rank"])
    changed(visit, "members.ordered", visit, by)


def read_pasted(text: str) -> list[tuple[str, str]]:
    """(name, post) of each line of a pasted list: "1. Zbigniew Łączyński, Mayor of Opole"."""
    rows = []
    for line in text.splitlines():
        line = re.sub(r"^\s*(?:\d{1,3}[.)]|[-–•*])\s*", "", line).strip()
        if not line:
            continue
        parts = re.split(r"\t+|\s*[;|]\s*|\s+[–—-]\s+|,\s*", line, maxsplit=1)
        rows.append((parts[0].strip()[:160], parts[1].strip()[:200] if len(parts) > 1 else ""))
    return rows


@transaction.atomic
def paste_members(visit: Visit, text: str, *, by: Actor, language: str) -> tuple[list[Member], list[str]]:
    """Add everyone of a pasted list; known people of the city are joined, doubles are left out and named."""
    visit = lock_visit(visit.pk)
    rows = read_pasted(text)
    if not rows:
        raise DomainError(_("Paste at least one line with a name."), field="text")
    if len(rows) > MAX_PASTED:
        raise DomainError(_("At most %(most)d guests at once.") % {"most": MAX_PASTED}, field="text")
    known = _known_people(visit)
    taken = {name.casefold() for name in visit.members.values_list("name", flat=True)}
    added, doubles, rank = [], [], _last_rank(visit)
    for name, post in rows:
        if name.casefold() in taken:
            doubles.append(name)
            continue
        taken.add(name.casefold())
        rank += 10
        person = known.get(name.casefold())
        added.append(_save(_from_line(visit, name, post, person, language, rank)))
    if added:
        changed(visit, "members.pasted", visit, by, count=len(added))
    return added, doubles


def _from_line(visit: Visit, name: str, post: str, person: Person | None, language: str, rank: int) -> Member:
    if person is None:
        return Member(visit=visit, name=name, post_local=post, name_language=language, rank=rank)
    return Member(visit=visit, rank=rank, **known_fields(person, post))


def known_fields(person: Person, post: str = "") -> dict[str, Any]:
    """What a guest's row takes over from a known person."""
    held = person.post_today()
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


def _known_people(visit: Visit) -> dict[str, Person]:
    if visit.city is None:
        return {}
    people = Person.objects.of_city(visit.city).with_posts()
    found: dict[str, Person] = {}
    for person in people:
        found[person.full_name.casefold()] = person
        if person.own_name:
            found[person.own_name.casefold()] = person
    return found


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


def _keep(visit: Visit, member: Member, values: dict[str, str]) -> None:
    """Encrypt contacts and special values; they go on the visit's day of erasing."""
    for field, value in values.items():
        if field not in CONTACT_FIELDS + SPECIAL_FIELDS:
            continue
        personal.set_value(
            member,
            field,
            value.strip(),
            purpose=GUEST_PURPOSE,
            data_class=DataClass.SPECIAL if field in SPECIAL_FIELDS else DataClass.CONTACT,
            erase_on=erase_day(visit),
        )
