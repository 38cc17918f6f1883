"""Every address tried as every role, with numbers of other people's rows: nobody sees more, and nothing breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from .conftest import PASSWORD, Office
from .crawl import Page, Person

pytestmark = [pytest.mark.slow]

ROLES = (
    "specialiste", "vedeja", "pavaduotoja", "meras", "sekretore", "archyvare", "buhaltere", "auditore", "duomenys",
    "donatas", "adminas",
)  # fmt: skip
NUMBERS = ("1", "999999")  # somebody's first row, and one that is not there
CONVERTER = re.compile(r"<(?:(\w+):)?(\w+)>")
SAMPLES = {
    "int": NUMBERS,
    "str": ("x",),
    "slug": ("x",),
    "uuid": ("00000000-0000-0000-0000-000000000000",),
    "path": ("x",),
}


def addresses() -> Iterator[str]:
    """Each route of ours, its variables filled in."""

    def routes(patterns: list, prefix: str) -> Iterator[str]:
        for entry in patterns:
            if isinstance(entry, URLResolver):
                if entry.namespace != "admin":
                    yield from routes(entry.url_patterns, prefix + str(entry.pattern))
            elif isinstance(entry, URLPattern):
                yield prefix + str(entry.pattern)

    for route in routes(get_resolver().url_patterns, ""):
        for number in range(2):
            filled = CONVERTER.sub(lambda found: _sample(found.group(1) or "str", number), route)  # noqa: B023
            yield f"/{filled}"


def _sample(kind: str, number: int) -> str:
    choices = SAMPLES.get(kind, ("x",))
    return choices[min(number, len(choices) - 1)]


def test_every_address_answers_every_role_without_breaking(office: Office):
    faults = []
    for role in ROLES:
        person = Person(office.address, role, PASSWORD)
        for path in sorted(set(addresses())):
            status, _landed, _html = person.get(path)
            if status >= 500:
                faults.append(f"{path} answers {status} to {role}")
            elif status < 400 and "content-security-policy" not in {name.lower() for name in person.headers}:
                faults.append(f"{path} has no Content-Security-Policy for {role}")
    assert not faults, "\n".join(faults)


def test_without_logging_in_only_open_pages_answer(office: Office, walked: tuple[list[Page], list[str]]):
    anonymous = Person(office.address, "", "")
    pages, _faults = walked
    open_to_all = {page.view for page in pages if not page.person}

    seen = [
        str(page)
        for page in pages
        if page.view not in open_to_all and anonymous.get(page.path)[1] == page.path.split("?")[0]
    ]

    assert not seen, "\n".join(seen)
