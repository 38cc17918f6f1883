"""A city festival of the demonstration office: four delegations, what they share, what each does apart. All invented."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from delegations import services
from delegations.choices import ItemKind, MemberKind
from delegations.models import Festival, Member, Visit

DAY = datetime.timedelta(days=1)
K = ItemKind


@dataclass(frozen=True)
class Guests:
    """A delegation: city, title, language, days after the festival's first, how many days, who comes."""

    city: str
    title: str
    language: str
    after: int
    days: int
    names: tuple[tuple[str, str], ...]


COMING = (
    Guests(
        "Giżycko",
        "Gižycko savivaldybės delegacija",
        "pl",
        0,
        3,
        (
            ("Wojciech Sarnowski", "burmistras"),
            ("Halina Dąbek", "kultūros skyriaus vedėja"),
            ("Tomasz Brzeziński", "orkestro vadovas"),
        ),
    ),
    Guests(
        "Rivne",
        "Rivnės miesto delegacija",
        "uk",
        0,
        3,
        (("Halyna Kovalčuk", "mero pavaduotoja"), ("Andrij Melnyk", "tarybos narys")),
    ),
    Guests(
        "Rouen",
        "Ruano miesto delegacija",
        "fr",
        1,
        2,
        (("Hélène Marchand", "mero pavaduotoja"), ("Étienne Lefèvre", "turizmo biuro vadovas")),
    ),
    Guests(
        "Ełk",
        "Elko jaunimo orkestras",
        "pl",
        0,
        2,
        (("Urszula Maj", "orkestro vadovė"), ("Kacper Nowacki", "dirigentas"), ("Zofia Pruska", "vertėja")),
    ),
)

# day, hours, kind, words in each language, place, host, who serves, only the heads of the delegations
SHARED: tuple[tuple[int, str, str, dict[str, str], str, str, tuple[str, ...], bool], ...] = (
    (
        0, "18.00-19.00", K.CEREMONY,
        {"lt": "Šventės atidarymas", "pl": "Otwarcie święta miasta", "uk": "Відкриття свята міста",
         "fr": "Ouverture de la fête de la ville"},
        "Miesto sodas", "meras", (), False,
    ),
    (
        0, "19.30-21.30", K.MEAL,
        {"lt": "Mero vakarienė delegacijoms", "pl": "Kolacja mera dla delegacji", "uk": "Вечеря мера для делегацій",
         "fr": "Dîner offert par le maire"},
        "Restoranas „Senamiesčio kiemas“", "meras", (), False,
    ),
    (
        1, "10.00-11.30", K.MEETING,
        {"lt": "Partnerių miestų vadovų pokalbis", "pl": "Rozmowa szefów miast partnerskich",
         "uk": "Розмова керівників міст-партнерів", "fr": "Entretien des maires des villes partenaires"},
        "Miesto rotušė", "meras", ("Rotušės pokylių salė", "Sinchroninio vertimo komplektas, 30 imtuvų"), True,
    ),
    (
        1, "12.30-14.00", K.MEAL,
        {"lt": "Bendri pietūs", "pl": "Wspólny obiad", "uk": "Спільний обід", "fr": "Déjeuner commun"},
        "Restoranas „Senamiesčio kiemas“", "specialiste", (), False,
    ),
    (
        1, "15.00-15.30", K.TRANSPORT,
        {"lt": "Autobusas į piliakalnį", "pl": "Autobus na grodzisko", "uk": "Автобус до городища",
         "fr": "Autocar vers la colline"},
        "Restoranas „Senamiesčio kiemas“", "", ("Autobusas, 45 vietų", "Vytas Matulis"), False,
    ),
    (
        1, "16.00-18.00", K.CULTURE,
        {"lt": "Eisena ir tautų koncertas", "pl": "Pochód i koncert narodów", "uk": "Хода та концерт народів",
         "fr": "Défilé et concert des nations"},
        "Alytaus piliakalnis", "specialiste", (), False,
    ),
    (
        2, "11.00-12.00", K.CEREMONY,
        {"lt": "Padėkos partneriams", "pl": "Podziękowania dla partnerów", "uk": "Подяка партнерам",
         "fr": "Remerciements aux partenaires"},
        "Miesto rotušė", "meras", (), False,
    ),
)  # fmt: skip

