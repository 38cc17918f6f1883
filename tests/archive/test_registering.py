"""Inventories and acts are documents: numbered when they are approved, in their file, exported with it, findable."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse

from archive import checklist, services
from archive.models import CaseFile, Destruction, Placement, PlanLine, Transfer
from archive.services import destructions, exporting, inventories, statistics, transfers
from core.errors import DomainError
from documents import conformance
from documents.models import Document, Register, RegisterYear, Registration
from matters.models import Matter
from tests.accounts.factories import UserFactory
from tests.archive.factories import YEAR, run_jobs
from tests.archive.factories_acts import PERMANENT, make_closed, make_expired

pytestmark = pytest.mark.django_db
LINES = (
    *PERMANENT,
    ("5.14", "Dokumentų naikinimo aktai", "destruction_acts"),
    ("5.16", "Bylų apyrašai", "inventories"),
    ("5.17", "Dokumentų perdavimo aktai", "transfer_acts"),
)


@pytest.fixture
def people():
    return {
        "archivist": UserFactory(role="archivist"),
        "expert": UserFactory(role="specialist"),
        "head": UserFactory(role="head"),
        "secretary": UserFactory(role="secretariat"),
    }


def listed(people):
    make_expired(lines=LINES)
    row = destructions.begin_destruction(ground="Terminai baigėsi", way="", by=people["archivist"].actor)
    destructions.submit_destruction(row, by=people["archivist"].actor)
    return destructions.judge_destruction(row, opinion="Naikintinos.", by=people["expert"].actor)


def approve(client, people, row):
    """The head's press of the button, and the worker after it."""
    client.force_login(people["head"])
    client.post(reverse(f"archive:{row._meta.model_name}_approve", args=[row.pk]))
    run_jobs("archive.draw_act")
    row.refresh_from_db()
    return row


def test_act_of_destruction_is_registered_filed_and_found(client, people):
    row = approve(client, people, listed(people))

    document = row.document
    registration = document.registrations.get()
    assert (registration.register.code, registration.number, row.signature) == (
        "naikinimo-aktai",
        "N-1",
        f"N-1/{YEAR}",
    )
    assert (document.state, document.versions.get().file, document.versions.get().is_draft) == (
        "final",
        row.paper,
        False,
    )
    place = Placement.objects.standing().get(document=document)
    assert (place.file.signature, place.file.line.plan.year, place.pages) == ("5.14", YEAR, 1)
    assert place.file_id not in row.lines.values_list("file", flat=True)
    client.force_login(people["archivist"])
    page = client.get(document.get_absolute_url()).content.decode()
    assert row.get_absolute_url() in page
    assert place.file.get_absolute_url() in page
    registers = client.get(reverse("documents:registers"), {"registras": "naikinimo-aktai"})
    assert "N-1" in registers.content.decode()
    assert document.get_absolute_url() in client.get(place.file.get_absolute_url()).content.decode()
    year = Matter.objects.get(kind="archive_year")
    assert row.get_absolute_url() in client.get(year.get_absolute_url(), follow=True).content.decode()
    assert document.get_absolute_url() in client.get(row.get_absolute_url()).content.decode()


def test_what_was_done_by_the_act_comes_into_its_paper_before_its_file_is_closed(
    client, people, django_capture_on_commit_callbacks
):
    row = approve(client, people, listed(people))
    act_file = CaseFile.objects.get(placements__document=row.document)
    assert "Aktas neįvykdytas" in [str(item.title) for item in checklist.of_file(act_file)]
    with pytest.raises(DomainError):
        services.close_file(act_file, by=people["archivist"].actor)
    client.force_login(people["secretary"])
    client.post(reverse("archive:destruction_confirm", args=[row.pk]))
    with django_capture_on_commit_callbacks(execute=True):
        run_jobs("archive.erase_destruction")
    run_jobs("archive.draw_act")
    row.refresh_from_db()

    newest, first = row.document.versions.all()
    assert (newest.file, first.file != newest.file) == (row.paper, True)
    assert conformance.check(newest.file.read()) == []
    client.force_login(people["head"])
    client.post(reverse("archive:act_draw", args=["destruction", row.pk]))  # nobody draws a document anew
    assert run_jobs("archive.draw_act") == []
    closed = services.close_file(act_file, by=people["archivist"].actor)
    made = exporting.export_file(closed, by=people["archivist"].actor)
    entry = made.manifest["entries"][0]
    assert (entry["registered"], entry["sha256"], entry["not_printed"]) == ("N-1", newest.file.sha256, "")


