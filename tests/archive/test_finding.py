"""The search in filed documents: words on their pages in any form, trimmed to whom may see, gone with the document."""

from __future__ import annotations

import datetime
import io

import pytest
from django.core.management import call_command
from django.urls import reverse
from PIL import Image, ImageDraw, ImageFont

from archive import finding
from archive.models import CaseExport, CaseFile, DocumentText, Placement, TextPage, TextWord
from archive.services import exporting, texts
from core.files import store
from core.models import AccessRecord, StoredFile
from documents import pdf, typefaces
from documents.converting import programs
from documents.models import Document
from documents.services import attach
from documents.services.filing import change_title, void_document
from matters.choices import Access
from tests.accounts.factories import UserFactory
from tests.archive.factories import YEAR, make_document, make_plan, queries_of, run_jobs
from tests.archive.factories_acts import make_expired
from tests.archive.test_destruction import destroyed, people  # noqa: F401 -- a fixture
from tests.delegations.factories import make_member, make_visit
from tests.matters.factories import make_note

pytestmark = pytest.mark.django_db
SEARCH = "archive:search"
MOMENT = datetime.datetime(2025, 5, 5, 10, tzinfo=datetime.UTC)


def make_paper(*pages, title="Kvietimas", matter=None, by=None, **fields):
    """A paper of our own making with these words on its pages."""
    by = by or UserFactory(role="specialist")
    sheets = "".join(f'<p style="page-break-after: always">{words}</p>' for words in pages)
    content = pdf.write(
        f'<html lang="lt"><head><title>{title}</title></head><body>{sheets}</body></html>', moment=MOMENT
    )
    file = store(content, name="p.pdf", media_type="application/pdf")
    matter = matter or make_note(by)
    return attach(matter, file, name=f"{title}.pdf", title=title, by=by.actor, level="2a", **fields)


def make_text(words, *, title="Pastaba", matter=None, **fields):
    by = UserFactory(role="specialist")
    file = store(words.encode(), name="p.txt", media_type="text/plain")
    return attach(matter or make_note(by), file, name="pastaba.txt", title=title, by=by.actor, **fields)


def read_all():
    return run_jobs(texts.READ)


def titles(client, **query):
    answer = client.get(reverse(SEARCH), query)
    assert answer.status_code == 200
    return sorted(row.document.title for row in answer.context_data["rows"])


@pytest.fixture
def archivist(client):
    user = UserFactory(role="archivist")
    client.force_login(user)
    return user


@pytest.fixture
def plan():
    return make_plan()


ASKED = {
    "orkestras": True,
    "orkestrų": True,
    "viesnages": True,  # without marks, in a form that stands nowhere
    "viešnagei": True,
    "Łucja": True,
    "lucja": True,
    '"jaunimo orkestro"': True,
    '"orkestro jaunimo"': False,
    "orkestras sutartis": True,  # each on a page of its own
    '"orkestro sutartis"': False,  # a phrase stands on one page
    "orkestras -sutartis": False,
    "orkestras -baletas": True,
    "baletas | koncertas": True,
    "baletas": False,
    "kvietimą": True,  # the title
}


def test_words_are_found_in_any_form_with_and_without_marks(client, archivist, plan):
    make_paper(
        "Opolės jaunimo orkestro viešnagė ir koncertai, vadovė Łucja Nowak.", "Apgyvendinimo sutartys."
    )
    make_paper("Visai kas kita.", title="Kitas raštas")
    read_all()

    assert {asked: titles(client, q=asked) == ["Kvietimas"] for asked in ASKED} == ASKED


def test_what_is_found_says_where_and_leads_to_the_page(client, archivist, plan):
    document = make_paper("Pirmas lapas.", "Čia groja orkestras.", "Ir čia orkestrai.")
    read_all()

    row = client.get(reverse(SEARCH), {"q": "orkestras"}).context_data["rows"][0]

    assert (row.hit.page, row.hit.more) == (2, 1)
    assert [word for word, is_hit in row.hit.snippet if is_hit] == ["orkestras"]
    page = client.get(row.url)
    assert (page.context_data["page"], [number for number, _url in page.context_data["pages"]]) == (2, [2, 3])
    pages = reverse("archive:document_pages", args=[document.pk])
    assert f'src="{pages}#page=2&amp;navpanes=0"' in page.content.decode()
    assert ("orkestras", True) in page.context_data["words"]
    assert page.content.decode().count("<mark") == 1


