"""The seal over exports: put on last, told in words, waited for when the key is unfit, renewed before it ends."""

from __future__ import annotations

import datetime
import io
import subprocess

import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone

from archive.models import CaseExport, RenewedSeal
from archive.services import exporting, seals
from archive.tasks import renew_seals
from core import audit
from core.choices import JobState
from core.errors import DomainError
from core.models import AuditEvent, Job, OutgoingMail, StoredFile, acted_by
from documents import conformance
from documents.sealing import reading
from matters.models import Notice, Version
from tests.accounts.factories import UserFactory
from tests.archive.factories import make_document, make_plan, run_jobs
from tests.documents.authority import Authority

pytestmark = pytest.mark.django_db
PASSWORD = "labai-slaptas-žodis"


@pytest.fixture(scope="module")
def authority():
    with Authority() as made:
        yield made


@pytest.fixture(autouse=True)
def key_file(settings, authority, tmp_path):
    for name in dir(settings):
        if name.startswith("SEAL_") and name != "SEAL_DEMO_DIR":
            setattr(settings, name, "")
    settings.DEMO = False
    settings.SEAL_PKCS12 = str(authority.seal(tmp_path / "spaudas.p12", PASSWORD))
    settings.SEAL_PKCS12_PASSWORD = PASSWORD
    settings.SEAL_TRUST = str(authority.roots(tmp_path / "saknys.pem"))
    return settings


@pytest.fixture
def file():
    make_plan()
    document = make_document(UserFactory(role="specialist"))
    return document.placements.get().file


@pytest.fixture
def person():
    return UserFactory(role="archivist", email="archyvare@alytus.example")


