"""What resources show in the house: the room, the personal data held, the words of the timeline."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from core import personal
from core.models import PersonalValue
from core.registry import (
    ActionWords,
    NavItem,
    PersonalHolding,
    Seed,
    register_action_words,
    register_nav,
    register_personal_holding,
    register_seed,
)


def register() -> None:
    register_nav(
        NavItem(
            "memory",
            _("People, halls, vehicles"),
            "resources:week",
            "car",
            "resources.view_resource",
            60,
            prefix="/istekliai/",
        )
    )
    register_personal_holding(
        PersonalHolding(
            code="resources.contacts",
            label=_("Contacts of interpreters and drivers"),
            holder_type="resources.resource",
            list_rows=_held_contacts,
            export=_export,
            erase=lambda today: 0,  # core erases every value on its day; there are no rows of our own
        )
    )
    register_action_words(
        ActionWords(
            code="resources",
            words={
                "resource.added": (_("resource added"), "plus"),
                "resource.changed": (_("resource changed"), "pencil"),
                "resource.closed": (_("resource closed"), "lock"),
                "resource.reopened": (_("resource opened again"), "lock-open"),
                "resource.booked": (_("resources booked"), "calendar-plus"),
                "resource.released": (_("resources let go"), "calendar-event"),
                "resource.blocked": (_("resource is away"), "ban"),
                "place.added": (_("place added"), "map-pin"),
                "place.changed": (_("place changed"), "map-pin"),
                "place.distance_set": (_("minutes between places set"), "route"),
                "place.distance_forgotten": (_("minutes estimated again"), "route"),
            },
        )
    )
    register_seed(Seed("resources", _seed, order=30))


def _held_contacts() -> Iterator[dict[str, Any]]:
    """Who has contact values here and until when, without the values."""
    from resources.models import Resource  # noqa: PLC0415 -- models, once asked
    from resources.models.resources import CONTACT_PURPOSE  # noqa: PLC0415

    rows = PersonalValue.objects.filter(holder_type=Resource._meta.label_lower, purpose=CONTACT_PURPOSE)
    people = {row.pk: row for row in Resource.objects.filter(pk__in=rows.values("holder_pk"))}
    for row in rows.order_by("holder_pk", "field"):
        if resource := people.get(row.holder_pk):
            yield {
                "holder": resource.name,
                "holder_pk": resource.pk,
                "url": resource.get_absolute_url(),
                "field": row.field,
                "class": row.data_class,
                "until": row.erase_on,
            }


def _export(pk: int) -> dict[str, Any]:
    """All that is kept of the interpreter or driver, for the person."""
    from core.actor import Actor  # noqa: PLC0415 -- once asked
    from resources.models import Resource  # noqa: PLC0415
    from resources.models.resources import CONTACT_PURPOSE  # noqa: PLC0415

    resource = Resource.objects.get(pk=pk)
    return {
        "name": resource.name,
        "note": resource.note,
        "bookings": [[str(row.starts_at), str(row.ends_at), row.what] for row in resource.bookings.all()],
        "contacts": personal.get_values([resource], purpose=CONTACT_PURPOSE, by=Actor.system()).get(pk, {}),
    }


def _seed() -> str:
    from resources import seed  # noqa: PLC0415 -- only for the demonstration

    return seed.run()
