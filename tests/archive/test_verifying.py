"""Any export ever made is verified: on the page, of one kept here, by the command; hostile files do no harm."""

from __future__ import annotations

import io
import zlib

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from archive.choices import Verdict
from archive.models import CaseExport, Verification
from archive.services import exporting, seals, verifying
from core.models import AuditEvent, StoredFile
from documents.services import upload
from matters.choices import Access
from matters.services import change_access
from tests.accounts.factories import UserFactory
from tests.archive.factories import make_document, make_plan, queries_of, run_jobs
from tests.archive.test_seals import ends_on
from tests.matters.factories import make_note

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demonstration(settings):
    for name in dir(settings):
        if name.startswith("SEAL_") and name != "SEAL_DEMO_DIR":
            setattr(settings, name, "")
    settings.DEMO = True


@pytest.fixture
def file():
    make_plan()
    by = UserFactory(role="specialist")
    matter = make_note(by)
    document = make_document(by, matter=matter)
    upload(matter, SimpleUploadedFile("pastaba.txt", "Ąžuolas, Łódź".encode()), by=by.actor)
    return document.placements.get().file


@pytest.fixture
def person(client):
    person = UserFactory(role="archivist")
    client.force_login(person)
    return person


@pytest.fixture
def made(file, person):
    return exporting.export_file(file, by=person.actor)


def bring(client, content: bytes, name: str = "byla.pdf") -> tuple[Verification, str]:
    """Through the page, by a worker, to the page of what was found."""
    answer = client.post(
        reverse("archive:verify"), {"file": SimpleUploadedFile(name, content, "application/pdf")}, follow=True
    )
    assert "data-hx-get" in answer.content.decode()
    run_jobs(verifying.JOB)
    row = Verification.objects.latest("pk")
    return row, client.get(reverse("archive:verification", args=[row.pk])).content.decode()


def resaved(content: bytes, change=lambda found: None) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as found:
        change(found)
        found.save(target := io.BytesIO())
    return target.getvalue()


def test_export_brought_back_is_known_by_its_bytes(client, made, person):
    row, page = bring(client, made.pdf.read())
    assert (row.verdict, row.export, row.upload) == (Verdict.WHOLE, made, None)
    for words in (
        "Baitai tiksliai tie",
        "Spaudas nepažeistas",
        "2 iš 2",
        "DEMONSTRACINIS SPAUDAS",
        made.sha256,
    ):
        assert words in page
    assert CaseExport.objects.get().pdf.read()  # the kept bytes were those brought: they stay
    event = AuditEvent.objects.get(action="case_file.export_verified")
    assert (event.actor_user, event.data["verdict"]) == (person, "whole")


def test_bytes_brought_are_not_kept(client, made, django_capture_on_commit_callbacks):
    content = resaved(made.pdf.read())
    before = StoredFile.objects.count()
    with django_capture_on_commit_callbacks(execute=True):
        row, _page = bring(client, content)
    assert row.verdict == Verdict.CHANGED
    assert StoredFile.objects.count() == before


def test_resaved_file_is_changed_and_names_what_is_wrong(client, made):
    def exchange(found):
        found.attachments["0002 pastaba.txt"].obj.EF.F.write(b"kitas tekstas")

    row, page = bring(client, resaved(made.pdf.read(), exchange))
    assert (row.verdict, row.export) == (Verdict.CHANGED, made)
    assert "0002 pastaba.txt" in page
    assert "Baitai ne tie" in page
    assert 'class="is-bad"' in page


def test_bytes_added_behind_the_seal_are_seen(client, made):
    row, _page = bring(client, made.pdf.read() + b"\n% nothing but a remark\n")
    assert row.verdict == Verdict.CHANGED
    assert row.sha256 != made.sha256


def test_older_export_is_unchanged_and_superseded(client, made, file, person):
    make_document(title="Vėlesnis")
    exporting.export_file(file, by=person.actor)
    answer = client.post(reverse("archive:export_verify", args=[file.pk, 1]), follow=True)
    run_jobs(verifying.JOB)
    row = Verification.objects.get()
    assert (row.verdict, row.export, answer.status_code) == (Verdict.SUPERSEDED, made, 200)
    page = client.get(reverse("archive:verification", args=[row.pk])).content.decode()
    assert "Padarytas naujesnis bylos eksportas: Nr. 2." in page


def test_file_from_before_a_renewal_is_still_this_export(client, made, person):
    before = made.pdf.read()
    seals.renew_seal(ends_on(made, 20), by=person.actor)
    row, _page = bring(client, before)
    assert (row.verdict, row.export) == (Verdict.RENEWED, made)
    row, _page = bring(client, CaseExport.objects.get().pdf.read())
    assert row.verdict == Verdict.WHOLE


