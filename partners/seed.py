"""People of partner cities for the demonstration office: all invented."""

from __future__ import annotations

import datetime

from core.actor import Actor
from partners import services
from partners.models import City, Institution, Person, PersonPost

# first, last, own script, language, gender, pronunciation, languages
PEOPLE: list[tuple[str, str, str, str, str, str, list[str]]] = [
    ("Zbigniew", "Łączyński", "", "pl", "m", "zbignev lončynskis", ["pl", "en"]),
    ("Małgorzata", "Świętoń", "", "pl", "f", "malgožata šventonė", ["pl", "ru"]),
    ("Jürgen", "Weiß", "", "de", "m", "jurgenas vaisas", ["de", "pl"]),
    ("Agnieszka", "Brzóska", "", "pl", "f", "agnieška bžuska", ["pl", "en"]),
    ("Krzysztof", "Żółkowski", "", "pl", "m", "kšyštofas žulkovskis", ["pl"]),
    ("Tetiana", "Gžycka", "Тетяна Ґжицька", "uk", "f", "tetiana gžycka", ["uk", "pl"]),
    ("Oleksandr", "Švydenko", "Олександр Швиденко", "uk", "m", "oleksandr švydenko", ["uk", "ru", "en"]),
    ("Nino", "Gelašvili", "ნინო გელაშვილი", "ka", "f", "nino gelašvili", ["ka", "en"]),
    ("Paweł", "Gąsiorek", "", "pl", "m", "pavelas gonsiorekas", ["pl", "en"]),
    ("Līga", "Bērziņa", "", "lv", "f", "lyga berzinia", ["lv", "en"]),
    ("Andris", "Kļaviņš", "", "lv", "m", "andris klavinis", ["lv", "ru"]),
    ("Ieva", "Krūmiņa", "", "lv", "f", "ieva krūminia", ["lv", "en"]),
    ("Jānis", "Ozols", "", "lv", "m", "janis uozuols", ["lv", "de"]),
    ("Dace", "Šķēle", "", "lv", "f", "dacė škelė", ["lv"]),
    ("Bartosz", "Rutkiewicz", "", "pl", "m", "bartošas rutkevičius", ["pl", "en"]),
    ("Katarzyna", "Mścichowska", "", "pl", "f", "katažyna mscichovska", ["pl"]),
    ("Oksana", "Jaremčuk", "Оксана Яремчук", "uk", "f", "oksana jaremčuk", ["uk", "en"]),
    ("Claire", "Dumoulin", "", "fr", "f", "kler diumulen", ["fr", "en"]),
    ("Dorothy", "Fairbanks", "", "en", "f", "doroti ferbenks", ["en"]),
]
# last name, city, institution, post in Lithuanian, post at home, rank, from, until
POSTS: list[tuple[str, str, str, str, str, int, str, str]] = [
    ("Łączyński", "Opole", "", "meras", "Prezydent Miasta", 10, "2024-05-07", ""),
    ("Świętoń", "Opole", "", "tarybos pirmininkė", "Przewodnicząca Rady Miasta", 20, "2024-05-07", ""),
    (
        "Świętoń",
        "Opole",
        "",
        "tarybos komiteto narė",
        "Członkini komisji Rady Miasta",
        40,
        "2018-11-20",
        "2024-05-06",
    ),
    (
        "Weiß",
        "Opole",
        "",
        "vokiečių bendrijos atstovas",
        "Przedstawiciel mniejszości niemieckiej",
        70,
        "2021-01-15",
        "",
    ),
    (
        "Brzóska",
        "Opole",
        "",
        "tarptautinio bendradarbiavimo skyriaus vedėja",
        "Kierowniczka Biura Współpracy",
        60,
        "2019-03-01",
        "",
    ),
    ("Żółkowski", "", "Opolės muzikos mokykla", "direktorius", "Dyrektor", 60, "2016-09-01", ""),
    (
        "Gžycka",
        "",
        "Opolės ukrainiečių kultūros namai",
        "kultūros namų vadovė",
        "Керівниця",
        60,
        "2022-10-03",
        "",
    ),
    (
        "Švydenko",
        "",
        "Opolės ukrainiečių kultūros namai",
        "koncertmeisteris",
        "Концертмейстер",
        70,
        "2023-02-01",
        "",
    ),
    ("Gelašvili", "", "Opolės šokio teatras", "choreografė", "ქორეოგრაფი", 70, "2021-09-01", ""),
    ("Gąsiorek", "Opole", "", "mero patarėjas", "Doradca Prezydenta", 70, "2024-06-01", ""),
    (
        "Bērziņa",
        "Cēsis",
        "",
        "savivaldybės tarybos pirmininkė",
        "Novada domes priekšsēdētāja",
        10,
        "2023-07-01",
        "",
    ),
    ("Kļaviņš", "Cēsis", "", "savivaldybės tarybos narys", "Novada domes deputāts", 40, "2021-07-01", ""),
    ("Krūmiņa", "Cēsis", "", "kultūros skyriaus vedėja", "Kultūras pārvaldes vadītāja", 60, "2020-02-03", ""),
    (
        "Ozols",
        "Cēsis",
        "",
        "švietimo skyriaus specialistas",
        "Izglītības pārvaldes speciālists",
        70,
        "2022-08-15",
        "",
    ),
    ("Šķēle", "Cēsis", "", "protokolo specialistė", "Protokola speciāliste", 70, "2019-01-07", ""),
    ("Rutkiewicz", "Suwałki", "", "mero pavaduotojas", "Zastępca Prezydenta Miasta", 30, "2024-05-10", ""),
    (
        "Mścichowska",
        "Suwałki",
        "",
        "sporto skyriaus vedėja",
        "Naczelniczka Wydziału Sportu",
        60,
        "2018-05-02",
        "",
    ),
    (
        "Jaremčuk",
        "Rivne",
        "",
        "investicijų skyriaus vadovė",
        "Керівниця відділу інвестицій",
        60,
        "2021-04-12",
        "",
    ),
    (
        "Dumoulin",
        "Vélizy-Villacoublay",
        "",
        "jaunimo reikalų koordinatorė",
        "Coordinatrice jeunesse",
        70,
        "2022-09-01",
        "",
    ),
    (
        "Fairbanks",
        "Rochester (New York)",
        "",
        "miestų partnerių komiteto pirmininkė",
        "Chair, Sister Cities Committee",
        60,
        "2020-01-15",
        "",
    ),
]
INSTITUTIONS = [
    ("Opole", "Opolės miesto savivaldybė", "Urząd Miasta Opola", "pl", "municipality"),
    ("Opole", "Opolės muzikos mokykla", "Szkoła Muzyczna w Opolu", "pl", "school"),
    ("Opole", "Opolės ukrainiečių kultūros namai", "Дім української культури в Ополе", "uk", "culture"),
    ("Opole", "Opolės šokio teatras", "Teatr Tańca w Opolu", "pl", "culture"),
    ("Cēsis", "Cėsių savivaldybė", "Cēsu novada pašvaldība", "lv", "municipality"),
    ("Suwałki", "Suvalkų miesto savivaldybė", "Urząd Miejski w Suwałkach", "pl", "municipality"),
]


