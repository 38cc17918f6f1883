"""What came of a visit: the outcome of each item, what was agreed, and tasks from it."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from core.errors import DomainError
from core.models import AuditEvent
from delegations import services
from delegations.choices import Progress
from delegations.services.outcomes import add_follow_up, say_outcome
from matters.choices import Phase
from tests.accounts.factories import UserFactory
from tests.delegations.factories import make_item, make_visit

DAY = datetime.timedelta(days=1)


@pytest.fixture
def visit(db):
    """A visit that began yesterday."""
    return make_visit(starts_on=timezone.localdate() - DAY, days=4)


def test_an_outcome_is_kept_with_what_was_agreed_and_written_to_history(visit):
    item = make_item(visit, title="Priima meras")

    say_outcome(
        item,
        progress=Progress.DONE,
        note=" Kalbėta apie mokyklas. ",
        agreed="Mainai.",
        by=visit.responsible.actor,
    )

    item.refresh_from_db()
    assert (item.progress, item.progress_note, item.agreed) == ("done", "Kalbėta apie mokyklas.", "Mainai.")
    assert AuditEvent.objects.filter(action="item.done", matter_pk=visit.pk, subject_pk=item.pk).count() == 1


def test_an_outcome_said_on_a_phone_leaves_what_was_agreed_as_it_was(visit):
    item = make_item(visit)
    by = visit.responsible.actor
    say_outcome(item, progress=Progress.DONE, agreed="Mainai.", by=by)

    say_outcome(item, progress=Progress.DONE, note="Dvi eilutės.", by=by)

    item.refresh_from_db()
    assert (item.progress_note, item.agreed) == ("Dvi eilutės.", "Mainai.")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"progress": "cancelled", "note": "  "}, "note"),
        ({"progress": "vyko", "note": ""}, "progress"),
        ({"progress": "done", "note": "a" * 501}, "note"),
        ({"progress": "done", "agreed": "a" * 2001}, "agreed"),
    ],
)
def test_a_bad_outcome_is_refused_at_its_field(visit, values, field):
    item = make_item(visit)

    with pytest.raises(DomainError) as refusal:
        say_outcome(item, by=visit.responsible.actor, **values)

    assert refusal.value.field == field
    item.refresh_from_db()
    assert item.progress == Progress.PLANNED


def test_an_item_of_a_later_day_cannot_have_been_held(visit):
    item = make_item(visit, day=3)

    with pytest.raises(DomainError) as refusal:
        say_outcome(item, progress=Progress.DONE, by=visit.responsible.actor)

    assert refusal.value.field == "progress"


def test_nothing_is_said_of_a_closed_visit(visit):
    item = make_item(visit)
    visit.phase, visit.closed_at = Phase.CLOSED, timezone.now()
    visit.save()

    with pytest.raises(DomainError, match="uždarytas"):
        say_outcome(item, progress=Progress.DONE, by=visit.responsible.actor)


def test_what_was_agreed_becomes_a_task_that_tells_where_it_comes_from(visit):
    item, owner = make_item(visit, title="Priima meras"), UserFactory(role="specialist")

    row = add_follow_up(
        item,
        title="Parengti sutartį",
        owner=owner,
        due_on=timezone.localdate() + 7 * DAY,
        by=visit.responsible.actor,
    )

    task = row.task
    assert (task.matter_id, task.title, task.assignee) == (visit.pk, "Parengti sutartį", owner)
    assert "Priima meras" in task.due_reason
    assert list(item.follow_ups.all()) == [row]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "a" * 201}, "title"),
        ({"owner": None}, "owner"),
        ({"due_on": None}, "due_on"),
        ({"due_on": datetime.date(2020, 1, 1)}, "due_on"),
    ],
)
def test_a_follow_up_without_who_what_or_when_is_refused_at_its_field(visit, values, field):
    item = make_item(visit)
    whole = {"title": "Parengti", "owner": visit.responsible, "due_on": timezone.localdate(), **values}

    with pytest.raises(DomainError) as refusal:
        services.add_follow_up(item, by=visit.responsible.actor, **whole)

    assert refusal.value.field == field
    assert not item.follow_ups.exists()
    assert not visit.tasks.exists()
