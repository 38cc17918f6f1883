"""The papers of a visit: what each reader is given, what is kept from whom, and that the files are valid."""

from __future__ import annotations

import datetime
import io
import re
import subprocess

import pikepdf
import pytest
from django.urls import reverse
from docx import Document as Docx

from core import personal
from core.choices import DataClass
from core.models import AccessRecord
from delegations.models.members import GUEST_PURPOSE
from delegations.papers import content as read
from documents import conformance
from documents.models import Document
from tests.accounts.factories import UserFactory
from tests.delegations.factories import (
    make_car,
    make_interpreter,
    make_item,
    make_member,
    make_place,
    make_visit,
)
from tests.documents.factories import run_jobs

pytestmark = pytest.mark.django_db

GUESTS, INSIDERS = "delegations.guests_programme", "delegations.insiders_programme"
LEADERSHIP, POCKET = "delegations.leadership_page", "delegations.pocket_card"


@pytest.fixture
def specialist():
    return UserFactory(role="specialist", first_name="Ieva", last_name="Juknelytė", phone="8 000 00 000")


@pytest.fixture
def visit(specialist):
    visit = make_visit(by=specialist, host=UserFactory(first_name="Vytautas", last_name="Daukša"))
    head = make_member(
        visit, "Zbigniew Łączyński", kind="head", post_lt="meras", post_local="Prezydent Miasta"
    )
    make_member(visit, "Tetiana Gžycka", own_name="Тетяна Ґжицька", post_lt="vadovė")
    personal.set_value(head, "phone", "+000 00 500", purpose=GUEST_PURPOSE, data_class=DataClass.CONTACT)
    personal.set_value(head, "diet", "be riešutų", purpose=GUEST_PURPOSE, data_class=DataClass.SPECIAL)
    hall = make_place("Rotušė", name_en="Town Hall", address="Rotušės a. 4")
    make_item(
        visit, "9.00", "10.00", place=hall, host=visit.host, notes="Vėliavėlės ant stalo.",
        served_by=[make_interpreter()],
    )  # fmt: skip
    make_item(
        visit, "14.30", "15.30", day=2, kind="transport", title="Į stotį", pl="Na dworzec", place=hall,
        to_place=make_place("Stotis", address="Geležinkelio g. 1"), served_by=[make_car("Mikroautobusas")],
    )  # fmt: skip
    return visit


def made(client, visit, code, language):
    """The paper asked for on the page and made by the worker."""
    client.force_login(visit.responsible)
    answer = client.post(reverse("documents:make", args=[visit.pk]), {"kind": code, "language": language})
    assert answer.status_code in (200, 302)
    [job] = run_jobs()
    assert job.state == "done", job.error
    return Document.objects.get(matter_id=visit.pk, kind=code, language=language).versions.first()


def text_of(content: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return done.stdout.decode()


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[\w.:–-]+", text))


@pytest.mark.parametrize(
    ("code", "language"),
    [(GUESTS, "pl+lt"), (INSIDERS, "lt"), (LEADERSHIP, "lt"), (POCKET, "pl"), (POCKET, "lt")],
)
def test_each_paper_is_valid_and_bears_its_mark_before_approval(client, visit, code, language):
    content = made(client, visit, code, language).file.read()

    assert conformance.check(content) == []
    assert re.search("PROJEKTAS|DRAFT", text_of(content))


def test_guests_read_their_language_and_lithuanian_and_nothing_internal(client, visit):
    text = text_of(made(client, visit, GUESTS, "pl+lt").file.read())

    for word in ("Program wizyty: Opole", "15–18 czerwca 2027", "Wtorek, 15 czerwca", "Antradienis, birželio 15 d.",
                 "9:00–10:00", "Spotkanie", "Priima meras", "Town Hall (Rotušė), Rotušės a. 4", "Тетяна Ґжицька",
                 "Prezydent Miasta", "Przyjmuje: Vytautas Daukša", "112"):  # fmt: skip
        assert word in text
    for word in ("Vėliavėlės", "+000 00 500", "riešut", "Mikroautobusas"):
        assert word not in text


def test_insiders_read_telephones_and_needs_and_the_reading_is_logged(client, visit):
    version = made(client, visit, INSIDERS, "lt")
    text = text_of(version.file.read())

    for word in ("Vėliavėlės ant stalo.", "+000 00 500", "be riešutų", "Mikroautobusas", "Vardenė Vertėja"):
        assert word in text.replace("\u00a0", " ")
    assert AccessRecord.objects.filter(purpose=GUEST_PURPOSE, actor_user=visit.responsible).exists()
    document = version.document
    assert document.is_working_paper
    assert document.erase_on == visit.ends_on + datetime.timedelta(days=30)


def test_leadership_page_is_one_page_even_for_a_long_visit(client, visit):
    for number in range(24):
        make_member(
            visit,
            f"Vardenis Pavardenis{'abcdefghijklmnopqrstuvwx'[number]}",
            post_lt="tarptautinio skyriaus vedėjas",
        )
    for day in (1, 2, 3, 4):
        for hour in range(11, 19):
            make_item(visit, f"{hour}.00", f"{hour}.45", day=day, title=f"Dalykinis susitikimas {day} {hour}")

    content = made(client, visit, LEADERSHIP, "lt").file.read()

    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) == 1
    assert "Priima meras" in text_of(content)  # what the host takes part in is never left out
    assert "ir dar 17 svečių" in text_of(content)


