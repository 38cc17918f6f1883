"""The pure assembly: real files of every kind in, one PDF/A-3b out, nothing lost, the same bytes each time."""

from __future__ import annotations

import datetime
import io
import itertools
import json
import os
from email.message import EmailMessage
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from archive.export import joining
from archive.export.casefile import Assembled, CaseData, assemble, count_words
from archive.export.items import Item, Original, sha256
from archive.export.printing import draw
from archive.export.verifying import verify
from core.language.numerals import number_words
from documents import conformance

MOMENT = datetime.datetime(2026, 3, 4, 8, tzinfo=datetime.UTC)
LETTERS = "Ąžuolas ėjo, Łódź gościła, Київ вітає, თბილისი მოდის"
DATA = CaseData(
    title="5.3 Užsienio delegacijų priėmimo dokumentai",
    office="Alytaus miesto savivaldybės administracija",
    unit="Viešųjų ir užsienio ryšių skyrius",
    facts=[("Bylos indeksas", "5.3"), ("Saugoma", "5 metai")],
    is_paper=False,
    certified_by="Ona Archyvarė",
    certified_on="2026-03-04",
    actions=[("2026-03-04 10:00", "Ona Archyvarė", "byla užbaigta")],
)


def item(number: int, name: str, kind: str, content: bytes, *, own: bool = False, title: str = "") -> Item:
    original = Original(name, kind, sha256(content), lambda: content)
    return Item(number, title or name, "2026-03-04", original, registered=f"G-{number}", is_own_paper=own)


def paper(text: str = LETTERS) -> bytes:
    return draw("archive/papers/case_text.html", {"title": "Programa", "text": text}, moment=MOMENT)


def foreign(*, rotate: int = 0, size: tuple[int, int] = (300, 200), password: str = "") -> bytes:
    made, target = pikepdf.new(), io.BytesIO()
    made.add_blank_page(page_size=(100, 100))
    made.pages[0].obj.MediaBox = pikepdf.Array([0, 0, *size])
    made.pages[0].obj.Contents = made.make_stream(b"0.8 0.2 0.2 rg 0 0 %d %d re f" % size)
    if rotate:
        made.pages[0].obj.Rotate = rotate
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    made.save(target, encryption=pikepdf.Encryption(user=password, owner="o") if password else False)
    return target.getvalue()


def picture(kind: str, mode: str = "RGB", size: tuple[int, int] = (60, 40), **options: object) -> bytes:
    target = io.BytesIO()
    Image.new(mode, size, 120 if mode in "L1" else None).save(target, kind, **options)
    return target.getvalue()


def letter() -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "Urząd Miasta Opola <a@opole.example>", "Prośba o przyjęcie"
    message["Date"] = "Wed, 04 Mar 2026 09:15:00 +0200"
    message.set_content(LETTERS + "\n漢 emoji 😀")
    message.add_attachment(b"x", maintype="application", subtype="octet-stream", filename="priedas.bin")
    return message.as_bytes()


@cache
def every_kind() -> list[Item]:
    files = [
        ("programa.pdf", "application/pdf", paper()),
        ("skenas.jpg", "image/jpeg", picture("JPEG")),
        ("ženklas.png", "image/png", picture("PNG", "RGBA")),
        ("faksas.tif", "image/tiff", picture("TIFF", "1", dpi=(200, 200))),
        ("pastaba.txt", "text/plain", LETTERS.encode()),
        ("laiškas.eml", "message/rfc822", letter()),
        ("kitas.pdf", "application/pdf", foreign()),
        ("pasuktas.pdf", "application/pdf", foreign(rotate=90)),
        ("apverstas.pdf", "application/pdf", foreign(rotate=180)),
        ("kitaip.pdf", "application/pdf", foreign(rotate=270)),
        ("mažas.pdf", "application/pdf", foreign(size=(30, 20))),
        ("milžinas.pdf", "application/pdf", foreign(size=(1_000_000, 200))),
        ("slaptas.pdf", "application/pdf", foreign(password="x")),
        ("nukirstas.pdf", "application/pdf", foreign()[:200]),
        ("filmas.mp4", "video/mp4", b"\x00\x00\x00\x18ftypmp42 film"),
        ("ataskaita.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK\x03\x04"),
        ("tuščias.txt", "text/plain", b""),
        ("sugadintas.png", "image/png", picture("PNG")[:40]),
        ("programa.bin", "application/octet-stream", b"MZ program"),
    ]  # fmt: skip
    return [
        item(number, name, kind, content, own=number == 1)
        for number, (name, kind, content) in enumerate(files, start=1)
    ]


@pytest.fixture(scope="module")
def whole() -> Assembled:
    return assemble(DATA, every_kind(), moment=MOMENT)


def test_every_kind_of_file_lies_in_one_valid_archival_file(whole):
    assert conformance.check(whole.content, ["3b"]) == []
    assert [row["title"] for row in whole.manifest["entries"] if row["not_printed"]] == [
        "slaptas.pdf", "nukirstas.pdf", "filmas.mp4", "ataskaita.docx", "tuščias.txt",
        "sugadintas.png", "programa.bin",
    ]  # fmt: skip


