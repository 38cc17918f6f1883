"""Twenty years of a department: 20,000 matters, 800 of them visits with guests and programmes, 3,000 people.

Rows are written past the services, in bulk; the pages that read them cannot tell. Beside visits there is no other kind
of matter yet, so the rest are of a kind that only the benchmark's server knows (`bench/wsgi.py`).
"""

from __future__ import annotations

import datetime
import os
import random
from typing import Any

import django

MATTERS, VISITS, PEOPLE = 20_000, 800, 3_000
OPEN_VISITS, OPEN_MATTERS = 25, 150
TASKS_A_MATTER, EVENTS_A_MATTER = 2, 4
DAYS, ITEMS_A_DAY, GUESTS = 3, 8, 7
WORKERS = 8  # people of the department
PLAIN_KIND = "bench"

SUBJECTS = (
    "Delegacijos vizitas", "Kvietimas į miesto šventę", "Bendradarbiavimo planas", "Padėkos raštas", "Susitikimo protokolas",
    "Prašymas dėl paramos", "Straipsnis apie miestą", "Kultūros mainų projektas", "Mokinių mainai", "Sporto varžybos",
)  # fmt: skip
ITEM_TITLES = (
    ("meeting", "Susitikimas su meru", "Meeting with the mayor"),
    ("meal", "Pietūs „Dzūkijos“ restorane", "Lunch at the Dzūkija restaurant"),
    ("transport", "Kelionė į muziejų", "Transfer to the museum"),
    ("culture", "Kraštotyros muziejus", "Museum of the region"),
    ("ceremony", "Vainikų padėjimas", "Laying of wreaths"),
    ("meeting", "Verslo atstovų pokalbis", "Talk of business people"),
    ("meal", "Vakarienė", "Dinner"),
    ("free", "Laisvas laikas", "Free time"),
)
FIRST_NAMES = (
    "Anna",
    "Piotr",
    "Olena",
    "Nino",
    "Juhan",
    "Karin",
    "Marek",
    "Ilze",
    "Thomas",
    "Daina",
    "Giorgi",
    "Zofia",
)
LAST_NAMES = (
    "Kowalska",
    "Nowak",
    "Shevchenko",
    "Beridze",
    "Tamm",
    "Lindqvist",
    "Wójcik",
    "Ozoliņa",
    "Weber",
    "Kalniņš",
)


def know_plain_kind() -> None:
    """Register the plain kind of matter and its lines of the search box."""
    from core.registry import MatterKind, SearchSource, register_matter_kind, register_search_source

    register_matter_kind(MatterKind(PLAIN_KIND, "Bench", "file", "matters.Matter", "matters:go", "B"))
    register_search_source(
        SearchSource(PLAIN_KIND, "Bench", "file", _plain_entries, 99, "matters.view_matter", of_matters=True)
    )


def _plain_entries(pks: Any) -> Any:
    from core.search import SearchDocument
    from matters.models import Matter

    rows = Matter.objects.filter(kind=PLAIN_KIND)
    for matter in rows if pks is None else rows.filter(pk__in=list(pks)):
        yield SearchDocument(
            pk=matter.pk, title=matter.title, text=matter.number, url=f"/{matter.pk}/", matter_pk=matter.pk
        )


def main() -> None:
    django.setup()
    know_plain_kind()
    from django.core.management import call_command
    from django.db import connection

    random.seed(2026)
    call_command("migrate", verbosity=0)
    for command in ("sync_roles", "sync_ladders", "sync_partner_cities"):
        call_command(command, verbosity=0)
    workers = make_workers()
    people = make_people()
    matters = make_matters(workers)
    make_visits([matter for matter in matters if matter.kind == "visit"], people)
    make_tasks_and_events(matters, workers)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # the throw-away server has no autovacuum to gather statistics
        call_command("rebuild_search", verbosity=0)
        cursor.execute("VACUUM ANALYZE")


def make_workers() -> list[Any]:
    from django.contrib.auth.models import Group

    from accounts.models import User

    workers = [
        User.objects.create_user(
            f"bench{number}",
            first_name="Vardė",
            last_name=f"Pavardenė {number}",
            email=f"bench{number}@example.lt",
        )
        for number in range(WORKERS)
    ]
    for worker in workers:
        worker.groups.add(Group.objects.get(name="head" if worker is workers[-1] else "specialist"))
    return workers


def make_people() -> list[Any]:
    from partners.models import City, Person, PersonPost

    cities = list(City.objects.all())
    people = Person.objects.bulk_create(
        Person(
            first_name=random.choice(FIRST_NAMES),
            last_name=f"{random.choice(LAST_NAMES)}-{number}",
            language="en",
        )
        for number in range(PEOPLE)
    )
    PersonPost.objects.bulk_create(
        PersonPost(
            person=person,
            city=cities[number % len(cities)],
            title_lt="tarybos narys",
            title_local="councillor",
        )
        for number, person in enumerate(people)
    )
    return people


