"""Pages of the portal at twenty years of data, as ratios to the floor measured in the same run (design of the house)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

import django

from bench.bare import floor, floor_pages
from bench.measure import Page, measure, served, table

PORTAL_PORT = 8792


@dataclass(frozen=True)
class Goal:
    """A page, the floor it stands on, and how many times the floor and how many queries it may cost."""

    name: str
    url: str
    floor: str
    times: float
    queries: int | None = None


def goals(visit: int) -> list[Goal]:
    from django.urls import reverse

    return [
        Goal("list of visits", reverse("delegations:list"), "list", 4, 10),
        Goal("guests of a visit", reverse("delegations:members", args=[visit]), "detail", 6, 14),
        Goal("builder", reverse("delegations:programme", args=[visit]), "detail", 6, 14),
        Goal("my day", reverse("matters:my_day"), "detail", 8),
        Goal("calendar", reverse("matters:calendar"), "detail", 8),
        Goal("search", reverse("matters:search") + "?q=delegacijos", "search", 3),
    ]


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alytus_ryšiai.settings")
    subprocess.run([sys.executable, "-m", "bench.years"], check=True)
    django.setup()
    from django.core.management import call_command

    from delegations.models import Visit

    call_command("collectstatic", interactive=False, verbosity=0)
    visit = Visit.objects.filter(phase="active").latest("pk").pk
    cookie = session_of("bench0")
    with floor() as bare, served("bench.wsgi", PORTAL_PORT, {}) as portal:
        beneath = floor_pages(bare)
        pages = {goal: Page(goal.name, portal, goal.url, cookie) for goal in goals(visit)}
        measure([*beneath.values(), *pages.values()])
    rows = [row(goal, page, beneath[goal.floor]) for goal, page in pages.items()]
    print(
        table(
            [{"page": page.name, "CPU ms": page.cpu_ms, "p95 ms": page.p95_ms()} for page in beneath.values()]
        )
    )
    print()
    print(table(rows))
    print(
        json.dumps({"floor": {name: round(page.cpu_ms, 2) for name, page in beneath.items()}, "pages": rows})
    )


def row(goal: Goal, page: Page, beneath: Page) -> dict[str, Any]:
    queries, compressed = looked_into(goal.url)
    times = round(page.cpu_ms / beneath.cpu_ms, 2)
    return {
        "page": goal.name,
        "CPU ms": round(page.cpu_ms, 2),
        "x floor": times,
        "goal": goal.times,
        "queries": queries,
        "at most": goal.queries,
        "KB gz": round(compressed / 1024, 1),
        "p95 ms": round(page.p95_ms(), 1),
        "met": "yes" if times <= goal.times and queries <= (goal.queries or 99) else "NO",
    }


def session_of(username: str) -> str:
    """A session's cookie without the log-in page."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from accounts.models import User

    user = User.objects.get(username=username)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def looked_into(url: str) -> tuple[int, int]:
    """How many queries the page asks, and how many bytes its HTML weighs compressed."""
    import zlib

    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    import bench.wsgi  # noqa: F401 -- knows the plain kind
    from accounts.models import User

    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.get(username="bench0"), "accounts.backends.RoleBackend")
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)
    return len(queries), len(zlib.compress(answer.content))


if __name__ == "__main__":
    main()
