"""Reprints: found though cut, mended and under another headline; the same in memory and in PostgreSQL."""

import datetime

import pytest
from django.utils import timezone

from bench.reprints import GOALS, PRECISION, measure, texts
from media_monitoring.models import Fingerprint, Shingle
from media_monitoring.reprints import Detector, PostgresStore, forget_before


@pytest.fixture(scope="module")
def rows():
    return texts(120)


@pytest.fixture(scope="module")
def chance():
    """Each sentence stands in several texts that have nothing to do with each other."""
    return texts(150, pool=400)


def test_reprints_are_found_among_other_texts(rows):
    figures = measure(Detector(), rows)
    assert figures["precision"] >= PRECISION
    assert {kind: share for kind, share in figures["recall"].items() if share < GOALS[kind] - 0.01} == {}


def test_sentences_shared_by_chance_make_no_reprint(chance):
    figures = measure(Detector(), chance)
    assert figures["precision"] >= PRECISION
    assert {kind: share for kind, share in figures["recall"].items() if share < GOALS[kind] - 0.02} == {}


@pytest.mark.django_db
@pytest.mark.parametrize("among", ["rows", "chance"])
def test_memory_and_database_judge_alike(request, among):
    rows = request.getfixturevalue(among)
    memory, database = Detector(), Detector(PostgresStore(timezone.now()))
    seen = 0
    for name, title, body, _kind, _source in rows:
        found = memory.add(name, title, body)
        assert database.add(name, title, body) == found
        seen += bool(found)
    name, title, body = rows[0][:3]
    assert database.add(name, title, body[::-1]) == memory.add(
        name, title, body[::-1]
    )  # the text was written anew
    assert database.add("again", title, body) == memory.add("again", title, body)
    assert seen > 50


def test_closing_words_alone_make_no_reprint(rows):
    closing = (
        " Daugiau žinių rasite mūsų svetainėje ir paskyroje, kur rašome kasdien apie miestą ir jo žmones."
    )
    detector = Detector()
    first, second = rows[0][2].split(".")[:2], rows[2][2].split(".")[:2]
    assert detector.add(1, "Viena", ".".join(first) + closing) == []
    assert detector.add(2, "Kita", ".".join(second) + closing) == []
    assert detector.add(3, "Trečia", ".".join(first) + ".") == [1]


def test_a_text_that_everybody_prints_is_found_to_the_last(rows):
    detector = Detector()
    for number in range(80):
        assert len(detector.add(number, f"Antraštė {number}", rows[0][2])) == number


@pytest.mark.django_db
def test_only_what_is_near_in_time_is_compared_and_the_old_is_forgotten(rows):
    now = timezone.now()
    body = rows[0][2]
    long_ago = now - datetime.timedelta(days=40)
    Detector(PostgresStore(long_ago)).add("a", "", body)
    assert Detector(PostgresStore(now)).add("b", "", body) == []
    assert Detector(PostgresStore(now)).add("c", "", body) == ["b"]

    assert forget_before(now - datetime.timedelta(days=39)) == 1

    assert not Fingerprint.objects.filter(key="a").exists()
    assert Shingle.objects.exists()


def test_an_empty_text_is_like_nothing():
    detector = Detector()
    assert detector.add(1, "", "") == []
    assert detector.add(2, "", "") == []
