"""What comes in from outside: Outlook's letters, a telephone's photos, odd names, files far too large."""

from __future__ import annotations

import datetime
import http.client
import io
import re
import zlib
from urllib.parse import unquote, urlsplit

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.models import StoredFile
from documents.models import Document
from tests.accounts.factories import UserFactory
from tests.documents.factories import make_matter, run_jobs
from tests.documents.outlook import outlook_letter

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%ok\n"
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF"


@pytest.fixture
def specialist():
    return UserFactory(role="specialist")


@pytest.fixture
def page(client, specialist):
    client.force_login(specialist)
    return client


def bring(client, matter, *files):
    return client.post(reverse("documents:upload", args=[matter.pk]), {"files": list(files)})


def test_an_outlook_letter_brings_its_words_and_attachments(page, specialist):
    content = outlook_letter(
        subject="Zaproszenie – Łódź",
        sender="Łucja Żak",
        address="lucja@example.pl",
        body="Szanowni Państwo,\nzapraszamy.",
        sent_at=datetime.datetime(2026, 6, 9, 8, 15, tzinfo=datetime.UTC),
        attachments={"programa.pdf": PDF + b"x" * 9000, "nuotrauka.jpg": JPG, "virus.pdf": b"MZ\x90\x00"},
    )

    matter = make_matter(specialist)
    assert bring(page, matter, SimpleUploadedFile("laiskas.msg", content)).status_code == 302
    run_jobs()

    text = page.get(reverse("documents:matter", args=[matter.pk])).content.decode()
    assert "virus.pdf" in text  # left inside the letter, and said so
    mail = Document.objects.get(kind="email")
    assert (mail.title, mail.sender) == ("Zaproszenie – Łódź", '"Łucja Żak" <lucja@example.pl>')
    assert mail.sent_at.isoformat() == "2026-06-09T08:15:00+00:00"
    assert mail.text == "Szanowni Państwo,\nzapraszamy."
    assert [(part.title, part.kind, part.versions.get().file.size) for part in mail.parts.order_by("pk")] == [
        ("programa", "upload", len(PDF) + 9000),
        ("nuotrauka", "photo", len(JPG)),
    ]
    assert mail.versions.get().file.read() == content


def test_a_photo_comes_from_the_telephones_camera(page, specialist):
    matter = make_matter(specialist)
    text = page.get(reverse("documents:matter", args=[matter.pk])).content.decode()
    fields = re.findall(r"<input[^>]*type=\"file\"[^>]*>", text)
    [chosen, camera] = fields
    assert all(extension in chosen for extension in (".pdf", ".eml", ".msg", ".docx", "image/*"))
    assert 'capture="environment"' in camera
    assert 'accept="image/*"' in camera
    assert 'name="files"' in chosen
    assert 'name="files"' in camera
    assert f'data-max-bytes="{django_settings.MAX_UPLOAD_BYTES}"' in chosen

    assert (
        bring(page, matter, SimpleUploadedFile("IMG_0001.JPG", JPG, content_type="image/jpeg")).status_code
        == 302
    )

    photo = Document.objects.get()
    version = photo.versions.get()
    assert (photo.kind, photo.title, version.file.media_type) == ("photo", "IMG_0001", "image/jpeg")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Šventė 🎉 programa.pdf", "Šventė 🎉 programa.pdf"),
        ("ataskaita\u202excod.pdf", "ataskaitaxcod.pdf"),
        ("برنامج الزيارة.pdf", "برنامج الزيارة.pdf"),
        ('kabutė".pdf', "kabutė.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie x=1.pdf"),
        ("C:\\Users\\rasa\\Desktop\\sutartis.pdf", "sutartis.pdf"),
        ("ქართული პროგრამა.pdf", "ქართული პროგრამა.pdf"),
    ],
)
def test_odd_names_are_kept_readable_and_sent_safely(page, specialist, name, kept):
    from django.core.files.uploadedfile import InMemoryUploadedFile

    from documents import services

    matter = make_matter(specialist)
    upload = InMemoryUploadedFile(io.BytesIO(PDF), "files", "x", "application/pdf", len(PDF), None)
    upload._name = name  # what a program, unlike a browser, may send
    document = services.upload(matter, upload, by=specialist.actor)

    version = document.versions.get()
    answer = page.get(reverse("documents:download", args=[version.pk]))

    assert version.name == kept
    disposition = answer["Content-Disposition"]
    assert "\n" not in disposition
    if "filename*=" in disposition:
        assert unquote(disposition.split("filename*=utf-8''")[1]) == kept
    else:
        assert disposition == f'attachment; filename="{kept}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/pdf"
    assert (
        kept.rsplit(".", 1)[0] in page.get(reverse("documents:matter", args=[matter.pk])).content.decode()
        or '"' in name
    )


