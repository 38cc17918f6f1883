"""A photographed or scanned page attached at entry: read by Tesseract in a job, corrected and taken by a person."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

from core import jobs
from core.models import AuditEvent, Job
from documents import typefaces
from documents.converting import programs
from media_monitoring.models import Article, ArticleFile
from runner.layout import ROOT
from tests.accounts.factories import UserFactory
from tests.media_monitoring.factories import make_outlet

pytestmark = pytest.mark.django_db
ENTER = "/ziniasklaida/naujas/"
LINES = ("Alytaus miesto savivaldybė kviečia", "gyventojus į šventę Dailidės parke")
absent = [code for code in ("tesseract", "pdftoppm") if not programs.program(code).is_there]
reads = pytest.mark.skipif(bool(absent), reason=f"not installed: {absent}; script/install-converters")


@pytest.fixture
def specialist(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    return user


def newspaper(kind: str) -> bytes:
    """A page with a headline, as a telephone or a scanner would give it."""
    sheet = Image.new("L", (1240, 900), 245)
    face = ImageFont.truetype(typefaces.FOLDER / "tinos-0.4.2/Tinos-Regular.ttf", 44)
    for row, line in enumerate(LINES):
        ImageDraw.Draw(sheet).text((120, 160 + 90 * row), line, fill=20, font=face)
    target = io.BytesIO()
    sheet.save(target, kind, **({"resolution": 150} if kind == "PDF" else {"dpi": (150, 150)}))
    return target.getvalue()


def enter(client, content: bytes, name: str, **more) -> Article:
    """What a person types in twenty seconds, and the picture she took."""
    data = {
        "outlet": make_outlet("Dzūkų žinios").pk,
        "medium": "print",
        "published_on": timezone.localdate().isoformat(),
        "title": "Šventė parke",
        "file": SimpleUploadedFile(name, content),
        **more,
    }
    response = client.post(ENTER, data)
    assert response.status_code == 302, response.context["form"].errors
    return Article.objects.get()


def read_all() -> None:
    for pk in Job.objects.filter(queue="convert", state="queued").values_list("pk", flat=True):
        jobs.run(pk)


@reads
@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "name"), [("JPEG", "IMG_1.jpg"), ("PNG", "skenas.png"), ("PDF", "skenas.pdf")]
)
def test_words_of_a_scan_are_proposed_corrected_and_taken(client, specialist, kind, name):
    article = enter(client, newspaper(kind), name, text="4 psl.")
    page = client.get(article.get_absolute_url()).content.decode()
    file = ArticleFile.objects.get()
    assert f"{article.get_absolute_url()}failai/{file.pk}/zodziai/" in page
    assert "<progress" in page

    read_all()

    part = client.get(
        f"{article.get_absolute_url()}failai/{file.pk}/zodziai/", headers={"HX-Request": "true"}
    )
    for line in LINES:
        assert line in part.content.decode()
    assert "every 2s" not in part.content.decode()
    article.refresh_from_db()
    assert article.text == "4 psl."  # proposed, not taken
    client.post(
        f"{article.get_absolute_url()}failai/{file.pk}/zodziai/imti/", {"text": "Kviečia į šventę.\r\nParke."}
    )
    article.refresh_from_db()
    assert (article.text, article.version_count) == ("Kviečia į šventę.\nParke.", 2)
    assert list(article.versions.values_list("text", flat=True)) == ["4 psl.", article.text]
    assert AuditEvent.objects.filter(action="article.text_taken").count() == 1
    found = client.get("/ziniasklaida/", {"q": "kviesti"}).context_data["rows"]
    assert [row.pk for row in found] == [article.pk]
    file.refresh_from_db()
    assert (file.proposal, file.settled_at is None) == ("", False)


def proposed(client) -> tuple[Article, ArticleFile, str]:
    article = enter(client, newspaper("PNG"), "skenas.png")
    ArticleFile.objects.update(proposal="Kviečia", read_at=timezone.now())
    Job.objects.filter(queue="convert").update(state="done", finished_at=timezone.now())
    file = ArticleFile.objects.get()
    return article, file, f"{article.get_absolute_url()}failai/{file.pk}/zodziai/"


def test_words_are_settled_once(client, specialist):
    article, file, url = proposed(client)

    client.post(f"{url}palikti/")
    client.post(f"{url}imti/", {"text": "Per vėlai"})

    article.refresh_from_db()
    file.refresh_from_db()
    assert (article.text, file.proposal) == ("", "")
    assert "Kviečia" not in client.get(article.get_absolute_url()).content.decode()


def test_an_empty_text_is_not_taken(client, specialist):
    _article, file, url = proposed(client)

    client.post(f"{url}imti/", {"text": "  "})

    file.refresh_from_db()
    assert (file.settled_at, file.proposal) == (None, "Kviečia")


def test_who_may_not_enter_articles_sees_no_proposal(client, specialist):
    article, _file, url = proposed(client)
    client.force_login(UserFactory(role="leadership"))

    assert "Kviečia" not in client.get(article.get_absolute_url()).content.decode()
    assert client.get(url).status_code in (403, 404)
    assert client.post(f"{url}imti/", {"text": "x"}).status_code in (403, 404)


def test_without_the_program_the_page_says_which_is_missing(client, specialist, monkeypatch):
    article = enter(client, newspaper("PNG"), "skenas.png")
    monkeypatch.setattr(programs, "_find", lambda code: "")
    monkeypatch.setattr(programs, "_reads_lithuanian", lambda: False)

    read_all()

    page = client.get(article.get_absolute_url()).content.decode()
    assert "Tesseract" in page
    assert programs.INSTALL in page
    file = ArticleFile.objects.get()
    client.post(f"{article.get_absolute_url()}failai/{file.pk}/zodziai/dar-karta/")
    assert Job.objects.get(queue="convert").state == "queued"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"x" * 500, "sugadintas.png"),
        ((ROOT / "tests/delegations/data/place.heic").read_bytes(), "IMG_2.heic"),
    ],
)
def test_a_picture_without_words_or_broken_says_so_and_stays(client, specialist, content, name):
    article = enter(client, content, name)

    read_all()

    file = ArticleFile.objects.get()
    assert file.problem
    assert file.problem in client.get(article.get_absolute_url()).content.decode()
    assert Job.objects.get(queue="convert").state == "done"


def test_a_recording_is_not_read(client, specialist):
    enter(client, b"ID3" + b"\x00" * 400, "pokalbis.mp3", medium="radio")

    assert not Job.objects.filter(queue="convert").exists()
