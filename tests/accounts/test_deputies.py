"""Deputies by date: who may name whom, and that everything a deputy does says for whom."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import services
from accounts.models import Deputyship
from core.models import AuditEvent
from matters.choices import Access
from matters.models import Matter
from tests.accounts.factories import UserFactory
from tests.matters.factories import make_ladder, make_note, submit_note

pytestmark = pytest.mark.django_db

PAGE = reverse("accounts:deputies")
DAY = datetime.timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def head():
    return UserFactory(role="head", first_name="Rasa", last_name="Vaičekonė")


@pytest.fixture
def specialist():
    return UserFactory(role="specialist", first_name="Ieva", last_name="Juknelytė")


@pytest.fixture
def administrator():
    return UserFactory(role="administrator")


def name_deputy(client, deputy, starts_on, ends_on, **extra):
    return client.post(
        PAGE, {"deputy": deputy.pk, "starts_on": str(starts_on), "ends_on": str(ends_on), **extra}
    )


def deputise(principal, deputy, starts_on=None, ends_on=None):
    today = timezone.localdate()
    return services.set_deputy(
        principal, deputy, starts_on=starts_on or today, ends_on=ends_on or today + DAY, by=principal.actor
    )


# --- naming ---------------------------------------------------------------------------------------------------


def test_one_names_ones_own_deputy(client, head, specialist, today):
    client.force_login(head)

    answer = name_deputy(client, specialist, today, today + 4 * DAY)

    assert answer.headers["Location"] == PAGE
    row = Deputyship.objects.get()
    assert (row.principal, row.deputy, row.starts_on, row.ends_on) == (
        head,
        specialist,
        today,
        today + 4 * DAY,
    )
    assert row.actor_user == head
    assert AuditEvent.objects.get(action="deputy.set").data == {
        "starts_on": str(today),
        "ends_on": str(today + 4 * DAY),
    }
    assert "Ieva Juknelytė" in client.get(PAGE).content.decode()


def test_only_the_administrator_names_somebody_elses(client, head, specialist, administrator, today):
    other = UserFactory(role="specialist")
    client.force_login(specialist)
    name_deputy(client, other, today, today, principal=head.pk)
    assert Deputyship.objects.get().principal == specialist, "the field is not hers to fill"

    client.force_login(administrator)
    name_deputy(client, other, today + DAY, today + DAY, principal=head.pk)

    row = Deputyship.objects.get(principal=head)
    assert (row.deputy, row.actor_user) == (other, administrator)


@pytest.mark.parametrize(
    ("first", "last", "whom", "field", "words"),
    [
        (3, 1, "specialist", "ends_on", "Paskutinė diena ankstesnė už pirmąją."),
        (-3, -1, "specialist", "ends_on", "Šios dienos jau praėjo."),
        (0, 367, "specialist", "ends_on", "Pavaduotojas skiriamas ne ilgiau kaip metams."),
        (0, 1, "self", "deputy", "Savęs pavaduoti negalima. Pasirinkite kolegą."),
        (0, 1, "closed", "deputy", ""),
    ],
)
def test_wrong_days_and_people_are_refused_beside_their_field(
    client, head, specialist, today, first, last, whom, field, words
):
    closed = UserFactory(is_active=False)
    deputy = {"self": head, "closed": closed, "specialist": specialist}[whom]
    client.force_login(head)

    page = name_deputy(client, deputy, today + first * DAY, today + last * DAY)

    assert page.status_code == 422
    assert list(page.context_data["form"].errors) == [field]
    assert words in page.content.decode()
    assert not Deputyship.objects.exists()


@pytest.mark.parametrize(("first", "last"), [(0, 0), (5, 5), (2, 3), (-1, 9)])
def test_two_deputies_of_one_person_never_overlap(client, head, specialist, today, first, last):
    deputise(head, specialist, today, today + 5 * DAY)
    client.force_login(head)

    page = name_deputy(
        client, UserFactory(role="deputy_head"), today + max(first, 0) * DAY, today + last * DAY
    )

    assert list(page.context_data["form"].errors) == ["starts_on"]
    assert Deputyship.objects.count() == 1


def test_the_day_after_another_deputy_begins(client, head, specialist, today):
    deputise(head, specialist, today, today + DAY)
    client.force_login(head)

    assert (
        name_deputy(client, UserFactory(role="deputy_head"), today + 2 * DAY, today + 3 * DAY).status_code
        == 302
    )


def test_who_is_away_herself_does_not_stand_in(client, head, specialist, today):
    deputise(specialist, UserFactory(role="specialist"), today, today + 5 * DAY)
    client.force_login(head)

    page = name_deputy(client, specialist, today + 5 * DAY, today + 6 * DAY)

    assert list(page.context_data["form"].errors) == ["deputy"]


@pytest.mark.parametrize("wrong", ["backwards", "oneself", "twice"])
def test_the_database_refuses_it_too(head, specialist, today, wrong):
    deputise(head, specialist, today, today + DAY)
    rows = {
        "backwards": {"principal": specialist, "deputy": head, "starts_on": today, "ends_on": today - DAY},
        "oneself": {"principal": specialist, "deputy": specialist, "starts_on": today, "ends_on": today},
        "twice": {
            "principal": head,
            "deputy": UserFactory(),
            "starts_on": today + DAY,
            "ends_on": today + DAY,
        },
    }

    with pytest.raises(IntegrityError), transaction.atomic():
        Deputyship.objects.create(**rows[wrong])


# --- ending ---------------------------------------------------------------------------------------------------


def test_a_deputyship_under_way_ends_yesterday_and_stays_on_record(client, head, specialist, today):
    row = deputise(head, specialist, today, today + 5 * DAY)
    Deputyship.objects.update(starts_on=today - 3 * DAY)
    client.force_login(head)

    client.post(reverse("accounts:deputy_end", args=[row.pk]))

    changed = Deputyship.objects.get()
    assert changed.ends_on == today - DAY
    assert services.deputies_of(head, today) == []
    assert (changed.revision, changed.updated_at > row.updated_at) == (2, True), "calendars take the change"


def test_one_that_has_not_begun_is_taken_away(client, head, specialist, today):
    row = deputise(head, specialist, today + DAY, today + 5 * DAY)
    client.force_login(head)

    client.post(reverse("accounts:deputy_end", args=[row.pk]))

    assert not Deputyship.objects.exists()
    assert AuditEvent.objects.filter(action="deputy.ended").count() == 1


def test_nobody_ends_somebody_elses(client, head, specialist, today):
    row = deputise(head, specialist)
    client.force_login(specialist)

    assert client.post(reverse("accounts:deputy_end", args=[row.pk])).status_code == 404
    assert client.get(reverse("accounts:deputy_end", args=[row.pk])).status_code == 405
    assert Deputyship.objects.exists()


# --- acting ---------------------------------------------------------------------------------------------------


def act_for(client, principal):
    return client.post(reverse("accounts:act_for"), {"user": principal.pk if principal else ""})


def give_task(client, matter, assignee):
    return client.post(
        reverse("matters:tasks", args=[matter.pk]), {"title": "Užsakyti gėlių", "assignee": assignee.pk}
    )


def test_everything_a_deputy_does_says_for_whom(client, head, specialist):
    matter = make_note(specialist)
    deputise(head, specialist)
    client.force_login(specialist)
    act_for(client, head)

    give_task(client, matter, specialist)

    event = AuditEvent.objects.get(action="task.given")
    assert (event.actor_user, event.actor_for, event.actor_for_name) == (specialist, head, "Rasa Vaičekonė")
    assert event.actor_label == "Ieva Juknelytė, pavaduoja: Rasa Vaičekonė"
    timeline = client.get(reverse("matters:history", args=[matter.pk])).content.decode()
    assert event.actor_label in timeline
    assert "Rasa Vaičekonė" in client.get(PAGE).content.decode(), "the menu says it on every page"


def test_in_her_own_name_again(client, head, specialist):
    matter = make_note(specialist)
    deputise(head, specialist)
    client.force_login(specialist)
    act_for(client, head)
    act_for(client, None)

    give_task(client, matter, specialist)

    assert AuditEvent.objects.get(action="task.given").actor_for is None


def test_nobody_acts_for_whom_she_does_not_stand_in(client, head, specialist):
    matter = make_note(specialist)
    client.force_login(specialist)
    act_for(client, head)

    give_task(client, matter, specialist)

    assert AuditEvent.objects.get(action="task.given").actor_for is None


def test_acting_ends_with_the_last_day(client, head, specialist, today):
    matter = make_note(specialist)
    deputise(head, specialist, today, today)
    client.force_login(specialist)
    act_for(client, head)
    Deputyship.objects.update(starts_on=today - 2 * DAY, ends_on=today - DAY)

    give_task(client, matter, specialist)

    assert AuditEvent.objects.get(action="task.given").actor_for is None
    assert "acting_for" not in client.session


def test_a_deputy_sees_what_her_principal_sees_only_while_she_acts(client, head, specialist):
    matter = make_note(UserFactory(role="head"), access=Access.LEADERSHIP)
    named = make_note(UserFactory(role="head"), access=Access.NAMED, people=[head])
    pages = [reverse("matters:history", args=[row.pk]) for row in (matter, named)]
    deputise(head, specialist)
    client.force_login(specialist)
    assert [client.get(page).status_code for page in pages] == [404, 404]

    act_for(client, head)
    assert [client.get(page).status_code for page in pages] == [200, 200]

    act_for(client, None)
    assert [client.get(page).status_code for page in pages] == [404, 404]
    assert not Matter.objects.visible_to(specialist).filter(pk=matter.pk).exists()


def test_a_deputys_approval_stands_in_the_principals_name(client, head, today):
    deputy = UserFactory(role="archivist", first_name="Genovaitė", last_name="Paulikienė")
    matter = make_note(UserFactory(role="specialist"))
    make_ladder({"user": head})
    step = submit_note(matter, matter.responsible).steps.get()
    client.force_login(deputy)
    assert client.get(reverse("matters:approvals")).context_data["steps"] == []

    deputise(head, deputy)
    assert client.get(reverse("matters:approvals")).context_data["steps"] == [step]
    client.post(reverse("matters:decision_approve", args=[step.pk]))

    step.refresh_from_db()
    assert (step.state, step.actor_user, step.actor_for) == ("agreed", deputy, head)
    event = AuditEvent.objects.get(action="approval.agreed")
    assert (event.actor_user, event.actor_for) == (deputy, head)


def test_a_submitter_does_not_approve_as_the_heads_deputy(client, head, specialist):
    matter = make_note(specialist)
    make_ladder({"user": head})
    step = submit_note(matter, specialist).steps.get()
    deputise(head, specialist)
    client.force_login(specialist)
    act_for(client, head)

    client.post(reverse("matters:decision_approve", args=[step.pk]))

    step.refresh_from_db()
    assert step.state == "open"
