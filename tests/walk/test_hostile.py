"""Every address of the portal asked with words that no page sends: an answer each time, never a fall."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver

from matters.services import create_task
from partners.models import Person
from resources.models import Place
from tests.accounts.factories import UserFactory
from tests.delegations.factories import make_car, make_item, make_member, make_visit

pytestmark = pytest.mark.django_db

CONVERTER = re.compile(r"<(?:(\w+):)?(\w+)>")
# What reads a word of the request: its name is in the first or the second pair of quotes.
ASKED = re.compile(
    r'(?:GET|POST|asked|posted|data|query)(?:\.get(?:list)?\(|\[)\s*"([\w-]+)"|'
    r'\b(?:Words|Choice|Rows|Day|Tick)\(\s*"([\w-]+)"|^    (\w+)(?:: [\w.]+)? = (?:forms\.)?\w*Field\(',
    re.MULTILINE,
)
APPS = "core accounts matters documents partners resources delegations media_monitoring protocol".split()
ALONE = ("paskyra/atsijungti/",)  # ends the session it is asked with
# As it stands in an address: text that is not UTF-8 (half an emoji), a NUL, numbers and days past every bound.
WORDS = [
    "%00",
    "a%00b%1B",
    "%ED%A0%80",
    "-1",
    "9" * 30,
    "9" * 4400,
    "%C2%B2",
    "1e400",
    "0001-01-01",
    "9999-12-31",
    "10000-W60-9",
    "2026-02-30",
    "%F0%9F%A6%84",
    "%E2%80%AE%D7%A9",
    "__class__",
    "-pk__x",
    "..%2F..%2F",
    quote("'\"<>&;"),
    "x" * 5000,
    "1",
]
ROUNDS = 2  # each name meets two of the words at one address, others at the next ones


def routes(patterns: list, prefix: str = "") -> Iterator[str]:
    for entry in patterns:
        if isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern)
        elif isinstance(entry, URLResolver) and entry.namespace != "admin":
            yield from routes(entry.url_patterns, prefix + str(entry.pattern))


def asked_names() -> list[str]:
    """Each word that our code asks a request for."""
    found: set[str] = set()
    for app in APPS:
        for path in (Path(settings.BASE_DIR) / app).rglob("*.py"):
            if "migrations" not in path.parts:
                found |= {name for names in ASKED.findall(path.read_text("utf-8")) for name in names if name}
    return sorted(found - {"csrfmiddlewaretoken"})


@pytest.fixture
def addresses(client) -> list[str]:
    """Each address, led to a row that is there; the person may do everything."""
    person = UserFactory(role="specialist", is_superuser=True)
    client.force_login(person)
    visit = make_visit(person)
    member, item = make_member(visit), make_item(visit)
    guest = Person.objects.create(first_name="Anna", last_name="Nowak", language="pl")
    place = Place.objects.create(name="Rotušė", town="Alytus")
    task = create_task(visit, title="Gėlės", assignee=person, by=person.actor)
    rows = {
        "reikalai/": visit.pk,
        "dokumentai/reikalas/": visit.pk,
        "delegacijos/": visit.pk,
        "pavedimai/": task.pk,
        "partneriai/zmones/": guest.pk,
        "partneriai/": visit.city_id,
        "istekliai/vietos/": place.pk,
        "istekliai/": make_car().pk,
        "paskyra/zmones/": person.pk,
    }
    named = {"member": member.pk, "item": item.pk, "other": place.pk}

    def filled(route: str) -> str:
        own = next((pk for start, pk in rows.items() if route.startswith(start)), 1)
        return CONVERTER.sub(
            lambda found: str(named.get(found[2], own)) if found[1] == "int" else "automobiliai", route
        )

    return [f"/{filled(route)}" for route in sorted(set(routes(get_resolver().url_patterns)) - set(ALONE))]


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_word_of_a_request_makes_the_portal_fall(client, addresses, method):
    """The test client raises what a server would answer with 500."""
    names = asked_names()
    assert {"q", "page", "sort", "diena", "starts_on", "revision"} <= set(names)
    session = client.cookies["sesija"].value
    faults, answered = [], 0
    for place, address in enumerate(addresses):
        for turn in range(ROUNDS):
            sent = "&".join(
                f"{name}={WORDS[(place + at + turn * len(WORDS) // ROUNDS) % len(WORDS)]}"
                for at, name in enumerate(names)
            )
            client.cookies["sesija"] = session
            try:
                with transaction.atomic():
                    if method == "get":
                        status = client.get(f"{address}?{sent}").status_code
                    else:
                        status = client.post(
                            address, sent, content_type="application/x-www-form-urlencoded"
                        ).status_code
                    transaction.set_rollback(True)
            except Exception as error:
                faults.append(f"{address}: {error!r}"[:200])
                continue
            if status in (404, 405):
                break
            answered += 1
            if status >= 500:
                faults.append(f"{address} answers {status}")
    assert not faults, "\n".join(faults)
    assert answered > ROUNDS * 40


@pytest.mark.parametrize(
    "path", ["/n/a%00b/", "/n/%ED%A0%80/", "/paieska%00/", "/ics/%00%1b/", "/delegacijos/%EF%BF%BD/"]
)
def test_an_address_nobody_writes_is_not_found(client, path):
    assert client.get(path).status_code == 404
