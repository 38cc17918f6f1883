"""Telephones and mails of interpreters and drivers have an end: a time after they were last needed."""

import datetime

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from core import keeping
from core.actor import Actor
from core.deadlines import add_months, next_working_day
from core.models import DeadlineRule, PersonalValue
from resources import contacts, services
from resources.models import Interpreter
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db
BY = Actor.system()
DAY = datetime.timedelta(days=1)
MAIL = "ona@vertimai.example"


@pytest.fixture(autouse=True)
def rules():
    call_command("sync_rules", verbosity=0)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def interpreter():
    return with_contacts("Ona Vertėjienė")


def with_contacts(name: str, **fields) -> Interpreter:
    row = Interpreter(name=name, **fields)
    services.save_resource(row, by=BY, fields=["name"], contacts={"email": MAIL, "phone": ""})
    return row


def until(row) -> datetime.date | None:
    return PersonalValue.objects.get(holder_pk=row.pk).erase_on


def year_after(day: datetime.date) -> datetime.date:
    return next_working_day(add_months(day, 12))


def entered_long_ago(*rows) -> None:
    long_ago = timezone.now() - 500 * DAY
    PersonalValue.objects.filter(holder_pk__in=[row.pk for row in rows]).update(updated_at=long_ago)


def keep_house() -> None:
    cache.clear()
    keeping.run_daily()


def test_contacts_end_a_year_after_they_were_entered(interpreter, today):
    assert until(interpreter) == year_after(today)


def test_a_booking_and_a_contract_move_the_end(interpreter, today):
    agreed = with_contacts("Rita Sutartė", contract_number="V-1", contract_until=today + 90 * DAY)
    entered_long_ago(interpreter, agreed)
    starts = timezone.now() + 30 * DAY
    services.block(interpreter, starts, starts + datetime.timedelta(hours=1), what="Atostogos", by=BY)

    keep_house()

    assert until(interpreter) == year_after(timezone.localdate(starts + datetime.timedelta(hours=1)))
    assert until(agreed) == year_after(today + 90 * DAY)


def test_who_is_no_longer_needed_is_forgotten_and_our_own_are_not(interpreter, today):
    ours = with_contacts("Jonas Skyrius", is_staff=True)
    entered_long_ago(interpreter, ours)

    keep_house()

    assert list(PersonalValue.objects.values_list("holder_pk", flat=True)) == [ours.pk]
    assert Interpreter.objects.get(pk=interpreter.pk).name == "Ona Vertėjienė"


def test_without_a_rule_nothing_is_erased(interpreter):
    entered_long_ago(interpreter)
    DeadlineRule.objects.filter(code=contacts.KEPT_RULE).delete()

    keep_house()

    assert PersonalValue.objects.count() == 1


def test_the_page_says_until_when_and_why(client, interpreter):
    client.force_login(UserFactory(role="specialist"))

    page = client.get(reverse("resources:resource", args=[interpreter.pk]) + "?kontaktai=1").content.decode()

    assert MAIL in page
    assert "Bus ištrinta" in page
    assert "12 mėnesių" in page


def test_the_page_of_data_protection_says_how_long(client, interpreter, today):
    client.force_login(UserFactory(role="data_protection"))

    page = client.get(reverse("accounts:protection"))

    row = next(row for row in page.context_data["rows"] if row["holding"].code == "resources.contacts")
    assert (row["count"], row["endless"], row["next"]) == (1, 0, year_after(today))


def test_keeping_asks_for_all_as_for_one(interpreter, today, django_assert_max_num_queries):
    with django_assert_max_num_queries(8) as one:
        contacts.bring_up_to_date(today)
    for number in range(3):
        with_contacts(f"Vertėja {number}")

    with django_assert_max_num_queries(len(one.captured_queries)):
        contacts.bring_up_to_date(today)
