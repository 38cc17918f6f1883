"""The archive by years: counted in a fixed number of queries, on a page and as a table."""

from __future__ import annotations

import pytest
from django.urls import reverse

from archive.services import statistics
from tests.accounts.factories import UserFactory
from tests.archive.factories import YEAR, queries_of, words_of_book
from tests.archive.factories_acts import make_closed

pytestmark = pytest.mark.django_db


def test_years_are_counted_on_the_page_and_in_the_table(client):
    make_closed(titles=("Sutartis", "Priedas"))
    client.force_login(UserFactory(role="specialist"))
    url = reverse("archive:statistics")
    for _again in range(2):
        before = queries_of(client, url)
    make_closed(year=YEAR - 2)
    assert queries_of(client, url) == before

    _now, newest, older = statistics.by_year()
    assert (newest.year, newest.files, newest.closed, newest.documents, newest.pages) == (
        YEAR - 1,
        1,
        1,
        2,
        4,
    )
    assert (older.year, older.open, older.destroyed) == (YEAR - 2, 0, 0)
    book = words_of_book(client.get(reverse("archive:statistics_xlsx")))
    assert f">{YEAR - 1}<" in book
    client.force_login(UserFactory(role="unit_contact"))
    assert client.get(url).status_code == 403
