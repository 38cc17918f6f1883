"""Files that break merge tools: each made here, small on disk, true to what people really send or attackers make."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from email.message import EmailMessage
from functools import cache

import pikepdf
from PIL import Image

TEXT = "Ąžuolas ėjo, Łódź gościła, Київ вітає, თბილისი მოდის"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def saved(made: pikepdf.Pdf, **options: object) -> bytes:
    target = io.BytesIO()
    made.save(target, **options)
    return target.getvalue()


def pdf(size: tuple[int, int] = (300, 200)) -> pikepdf.Pdf:
    made = pikepdf.new()
    made.add_blank_page(page_size=(300, 200))
    made.pages[0].obj.MediaBox = pikepdf.Array([0, 0, *size])
    made.pages[0].obj.Contents = made.make_stream(b"0.8 0.2 0.2 rg 20 20 100 100 re f")
    return made


def encrypted() -> bytes:
    return saved(pdf(), encryption=pikepdf.Encryption(user="x", owner="y"))


def truncated() -> bytes:
    return saved(pdf())[:120]


def cut() -> bytes:
    """Without its end: readers mend it, so it must be told."""
    return saved(pdf())[:-60]


def cyclic() -> bytes:
    """A tree of pages whose leaf is its own root."""
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>endobj\n"
        b"3 0 obj<</Type/Pages/Kids[2 0 R]/Parent 2 0 R/Count 1>>endobj\n"
        b"trailer<</Root 1 0 R/Size 4>>\n%%EOF\n"
    )


def heavy_page() -> bytes:
    """A page whose drawing unpacks to more than 100 MB."""
    made = pikepdf.new()
    made.add_blank_page(page_size=(595, 842))
    body = zlib.compress(b"0 0 m 1 1 l S\n" * 12_000_000, 9)
    made.pages[0].obj.Contents = pikepdf.Stream(made, body, Filter=pikepdf.Name.FlateDecode)
    return saved(made, recompress_flate=False)


def with_script() -> bytes:
    made = pdf()
    action = pikepdf.Dictionary(
        S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.launchURL('http://x.example')")
    )
    made.Root.OpenAction = made.make_indirect(action)
    return saved(made)


def with_program() -> bytes:
    made = pdf()
    made.attachments["setup.exe"] = pikepdf.AttachedFileSpec(
        made, b"MZ\x90\x00" + bytes(64), filename="setup.exe"
    )
    return saved(made)


def with_foreign_typeface() -> bytes:
    """Letters in a typeface that is neither embedded nor on any machine."""
    made = pdf()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.TrueType, BaseFont=pikepdf.Name("/NoSuchTypeface"),
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )  # fmt: skip
    made.pages[0].obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=made.make_indirect(font)))
    made.pages[0].obj.Contents = made.make_stream(b"BT /F1 18 Tf 20 100 Td (Protocol of the visit) Tj ET")
    return saved(made)


def deep_pages() -> bytes:
    """Nested far deeper than any reader recurses."""
    return b"%PDF-1.4\n1 0 obj" + b"[" * 200_000 + b"\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def packed(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def docx(**more: bytes) -> bytes:
    from docx import Document

    made, target = Document(), io.BytesIO()
    made.add_paragraph(TEXT)
    made.save(target)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in more.items():
            archive.writestr(name.replace("__", "/"), content)
    return target.getvalue()


def bomb() -> bytes:
    """A document of office that unpacks to 800 MB."""
    made, inner = io.BytesIO(), zipfile.ZipInfo("word/document.xml")
    inner.compress_type = zipfile.ZIP_DEFLATED
    with (
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(inner, "w", force_zip64=True) as member,
    ):
        for _part in range(100):
            member.write(bytes(8 * 2**20))
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
    return made.getvalue()


def with_macros() -> bytes:
    return docx(word__vbaProject_bin=b"").replace(b"vbaProject_bin", b"vbaProject.bin")


def huge_picture() -> bytes:
    """A PNG that says it is 100,000 by 100,000 pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )


def picture(kind: str) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (60, 40), "navy").save(target, kind)
    return target.getvalue()


def letter() -> bytes:
    """With a program, a locked archive, a name that climbs out of its folder, and a plain text."""
    message = EmailMessage()
    message["From"], message["To"] = "Urząd Miasta Opola <a@opole.example>", "rysiai@alytus.example"
    message["Subject"], message["Date"] = "Prośba o przyjęcie", "Wed, 04 Mar 2026 09:15:00 +0200"
    message.set_content(TEXT + "\n漢")
    locked = bytearray(packed({"a.txt": b"x"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + place] |= 1
    for content, name in (
        (b"MZ program", "saskaita.pdf.exe"),
        (bytes(locked), "slaptas.zip"),
        (b"root:x:0:0", "../../../etc/passwd.txt"),
    ):
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


@cache
def every() -> list[tuple[str, str, bytes]]:
    """Name, what is said of it, bytes."""
    return [
        ("slaptas.pdf", "application/pdf", encrypted()),
        ("nukirstas.pdf", "application/pdf", truncated()),
        ("be-galo.pdf", "application/pdf", cut()),
        ("ratu.pdf", "application/pdf", cyclic()),
        ("sunkus.pdf", "application/pdf", heavy_page()),
        ("scenarijus.pdf", "application/pdf", with_script()),
        ("su-programa.pdf", "application/pdf", with_program()),
        ("be-srifto.pdf", "application/pdf", with_foreign_typeface()),
        ("gilus.pdf", "application/pdf", deep_pages()),
        ("milzinas.pdf", "application/pdf", saved(pdf((1_000_000, 300)))),
        ("bomba.docx", DOCX, bomb()),
        ("makro.docx", DOCX, with_macros()),
        ("milzinas.png", "image/png", huge_picture()),
        ("laiskas.eml", "message/rfc822", letter()),
        ("../../../etc/kelias.txt", "text/plain", TEXT.encode()),
        ("tuscias.pdf", "application/pdf", b""),
        ("kitas.pdf", "application/pdf", picture("PNG")),
        ("filmas.mp4", "video/mp4", b"\x00\x00\x00\x18ftypmp42 film"),
        ("programa.txt", "text/plain", b"\x7fELF\x02\x01\x01\x00\x00"),
        ("puslapis.html", "text/html", b"<h1>Vizitas</h1><script>x()</script><img src=file:///etc/passwd>" + "漢".encode()),
    ]  # fmt: skip
