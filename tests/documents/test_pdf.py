"""Papers: valid, the same bytes for the same input, nothing fetched, no letter lost."""

from __future__ import annotations

import ctypes
import datetime
import gc
import io

import pikepdf
import pytest
from django.core.exceptions import ValidationError

from core.errors import DomainError
from documents import assembly, checks, conformance, pdf, typefaces

MOMENT = datetime.datetime(2026, 6, 10, 9, 30, tzinfo=datetime.UTC)


def paper(
    body: str = "<h1>Vizito programa</h1><p>Ačiū.</p>", *, language: str = "lt", title: str = "Programa"
) -> str:
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        f'<link rel="stylesheet" href="/static/documents/papers.css"></head><body>{body}</body></html>'
    )


TABLE = (
    '<table><thead><tr><th scope="col">Val.</th><th scope="col">Kas</th></tr></thead><tbody>'
    + "".join(f"<tr><td>{row}</td><td>Punktas {row}</td></tr>" for row in range(90))
    + "</tbody></table>"
)


def text_of(content: bytes) -> str:
    import subprocess

    return subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True
    ).stdout.decode()


def test_render_makes_pdfa_and_pdfua_in_one_file():
    content = pdf.render(paper(), moment=MOMENT)

    with pikepdf.open(io.BytesIO(content)) as made:
        assert conformance.claimed_profiles(made) == ["2a", "ua1"]
    assert conformance.check(content) == []


def test_same_input_gives_same_bytes_whatever_was_made_between():
    first = pdf.render(paper(TABLE.join(["<h1>A</h1>", ""])), moment=MOMENT)
    pdf.render(paper("<h1>Kitas</h1><p>Ґудзенко ქართული</p>"), moment=MOMENT)

    assert pdf.render(paper(TABLE.join(["<h1>A</h1>", ""])), moment=MOMENT) == first


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:9/x.png",
        "https://paper.invalid/manage.py",
        "/static/../manage.py",
        "/static/%2e%2e/manage.py",
        "//other.invalid/x.png",
        "data:image/png;base64,AAAA",
    ],
)
def test_only_static_files_are_fetched(address):
    with pytest.raises(pdf.ForeignAddressError):
        pdf.render(paper(f'<h1>A</h1><img alt="x" src="{address}">'), moment=MOMENT)


def test_letter_without_typeface_is_an_error_that_names_it():
    with pytest.raises(DomainError, match=r"😀 \(U\+1F600\)"):
        pdf.render(paper("<h1>Sveiki &#128512;</h1>"), moment=MOMENT)


def test_scripts_of_partner_cities_are_printed():
    names = "Łączyński · Ґудзенко · ქეთევან · Jānis Bērziņš · Õnne · Müller · Ελένη"

    assert "ქეთევან" in text_of(pdf.render(paper(f"<h1>{names}</h1>"), moment=MOMENT))


def test_form_validator_names_letters():
    typefaces.refuse_missing_letters("Žąsinas, ė́ – „kabutės“ 5\u202f000 €")
    with pytest.raises(ValidationError, match=r"Ա \(U\+0531\)"):
        typefaces.refuse_missing_letters("Արամ")
    with pytest.raises(ValidationError, match=r"U\+202E"):
        typefaces.refuse_missing_letters("a\u202eb")


def test_paper_that_breaks_accessibility_is_refused():
    with pytest.raises(pdf.NotConformingError):
        pdf.render(paper('<h1>A</h1><img src="/static/core/mark.svg">'), moment=MOMENT)
    with pytest.raises(pdf.NotConformingError):
        pdf.render(paper(language=""), moment=MOMENT)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"MZ\x90\x00", b"<html></html>"])
def test_check_refuses_what_is_no_pdf(content):
    assert [problem.rule for problem in conformance.check(content)] == ["unreadable"]


def test_check_refuses_a_file_that_claims_nothing():
    empty = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(empty)

    assert {"claim"} <= {problem.rule for problem in conformance.check(empty.getvalue())}


def test_join_keeps_page_bytes_and_stays_valid():
    link = '<p><a href="https://alytus.lt">alytus.lt</a> <a href="#pabaiga">žemyn</a></p><h2 id="pabaiga">Pabaiga</h2>'
    first = pdf.render(paper(f"<h1>Programa</h1>{TABLE}{link}"), moment=MOMENT)
    second = pdf.render(paper(f"<h1>Derinimo lapas</h1>{TABLE}{link}"), moment=MOMENT)

    whole = assembly.join(first, second, second_label="D-")

    assert conformance.check(whole) == []
    assert assembly.join(first, second, second_label="D-") == whole
    with (
        pikepdf.open(io.BytesIO(first)) as one,
        pikepdf.open(io.BytesIO(second)) as two,
        pikepdf.open(io.BytesIO(whole)) as joined,
    ):
        before = [page.Contents.read_bytes() for page in [*one.pages, *two.pages]]
        assert [page.Contents.read_bytes() for page in joined.pages] == before
        with joined.open_outline() as outline:
            titles = [item.title for item in outline.root]
        elements = list(assembly._elements(joined.Root.StructTreeRoot.K))
        own = len(list(assembly._elements(one.Root.StructTreeRoot.K)))
        other = len(list(assembly._elements(two.Root.StructTreeRoot.K)))
        assert len(elements) == own + other
        identifiers = [str(element.ID) for element in elements if "/ID" in element]
        assert len(identifiers) == len(set(identifiers)) > 0
        pages = {page.obj.objgen for page in joined.pages}
        assert {element.Pg.objgen for element in elements if "/Pg" in element} <= pages
    assert titles == ["Programa", "Derinimo lapas"]
    assert text_of(whole) == text_of(first) + text_of(second)


def test_join_may_be_repeated():
    one = pdf.render(paper(f"<h1>A</h1>{TABLE}"), moment=MOMENT)

    assert conformance.check(assembly.join(assembly.join(one, one), one)) == []


def test_vendored_typefaces_are_as_listed():
    import hashlib

    assert checks.papers_can_be_made(None) == []
    for folder in typefaces.FOLDER.iterdir():
        listed = dict(line.split("  ")[::-1] for line in (folder / "SHA256SUMS").read_text().splitlines())
        assert {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in listed} == listed
        assert {path.name for path in folder.iterdir()} == {*listed, "SHA256SUMS"}


class Allocations(ctypes.Structure):
    """mallinfo2(3)"""

    _fields_ = [(name, ctypes.c_size_t) for name in (
        "arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost",
    )]  # fmt: skip


def taken() -> int:
    """Bytes that C libraries hold, in pieces of any size; what Python itself holds is in them."""
    gc.collect()
    told = ctypes.CDLL(None).mallinfo2
    told.restype = Allocations
    held = told()
    return held.uordblks + held.hblkhd


def test_what_a_paper_took_it_gives_back():
    rows = "".join(f"<tr><td style='font-feature-settings:\"tnum\"'>{row}</td></tr>" for row in range(200))
    for _time in range(3):
        pdf.write(paper(f"<table>{rows}</table>"), moment=MOMENT)
    before = taken()
    for _time in range(5):
        pdf.write(paper(f"<table>{rows}</table>"), moment=MOMENT)
    assert (taken() - before) / 5 < 10_000  # it was 140 KB
