"""Inventories and acts of the demonstration office: a file destroyed and one handed over, lists on their way.

Files of eight years ago stand for what an office has from before; all invented.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from archive import seed, services
from archive.choices import Medium
from archive.models import CaseFile, Inventory, Plan, PlanLine
from archive.services import destructions, erasing, inventories, transfers
from core import jobs
from core.actor import Actor
from core.errors import DomainError

OLD_LINES = [
    ("5.2", "Bendradarbiavimo su užsienio miestais sutartys", "agreements", Medium.ELECTRONIC, "vedeja"),
    ("5.3", "Užsienio delegacijų priėmimo dokumentai", "visits", Medium.ELECTRONIC, "specialiste"),
    ("5.8", "Žiniasklaidos stebėsenos apžvalgos", "media_digests", Medium.ELECTRONIC, "pavaduotoja"),
]
# index, years ago, day, title, number, what it says
PAPERS = [
    ("5.2", 8, (3, 14), "Bendradarbiavimo sutartis su Opole", "DV-118", ["Miestai bendradarbiauja kultūros ir švietimo srityse."]),
    ("5.2", 8, (9, 2), "Sutarties su Opole priedas", "DV-377", ["Kasmet keičiamasi jaunimo grupėmis."]),
    ("5.3", 8, (5, 21), "Delegacijos iš Opolės programa", "DV-201", ["Susitikimas savivaldybėje, apsilankymas muziejuje."]),
    ("5.3", 8, (6, 4), "Delegacijos iš Opolės priėmimo ataskaita", "DV-226", ["Viešėjo keturi svečiai."]),
    ("5.8", 8, (7, 3), "Pirmojo pusmečio žiniasklaidos apžvalga", "DV-262", ["Apie miestą rašyta 412 kartų."]),
    ("5.8", 8, (12, 19), "Antrojo pusmečio žiniasklaidos apžvalga", "DV-511", ["Apie miestą rašyta 387 kartus."]),
    ("5.2", 1, (4, 8), "Ketinimų protokolas su Opole", "DV-144", ["Susitarta rengti bendrą projektą."]),
    ("5.7", 1, (7, 30), "Pranešimas apie jaunimo orkestro koncertą", "DV-266", ["Alytuje koncertavo jaunimo orkestras iš Opolės."]),
]  # fmt: skip


@transaction.atomic
def acts() -> str:
    """Nothing when there is an inventory already, or when no visit is there whose papers could be filed."""
    if Inventory.objects.exists():
        return "acts are there already"
    year = timezone.localdate().year
    found = seed._visit_of(year - 1)
    people = {user.username: user for user in User.objects.all()}
    if found is None or "archyvare" not in people or not Plan.objects.filter(year=year - 1).exists():
        return "no files for acts"
    matter, archivist, head = found[0], people["archyvare"].actor, people["vedeja"].actor
    try:
        old = services.create_plan(year - 8, by=archivist)
    except DomainError:
        return "no retention index in force then"
    for row in OLD_LINES:
        seed._add(old, row, people, archivist)
    seed._approve(old, people["archyvare"], people["vedeja"])
    for index, ago, (month, day), title, number, says in PAPERS:
        on = datetime.date(year - ago, month, day)
        document = seed._registered(matter, "paper", title, "direktoriaus-isakymai", number, on, says)
        line = PlanLine.objects.get(plan__year=on.year, index=index)
        standing = document.placements.get(left_at=None)
        if standing.file.line_id != line.pk:
            services.move_document(document, line, reason="Priklauso šiai bylai", by=archivist)
    _close(old, ("5.8",), by=archivist)
    _destroyed(people)
    for plan, indexes in ((old, ("5.2", "5.3")), (Plan.objects.get(year=year - 1), ("5.2", "5.7"))):
        _close(plan, indexes, by=archivist)
    inventory = inventories.begin_inventory("permanent", year - 8, by=archivist)
    inventories.describe_inventory(inventory, fund="1246", number="1", by=archivist)
    inventories.submit_inventory(inventory, by=archivist)
    inventories.approve_inventory(inventory, by=head)
    given = transfers.begin_transfer(
        [line.file_id for line in inventory.lines.all()],
        receiver="municipal",
        receiver_name="Alytaus miesto savivaldybės archyvas",
        ground="Metų perdavimo planas",
        condition="Gera",
        by=archivist,
    )
    transfers.submit_transfer(given, by=archivist)
    transfers.approve_transfer(given, by=head)
    transfers.pack(given, by=archivist, job=jobs.enqueue(transfers.JOB, given.pk))
    transfers.receive_transfer(
        given,
        received_on=timezone.localdate(),
        receipt_number="A-17",
        received_by="Vyresnioji archyvistė Birutė Žemaitė",
        by=archivist,
    )
    listed = destructions.begin_destruction(
        ground="Pasibaigę saugojimo terminai",
        way="Rinkmenos ir jų kopijos ištrinamos iš portalo",
        by=archivist,
    )
    destructions.submit_destruction(listed, by=archivist)
    draft = inventories.begin_inventory("permanent", year - 1, by=archivist)
    return f"{draft.lines.count()} files in a draft inventory, {listed.lines.count()} to destroy, 1 destroyed, 1 given"


def _close(plan: Plan, indexes: Iterable[str], *, by: Actor) -> None:
    for file in CaseFile.objects.filter(line__plan=plan, line__index__in=indexes, state="begun"):
        services.close_file(file, by=by)


def _destroyed(people: dict[str, User]) -> None:
    """A file whose years are over is gone: its act and the proof remain."""
    row = destructions.begin_destruction(
        ground="Pasibaigę saugojimo terminai",
        way="Rinkmenos ir jų kopijos ištrintos iš portalo",
        by=people["archyvare"].actor,
    )
    destructions.submit_destruction(row, by=people["archyvare"].actor)
    destructions.judge_destruction(
        row, opinion="Peržiūrėta: vertingų dokumentų nėra.", by=people["specialiste"].actor
    )
    destructions.approve_destruction(row, by=people["vedeja"].actor)
    erasing.erase(row, destructions.confirm_destruction(row, by=people["adminas"].actor))