def run() -> str:
    """Cities from the list, then invented people; a second run adds nothing."""
    by = Actor.system()
    counts = services.sync_cities(by=by)
    cities = {city.name_local: city for city in City.objects.all()}
    known = set(Person.objects.values_list("first_name", "last_name"))
    institutions = _institutions(cities, by)
    people: dict[str, Person] = {}
    for number, (first, last, own, language, gender, said, languages) in enumerate(PEOPLE):
        if (first, last) in known:
            continue
        person = Person(
            first_name=first,
            last_name=last,
            own_name=own,
            language=language,
            gender=gender,
            pronunciation=said,
            languages=languages,
        )
        contacts = {"phone": f"+000 00 {100 + number}", "email": f"svecias{number}@example.org"}
        people[last] = services.save_person(
            person, by=by, fields=["first_name", "last_name"], contacts=contacts
        )
    for last, city, institution, title, local, rank, start, end in POSTS:
        if last in people:
            post = PersonPost(
                person=people[last],
                city=cities[city] if city else None,
                institution=institutions[institution] if institution else None,
                title_lt=title,
                title_local=local,
                rank=rank,
                starts_on=datetime.date.fromisoformat(start),
                ends_on=datetime.date.fromisoformat(end) if end else None,
            )
            services.save_post(post, by=by)
    if people:
        _what_to_remember(cities["Opole"], by)
    return f"{counts['added']} cities, {len(people)} people of partners"


def _institutions(cities: dict[str, City], by: Actor) -> dict[str, Institution]:
    known = {institution.name_lt: institution for institution in Institution.objects.all()}
    for city, name, local, language, kind in INSTITUTIONS:
        if name not in known:
            row = Institution(city=cities[city], name_lt=name, name_local=local, language=language, kind=kind)
            known[name] = services.save_institution(row, by=by, fields=["name_lt", "name_local"])
    return known


def _what_to_remember(opole: City, by: Actor) -> None:
    opole.region = "Opolės vaivadija"
    opole.before_meeting = (
        "Pažadėta atsakyti dėl muzikos mokyklų mainų. Pernai dovanota keramika – kartoti nereikėtų."
    )
    services.save_city(opole, by=by, fields=["region", "before_meeting"])
