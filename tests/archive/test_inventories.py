"""The yearly inventory: which files, numbered on, approved by another, on paper and as a table."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from archive import services
from archive.models import CaseFile, Inventory, InventoryLine, RetentionPoint
from archive.services import inventories
from core.errors import DomainError
from documents import conformance
from tests.accounts.factories import UserFactory
from tests.archive.factories import YEAR, queries_of, run_jobs, words_of_book
from tests.archive.factories_acts import make_closed

pytestmark = pytest.mark.django_db


@pytest.fixture
def archivist():
    return UserFactory(role="archivist")


@pytest.fixture
def page(client, archivist):
    client.force_login(archivist)
    return client


def begin(by, year=YEAR - 1, kept="permanent"):
    return inventories.begin_inventory(kept, year, by=by.actor)


def approved(inventory, archivist):
    inventories.submit_inventory(inventory, by=archivist.actor)
    return inventories.approve_inventory(inventory, by=UserFactory(role="head").actor)


def test_inventory_is_made_submitted_and_approved_by_another(client, page, archivist):
    file = make_closed(titles=("Sutartis", "Priedas"))
    make_closed(index="5.3")  # short-term: in no inventory

    page.post(reverse("archive:inventory_new"), {"kept": "permanent", "year": YEAR - 1})
    inventory = Inventory.objects.get()
    line = inventory.lines.get()
    assert (line.file, line.number, line.documents, line.pages) == (file, 1, 2, 4)
    assert (line.term, line.is_verified) == (file.line.point.term, False)
    page.post(reverse("archive:inventory_submit", args=[inventory.pk]))
    assert page.post(reverse("archive:inventory_approve", args=[inventory.pk])).status_code == 403

    client.force_login(UserFactory(role="head"))
    answer = client.get(inventory.get_absolute_url())
    assert answer.context_data["may_approve"]
    client.post(reverse("archive:inventory_approve", args=[inventory.pk]))

    inventory.refresh_from_db(), file.refresh_from_db()
    assert (inventory.state, file.state) == ("approved", "inventoried")
    with pytest.raises(DomainError):
        services.reopen_file(file, reason="dar kartą", by=archivist.actor)


def test_numbers_run_on_from_year_to_year_and_one_list_is_in_work(archivist):
    make_closed(year=YEAR - 2), make_closed(year=YEAR - 1)
    first = begin(archivist, YEAR - 2)
    with pytest.raises(DomainError):
        begin(archivist, YEAR - 1)
    inventories.describe_inventory(first, fund="77", number="1", by=archivist.actor)
    approved(first, archivist)

    second = begin(archivist, YEAR - 1)

    assert [line.number for line in InventoryLine.objects.order_by("inventory__year")] == [1, 2]
    assert (second.fund, second.number) == ("77", "1")


def test_longest_term_of_its_documents_decides_where_a_file_belongs(archivist):
    file = make_closed(index="5.3")
    point = RetentionPoint.objects.exclude(pk=file.line.point_id).first()
    RetentionPoint.objects.filter(pk=point.pk).update(rule="years", years=50)
    file.placements.update(point=point)

    assert begin(archivist, kept="long").lines.get().file == file


def test_nobody_approves_her_own_and_the_database_agrees():
    make_closed()
    head = UserFactory(role="head")
    inventory = begin(head)
    inventories.submit_inventory(inventory, by=head.actor)
    with pytest.raises(DomainError):
        inventories.approve_inventory(inventory, by=head.actor)
    inventories.approve_inventory(inventory, by=UserFactory(role="head").actor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Inventory.objects.update(approved_by=head)


def test_returned_with_words_taken_up_anew_keeping_remarks(client, page, archivist):
    make_closed()
    inventory = begin(archivist)
    page.post(reverse("archive:inventory_line", args=[inventory.lines.get().pk]), {"note": "Trūksta priedo"})
    inventories.submit_inventory(inventory, by=archivist.actor)
    client.force_login(UserFactory(role="head"))
    client.post(reverse("archive:inventory_return", args=[inventory.pk]), {"note-note": "Ne visos bylos"})
    inventory.refresh_from_db()
    assert (inventory.state, inventory.return_note) == ("draft", "Ne visos bylos")

    client.force_login(archivist)
    client.post(reverse("archive:inventory_gather", args=[inventory.pk]))
    assert inventory.lines.get().note == "Trūksta priedo"


def test_a_file_reopened_in_between_stops_the_approval(archivist):
    file = make_closed()
    inventory = begin(archivist)
    inventories.submit_inventory(inventory, by=archivist.actor)
    services.reopen_file(file, reason="klaida", by=archivist.actor)
    with pytest.raises(DomainError, match=r"5\.2"):
        inventories.approve_inventory(inventory, by=UserFactory(role="head").actor)
    assert CaseFile.objects.get(pk=file.pk).state == "begun"


def test_paper_is_valid_and_table_holds_a_fact_a_cell(page, archivist):
    make_closed()
    inventory = approved(begin(archivist), archivist)
    run_jobs("archive.draw_act")

    answer = page.get(reverse("archive:act_pdf", args=["inventory", inventory.pk]))
    assert conformance.check(b"".join(answer.streaming_content)) == []
    book = words_of_book(page.get(reverse("archive:inventory_xlsx", args=[inventory.pk])))
    assert "Bendradarbiavimo sutartys" in book
    assert page.get(reverse("archive:act_pdf", args=["plan", inventory.pk])).status_code == 404


def test_draft_begun_in_error_goes_and_an_open_year_has_no_inventory(page, archivist):
    make_closed()
    inventory = begin(archivist)
    answer = page.post(reverse("archive:inventory_new"), {"kept": "long", "year": YEAR})
    assert answer.status_code == 422
    page.post(reverse("archive:inventory_delete", args=[inventory.pk]))
    assert not Inventory.objects.exists()


def test_pages_ask_the_same_for_many_rows(page, archivist):
    make_closed()
    inventory = approved(begin(archivist), archivist)
    urls = [inventory.get_absolute_url(), reverse("archive:acts")]
    for url in urls:
        queries_of(page, url)
    before = [queries_of(page, url) for url in urls]
    make_closed(year=YEAR - 2), make_closed(year=YEAR - 3)
    approved(begin(archivist, YEAR - 2), archivist), approved(begin(archivist, YEAR - 3), archivist)
    lines = InventoryLine.objects.exclude(inventory=inventory)
    lines.update(inventory=inventory)
    assert [queries_of(page, url) for url in urls] == before


def test_readers_read_and_change_nothing(client, archivist):
    make_closed()
    inventory = begin(archivist)
    client.force_login(UserFactory(role="specialist"))
    assert client.get(inventory.get_absolute_url()).status_code == 200
    assert client.get(reverse("archive:inventory_new")).status_code == 403
    assert client.post(reverse("archive:inventory_submit", args=[inventory.pk])).status_code == 403
    client.force_login(UserFactory(role="unit_contact"))
    assert client.get(inventory.get_absolute_url()).status_code == 403