def text_of(content: bytes, tmp_path) -> str:
    (tmp_path / "t.pdf").write_bytes(content)
    return subprocess.run(
        ["pdftotext", "-layout", tmp_path / "t.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout


def ends_on(made: CaseExport, days: int) -> CaseExport:
    """As if the certificate had been shorter."""
    CaseExport.objects.filter(pk=made.pk).update(sealed_until=timezone.now() + datetime.timedelta(days=days))
    made.refresh_from_db()
    return made


def test_export_is_sealed_checked_and_says_whose_seal_it_is(client, file, person, tmp_path):
    made = exporting.export_file(file, by=person.actor)
    content = made.pdf.read()
    assert (made.seal_kind, made.seal_level, made.seal_subject) == ("pkcs12", "B-B", "Bandymų savivaldybė")
    assert conformance.check(content, ["3b"]) == []
    (found,) = reading.read(content, [])
    assert (found.is_intact, found.is_last_word, found.fingerprint) == (True, True, made.seal_fingerprint)
    (tmp_path / "b.pdf").write_bytes(content)
    assert subprocess.run(["qpdf", "--check", tmp_path / "b.pdf"], capture_output=True).returncode == 0
    said = subprocess.run(["pdfsig", tmp_path / "b.pdf"], capture_output=True, text=True, check=True).stdout
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    printed = text_of(content, tmp_path)
    assert printed.count("Bandymų savivaldybė") == 2
    assert "DEMONSTRACI" not in printed
    client.force_login(person)
    page = client.get(reverse("archive:file_exports", args=[file.pk])).content.decode()
    assert "Bandymų savivaldybė" in page
    assert "B-B" in page
    assert exporting.export_file(file, by=person.actor) == made


def test_demonstration_seal_says_so_in_large_letters(client, key_file, file, person, tmp_path):
    key_file.DEMO, key_file.SEAL_PKCS12 = True, ""
    made = exporting.export_file(file, by=person.actor)
    assert made.is_demo_seal
    assert text_of(made.pdf.read(), tmp_path).count("DEMONSTRACINIS SPAUDAS: BE TEISINĖS GALIOS") == 2
    client.force_login(person)
    page = client.get(reverse("archive:file_exports", args=[file.pk])).content.decode()
    assert page.count("Demonstracinis spaudas: be teisinės galios.") == 2


def test_without_a_key_the_export_is_unsealed_and_says_so(client, key_file, file, person, tmp_path):
    key_file.SEAL_PKCS12 = ""
    made = exporting.export_file(file, by=person.actor)
    assert (made.seal_kind, made.sealed_at) == ("", None)
    with pikepdf.open(io.BytesIO(made.pdf.read())) as found:
        assert "/AcroForm" not in found.Root
    assert "Byla be elektroninio spaudo" in text_of(made.pdf.read(), tmp_path)
    client.force_login(person)
    assert (
        "Be elektroninio spaudo"
        in client.get(reverse("archive:file_exports", args=[file.pk])).content.decode()
    )


def test_another_key_seals_anew(key_file, authority, file, person, tmp_path):
    first = exporting.export_file(file, by=person.actor)
    key_file.SEAL_PKCS12 = str(authority.seal(tmp_path / "kitas.p12", PASSWORD))
    second = exporting.export_file(file, by=person.actor)
    assert (first.number, second.number) == (1, 2)
    assert first.seal_fingerprint != second.seal_fingerprint


def test_export_waits_for_a_broken_key_and_is_made_once_it_works(client, key_file, file, person, caplog):
    client.force_login(person)
    key_file.SEAL_PKCS12_PASSWORD = "netinka-" + PASSWORD
    page = reverse("archive:file_exports", args=[file.pk])
    client.post(reverse("archive:file_export", args=[file.pk]))
    (job,) = run_jobs(exporting.JOB)
    assert (job.state, job.attempts) == (JobState.QUEUED, 0)
    assert job.due_at > timezone.now()
    assert not CaseExport.objects.exists()
    shown = client.get(page).content.decode()
    assert "Eksportas laukia spaudo." in shown
    assert "patikrinkite slaptažodį" in shown
    assert PASSWORD not in shown + caplog.text + job.error
    assert "laukia spaudo" in Notice.objects.get(user=person).text
    key_file.SEAL_PKCS12_PASSWORD = PASSWORD
    client.post(reverse("archive:file_export", args=[file.pk]))
    (job,) = run_jobs(exporting.JOB)
    assert (job.state, job.error) == (JobState.DONE, "")
    assert CaseExport.objects.get().seal_kind == "pkcs12"


def test_who_asked_is_told_when_it_is_ready_or_has_failed(file, person, monkeypatch):
    exporting.request_export(file, by=person.actor)
    run_jobs(exporting.JOB)
    notice = Notice.objects.get(user=person)
    assert notice.text.startswith("Bylos eksportas parengtas: 5.3")
    assert notice.url == reverse("archive:file_exports", args=[file.pk])
    assert OutgoingMail.objects.filter(to=person.email).count() == 1
    make_document(title="Sugadintas")
    exporting.request_export(file, by=person.actor)
    Job.objects.update(attempts=2)
    with monkeypatch.context() as broken:
        broken.setattr(
            exporting, "store", lambda *args, **kwargs: (_ for _ in ()).throw(OSError("diskas pilnas"))
        )
        (job,) = run_jobs(exporting.JOB)
    assert job.state == JobState.FAILED
    assert (
        "diskas pilnas"
        in Notice.objects.filter(user=person, text__startswith="Bylos eksportuoti nepavyko").get().text
    )
    assert OutgoingMail.objects.filter(to=person.email).count() == 2


def test_seal_near_its_end_is_prolonged_by_a_time_stamp(client, key_file, authority, file, person):
    made = ends_on(exporting.export_file(file, by=person.actor), 20)
    before, old_file = made.pdf.read(), made.pdf_id
    key_file.SEAL_TSA_URL = authority.address + "/tsa"
    assert renew_seals() == 1
    (job,) = run_jobs(seals.JOB)
    assert (job.state, job.error) == (JobState.DONE, "")
    made.refresh_from_db()
    renewal = RenewedSeal.objects.get()
    after = made.pdf.read()
    assert after.startswith(before)
    assert (renewal.size_before, renewal.sha256_after, renewal.is_stamp) == (len(before), made.sha256, True)
    assert made.sealed_until == authority.stamps.not_valid_after_utc
    assert conformance.check(after, ["3b"]) == []
    assert [one.is_intact and one.is_last_word for one in reading.read(after, [])] == [True, True]
    assert AuditEvent.objects.filter(action="case_file.seal_renewed").count() == 1
    assert old_file != made.pdf_id
    assert renew_seals() == 0
    client.force_login(person)
    assert (
        "pratęsta laiko žyma" in client.get(reverse("archive:file_exports", args=[file.pk])).content.decode()
    )
    assert exporting.export_file(file, by=person.actor) == made  # the same content is still this export


def test_bytes_before_a_renewal_are_dropped_once_it_stands(
    file, person, key_file, authority, tmp_path, django_capture_on_commit_callbacks
):
    made = ends_on(exporting.export_file(file, by=person.actor), 20)
    old = made.pdf
    key_file.SEAL_PKCS12 = str(authority.seal(tmp_path / "naujas.p12", PASSWORD))
    with django_capture_on_commit_callbacks(execute=True):
        renewal = seals.renew_seal(made, by=person.actor)
    made.refresh_from_db()
    assert not renewal.is_stamp
    assert made.seal_fingerprint != renewal.fingerprint
    assert not StoredFile.objects.filter(pk=old.pk).exists()
    assert not old.file.storage.exists(old.file.name)
    assert seals.renew_seal(made, by=person.actor) is None


def test_certificate_that_ends_no_later_renews_nothing_and_the_archivist_hears(
    key_file, authority, file, person, tmp_path
):
    made = ends_on(exporting.export_file(file, by=person.actor), 30)
    key_file.SEAL_PKCS12 = str(authority.seal(tmp_path / "trumpas.p12", PASSWORD, days=40))
    renew_seals()
    run_jobs(seals.JOB)
    assert renew_seals() == 0  # once a day, not each hour
    assert not RenewedSeal.objects.exists()
    made.refresh_from_db()
    assert made.pdf.read()
    texts = set(Notice.objects.filter(user=person).values_list("text", flat=True))
    assert len(texts) == 2
    assert any("neatnaujintas" in text for text in texts)
    assert any("Spaudo raktas" in text for text in texts)


def test_touched_file_is_not_renewed(file, person, key_file, authority):
    made = ends_on(exporting.export_file(file, by=person.actor), 20)
    with made.pdf.file.storage.open(made.pdf.file.name, "wb") as target:
        target.write(b"%PDF-1.7 another")
    key_file.SEAL_TSA_URL = authority.address + "/tsa"
    with pytest.raises(DomainError, match="ne toks"):
        seals.renew_seal(made, by=person.actor)


def test_download_is_written_into_the_history_and_others_may_not(client, file, person):
    exporting.export_file(file, by=person.actor)
    url = reverse("archive:export_pdf", args=[file.pk, 1])
    for role, status in (
        ("head", 403),
        ("specialist", 403),
        ("accountant", 403),
        ("auditor", 200),
        ("archivist", 200),
    ):
        client.force_login(UserFactory(role=role))
        assert client.get(url).status_code == status
    assert AuditEvent.objects.filter(action="case_file.export_read").count() == 2
    client.force_login(UserFactory(role="auditor"))
    assert client.post(reverse("archive:file_export", args=[file.pk])).status_code == 403
    page = client.get(reverse("archive:file_exports", args=[file.pk])).content.decode()
    assert "Eksportuoti" not in page.split("<main", 1)[1]


def test_downloads_and_renewals_do_not_make_another_export(client, file, person):
    made = exporting.export_file(file, by=person.actor)
    client.force_login(person)
    client.get(reverse("archive:export_pdf", args=[file.pk, 1]))
    assert exporting.export_file(file, by=person.actor) == made


def test_approvals_of_the_papers_stand_in_the_register_of_actions(file, person, tmp_path):
    document = file.placements.get().document
    matter, other = document.matter, make_document(title="Kitas").matter
    version = Version.objects.create(
        matter=matter, number=3, content={}, content_sha256="0" * 64, **acted_by(person.actor)
    )
    document.versions.update(source=version)
    head = UserFactory(role="head").actor
    audit.record("approval.agreed", matter, by=head, matter=matter, version=3)
    audit.record(
        "approval.agreed_on_paper", matter, by=person.actor, matter=matter, version=3, signer="Meras Vardenis"
    )
    audit.record("approval.agreed", matter, by=head, matter=matter, version=2)  # not what lies in the file
    audit.record("approval.agreed", other, by=head, matter=other, version=3)
    printed = " ".join(text_of(exporting.export_file(file, by=person.actor).pdf.read(), tmp_path).split())
    assert printed.count(f"{document.title}: patvirtino versiją") == 1
    assert "Meras Vardenis" in printed
    assert head.name in printed
