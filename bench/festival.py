"""The festival case: ten delegations, 250 guests, 180 items and 60 things to book, opened and re-checked."""

from __future__ import annotations

import datetime
import json
import os
import time
from typing import Any

import django

from bench.bare import floor, floor_pages
from bench.measure import Page, measure, served, table
from bench.pages import PORTAL_PORT, Goal, row, session_of

TRANSFERS_GOAL = 2.0  # seconds for all 250 guests


def goals(festival: int, visit: int) -> list[Goal]:
    from django.urls import reverse

    return [
        Goal("festival", reverse("delegations:festival", args=[festival]), "detail", 6, 14),
        Goal("all guests by hour", reverse("delegations:guest_board", args=[festival]), "detail", 8, 14),
        Goal("builder with warnings", reverse("delegations:programme", args=[visit]), "detail", 6, 14),
        Goal("guests of a visit", reverse("delegations:members", args=[visit]), "detail", 6, 14),
        Goal("journeys", reverse("delegations:travel", args=[visit]), "detail", 6, 14),
        Goal("services", reverse("delegations:services", args=[visit]), "detail", 6, 14),
        Goal("lists", reverse("delegations:lists", args=[visit]), "detail", 6, 18),
        Goal("today on a phone", reverse("delegations:today", args=[visit]), "detail", 6, 14),
    ]


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alytus_ryšiai.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    for command in ("sync_roles", "sync_ladders", "sync_rules", "sync_partner_cities"):
        call_command(command, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    festival = make_office()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    seconds, count = propose_all(festival)
    visit = festival.visits.order_by("pk").first().pk
    with floor() as bare, served("alytus_ryšiai.wsgi", PORTAL_PORT, {}) as portal:
        beneath = floor_pages(bare)
        cookie = session_of("bench0")
        pages = {goal: Page(goal.name, portal, goal.url, cookie) for goal in goals(festival.pk, visit)}
        measure([beneath["detail"], *pages.values()], requests=20)
    rows = [row(goal, page, beneath[goal.floor]) for goal, page in pages.items()]
    print(table(rows))
    print(f"\n{count} transfers proposed for 250 guests in {seconds:.2f} s (goal {TRANSFERS_GOAL:.0f} s)")
    print(json.dumps({"pages": rows, "transfers": {"seconds": round(seconds, 2), "count": count}}))


def make_office() -> Any:
    from bench.years import make_workers
    from delegations.seed_festival_case import make_case

    return make_case(
        make_workers(),
        starts_on=datetime.date.today() + datetime.timedelta(days=30),
        title="Miesto gimtadienis",
    )


def propose_all(festival: Any) -> tuple[float, int]:
    """How long it takes to propose the transfers of every delegation, and how many they are."""
    from delegations.services import transfers

    began = time.perf_counter()
    count = sum(len(transfers.propose(visit)) for visit in festival.visits.all())
    return time.perf_counter() - began, count


if __name__ == "__main__":
    main()
