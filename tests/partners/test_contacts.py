"""Telephones and mails of partners' people have an end: by a rule one may change, told before, moved by a check."""

import datetime

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from core import keeping
from core.actor import Actor
from core.deadlines import add_months, next_working_day
from core.models import AuditEvent, DeadlineRule, PersonalValue
from partners import contacts, services
from partners.contacts import CHECKED_RULE, POST_RULE
from partners.models import Person
from tests.accounts.factories import UserFactory
from tests.partners.factories import CityFactory, PersonFactory, make_post

pytestmark = pytest.mark.django_db
BY = Actor.system()
DAY = datetime.timedelta(days=1)
MAIL = "anna@opole.example"


@pytest.fixture(autouse=True)
def rules():
    call_command("sync_rules", verbosity=0)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def person():
    return with_contacts(PersonFactory(first_name="Anna", last_name="Nowak"))


@pytest.fixture
def specialist(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    return user


def with_contacts(person: Person) -> Person:
    return services.save_person(person, by=BY, fields=["first_name"], contacts={"email": MAIL, "phone": ""})


def until(person: Person) -> datetime.date | None:
    return PersonalValue.objects.get(holder_pk=person.pk).erase_on


def months(day: datetime.date, count: int) -> datetime.date:
    return next_working_day(add_months(day, count))


def keep_house() -> None:
    cache.clear()
    keeping.run_daily()


def checked_long_ago(person: Person, today: datetime.date) -> None:
    """Checked so long ago that the end is twenty days away."""
    Person.objects.filter(pk=person.pk).update(contacts_checked_on=add_months(today, -24) + 20 * DAY)
    keep_house()


def test_contacts_end_two_years_after_they_were_entered(person, today):
    assert until(person) == months(today, 24)


def test_they_end_half_a_year_after_the_last_post(person, today):
    mayor = make_post(person, CityFactory(), "merė", since="2019-04-01")
    keep_house()
    assert until(person) == months(today, 24), "a post is held"

    services.end_post(mayor, on=today - DAY, by=BY)

    assert until(person) == months(today, 6)


def test_a_post_that_ends_by_its_day_alone_counts_too(person, today):
    make_post(person, CityFactory(), "merė", since="2019-04-01", until=str(today - DAY))

    keep_house()

    assert until(person) == months(today, 6)


def test_who_is_entered_after_the_post_ended_is_not_erased_at_once(today):
    former = PersonFactory()
    make_post(former, CityFactory(), "merė", since="2010-01-01", until="2015-01-01")

    with_contacts(former)
    keep_house()

    assert until(former) == months(today, 6)


def test_a_changed_rule_moves_every_end_the_next_day(person, today):
    DeadlineRule.objects.filter(code=CHECKED_RULE).update(length=12)

    keep_house()

    assert until(person) == months(today, 12)


def test_without_a_rule_nothing_is_erased_and_the_page_says_so(client, person, today):
    DeadlineRule.objects.filter(code=POST_RULE).delete()
    make_post(person, CityFactory(), "merė", until=str(today - DAY))
    other = with_contacts(PersonFactory())
    DeadlineRule.objects.filter(code=CHECKED_RULE).delete()
    third = with_contacts(PersonFactory())
    keep_house()
    assert (until(other), until(third)) == (months(today, 24), None)

    client.force_login(UserFactory(role="data_protection"))
    page = client.get(reverse("accounts:protection")).content.decode()

    assert "Nė viena taisyklė nesako, kiek laikyti" in page
    assert "1 be pabaigos" in page


def test_on_its_day_it_is_erased_for_good(person, today):
    other = with_contacts(PersonFactory())
    Person.objects.filter(pk=person.pk).update(contacts_checked_on=add_months(today, -30))

    keep_house()

    assert list(PersonalValue.objects.values_list("holder_pk", flat=True)) == [other.pk]
    assert Person.objects.get(pk=person.pk).full_name == "Anna Nowak"


def test_what_was_kept_before_there_were_ends_gets_one(person, today):
    Person.objects.update(contacts_checked_on=None)
    PersonalValue.objects.update(erase_on=None)

    keep_house()

    assert until(person) == months(today, 24)


def test_my_day_tells_before_and_a_check_moves_the_end(client, specialist, person, today):
    my_day, page = reverse("matters:my_day"), reverse("partners:person", args=[person.pk])
    assert "Patikrinkite kontaktus" not in client.get(my_day).content.decode()
    checked_long_ago(person, today)
    day = client.get(my_day).content.decode()
    assert "Patikrinkite kontaktus" in day
    assert f'href="{page}#contacts"' in day
    shown = client.get(f"{page}?kontaktai=1").content.decode()
    assert "jei niekas jų nepatikrins" in shown
    assert "24 mėnesiai" in shown

    client.post(reverse("partners:contacts_confirm", args=[person.pk]))

    assert until(person) == months(today, 24)
    assert AuditEvent.objects.get(action="person.contacts_checked").actor_user == specialist
    assert "Patikrinkite kontaktus" not in client.get(my_day).content.decode()


@pytest.mark.parametrize("role", ["accountant", "auditor", "leadership"])
def test_others_neither_confirm_nor_learn_of_it(client, person, today, role):
    checked_long_ago(person, today)
    client.force_login(UserFactory(role=role))

    assert client.post(reverse("partners:contacts_confirm", args=[person.pk])).status_code == 403
    assert person.full_name not in client.get(reverse("matters:my_day")).content.decode()
    assert until(person) < today + 40 * DAY


def test_the_page_of_data_protection_says_how_long_and_until_when(client, person, today):
    client.force_login(UserFactory(role="data_protection"))

    page = client.get(reverse("accounts:protection"))

    row = next(row for row in page.context_data["rows"] if row["holding"].code == "partners.contacts")
    assert (row["count"], row["endless"], row["next"]) == (1, 0, months(today, 24))
    assert "nuo paskutinio patikrinimo – 24 mėnesiai" in page.content.decode()
    assert "nuo paskutinių pareigų pabaigos – 6 mėnesiai" in page.content.decode()


def test_keeping_asks_for_all_people_as_for_one(person, today, django_assert_max_num_queries):
    with django_assert_max_num_queries(8) as one:
        contacts.bring_up_to_date(today)
    for _one in range(3):
        with_contacts(PersonFactory())

    with django_assert_max_num_queries(len(one.captured_queries)):
        contacts.bring_up_to_date(today)
