"""The festival case: ten delegations at once, for the demonstration and the benchmark. All people are invented.

Two hundred and fifty guests, a hundred and eighty items of programmes (thirty of them shared by all), sixty things
that can be booked. Rows are written in bulk; the services would write the same ones, one by one.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from accounts.models import User
from delegations import services
from delegations.choices import Basis, ItemKind, LegDirection, MemberKind, RoomKind, TravelMode
from delegations.models import (
    Festival,
    ItemResource,
    ItemText,
    Member,
    Passenger,
    ProgrammeItem,
    Room,
    RoomGuest,
    TravelLeg,
    Visit,
)
from delegations.services.programme import hold
from partners.models import City
from resources.choices import CarKind
from resources.models import Car, Driver, Hall, Interpreter, LanguagePair, Place

DAY = datetime.timedelta(days=1)
DAYS = 3
GUESTS_A_DELEGATION = 25
K = ItemKind


@dataclass(frozen=True)
class Delegation:
    """One city that comes: its language, and the names its guests are made of."""

    city: str
    language: str
    first: tuple[str, ...]
    last: tuple[str, ...]


POLISH = ("Zofia", "Tomasz", "Łucja", "Michał", "Żaneta")
POLISH_LAST = ("Kaźmierczyk", "Wrzós", "Ściborek", "Dąbek", "Jędrzejak")
DELEGATIONS = (
    Delegation("Opole", "pl", POLISH, POLISH_LAST),
    Delegation("Giżycko", "pl", POLISH[::-1], ("Gąska", "Trześniak", "Półtorak", "Śliwonik", "Kłosek")),
    Delegation("Ełk", "pl", ("Hanna", "Jerzy", "Bożena", "Władysław", "Iga"), POLISH_LAST[::-1]),
    Delegation(
        "Cēsis",
        "lv",
        ("Māra", "Kārlis", "Žanete", "Ģirts", "Elīna"),
        ("Kalniņa-Ozere", "Šķēlis", "Zariņš", "Ābele", "Ķeniņš"),
    ),
    Delegation(
        "Kremenchuk",
        "uk",
        ("Oksana", "Taras", "Liudmyla", "Bohdan", "Yuliia"),
        ("Hnatiuk", "Chornovil-Sokil", "Dovzhenko", "Yatsenko", "Zhuravel"),
    ),
    Delegation(
        "Berdychiv",
        "uk",
        ("Solomiia", "Ostap", "Nadiia", "Yevhen", "Khrystyna"),
        ("Kozachuk", "Holub", "Shchurenko", "Lysenko", "Tkach"),
    ),
    Delegation(
        "Vélizy-Villacoublay",
        "fr",
        ("Éloïse", "François", "Anaïs", "Jérôme", "Zoé"),
        ("Lefèvre-Noël", "Châtelet", "Besançon", "Garçonnet", "Dubœuf"),
    ),
    Delegation(
        "Botkyrka",
        "sv",
        ("Åsa", "Göran", "Märta", "Björn", "Elin"),
        ("Sjöqvist", "Åkerlund", "Hägg", "Öhrling", "Nyström"),
    ),
    Delegation(
        "Næstved",
        "da",
        ("Søren", "Kirsten", "Jørgen", "Åse", "Mads"),
        ("Bækgaard", "Højlund", "Sørby", "Ågesen", "Kjær"),
    ),
    Delegation(
        "Ostrołęka",
        "pl",
        ("Dorota", "Stanisław", "Róża", "Zdzisław", "Ewelina"),
        ("Przybyłek", "Zając-Wolny", "Świderek", "Górniak", "Żukowicz"),
    ),
)

# hours, kind, Lithuanian, English
SHARED: tuple[tuple[str, str, str, str], ...] = (
    ("9.00-9.45", K.CEREMONY, "Gėlių padėjimas prie paminklo", "Laying of flowers at the monument"),
    ("10.00-11.30", K.MEETING, "Visų delegacijų susitikimas su meru", "All delegations meet the mayor"),
    ("11.45-12.30", K.CULTURE, "Amatų mugė", "Crafts fair"),
    ("12.45-14.00", K.MEAL, "Pietūs miesto sode", "Lunch in the City Garden"),
    ("14.15-15.30", K.CULTURE, "Miesto parkų pristatymas", "The city and its parks"),
    ("15.45-16.45", K.FREE, "Laisvas laikas", "Free time"),
    ("17.00-18.00", K.CEREMONY, "Šventės eitynės", "The festival's procession"),
    ("18.15-19.45", K.CULTURE, "Koncertas", "Concert"),
    ("20.00-22.00", K.MEAL, "Šventinė vakarienė", "Festive dinner"),
    ("22.15-23.00", K.CULTURE, "Šviesų valanda", "The hour of lights"),
)
OWN: tuple[tuple[str, str, str, str], ...] = (
    ("8.00-8.45", K.MEAL, "Pusryčiai viešbutyje", "Breakfast at the hotel"),
    ("8.45-9.00", K.TRANSPORT, "Važiavimas į miestą", "Drive to the city"),
    ("15.45-16.30", K.MEETING, "Pokalbis su skyriumi", "Talk with a unit of the administration"),
    ("19.45-20.00", K.TRANSPORT, "Važiavimas į vakarienę", "Drive to the dinner"),
    ("23.00-23.20", K.TRANSPORT, "Grįžimas į viešbutį", "Back to the hotel"),
)
ROOMS_A_DELEGATION = 13


INTERPRETERS = tuple(
    product(
        ("Aurelija", "Birutė", "Danguolė", "Ramunė", "Viltė"),
        ("Banytė", "Girdenienė", "Lapinskaitė", "Žukaitė"),
    )
)
DRIVERS = tuple(
    product(
        ("Arvydas", "Gintautas", "Rimas", "Vidas", "Žilvinas"), ("Gudas", "Kairys", "Miškinis", "Vaitkus")
    )
)


@dataclass
class Booked:
    """What the case books: twenty interpreters, seventeen vehicles, seventeen drivers, six halls."""

    interpreters: list[Interpreter] = field(default_factory=list)
    cars: list[Car] = field(default_factory=list)
    drivers: list[Driver] = field(default_factory=list)
    halls: list[Hall] = field(default_factory=list)


def make_case(people: list[User], *, starts_on: datetime.date, title: str) -> Festival:
    """The festival with its delegations, guests, journeys, beds and items.

    Args:
        people: those of the department who look after the delegations, in turn; at least one.
        starts_on: the first day; the festival lasts three.
        title: of the festival.
    """
    festival = services.open_festival(
        by=people[0].actor,
        title=title,
        responsible=people[0],
        purpose="Miesto gimtadienis: partnerių delegacijos, eitynės, koncertas.",
        starts_on=starts_on,
        ends_on=starts_on + (DAYS - 1) * DAY,
    )
    booked = _things_to_book()
    places = _places()
    visits = [
        _visit(festival, delegation, people[number % len(people)])
        for number, delegation in enumerate(DELEGATIONS)
    ]
    members = _guests(visits)
    _items(_shared_items(festival, places), ["lt", "en", *{one.language for one in DELEGATIONS}])
    for number, visit in enumerate(visits):
        own = _own_items(visit, places)
        _items(own, visit.text_languages)
        _serve(own, booked, number)
        _journeys(visit, members[visit.pk], places["airport"], number)
        _beds(visit, members[visit.pk], places["hotel"])
        hold(visit, by=people[0].actor)
    return festival


def _visit(festival: Festival, delegation: Delegation, responsible: User) -> Visit:
    city = City.objects.get(name_local=delegation.city)
    return services.open_visit(
        by=responsible.actor,
        title=f"{city.name_lt}: delegacija miesto šventėje",
        responsible=responsible,
        city=city,
        basis=Basis.CITY,
        inviter="",
        purpose="Dalyvavimas miesto šventėje.",
        starts_on=festival.starts_on,
        ends_on=festival.ends_on,
        languages=[delegation.language],
        host=None,
        occasion=festival,
    )


def _guests(visits: list[Visit]) -> dict[int, list[Member]]:
    posts = ("tarybos pirmininkas", "mero pavaduotoja", "skyriaus vedėja", "choro vadovas", "choro narys")
    rows = []
    for visit, delegation in zip(visits, DELEGATIONS, strict=True):
        names = [f"{first} {last}" for first, last in product(delegation.first, delegation.last)]
        for place, name in enumerate(names[:GUESTS_A_DELEGATION]):
            rows.append(
                Member(
                    visit=visit,
                    name=name,
                    name_language=delegation.language,
                    kind=MemberKind.HEAD if place == 0 else MemberKind.MEMBER,
                    rank=(place + 1) * 10,
                    post_lt="meras" if place == 0 else posts[min(place // 2, len(posts) - 1)],
                    languages=[delegation.language],
                )
            )
    by_visit: dict[int, list[Member]] = {visit.pk: [] for visit in visits}
    for member in Member.objects.bulk_create(rows):
        by_visit[member.visit_id].append(member)
    return by_visit


def _places() -> dict[str, Place]:
    wanted = {
        "city": ("Miesto sodas", "City Garden"),
        "hotel": ("Viešbutis „Nemuno vingis“", "Hotel „Nemuno vingis“"),
        "office": ("Savivaldybė", "City Hall"),
        "airport": ("Vilniaus oro uostas", "Vilnius Airport"),
    }
    return {
        code: Place.objects.get_or_create(
            name=name, defaults={"name_en": english, "town": "Vilnius" if code == "airport" else "Alytus"}
        )[0]
        for code, (name, english) in wanted.items()
    }


def _shared_items(festival: Festival, places: dict[str, Place]) -> list[tuple[ProgrammeItem, str, str]]:
    return [_item(day, line, places["city"], festival=festival) for day in festival.days for line in SHARED]


def _own_items(visit: Visit, places: dict[str, Place]) -> list[tuple[ProgrammeItem, str, str]]:
    rows = []
    for day in visit.days:
        for line in OWN:
            place = {K.MEETING: "office"}.get(ItemKind(line[1]), "hotel")
            rows.append(_item(day, line, places[place], visit=visit))
            if line[1] == K.TRANSPORT:
                rows[-1][0].to_place = places["city"]
    return rows


def _item(
    day: datetime.date, line: tuple[str, str, str, str], place: Place, **of: Any
) -> tuple[ProgrammeItem, str, str]:
    hours, kind, lt, en = line
    starts, _dash, ends = hours.partition("-")
    item = ProgrammeItem(kind=kind, on=day, starts=_clock(starts), ends=_clock(ends), place=place, **of)
    item.set_period()
    return item, lt, en


def _items(rows: list[tuple[ProgrammeItem, str, str]], languages: Iterable[str]) -> None:
    ProgrammeItem.objects.bulk_create([item for item, _lt, _en in rows])
    ItemText.objects.bulk_create(
        ItemText(item=item, language=language, title=lt if language == "lt" else en)
        for item, lt, en in rows
        for language in dict.fromkeys(languages)
    )


def _serve(rows: list[tuple[ProgrammeItem, str, str]], booked: Booked, number: int) -> None:
    """Each delegation has its two interpreters, its car and its driver."""
    drive = [booked.cars[number], booked.drivers[number]]
    speak = booked.interpreters[number * 2 : number * 2 + 1]
    ItemResource.objects.bulk_create(
        ItemResource(item=item, resource_id=resource.pk)
        for item, _lt, _en in rows
        for resource in (drive if item.kind == K.TRANSPORT else speak if item.kind == K.MEETING else ())
    )


def _journeys(visit: Visit, members: list[Member], airport: Place, number: int) -> None:
    """Some fly in two groups and go home together; every third delegation comes by its own bus."""
    by_bus = number % 3 == 2
    legs = []
    groups = [members] if by_bus else [members[:10], members[10:]]
    for at, group in enumerate(groups):
        legs.append((LegDirection.ARRIVAL, visit.starts_on, datetime.time(6 + at, (number * 7) % 60), group))
    legs.append((LegDirection.DEPARTURE, visit.ends_on + DAY, datetime.time(9 + number % 4, 30), members))
    passengers = []
    for at, (direction, on, hour, group) in enumerate(legs):
        leg = TravelLeg(
            visit=visit,
            direction=direction,
            mode=TravelMode.BUS if by_bus else TravelMode.FLIGHT,
            number="" if by_bus else f"XX {700 + number * 10 + at}",
            place=airport,
            on=on,
            at=hour,
            is_for_all=len(group) == len(members),
            needs_transfer=not by_bus,
        )
        leg.set_moment()
        leg.save()
        if not leg.is_for_all:
            passengers += [Passenger(leg=leg, member=member) for member in group]
    Passenger.objects.bulk_create(passengers)


def _beds(visit: Visit, members: list[Member], hotel: Place) -> None:
    """The head alone, the others two by two."""
    stay = ProgrammeItem(
        visit=visit,
        kind=K.ACCOMMODATION,
        on=visit.starts_on,
        starts=datetime.time(23, 30),
        until_on=visit.ends_on + DAY,
        place=hotel,
    )
    stay.set_period()
    stay.save()
    ItemText.objects.bulk_create(
        ItemText(item=stay, language=language, title="Nakvynė" if language == "lt" else "Hotel")
        for language in visit.text_languages
    )
    pairs = [members[:1], *(members[at : at + 2] for at in range(1, len(members), 2))]
    rooms = Room.objects.bulk_create(
        Room(
            item=stay,
            kind=RoomKind.SINGLE if len(pair) == 1 else RoomKind.TWIN,
            number=f"{visit.pk % 10}{place:02}",
            on=stay.on,
            until_on=stay.until_on,
        )
        for place, pair in enumerate(pairs, start=1)
    )
    RoomGuest.objects.bulk_create(
        RoomGuest(room=room, member=member, nights=(room.on, room.until_on))
        for room, pair in zip(rooms, pairs, strict=True)
        for member in pair
    )


def _things_to_book() -> Booked:
    """Sixty things; those that are there already are used again."""
    booked = Booked()
    languages = [one.language for one in DELEGATIONS for _twice in range(2)]
    for language, names in zip(languages, INTERPRETERS, strict=True):
        row, is_new = Interpreter.objects.get_or_create(name=" ".join(names))
        if is_new:
            LanguagePair.objects.create(interpreter=row, one="lt", other=language)
        booked.interpreters.append(row)
    for number, names in enumerate(DRIVERS[:17], start=1):
        booked.drivers.append(Driver.objects.get_or_create(name=" ".join(names))[0])
        booked.cars.append(
            Car.objects.get_or_create(
                name=f"Nuomotas autobusas {number}", defaults={"body": CarKind.BUS, "seats": 30}
            )[0]
        )
    hall_place = Place.objects.get_or_create(name="Savivaldybė", defaults={"town": "Alytus"})[0]
    booked.halls = [
        Hall.objects.get_or_create(
            name=f"Šventės palapinė {number}", defaults={"place": hall_place, "seats": 60}
        )[0]
        for number in range(1, 7)
    ]
    return booked


def _clock(text: str) -> datetime.time:
    hour, _dot, minute = text.partition(".")
    return datetime.time(int(hour), int(minute))