def test_aborted_act_leaves_a_void_number_and_its_file(client, people):
    row = approve(client, people, listed(people))
    client.force_login(people["archivist"])
    client.post(reverse("archive:destruction_abort", args=[row.pk]), {"reason-reason": "Prašo istorikai"})

    registration = Registration.objects.get(document=row.document)
    assert (bool(registration.void_at), registration.void_reason) == (True, "Prašo istorikai")
    assert not Placement.objects.standing().filter(document=row.document).exists()
    again = destructions.begin_destruction(ground="Terminai", way="", by=people["archivist"].actor)
    destructions.submit_destruction(again, by=people["archivist"].actor)
    destructions.judge_destruction(again, opinion="Taip", by=people["expert"].actor)
    assert approve(client, people, again).signature == f"N-2/{YEAR}"


def test_inventory_and_act_of_transfer_lie_in_files_of_their_own(client, people):
    make_closed(lines=LINES)
    inventory = inventories.begin_inventory("permanent", YEAR - 1, by=people["archivist"].actor)
    inventories.submit_inventory(inventory, by=people["archivist"].actor)
    approve(client, people, inventory)
    row = transfers.begin_transfer(
        [line.file_id for line in inventory.lines.all()],
        receiver="municipal",
        receiver_name="Archyvas",
        ground="Planas",
        condition="",
        by=people["archivist"].actor,
    )
    transfers.submit_transfer(row, by=people["archivist"].actor)
    approve(client, people, row)
    client.force_login(people["archivist"])
    client.post(reverse("archive:transfer_pack", args=[row.pk]))
    run_jobs("archive.pack_transfer")
    receipt = {
        "received_on": datetime.date.today().isoformat(),
        "receipt_number": "A-1",
        "received_by": "Ona",
    }
    client.post(reverse("archive:transfer_receipt", args=[row.pk]), receipt)
    run_jobs("archive.draw_act")

    found = Registration.objects.order_by("pk").values_list(
        "number", "register__code", "document__placements__file__line__index"
    )
    assert list(found) == [("BA-1", "bylu-apyrasai", "5.16"), ("P-1", "perdavimo-aktai", "5.17")]
    row.refresh_from_db()
    assert (row.state, row.document.versions.count(), inventory.document.versions.count()) == (
        "received",
        2,
        1,
    )
    told = {year.year: year for year in statistics.by_year()}
    assert (told[YEAR].files, told[YEAR].documents, told[YEAR].pages) == (
        3,
        2,
        2,
    )  # one begun by what was moved on
    assert (told[YEAR - 1].inventoried, told[YEAR - 1].handed_over) == (1, 1)


def test_numbers_go_on_from_acts_that_were_no_documents_yet(client, people):
    row = listed(people)
    Transfer.objects.create(
        year=YEAR,
        number=7,
        receiver="municipal",
        receiver_name="A",
        ground="B",
        state="aborted",
        aborted_at=datetime.datetime.now(datetime.UTC),
    )
    Destruction.objects.create(
        year=YEAR, number=4, ground="B", state="aborted", aborted_at=datetime.datetime.now(datetime.UTC)
    )

    assert approve(client, people, row).signature == f"N-5/{YEAR}"
    assert RegisterYear.objects.get(register__code="naikinimo-aktai").last == 5


def test_without_a_file_for_it_the_act_waits_and_without_its_register_it_is_refused(client, people):
    row = listed(people)
    CaseFile.objects.filter(line__index="5.14").delete()
    PlanLine.objects.filter(index="5.14").delete()
    register = Register.objects.filter(code="naikinimo-aktai")
    register.update(is_ours=False, system="kita sistema")
    assert approve(client, people, row).state == "approving"

    register.update(is_ours=True, system="")
    approve(client, people, row)

    assert row.document.waiting_for_place.why == "no_line"
    assert "laukia vietos byloje" in client.get(row.get_absolute_url()).content.decode()


def test_document_of_an_act_is_not_changed_by_hand(client, people):
    row = approve(client, people, listed(people))
    document, number = row.document, row.document.registrations.get()
    client.force_login(people["head"])

    for name, key in (
        ("rename", document.pk),
        ("void", document.pk),
        ("replace", document.pk),
        ("number_void", number.pk),
    ):
        data = {"title": "Kitas", "void-reason": "Taip", "void_number-reason": "Taip"}
        address = reverse(f"documents:{name}", args=[key])
        assert address not in client.get(document.get_absolute_url()).content.decode()
        assert client.post(address, data).status_code == 403
    assert Document.objects.get(pk=document.pk).state == "final"
