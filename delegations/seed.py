"""Visits of the demonstration office, told from today: one in town, two ahead, some of past years. All invented."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts.choices import Role
from accounts.models import User
from core import jobs
from core.choices import Channel
from core.models import Job
from delegations import (
    seed_festival,
    seed_festival_case,
    seed_guests,
    seed_lists,
    seed_meetings,
    seed_outcomes,
    seed_services,
    seed_travel,
    services,
)
from delegations.choices import Basis, ItemKind, MemberKind, Progress
from delegations.models import Member, ProgrammeItem, Visit
from delegations.seed_programmes import CESYS, INTERPRETS, OPOLE, PAST, SHORT, SUVALKAI, THEIRS, Line
from delegations.services.members import known_fields
from matters import approvals
from matters.choices import RoundState
from matters.models import Ladder, LadderStep
from matters.services import add_comment, create_task
from partners.models import City, Person
from resources.models import Place, Resource

DAY = datetime.timedelta(days=1)


@transaction.atomic  # all or nothing: an interrupted start seeds anew
def run() -> str:
    """Nothing when there is a visit already: the office goes on from where its people left it."""
    if Visit.objects.exists():
        return "visits are there already"
    office = _Office()
    office.ladder_to_the_director()
    office.past_visits()
    in_town = office.visit_in_town()
    opole = office.visit_ahead()
    office.visit_to_approve()
    office.tasks(opole)
    office.served(opole)
    seed_lists.run(opole, by=opole.responsible.actor)
    seed_meetings.run(opole, by=opole.responsible.actor)
    seed_meetings.give_links(in_town, by=in_town.responsible.actor)
    seed_festival.run(office)
    seed_travel.to_the_festival("Ruano miesto delegacija")
    services.move_by_date(office.today)
    seed_outcomes.run(office)
    office.city_birthday()
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
        seed_travel.own_bus(visit)
        self._approve(visit, "vedeja")
        services.move_by_date(self.today)
        now = timezone.now()
        for item in (
            visit.items.alive().filter(period__endswith__lte=now).exclude(kind=ItemKind.ACCOMMODATION)
        ):
            services.say_outcome(item, progress=Progress.DONE, note="", by=self.users["specialiste"].actor)
        return visit

    def visit_ahead(self) -> Visit:
        """Opole comes on Tuesday of the next week: nine guests, three warnings left to settle."""
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
        seed_guests.companion(visit, "Paweł Gąsiorek", "Zbigniew Łączyński")
        items = self._programme(visit, OPOLE)
        seed_travel.flights(visit, items)
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
        seed_guests.documents(visit)
        self._programme(visit, SUVALKAI)
        self._submit(visit, note="Prašau patvirtinti: vertėja jau laukia atsakymo.")
        return visit

    def past_visits(self) -> None:
        for city, responsible, days, title, purpose, language, names in (*PAST, seed_outcomes.REPORTED):
            start = self.today - days * DAY
            visit = self._open(city, responsible, start, 1, title, purpose, language)
            self._guests(visit, names)
            words = THEIRS.get(language)
            lines = [
                Line(
                    **{
                        **line.__dict__,
                        "theirs": words[place] if words else line.theirs,
                        "serves": (*line.serves, *INTERPRETS.get(language, ()))
                        if place in (0, 2)
                        else line.serves,
                    }
                )
                for place, line in enumerate(SHORT)
            ]
            self._programme(visit, lines)
            self._approve(visit, "vedeja")

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

    def served(self, opole: Visit) -> None:
        """Beds, meals, tickets; what was said of interpreters after past visits."""
        cesys = Visit.objects.get(city=self.cities["Cēsis"])
        seed_services.serve_guests(cesys)
        seed_services.tickets_in_town(cesys)
        seed_services.serve_guests(opole, leave_without_bed=1, tables=True)
        seed_services.tickets_ahead(opole, self.users["mantas"])
        seed_services.rate_interpreters(list(Visit.objects.past(self.today)))

    def city_birthday(self) -> None:
        """Ten delegations in two months' time: what the portal looks like when it is full."""
        people = [self.users["mantas"], self.users["specialiste"]]
        title = "Miesto gimtadienis: dešimt delegacijų"
        seed_festival_case.make_case(people, starts_on=self.today + 60 * DAY, title=title)

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
                values["email"] = f"svecias{place + 1}@{slugify(visit.city.name_local)}.example"
                if place != 3:  # one has not said yes yet
                    fields["consented_on"] = self.today - DAY
                    fields["consent_note"] = "elektroniniu laišku"
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
            is_open_to_press=line.is_open_to_press,
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
