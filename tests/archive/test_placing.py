"""Documents find their places in case files by themselves; the archivist mends with a reason."""

from __future__ import annotations

import io

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from archive import services
from archive.models import CaseFile, Placement, WaitingDocument
from core.errors import DomainError
from documents.models import Document
from documents.services import receive_mail, record_number, restore_document, void_document
from matters.choices import Access
from matters.services import change_access, close_matter
from tests.accounts.factories import UserFactory
from tests.archive.factories import (
    YEAR,
    last_year,
    line_of,
    make_document,
    make_plan,
    make_register,
    pdf_bytes,
    queries_of,
    run_jobs,
)
from tests.matters.factories import make_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def archivist():
    return UserFactory(role="archivist")


def test_uploaded_file_lies_in_the_file_of_its_matters_kind(client):
    plan, specialist = make_plan(), UserFactory(role="specialist")
    matter = make_note(specialist)
    client.force_login(specialist)

    client.post(
        reverse("documents:upload", args=[matter.pk]),
        {"files": SimpleUploadedFile("Kvietimas.pdf", pdf_bytes(3), content_type="application/pdf")},
    )

    placement = Placement.objects.get()
    assert placement.document.title == "Kvietimas"
    assert (placement.file.line, placement.file.volume) == (line_of(plan), 1)
    assert placement.file.state == "begun"
    run_jobs("archive.count_pages")
    placement.refresh_from_db()
    assert placement.pages == 3
    answer = client.get(reverse("documents:detail", args=[placement.document_id]))
    assert f"{YEAR} · 5.3" in answer.content.decode()


def test_a_locked_file_stays_uncounted(client):
    make_plan()
    specialist = UserFactory(role="specialist")
    client.force_login(specialist)
    locked = io.BytesIO()
    made = pikepdf.new()
    made.add_blank_page()
    made.save(locked, encryption=pikepdf.Encryption(user="raktas", owner="raktas"))

    client.post(
        reverse("documents:upload", args=[make_note(specialist).pk]),
        {"files": SimpleUploadedFile("Užrakintas.pdf", locked.getvalue(), content_type="application/pdf")},
    )

    assert [job.state for job in run_jobs("archive.count_pages")] == ["done"]
    assert Placement.objects.get().pages is None


def test_a_working_paper_and_a_draft_have_no_place():
    make_plan()
    document = make_document()
    Document.objects.filter(pk=document.pk).update(is_working_paper=True, erase_on=last_year())
    Placement.objects.all().delete()
    document.refresh_from_db()

    services.follow(document, "final", document.matter.responsible.actor)

    assert not Placement.objects.exists()
    assert not WaitingDocument.objects.exists()


def test_letter_keeps_what_came_with_it_behind_it_and_they_move_together(archivist):
    from email.message import EmailMessage

    from documents import intake

    plan, specialist = make_plan(), UserFactory(role="specialist")
    message = EmailMessage()
    message["From"], message["Subject"], message["Date"] = (
        "Opole <o@opole.example>",
        "Zaproszenie",
        "Tue, 03 Mar 2026 10:00:00 +0200",
    )
    message.set_content("Dzień dobry")
    message.add_attachment(pdf_bytes(1), maintype="application", subtype="pdf", filename="lista.pdf")
    content = message.as_bytes()
    checked = intake.check_file(content, "zaproszenie.eml")
    letter = receive_mail(make_note(specialist), content, checked, by=specialist.actor)
    run_jobs("documents.open_letter")

    titles = [row.document.title for row in Placement.objects.standing().in_order()]
    assert titles == ["Zaproszenie", "lista"]
    with pytest.raises(DomainError, match="perkelkite laišką"):
        services.move_document(letter.parts.get(), line_of(plan, "5.12"), reason="ne čia", by=archivist.actor)

    services.move_document(letter, line_of(plan, "5.12"), reason="ne tas", by=archivist.actor)

    standing = Placement.objects.standing()
    assert set(standing.values_list("file__line__index", flat=True)) == {"5.12"}
    assert standing.count() == 2
    assert set(Placement.objects.exclude(left_at=None).values_list("left_reason", flat=True)) == {"ne tas"}


def test_number_of_last_year_takes_the_document_to_last_years_file():
    make_plan()
    before = make_plan(YEAR - 1)
    document = make_document()
    assert document.placements.get().file.line.plan.year == YEAR

    record_number(
        document,
        make_register(),
        number="G-12",
        registered_on=last_year(),
        by=document.matter.responsible.actor,
    )

    standing = document.placements.standing().get()
    assert standing.file.line == line_of(before)
    assert standing.filed_on == last_year()
    assert document.placements.exclude(left_at=None).get().left_reason


