"""Files as programs of others save them, in one case file: slides, tables, texts, letters with what they carry, signed ones."""

from __future__ import annotations

import datetime
import io
import zipfile

import pikepdf
import pypdfium2 as pdfium
import pytest

from archive import seed_kinds
from archive.export.casefile import Assembled, assemble
from archive.export.items import Item, Original, sha256
from archive.export.verifying import verify
from documents import conformance
from documents.converting import programs
from documents.intake import KINDS
from tests.archive.hostile import packed
from tests.archive.test_case_pdf import DATA, MOMENT
from tests.documents.authority import Authority
from tests.documents.foreign import Signatory, sheet, tampered
from tests.documents.outlook import outlook_letter

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not programs.program("soffice").is_there, reason="no LibreOffice; script/install-converters"
    ),
]
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DRAWING = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
SLIDES = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'


def pptx(text: str) -> bytes:
    """One slide with one text, as small as a presentation may be."""
    kind = "application/vnd.openxmlformats-officedocument.presentationml"
    members = {
        "[Content_Types].xml": (
            f'<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/ppt/presentation.xml" ContentType="{kind}.presentation.main+xml"/>'
            f'<Override PartName="/ppt/slides/slide1.xml" ContentType="{kind}.slide+xml"/></Types>'
        ),
        "_rels/.rels": _relations("officeDocument", "ppt/presentation.xml"),
        "ppt/presentation.xml": (
            f'<p:presentation {DRAWING} {SLIDES} xmlns:r="{OFFICE}"><p:sldIdLst><p:sldId id="256" r:id="rId1"/>'
            '</p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>'
        ),
        "ppt/_rels/presentation.xml.rels": _relations("slide", "slides/slide1.xml"),
        "ppt/slides/slide1.xml": (
            f'<p:sld {DRAWING} {SLIDES}><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/>'
            '</p:nvGrpSpPr><p:grpSpPr/><p:sp><p:nvSpPr><p:cNvPr id="2" name="T"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>'
            '<a:xfrm><a:off x="900000" y="900000"/><a:ext cx="7000000" cy="2000000"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr/><a:p><a:r>'
            f'<a:rPr lang="lt" sz="2800"/><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sld>'
        ),
    }
    return packed({name: f'<?xml version="1.0"?>{body}'.encode() for name, body in members.items()})


def _relations(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/{kind}" Target="{target}"/></Relationships>'
    )


@pytest.fixture(scope="module")
def signer() -> Signatory:
    return Signatory(Authority(), "Janina Nowak")


@pytest.fixture(scope="module")
def files(signer) -> dict[str, bytes]:
    slides = pptx("Ąžuolų alėja")
    letter = outlook_letter(
        subject="Susitikimo medžiaga",
        sender="Łucja Żak",
        address="lucja@opole.example",
        body="Siunčiame skaidres ir sutartį.",
        sent_at=datetime.datetime(2026, 2, 3, 8, 15, tzinfo=datetime.UTC),
        attachments={"skaidrės.pptx": slides, "sutartis.pdf": signer.sign(sheet())},
    )
    document = seed_kinds.docx("Susitarimas", "Šalys susitarė: Łódź, Київ.")
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:  # unpacked, so that the PDF begins within the first bytes
        archive.writestr("mimetype", KINDS["adoc"][0])
        archive.writestr("sutartis.pdf", signer.sign(sheet()))
    return {
        "skaidrės.pptx": pptx("Vizito skaidrės"),
        "sąmata.xlsx": seed_kinds.table(),
        "kalba.odt": seed_kinds.open_text("Kalba", "Gerbiamieji, sveiki atvykę."),
        "laiškas.msg": letter,
        "sutartis.adoc": stored.getvalue(),
        "susitarimas.adoc": seed_kinds.container(document),
        "pasirašyta.asice": signer.container({"sutartis.docx": document}),
        "pasirašyta.pdf": signer.sign(sheet()),
        "pakeista.pdf": tampered(signer.sign(sheet())),
    }


@pytest.fixture(scope="module")
def whole(files) -> Assembled:
    items = [
        Item(number, name, "2026-02-03", Original(name, KINDS[name.rsplit(".", 1)[1]][0], sha256(body), lambda kept=body: kept))
        for number, (name, body) in enumerate(files.items(), start=1)
    ]  # fmt: skip
    return assemble(DATA, items, moment=MOMENT)


@pytest.fixture(scope="module")
def rows(whole) -> dict[str, dict]:
    return {row["title"]: row for row in whole.manifest["entries"]}


def words(whole: Assembled, row: dict) -> str:
    with pdfium.PdfDocument(whole.content) as found:
        pages = range(row["first_page"] - 1, row["last_page"])
        return " ".join(" ".join(found[page].get_textpage().get_text_bounded().split()) for page in pages)


def test_all_are_printed_and_the_whole_is_archival(whole, rows):
    assert {title: row["not_printed"] for title, row in rows.items() if row["not_printed"]} == {}
    assert conformance.check(whole.content, ["3b"]) == []
    assert verify(whole.content).problems == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("skaidrės.pptx", ["Vizito skaidrės"]),
        ("kalba.odt", ["Gerbiamieji, sveiki atvykę."]),
        ("laiškas.msg", ["Susitikimo medžiaga", "Siunčiame skaidres", "Ąžuolų alėja", "Łucja Żak"]),
        ("susitarimas.adoc", ["Šalys susitarė: Łódź, Київ."]),
        (
            "pasirašyta.asice",
            ["Šalys susitarė: Łódź, Київ.", "Pasirašė: Janina Nowak", "neveda į jokią patikimą šaknį"],
        ),
    ],
)
def test_words_of_the_file_stand_on_its_pages(whole, rows, name, said):
    found = words(whole, rows[name])
    for each in said:
        assert each in found, found[:600]


def test_state_of_signatures_is_told(rows):
    notes = {name: " ".join(rows[name]["notes"]) for name in rows}
    assert "Po pasirašymo dokumentas nepakeistas" in notes["pasirašyta.pdf"]
    assert "neveda į jokią patikimą šaknį" in notes["pasirašyta.pdf"]
    assert "pakeistas arba parašas sugadintas" in notes["pakeista.pdf"]
    for name in ("laiškas.msg", "sutartis.adoc"):  # of the signed file inside
        assert "Pasirašė: Janina Nowak" in notes[name]
        assert "sako ką kita" not in notes[name]


def test_originals_are_inside_as_they_came_with_what_a_letter_carried(whole, files):
    with pikepdf.open(io.BytesIO(whole.content)) as found:
        inside = {sha256(found.attachments[name].get_file().read_bytes()): name for name in found.attachments}
    for body in files.values():
        assert sha256(body) in inside
    assert sum(name.endswith(("skaidrės.pptx", "sutartis.pdf")) for name in inside.values()) == 3
