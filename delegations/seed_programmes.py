"""Programmes of the demonstration visits, item by item. All invented."""

from __future__ import annotations

from dataclasses import dataclass

from delegations.choices import ItemKind


@dataclass(frozen=True)
class Line:
    """One item: day of the visit, hours, kind, Lithuanian and guests' words, place, host, who serves."""

    day: int
    hours: str
    kind: str
    lt: str
    theirs: str
    place: str
    host: str = ""
    serves: tuple[str, ...] = ()
    to_place: str = ""
    nights: int = 0
    is_fixed: bool = False
    is_open_to_press: bool = False
    notes: str = ""


K = ItemKind
CESYS = [
    Line(
        0,
        "9.30-9.50",
        K.TRANSPORT,
        "Atvykimas prie viešbučio „Nemuno vingis“",
        "Ierašanās pie viesnīcas „Nemuno vingis“",
        "Viešbutis „Nemuno vingis“",
        serves=("Mikroautobusas, 16 vietų", "Algis Bernotas"),
        notes="Pasitinka Ieva Juknelytė, vėliavėlė su Cėsių herbu.",
    ),
    Line(
        0,
        "10.30-12.00",
        K.MEETING,
        "Meras priima delegaciją",
        "Mērs pieņem delegāciju",
        "Savivaldybė",
        "meras",
        ("101 salė", "Līga Ozoliņa"),
        is_fixed=True,
    ),
    Line(
        0,
        "12.30-13.45",
        K.MEAL,
        "Pietūs restorane „Senamiesčio kiemas“",
        "Pusdienas restorānā „Senamiesčio kiemas“",
        "Restoranas „Senamiesčio kiemas“",
        "specialiste",
        ("Līga Ozoliņa",),
    ),
    Line(
        0,
        "14.30-16.00",
        K.MEETING,
        "Bendradarbiavimo plano aptarimas",
        "Sadarbības plāna apspriešana",
        "Jaunimo centras",
        "specialiste",
        ("Svetainė", "Līga Ozoliņa"),
        notes="Kultūros dalį pristato Ieva Juknelytė.",
    ),
    Line(
        0,
        "18.30-20.00",
        K.MEAL,
        "Vakarienė viešbutyje",
        "Vakariņas viesnīcā",
        "Viešbutis „Nemuno vingis“",
        "mantas",
    ),
    Line(
        0,
        "20.00-",
        K.ACCOMMODATION,
        "Nakvynė viešbutyje „Nemuno vingis“",
        "Naktsmītne viesnīcā „Nemuno vingis“",
        "Viešbutis „Nemuno vingis“",
        nights=1,
    ),
    Line(
        1,
        "9.30-11.00",
        K.CULTURE,
        "Muzikos mokyklos mokinių koncertas",
        "Mūzikas skolas audzēkņu koncerts",
        "Muzikos mokykla",
        "regina",
        ("Koncertų salė", "Līga Ozoliņa"),
    ),
    Line(
        1,
        "11.30-12.30",
        K.MEETING,
        "Susitikimas su sporto bendruomene",
        "Tikšanās ar sporta kopienu",
        "Sporto centras",
        "tadas",
        ("Līga Ozoliņa",),
    ),
    Line(1, "13.00-14.15", K.MEAL, "Pietūs", "Pusdienas", "Restoranas „Senamiesčio kiemas“", "specialiste"),
    Line(
        1,
        "15.00-15.15",
        K.TRANSPORT,
        "Išvykimas į Cėsis",
        "Izbraukšana uz Cēsīm",
        "Viešbutis „Nemuno vingis“",
        serves=("Algis Bernotas",),
    ),
]
OPOLE = [
    Line(
        0,
        "14.15-15.30",
        K.TRANSPORT,
        "Iš Kauno oro uosto",
        "Z lotniska w Kownie",
        "Kauno oro uostas",
        serves=("Mikroautobusas, 16 vietų", "Algis Bernotas"),
        to_place="Viešbutis „Nemuno vingis“",
    ),
    Line(
        0,
        "17.45-19.20",
        K.TRANSPORT,
        "Iš Vilniaus oro uosto",
        "Z lotniska w Wilnie",
        "Vilniaus oro uostas",
        serves=("Mikroautobusas, 16 vietų", "Algis Bernotas"),
        to_place="Viešbutis „Nemuno vingis“",
    ),
    Line(
        0,
        "19.45-21.15",
        K.MEAL,
        "Vakarienė viešbutyje",
        "Kolacja w hotelu",
        "Viešbutis „Nemuno vingis“",
        "specialiste",
    ),
    Line(
        0,
        "21.15-",
        K.ACCOMMODATION,
        "Nakvynė viešbutyje „Nemuno vingis“",
        "Nocleg w hotelu „Nemuno vingis“",
        "Viešbutis „Nemuno vingis“",
        nights=3,
    ),
    Line(
        1,
        "9.00-10.00",
        K.MEETING,
        "Priima meras",
        "Spotkanie z merem",
        "Savivaldybė",
        "meras",
        ("101 salė", "Kornelija Šimkutė"),
        is_fixed=True,
    ),
    Line(
        1,
        "10.15-12.00",
        K.MEETING,
        "Bendradarbiavimo plano aptarimas",
        "Omówienie planu współpracy",
        "Savivaldybė",
        "mantas",
        ("Tarybos salė", "Kornelija Šimkutė"),
    ),
    Line(
        1,
        "12.10-13.30",
        K.MEAL,
        "Pietūs „Dzūkų sodyba“",
        "Obiad w „Dzūkų sodyba“",
        "Kaimo sodyba „Dzūkų sodyba“",
        "specialiste",
    ),
    Line(
        1,
        "14.30-16.00",
        K.MEETING,
        "Susitikimas su įmonėmis",
        "Spotkanie z przedsiębiorcami",
        "Pramonės parkas",
        "donatas",
        ("Kornelija Šimkutė",),
    ),
    Line(
        1,
        "18.00-21.00",
        K.MEAL,
        "Kviestinė vakarienė mero vardu",
        "Uroczysta kolacja w imieniu mera",
        "Miesto rotušė",
        "meras",
        ("Rotušės pokylių salė", "Kornelija Šimkutė"),
        is_fixed=True,
        notes="22 vietos. Sėdima pagal protokolą; trečia vėliavėlė – Sakartvelo.",
    ),
    Line(
        2,
        "9.30-11.00",
        K.CULTURE,
        "Muzikos mokykla: mainų koncertas",
        "Szkoła muzyczna: koncert wymienny",
        "Muzikos mokykla",
        "regina",
        ("Koncertų salė", "Kornelija Šimkutė"),
        is_open_to_press=True,
    ),
    Line(
        2,
        "11.30-12.30",
        K.MEETING,
        "Sporto centras",
        "Centrum sportu",
        "Sporto centras",
        "tadas",
        ("Kornelija Šimkutė",),
    ),
    Line(
        2,
        "13.00-14.00",
        K.MEAL,
        "Pietūs „Senamiesčio kiemas“",
        "Obiad w „Senamiesčio kiemas“",
        "Restoranas „Senamiesčio kiemas“",
        "specialiste",
    ),
    Line(
        2,
        "14.30-17.00",
        K.CULTURE,
        "Piliakalnis ir Nemuno pakrantė, gidė Jolanta Rimkutė",
        "Grodzisko i brzeg Niemna z przewodniczką",
        "Alytaus piliakalnis",
        "antanas",
        ("Autobusas, 45 vietų", "Vytas Matulis", "Kornelija Šimkutė"),
    ),
    Line(
        2,
        "17.20-18.30",
        K.MEAL,
        "Lengva vakarienė",
        "Lekka kolacja",
        "Viešbutis „Nemuno vingis“",
        "specialiste",
    ),
    Line(
        2,
        "19.00-20.30",
        K.CULTURE,
        "Koncertas miesto sode",
        "Koncert w ogrodzie miejskim",
        "Miesto sodas",
        "regina",
        notes="9 kvietimai pas Ievą Juknelytę.",
    ),
    Line(
        3,
        "9.00-10.00",
        K.CEREMONY,
        "Plano pasirašymas",
        "Podpisanie planu",
        "Savivaldybė",
        "meras",
        ("101 salė", "Kornelija Šimkutė"),
        is_fixed=True,
    ),
    Line(
        3,
        "10.15-10.45",
        K.MEETING,
        "Spaudos konferencija",
        "Konferencja prasowa",
        "Spaudos salė",
        "mantas",
        ("Kornelija Šimkutė",),
    ),
    Line(
        3,
        "11.30-13.15",
        K.TRANSPORT,
        "Į Vilniaus oro uostą",
        "Na lotnisko w Wilnie",
        "Viešbutis „Nemuno vingis“",
        serves=("Mikroautobusas, 16 vietų", "Vytas Matulis"),
        to_place="Vilniaus oro uostas",
    ),
]
SUVALKAI = [
    Line(
        0,
        "10.00-11.30",
        K.MEETING,
        "Verslo bendradarbiavimo pasitarimas",
        "Narada o współpracy gospodarczej",
        "Savivaldybė",
        "donatas",
        ("Mažoji salė", "Austėja Balčytytė"),
    ),
    Line(
        0,
        "12.00-13.00",
        K.MEAL,
        "Pietūs",
        "Obiad",
        "Restoranas „Senamiesčio kiemas“",
        "mantas",
        ("Austėja Balčytytė",),
    ),
    Line(
        0,
        "15.00-16.30",
        K.MEETING,
        "Verslo forumas",
        "Forum gospodarcze",
        "Pramonės parkas",
        "donatas",
        ("Konferencijų salė", "Kornelija Šimkutė"),
    ),
    Line(0, "17.00-17.15", K.TRANSPORT, "Išvykimas į Suvalkus", "Wyjazd do Suwałk", "Pramonės parkas"),
]
SHORT = [
    Line(
        0,
        "10.00-11.30",
        K.MEETING,
        "Meras priima delegaciją",
        "The mayor receives the delegation",
        "Savivaldybė",
        "meras",
        ("101 salė",),
    ),
    Line(0, "12.00-13.15", K.MEAL, "Pietūs", "Lunch", "Restoranas „Senamiesčio kiemas“", "specialiste"),
    Line(
        0,
        "14.00-16.00",
        K.CULTURE,
        "Pažintis su miestu",
        "A walk through the city",
        "Miesto rotušė",
        "antanas",
    ),
    Line(0, "17.30-19.00", K.MEAL, "Vakarienė", "Dinner", "Viešbutis „Nemuno vingis“", "mantas"),
]
# who interprets for guests of past visits, by their language
INTERPRETS: dict[str, tuple[str, ...]] = {
    "pl": ("Kornelija Šimkutė",),
    "fr": ("Matas Venckus",),
    "en": ("Matas Venckus",),
    "lv": ("Līga Ozoliņa",),
    "de": ("Indrė Stasytytė",),
}
# city, responsible, days before today, title, purpose, language, guests
PAST: list[tuple[str, str, int, str, str, str, list[str]]] = [
    (
        "Opole",
        "specialiste",
        438,
        "Opolės jaunimo orkestro viešnagė",
        "Muzikos mokyklų mainai ir bendras koncertas.",
        "pl",
        ["Krzysztof Żółkowski", "Małgorzata Świętoń", "Paweł Gąsiorek"],
    ),
    (
        "Vélizy-Villacoublay",
        "mantas",
        820,
        "Velizi-Vilakublė jaunimo grupė miesto šventėje",
        "Jaunimo mainai miesto šventėje.",
        "fr",
        ["Claire Dumoulin"],
    ),
    (
        "Rochester (New York)",
        "specialiste",
        905,
        "Ročesterio miestų partnerių komiteto vizitas",
        "Partnerystės penkiolikmetis ir mokyklų mainai.",
        "en",
        ["Dorothy Fairbanks"],
    ),
]
THEIRS = {  # the words of a short past visit in the guests' languages
    "pl": ["Spotkanie z merem", "Obiad", "Zwiedzanie miasta", "Kolacja"],
    "fr": ["Réception chez le maire", "Déjeuner", "Découverte de la ville", "Dîner"],
}
