"""Keeping the directory of resources and places: rows are closed, not deleted, while bookings remember them."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.actor import Actor
from core.errors import DomainError
from resources import contacts as kept_contacts
from resources.models import Booking, LanguagePair, Place, Resource


@transaction.atomic
def save_resource(
    resource: Resource,
    *,
    by: Actor,
    fields: list[str],
    revision: int | None = None,
    pairs: list[dict[str, Any]] | None = None,
    contacts: dict[str, str] | None = None,
) -> Resource:
    """Add or change a resource; `pairs` replace an interpreter's languages, `contacts` are encrypted."""
    is_new = resource.pk is None
    if is_new:
        resource.save()
    else:
        _save_child(resource, fields, revision)
    if pairs is not None:
        _set_pairs(resource, pairs)
    if contacts is not None:
        kept_contacts.keep(resource, contacts)
    audit.record(
        "resource.added" if is_new else "resource.changed", parent_of(resource), by=by, fields=sorted(fields)
    )
    return resource


def parent_of(resource: Resource) -> Resource:
    """The row every kind shares: history and search are kept under one name."""
    return resource if type(resource) is Resource else resource.resource_ptr  # type: ignore[attr-defined]


def _save_child(resource: Resource, fields: list[str], revision: int | None) -> None:
    """The parent row guards against a stale write; the child's own fields follow it."""
    parent_names = {field.name for field in Resource._meta.get_fields()}
    parent = Resource(
        pk=resource.pk, **{name: getattr(resource, name) for name in ("kind", "name", "note", "is_active")}
    )
    parent.save_if_current(revision, [name for name in fields if name in parent_names] or ["name"])
    own = [name for name in fields if name not in parent_names]
    if own:
        type(resource)._default_manager.filter(pk=resource.pk).update(
            **{name: getattr(resource, name) for name in own}
        )


def _set_pairs(interpreter: Resource, pairs: list[dict[str, Any]]) -> None:
    if not pairs:
        raise DomainError(_("Give at least one language."), field="languages")
    wanted = {}
    for pair in pairs:
        key = (pair.get("one") or "lt", pair["other"])
        if key[0] == key[1] or key in wanted or key[::-1] in wanted:
            raise DomainError(
                _("This pair is given twice, or both languages are the same."), field="languages"
            )
        wanted[key] = bool(pair.get("is_sworn"))
    LanguagePair.objects.filter(interpreter_id=interpreter.pk).delete()
    LanguagePair.objects.bulk_create(
        LanguagePair(interpreter_id=interpreter.pk, one=one, other=other, is_sworn=sworn)
        for (one, other), sworn in wanted.items()
    )


@transaction.atomic
def close_resource(resource: Resource, *, by: Actor) -> None:
    """Take it off the choices; refused while something ahead is firm."""
    ahead = Booking.objects.firm().filter(resource_id=resource.pk, period__endswith__gt=timezone.now())
    if booking := ahead.filter(matter__isnull=False).select_related("matter").first():
        raise DomainError(
            _("It is booked ahead: %(what)s (%(number)s). Release it first.")
            % {"what": booking.what, "number": booking.matter.number}
        )
    Resource.objects.filter(pk=resource.pk).update(is_active=False)
    audit.record("resource.closed", parent_of(resource), by=by)


@transaction.atomic
def reopen_resource(resource: Resource, *, by: Actor) -> None:
    Resource.objects.filter(pk=resource.pk).update(is_active=True)
    audit.record("resource.reopened", parent_of(resource), by=by)


@transaction.atomic
def save_place(place: Place, *, by: Actor, fields: list[str], revision: int | None = None) -> Place:
    is_new = place.pk is None
    if is_new:
        place.save()
    else:
        place.save_if_current(revision, fields)
    audit.record("place.added" if is_new else "place.changed", place, by=by, fields=sorted(fields))
    return place
