"""The ways out of warnings that one press takes; each is a verb of the services."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.actor import Actor
from core.dates import day_words
from core.errors import DomainError
from delegations import services
from delegations.choices import ItemKind, MemberKind
from delegations.models import ProgrammeItem
from delegations.services.state import Planned
from partners.choices import Language
from resources.models import Resource

MEAL_LENGTH = 90


def repair(visit: Planned, verb: str, data: dict[str, str], *, by: Actor) -> str:
    """Do it and say what was done. Raises DomainError, also when the item or person is no longer there."""
    deed = DEEDS.get(verb)
    if deed is None:
        raise DomainError(_("This cannot be repaired so."))
    try:
        return deed(visit, data, by)
    except (KeyError, ValueError, ProgrammeItem.DoesNotExist, Resource.DoesNotExist) as error:
        raise DomainError(_("The programme has changed meanwhile. Look at the warning again.")) from error


def _item(visit: Planned, data: dict[str, str]) -> ProgrammeItem:
    return visit.items.alive().prefetch_related("texts").get(pk=int(data["item"]))


def _move(visit: Planned, data: dict[str, str], by: Actor) -> str:
    item = services.move_item(
        _item(visit, data),
        by=by,
        on=datetime.date.fromisoformat(data["on"]),
        starts=datetime.time.fromisoformat(data["starts"]),
    )
    return f"{item.title}: {day_words(item.on)}, {item.hours}"


def _end(visit: Planned, data: dict[str, str], by: Actor) -> str:
    item = _item(visit, data)
    item = services.change_item(item, by=by, revision=None, ends=datetime.time.fromisoformat(data["ends"]))
    return f"{item.title}: {item.hours}"


def _swap(visit: Planned, data: dict[str, str], by: Actor) -> str:
    old = Resource.objects.get(pk=int(data["old"]))
    new = Resource.objects.get(pk=int(data["new"])) if data.get("new") else None
    item = services.swap_resource(_item(visit, data), old, new, by=by)
    return f"{item.title}: {new.name if new else '–'}"


def _meal(visit: Planned, data: dict[str, str], by: Actor) -> str:
    starts = datetime.time.fromisoformat(data["starts"])
    minutes = min(starts.hour * 60 + starts.minute + MEAL_LENGTH, 23 * 60 + 45)
    texts = _words(visit, {"lt": _lunch(starts, "lt"), "en": _lunch(starts, "en")})
    item = services.add_item(
        visit,
        by=by,
        texts=texts,
        kind=ItemKind.MEAL,
        on=datetime.date.fromisoformat(data["on"]),
        starts=starts,
        ends=datetime.time(minutes // 60, minutes % 60),
    )
    return _("The item is added: %(title)s.") % {"title": item.title_in("lt")}


def _lunch(starts: datetime.time, language: str) -> str:
    with override(language):
        return str(_("Lunch") if starts.hour < 16 else _("Dinner"))


def _hotel(visit: Planned, data: dict[str, str], by: Actor) -> str:
    on = datetime.date.fromisoformat(data["on"])
    until = on + datetime.timedelta(days=1) if data.get("one") else visit.ends_on
    with override("lt"):
        lithuanian = str(_("Accommodation at a hotel"))
    with override("en"):
        english = str(_("Accommodation at a hotel"))
    item = services.add_item(
        visit,
        by=by,
        texts=_words(visit, {"lt": lithuanian, "en": english}),
        kind=ItemKind.ACCOMMODATION,
        on=on,
        part="4evening",
        until_on=max(until, on + datetime.timedelta(days=1)),
    )
    return _("The item is added: %(title)s.") % {"title": item.title_in("lt")}


def _words(visit: Planned, known: dict[str, str]) -> dict[str, tuple[str, str]]:
    """The titles we can write ourselves: Lithuanian always, English when the guests read it."""
    wanted = {"lt", *(code for code in visit.languages if code in Language.values)}
    return {code: (text, "") for code, text in known.items() if code in wanted}


def _host(visit: Planned, data: dict[str, str], by: Actor) -> str:
    person = get_user_model().objects.active().filter(pk=int(data["user"])).first()
    if person is None:
        raise DomainError(_("This person no longer works here."))
    item = services.change_item(_item(visit, data), by=by, revision=None, host=person, host_name="")
    return f"{item.title}: {person.full_name}"


def _head(visit: Planned, data: dict[str, str], by: Actor) -> str:
    member = visit.members.get(pk=int(data["member"]))
    services.change_member(member, revision=None, by=by, kind=MemberKind.HEAD)
    return _("Head of the delegation: %(name)s.") % {"name": member.name}


def _without(visit: Planned, data: dict[str, str], by: Actor) -> str:
    item = _item(visit, data)
    taking = visit.members.all() if item.is_for_all else visit.members.filter(participations__item=item)
    left = [member for member in taking if member.pk != int(data["member"])]
    if not left:
        raise DomainError(_("Nobody would be left in the item. Remove it instead."))
    services.change_participants(item, left, by=by)
    return _("The guest is left out: %(title)s.") % {"title": item.title}


DEEDS: dict[str, Callable[[Planned, dict[str, str], Actor], str]] = {
    "move": _move,
    "end": _end,
    "swap": _swap,
    "meal": _meal,
    "hotel": _hotel,
    "host": _host,
    "head": _head,
    "without": _without,
}
