"""Photographs: what is kept of a file, who may be shown, small pictures, taking out for good."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from core.errors import DomainError
from core.models import StoredFile
from delegations import pictures, services
from delegations.models import Photograph
from documents.models import Document
from tests.delegations.factories import make_item, make_visit
from tests.documents.factories import run_jobs

GPS = 0x8825
PLACE = {1: "N", 2: (54.0, 23.0, 44.0), 3: "E", 4: (24.0, 2.0, 10.0)}


def picture(
    name: str = "foto.jpg",
    *,
    taken: str = "",
    place: bool = False,
    size=(640, 480),
    colour="teal",
    turn: int = 0,
) -> SimpleUploadedFile:
    """A picture as a telephone would write it."""
    image = Image.new("RGB", size, colour)
    image.putpixel((0, 0), (1, 2, 3))
    exif = Image.Exif()
    if taken:
        exif.get_ifd(pictures.EXIF_PART)[pictures.TAKEN] = taken
    if place:
        exif.get_ifd(GPS).update(PLACE)
    if turn:
        exif[pictures.ORIENTATION] = turn
    target = io.BytesIO()
    image.save(target, "PNG" if name.endswith("png") else "JPEG", exif=exif.tobytes())
    return SimpleUploadedFile(name, target.getvalue())


@pytest.fixture
def visit(db):
    return make_visit(starts_on=timezone.localdate(), days=2)


def add(visit, file=None, **values):
    values.setdefault("author", "Vardenė Pavardenė")
    return services.add_photograph(visit, file or picture(), by=visit.responsible.actor, **values)


@pytest.mark.parametrize("name", ["foto.jpg", "foto.png"])
def test_the_place_is_cut_out_and_the_picture_stays_the_same(visit, name):
    brought = picture(name, place=True, taken="2026:06:15 10:30:00")
    before = Image.open(io.BytesIO(brought.read()))
    assert before.getexif().get_ifd(GPS)  # there was something to cut

    photograph = add(visit, brought)

    kept = Image.open(io.BytesIO(photograph.document.versions.get().file.read()))
    assert not kept.getexif().get_ifd(GPS)
    assert kept.tobytes() == before.tobytes()
    assert photograph.taken_at.isoformat() == "2026-06-15T10:30:00+03:00"
    assert photograph.may_tell_place is False


def test_a_picture_that_lies_stays_upright(visit, django_capture_on_commit_callbacks):
    photograph = add(visit, picture(turn=6, size=(600, 400)))
    run_jobs()

    photograph.refresh_from_db()
    assert (photograph.width, photograph.height) == (400, 600)
    assert Image.open(io.BytesIO(photograph.thumb.read())).size == (320, 480)


def test_the_hour_tells_at_which_item_it_was_taken(visit):
    item = make_item(visit, "10.00", "11.00")
    make_item(visit, "12.00", "13.00")
    day = visit.starts_on.strftime("%Y:%m:%d")

    assert add(visit, picture(taken=f"{day} 10:30:00")).item == item
    assert add(visit, picture("kita.jpg", colour="red", taken=f"{day} 11:30:00")).item is None


def test_heic_becomes_a_jpg_that_does_not_tell_the_place(visit):
    """The file was made by another library, with the place and the hour in its EXIF."""
    content = (Path(__file__).parent / "data" / "place.heic").read_bytes()
    assert b"Exif" in content

    photograph = add(visit, SimpleUploadedFile("foto.heic", content))

    version = photograph.document.versions.get()
    kept = version.file.read()
    with Image.open(io.BytesIO(kept)) as image:
        assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (64, 48), {})
        red, green, blue = image.getpixel((5, 5))
    assert red > 100 > green > blue - 60  # the corner is ruby still
    assert (version.name, version.file.media_type) == ("foto.jpg", "image/jpeg")
    assert photograph.may_tell_place is False
    assert (photograph.width, photograph.height) == (64, 48)
    assert photograph.taken_at.year == 2030
    assert describe(photograph, has_consent=True, in_report=True).in_report is True


def describe(photograph, **values):
    whole = {
        "author": photograph.author, "caption": "", "item": None, "has_consent": False, "consent_note": "",
        "in_report": False, **values,
    }  # fmt: skip
    return services.describe_photograph(photograph, by=photograph.visit.responsible.actor, **whole)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("foto.jpg", b"\xff\xd8\xff\xe0" + b"x" * 50),
        ("foto.jpg", b"\xff\xd8\xff"),
        ("foto.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 30),
        ("foto.jpg", b"MZ\x90\x00"),
        ("foto.png", b"\xff\xd8\xff\xe0"),
        ("sutartis.pdf", b"%PDF-1.7\n"),
        ("foto.jpg", b""),
        ("foto.heic", b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40),
    ],
)
def test_what_is_no_picture_is_refused_in_words(visit, name, content):
    with pytest.raises(DomainError) as refusal:
        add(visit, SimpleUploadedFile(name, content))

    assert refusal.value.field == "files"
    assert not Photograph.objects.exists()
    assert not Document.objects.exists()


def test_a_picture_without_an_author_or_brought_twice_is_refused(visit):
    with pytest.raises(DomainError) as refusal:
        add(visit, author=" ")
    assert refusal.value.field == "author"

    add(visit)
    with pytest.raises(DomainError):
        add(visit)
    assert visit.photographs.count() == 1


def test_only_a_picture_with_consent_stands_in_the_report(visit):
    photograph = add(visit)

    with pytest.raises(DomainError) as refusal:
        describe(photograph, in_report=True)

    assert refusal.value.field == "in_report"
    assert describe(photograph, in_report=True, has_consent=True).in_report is True


def test_a_picture_taken_out_leaves_no_file(visit, django_capture_on_commit_callbacks):
    photograph = add(visit)
    run_jobs()
    photograph.refresh_from_db()
    before = StoredFile.objects.count()

    with django_capture_on_commit_callbacks(execute=True):
        services.remove_photograph(photograph, reason="Nesutiko.", by=visit.responsible.actor)

    assert (before, StoredFile.objects.count()) == (3, 0)
    assert not Document.objects.exists()
