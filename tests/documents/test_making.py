"""Papers made by a worker: idempotent, never half-made, marked before approval, assembled once after it."""

from __future__ import annotations

import io
import subprocess

import pytest
from django.utils import timezone
from docx import Document as Docx

from core.errors import DomainError
from core.models import AccessRecord, StoredFile
from documents import conformance, pdf, services
from documents.models import Document
from matters import approvals
from matters.choices import RoundState
from tests.accounts.factories import UserFactory
from tests.documents.factories import PAPER, WORKING, make_matter, run_jobs
from tests.matters.factories import make_ladder

pytestmark = pytest.mark.django_db


@pytest.fixture
def specialist():
    return UserFactory(role="specialist")


@pytest.fixture
def head():
    return UserFactory(role="head", first_name="Rasa", last_name="Vaičekonė")


def text_of(content: bytes) -> str:
    made = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return made.stdout.decode()


def approve_whole(matter, specialist, head):
    """Submit, draw, approve, assemble: the way a version goes."""
    approval = approvals.submit(matter, by=specialist.actor)
    run_jobs()
    step = approval.steps.get()
    approvals.approve(step, by=head.actor)
    run_jobs()
    approval.refresh_from_db()
    return approval


def test_paper_is_made_once_for_the_same_content(specialist):
    matter = make_matter(specialist)

    document = services.request_paper(matter, PAPER, "lt", by=specialist.actor)
    assert services.request_paper(matter, PAPER, "lt", by=specialist.actor) == document
    [job] = run_jobs()
    assert job.state == "done"
    services.request_paper(matter, PAPER, "lt", by=specialist.actor)
    run_jobs()

    version = document.versions.get()
    assert conformance.check(version.file.read()) == []
    assert (version.is_draft, version.level, version.pages, version.actor_user) == (
        True,
        "2a ua1",
        1,
        specialist,
    )
    assert len(version.input_sha256) == 64


def test_changed_content_makes_the_next_version(specialist):
    matter = make_matter(specialist)
    document = services.request_paper(matter, PAPER, "lt", by=specialist.actor)
    run_jobs()
    matter.title = "Kitas pavadinimas"
    matter.save(update_fields=["title"])

    services.request_paper(matter, PAPER, "lt", by=specialist.actor)
    run_jobs()

    assert list(document.versions.values_list("number", flat=True)) == [2, 1]
    assert "Kitas pavadinimas" in text_of(document.versions.first().file.read())


def test_draft_bears_its_mark_on_every_page_and_approved_does_not(specialist, head):
    make_ladder()
    matter = make_matter(specialist)
    document = services.request_paper(matter, PAPER, "lt", by=specialist.actor)
    run_jobs()
    today = timezone.localdate().isoformat()
    assert f"PROJEKTAS, 1 versija, {today}" in text_of(document.versions.first().file.read())

    approve_whole(matter, specialist, head)
    services.request_paper(matter, PAPER, "lt", by=specialist.actor)
    run_jobs()

    newest = document.versions.first()
    assert (newest.number, newest.is_draft) == (2, False)
    assert "PROJEKTAS" not in text_of(newest.file.read())
    services.request_paper(matter, PAPER, "lt", by=specialist.actor, as_draft=True)
    run_jobs()
    assert "PROJEKTAS, 2 versija" in text_of(document.versions.first().file.read())


def test_failure_is_told_and_leaves_no_file(specialist):
    matter = make_matter(specialist, title="Šventė")
    matter.title = "Šventė 🎉"
    matter.save(update_fields=["title"])

    document = services.request_paper(matter, PAPER, "lt", by=specialist.actor)
    [job] = run_jobs()

    assert job.state == "failed"
    assert "🎉 (U+1F389)" in job.error
    assert document.versions.count() == 0
    assert StoredFile.objects.count() == 0
    matter.title = "Šventė"
    matter.save(update_fields=["title"])
    services.request_paper(matter, PAPER, "lt", by=specialist.actor)
    run_jobs()
    assert document.versions.count() == 1


def test_job_run_twice_files_one_version(specialist):
    from documents.tasks import render

    matter = make_matter(specialist)
    document = services.request_paper(matter, PAPER, "lt", by=specialist.actor)
    [job] = run_jobs()

    render(job)

    assert document.versions.count() == 1


def test_frozen_version_opens_the_round_with_its_pages(specialist, head):
    make_ladder()
    matter = make_matter(specialist)
    approval = approvals.submit(matter, by=specialist.actor)
    assert approval.state == RoundState.PREPARING

    [job] = run_jobs()

    approval.refresh_from_db()
    assert (job.state, approval.state) == ("done", RoundState.OPEN)
    content = approval.version.pdf.read()
    assert conformance.check(content) == []
    assert "PROJEKTAS" not in text_of(content)