def test_what_lies_on_the_disk_has_no_name_of_the_sender(page, specialist, settings):
    bring(page, make_matter(specialist), SimpleUploadedFile("../slaptas planas.pdf", PDF))

    stored = StoredFile.objects.get()

    assert "planas" not in stored.file.name
    assert str(settings.MEDIA_ROOT) in stored.file.path
    assert not str(django_settings.STATIC_ROOT).startswith(str(settings.MEDIA_ROOT))


def test_the_same_file_on_two_matters_is_two_documents(page, specialist):
    first, second = make_matter(specialist), make_matter(specialist)
    for matter in (first, second):
        bring(page, matter, SimpleUploadedFile("planas.pdf", PDF))

    assert (Document.objects.count(), StoredFile.objects.count()) == (2, 1)


def test_documents_of_a_closed_matter_only_lie_there(page, specialist):
    from matters.services import close_matter

    matter = make_matter(specialist)
    close_matter(matter, by=specialist.actor)

    answer = bring(page, matter, SimpleUploadedFile("planas.pdf", PDF))

    assert answer.status_code == 422
    assert "uždarytas" in answer.content.decode()
    assert Document.objects.count() == 0


def test_who_only_reads_sees_no_place_to_drop(client, specialist):
    matter = make_matter(specialist)
    client.force_login(UserFactory(role="auditor"))

    assert 'type="file"' not in client.get(reverse("documents:matter", args=[matter.pk])).content.decode()
    assert bring(client, matter, SimpleUploadedFile("planas.pdf", PDF)).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_two_hundred_megabytes_are_refused_in_words_and_kept_nowhere(live_server, client, settings, tmp_path):
    """A real server and a real body: nothing of it lands on the disk, the answer is a page."""
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    specialist = UserFactory(role="specialist")
    client.force_login(specialist)
    matter = make_matter(specialist)
    url = reverse("documents:upload", args=[matter.pk])
    token = client.get(reverse("documents:matter", args=[matter.pk])).cookies["csrf"].value
    piece, count = zlib.crc32(b"x").to_bytes(4, "big") * 2**18, 200
    head = (
        b'--limit\r\nContent-Disposition: form-data; name="files"; filename="filmas.mp4"\r\n'
        b"Content-Type: video/mp4\r\n\r\n\x00\x00\x00\x18ftypmp42"
    )
    foot = b"\r\n--limit--\r\n"
    connection = http.client.HTTPConnection(urlsplit(live_server.url).netloc, timeout=60)
    connection.putrequest("POST", url)
    for name, value in (
        ("Content-Type", "multipart/form-data; boundary=limit"),
        ("Content-Length", str(len(head) + count * len(piece) + len(foot))),
        ("Cookie", f"sesija={client.cookies['sesija'].value}; csrf={token}; kalba=lt"),
        ("X-CSRFToken", token),
    ):
        connection.putheader(name, value)
    connection.endheaders(head)
    for _piece in range(count):
        connection.send(piece)
    connection.send(foot)

    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()

    assert answer.status == 422
    assert "filmas.mp4" in text
    assert "daugiausia 50 MB" in text.replace("\xa0", " ")
    assert list(tmp_path.iterdir()) == []
    assert (Document.objects.count(), StoredFile.objects.count()) == (0, 0)
