"""Visits for tests: a city, a visit of four days in June, items by hour."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth.models import Group

from core.choices import Channel
from core.files import store
from delegations import services
from delegations.choices import ItemKind, MemberKind
from delegations.models import Member, ProgrammeItem, Visit
from matters import approvals
from matters.models import Ladder, LadderStep
from partners.models import City
from resources.models import Car, Hall, Interpreter, LanguagePair, Place
from tests.accounts.factories import UserFactory

FIRST_DAY = datetime.date(2027, 6, 15)  # a Tuesday


def approve_visit(visit: Visit) -> None:
    """The head approves the programme as it stands; without the frozen paper being drawn."""
    ladder = Ladder.objects.create(kind="visit", name="Programos", is_default=True)
    role = Group.objects.get(name="head")
    LadderStep.objects.create(ladder=ladder, order=1, label="tvirtina", role=role, channels=[Channel.SESSION])
    head = UserFactory(role="head")
    approval = approvals.submit(visit, by=visit.responsible.actor)
    paper = store(b"%PDF-1.7 frozen", name="v.pdf", media_type="application/pdf")
    approvals.open_round(approval.version, paper)
    approvals.approve(approval.steps.get(), by=head.actor)
    visit.refresh_from_db()


def make_city(**fields: Any) -> City:
    values = {"name_lt": "Opolė", "name_local": "Opole", "country": "PL", "languages": ["pl"], **fields}
    return City.objects.get_or_create(
        country=values["country"], name_local=values["name_local"], defaults=values
    )[0]


def make_visit(by: Any = None, **fields: Any) -> Visit:
    """`make_visit(days=4)`; further fields are the visit's."""
    by = by or UserFactory(role="specialist")
    days = fields.pop("days", 4)
    starts_on = fields.pop("starts_on", FIRST_DAY)
    values: dict[str, Any] = {
        "title": "Opolės miesto delegacija",
        "purpose": "Bendradarbiavimo planas 2028–2030 m.",
        "responsible": by,
        "languages": ["pl"],
        "starts_on": starts_on,
        "ends_on": starts_on + datetime.timedelta(days=days - 1),
        **fields,
    }
    if "city" not in values:
        values["city"] = make_city()
    return services.open_visit(by=by.actor, **values)


def make_member(visit: Visit, name: str = "Zbigniew Łączyński", **fields: Any) -> Member:
    fields.setdefault("kind", MemberKind.MEMBER)
    return services.add_member(visit, by=visit.responsible.actor, name=name, name_language="pl", **fields)


def make_item(
    visit: Visit, starts: str = "9.00", ends: str = "", *, day: int = 1, **fields: Any
) -> ProgrammeItem:
    """An item on the visit's nth day; hours as "9.00"; `title` is its Lithuanian text, `pl` its Polish."""
    title = fields.pop("title", "Priima meras")
    texts = {"lt": (title, "")}
    if polish := fields.pop("pl", "Spotkanie"):
        texts["pl"] = (polish, "")
    fields.setdefault("kind", ItemKind.MEETING)
    return services.add_item(
        visit,
        by=visit.responsible.actor,
        texts=texts,
        on=visit.starts_on + datetime.timedelta(days=day - 1),
        starts=clock(starts),
        ends=clock(ends),
        **fields,
    )


def clock(text: str) -> datetime.time | None:
    if not text:
        return None
    hour, minute = text.split(".")
    return datetime.time(int(hour), int(minute))


def make_place(name: str = "Savivaldybė", **fields: Any) -> Place:
    return Place.objects.create(name=name, town=fields.pop("town", "Alytus"), **fields)


def make_interpreter(name: str = "Vardenė Vertėja", language: str = "pl") -> Interpreter:
    interpreter = Interpreter.objects.create(name=name)
    LanguagePair.objects.create(interpreter=interpreter, one="lt", other=language)
    return interpreter


def make_car(name: str = "Mikroautobusas", seats: int = 16) -> Car:
    return Car.objects.create(name=name, seats=seats)


def make_hall(name: str = "101 salė", place: Place | None = None) -> Hall:
    return Hall.objects.create(name=name, place=place or make_place())
