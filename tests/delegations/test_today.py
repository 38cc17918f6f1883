"""The today board: what is on, whom to call, what became of it, said on the way."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core import personal
from core.choices import DataClass
from core.models import AccessRecord
from delegations import services
from delegations.choices import ItemKind, Progress, Status
from delegations.models import FollowUp, ProgrammeItem, Visit
from matters.models import Amendment, Task
from resources.models import Driver
from resources.models.resources import CONTACT_PURPOSE
from tests.accounts.factories import UserFactory
from tests.delegations.factories import FIRST_DAY, make_item, make_member, make_place, make_visit
from tests.delegations.test_festivals import come, in_force, make_festival, make_shared

pytestmark = pytest.mark.django_db

TEN = datetime.datetime(2027, 6, 15, 10, 30, tzinfo=ZoneInfo("Europe/Vilnius"))


@pytest.fixture
def specialist(client, clock_at):
    user = UserFactory(role="specialist", phone="8 315 00000")
    client.force_login(user)
    return user


@pytest.fixture
def clock_at(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: TEN)


def page_of(matter):
    return f"/delegacijos/{matter.pk}/siandien/"


@pytest.fixture
def visit(clock_at, specialist):
    visit = make_visit(specialist)
    make_member(visit, "Anna Nowak", kind="head")
    make_member(visit, "Jan Kos")
    return visit


def test_it_says_what_is_on_what_is_next_and_whom_to_call(client, specialist, visit):
    place = make_place("Rotušė", phone="8 315 11111")
    past = make_item(visit, "8.00", "9.00", title="Pusryčiai")
    now = make_item(visit, "10.00", "11.00", title="Priima meras", place=place, host=specialist)
    then = make_item(visit, "12.00", "13.00", title="Pietūs")

    page = client.get(page_of(visit))

    board = page.context["board"]
    assert [line.item for line in board.present] == [now]
    assert [line.item for line in board.following] == [then]
    assert [line.item for line in board.lines if line.is_past] == [past]
    assert 'href="tel:831511111"' in page.text
    assert 'href="tel:831500000"' in page.text


def test_who_is_where_tells_guests_apart(client, visit):
    anna, _jan = visit.members.all()
    make_item(visit, "10.00", "11.00", title="Visiems")
    apart = make_item(visit, "10.00", "11.00", title="Atskirai", is_for_all=False, participants=[anna])

    where = client.get(page_of(visit)).context["board"].where

    assert {row.name: row.on.item.title_in("lt") for row in where} == {
        "Anna Nowak": apart.title_in("lt"),
        "Jan Kos": "Visiems",
    }


def test_numbers_of_drivers_are_shown_only_when_asked_for_and_the_reading_is_logged(
    client, specialist, visit
):
    driver = Driver.objects.create(name="Vairuotojas")
    personal.set_value(driver, "phone", "8 600 12345", purpose=CONTACT_PURPOSE, data_class=DataClass.CONTACT)
    holder = type(driver).objects.get(pk=driver.pk).resource_ptr
    personal.set_value(holder, "phone", "8 600 12345", purpose=CONTACT_PURPOSE, data_class=DataClass.CONTACT)
    make_item(visit, "12.00", "13.00", kind=ItemKind.TRANSPORT, served_by=[driver])

    assert "tel:860012345" not in client.get(page_of(visit)).text
    assert not AccessRecord.objects.exists()

    assert "tel:860012345" in client.post(page_of(visit)).text
    assert AccessRecord.objects.filter(purpose=CONTACT_PURPOSE, matter_pk=visit.pk).count() == 1


def test_who_may_not_read_contacts_is_refused(client, visit):
    client.force_login(UserFactory(role="accountant"))

    assert client.get(page_of(visit)).status_code == 200
    assert client.post(page_of(visit)).status_code == 403
    item = make_item(visit)
    assert client.get(f"{page_of(visit)}{item.pk}/").status_code == 403
    assert client.post(f"{page_of(visit)}{item.pk}/ivyko/").status_code == 403


def test_one_press_says_it_was_held_and_another_takes_it_back(client, visit):
    item = make_item(visit, "8.00", "9.00")

    answer = client.post(f"{page_of(visit)}{item.pk}/ivyko/")
    assert answer.url == f"{page_of(visit)}?diena=2027-06-15#item-{item.pk}"
    assert ProgrammeItem.objects.get().progress == Progress.DONE

    client.post(f"{page_of(visit)}{item.pk}/ivyko/", {"back": "1"})
    assert ProgrammeItem.objects.get().progress == Progress.PLANNED


def test_an_outcome_is_written_with_what_was_agreed_and_who_does_it(client, specialist, visit):
    item = make_item(visit, "8.00", "9.00")
    values = {
        "deed": "outcome",
        "note": "Kalbėta apie mainus.",
        "agreed": "Mokinių stovykla 2028 m.",
        "follow_title": "Parengti stovyklos planą",
        "follow_owner": specialist.pk,
        "follow_on": "2027-07-01",
    }

    assert client.post(f"{page_of(visit)}{item.pk}/", values).status_code == 302

    page = client.get(f"{page_of(visit)}{item.pk}/").text
    assert "Parengti stovyklos planą" in page
    assert "Mokinių stovykla 2028 m." in page
    item.refresh_from_db()
    assert (item.progress, item.progress_note, item.agreed) == (
        Progress.DONE,
        "Kalbėta apie mainus.",
        "Mokinių stovykla 2028 m.",
    )
    task = Task.objects.get()
    assert (task.title, task.assignee, task.matter_id) == ("Parengti stovyklos planą", specialist, visit.pk)
    assert FollowUp.objects.get(task=task).item == item
    assert "Kalbėta apie mainus." in client.get(page_of(visit)).text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"follow_owner": ""}, "follow_owner"),
        ({"follow_on": "2027-06-01"}, "follow_on"),
        ({"follow_title": ""}, "follow_title"),
        ({"note": "a" * 501}, "note"),
    ],
)
def test_a_wrong_outcome_is_refused_beside_its_field_and_keeps_what_was_typed(
    client, specialist, visit, wrong, field
):
    item = make_item(visit, "8.00", "9.00")
    values = {
        "deed": "outcome",
        "note": "Kalbėta apie mainus.",
        "follow_title": "Parengti planą",
        "follow_owner": specialist.pk,
        "follow_on": "2027-07-01",
        **wrong,
    }

    page = client.post(f"{page_of(visit)}{item.pk}/", values)

    assert page.status_code == 422
    assert list(page.context["outcome"].errors) == [field]
    assert values["note"] in page.text
    item.refresh_from_db()
    assert (item.progress, item.progress_note, Task.objects.count()) == (Progress.PLANNED, "", 0)


def test_a_move_on_the_way_is_published_under_a_number(client, specialist, visit):
    item = make_item(visit, "12.00", "13.00")
    in_force(visit)
    Visit.objects.filter(pk=visit.pk).update(status=Status.UNDER_WAY, state=Status.UNDER_WAY)

    assert (
        client.post(
            f"{page_of(visit)}{item.pk}/", {"deed": "move", "starts": "", "on": "2027-06-15"}
        ).status_code
        == 422
    )
    answer = client.post(
        f"{page_of(visit)}{item.pk}/",
        {"deed": "move", "starts": "14.30", "on": "2027-06-15", "reason": "Spūstis"},
    )

    assert answer.status_code == 302
    item.refresh_from_db()
    assert item.hours == "14.30–15.30"
    amendment = Amendment.objects.get()
    assert (amendment.number, amendment.reason) == (1, "Spūstis")
    assert Visit.objects.get(pk=visit.pk).status == Status.UNDER_WAY


def test_a_cancelled_item_needs_a_reason_and_is_published(client, visit):
    item = make_item(visit, "12.00", "13.00")
    in_force(visit)
    Visit.objects.filter(pk=visit.pk).update(status=Status.UNDER_WAY, state=Status.UNDER_WAY)

    assert client.post(f"{page_of(visit)}{item.pk}/", {"deed": "cancel", "reason": ""}).status_code == 422
    client.post(f"{page_of(visit)}{item.pk}/", {"deed": "cancel", "reason": "Meras serga"})

    item.refresh_from_db()
    assert (item.progress, item.progress_note) == (Progress.CANCELLED, "Meras serga")
    assert Amendment.objects.get().reason == "Meras serga"


def test_what_was_held_waits_for_no_amendment(client, visit):
    item = make_item(visit, "8.00", "9.00")
    in_force(visit)
    Visit.objects.filter(pk=visit.pk).update(status=Status.UNDER_WAY, state=Status.UNDER_WAY)

    client.post(f"{page_of(visit)}{item.pk}/", {"deed": "outcome", "note": "Gerai."})

    assert Visit.objects.get(pk=visit.pk).next_step == "receive"


def test_a_shared_item_is_told_of_from_any_delegation(client, specialist, clock_at):
    festival = make_festival(specialist)
    opole, cesys = come(festival), come(festival, "Cėsys")
    item = make_shared(festival, "9.00", "10.00")

    client.post(f"{page_of(opole)}{item.pk}/", {"deed": "outcome", "note": "Atidaryta."})

    for matter in (festival, opole, cesys):
        assert "Atidaryta." in client.get(page_of(matter)).text


def test_work_of_another_delegation_is_not_told(client, specialist, clock_at):
    festival = make_festival(specialist)
    opole, cesys = come(festival), come(festival, "Cėsys")
    item = make_shared(festival, "9.00", "10.00")
    for visit, title in ((opole, "Opolei"), (cesys, "Cėsims"), (None, "Visiems kartu")):
        services.add_follow_up(
            item,
            title=title,
            owner=specialist,
            due_on=FIRST_DAY,
            by=specialist.actor,
            visit=visit,
        )

    def told(matter):
        page = client.get(f"{page_of(matter)}{item.pk}/")
        return {row.task.title for row in page.context["follow_ups"]}

    assert told(opole) == {"Opolei", "Visiems kartu"}
    assert told(festival) == {"Opolei", "Cėsims", "Visiems kartu"}


def test_a_festival_says_where_each_delegation_is(client, specialist, clock_at):
    festival = make_festival(specialist)
    opole, cesys, ghent = come(festival), come(festival, "Cėsys"), come(festival, "Gentas")
    make_item(opole, "10.00", "11.00", title="Priima meras")
    make_shared(
        festival, "10.00", "11.00", title="Vadovai", is_for_all=False, participants=cesys.members.all()
    )
    make_shared(festival, "18.00", "19.00")

    where = client.get(page_of(festival)).context["board"].where

    assert [
        (row.name, row.on.item.title_in("lt") if row.on else None, row.then.item.title_in("lt"))
        for row in where
    ] == [
        (cesys.title, "Vadovai", "Šventės atidarymas"),
        (ghent.title, None, "Šventės atidarymas"),
        (opole.title, "Priima meras", "Šventės atidarymas"),
    ]


def test_query_count_does_not_grow_with_the_day(client, visit):
    def count():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page_of(visit)).status_code == 200
        return len(queries)

    make_item(visit, "9.00", "9.30", is_for_all=False, participants=visit.members.all())
    count()
    before = count()
    for hour in range(10, 20):
        make_item(visit, f"{hour}.00", f"{hour}.30", is_for_all=False, participants=visit.members.all())
    assert count() == before <= 18


def test_before_the_visit_its_first_day_is_shown(client, specialist, clock_at):
    visit = make_visit(specialist, starts_on=FIRST_DAY + datetime.timedelta(days=10))
    make_item(visit, "9.00", "10.00")

    page = client.get(page_of(visit))
    assert page.context["board"].on == visit.starts_on
    assert "ivyko" not in page.text
    item = ProgrammeItem.objects.get()
    refused = client.post(f"{page_of(visit)}{item.pk}/", {"deed": "outcome", "note": "Per anksti."})
    assert refused.status_code == 422