def test_approved_paper_is_the_frozen_pages_and_the_sheet_made_once(specialist, head):
    make_ladder()
    matter = make_matter(specialist)

    version = approve_whole(matter, specialist, head).version

    version.refresh_from_db()
    whole, frozen = version.sheet.read(), version.pdf.read()
    assert conformance.check(whole) == []
    text = text_of(whole)
    assert text.startswith(text_of(frozen))
    assert "Rasa Vaičekonė" in text
    assert version.pdf.sha256 in text
    services.assemble_approved(version)
    filed = Document.objects.get(kind="documents.approved").versions.get()
    assert (filed.file, filed.source) == (version.sheet, version)


def test_sheet_names_whom_a_deputy_stood_for_and_the_paper_channel(specialist, head):
    from core.actor import Actor
    from documents.services.frozen import sheet_html

    make_ladder()
    matter = make_matter(specialist)
    approval = approvals.submit(matter, by=specialist.actor)
    run_jobs()
    step = approval.steps.get()
    deputy = UserFactory(first_name="Ona", last_name="Pavaduotoja")
    secretary = UserFactory(first_name="Jurga", last_name="Sekretorė")
    approvals.record_decision(
        step, by=secretary.actor, signer="Rasa Vaičekonė", decided_on=timezone.localdate(), agreed=True
    )
    html = sheet_html(approval.version)
    assert "Rasa Vaičekonė" in html
    assert "Jurga Sekretorė" in html

    step.refresh_from_db()
    acting = Actor.of(deputy, acting_for=head)
    step.actor_user, step.actor_for, step.actor_for_name = deputy, head, head.full_name
    step.actor_name, step.actor_channel = acting.name, acting.channel
    step.save()
    assert acting.label in sheet_html(approval.version)
    assert head.full_name in acting.label


def test_second_version_says_what_changed(specialist, head):
    make_ladder()
    matter = make_matter(specialist)
    approve_whole(matter, specialist, head)
    matter.refresh_from_db()
    matter.title = "Kvietimas į derliaus šventę"
    matter.save(update_fields=["title"])

    approval = approvals.submit(matter, by=specialist.actor)
    run_jobs()

    approval.version.refresh_from_db()
    text = text_of(approval.version.pdf.read())
    assert "Kas pasikeitė nuo 1 versijos" in text
    assert "Kvietimas į miesto šventę" in text


def test_docx_says_the_same_as_the_pdf(specialist):
    matter = make_matter(specialist)
    document = services.request_paper(matter, PAPER, "lt", by=specialist.actor)
    run_jobs()
    version = document.versions.get()

    made = Docx(io.BytesIO(version.docx.read()))
    words = [paragraph.text for paragraph in made.paragraphs]
    words += [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    printed = " ".join(text_of(version.file.read()).split())

    assert [text for text in words if text and text not in printed] == []
    assert "PROJEKTAS" in made.sections[0].header.paragraphs[0].text


def test_working_paper_is_erased_on_its_day_with_its_file(specialist, django_capture_on_commit_callbacks):
    import datetime

    matter = make_matter(specialist)
    document = services.request_paper(matter, WORKING, "lt", by=specialist.actor)
    run_jobs()
    document.refresh_from_db()
    assert document.erase_on == datetime.date(2026, 12, 24)
    assert services.erase_due(datetime.date(2026, 12, 23)) == 0
    stored = document.versions.get().file
    name, storage = stored.file.name, stored.file.storage

    with django_capture_on_commit_callbacks(execute=True):
        assert services.erase_due(datetime.date(2026, 12, 25)) == 1

    assert not Document.objects.filter(pk=document.pk).exists()
    assert not StoredFile.objects.filter(pk=stored.pk).exists()
    assert not storage.exists(name)


def test_paper_of_another_kind_or_language_is_refused(specialist):
    matter = make_matter(specialist)

    with pytest.raises(DomainError):
        services.request_paper(matter, "other.paper", "lt", by=specialist.actor)
    with pytest.raises(DomainError):
        services.request_paper(matter, PAPER, "de", by=specialist.actor)


def test_invalid_paper_is_never_filed(specialist, monkeypatch):
    matter = make_matter(specialist)
    monkeypatch.setattr(
        pdf.conformance, "check", lambda content: [conformance.Problem("2a", "RULE", "what is broken")]
    )

    document = services.request_paper(matter, PAPER, "lt", by=specialist.actor)
    [job] = run_jobs()

    assert job.state == "failed"
    assert "RULE" in job.error
    assert (document.versions.count(), StoredFile.objects.count()) == (0, 0)
    assert AccessRecord.objects.count() == 0