def test_markup_in_a_document_is_shown_as_words(client, archivist, plan):
    make_text("orkestras <script>alert(1)</script>", title="<b>Ženklai</b>")
    read_all()
    row = client.get(reverse(SEARCH), {"q": "orkestras"})
    assert "<script>alert" not in row.content.decode()
    assert "<b>Ženklai" not in row.content.decode()


def test_the_folio_of_the_newest_export_is_told(client, archivist, plan):
    make_paper("Nieko.", title="Pirmas")
    make_paper("Tuščia.", "Orkestras.", title="Antras")
    read_all()
    file = CaseFile.objects.get(placements__document__title="Antras")
    made = exporting.export_file(file, by=archivist.actor)

    row = client.get(reverse(SEARCH), {"q": "orkestras"}).context_data["rows"][0]

    entry = made.manifest["entries"][1]
    assert (row.hit.export, row.hit.folio) == (1, entry["last_page"])


def test_a_file_from_outside_is_searched_as_it_is_printed(client, archivist, plan):
    document = make_text("Gerbiamieji, siunčiame orkestro dokumentus.")
    read_all()
    read = DocumentText.objects.get(pk=document.pk)
    assert (read.pages, read.problem) == (1, "")
    assert titles(client, q="orkestrai") == ["Pastaba"]