def test_pocket_card_is_a6(client, visit):
    content = made(client, visit, POCKET, "pl").file.read()

    with pikepdf.open(io.BytesIO(content)) as pdf:
        width, height = (float(side) * 25.4 / 72 for side in pdf.pages[0].MediaBox[2:])
    assert (round(width), round(height)) == (105, 148)


def test_no_item_is_cut_at_the_end_of_a_page(client, visit):
    for day in (1, 2, 3, 4):
        for hour in range(11, 20):
            make_item(
                visit,
                f"{hour}.00",
                f"{hour}.50",
                day=day,
                title=f"Punktas{day}x{hour}",
                pl=f"Pozycja{day}x{hour}",
            )

    content = made(client, visit, GUESTS, "pl+lt").file.read()

    pages = text_of(content).split("\f")
    assert len(pages) > 3
    for day in (1, 2, 3, 4):
        for hour in range(11, 20):
            [page] = [page for page in pages if f"Pozycja{day}x{hour}\n" in page]
            assert f"Punktas{day}x{hour}\n" in page


@pytest.mark.parametrize(("code", "language"), [(GUESTS, "pl+lt"), (LEADERSHIP, "lt")])
def test_docx_says_what_the_pdf_says(client, visit, code, language):
    version = made(client, visit, code, language)

    docx = Docx(io.BytesIO(version.docx.read()))
    lines = [paragraph.text for paragraph in docx.paragraphs]
    lines += [cell.text for table in docx.tables for row in table.rows for cell in row.cells]
    # what a page repeats: head, foot and mark
    furniture = words_of(
        f"{visit.number} rengiama versija PROJEKTAS Viešųjų ir užsienio ryšių skyrius Alytaus miesto"
    )
    furniture |= {"savivaldybės", "administracija", "Svarbiausi", "punktai", "Vadovams"}
    assert words_of("\n".join(lines)) <= words_of(text_of(version.file.read())) | furniture
    missing = words_of(text_of(version.file.read())) - words_of("\n".join(lines)) - furniture
    assert not {word for word in missing if len(word) > 3 and not re.match(r"[\d-]+", word)}


def test_words_of_papers_are_whole_in_each_language():
    from delegations.papers.content import paper_words

    names = set(paper_words()["en"])
    assert {code: set(words) ^ names for code, words in paper_words().items() if set(words) != names} == {}


def test_days_are_said_in_the_language_of_the_guests():
    on = datetime.date(2027, 6, 16)

    assert read.day_heading(on, "pl") == "Środa, 16 czerwca"
    assert read.day_heading(on, "lt") == "Trečiadienis, birželio 16 d."
    assert read.day_heading(on, "fr") == "Mercredi, 16 juin"
    assert read.day_heading(on, "ka") == "ოთხშაბათი, 16 ივნისი"
