"""What resources show in the house: the room, the personal data held, the words of the timeline."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from core import personal
from core.actor import Actor
from core.registry import (
    ActionWords,
    NavItem,
    PersonalHolding,
    SearchSource,
    Seed,
    register_action_words,
    register_nav,
    register_personal_holding,
    register_search_source,
    register_seed,
)
from core.search import SearchDocument


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
    register_search_source(
        SearchSource(
            "resources",
            _("Resources"),
            "car",
            _resources,
            60,
            "resources.view_resource",
            "resources.resource",
        )
    )
    register_search_source(
        SearchSource("places", _("Places"), "map-pin", _places, 65, "resources.view_place", "resources.place")
    )
    register_personal_holding(
        PersonalHolding(
            code="resources.contacts",
            label=_("Contacts of interpreters and drivers"),
            holder_type="resources.resource",
            purpose=_("To call interpreters and drivers for a visit."),
            kept=lazy(_kept, str)(),
            fields={"phone": _("telephone"), "email": _("e-mail")},
            holders=_holders,
            export=_export,
            forget=_forget,
            erase=_bring_up_to_date,
            url_name="resources:resource",
            permission="resources.view_resource",
            order=30,
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
                "interpreter.contract_added": (_("contract of an interpreter kept"), "file-plus"),
                "interpreter.contract_removed": (_("file of a contract deleted"), "trash"),
                "interpreter.work_recorded": (_("interpreter's work recorded"), "language"),
                "place.added": (_("place added"), "map-pin"),
                "place.changed": (_("place changed"), "map-pin"),
                "place.distance_set": (_("minutes between places set"), "route"),
                "place.distance_forgotten": (_("minutes estimated again"), "route"),
            },
        )
    )
    register_seed(Seed("resources", _seed, order=30, at_once=True))


def _resources(pks: Iterable[int] | None) -> Iterator[SearchDocument]:
    from resources.models import Resource  # noqa: PLC0415 -- models, once asked

    rows = Resource.objects.active()
    for resource in (rows if pks is None else rows.filter(pk__in=pks)).iterator():
        with override("lt"):
            kind = str(resource.get_kind_display())
        yield SearchDocument(
            pk=resource.pk,
            title=resource.name,
            subtitle=kind,
            text=f"{kind} {resource.note}",
            url=resource.get_absolute_url(),
        )


def _places(pks: Iterable[int] | None) -> Iterator[SearchDocument]:
    from resources.models import Place  # noqa: PLC0415 -- models, once asked

    rows = Place.objects.active()
    for place in (rows if pks is None else rows.filter(pk__in=pks)).iterator():
        yield SearchDocument(
            pk=place.pk,
            title=place.name,
            subtitle=place.full_address,
            text=f"{place.name_en} {place.note}",
            url=place.get_absolute_url(),
        )


def _holders() -> Any:
    from resources.models import Resource  # noqa: PLC0415 -- models, once asked

    return Resource.objects.annotate(held_name=F("name"))


def _forget(pk: int, by: Actor) -> int:
    from resources.models import Resource  # noqa: PLC0415 -- models, once asked
    from resources.models.resources import CONTACT_PURPOSE  # noqa: PLC0415
    from resources.services import forget_contracts  # noqa: PLC0415

    return personal.erase(Resource.objects.get(pk=pk), purpose=CONTACT_PURPOSE) + forget_contracts(pk)


def _bring_up_to_date(today: datetime.date) -> int:
    from resources import contacts, services  # noqa: PLC0415 -- once asked

    return contacts.bring_up_to_date(today) + services.drop_needless(today)


def _kept() -> str:
    """How long, by the rule in force today."""
    from core.deadlines import period_words  # noqa: PLC0415 -- once asked
    from core.models import DeadlineRule  # noqa: PLC0415
    from resources.contacts import KEPT_RULE  # noqa: PLC0415

    rule = DeadlineRule.objects.filter(code=KEPT_RULE).in_force(timezone.localdate()).first()
    if rule is None:
        return gettext("No rule says how long: set it in the deadline rules.")
    return gettext(
        "From the last work, the end of the contract or the entry: %(period)s; or until the person asks."
    ) % {"period": period_words(rule.length, rule.unit)}


def _export(pk: int, by: Actor) -> dict[Any, Any]:
    """All that is kept of the interpreter or driver, for the person."""
    from resources.models import InterpreterContract, InterpreterWork, Resource  # noqa: PLC0415 -- models, once asked
    from resources.models.resources import CONTACT_PURPOSE  # noqa: PLC0415

    resource = Resource.objects.get(pk=pk)
    contacts = personal.get_values([resource], purpose=CONTACT_PURPOSE, by=by).get(pk, {})
    return {
        _("Name and surname"): resource.name,
        _("Remarks"): resource.note,
        _("Ratings of the work"): [
            f"{work.rating}/5, {timezone.localtime(work.updated_at):%Y-%m-%d}: {work.words}"
            for work in InterpreterWork.objects.filter(interpreter_id=pk, rating__isnull=False)
        ],
        _("Contracts"): [
            f"{row.number} ({row.valid_from or '…'} – {row.valid_until or '…'}): {row.name}"
            for row in InterpreterContract.objects.filter(interpreter_id=pk)
        ],
        _("Bookings"): [
            f"{timezone.localtime(row.starts_at):%Y-%m-%d %H:%M} – {timezone.localtime(row.ends_at):%Y-%m-%d %H:%M}"
            for row in resource.bookings.all()
        ],
        _("Telephone"): contacts.get("phone", ""),
        _("E-mail"): contacts.get("email", ""),
    }


def _seed() -> str:
    from resources import seed  # noqa: PLC0415 -- only for the demonstration

    return seed.run()