def test_what_has_no_pages_says_why_and_is_found_by_its_title(client, archivist, plan):
    by = UserFactory(role="specialist")
    film = store(b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", name="f.mp4", media_type="video/mp4")
    document = attach(make_note(by), film, name="f.mp4", title="Repeticijos įrašas", by=by.actor)
    read_all()
    assert titles(client, q="repeticijos") == ["Repeticijos įrašas"]
    page = client.get(reverse("archive:document", args=[document.pk]))
    assert DocumentText.objects.get().problem in page.content.decode()
    assert "<iframe" not in page.content.decode()
    assert client.get(reverse("archive:document_pages", args=[document.pk])).status_code == 404


@pytest.mark.slow
@pytest.mark.skipif(
    not (programs.program("tesseract").is_there and programs.program("pdftoppm").is_there),
    reason="not installed: tesseract, poppler; script/install-converters",
)
def test_words_of_a_scan_are_found(client, archivist, plan):
    sheet, target = Image.new("L", (1240, 1754), 255), io.BytesIO()
    face = ImageFont.truetype(typefaces.FOLDER / "tinos-0.4.2/Tinos-Regular.ttf", 36)
    ImageDraw.Draw(sheet).text((120, 160), "Alytaus miesto savivaldybė kviečia", fill=0, font=face)
    sheet.save(target, "PNG", dpi=(150, 150))
    by = UserFactory(role="specialist")
    file = store(target.getvalue(), name="s.png", media_type="image/png")
    attach(make_note(by), file, name="skenas.png", title="Skenas", by=by.actor)
    read_all()
    assert DocumentText.objects.get().scanned_pages == 1
    assert titles(client, q="savivaldybes kvietimas") == titles(client, q="baletas") == []
    assert titles(client, q="savivaldybei") == ["Skenas"]


# --- whose it is -------------------------------------------------------------------------------------------


def test_a_hidden_matter_leaks_neither_words_nor_counts(client, plan):
    head, specialist = UserFactory(role="head"), UserFactory(role="specialist")
    make_paper("Viešas orkestras.", title="Viešas")
    secret = make_paper(
        "Slaptas orkestras.",
        title="Slaptas",
        matter=make_note(head, access=Access.LEADERSHIP),
        by=head,
    )
    read_all()
    assert TextPage.objects.filter(text=secret.pk).exists()  # it is there to be found

    client.force_login(specialist)
    answer = client.get(reverse(SEARCH), {"q": "orkestras"})
    assert answer.context_data["count"] == 1
    assert "Slaptas" not in answer.content.decode()
    assert client.get(reverse(SEARCH), {"q": "slaptas"}).context_data["count"] == 0
    assert b"Slaptas" not in client.get(reverse(SEARCH), {"export": "csv"}).content
    for name in ("archive:document", "archive:document_pages"):
        assert client.get(reverse(name, args=[secret.pk])).status_code == 404
    neighbour = client.get(reverse("archive:document", args=[Document.objects.get(title="Viešas").pk]))
    assert "Slaptas" not in neighbour.content.decode()

    client.force_login(head)
    assert titles(client, q="orkestras") == ["Slaptas", "Viešas"]


def test_a_restricted_document_is_found_by_its_readers_only(client, archivist, plan):
    document = make_paper("Slaptas orkestras.")
    document.is_restricted = True
    document.save(update_fields=["is_restricted"])
    read_all()
    assert titles(client, q="orkestras") == []
    document.readers.add(archivist)
    assert titles(client, q="orkestras") == ["Kvietimas"]


ROLES = {
    **dict.fromkeys("specialist head deputy_head leadership secretariat archivist accountant auditor".split(), 200),
    **dict.fromkeys("administrator data_protection unit_contact".split(), 403),
}  # fmt: skip


def test_every_role(client, plan):
    document = make_paper("Orkestras.")
    read_all()
    pages = [
        reverse(SEARCH) + "?q=orkestras",
        reverse("archive:document", args=[document.pk]),
        reverse("archive:document_pages", args=[document.pk]),
    ]
    found = {}
    for role in ROLES:
        client.force_login(UserFactory(role=role))
        found[role] = [client.get(url).status_code for url in pages]
    assert found == {role: [status] * 3 for role, status in ROLES.items()}
    client.force_login(UserFactory())
    assert [client.get(url).status_code for url in pages] == [403] * 3


def test_reading_is_written_down_and_shown(client, archivist, plan):
    document = make_paper("Orkestras.")
    read_all()
    url = reverse("archive:document", args=[document.pk])
    assert not client.get(url).context_data["readers"]

    answer = client.get(reverse("archive:document_pages", args=[document.pk]))

    assert (answer["Content-Type"], answer["X-Frame-Options"]) == ("application/pdf", "SAMEORIGIN")
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert answer["Content-Disposition"].startswith("inline")
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    record = AccessRecord.objects.get()
    assert (record.actor_user, record.subject_pk, record.fields) == (archivist, document.pk, ["pages"])
    assert archivist.full_name in client.get(url).content.decode()
    client.force_login(UserFactory(role="data_protection"))
    lines = client.get(reverse("accounts:access_log"), {"export": "csv"}).content.decode("utf-8-sig")
    assert document.matter.number in lines
    assert document.title not in lines


def test_the_page_changes_nothing(client, archivist, plan):
    document = make_paper("Orkestras.")
    read_all()
    page = client.get(reverse("archive:document", args=[document.pk])).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert "<form" not in main
    assert client.post(reverse("archive:document", args=[document.pk])).status_code == 405


# --- filters -------------------------------------------------------------------------------------------------


def test_filters_of_index_year_person_and_kind(client, archivist, plan):
    sent = make_paper("Orkestras.", title="Laiškas", sender="Łucja Nowak <l@opole.example>")
    make_paper("Orkestras.", title="Raštas", by=UserFactory(role="specialist", last_name="Žukauskienė"))
    Document.objects.filter(pk=sent.pk).update(kind="email")
    read_all()
    assert titles(client, person="lucja nowak") == ["Laiškas"]
    assert titles(client, person="zukauskiene") == ["Raštas"]
    assert titles(client, kind="email") == ["Laiškas"]
    assert titles(client, q="orkestras", year=YEAR, index="5.3") == ["Laiškas", "Raštas"]
    assert titles(client, q="orkestras", index="5.12") == []
    assert titles(client, year="1900") == ["Laiškas", "Raštas"]  # no such choice: said, not applied


def test_documents_of_a_visit_are_found_by_its_partner_and_its_guests(client, archivist, plan):
    visit = make_visit()
    make_member(visit, "Łucja Nowak")
    make_document(matter=visit.matter_ptr, title="Viešnagės raštas")
    make_document(title="Kitas raštas")
    assert titles(client, person="nowak") == titles(client, partner=visit.city_id) == ["Viešnagės raštas"]
    client.force_login(UserFactory(role="auditor"))
    assert titles(client, partner=visit.city_id) == ["Viešnagės raštas"]


# --- what changes and what goes ------------------------------------------------------------------------------


def test_reading_twice_changes_nothing_and_a_new_title_is_found(client, archivist, plan):
    document = make_paper("Orkestras.")
    read_all()
    before = list(TextPage.objects.order_by("pk").values_list("pk", "number"))
    assert texts.read_document(document.pk)
    assert list(TextPage.objects.order_by("pk").values_list("pk", "number")) == before

    change_title(document, "Sutikimas", by=archivist.actor)
    read_all()
    assert (titles(client, q="sutikimai"), titles(client, q="kvietimas")) == (["Sutikimas"], [])


def test_a_void_document_is_found_no_more_and_its_words_end(client, archivist, plan):
    document = make_paper("Orkestras.")
    read_all()
    void_document(document, reason="Klaida", by=archivist.actor)
    read_all()
    assert (DocumentText.objects.count(), TextPage.objects.count()) == (0, 0)
    texts.forget_words()
    assert not TextWord.objects.exists()


def test_destruction_leaves_nothing_behind(client, people, django_capture_on_commit_callbacks):  # noqa: F811
    file = make_expired()
    going = make_text("Pavardenis koncertuoja Alytuje.", title="Naikintinas")
    kept = make_text("Alytuje lieka.", title="Paliktas")
    Placement.objects.filter(document=going).update(file=file)
    archivist = people["archivist"]
    read_all()
    words = set(TextWord.objects.values_list("word", flat=True))
    assert {"pavardenis", "alytuje"} <= words
    rendering = DocumentText.objects.get(pk=going.pk).rendering

    row = destroyed(people, django_capture_on_commit_callbacks)

    assert row.state == "done"
    assert list(DocumentText.objects.values_list("pk", flat=True)) == [kept.pk]
    assert not TextPage.objects.filter(text=going.pk).exists()
    left = set(TextWord.objects.values_list("word", flat=True))
    assert "pavardenis" not in left
    assert "alytuje" in left  # another document still says it
    assert not StoredFile.objects.filter(pk=rendering.pk).exists()
    assert not rendering.file.storage.exists(rendering.file.name)
    client.force_login(archivist)
    assert titles(client, q="pavardenis") == titles(client, q="naikintinas") == []
    read_all()  # whatever was still asked for finds nothing to read
    assert DocumentText.objects.count() == 1
    page = client.get(reverse("archive:document", args=[going.pk]))
    assert page.status_code == 200
    assert "<iframe" not in page.content.decode()


def test_what_lay_there_before_the_search_is_read_by_a_command(client, archivist, plan, capsys):
    make_paper("Orkestras.")
    read_all()
    DocumentText.objects.all().delete()
    call_command("read_documents", dry_run=True)
    call_command("read_documents")
    call_command("read_documents")
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "1 documents to read."
    assert told[1].startswith("1 documents read")
    assert told[2].startswith("0 documents read")
    assert titles(client, q="orkestras") == ["Kvietimas"]


# --- how much it costs ---------------------------------------------------------------------------------------


def test_more_documents_cost_no_more_queries(client, archivist, plan):
    url = reverse(SEARCH) + "?q=orkestras&person=a&year=" + str(YEAR)
    make_paper("Orkestras a.", title="Pirmas")
    read_all()
    client.get(url)
    one = queries_of(client, url)
    for title in ("Antras", "Trečias"):
        make_paper("Orkestras, orkestras.", title=title)
    read_all()
    assert CaseExport.objects.count() == 0
    assert queries_of(client, url) == one
    assert one <= 30


def test_a_query_of_signs_alone_finds_nothing(client, archivist, plan):
    make_paper("Orkestras.")
    read_all()
    assert titles(client, q="!!! ???") == []
    assert titles(client, q="'; DROP TABLE x; --") == []
    assert titles(client) == ["Kvietimas"]
    assert not finding.query_of("")