def make_matters(workers: list[Any]) -> list[Any]:
    """Spread evenly from twenty years ago until next month; the newest are open."""
    from django.db.models import F
    from django.utils import timezone

    from matters.models import Matter

    now = timezone.now()
    step = datetime.timedelta(days=20 * 365) / MATTERS
    matters = []
    for number in range(MATTERS):
        is_visit = number % (MATTERS // VISITS) == 0
        left = MATTERS - number
        is_open = left <= (OPEN_VISITS * MATTERS // VISITS if is_visit else OPEN_MATTERS)
        made_at = now - step * left
        matters.append(
            Matter(
                number=f"{'V' if is_visit else 'B'}-{made_at.year}-{number}",
                kind="visit" if is_visit else PLAIN_KIND,
                title=f"{SUBJECTS[0] if is_visit else random.choice(SUBJECTS)} {number}",
                responsible=workers[number % len(workers)],
                phase="active" if is_open else "closed",
                state="approved" if is_open and is_visit else "closed",
                next_step="receive" if is_open and is_visit else "",
                due_on=timezone.localdate() + datetime.timedelta(days=number % 30) if is_open else None,
                closed_at=None if is_open else made_at + datetime.timedelta(days=20),
            )
        )
    Matter.objects.bulk_create(matters, batch_size=2000)
    Matter.objects.filter(phase="closed").update(created_at=F("closed_at"))
    return matters


def make_visits(matters: list[Any], people: list[Any]) -> None:
    from django.utils import timezone

    from delegations.models import Member, Visit
    from partners.models import City

    cities = list(City.objects.all())
    today = timezone.localdate()
    visits = []
    for at, matter in enumerate(matters):
        starts = today + datetime.timedelta(days=(at - len(matters) + OPEN_VISITS) * 9)
        visit = Visit(
            matter_ptr=matter,
            city=cities[at % len(cities)],
            purpose="Susipažinti ir aptarti bendradarbiavimą.",
            starts_on=starts,
            ends_on=starts + datetime.timedelta(days=DAYS - 1),
            languages=["en", "pl"],
            status=matter.state,
            host=matter.responsible,
        )
        visit.__dict__.update({name: value for name, value in matter.__dict__.items() if name != "_state"})
        visit.save_base(raw=True)  # the child's row alone: the parent's is there
        visits.append(visit)
    Member.objects.bulk_create(
        Member(
            visit=visit,
            person=people[(at * GUESTS + number) % len(people)],
            name=f"{people[(at * GUESTS + number) % len(people)]}",
            kind="head" if number == 0 else "member",
            post_lt="tarybos narys",
        )
        for at, visit in enumerate(visits)
        for number in range(GUESTS)
    )
    make_programmes(visits)


def make_programmes(visits: list[Any]) -> None:
    from delegations.models import ItemText, ProgrammeItem
    from resources.models import Place

    place = Place.objects.create(name="Rotušė", town="Alytus", address="Rotušės a. 4")
    items = []
    for visit in visits:
        for day in visit.days:
            for number in range(ITEMS_A_DAY):
                item = ProgrammeItem(
                    visit=visit,
                    kind=ITEM_TITLES[number][0],
                    on=day,
                    starts=datetime.time(9 + number),
                    ends=datetime.time(9 + number, 45),
                    place=place,
                    host_name="Vardenis Pavardenis",
                )
                item.set_period()
                items.append(item)
    ProgrammeItem.objects.bulk_create(items, batch_size=2000)
    ItemText.objects.bulk_create(
        (
            ItemText(item=item, language=language, title=title)
            for at, item in enumerate(items)
            for language, title in zip(("lt", "en"), ITEM_TITLES[at % ITEMS_A_DAY][1:], strict=True)
        ),
        batch_size=5000,
    )


def make_tasks_and_events(matters: list[Any], workers: list[Any]) -> None:
    from django.utils import timezone

    from core.models import AuditEvent
    from matters.models import Task

    now = timezone.now()
    Task.objects.bulk_create(
        (
            Task(
                matter=matter,
                title=f"Parengti {number + 1} dalį",
                assignee=workers[(at + number) % len(workers)],
                due_on=matter.due_on or matter.closed_at.date(),
                done_at=matter.closed_at,
                actor_user=matter.responsible,
                actor_name=matter.responsible.full_name,
            )
            for at, matter in enumerate(matters)
            for number in range(TASKS_A_MATTER)
        ),
        batch_size=5000,
    )
    AuditEvent.objects.bulk_create(
        (
            AuditEvent(
                action="matter.opened" if number == 0 else "task.done",
                subject_type="matters.matter",
                subject_pk=matter.pk,
                subject_label=matter.title,
                matter_pk=matter.pk,
                actor_user=matter.responsible,
                actor_name=matter.responsible.full_name,
                at=now,
            )
            for matter in matters
            for number in range(EVENTS_A_MATTER)
        ),
        batch_size=5000,
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alytus_ryšiai.settings")
    main()
