"""Destruction by act: whose term is over, four people, abortable before, erased to the last byte, provable after."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.urls import reverse

from archive import services
from archive.models import CaseExport, CaseFile, Destruction, ErasedFile, Placement
from archive.services import destructions, erasing, exporting
from core.errors import DomainError
from core.models import AuditEvent, StoredFile
from documents import conformance
from documents.models import Document
from documents.services import attach
from tests.accounts.factories import UserFactory
from tests.archive.factories import YEAR, line_of, queries_of, run_jobs
from tests.archive.factories_acts import make_closed, make_expired
from tests.matters.factories import make_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return {
        "archivist": UserFactory(role="archivist"),
        "expert": UserFactory(role="specialist"),
        "head": UserFactory(role="head"),
        "secretary": UserFactory(role="secretariat"),
    }


def begin(people):
    return destructions.begin_destruction(ground="Terminai baigėsi", way="", by=people["archivist"].actor)


def approved(people):
    row = begin(people)
    destructions.submit_destruction(row, by=people["archivist"].actor)
    destructions.judge_destruction(row, opinion="Naikintinos.", by=people["expert"].actor)
    return destructions.approve_destruction(row, by=people["head"].actor)


def destroyed(people, capture):
    row = approved(people)
    destructions.confirm_destruction(row, by=people["secretary"].actor)
    with capture(execute=True):
        run_jobs("archive.erase_destruction")
    row.refresh_from_db()
    return row


def test_only_files_whose_years_are_over_are_listed(people):
    make_closed(index="5.2")
    with pytest.raises(DomainError):
        begin(people)
    file = make_expired()

    row = begin(people)

    line = row.lines.get()
    assert (line.file, line.kept_until.year, line.counted_from.year) == (file, YEAR - 9, YEAR - 10)


@pytest.mark.parametrize("keeps", ["hold", "event", "longer"])
def test_a_hold_a_missing_day_and_a_longer_document_keep_the_file(people, keeps):
    file = make_expired()
    if keeps == "hold":
        services.hold_file(file, reason="Teismas", by=people["archivist"].actor)
    elif keeps == "event":
        type(file.line.point).objects.filter(pk=file.line.point_id).update(counted_from="contract_end")
        CaseFile.objects.update(event_on=None)
    else:
        point = file.line.point.index.points.filter(rule="permanent").first()
        file.placements.update(point=point)

    with pytest.raises(DomainError):
        begin(people)
    told = destructions.kept_back(destructions.candidates())
    assert [due.file.pk for due in told] == ([] if keeps == "longer" else [file.pk])


def test_four_people_take_the_steps_through_their_pages(client, people, django_capture_on_commit_callbacks):
    file = make_expired()
    client.force_login(people["archivist"])
    assert client.get(reverse("archive:destruction_new")).context_data["over"][0].file == file
    client.post(reverse("archive:destruction_new"), {"ground": "Terminai baigėsi", "way": "Ištrinama"})
    row = Destruction.objects.get()

    def step(name, who, data=None):
        client.force_login(people[who])
        assert client.get(row.get_absolute_url()).status_code == 200
        answer = client.post(reverse(f"archive:destruction_{name}", args=[row.pk]), data or {})
        row.refresh_from_db()
        return answer.status_code

    step("submit", "archivist")
    client.force_login(people["expert"])
    assert row.get_absolute_url() in client.get("/").content.decode()  # my day calls whose step it is
    client.force_login(people["archivist"])
    assert "acts-to-decide" not in client.get("/").content.decode()
    assert CaseFile.objects.get(pk=file.pk).state == "proposed"
    assert step("judge", "archivist", {"opinion": "Pati"}) == 403
    assert step("judge", "expert", {"opinion": ""}) == 422
    step("judge", "expert", {"opinion": "Peržiūrėta, naikintina."})
    step("approve", "head")
    assert (row.state, row.signature) == ("approved", f"N-1/{YEAR}")
    step("confirm", "archivist")
    assert row.state == "approved"
    assert Document.objects.get(placements__file=file).versions.exists()
    step("confirm", "secretary")
    with django_capture_on_commit_callbacks(execute=True):
        run_jobs("archive.erase_destruction")
    row.refresh_from_db(), file.refresh_from_db()

    assert (row.state, file.state) == ("done", "destroyed")
    assert (row.backups_end_on - row.destroyed_at.date()).days in (34, 35)
    client.force_login(people["head"])
    assert "Document" not in str(client.get(row.get_absolute_url()).context_data["proof"].problems)
    assert client.post(reverse("archive:destruction_prove", args=[row.pk])).status_code == 302


def test_each_step_is_another_person_and_the_database_holds_it(people):
    make_expired()
    row = begin(people)
    head = people["head"]
    destructions.submit_destruction(row, by=head.actor)
    with pytest.raises(DomainError):
        destructions.judge_destruction(row, opinion="Taip", by=head.actor)
    destructions.judge_destruction(row, opinion="Taip", by=people["expert"].actor)
    for who in (head, people["expert"]):
        with pytest.raises(DomainError):
            destructions.approve_destruction(row, by=who.actor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Destruction.objects.filter(pk=row.pk).update(approved_by=head)
    with pytest.raises(IntegrityError), transaction.atomic():
        Destruction.objects.filter(pk=row.pk).update(state="erasing")


def test_erasure_reaches_everything_but_what_another_file_needs(people, django_capture_on_commit_callbacks):
    file = make_expired(titles=("Senas", "Bendras"))
    shared = Document.objects.get(title="Bendras").versions.get().file
    other = attach(
        make_note(people["expert"]), shared, name="b.pdf", title="Kitur", by=people["expert"].actor
    )
    document = Document.objects.get(title="Senas")
    Document.objects.filter(pk=document.pk).update(text="slaptas tekstas", sender="Jonas <j@pvz.lt>")
    made = exporting.export_file(file, by=people["archivist"].actor)
    own, exported = document.versions.get().file, made.pdf
    paths = [str(own.file.name), str(exported.file.name)]
    assert all(default_storage.exists(path) for path in paths)

    row = destroyed(people, django_capture_on_commit_callbacks)

    assert not any(default_storage.exists(path) for path in paths)
    document.refresh_from_db(), made.refresh_from_db()
    assert (document.state, document.text, document.sender) == ("destroyed", "", "")
    assert (made.pdf, made.manifest.get("title"), len(made.sha256)) == (None, None, 64)
    assert "Senas" not in str(made.manifest)
    assert not StoredFile.objects.filter(pk__in=[own.pk, exported.pk]).exists()
    assert other.versions.get().file.read() == shared.read()
    assert ErasedFile.objects.get(sha256=shared.sha256).is_needed
    assert ErasedFile.objects.filter(sha256=own.sha256, erased_at__isnull=False).exists()
    assert (erasing.prove(row).problems, erasing.told(row).needed) == ([], 1)
    assert Placement.objects.standing().filter(file=file).count() == 2  # that it was, remains
    assert AuditEvent.objects.filter(action="case_file.destroyed", subject_pk=file.pk).count() == 1
    with pytest.raises(DomainError):
        exporting.request_export(file, by=people["archivist"].actor)


def test_export_of_another_file_that_once_held_the_document_goes_too(
    people, django_capture_on_commit_callbacks
):
    other = make_closed(index="5.2", titles=("Lieka", "Iškeliauja"))
    made = exporting.export_file(other, by=people["archivist"].actor)
    moved = Document.objects.get(title="Iškeliauja")
    services.reopen_file(other, reason="Ne ta byla", by=people["archivist"].actor)
    services.move_document(
        moved, line_of(other.line.plan, "5.3"), reason="Delegacijos", by=people["archivist"].actor
    )
    make_expired()
    destroyed(people, django_capture_on_commit_callbacks)

    assert CaseExport.objects.get(pk=made.pk).pdf is None
    assert Document.objects.get(title="Lieka").versions.exists()


def test_a_worker_that_died_is_taken_up_where_it_stopped(
    people, monkeypatch, django_capture_on_commit_callbacks
):
    make_expired(titles=("Senas",))
    make_expired(year=YEAR - 2, titles=("Dar senesnis",))
    row = approved(people)
    job = destructions.confirm_destruction(row, by=people["secretary"].actor)
    kept, whole = [], erasing._let_go

    def dies(line):
        if kept:
            raise OSError("nutrūko")
        kept.append(line)
        whole(line)

    monkeypatch.setattr(erasing, "_let_go", dies)
    with pytest.raises(OSError, match="nutrūko"):
        erasing.erase(row, job)
    path = ErasedFile.objects.get().path
    assert default_storage.exists(path)  # let go, its bytes not erased yet
    assert row.lines.filter(erased_at=None).count() == 1
    monkeypatch.setattr(erasing, "_let_go", whole)

    assert erasing.erase(row, job) == 2

    assert not default_storage.exists(path)
    row.refresh_from_db()
    assert (row.state, erasing.prove(row).erased) == ("done", 2)
    assert erasing.erase(row, job) == 0


def test_a_hold_after_the_confirmation_still_saves_the_file(people, django_capture_on_commit_callbacks):
    file = make_expired()
    row = approved(people)
    job = destructions.confirm_destruction(row, by=people["secretary"].actor)
    services.hold_file(CaseFile.objects.get(pk=file.pk), reason="Auditas", by=people["archivist"].actor)

    assert erasing.erase(row, job) == 0

    file.refresh_from_db()
    assert (file.state, bool(row.lines.get().skipped_why)) == ("finished", True)
    assert Document.objects.get(placements__file=file).versions.exists()


def test_aborted_list_leaves_the_files_as_they_were_and_free(client, people):
    file = make_expired()
    row = approved(people)
    client.force_login(people["archivist"])
    client.post(reverse("archive:destruction_abort", args=[row.pk]), {"reason-reason": "Prašo istorikai"})

    row.refresh_from_db(), file.refresh_from_db()
    assert (row.state, file.state, row.abort_reason) == ("aborted", "finished", "Prašo istorikai")
    with pytest.raises(DomainError):
        destructions.confirm_destruction(row, by=people["secretary"].actor)
    assert begin(people).lines.get().file == file


def test_held_in_between_stops_the_next_step_and_returned_list_begins_anew(client, people):
    file = make_expired()
    row = begin(people)
    destructions.submit_destruction(row, by=people["archivist"].actor)
    services.hold_file(CaseFile.objects.get(pk=file.pk), reason="Teismas", by=people["archivist"].actor)
    with pytest.raises(DomainError, match=r"5\.3"):
        destructions.judge_destruction(row, opinion="Taip", by=people["expert"].actor)
    client.force_login(people["expert"])
    client.post(reverse("archive:destruction_return", args=[row.pk]), {"note-note": "Sulaikyta byla"})
    row.refresh_from_db(), file.refresh_from_db()
    assert (row.state, row.return_note, file.state) == ("draft", "Sulaikyta byla", "finished")

    client.force_login(people["archivist"])
    client.post(reverse("archive:destruction_line", args=[row.lines.get().pk]), {"reason": "Teismas"})
    assert not row.lines.exists()


def test_act_is_a_valid_paper_before_and_after(client, people, django_capture_on_commit_callbacks):
    make_expired()
    row = destroyed(people, django_capture_on_commit_callbacks)
    run_jobs("archive.draw_act")
    client.force_login(people["head"])
    answer = client.get(reverse("archive:act_pdf", args=["destruction", row.pk]))
    assert conformance.check(b"".join(answer.streaming_content)) == []


def test_pages_ask_the_same_for_many_rows_and_strangers_see_nothing(client, people):
    make_expired()
    row = begin(people)
    client.force_login(people["head"])
    for _again in range(2):
        before = queries_of(client, row.get_absolute_url())
    destructions.abort_destruction(row, reason="Daugiau", by=people["archivist"].actor)
    make_expired(year=YEAR - 2), make_expired(year=YEAR - 3)
    assert queries_of(client, begin(people).get_absolute_url()) == before
    client.force_login(UserFactory(role="unit_contact"))
    assert client.get(row.get_absolute_url()).status_code == 403
