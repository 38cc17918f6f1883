"""Files that break merge tools: each made here, small on disk, true to what people really send or attackers make."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
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
    """A document of office that unpacks to 96 MB, a thousand times its size."""
    made, inner = io.BytesIO(), zipfile.ZipInfo("word/document.xml")
    inner.compress_type = zipfile.ZIP_DEFLATED
    with (
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(inner, "w", force_zip64=True) as member,
    ):
        for _part in range(12):
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


def locked_office() -> bytes:
    """How Office keeps a document with a password: an OLE file with one encrypted package."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(504)
        + "EncryptedPackage".encode("utf-16-le")
        + bytes(4096)
    )


def many_laughs() -> bytes:
    """Entities that name one another until they fill any memory."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    body = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "ha">{entities}]><d>&l11;</d>'.encode()
    return packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": body})


def zip_bomb() -> bytes:
    """A plain archive that unpacks to 96 MB of small members."""
    return packed({f"{number}.txt": bytes(16 * 2**20) for number in range(6)})


def climbing_container() -> bytes:
    """A signed container whose documents would lie outside its folder."""
    return packed(
        {
            "mimetype": b"application/vnd.lt.archyvai.adoc-2008",
            "../../../../tmp/prasmukes.txt": TEXT.encode(),
            "/etc/cron.d/prasmukes": b"* * * * * root true",
            "META-INF/manifest.xml": b"<manifest/>",
        }
    )


def drawing_itself() -> bytes:
    """A form that draws itself."""
    made = pdf()
    form = made.make_stream(b"/F0 Do 0 0 10 10 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
    form.BBox = pikepdf.Array([0, 0, 100, 100])
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F0=form))
    made.pages[0].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F0=form))
    made.pages[0].obj.Contents = made.make_stream(b"/F0 Do")
    return saved(made)


def launching() -> bytes:
    made = pdf()
    start = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe"))
    made.Root.OpenAction = made.make_indirect(start)
    return saved(made)


def letter_in_letters() -> bytes:
    """Eighty letters, each attached to the next."""
    inner = letter()
    for number in range(80):
        message = EmailMessage()
        message["From"], message["Subject"] = "a@opole.example", f"Persiunčiu {number}"
        message.set_content("Žr. priedą.")
        message.add_attachment(
            inner, maintype="application", subtype="octet-stream", filename="persiustas.eml"
        )
        if len(inner := message.as_bytes()) > 2_000_000:
            break
    return inner


def broken_letter() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__properties_version1.0".encode("utf-16-le") + bytes(2000)


def cut_picture() -> bytes:
    whole = picture("JPEG")
    return whole[: len(whole) // 2]


def huge_tiff() -> bytes:
    """A TIFF head of 100,000 by 100,000 pixels without the pixels."""
    fields = [(256, 4, 100_000), (257, 4, 100_000), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 8), (278, 4, 100_000), (279, 4, 8)]  # fmt: skip
    table = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in fields)
    return struct.pack("<2sHI", b"II", 42, 16) + bytes(8) + struct.pack("<H", len(fields)) + table + bytes(4)


def with_office_program() -> bytes:
    """A document of office with a program embedded as an object."""
    return docx(word__embeddings__setup_exe=b"MZ\x90\x00" + bytes(64))


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ADOC = "application/vnd.lt.archyvai.adoc-2008"
MSG = "application/vnd.ms-outlook"
PDF = "application/pdf"


@dataclass(frozen=True)
class Hostile:
    """A file, what its name says it is, what the export must say of it."""

    name: str
    said: str
    content: bytes
    reason: str | None = None  # words of why it is not printed; nothing: any words; None: it is printed
    note: str = ""  # words of the slip page
    is_named_only: bool = False  # a program: its sum is listed, it is not embedded


@cache
def every() -> list[Hostile]:
    return [
        Hostile("slaptas.pdf", PDF, encrypted(), "užšifruotas"),
        Hostile("nukirstas.pdf", PDF, truncated(), "sugadintas"),
        Hostile("be-galo.pdf", PDF, cut(), note="sugadintas"),
        Hostile("ratu.pdf", PDF, cyclic(), ""),
        Hostile("sunkus.pdf", PDF, heavy_page(), "sustabdytas"),
        Hostile("scenarijus.pdf", PDF, with_script(), note="scenarijai"),
        Hostile("paleidziantis.pdf", PDF, launching(), note="scenarijai"),
        Hostile("su-programa.pdf", PDF, with_program(), note="setup.exe"),
        Hostile("be-srifto.pdf", PDF, with_foreign_typeface()),
        Hostile("gilus.pdf", PDF, deep_pages(), ""),
        Hostile("pats-save.pdf", PDF, drawing_itself()),
        Hostile("milzinas.pdf", PDF, saved(pdf((1_000_000, 300)))),
        Hostile("bomba.docx", DOCX, bomb(), "Išskleistas"),
        Hostile("bomba.zip", "application/zip", zip_bomb(), "Išskleistas"),
        Hostile("juokai.docx", DOCX, many_laughs(), ""),
        Hostile("makro.docx", DOCX, with_macros(), note="makrokomandų"),
        Hostile("su-programa.docx", DOCX, with_office_program()),
        Hostile("slaptas.xlsx", XLSX, locked_office(), "užšifruotas"),
        Hostile("milzinas.png", "image/png", huge_picture(), "100000 × 100000"),
        Hostile("milzinas.tif", "image/tiff", huge_tiff(), "100000 × 100000"),
        Hostile("nukirstas.jpg", "image/jpeg", cut_picture(), ""),
        Hostile("laiskas.eml", "message/rfc822", letter(), note="U+6F22"),
        Hostile("laiskai.eml", "message/rfc822", letter_in_letters(), note="persiustas.eml"),
        Hostile("sugedes.msg", MSG, broken_letter(), ""),
        Hostile("lipantis.adoc", ADOC, climbing_container()),
        Hostile("../../../etc/kelias.txt", "text/plain", TEXT.encode()),
        Hostile("tuscias.pdf", PDF, b"", "tuščias"),
        Hostile("kitas.pdf", PDF, picture("PNG"), note="image/png"),
        Hostile("kitas.jpg", "image/jpeg", saved(pdf()), note="application/pdf"),
        Hostile("filmas.mp4", "video/mp4", b"\x00\x00\x00\x18ftypmp42 film", "Įrašo"),
        Hostile("programa.txt", "text/plain", b"\x7fELF\x02\x01\x01\x00\x00", "programa", is_named_only=True),
        Hostile("programa.pdf", PDF, b"MZ\x90\x00" + bytes(200), "programa", is_named_only=True),
        Hostile("puslapis.html", "text/html", b"<h1>Vizitas</h1><script>x()</script><img src=file:///etc/passwd>" + "漢".encode(), note="neparsiųsta"),
    ]  # fmt: skip