def test_documents_lie_in_order_of_registration_whatever_came_first():
    make_plan(YEAR - 1)
    specialist = UserFactory(role="specialist")
    for title, day in (("Trečias", 9), ("Pirmas", 2), ("Antras", 5)):
        document = make_document(specialist, title=title)
        record_number(
            document, make_register(), number=title, registered_on=last_year(day=day), by=specialist.actor
        )

    rows = Placement.objects.standing().in_order().values_list("document__title", flat=True)
    assert list(rows) == ["Pirmas", "Antras", "Trečias"]


def test_without_a_plan_it_waits_and_the_approval_places_it():
    document = make_document()
    assert WaitingDocument.objects.get().why == "no_plan"

    make_plan()
    run_jobs("archive.place_waiting")

    assert document.placements.standing().get().file.line.index == "5.3"
    assert not WaitingDocument.objects.exists()


def test_void_document_leaves_its_file_and_comes_back_restored():
    make_plan()
    document = make_document()
    by = document.matter.responsible.actor

    void_document(document, reason="netyčia", by=by)
    assert not document.placements.standing().exists()
    restore_document(document, by=by)
    assert document.placements.standing().count() == 1


def test_matter_is_not_closed_while_a_document_has_no_place(archivist):
    plan = make_plan(lines=(("5.12", "Sutikimai", "consents"),))
    document = make_document()
    matter = document.matter
    assert WaitingDocument.objects.get().why == "no_line"
    with pytest.raises(DomainError, match="Kvietimas"):
        close_matter(matter, by=matter.responsible.actor)

    services.move_document(document, line_of(plan, "5.12"), reason="", by=archivist.actor)
    close_matter(matter, by=matter.responsible.actor)

    assert document.placements.get().by_hand


def test_archivist_moves_with_a_reason_by_the_page(client, archivist):
    plan = make_plan()
    document = make_document()
    client.force_login(archivist)
    url = reverse("archive:place", args=[document.pk])

    answer = client.post(url, {"line": line_of(plan, "5.12").pk, "reason": ""})
    assert answer.status_code == 422
    assert document.placements.standing().get().file.line.index == "5.3"

    answer = client.post(url, {"line": line_of(plan, "5.12").pk, "reason": "Tai sutikimas"})
    assert answer.status_code == 302
    standing = document.placements.standing().get()
    assert (standing.file.line.index, standing.reason, standing.actor_user) == (
        "5.12",
        "Tai sutikimas",
        archivist,
    )


def test_specialist_may_not_move(client):
    make_plan()
    document = make_document()
    client.force_login(document.matter.responsible)

    assert client.get(reverse("archive:place", args=[document.pk])).status_code == 403


def test_waiting_list_names_only_what_one_may_see(client, archivist):
    make_plan(lines=(("5.12", "Sutikimai", "consents"),))
    make_document(title="Matoma")
    hidden = make_document(title="Nematoma paslaptis")
    change_access(
        hidden.matter,
        access=Access.NAMED,
        people=[hidden.matter.responsible],
        by=hidden.matter.responsible.actor,
    )
    client.force_login(archivist)

    answer = client.get(reverse("archive:waiting"))

    assert [row.document.title for row in answer.context_data["rows"]] == ["Matoma"]
    assert answer.context_data["hidden"] == 1
    assert "Nematoma paslaptis" not in answer.content.decode()
    assert client.get(reverse("archive:place", args=[hidden.pk])).status_code == 404
    counted = queries_of(client, reverse("archive:waiting"))
    for number in range(3):
        make_document(title=f"Dar {number}")
    assert queries_of(client, reverse("archive:waiting")) == counted


def test_a_document_lies_in_one_place_only():
    plan = make_plan()
    placement = make_document().placements.get()
    other = CaseFile.objects.get(line=line_of(plan, "5.12"))

    with pytest.raises(IntegrityError), transaction.atomic():
        Placement.objects.create(
            file=other,
            document=placement.document,
            filed_on=placement.filed_on,
            ordered_at=placement.ordered_at,
        )


def test_two_at_once_begin_one_volume(transactional_db):
    """Two uploads of two matters at the same moment: the line of the plan lets one begin the file first."""
    import threading

    from django.db import connections

    plan = make_plan()
    CaseFile.objects.all().delete()
    people = [UserFactory(role="specialist") for _number in range(2)]
    matters = [make_note(person) for person in people]
    start = threading.Barrier(2)
    failed: list[BaseException] = []

    def bring(place):
        try:
            start.wait()
            make_document(people[place], matter=matters[place], title=f"Raštas {place}")
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=bring, args=(place,)) for place in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert CaseFile.objects.get().line == line_of(plan)
    assert Placement.objects.standing().count() == 2
