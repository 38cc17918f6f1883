from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.errors import DomainError, StaleWriteError
from core.models import AuditEvent
from delegations import services
from delegations.choices import PHASES, TONES, Basis, Status
from delegations.kind import KIND
from delegations.models import Visit
from tests.accounts.factories import UserFactory
from tests.delegations.factories import FIRST_DAY, make_city, make_item, make_member, make_visit

pytestmark = pytest.mark.django_db


def test_open_visit_gives_it_a_number_and_the_first_step():
    visit = make_visit()

    assert visit.number == "DA-2027-001"
    assert (visit.status, visit.state, visit.phase, visit.next_step) == (
        "preparing",
        "preparing",
        "draft",
        "add_guests",
    )
    assert visit.next_step_by == visit.responsible
    assert AuditEvent.objects.filter(matter_pk=visit.pk, action="visit.opened").count() == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"ends_on": FIRST_DAY - datetime.timedelta(days=1)}, "ends_on"),
        ({"ends_on": FIRST_DAY + datetime.timedelta(days=59)}, "ends_on"),
        ({"languages": []}, "languages"),
        ({"city": None}, "city"),
        ({"basis": Basis.ORGANISATION, "inviter": ""}, "inviter"),
    ],
)
def test_open_visit_refuses_what_cannot_be(fields, field):
    with pytest.raises(DomainError) as refusal:
        make_visit(**fields)

    assert refusal.value.field == field
    assert not Visit.objects.exists()


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"ends_on": FIRST_DAY - datetime.timedelta(days=1)}, "delegations_visit_ends_after_start"),
        ({"ends_on": FIRST_DAY + datetime.timedelta(days=31)}, "delegations_visit_is_a_month_at_most"),
        ({"languages": []}, "delegations_visit_speaks_a_language"),
        ({"basis": Basis.ORGANISATION}, "delegations_visit_organisation_is_named"),
        ({"status": Status.CALLED_OFF}, "delegations_visit_called_off_has_reason"),
    ],
)
def test_database_refuses_what_cannot_be(change, constraint):
    visit = make_visit()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(**change)


def test_every_status_has_phase_tone_and_words():
    assert set(PHASES) == set(TONES) == set(Status.values) == set(KIND.states)


def test_next_step_follows_what_is_missing():
    visit = make_visit()
    make_member(visit)
    visit.refresh_from_db()
    assert visit.next_step == "build_programme"

    make_item(visit)
    visit.refresh_from_db()
    assert visit.next_step == "submit"


def test_change_visit_refuses_days_that_hold_items():
    visit = make_visit()
    make_item(visit, day=4)

    with pytest.raises(DomainError) as refusal:
        services.change_visit(
            visit,
            revision=visit.revision,
            by=visit.responsible.actor,
            ends_on=FIRST_DAY + datetime.timedelta(days=2),
        )

    assert refusal.value.field == "ends_on"


def test_change_visit_refuses_a_stale_write_with_theirs():
    visit = make_visit()
    services.change_visit(
        visit, revision=visit.revision, by=visit.responsible.actor, purpose="Kultūros mainai"
    )

    with pytest.raises(StaleWriteError) as refusal:
        services.change_visit(visit, revision=visit.revision, by=visit.responsible.actor, purpose="Sportas")

    assert Visit.objects.get(pk=visit.pk).purpose == "Kultūros mainai"
    assert refusal.value.theirs.pk == visit.pk


def test_call_off_visit_needs_a_reason_and_closes_it():
    visit = make_visit()
    with pytest.raises(DomainError):
        services.call_off_visit(visit, reason=" ", by=visit.responsible.actor)

    services.call_off_visit(visit, reason="Svečiai atsisakė", by=visit.responsible.actor)

    visit.refresh_from_db()
    assert (visit.status, visit.phase) == (Status.CALLED_OFF, "closed")
    with pytest.raises(DomainError):
        make_item(visit)


def test_clone_keeps_the_programme_and_the_weekday_and_drops_people():
    visit = make_visit()
    make_member(visit)
    make_item(visit, "9.00", "10.00", notes="Vairuotojo tel. 8 600 00000")
    start = services.next_year_start(visit)

    clone = services.clone_visit(visit, starts_on=start, by=UserFactory(role="specialist").actor)

    assert clone.starts_on.weekday() == visit.starts_on.weekday()
    assert clone.starts_on == datetime.date(2028, 6, 13)
    item = clone.items.get()
    assert (item.on, item.starts, item.notes) == (clone.starts_on, datetime.time(9), "")
    assert item.title_in("pl") == "Spotkanie"
    assert not clone.members.exists()
    assert list(clone.links.values_list("other", "relation")) == [(visit.pk, "repeats")]


@pytest.mark.parametrize(
    ("status", "today", "expected"),
    [
        (Status.APPROVED, FIRST_DAY, Status.UNDER_WAY),
        (Status.APPROVED, FIRST_DAY - datetime.timedelta(days=1), Status.APPROVED),
        (Status.UNDER_WAY, FIRST_DAY + datetime.timedelta(days=4), Status.REPORTING),
        (Status.PREPARING, FIRST_DAY, Status.PREPARING),
    ],
)
def test_move_by_date_begins_and_ends_approved_visits(status, today, expected):
    visit = make_visit()
    Visit.objects.filter(pk=visit.pk).update(status=status, state=status)

    services.move_by_date(today)
    services.move_by_date(today)

    visit.refresh_from_db()
    assert (visit.status, visit.state) == (expected, expected)


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [({}, ["pl", "en", "uk"]), ({"papers_language": "uk"}, ["uk", "en", "pl"])],
)
def test_the_papers_language_is_the_citys_unless_another_is_said(client, chosen, expected):
    specialist = UserFactory(role="specialist")
    client.force_login(specialist)
    city = make_city()
    assert city.languages[0] == "pl"

    client.post(
        reverse("delegations:new"),
        {
            "city": city.pk,
            "title": "Mokytojai",
            "basis": "city",
            "starts_on": FIRST_DAY.isoformat(),
            "ends_on": FIRST_DAY.isoformat(),
            "purpose": "Mainai",
            "languages": ["en", "pl", "uk"],  # ticks come in the order of the page
            "responsible": specialist.pk,
            **chosen,
        },
    )

    assert Visit.objects.get().languages == expected


def test_visible_to_trims_named_visits():
    mine, other = UserFactory(role="specialist"), UserFactory(role="specialist")
    visit = make_visit(mine, access="named")

    assert list(Visit.objects.visible_to(mine)) == [visit]
    assert list(Visit.objects.visible_to(other)) == []


def test_city_is_made_once():
    assert make_city().pk == make_city().pk
