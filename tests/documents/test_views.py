"""What people see and may do with documents; hostile files and other people's matters."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from core.models import AccessRecord, StoredFile
from documents import services
from documents.models import Document, Register, Registration
from tests.accounts.factories import UserFactory
from tests.documents.factories import PAPER, WORKING, make_matter, run_jobs

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%ok\n"


@pytest.fixture
def specialist():
    return UserFactory(role="specialist")


@pytest.fixture
def page(client, specialist):
    client.force_login(specialist)
    return client


def bring(client, matter, *files, **extra):
    return client.post(reverse("documents:upload", args=[matter.pk]), {"files": list(files)}, **extra)


def file(name, content=PDF, media_type="application/pdf"):
    return SimpleUploadedFile(name, content, content_type=media_type)


def docx_bytes(inside="word/document.xml"):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(inside, "<w/>")
    return target.getvalue()


def test_tab_lists_papers_files_and_place_to_drop(page, specialist):
    matter = make_matter(specialist)
    bring(page, matter, file("Kvietimas.pdf"))

    answer = page.get(reverse("documents:matter", args=[matter.pk]))

    assert answer.status_code == 200
    assert [row["language"] for row in answer.context_data["paper_rows"]] == ["lt", "pl", "lt"]
    assert [row["document"].title for row in answer.context_data["files"]] == ["Kvietimas"]
    assert "drop-zone" in answer.content.decode()


def test_paper_is_asked_for_shown_while_made_and_then_downloaded(page, specialist):
    matter = make_matter(specialist)
    url = reverse("documents:make", args=[matter.pk])

    answer = page.post(url, {"kind": PAPER, "language": "lt"}, headers={"HX-Request": "true"})
    assert 'data-hx-trigger="every 1s"' in answer.content.decode()
    run_jobs()
    answer = page.get(reverse("documents:progress", args=[matter.pk]), headers={"HX-Request": "true"})
    assert "data-hx-trigger" not in answer.content.decode()

    version = Document.objects.get().versions.get()
    answer = page.get(reverse("documents:download", args=[version.pk]))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_failed_paper_shows_why_and_a_retry(page, specialist):
    matter = make_matter(specialist, title="Šventė 🎉")
    page.post(reverse("documents:make", args=[matter.pk]), {"kind": PAPER, "language": "lt"})
    run_jobs()

    text = page.get(reverse("documents:matter", args=[matter.pk])).content.decode()

    assert "U+1F389" in text
    assert "Bandyti dar kartą" in text


def test_preview_is_the_same_html_without_inline_style(page, specialist):
    matter = make_matter(specialist)

    answer = page.get(reverse("documents:preview", args=[matter.pk, PAPER, "lt"]))

    text = answer.content.decode()
    assert answer.status_code == 200
    assert "PROJEKTAS, 1 versija" in text
    assert " style=" not in text
    assert "<script" not in text


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("ataskaita.pdf", b"MZ\x90\x00" + b"\x00" * 60, "programa"),
        ("nuotrauka.jpg", b"\x7fELF" + b"\x00" * 60, "programa"),
        ("virus.exe", b"MZ\x90\x00" + b"\x00" * 60, "programa"),
        ("scriptas.txt", b"#!/bin/sh\nrm -rf /\n", "programa"),
        ("nuoroda.pdf", b"L\x00\x00\x00\x01\x14\x02\x00", "programa"),
        ("puslapis.html", b"<html><script>alert(1)</script></html>", "Tokio tipo"),
        ("piesinys.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Tokio tipo"),
        ("makro.docm", b"PK\x03\x04", "Tokio tipo"),
        ("be-galunes", PDF, "Tokio tipo"),
        ("rastas.docx", b"PK\x03\x04broken", "turinys"),
        ("lentele.xlsx", None, "turinys"),
        ("nuotrauka.png", b"GIF89a....", "turinys"),
        ("tekstas.txt", b"\x00\x01\x02\x03binary", "turinys"),
        ("tuscias.pdf", b"", "tuščias"),
        ("ataskaita\u202efdp.exe", b"MZ\x90\x00", "programa"),
    ],
)
def test_hostile_file_is_refused_in_words(page, specialist, name, content, words):
    matter = make_matter(specialist)
    content = docx_bytes() if content is None else content

    answer = bring(page, matter, file(name, content))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert (Document.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_too_large_file_is_refused_before_it_is_kept(page, specialist, settings, tmp_path):
    settings.MAX_UPLOAD_BYTES = 1000
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    matter = make_matter(specialist)

    answer = bring(page, matter, file("didelis.pdf", PDF + b"x" * 20_000))
    assert answer.status_code == 422
    assert "didelis.pdf" in answer.content.decode()
    assert "daugiausia" in answer.content.decode()

    answer = bring(page, matter, file("didokas.pdf", PDF + b"x" * 1500), file("geras.pdf"))
    assert answer.status_code == 422
    assert Document.objects.get().title == "geras"
    assert list(tmp_path.iterdir()) == []


def test_one_refused_file_loses_no_other(page, specialist):
    matter = make_matter(specialist)

    answer = bring(page, matter, file("a.pdf"), file("b.exe", b"MZ\x90"), file("c.docx", docx_bytes()))

    assert answer.status_code == 422
    assert sorted(Document.objects.values_list("title", flat=True)) == ["a", "c"]


def test_names_are_cleaned(page, specialist):
    matter = make_matter(specialist)

    bring(page, matter, file("../../etc/pass\x00wd\u202e.pdf"), file("ą" * 300 + ".pdf", PDF + b"2"))

    names = list(Document.objects.order_by("pk").values_list("versions__name", flat=True))
    assert names[0] == "passwd.pdf"
    assert len(names[1]) == 180
    assert names[1].endswith(".pdf")


def letter(**parts):
    message = EmailMessage()
    message["Subject"], message["From"] = "Zaproszenie – Łódź", "Łucja Żak <lucja@example.pl>"
    message["To"], message["Date"] = "rysiai@alytus.lt", "Tue, 09 Jun 2026 10:15:00 +0200"
    message.set_content("Szanowni Państwo,\nzapraszamy.")
    for name, content in parts.items():
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name.replace("_", ".")
        )
    return message.as_bytes()


def test_letter_brings_its_attachments_as_documents(page, specialist):
    matter = make_matter(specialist)

    answer = bring(
        page, matter, file("laiskas.eml", letter(program_pdf=PDF, nuotrauka_jpg=b"\xff\xd8\xff\xe0JFIF"))
    )

    assert answer.status_code == 302
    tab, part = reverse("documents:matter", args=[matter.pk]), reverse("documents:files", args=[matter.pk])
    assert Document.objects.get().title == "laiskas"  # kept at once, not opened yet
    assert f'data-hx-get="{part}"' in page.get(tab).content.decode()
    assert "atidaromas" in page.get(part, headers={"HX-Request": "true"}).content.decode()
    run_jobs()
    text = page.get(part, headers={"HX-Request": "true"}).content.decode()
    assert "data-hx-get" not in text
    assert "Zaproszenie – Łódź" in text
    mail = Document.objects.get(kind="email")
    assert (mail.title, mail.sender) == ("Zaproszenie – Łódź", "Łucja Żak <lucja@example.pl>")
    assert mail.sent_at.isoformat() == "2026-06-09T08:15:00+00:00"
    assert "zapraszamy" in mail.text
    assert [(part.title, part.kind) for part in mail.parts.order_by("pk")] == [
        ("program", "upload"),
        ("nuotrauka", "photo"),
    ]
    assert page.get(mail.get_absolute_url()).status_code == 200


def test_bad_attachment_stays_inside_the_letter_and_is_named(page, specialist):
    matter = make_matter(specialist)

    bring(page, matter, file("laiskas.eml", letter(virus_pdf=b"MZ\x90\x00")))
    run_jobs()

    mail = Document.objects.get()
    assert mail.kind == "email"
    for url in (reverse("documents:matter", args=[matter.pk]), mail.get_absolute_url()):
        text = page.get(url).content.decode()
        assert "virus.pdf" in text
        assert "Lieka laiške" in text


@pytest.mark.parametrize(
    ("name", "content"), [("x.eml", b"labas"), ("x.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1broken")]
)
def test_what_is_no_letter_is_kept_and_told(page, specialist, name, content):
    matter = make_matter(specialist)

    assert bring(page, matter, file(name, content)).status_code == 302
    [job] = run_jobs()

    assert job.state == "failed"
    assert Document.objects.get().versions.get().file.read() == content
    text = page.get(reverse("documents:matter", args=[matter.pk])).content.decode()
    assert "neatidarytas" in text
    assert job.error in text


def test_letter_that_was_named_keeps_its_name_and_is_opened_once(page, specialist):
    matter = make_matter(specialist)
    bring(page, matter, file("laiskas.eml", letter(program_pdf=PDF)))
    mail = Document.objects.get()
    services.change_title(mail, "Lodzės kvietimas", by=specialist.actor)
    [job] = run_jobs()

    services.open_letter(mail, job)  # a worker that died before it could say so

    mail.refresh_from_db()
    assert mail.title == "Lodzės kvietimas"
    assert [part.title for part in mail.parts.all()] == ["program"]


def test_nothing_of_a_letter_is_parsed_while_the_person_waits(page, specialist, monkeypatch):
    from documents import letters

    monkeypatch.setattr(letters, "read", lambda *args: pytest.fail("parsed in the request"))
    assert (
        bring(page, make_matter(specialist), file("laiskas.eml", letter(program_pdf=PDF))).status_code == 302
    )


def test_note_is_kept_and_an_empty_one_refused(page, specialist):
    matter = make_matter(specialist)
    url = reverse("documents:note", args=[matter.pk])

    assert page.post(url, {"text": "  "}).status_code == 422
    answer = page.post(url, {"text": "x" * 10_001})
    assert answer.status_code == 422
    assert "x" * 100 in answer.content.decode()
    assert page.post(url, {"text": "Skambino iš Opolės.\nAtvyks 12."}).status_code == 302

    note = Document.objects.get()
    assert (note.title, note.text) == ("Skambino iš Opolės.", "Skambino iš Opolės.\nAtvyks 12.")


def test_other_peoples_documents_do_not_exist(client, specialist):
    matter = make_matter(specialist, access="named")
    document = services.add_note(matter, "Slapta", by=specialist.actor)
    client.force_login(UserFactory(role="specialist"))

    for name, pk in [
        ("matter", matter.pk),
        ("detail", document.pk),
        ("download", document.versions.get().pk),
        ("docx", document.versions.get().pk),
        ("progress", matter.pk),
    ]:
        assert client.get(reverse(f"documents:{name}", args=[pk])).status_code == 404
    for name, pk in [("upload", matter.pk), ("note", matter.pk), ("make", matter.pk), ("void", document.pk)]:
        assert client.post(reverse(f"documents:{name}", args=[pk])).status_code == 404
    assert client.get(reverse("documents:registers")).status_code == 200


def test_get_changes_nothing(page, specialist):
    matter = make_matter(specialist)
    document = services.add_note(matter, "Pastaba", by=specialist.actor)

    for name, pk in [("upload", matter.pk), ("note", matter.pk), ("make", matter.pk), ("void", document.pk)]:
        assert page.get(reverse(f"documents:{name}", args=[pk])).status_code == 405


def test_working_paper_is_read_by_those_who_work_and_each_reading_is_logged(page, client, specialist):
    matter = make_matter(specialist)
    document = services.request_paper(matter, WORKING, "lt", by=specialist.actor)
    run_jobs()
    version = document.versions.get()

    assert page.get(reverse("documents:download", args=[version.pk])).status_code == 200
    record = AccessRecord.objects.get(purpose="working paper")
    assert (record.subject_pk, record.actor_user, record.matter_pk) == (document.pk, specialist, matter.pk)

    client.force_login(UserFactory(role="auditor"))
    assert client.get(reverse("documents:download", args=[version.pk])).status_code == 404
    rows = client.get(reverse("documents:matter", args=[matter.pk])).context_data["paper_rows"]
    assert [row["kind"].code for row in rows] == [PAPER, PAPER]


def test_new_version_of_a_brought_file(page, specialist):
    matter = make_matter(specialist)
    bring(page, matter, file("planas.pdf"))
    document = Document.objects.get()
    url = reverse("documents:replace", args=[document.pk])

    assert page.post(url, {"files": file("planas.pdf")}).status_code == 422
    assert page.post(url, {}).status_code == 422
    assert page.post(url, {"files": file("planas-2.pdf", PDF + b"2")}).status_code == 302

    assert list(document.versions.values_list("number", "name")) == [(2, "planas-2.pdf"), (1, "planas.pdf")]


def test_document_is_voided_with_a_reason_and_restored(page, specialist):
    matter = make_matter(specialist)
    document = services.add_note(matter, "Pastaba", by=specialist.actor)

    assert page.post(reverse("documents:void", args=[document.pk]), {"void-reason": ""}).status_code == 422
    page.post(reverse("documents:void", args=[document.pk]), {"void-reason": "Ne ta byla"})
    document.refresh_from_db()
    assert (document.state, document.void_reason) == ("void", "Ne ta byla")
    page.post(reverse("documents:restore", args=[document.pk]))
    document.refresh_from_db()
    assert document.state == "final"


def test_page_counts_no_more_queries_with_more_documents(page, specialist):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    matter = make_matter(specialist)
    services.add_note(matter, "1", by=specialist.actor)
    url = reverse("documents:matter", args=[matter.pk])
    page.get(url)
    with CaptureQueriesContext(connection) as one:
        page.get(url)
    for number in range(3):
        services.add_note(matter, f"Pastaba {number}", by=specialist.actor)
    with CaptureQueriesContext(connection) as four:
        page.get(url)

    assert len(four) == len(one)


# --- registration -------------------------------------------------------------------------------------------


@pytest.fixture
def ours():
    return Register.objects.create(code="vizitai", name="Vizitų programos", prefix="VP-")


@pytest.fixture
def elsewhere():
    return Register.objects.create(
        code="mero", name="Mero potvarkiai", is_ours=False, system="Dokumentų valdymo sistema"
    )


def test_our_register_gives_numbers_without_gaps_and_keeps_void_ones(page, specialist, ours):
    matter = make_matter(specialist)
    notes = [services.add_note(matter, f"Pastaba {n}", by=specialist.actor) for n in range(3)]

    for note in notes[:2]:
        page.post(reverse("documents:register", args=[note.pk]), {"register-register": ours.pk})
    first = Registration.objects.get(number="VP-1")
    page.post(reverse("documents:number_void", args=[first.pk]), {"void_number-reason": "Suklysta"})
    page.post(reverse("documents:register", args=[notes[2].pk]), {"register-register": ours.pk})
    page.post(reverse("documents:register", args=[notes[0].pk]), {"register-register": ours.pk})

    rows = Registration.objects.order_by("sequence").values_list("number", "document", "void_reason")
    assert list(rows) == [
        ("VP-1", notes[0].pk, "Suklysta"),
        ("VP-2", notes[1].pk, ""),
        ("VP-3", notes[2].pk, ""),
        ("VP-4", notes[0].pk, ""),
    ]
    text = page.get(reverse("documents:registers"), {"registras": "vizitai"}).content.decode()
    assert "<del>VP-1</del>" in text


def test_refused_registration_uses_no_number(page, specialist, ours):
    matter = make_matter(specialist)
    document = services.request_paper(matter, PAPER, "lt", by=specialist.actor)
    run_jobs()
    note = services.add_note(matter, "Pastaba", by=specialist.actor)

    answer = page.post(reverse("documents:register", args=[document.pk]), {"register-register": ours.pk})
    assert answer.status_code == 422
    for _twice in range(2):
        page.post(reverse("documents:register", args=[note.pk]), {"register-register": ours.pk})

    assert list(Registration.objects.values_list("number", flat=True)) == ["VP-1"]
    assert ours.years.get().last == 1


def test_number_of_another_system_is_waited_for_and_recorded(page, specialist, elsewhere):
    matter = make_matter(specialist)
    note = services.add_note(matter, "Potvarkis", by=specialist.actor)
    page.post(reverse("documents:register", args=[note.pk]), {"register-register": elsewhere.pk})
    waiting = page.get(reverse("documents:registers")).context_data["waiting"]
    assert [row.title for row in waiting] == ["Potvarkis"]

    url, today = reverse("documents:number", args=[note.pk]), timezone.localdate()
    late = (today + timezone.timedelta(days=1)).isoformat()
    assert page.post(url, {"number-number": "M-12", "number-registered_on": late}).status_code == 422
    assert page.post(url, {"number-number": "", "number-registered_on": today.isoformat()}).status_code == 422
    answer = page.post(
        url,
        {
            "number-number": "M-12",
            "number-registered_on": today.isoformat(),
            "number-url": "https://dvs.example.lt/12",
        },
    )

    assert answer.status_code == 302
    registration = Registration.objects.get()
    assert (registration.number, registration.sequence) == ("M-12", None)
    assert Document.objects.awaiting_number().count() == 0
    other = services.add_note(matter, "Kitas", by=specialist.actor)
    page.post(reverse("documents:register", args=[other.pk]), {"register-register": elsewhere.pk})
    answer = page.post(
        reverse("documents:number", args=[other.pk]),
        {"number-number": "M-12", "number-registered_on": today.isoformat()},
    )
    assert answer.status_code == 422


def test_registered_document_is_neither_voided_nor_replaced(page, specialist, ours):
    matter = make_matter(specialist)
    bring(page, matter, file("planas.pdf"))
    document = Document.objects.get()
    services.register_document(document, ours, by=specialist.actor)

    assert page.post(reverse("documents:void", args=[document.pk]), {"void-reason": "x"}).status_code == 422
    answer = page.post(reverse("documents:replace", args=[document.pk]), {"files": file("b.pdf", PDF + b"3")})
    assert answer.status_code == 422
    document.refresh_from_db()
    assert (document.is_void, document.versions.count()) == (False, 1)


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gaps_when_several_register_at_once(ours):
    import threading

    from django.db import connection

    specialist = UserFactory(role="specialist")
    notes = [
        services.add_note(make_matter(specialist), f"Pastaba {n}", by=specialist.actor) for n in range(6)
    ]
    errors = []

    def work(note):
        try:
            services.register_document(note, ours, by=specialist.actor)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[note]) for note in notes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert sorted(Registration.objects.values_list("sequence", flat=True)) == [1, 2, 3, 4, 5, 6]
