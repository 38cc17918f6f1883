"""Converters: what is taken from their processes, and what becomes of files of every kind."""

from __future__ import annotations

import io
import os
import socket
import sys
import time
import zipfile

import pytest
from PIL import Image, ImageDraw, ImageFont

from documents import conformance, typefaces
from documents.converting import plain, programs, sandbox
from documents.converting.convert import convert
from documents.converting.reading import read_pages
from documents.converting.sandbox import Limits, NotIsolatedError
from documents.converting.words import sentence
from documents.models import Conversion
from documents.services import conversions

MEGABYTE = sandbox.MEGABYTE


def needs(*codes: str):
    absent = [code for code in codes if not programs.program(code).is_there]
    return pytest.mark.skipif(bool(absent), reason=f"not installed: {absent}; script/install-converters")


def python(code: str, limits: Limits | None = None, **means: object) -> sandbox.Done:
    with sandbox.scratch() as folder:
        return sandbox.run(
            [sys.executable, "-I", "-c", code], folder, limits, reads=sandbox._python_places(), **means
        )


@pytest.fixture
def listening():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


@pytest.mark.parametrize("means", [{}, {"unshare": False}, {"seccomp": False}])
def test_converter_reaches_no_network_by_either_means(listening, means):
    socket.create_connection(("127.0.0.1", listening), 3).close()  # it is there for us
    done = python(f"import socket; socket.create_connection(('127.0.0.1', {listening}), 3)", **means)
    assert not done.is_well
    assert "Error" in done.complained


def test_converter_is_refused_where_the_network_cannot_be_taken_away():
    with pytest.raises(NotIsolatedError, match="tinklo"):
        python("print('ran')", unshare=False, seccomp=False)


def test_no_local_server_is_reached(tmp_path):
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
        server.listen()
        code = f"import socket; s = socket.socket(socket.AF_UNIX); s.connect({str(tmp_path / 's')!r})"
        assert not python(code).is_well
        assert not python(code, sockets_in=["/tmp"]).is_well


@pytest.mark.parametrize(
    ("code", "limits"),
    [
        ("x = bytearray(2**30)", Limits(memory=512 * MEGABYTE)),
        ("while True: pass", Limits(cpu=1)),
        ("import time; time.sleep(600)", Limits(wall=1)),
        ("open('big', 'wb').write(bytes(2**21))", Limits(file=MEGABYTE)),
    ],
)
def test_limits_hold(code, limits):
    assert not python(code, limits).is_well


def test_what_a_program_started_ends_with_it():
    code = "import subprocess, sys; print(subprocess.Popen(['/bin/sleep', '600']).pid)"
    done = python(code)
    assert done.is_well
    deadline = time.monotonic() + 10
    while not _is_gone(int(done.said)):
        assert time.monotonic() < deadline


def _is_gone(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as told:
            return told.read().split()[2] in "ZX"
    except FileNotFoundError:
        return True


def test_secrets_of_the_worker_are_not_handed_on(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "never-told")
    assert "never-told" not in python("import os; print(dict(os.environ))").said


def test_link_left_instead_of_a_file_is_not_followed():
    with sandbox.scratch() as folder:
        os.symlink("/etc/passwd", folder / "out.pdf")
        assert sandbox.read(folder / "out.pdf") == b""


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("Ąžuolas ėjo šalin", "cp1257"), ("Łódź, święto, żółć", "cp1250"), ("Київ вітає гостей", "cp1251"),
     ("Киев приветствует", "koi8-u"), ("Grüße, schöne Straße", "cp1252"), ("Ąžuolas", "utf-16-le"), ("Ąžuolas", "utf-16"), ("Ąžuolas", "utf-8-sig")],
)  # fmt: skip
def test_text_is_read_in_any_encoding(text, encoding):
    assert plain.decode(text.encode(encoding))[0] == text


def test_record_of_a_web_page_is_listed_and_a_broken_one_said():
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    kept = io.BytesIO()
    writer = WARCWriter(kept, gzip=True)
    heads = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    for address in ("https://pavyzdys.example/1", "https://pavyzdys.example/p.png"):
        body = io.BytesIO(address.encode())
        writer.write_record(writer.create_warc_record(address, "response", payload=body, http_headers=heads))

    made = convert(kept.getvalue(), "1.warc.gz", "application/warc")

    words = read_pages(made.content).texts[0]
    assert (made.reason, made.notes) == (None, [])
    assert all(said in words for said in ("https://pavyzdys.example/p.png", "sha1:", "text/html"))
    assert convert(b"WARC/1.0\r\n", "1.warc", "application/warc").reason == ("broken_record", {})
    assert convert(b"\x1f\x8bne", "1.warc.gz", "application/warc").reason[0] == "archive"


