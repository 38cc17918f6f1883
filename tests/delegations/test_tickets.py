"""Tickets: needed, bought, handed over; what is still to be bought is somebody's task that chases."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.errors import DomainError
from delegations import services
from delegations.models import Ticket
from documents.models import Document
from matters.models import Task
from tests.accounts.factories import UserFactory
from tests.delegations.factories import make_item, make_visit

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF"


@pytest.fixture
def specialist(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    return user


def make_ticket(visit, what="Traukinys Kaunas–Vilnius", **fields):
    return services.save_ticket(visit, by=visit.responsible.actor, what=what, **{"count": 9, **fields})


def data(**fields):
    return {"what": "Muziejus", "count": "9", "state": "needed", "bought_by": "", "price": "", **fields}


def add(client, visit, **fields):
    return client.post(reverse("delegations:ticket_add", args=[visit.pk]), data(**fields))


def test_tickets_are_bought_with_their_file_as_a_document(client, specialist):
    visit = make_visit(specialist)
    item = make_item(visit)
    file = SimpleUploadedFile("bilietai.pdf", PDF)

    answer = add(
        client, visit, state="bought", bought_by="Kelionių agentūra", price="12,50", file=file, item=item.pk
    )

    ticket = Ticket.objects.get()
    assert answer.status_code == 302
    assert (ticket.document.matter_id, ticket.document.title) == (visit.pk, "bilietai")
    assert (ticket.item, ticket.cost) == (item, Decimal("112.50"))


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"count": "0"}, "count"),
        ({"count": "-2"}, "count"),
        ({"count": "501"}, "count"),
        ({"what": ""}, "what"),
        ({"price": "brangu"}, "price"),
        ({"price": "-1"}, "price"),
        ({"state": "bought"}, "bought_by"),
        ({"state": "handed"}, "bought_by"),
        ({"state": "lost"}, "state"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(client, specialist, fields, field):
    visit = make_visit(specialist)

    answer = add(client, visit, **fields)

    assert answer.status_code == 422
    assert list(answer.context_data["form"].errors) == [field]
    assert not Ticket.objects.exists()


def test_a_program_is_no_ticket(client, specialist):
    visit = make_visit(specialist)

    answer = add(client, visit, file=SimpleUploadedFile("bilietas.pdf", b"MZ\x90\x00" + b"\x00" * 64))

    assert list(answer.context_data["form"].errors) == ["file"]
    assert answer.context_data["form"]["what"].value() == "Muziejus"
    assert not Ticket.objects.exists()
    assert not Document.objects.exists()


def test_the_database_refuses_no_tickets_and_a_buyer_unnamed():
    ticket = make_ticket(make_visit())

    for change, name in (({"count": 0}, "at_least_one"), ({"state": "handed"}, "bought_by_somebody")):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Ticket.objects.filter(pk=ticket.pk).update(**change)


def test_what_nobody_was_asked_for_becomes_one_task_that_ends_with_the_last_purchase(client, specialist):
    visit, buyer = make_visit(specialist), UserFactory(role="specialist")
    train, museum = make_ticket(visit), make_ticket(visit, "Muziejus", count=2)
    make_ticket(visit, "Koncertas", state="bought", bought_by="svečiai")
    desk = reverse("delegations:services", args=[visit.pk])
    assert [row.what for row in client.get(desk).context_data["unasked"]] == [train.what, "Muziejus"]

    client.post(
        reverse("delegations:tickets_ask", args=[visit.pk]),
        {"assignee": buyer.pk, "due_on": visit.starts_on.isoformat()},
    )

    task = Task.objects.get()
    assert (task.assignee, task.due_on) == (buyer, visit.starts_on)
    assert all(name in task.title for name in (train.what, "Muziejus"))
    assert "Koncertas" not in task.title
    assert client.get(desk).context_data["unasked"] == []

    for ticket in (train, museum):
        task.refresh_from_db()
        assert task.done_at is None
        client.post(reverse("delegations:ticket_move", args=[visit.pk, ticket.pk]), {"state": "bought"})
    task.refresh_from_db()
    assert task.done_at
    train.refresh_from_db()
    assert (train.state, train.bought_by) == ("bought", specialist.full_name)


def test_a_dropped_task_leaves_the_tickets_unasked():
    from matters.services import drop_task

    visit = make_visit()
    by = visit.responsible.actor
    make_ticket(visit)
    drop_task(services.ask_to_buy(visit, assignee=visit.responsible, due_on=None, by=by), by=by)

    again = services.ask_to_buy(visit, assignee=visit.responsible, due_on=None, by=by)

    assert Ticket.objects.get().task == again
    with pytest.raises(DomainError):
        services.ask_to_buy(visit, assignee=visit.responsible, due_on=None, by=by)


def test_a_second_file_is_the_next_version(client, specialist):
    visit = make_visit(specialist)
    add(client, visit, file=SimpleUploadedFile("bilietai.pdf", PDF))
    ticket = Ticket.objects.get()

    client.post(
        reverse("delegations:ticket", args=[visit.pk, ticket.pk]),
        data(revision=ticket.revision, file=SimpleUploadedFile("nauji.pdf", PDF + b"\n")),
    )

    assert Document.objects.get().versions.count() == 2


def test_two_who_change_the_same_tickets_see_both_texts(client, specialist):
    visit = make_visit(specialist)
    ticket = make_ticket(visit)
    services.save_ticket(visit, ticket, by=specialist.actor, what="Autobusas")

    answer = client.post(
        reverse("delegations:ticket", args=[visit.pk, ticket.pk]), data(revision=ticket.revision)
    )

    assert answer.status_code == 409
    ticket.refresh_from_db()
    assert ticket.what == "Autobusas"


def test_tickets_taken_off_leave_their_file(client, specialist):
    visit = make_visit(specialist)
    add(client, visit, file=SimpleUploadedFile("bilietai.pdf", PDF))

    client.post(reverse("delegations:ticket_remove", args=[visit.pk, Ticket.objects.get().pk]))

    assert not Ticket.objects.exists()
    assert Document.objects.count() == 1


def test_another_visits_tickets_are_not_found(client, specialist):
    ticket = make_ticket(make_visit(specialist))
    other = make_visit(specialist, title="Kita delegacija")

    assert client.get(reverse("delegations:ticket", args=[other.pk, ticket.pk])).status_code == 404
    url = reverse("delegations:ticket_move", args=[other.pk, ticket.pk])
    assert client.post(url, {"state": "bought"}).status_code == 404


def test_a_closed_visit_buys_nothing():
    visit = make_visit()
    ticket = make_ticket(visit)
    services.call_off_visit(visit, reason="Svečiai neatvyksta.", by=visit.responsible.actor)

    with pytest.raises(DomainError):
        services.move_ticket(ticket, "bought", by=visit.responsible.actor)
