"""Beds, seats and diets changed after the approval: those they touch are told by themselves, once."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import Job
from delegations import services
from delegations.services import list_sendings
from tests.delegations.test_lists import (  # noqa: F401 -- the visit everybody serves is the same
    approve,
    give_addresses,
    lists_in,
    plain,
    specialist,
    visit,
    work,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_force(visit, post_office):  # noqa: F811
    """Approved, and everyone has her list."""
    give_addresses(visit)
    approve(visit)
    work()
    post_office.letters.clear()
    return visit


def rest_is_over():
    Job.objects.filter(kind=list_sendings.TELL, state="queued").update(due_at=timezone.now())
    work()


def test_ten_edits_in_a_row_make_one_letter_to_whom_they_touch(client, in_force, post_office):
    client.force_login(in_force.responsible)
    meal = in_force.items.get(kind="meal")
    url = reverse("delegations:meal", args=[in_force.pk, meal.pk])
    for hosts in range(3, 13):
        order = meal.meal
        order.refresh_from_db()
        answer = client.post(url, {"hosts": hosts, "menu": order.menu, "revision": order.revision})
        assert answer.status_code == 302
    work()

    page = client.get(reverse("delegations:lists", args=[in_force.pk]))
    assert post_office.letters == []  # the hands may go on
    assert "kas liečiamas" in page.content.decode()
    assert not page.context_data["is_busy"]
    rest_is_over()

    [letter] = lists_in(post_office)
    assert letter["To"] == "kitchen@example.lt"
    assert "16 (4 svečiai ir mūsų 12)" in plain(letter)
    rest_is_over()
    assert len(lists_in(post_office)) == 1


def test_a_diet_and_a_bed_reach_the_kitchen_and_the_hotel_alone(client, in_force, post_office):
    member = in_force.members.get(name="Anna Nowak")
    services.change_member(
        member, revision=member.revision, by=in_force.responsible.actor, values={"diet": "vegetariška"}
    )
    night = in_force.items.get(kind="accommodation")
    services.add_rooms(night, kind="single", number="102", by=in_force.responsible.actor)
    services.place_guests(night, {member.pk: night.rooms.get(number="102").pk}, by=in_force.responsible.actor)
    in_force.refresh_from_db()
    rest_is_over()

    assert sorted(letter["To"] for letter in lists_in(post_office)) == [
        "hotel@example.lt",
        "kitchen@example.lt",
    ]
    assert in_force.status == "approved"  # nothing of what was approved has changed
    assert not any("vegetariška" in plain(letter) for letter in post_office.letters)


def test_a_change_while_the_job_runs_is_told_after_it(in_force, post_office):
    night = in_force.items.get(kind="accommodation")
    services.add_rooms(night, kind="single", number="102", by=in_force.responsible.actor)
    first = Job.objects.get(kind=list_sendings.TELL, state="queued")
    Job.objects.filter(pk=first.pk).update(state="running")
    services.add_rooms(night, kind="single", number="103", by=in_force.responsible.actor)

    waiting = Job.objects.get(kind=list_sendings.TELL, state="queued")
    assert waiting.pk != first.pk
    assert waiting.due_at > timezone.now() + datetime.timedelta(minutes=9)


def test_before_the_approval_nobody_is_told(visit):  # noqa: F811
    night = visit.items.get(kind="accommodation")
    services.add_rooms(night, kind="single", number="102", by=visit.responsible.actor)

    assert not Job.objects.filter(kind=list_sendings.TELL).exists()
