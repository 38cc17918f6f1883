"""The torture case file: whatever is in it, the export ends, is valid, keeps every original and says what it could not print."""

from __future__ import annotations

import io
import subprocess

import pikepdf
import pytest

from archive.export.casefile import Assembled, assemble
from archive.export.items import Item, Original, sha256
from archive.export.verifying import verify
from documents import conformance
from tests.archive import hostile
from tests.archive.test_case_pdf import DATA, MOMENT

pytestmark = pytest.mark.slow
NOT_PRINTED = {
    "slaptas.pdf": "užšifruotas",
    "nukirstas.pdf": "sugadintas",
    "ratu.pdf": "",
    "sunkus.pdf": "sustabdytas",
    "gilus.pdf": "",
    "bomba.docx": "Išskleistas",
    "milzinas.png": "100000 × 100000",
    "tuscias.pdf": "tuščias",
    "filmas.mp4": "Įrašo",
    "programa.txt": "programa",
}


def items() -> list[Item]:
    return [
        Item(number, name, "2026-03-04", Original(name, kind, sha256(body), lambda kept=body: kept))
        for number, (name, kind, body) in enumerate(hostile.every(), start=1)
    ]


@pytest.fixture(scope="module")
def whole() -> Assembled:
    return assemble(DATA, items(), moment=MOMENT)


def test_torture_file_is_valid_by_our_check_and_by_qpdf(whole, tmp_path):
    assert conformance.check(whole.content, ["3b"]) == []
    (tmp_path / "byla.pdf").write_bytes(whole.content)
    done = subprocess.run(["qpdf", "--check", tmp_path / "byla.pdf"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert verify(whole.content).problems == []


def test_each_item_that_cannot_be_printed_has_its_reason_on_its_own_page(whole):
    rows = {row["title"]: row for row in whole.manifest["entries"]}
    printed = {title for title, row in rows.items() if not row["not_printed"]}
    assert printed.isdisjoint(NOT_PRINTED)
    for title, word in NOT_PRINTED.items():
        assert word in rows[title]["not_printed"], rows[title]["not_printed"]
        assert rows[title]["first_page"] == rows[title]["last_page"]


def test_every_original_but_a_program_is_inside_as_it_came(whole):
    with pikepdf.open(io.BytesIO(whole.content)) as found:
        inside = {sha256(found.attachments[name].get_file().read_bytes()) for name in found.attachments}
        names = [spec.filename for spec in found.attachments.values()]
    for name, _kind, body in hostile.every():
        assert (sha256(body) in inside) == (name != "programa.txt"), name
    assert not any(name.endswith(".exe") for name in names)
    assert all("/" not in name.partition(" ")[2] or name == "0015 ../../../etc/kelias.txt" for name in names)


def test_programs_and_locked_files_of_a_letter_are_listed_unless_the_archivist_says_otherwise(whole):
    rows = {row["title"]: row for row in whole.manifest["entries"]}
    assert [one["name"] for one in rows["laiskas.eml"]["only_listed"]] == ["saskaita.pdf.exe", "slaptas.zip"]
    letter = [item for item in items() if item.title in ("laiskas.eml", "programa.txt")]
    with_all = assemble(DATA, letter, moment=MOMENT, with_doubtful=True)
    assert conformance.check(with_all.content, ["3b"]) == []
    with pikepdf.open(io.BytesIO(with_all.content)) as found:
        names = list(found.attachments)
    assert any(name.endswith("saskaita.pdf.exe") for name in names)
    assert any(name.endswith("programa.txt") for name in names)
    assert with_all.manifest["entries"][0]["only_listed"] == []


def test_notes_say_what_was_left_out_or_replaced(whole):
    rows = {row["title"]: " ".join(row["notes"]) for row in whole.manifest["entries"]}
    assert "sugadintas" in rows["be-galo.pdf"]
    assert "scenarijai" in rows["scenarijus.pdf"]
    assert "setup.exe" in rows["su-programa.pdf"]
    assert "U+6F22" in rows["laiskas.eml"]
    assert "U+6F22" in rows["puslapis.html"]
    assert "neparsiųsta" in rows["puslapis.html"]
    assert "image/png" in rows["kitas.pdf"]
    assert "makrokomandų" in rows["makro.docx"]


def test_nothing_that_acts_is_left_in_the_export(whole):
    with pikepdf.open(io.BytesIO(whole.content)) as found:
        for one in found.objects:
            if isinstance(one, pikepdf.Dictionary):
                assert "/JS" not in one
                assert str(one.get("/S", "")) not in ("/JavaScript", "/Launch")
