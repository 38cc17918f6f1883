"""Visits of the demonstration office, told from today: one in town, two ahead, some of past years. All invented."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from core import jobs
from core.choices import Channel
from core.models import Job
from delegations import services
from delegations.choices import Basis, ItemKind, MemberKind, Progress
from delegations.models import Member, ProgrammeItem, Visit
from delegations.services.members import known_fields
from matters import approvals
from matters.choices import RoundState
from matters.models import Ladder, LadderStep
from matters.services import add_comment, close_matter, closing_problems, create_task
from partners.models import City, Person
from resources.models import Place, Resource

DAY = datetime.timedelta(days=1)


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


@transaction.atomic  # all or nothing: an interrupted start seeds anew
def run() -> str:
    """Nothing when there is a visit already: the office goes on from where its people left it."""
    if Visit.objects.exists():
        return "visits are there already"
    office = _Office()
    office.ladder_to_the_director()
    office.past_visits()
    office.visit_in_town()
    opole = office.visit_ahead()
    office.visit_to_approve()
    office.tasks(opole)
    services.move_by_date(office.today)
    office.close_past()
    return f"{Visit.objects.count()} visits"


class _Office:
    """Who and what the demonstration visits are made of, read once."""

    def __init__(self) -> None:
        self.today = timezone.localdate()
        self.users = {user.username: user for user in User.objects.all()}
        self.places = {place.name: place for place in Place.objects.all()}
        self.resources = {resource.name: resource for resource in Resource.objects.all()}
        self.cities = {city.name_local: city for city in City.objects.all()}
        self.people = {person.full_name: person for person in Person.objects.with_posts()}

    def ladder_to_the_director(self) -> None:
        """Beside the ladder the portal comes with: the director, without an account, decides last."""
        ladder, is_new = Ladder.objects.get_or_create(
            kind="visit", name="Programa su direktoriaus pritarimu", defaults={"is_default": False}
        )
        if not is_new:
            return
        head, deputy = (Group.objects.get(name=role) for role in (Role.HEAD, Role.DEPUTY_HEAD))
        LadderStep.objects.create(
            ladder=ladder, order=1, label="tvirtina programą", role=head, passes_to=deputy,
            days_before=4, channels=[Channel.SESSION, Channel.PAPER],
        )  # fmt: skip
        LadderStep.objects.create(
            ladder=ladder, order=2, label="pritaria programai", outside_name="Edvardas Stonkus",
            outside_post="administracijos direktorius", outside_email="direktorius@alytus.example",
            days_before=2, channels=[Channel.LINK, Channel.PAPER],
        )  # fmt: skip

    def visit_in_town(self) -> Visit:
        """Cėsys came this morning, its programme is approved."""
        visit = self._open(
            "Cēsis",
            "specialiste",
            self.today,
            2,
            "Cėsių savivaldybės delegacija",
            "Bendradarbiavimo plano aptarimas, kultūros ir sporto mainai.",
            "lv",
        )
        names = ["Līga Bērziņa", "Andris Kļaviņš", "Ieva Krūmiņa", "Jānis Ozols", "Dace Šķēle"]
        self._guests(visit, names, diets={"Ieva Krūmiņa": "vegetariška", "Jānis Ozols": "be glitimo"})
        self._programme(visit, CESYS)
        self._approve(visit, "vedeja")
        services.move_by_date(self.today)
        now = timezone.now()
        for item in (
            visit.items.alive().filter(period__endswith__lte=now).exclude(kind=ItemKind.ACCOMMODATION)
        ):
            services.record_progress(
                item, progress=Progress.DONE, note="", by=self.users["specialiste"].actor
            )
        return visit

    def visit_ahead(self) -> Visit:
        """Opole comes on Tuesday of the next week: nine guests, two warnings left to settle."""
        tuesday = self.today - self.today.weekday() * DAY + 8 * DAY
        visit = self._open(
            "Opole",
            "specialiste",
            tuesday,
            4,
            "Opolės miesto delegacija",
            "Naujo bendradarbiavimo plano pasirašymas ir muzikos mokyklų mainai.",
            "pl",
            host="meras",
        )
        names = [
            "Zbigniew Łączyński",
            "Małgorzata Świętoń",
            "Agnieszka Brzóska",
            "Krzysztof Żółkowski",
            "Paweł Gąsiorek",
        ]
        names += ["Tetiana Gžycka", "Oleksandr Švydenko", "Nino Gelašvili", "Jürgen Weiß"]
        self._guests(visit, names, diets={"Tetiana Gžycka": "vegetariška", "Paweł Gąsiorek": "be riešutų"})
        items = self._programme(visit, OPOLE)
        by = self.users["vedeja"].actor
        dinner = next(item for item in items if item.title_in("lt").startswith("Kviestinė"))
        add_comment(
            visit,
            text="Vakarienėje bus ir svečias iš Sakartvelo – ar reikia trečios vėliavėlės?",
            anchor=f"item:{dinner.pk}",
            anchor_label=dinner.title_in("lt"),
            by=by,
        )
        return visit

    def visit_to_approve(self) -> Visit:
        """Suwałki comes the day after Opole: its programme waits for the head's word."""
        wednesday = self.today - self.today.weekday() * DAY + 9 * DAY
        visit = self._open(
            "Suwałki",
            "mantas",
            wednesday,
            1,
            "Suvalkų verslo delegacija",
            "Verslo forumas ir bendros paraiškos aptarimas.",
            "pl",
        )
        self._guests(visit, ["Bartosz Rutkiewicz", "Katarzyna Mścichowska"])
        self._programme(visit, SUVALKAI)
        self._submit(visit, note="Prašau patvirtinti: vertėja jau laukia atsakymo.")
        return visit

    def past_visits(self) -> None:
        for city, responsible, days, title, purpose, language, names in PAST:
            start = self.today - days * DAY
            visit = self._open(city, responsible, start, 1, title, purpose, language)
            self._guests(visit, names)
            words = THEIRS.get(language)
            lines = [
                Line(**{**line.__dict__, "theirs": words[place] if words else line.theirs})
                for place, line in enumerate(SHORT)
            ]
            self._programme(visit, lines)
            self._approve(visit, "vedeja")

    def close_past(self) -> None:
        for visit in Visit.objects.past(self.today):
            by = visit.responsible.actor
            for item in visit.items.alive():
                services.record_progress(item, progress=Progress.DONE, note="", by=by)
            if not closing_problems(visit):
                close_matter(visit, by=by)

    def tasks(self, opole: Visit) -> None:
        """Work with deadlines, each with its reason."""
        ieva, rasa, mantas = self.users["specialiste"], self.users["vedeja"], self.users["mantas"]
        cesys = Visit.objects.get(city=self.cities["Cēsis"])
        suwalki = Visit.objects.get(city=self.cities["Suwałki"])
        rows: list[tuple[Visit, str, User, User, int, str]] = [
            (cesys, "Padėkoti Cėsių delegacijai laišku", ieva, rasa, 0, "vedėjos pavedimas, vizito dieną"),
            (opole, "Išversti Opolės mero laišką", ieva, rasa, 1, "vedėjos pavedimas"),
            (
                opole,
                "Išspręsti programos įspėjimus",
                ieva,
                rasa,
                2,
                "iki vizito liko savaitė, programą dar tvirtina vedėja",
            ),
            (opole, "Parinkti dovaną Opolės merui", mantas, ieva, 4, "pernai dovanota keramika"),
            (suwalki, "Suderinti verslo forumo dalyvių sąrašą", ieva, mantas, 6, "dvi dienos iki vizito"),
            (
                cesys,
                "Surašyti vizito išlaidų nurašymo aktą",
                mantas,
                rasa,
                10,
                "10 dienų po vizito (vidaus tvarka)",
            ),
        ]
        for visit, title, assignee, giver, days, reason in rows:
            create_task(
                visit,
                title=title,
                assignee=assignee,
                by=giver.actor,
                due_on=self.today + days * DAY,
                due_reason=reason,
            )

    # --- inside ---------------------------------------------------------------------------------------------

    def _open(
        self,
        city: str,
        responsible: str,
        start: datetime.date,
        days: int,
        title: str,
        purpose: str,
        language: str,
        host: str = "",
    ) -> Visit:
        user = self.users[responsible]
        return services.open_visit(
            by=user.actor,
            title=title,
            responsible=user,
            city=self.cities[city],
            basis=Basis.MAYOR if host else Basis.CITY,
            inviter="",
            purpose=purpose,
            starts_on=start,
            ends_on=start + (days - 1) * DAY,
            languages=[language],
            host=self.users[host] if host else None,
        )

    def _guests(self, visit: Visit, names: list[str], diets: dict[str, str] | None = None) -> list[Member]:
        by = visit.responsible.actor
        members = []
        for place, name in enumerate(names):
            fields: dict[str, Any] = known_fields(self.people[name])
            fields["kind"] = MemberKind.HEAD if place == 0 else MemberKind.MEMBER
            values = {"diet": diets[name]} if diets and name in diets else {}
            if visit.ends_on >= self.today:
                values["phone"] = f"+000 00 {500 + place}"
            members.append(services.add_member(visit, by=by, values=values, **fields))
        return members

    @transaction.atomic
    def _programme(self, visit: Visit, lines: list[Line]) -> list[ProgrammeItem]:
        return [self._item(visit, line) for line in lines]

    def _item(self, visit: Visit, line: Line) -> ProgrammeItem:
        first, _sep, last = line.hours.partition("-")
        day = visit.starts_on + line.day * DAY
        return services.add_item(
            visit,
            by=visit.responsible.actor,
            texts={"lt": (line.lt, ""), visit.guest_language: (line.theirs, "")},
            served_by=[self.resources[name] for name in line.serves],
            kind=line.kind,
            on=day,
            starts=_clock(first),
            ends=_clock(last),
            until_on=day + line.nights * DAY if line.nights else None,
            place=self.places[line.place],
            to_place=self.places[line.to_place] if line.to_place else None,
            host=self.users[line.host] if line.host else None,
            is_fixed=line.is_fixed,
            notes=line.notes,
        )

    def _submit(self, visit: Visit, note: str = "") -> Any:
        """Submit, and make the frozen paper now: the worker may not run yet."""
        approval = approvals.submit(visit, by=visit.responsible.actor, cover_note=note)
        job = Job.objects.get(kind="documents.render_version", key=str(approval.version_id))
        jobs.run(job.pk)
        approval.refresh_from_db()
        if approval.state != RoundState.OPEN:
            job.refresh_from_db()
            raise RuntimeError(f"The paper of {visit.number} could not be made: {job.error}")
        return approval

    def _approve(self, visit: Visit, approver: str) -> None:
        approval = self._submit(visit)
        for step in approval.steps.all():
            step.refresh_from_db()
            if step.state == "open":
                approvals.approve(step, by=self.users[approver].actor)


def _clock(text: str) -> datetime.time | None:
    if not text:
        return None
    hour, _dot, minute = text.partition(".")
    return datetime.time(int(hour), int(minute))