@needs("soffice")
@pytest.mark.slow
@pytest.mark.parametrize("name", ["raštas.docx", "sąmata.xlsx", "kalba.odt"])
def test_office_documents_become_archival_pages(name):
    made = convert(office(name), name, "")
    assert made.reason is None
    assert [one for one in conformance.check(made.content, ["3b"]) if one.rule != "title"] == []
    assert "Ąžuolas" in read_pages(made.content).texts[0]


def office(name: str) -> bytes:
    target = io.BytesIO()
    if name.endswith("docx"):
        import docx

        made = docx.Document()
        made.add_paragraph("Ąžuolas ėjo")
        made.save(target)
    elif name.endswith("xlsx"):
        import openpyxl

        book = openpyxl.Workbook()
        book.active["A1"] = "Ąžuolas ėjo"
        book.save(target)
    else:
        kind = "application/vnd.oasis.opendocument.text"
        content = (
            '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
            ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>'
            "<office:text><text:p>Ąžuolas ėjo</text:p></office:text></office:body></office:document-content>"
        )
        entries = (
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
        )
        with zipfile.ZipFile(target, "w") as archive:
            archive.writestr("mimetype", kind)
            archive.writestr("content.xml", content)
            archive.writestr("META-INF/manifest.xml", entries)
    return target.getvalue()


def scan() -> bytes:
    sheet = Image.new("L", (1240, 1754), 255)
    face = ImageFont.truetype(typefaces.FOLDER / "tinos-0.4.2/Tinos-Regular.ttf", 36)
    ImageDraw.Draw(sheet).text((120, 160), "Alytaus miesto savivaldybė kviečia", fill=0, font=face)
    target = io.BytesIO()
    sheet.save(target, "TIFF", dpi=(150, 150))
    return target.getvalue()


@needs("tesseract", "pdftoppm")
@pytest.mark.slow
def test_scan_gets_a_text_layer_and_the_same_bytes_each_time():
    made = convert(scan(), "skenas.tif", "image/tiff")
    assert made.read_pages == 1
    assert "savivaldybė kviečia" in read_pages(made.content).texts[0]
    assert convert(scan(), "skenas.tif", "image/tiff").content == made.content


HEIC = "0000SW^{RQXk}?*00000ZE0pPXk}?*ZE0a<0004fZDn*}000000000XXk=`10000000000aA{+700000000000000000000B57=IV*mgE07O6l0RRC200001p#T8@00000000^Q001LtX>Mi!000000RR916=`l}WdZ;I000310BCk&F#rGn01j|zbZr0t000010002}X>f9I0002pX>en20001XXm(>m0RwOV0058x000009`FGC{rLC*01pFT0096PKmiN^|NjGU00093kN^M!000939=ZZRVE_RDDnbDP18@KU0|1Z!00RI30{|YNAb|yz>g1-mxCm%4AOHXZ10VnZ0{|gn00967L;=Bbz=;3=025<xY;ta6Y<K_x01W^JfB*mh6lrsCWdHyG00000KmY&$KmY&$C}V74Z~y=RKmY&$0RR91FaQ7m0RR91000000{{R2@Bjb+0ssI25O8UDX#fBK00RgJ2mk;87-?{AVE_OC000000RRC7fdT^sga7~lB5h=0bN~PV7AOI)8G!FerN95;0^jSNzu)UxW9Hx"


def test_telephone_picture_is_printed():
    import base64

    made = convert(base64.b85decode(HEIC), "IMG_1.heic", "image/heic", reads_scans=False)
    assert made.reason is None
    assert made.content.startswith(b"%PDF")


@pytest.mark.django_db
def test_conversion_is_kept_once_and_goes_with_its_file(monkeypatch):
    content = b"<h1>Vizitas</h1>"
    first = conversions.kept(content, "puslapis.html", "text/html")
    with monkeypatch.context() as never:
        never.setattr(conversions, "convert", lambda *args: pytest.fail("made again"))
        assert conversions.kept(content, "puslapis.html", "text/html").content == first.content
    from core.files import store

    row, original = Conversion.objects.get(), store(content, name="x", media_type="text/html")
    assert conversions.forget([original.pk]) == {row.pdf_id}
    assert not Conversion.objects.exists()


@pytest.mark.django_db
def test_failed_conversion_is_tried_again_when_the_converters_change(monkeypatch):
    monkeypatch.setattr(programs, "_find", lambda code: "")
    content = office("raštas.docx")
    assert sentence(conversions.kept(content, "a.docx", "").reason).endswith("LibreOffice.")
    row = Conversion.objects.get()
    assert row.pdf is None
    Conversion.objects.update(tools="what was there before")
    conversions.kept(content, "a.docx", "")
    assert Conversion.objects.get().tools == programs.tools()
