"""Journeys of the demonstration visits: two flights in, one out, a guest who leaves alone; a bus of the guests' own."""

from __future__ import annotations

import datetime
from typing import Any

from delegations import services
from delegations.choices import ItemKind, LegDirection, TravelMode
from delegations.models import Member, ProgrammeItem, TransferLeg, TravelLeg, Visit
from resources.models import Place

Clock = datetime.time


def flights(visit: Visit, items: list[ProgrammeItem]) -> None:
    """Opole: the head and two more by way of Warsaw to Vilnius, the others to Kaunas; one leaves by himself."""
    places = {place.name: place for place in Place.objects.all()}
    vilnius, kaunas = places["Vilniaus oro uostas"], places["Kauno oro uostas"]
    members = list(visit.members.all())
    first, others, alone = members[:3], members[3:], members[-1]
    to_kaunas, to_vilnius = (
        next(
            item
            for item in items
            if item.kind == ItemKind.TRANSPORT and item.on == visit.starts_on and item.place == place
        )
        for place in (kaunas, vilnius)
    )
    home = next(item for item in items if item.kind == ItemKind.TRANSPORT and item.on == visit.ends_on)
    by = visit.responsible.actor
    services.change_participants(to_kaunas, others, by=by)
    services.change_participants(to_vilnius, first, by=by)
    services.change_participants(home, [member for member in members if member != alone], by=by)
    arrival = {"direction": LegDirection.ARRIVAL, "mode": TravelMode.FLIGHT, "on": visit.starts_on}
    leaving = {"direction": LegDirection.DEPARTURE, "mode": TravelMode.FLIGHT, "on": visit.ends_on}
    _leg(
        visit,
        to_kaunas,
        number="FR 4617",
        place=kaunas,
        at=Clock(13, 40),
        other_end="Wrocław",
        people=others,
        **arrival,
    )
    _leg(
        visit,
        to_vilnius,
        number="LO 779",
        place=vilnius,
        at=Clock(17, 10),
        other_end="Warszawa",
        people=first,
        **arrival,
    )
    _leg(
        visit,
        home,
        number="LO 778",
        place=vilnius,
        at=Clock(15, 40),
        other_end="Warszawa",
        people=None,
        **leaving,
    )
    _leg(
        visit,
        None,
        number="FR 4618",
        place=kaunas,
        at=Clock(18, 20),
        other_end="Wrocław",
        people=[alone],
        **leaving,
    )


def own_bus(visit: Visit) -> None:
    """Cėsys: in a bus of their own, nobody has to be met."""
    hotel = Place.objects.get(name="Viešbutis „Nemuno vingis“")
    shared: dict[str, Any] = {
        "mode": TravelMode.BUS,
        "place": hotel,
        "other_end": "Cēsis",
        "needs_transfer": False,
        "people": None,
    }
    _leg(visit, None, direction=LegDirection.ARRIVAL, on=visit.starts_on, at=Clock(9, 30), **shared)
    _leg(visit, None, direction=LegDirection.DEPARTURE, on=visit.ends_on, at=Clock(15, 15), **shared)


def to_the_festival(title: str) -> None:
    """Rouen comes by way of Vilnius and leaves from Kaunas: the transfers are still to be proposed."""
    visit = Visit.objects.get(title=title)
    places = {place.name: place for place in Place.objects.all()}
    flight: dict[str, Any] = {"mode": TravelMode.FLIGHT, "other_end": "Paris", "people": None}
    _leg(
        visit,
        None,
        direction=LegDirection.ARRIVAL,
        number="AF 1066",
        place=places["Vilniaus oro uostas"],
        on=visit.starts_on,
        at=Clock(6, 40),
        **flight,
    )
    _leg(
        visit,
        None,
        direction=LegDirection.DEPARTURE,
        number="FR 2471",
        place=places["Kauno oro uostas"],
        on=visit.ends_on,
        at=Clock(21, 15),
        **flight,
    )


def _leg(
    visit: Visit, item: ProgrammeItem | None, *, people: list[Member] | None, **fields: Any
) -> TravelLeg:
    leg = services.add_leg(
        visit, by=visit.responsible.actor, passengers=people or (), is_for_all=people is None, **fields
    )
    if item is not None:
        TransferLeg.objects.create(item=item, leg=leg)
    return leg