def test_kept_bytes_that_were_touched_are_found_out(client, made, file):
    content = bytearray(made.pdf.read())
    content[len(content) // 2] ^= 1
    with made.pdf.file.storage.open(made.pdf.file.name, "wb") as target:
        target.write(bytes(content))
    client.post(reverse("archive:export_verify", args=[file.pk, 1]))
    run_jobs(verifying.JOB)
    assert Verification.objects.get().verdict == Verdict.CHANGED


def test_export_of_another_portal_is_whole_but_not_ours(client, made):
    content = made.pdf.read()
    CaseExport.objects.update(sha256="0" * 64, manifest={"entries": [], "pages": 1})
    row, page = bring(client, content)
    assert (row.verdict, row.export) == (Verdict.FOREIGN, None)
    assert "Nė vienas čia padarytas eksportas" in page


def bomb() -> bytes:
    """Half a kilobyte a megabyte: much more than it looks."""
    made = pikepdf.new()
    made.add_blank_page()
    made.attachments["0.bin"] = pikepdf.AttachedFileSpec(made, b"", filename="0.bin")
    made.attachments["0.bin"].obj.EF.F.write(
        zlib.compress(b"\x00" * 600_000_000, 1), filter=pikepdf.Name.FlateDecode
    )
    made.save(target := io.BytesIO())
    return target.getvalue()


def cycle() -> bytes:
    made = pikepdf.new()
    made.add_blank_page()
    node = made.make_indirect(pikepdf.Dictionary())
    node.Kids = pikepdf.Array([node])
    made.Root.Names = pikepdf.Dictionary(EmbeddedFiles=node)
    made.save(target := io.BytesIO())
    return target.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"x",
        b"%PDF-1.7\n",
        b"MZ program",
        b"%PDF-1.7\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF",
        cycle(),
        bomb(),
    ],
    ids=["byte", "head", "program", "hollow", "cycle", "bomb"],
)
def test_hostile_files_are_refused_in_a_sentence(client, person, content):
    row, page = bring(client, content, "../../etc/passwd\u202efdp.pdf")
    assert row.verdict == Verdict.UNREADABLE
    assert "/" not in row.name
    assert 'class="is-bad"' in page


def test_bomb_meets_the_bound_of_memory(client, person, monkeypatch):
    monkeypatch.setattr(verifying, "MEMORY", 700)
    row, page = bring(client, bomb())
    assert row.verdict == Verdict.UNREADABLE
    assert 'class="is-bad"' in page


def test_file_that_takes_longer_than_a_file_may_is_let_go(client, person, monkeypatch):
    monkeypatch.setattr(verifying, "WALL", 0.01)
    row, page = bring(client, b"%PDF-1.7 endless")
    assert row.verdict == Verdict.UNREADABLE
    assert "daugiau atminties ar laiko" in page


def test_worker_that_dies_on_a_file_leaves_a_finding(client, made, monkeypatch):
    row = verifying.ask_of_upload(b"%PDF-1.7 deadly", "x.pdf", by=UserFactory(role="archivist").actor)
    monkeypatch.setattr(verifying, "examine_apart", lambda content: (_ for _ in ()).throw(RuntimeError))
    from core.models import Job

    for _time in range(3):
        Job.objects.update(due_at=row.made_at)
        run_jobs(verifying.JOB)
    row.refresh_from_db()
    assert (row.verdict, row.upload) == (Verdict.UNREADABLE, None)


def test_only_the_archivist_verifies_and_the_auditor_reads(client, made, file, person):
    row, _page = bring(client, made.pdf.read())
    pages = [reverse("archive:verify"), reverse("archive:verification", args=[row.pk])]
    for role, status in (("auditor", 200), ("head", 403), ("specialist", 403), ("administrator", 403)):
        client.force_login(UserFactory(role=role))
        assert [client.get(page).status_code for page in pages] == [status] * 2
        assert client.post(pages[0], {"file": SimpleUploadedFile("a.pdf", b"%PDF-")}).status_code == 403
        assert client.post(reverse("archive:export_verify", args=[file.pk, 1])).status_code == 403


def test_finding_of_a_hidden_file_is_not_shown_to_others(client, made, person):
    row = verifying.ask_of_export(made, by=UserFactory(role="archivist").actor)
    run_jobs(verifying.JOB)
    matter = made.documents.first().matter
    change_access(matter, access=Access.NAMED, people=[matter.responsible], by=matter.responsible.actor)
    assert client.get(reverse("archive:verification", args=[row.pk])).status_code == 404
    assert row.name not in client.get(reverse("archive:verify")).content.decode()


def test_nothing_or_too_much_is_refused_beside_the_field(client, person, settings):
    answer = client.post(reverse("archive:verify"))
    assert answer.status_code == 422
    settings.MAX_UPLOAD_BYTES = 1000
    answer = client.post(reverse("archive:verify"), {"file": SimpleUploadedFile("a.pdf", b"%PDF-" * 1000)})
    assert answer.status_code == 422
    assert not Verification.objects.exists()


def test_list_asks_no_more_for_more_rows(client, made, person):
    def ask(times: int) -> int:
        for _time in range(times):
            verifying.ask_of_export(made, by=person.actor)
        run_jobs(verifying.JOB)
        return queries_of(client, reverse("archive:verify"))

    ask(1)
    assert ask(0) == ask(3)


def test_command_tells_the_same(made, tmp_path, capsys):
    (tmp_path / "b.pdf").write_bytes(made.pdf.read())
    call_command("verify_case", tmp_path / "b.pdf")
    told = capsys.readouterr().out
    assert "the newest" in told
    assert "Spaudas nepažeistas" in told
    (tmp_path / "k.pdf").write_bytes(resaved(made.pdf.read()))
    with pytest.raises(CommandError, match="not what was exported"):
        call_command("verify_case", tmp_path / "k.pdf")
    with pytest.raises(CommandError):
        call_command("verify_case", tmp_path / "nėra.pdf")
