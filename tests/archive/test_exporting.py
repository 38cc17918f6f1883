"""Exports of case files: asked for on the page, made by a worker, kept once, verified by bytes."""

from __future__ import annotations

import hashlib
import io

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from archive.models import CaseExport, Placement
from archive.services import exporting
from core.errors import DomainError
from core.models import AuditEvent, Job
from documents.services import upload
from matters.choices import Access
from matters.services import change_access
from tests.accounts.factories import UserFactory
from tests.archive.factories import make_document, make_plan, run_jobs
from tests.matters.factories import make_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def file():
    make_plan()
    by = UserFactory(role="specialist")
    matter = make_note(by)
    make_document(by, matter=matter)
    upload(matter, SimpleUploadedFile("pastaba.txt", "Ąžuolas, Łódź, Київ, თბილისი".encode()), by=by.actor)
    return Placement.objects.first().file


def archivist():
    return UserFactory(role="archivist")


def test_archivist_asks_a_worker_makes_and_the_export_is_kept_once(client, file):
    person = archivist()
    client.force_login(person)
    page = reverse("archive:file_exports", args=[file.pk])
    assert "Dar neeksportuota" in client.get(page).content.decode()
    for _time in range(2):
        answer = client.post(reverse("archive:file_export", args=[file.pk]), follow=True)
        assert answer.redirect_chain[-1][0] == page
        assert "data-hx-get" in answer.content.decode()
        (job,) = run_jobs(exporting.JOB)
        assert (job.state, job.error) == ("done", "")
    made = CaseExport.objects.get()
    assert (made.number, made.level, made.actor_user) == (1, "3b", person)
    assert [entry["title"] for entry in made.manifest["entries"]] == ["Kvietimas", "pastaba"]
    assert AuditEvent.objects.filter(action="case_file.exported").count() == 1
    assert made.sha256 in client.get(page).content.decode()
    answer = client.get(reverse("archive:export_pdf", args=[file.pk, 1]))
    assert hashlib.sha256(b"".join(answer.streaming_content)).hexdigest() == made.sha256


def test_only_who_exports_may_ask_read_or_download(client, file):
    exporting.export_file(file, by=archivist().actor)
    client.force_login(UserFactory(role="specialist"))
    assert client.get(reverse("archive:file_exports", args=[file.pk])).status_code == 403
    assert client.post(reverse("archive:file_export", args=[file.pk])).status_code == 403
    assert client.get(reverse("archive:export_pdf", args=[file.pk, 1])).status_code == 403


def test_what_comes_later_supersedes(file):
    first = exporting.export_file(file, by=archivist().actor)
    make_document(title="Vėlesnis")
    second = exporting.export_file(file, by=archivist().actor)
    assert (first.number, second.number) == (1, 2)
    assert len(second.manifest["entries"]) == 3


def test_worker_that_died_before_keeping_leaves_one_export(file, monkeypatch):
    person = archivist()
    exporting.request_export(file, by=person.actor)
    job = Job.objects.get(kind=exporting.JOB)
    with monkeypatch.context() as dying:
        dying.setattr(exporting, "store", lambda *args, **kwargs: (_ for _ in ()).throw(MemoryError))
        with pytest.raises(MemoryError):
            exporting.export_file(file, by=person.actor, job=job)
    assert not CaseExport.objects.exists()
    run_jobs(exporting.JOB)
    assert CaseExport.objects.count() == 1


def test_nobody_exports_what_she_may_not_see(file):
    person, matter = archivist(), Placement.objects.first().document.matter
    change_access(matter, access=Access.NAMED, people=[matter.responsible], by=matter.responsible.actor)
    with pytest.raises(DomainError, match="2"):
        exporting.request_export(file, by=person.actor)
    assert not CaseExport.objects.readable_by(person).exists()


def test_export_made_before_is_not_read_by_whom_a_document_is_hidden_from(client, file):
    person, matter = archivist(), Placement.objects.first().document.matter
    exporting.export_file(file, by=person.actor)
    assert CaseExport.objects.readable_by(person).count() == 1
    change_access(matter, access=Access.NAMED, people=[matter.responsible], by=matter.responsible.actor)
    assert CaseExport.objects.readable_by(person).count() == 0
    client.force_login(person)
    assert client.get(reverse("archive:export_pdf", args=[file.pk, 1])).status_code == 404
    assert "Kvietimas" not in client.get(reverse("archive:file_exports", args=[file.pk])).content.decode()


def test_commands_export_and_verify(file, tmp_path, capsys):
    out = tmp_path / "byla.pdf"
    call_command("export_case", "5.3", out)
    call_command("verify_case", out)
    assert "the newest" in capsys.readouterr().out
    with pikepdf.open(io.BytesIO(out.read_bytes())) as found:
        found.attachments["0002 pastaba.txt"].obj.EF.F.write(b"kitas tekstas")
        found.save(tmp_path / "kita.pdf")
    with pytest.raises(CommandError):
        call_command("verify_case", tmp_path / "kita.pdf")
    assert "0002 pastaba.txt" in capsys.readouterr().out


def test_command_names_a_file_that_is_not_there(file, tmp_path):
    with pytest.raises(CommandError, match=r"9\.9"):
        call_command("export_case", "9.9", tmp_path / "x.pdf")
