"""The torture case file: whatever is in it, the export ends, is valid, keeps every original and says what it could not print."""

from __future__ import annotations

import io
import subprocess

import pikepdf
import pypdfium2 as pdfium
import pytest

from archive.export.casefile import Assembled, assemble
from archive.export.items import Item, Original, sha256
from archive.export.verifying import verify
from documents import conformance
from tests.archive import hostile
from tests.archive.test_case_pdf import DATA, MOMENT

pytestmark = pytest.mark.slow


def items() -> list[Item]:
    return [
        Item(number, one.name, "2026-03-04", Original(one.name, one.said, sha256(one.content), lambda kept=one.content: kept))
        for number, one in enumerate(hostile.every(), start=1)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def whole() -> Assembled:
    return assemble(DATA, items(), moment=MOMENT)


def test_torture_file_is_valid_by_our_check_and_by_qpdf(whole, tmp_path):
    assert conformance.check(whole.content, ["3b"]) == []
    (tmp_path / "byla.pdf").write_bytes(whole.content)
    done = subprocess.run(["qpdf", "--check", tmp_path / "byla.pdf"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert verify(whole.content).problems == []


@pytest.fixture(scope="module")
def rows(whole) -> dict[str, dict]:
    return {row["title"]: row for row in whole.manifest["entries"]}


@pytest.fixture(scope="module")
def inside(whole) -> dict[str, str]:
    """Names of the embedded files, by their sums."""
    with pikepdf.open(io.BytesIO(whole.content)) as found:
        return {sha256(found.attachments[name].get_file().read_bytes()): name for name in found.attachments}


@pytest.mark.parametrize("one", hostile.every(), ids=lambda one: one.name.rsplit("/", 1)[-1])
def test_each_hostile_file_has_its_pages_or_its_reason_and_its_original(whole, rows, inside, one):
    row = rows[one.name]
    assert bool(row["not_printed"]) == (one.reason is not None), row["not_printed"]
    assert (one.reason or "") in row["not_printed"]
    assert one.note in " ".join(row["notes"])
    if one.reason is not None:
        assert row["first_page"] == row["last_page"]  # its slip page alone
        assert row["sha256"] in text_of(whole, row["first_page"])
    assert row["sha256"] == sha256(one.content)
    assert (sha256(one.content) in inside) == (not one.is_named_only)


def text_of(whole: Assembled, page: int) -> str:
    with pdfium.PdfDocument(whole.content) as found:
        return "".join(found[page - 1].get_textpage().get_text_bounded().split())


def test_no_program_and_no_path_gets_in_by_a_name(inside):
    assert not any(name.endswith((".exe", "cron.d/prasmukes")) for name in inside.values())
    assert not any("/" in name or ".." in name for name in inside.values())


def test_programs_and_locked_files_of_a_letter_are_listed_unless_the_archivist_says_otherwise(rows):
    assert [one["name"] for one in rows["laiskas.eml"]["only_listed"]] == ["saskaita.pdf.exe", "slaptas.zip"]
    letter = [item for item in items() if item.title in ("laiskas.eml", "programa.txt")]
    with_all = assemble(DATA, letter, moment=MOMENT, with_doubtful=True)
    assert conformance.check(with_all.content, ["3b"]) == []
    with pikepdf.open(io.BytesIO(with_all.content)) as found:
        names = list(found.attachments)
    assert any(name.endswith("saskaita.pdf.exe") for name in names)
    assert any(name.endswith("programa.txt") for name in names)
    assert with_all.manifest["entries"][0]["only_listed"] == []


def test_nothing_that_acts_is_left_in_the_export(whole):
    with pikepdf.open(io.BytesIO(whole.content)) as found:
        for one in found.objects:
            if isinstance(one, pikepdf.Dictionary):
                assert "/JS" not in one
                assert str(one.get("/S", "")) not in ("/JavaScript", "/Launch")
