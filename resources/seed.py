"""Interpreters, vehicles, halls and places of the demonstration office: invented, near Alytus."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from core.actor import Actor
from resources import services
from resources.choices import PlaceKind
from resources.models import Car, Driver, Equipment, Hall, Interpreter, Place, PlaceDistance, Resource

DAY = datetime.timedelta(days=1)
# name, English, kind, address, town, latitude, longitude, seats
PLACES: list[tuple[str, str, str, str, str, float, float, int | None]] = [
    ("Savivaldybė", "City Hall", PlaceKind.OFFICE, "Rotušės a. 4", "Alytus", 54.3963, 24.0459, None),
    ("Miesto rotušė", "Old Town Hall", PlaceKind.CULTURE, "Rotušės a. 1", "Alytus", 54.3969, 24.0472, 60),
    (
        "Viešbutis „Nemuno vingis“",
        "Hotel „Nemuno vingis“",
        PlaceKind.HOTEL,
        "Upės g. 7",
        "Alytus",
        54.4007,
        24.0311,
        48,
    ),
    (
        "Restoranas „Senamiesčio kiemas“",
        "Restaurant „Senamiesčio kiemas“",
        PlaceKind.RESTAURANT,
        "Kiemo g. 3",
        "Alytus",
        54.3951,
        24.0487,
        40,
    ),
    (
        "Kaimo sodyba „Dzūkų sodyba“",
        "Farmstead „Dzūkų sodyba“",
        PlaceKind.RESTAURANT,
        "Piliakalnio g. 12",
        "Punia",
        54.5122,
        24.0936,
        60,
    ),
    ("Muzikos mokykla", "Music School", PlaceKind.CULTURE, "Parko g. 10", "Alytus", 54.3935, 24.0388, 180),
    ("Sporto centras", "Sports Centre", PlaceKind.SPORT, "Stadiono g. 5", "Alytus", 54.3899, 24.0305, 300),
    (
        "Pramonės parkas",
        "Industrial Park",
        PlaceKind.BUSINESS,
        "Fabriko g. 20",
        "Alytus",
        54.4120,
        24.0790,
        50,
    ),
    ("Jaunimo centras", "Youth Centre", PlaceKind.CULTURE, "Jaunimo g. 2", "Alytus", 54.4021, 24.0262, 80),
    ("Miesto sodas", "City Garden", PlaceKind.NATURE, "Sodo g. 1", "Alytus", 54.3980, 24.0420, None),
    (
        "Alytaus piliakalnis",
        "Alytus Hill Fort",
        PlaceKind.NATURE,
        "Piliakalnio g.",
        "Alytus",
        54.3889,
        24.0571,
        None,
    ),
    ("Spaudos salė", "Press Room", PlaceKind.OFFICE, "Rotušės a. 4", "Alytus", 54.3963, 24.0459, 30),
    (
        "Vilniaus oro uostas",
        "Vilnius Airport",
        PlaceKind.TRANSPORT,
        "Rodūnios kelias 10A",
        "Vilnius",
        54.6341,
        25.2858,
        None,
    ),
    (
        "Kauno oro uostas",
        "Kaunas Airport",
        PlaceKind.TRANSPORT,
        "Oro uosto g. 4",
        "Karmėlava",
        54.9639,
        24.0848,
        None,
    ),
]
# name, gender, languages (sworn in capitals), fee, municipality's own
INTERPRETERS: list[tuple[str, str, str, str, bool]] = [
    ("Kornelija Šimkutė", "f", "PL en", "35.00", False),
    ("Austėja Balčytytė", "f", "pl uk", "32.00", False),
    ("Ignas Rakauskas", "m", "pl", "30.00", False),
    ("Līga Ozoliņa", "f", "LV", "34.00", False),
    ("Solomija Tkačuk", "f", "uk en", "33.00", False),
    ("Eteri Kvaracchelija", "f", "ka ru", "40.00", False),
    ("Matas Venckus", "m", "EN fr", "38.00", False),
    ("Indrė Stasytytė", "f", "de en", "", True),
]
# number of the line above: contract, days it is still valid, what is agreed
CONTRACTS: dict[int, tuple[str, int, str]] = {
    0: ("PS-41", 240, "Mokama už pradėtą ketvirtį valandos; kelionė į Kauną ir Vilnių atlyginama atskirai."),
    1: ("PS-42", 240, "Mokama už pradėtą ketvirtį valandos."),
    3: ("PS-37", 120, "Raštu verčiama už puslapį, žodžiu – už valandą."),
    4: ("PS-44", 20, ""),
    6: ("PS-29", -12, "Sutartį reikia pratęsti."),
}
DRIVERS = [
    ("Algis Bernotas", "B, D1", "pl, ru"),
    ("Vytas Matulis", "B, C, D", "ru"),
    ("Rimas Juodis", "B", "en"),
]
CARS: list[tuple[str, str, str, int, str, str]] = [
    ("Mikroautobusas, 16 vietų", "minibus", "DEM 016", 16, "savivaldybė", "Algis Bernotas"),
    ("Autobusas, 45 vietų", "bus", "DEM 045", 45, "„Dzūkijos ratai“", "Vytas Matulis"),
    ("Lengvasis automobilis, 4 vietų", "car", "DEM 004", 4, "savivaldybė", "Rimas Juodis"),
    ("Lengvasis automobilis, 6 vietų", "car", "DEM 006", 6, "savivaldybė", ""),
]
HALLS = [
    ("101 salė", "Savivaldybė", 24),
    ("Tarybos salė", "Savivaldybė", 60),
    ("Mažoji salė", "Savivaldybė", 10),
    ("Rotušės pokylių salė", "Miesto rotušė", 50),
    ("Koncertų salė", "Muzikos mokykla", 180),
    ("Konferencijų salė", "Pramonės parkas", 50),
    ("Svetainė", "Jaunimo centras", 40),
]
EQUIPMENT = [
    ("Sinchroninio vertimo komplektas, 30 imtuvų", "Savivaldybė"),
    ("Nešiojamasis projektorius", "Savivaldybė"),
    ("Stalo vėliavėlių rinkinys", "Savivaldybė"),
]
# Minutes somebody timed; the rest is estimated.
MINUTES = [
    ("Savivaldybė", "Kaimo sodyba „Dzūkų sodyba“", 25),
    ("Savivaldybė", "Vilniaus oro uostas", 95),
    ("Savivaldybė", "Kauno oro uostas", 70),
    ("Savivaldybė", "Pramonės parkas", 12),
    ("Viešbutis „Nemuno vingis“", "Savivaldybė", 6),
    ("Viešbutis „Nemuno vingis“", "Vilniaus oro uostas", 90),
    ("Viešbutis „Nemuno vingis“", "Kauno oro uostas", 75),
]


def run() -> str:
    """A second run adds nothing."""
    by = Actor.system()
    places = {place.name: place for place in Place.objects.all()}
    for name, english, kind, address, town, latitude, longitude, seats in PLACES:
        if name not in places:
            row = Place(
                name=name,
                name_en=english,
                kind=kind,
                address=address,
                town=town,
                latitude=latitude,
                longitude=longitude,
                seats=seats,
            )
            places[name] = services.save_place(row, by=by, fields=["name"])
    known = set(Resource.objects.values_list("name", flat=True))
    added = _people(known, by) + _things(known, places, by)
    for one, other, minutes in MINUTES:
        first, second = sorted((places[one], places[other]), key=lambda place: place.pk)
        if not PlaceDistance.objects.filter(one=first, other=second).exists():
            services.set_minutes(first, second, minutes, by=by)
    return f"{len(PLACES)} places, {added} resources added"


def _people(known: set[str], by: Actor) -> int:
    added = 0
    for number, (name, gender, languages, fee, is_staff) in enumerate(INTERPRETERS):
        if name not in known:
            row = Interpreter(name=name, gender=gender, fee=fee or None, is_staff=is_staff)
            if number in CONTRACTS:
                row.contract_number, until, row.contract_note = CONTRACTS[number]
                row.contract_until = timezone.localdate() + until * DAY
            pairs: list[dict[str, Any]] = [
                {"other": code.lower(), "is_sworn": code.isupper()} for code in languages.split()
            ]
            contacts = {"phone": f"+370 000 00{number:03d}", "email": f"vertimas{number}@example.org"}
            services.save_resource(row, by=by, fields=["name"], pairs=pairs, contacts=contacts)
            added += 1
    for number, (name, categories, languages) in enumerate(DRIVERS):
        if name not in known:
            row_driver = Driver(name=name, categories=categories, languages=languages)
            contacts = {"phone": f"+370 000 01{number:03d}", "email": f"vairuotojas{number}@example.org"}
            services.save_resource(row_driver, by=by, fields=["name"], contacts=contacts)
            added += 1
    return added


def _things(known: set[str], places: dict[str, Place], by: Actor) -> int:
    drivers = {driver.name: driver for driver in Driver.objects.all()}
    rows: list[Resource] = [
        Car(name=name, body=body, plate=plate, seats=seats, owner=owner, usual_driver=drivers.get(driver))
        for name, body, plate, seats, owner, driver in CARS
    ]
    rows += [Hall(name=name, place=places[place], seats=seats) for name, place, seats in HALLS]
    rows += [Equipment(name=name, place=places[place]) for name, place in EQUIPMENT]
    new = [row for row in rows if row.name not in known]
    for row in new:
        services.save_resource(row, by=by, fields=["name"])
    return len(new)
