"""Beds, meals, tickets and what was said of interpreters in the demonstration visits. All invented."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from delegations import services
from delegations.choices import ItemKind, RoomKind, TicketState
from delegations.models import ProgrammeItem, Visit
from delegations.rooming import Wishes, load_stays, propose, taking
from resources import services as resources

DAY = datetime.timedelta(days=1)
PRICES: dict[str, Decimal | None] = {
    RoomKind.SINGLE: Decimal("62"),
    RoomKind.TWIN: Decimal("84"),
    RoomKind.DOUBLE: Decimal("84"),
    RoomKind.SUITE: Decimal("118"),
}
# beginning of the title, our own people, price a person, menu
MEALS: list[tuple[str, int, str, str]] = [
    (
        "Kviestinė",
        5,
        "32.50",
        "Šalti užkandžiai; baravykų sriuba; keptas sterkas arba antiena; obuolių pyragas.",
    ),
    ("Pietūs", 2, "14.80", "Šaltibarščiai arba vištienos sultinys; bulviniai blynai; gira."),
    ("Vakarienė", 3, "24.00", "Salotos; kepta žuvis arba grybų troškinys; šakotis."),
]
# interpreter, rating, how it went: in the order of past visits
WORDS: list[tuple[int, str]] = [
    (5, "Išvertė ir kalbas, ir juokus; atvyko anksčiau, terminus buvo pasiruošusi."),
    (4, "Vertė tiksliai, tik per ekskursiją buvo sunkiau girdėti."),
    (5, "Svečiai patys dėkojo; sutarimų tekstą patikrino vietoje."),
    (3, "Nuoseklus vertimas geras, finansų terminų reikėjo klausti."),
]


def serve_guests(visit: Visit, *, leave_without_bed: int = 0, tables: bool = False) -> None:
    """Everybody gets a bed (but for the last `leave_without_bed` rooms) and each meal its order."""
    by = visit.responsible.actor
    for stay in load_stays(visit):
        wishes = Wishes(head=RoomKind.SUITE, others=RoomKind.TWIN, prices=PRICES)
        proposal = propose(stay, wishes)
        services.accept_proposal(stay.item, wishes, token=proposal.token, by=by)
        (filled,) = [one for one in load_stays(visit) if one.item.pk == stay.item.pk]
        for number, room in enumerate(filled.rooms):
            services.change_room(room, revision=None, by=by, number=str(201 + number))
        for room in filled.rooms[len(filled.rooms) - leave_without_bed :]:
            services.remove_room(room, by=by)
    members = list(visit.members.all())
    for item in visit.items.alive().filter(kind=ItemKind.MEAL).in_order().whole():
        order = next((row for row in MEALS if item.title_in("lt").startswith(row[0])), None)
        if order is None:
            continue
        _title, hosts, price, menu = order
        services.order_meal(item, by=by, hosts=hosts, price=Decimal(price), menu=menu, note="")
        if tables and item.title_in("lt").startswith("Kviestinė"):
            guests = taking(item, members)
            half = (len(guests) + 1) // 2
            names = {
                guest.pk: "Garbės stalas" if n < half else "Antras stalas" for n, guest in enumerate(guests)
            }
            services.seat_guests(item, names, by=by)


def tickets_ahead(visit: Visit, buyer: Any) -> None:
    """One bought, one asked for, one nobody thought of yet."""
    by = visit.responsible.actor
    guests = visit.members.count()
    concert = visit.items.alive().filter(texts__title__startswith="Koncertas").first()
    services.save_ticket(
        visit,
        by=by,
        what="Koncertas miesto sode",
        count=guests + 2,
        price=Decimal("9.50"),
        item=concert,
    )
    services.ask_to_buy(visit, assignee=buyer, due_on=visit.starts_on - DAY, by=by)
    services.save_ticket(
        visit,
        by=by,
        what="Kraštotyros muziejus",
        count=guests,
        price=Decimal("3"),
        state=TicketState.BOUGHT,
        bought_by=buyer.full_name,
    )
    services.save_ticket(visit, by=by, what="Traukinys Kaunas–Vilnius, tik dviem", count=2)


def tickets_in_town(visit: Visit) -> None:
    by = visit.responsible.actor
    item: ProgrammeItem | None = visit.items.alive().filter(kind=ItemKind.CULTURE).in_order().first()
    row = services.save_ticket(
        visit,
        by=by,
        what="Muzikos mokyklos koncertas",
        count=visit.members.count(),
        price=Decimal("5"),
        item=item,
    )
    services.move_ticket(row, TicketState.HANDED, by=by)


def rate_interpreters(visits: list[Visit]) -> None:
    """What was said after past visits."""
    number = 0
    for visit in visits:
        for work in resources.works_of_matter(visit):
            rating, words = WORDS[number % len(WORDS)]
            resources.record_work(
                work.interpreter, visit, by=visit.responsible.actor, rating=rating, words=words
            )
            number += 1