def test_a_large_file_is_judged_without_its_freight_and_no_less_strictly(whole, tmp_path, monkeypatch):
    path = tmp_path / "large.pdf"
    monkeypatch.setattr(conformance, "LARGE", 1)
    given = []
    judge = conformance._failures
    monkeypatch.setattr(
        conformance, "_failures", lambda judged, *rest: given.append(len(judged)) or judge(judged, *rest)
    )
    path.write_bytes(whole.content)
    assert conformance.check(path, ["3b"]) == []
    assert given[0] < whole.size
    with pikepdf.open(path) as found:
        del found.Root.AF[0].AFRelationship
        found.save(tmp_path / "less.pdf")
    assert [one.rule for one in conformance.check(tmp_path / "less.pdf", ["3b"])] == [
        "PDFA3B-FILE-SPEC-AF-RELATIONSHIP-001"
    ]
    place = whole.content.index(b"endstream")
    path.write_bytes(whole.content[:place] + b"    endstream".ljust(13) + whole.content[place + 9 :])
    assert "stream-length" in [one.rule for one in conformance.check(path, ["3b"])]


def test_nothing_of_the_assembly_is_left_on_the_disk(whole, settings):
    assert whole.size == len(whole.content)
    assert sha256(whole.content) == whole.sha256
    home = Path(settings.VAR_DIR) / "converting"
    assert not [left for left in home.glob("*") if f"-{os.getpid()}-" in left.name]


def test_the_same_paper_filed_twice_is_there_twice():
    once = paper()
    items = [item(number, f"{number}.pdf", "application/pdf", once, own=True) for number in (1, 2)]
    made = assemble(DATA, items, moment=MOMENT)
    with pikepdf.open(io.BytesIO(made.content)) as found:
        assert len(found.Root.AF) == 3
        rows = made.manifest["entries"]
        assert rows[1]["first_page"] == rows[0]["last_page"] + 1
        drawn = [
            page.Contents[-1].read_bytes().partition(b"Tj")[0].rpartition(b"<")[2] for page in found.pages
        ]
        assert len(set(drawn)) == len(drawn) == made.pages


def test_originals_are_embedded_as_they_came_and_a_program_is_only_listed(whole):
    with pikepdf.open(io.BytesIO(whole.content)) as found:
        # without the program, with the inventory and what was attached to the letter
        assert len(found.Root.AF) == len(every_kind()) + 1
        assert found.attachments["0006 01 priedas.bin"].get_file().read_bytes() == b"x"
        for one in every_kind()[:-1]:
            spec = found.attachments[one.embedded_name]
            assert sha256(spec.get_file().read_bytes()) == one.original.sha256
            assert one.original.sha256 in spec.description
            assert str(spec.obj.AFRelationship) == "/Source"
        assert every_kind()[-1].embedded_name not in found.attachments


def test_pages_are_numbered_in_order_and_bookmarked(whole):
    with pikepdf.open(io.BytesIO(whole.content)) as found:
        assert len(found.pages) == whole.pages
        with found.open_outline() as outline:
            assert len(outline.root) == len(every_kind()) + 4
        assert all("FolioF" in str(list(page.resources.Font.keys())) for page in found.pages)
        assert "/OpenAction" not in found.Root
        assert "/PageMode" not in found.Root
    rows = whole.manifest["entries"]
    for before, after in itertools.pairwise(rows):
        assert after["first_page"] == before["last_page"] + 1


def test_same_case_gives_same_bytes(whole):
    assert assemble(DATA, every_kind(), moment=MOMENT).sha256 == whole.sha256


def test_verifying_finds_what_was_exchanged(whole):
    assert verify(whole.content).problems == []
    with pikepdf.open(io.BytesIO(whole.content)) as found:
        name = "0005 pastaba.txt"
        found.attachments[name].obj.EF.F.write(b"another text")
        del found.pages[-1]
        target = io.BytesIO()
        found.save(target)
    problems = [str(problem.details) for problem in verify(target.getvalue()).problems]
    assert any(name in problem for problem in problems)
    assert any(str(whole.pages) in problem for problem in problems)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_strip_lies_outside_what_was_seen_of_the_page(rotation):
    box = (10.0, 20.0, 310.0, 220.0)
    grown = joining._with_strip(box, rotation)
    assert grown[0] <= box[0]
    assert grown[1] <= box[1]
    assert grown[2] >= box[2]
    assert grown[3] >= box[3]
    assert (grown[2] - grown[0]) * (grown[3] - grown[1]) > 300 * 200


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "vienas"), (11, "vienuolika"), (21, "dvidešimt vienas"), (100, "vienas šimtas"),
     (504, "penki šimtai keturi"), (2110, "du tūkstančiai vienas šimtas dešimt"), (10000, "dešimt tūkstančių")],
)  # fmt: skip
def test_numbers_are_written_in_words(number, words):
    assert number_words(number) == words


def test_certification_names_what_is_counted():
    assert count_words(504, is_paper=True) == "504 (penki šimtai keturi) lapai"
    assert count_words(21, is_paper=False) == "21 (dvidešimt vienas) puslapis"


def test_manifest_is_inside(whole):
    with pikepdf.open(io.BytesIO(whole.content)) as found:
        inside = json.loads(found.attachments["apyrasas.json"].get_file().read_bytes())
    assert inside == whole.manifest
