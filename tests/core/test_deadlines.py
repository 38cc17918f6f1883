"""Deadlines are counted in working days and say how."""

import datetime

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.utils.translation import override

from core import deadlines
from core.errors import DomainError
from core.models import DeadlineRule, HolidayException

pytestmark = pytest.mark.django_db
DAY = datetime.date


@pytest.fixture(autouse=True)
def rules():
    caches["process"].delete(deadlines.EXCEPTIONS_KEY)
    call_command("sync_rules", verbosity=0)
    yield
    caches["process"].delete(deadlines.EXCEPTIONS_KEY)


def test_twenty_working_days_skip_the_sixteenth_of_february_and_say_so():
    with override("lt"):
        deadline = deadlines.compute("CITIZEN_REPLY", DAY(2026, 2, 3), event="Gauta")

    assert deadline.due_on == DAY(2026, 3, 4)
    assert deadline.explanation.startswith("Gauta 2026-02-03; 20 ")
    assert "vasario 16 d. – " in deadline.explanation
    assert deadline.is_verified


def test_easter_and_christmas_are_days_off():
    assert not deadlines.is_working_day(DAY(2026, 4, 6))
    assert deadlines.add_working_days(DAY(2026, 12, 23), 1) == DAY(2026, 12, 28)


def test_counting_back_from_a_visit():
    assert deadlines.add_working_days(DAY(2026, 6, 16), -3) == DAY(2026, 6, 11)


@pytest.mark.parametrize(("is_working", "end"), [(False, DAY(2026, 6, 11)), (True, DAY(2026, 6, 10))])
def test_the_offices_own_day_moves_the_end(is_working, end):
    HolidayException.objects.create(day=DAY(2026, 6, 10), name="Miesto šventė", is_working=is_working)

    assert deadlines.add_working_days(DAY(2026, 6, 9), 1) == end


def test_a_calendar_period_ends_on_a_working_day():
    assert deadlines.compute("DENIAL_PUBLISH", DAY(2026, 12, 11)).due_on == DAY(2026, 12, 28)


def test_a_missing_rule_is_said_and_never_zero():
    with pytest.raises(DomainError):
        deadlines.compute("NO_SUCH_RULE", DAY(2026, 1, 5))
    DeadlineRule.objects.filter(code="CITIZEN_REPLY").update(valid_from=DAY(2030, 1, 1))
    with pytest.raises(DomainError):
        deadlines.compute("CITIZEN_REPLY", DAY(2026, 1, 5))
    with pytest.raises(DomainError):
        deadlines.norm("PER_DIEM_XX", DAY(2026, 1, 5))


def test_own_knowledge_ships_unverified():
    assert not DeadlineRule.objects.get(code="TRIP_REPORT").is_verified


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime.datetime(2026, 6, 9, 8, 0), True),
        (datetime.datetime(2026, 6, 9, 7, 59), False),
        (datetime.datetime(2026, 6, 12, 16, 0), False),
        (datetime.datetime(2026, 6, 24, 10, 0), False),
        (datetime.datetime(2026, 6, 13, 10, 0), False),
    ],
)
def test_reminders_keep_working_hours(moment, expected):
    assert deadlines.is_working_hour(moment) is expected