OWN: dict[str, tuple[tuple[int, str, str, str, str, str], ...]] = {
    "Giżycko": (
        (
            0,
            "15.00-15.30",
            K.TRANSPORT,
            "Atvykimas į viešbutį",
            "Przyjazd do hotelu",
            "Viešbutis „Nemuno vingis“",
        ),
        (1, "14.15-14.45", K.MEETING, "Regatos plano aptarimas", "Omówienie planu regat", "Savivaldybė"),
    ),
    "Rivne": (
        (
            0,
            "16.00-17.00",
            K.MEETING,
            "Pagalbos Rivnei aptarimas",
            "Обговорення допомоги Рівному",
            "Savivaldybė",
        ),
    ),
    "Rouen": (
        (1, "8.30-9.30", K.TRANSPORT, "Atvykimas iš Vilniaus", "Arrivée de Vilnius", "Vilniaus oro uostas"),
    ),
    "Ełk": (
        (0, "14.00-16.00", K.CULTURE, "Orkestro repeticija", "Próba orkiestry", "Muzikos mokykla"),
        (1, "16.00-17.00", K.CULTURE, "Orkestro pasirodymas sode", "Występ orkiestry", "Miesto sodas"),
    ),
}


def run(office: Any) -> Festival:
    """Open the festival on a Friday some three weeks ahead, with its delegations."""
    by = office.users["specialiste"].actor
    friday = office.today + ((4 - office.today.weekday()) % 7 + 21) * DAY
    festival = services.open_festival(
        by=by,
        title="Alytaus miesto šventė",
        purpose="Miesto gimtadienis: koncertai, eisena ir partnerių miestų vadovų pokalbis.",
        responsible=office.users["specialiste"],
        starts_on=friday,
        ends_on=friday + 2 * DAY,
    )
    visits = [_come(office, festival, guests) for guests in COMING]
    heads = list(Member.objects.filter(visit__in=visits, kind=MemberKind.HEAD))
    for line in SHARED:
        _share(office, festival, line, heads)
    return festival


def _come(office: Any, festival: Festival, guests: Guests) -> Visit:
    user = office.users["mantas" if guests.language == "pl" else "specialiste"]
    start = festival.starts_on + guests.after * DAY
    visit = services.open_visit(
        by=user.actor,
        title=guests.title,
        responsible=user,
        city=office.cities[guests.city],
        basis="mayor",
        inviter="",
        purpose="Dalyvauja miesto šventėje.",
        starts_on=start,
        ends_on=start + (guests.days - 1) * DAY,
        languages=[guests.language],
        host=office.users["meras"],
        occasion=festival,
    )
    for place, (name, post) in enumerate(guests.names):
        services.add_member(
            visit,
            by=user.actor,
            values={"phone": f"+000 00 {700 + visit.pk * 10 + place}"},
            name=name,
            name_language=guests.language,
            post_lt=post,
            languages=[guests.language],
            kind=MemberKind.HEAD if place == 0 else MemberKind.MEMBER,
        )
    if guests.days > 1:
        _stay(office, visit, user)
    for day, hours, kind, lt, theirs, place_name in OWN[guests.city]:
        first, last = _clocks(hours)
        services.add_item(
            visit,
            by=user.actor,
            texts={"lt": (lt, ""), guests.language: (theirs, "")},
            kind=kind,
            on=festival.starts_on + day * DAY,
            starts=first,
            ends=last,
            place=office.places[place_name],
            host=user,
        )
    return visit


HOTEL = {
    "lt": "Apgyvendinimas viešbutyje",
    "pl": "Zakwaterowanie",
    "uk": "Поселення в готелі",
    "fr": "Hébergement",
}


def _stay(office: Any, visit: Visit, user: Any) -> None:
    services.add_item(
        visit,
        by=user.actor,
        texts={code: (HOTEL[code], "") for code in ("lt", visit.guest_language)},
        kind=K.ACCOMMODATION,
        on=visit.starts_on,
        part="4evening",
        until_on=visit.ends_on,
        place=office.places["Viešbutis „Nemuno vingis“"],
    )


def _share(office: Any, festival: Festival, line: Any, heads: list[Member]) -> None:
    day, hours, kind, words, place, host, serves, only_heads = line
    first, last = _clocks(hours)
    services.add_item(
        festival,
        by=festival.responsible.actor,
        texts={code: (title, "") for code, title in words.items()},
        participants=heads if only_heads else (),
        served_by=[office.resources[name] for name in serves],
        kind=kind,
        on=festival.starts_on + day * DAY,
        starts=first,
        ends=last,
        place=office.places[place],
        to_place=office.places["Alytaus piliakalnis"] if kind == K.TRANSPORT else None,
        host=office.users[host] if host else None,
        is_for_all=not only_heads,
    )


def _clocks(hours: str) -> tuple[datetime.time, datetime.time]:
    def clock(text: str) -> datetime.time:
        hour, _dot, minute = text.partition(".")
        return datetime.time(int(hour), int(minute))

    first, _dash, last = hours.partition("-")
    return clock(first), clock(last)
