"""Papers of every kind that people really send, for last year's file of visits: small, made here, all invented."""

from __future__ import annotations

import datetime
import io
import zipfile
from email.message import EmailMessage
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from archive import services
from archive.models import CaseFile, Placement
from core.errors import DomainError
from core.files import store
from documents import intake
from documents.choices import Origin
from documents.models import Document, Register
from documents.services import record_number
from documents.services.filing import add_version, new_document
from matters.models import Matter
from matters.services import lock_matter

DAY = datetime.timedelta(days=1)
INDEX = "5.3"


@transaction.atomic
def kinds() -> str:
    """Nothing when they are there; the file is closed when nothing stops it."""
    from archive.seed import _registers, _visit_of  # noqa: PLC0415 -- the seed of the plain papers

    year = timezone.localdate().year - 1
    found = _visit_of(year)
    if found is None:
        return "no visit to file"
    matter, day = found
    if Document.objects.filter(matter=matter, title="Dalyvių sąrašas (lentelė)").exists():
        return "papers of all kinds are there already"
    _registers()
    register = Register.objects.get(code="gautieji-rastai")
    for place, (title, name, content) in enumerate(files()):
        on = min(max(day + (place - 20) * DAY, datetime.date(year, 1, 10)), datetime.date(year, 12, 20))
        document = _document(matter, title, name, content)
        record_number(
            document, register, number=f"G-{420 + place}", registered_on=on, by=matter.responsible.actor
        )
    archivist = User.objects.get(username="archyvare")
    file = CaseFile.objects.filter(line__index=INDEX, line__plan__year=year).order_by("volume").first()
    if file is None:
        return "no file of visits"
    count = Placement.objects.standing().filter(file=file).count()
    try:
        services.close_file(file, by=archivist.actor)
    except DomainError as error:
        return f"{count} documents in {file}, open: {error}"
    return f"{count} documents in {file}, closed"


def _document(matter: Matter, title: str, name: str, content: bytes) -> Document:
    by = matter.responsible.actor
    matter = lock_matter(matter.pk)
    extension = name.rsplit(".", 1)[-1]
    media_type = intake.KINDS.get(extension, ("text/html", ()))[0]
    document = new_document(
        matter,
        kind="photo" if extension in intake.IMAGES else "upload",
        title=title,
        origin=Origin.RECEIVED,
        by=by,
        sender="Urząd Miasta Opola <kultura@opole.example>",
    )
    add_version(document, store(content, name=name, media_type=media_type), name=name, by=by)
    return document


def files() -> list[tuple[str, str, bytes]]:
    """Title, name of the file, bytes."""
    words = "Gerbiamieji, siunčiame Opolės jaunimo orkestro viešnagės dokumentus.\nSzanowni Państwo, dziękujemy za gościnność."
    made = [
        ("Viešnagės programos projektas", "programa.docx", docx("Viešnagės programa", words)),
        ("Kelionės sąlygos", "salygos.odt", open_text("Kelionės sąlygos", words)),
        ("Dalyvių sąrašas (lentelė)", "dalyviai.xlsx", table()),
        ("Opolės pristatymas", "opole.odp", slides("Opolė – orkestrų miestas")),
        ("Kvietimo skenas", "kvietimas.jpg", scan("JPEG")),
        ("Bilietų kopijos", "bilietai.tif", scan("TIFF", pages=2)),
        ("Miesto herbas", "herbas.png", scan("PNG")),
        ("Prośba o tłumacza", "tlumacz.eml", letter(words, {})),
        ("Lista instrumentów", "instrumenty.eml", letter(words, {"instrumenty.txt": "2 trąbki, 4 klarnety".encode()})),
        ("Laiškas su programa", "programele.eml", letter(words, {"groti.exe": b"MZ\x90\x00"})),
        ("Koncerto skelbimas tinkle", "skelbimas.html", page(words)),
        ("Pastaba dėl nakvynės", "nakvyne.txt", words.encode()),
        ("Pastaba senąja koduote", "sena-pastaba.txt", "Apgyvendinti šešis žmones „Dzūkijos“ viešbutyje.".encode("cp1257")),
        ("Telefonogramos", "telefonogramos.csv", "data;kas\n2025-05-02;Opolė\n".encode()),
        ("Sutikimas fotografuoti", "sutikimas.pdf", pdf(["Sutinku"], form=True)),
        ("Salės planas", "planas.pdf", pdf(["Planas"], size=(1190, 842), rotate=90)),
        ("Šoninis lapas", "sonu.pdf", pdf(["Lapas"], rotate=270)),
        ("Draudimo liudijimas", "draudimas.pdf", pdf(["Draudimas", "Antras lapas"])),
        ("Užšifruota sutartis", "sutartis.pdf", pdf(["Sutartis"], password="opole")),
        ("Sugadintas priedas", "sugadintas.pdf", pdf(["Priedas"])[:120]),
        ("Repeticijos įrašas", "repeticija.mp4", b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"),
        ("Garso įrašas", "himnas.mp3", b"ID3\x03\x00\x00\x00\x00\x00\x00"),
        ("Pasirašytas susitarimas", "susitarimas.adoc", container(docx("Susitarimas", words))),
        ("Nuotraukų rinkinys", "nuotraukos.zip", packed({"viena.jpg": scan("JPEG"), "sarasas.txt": b"viena.jpg"})),
    ]  # fmt: skip
    months = ("sausio", "vasario", "kovo", "balandžio", "gegužės", "birželio", "liepos", "rugpjūčio")
    made += [
        (f"Susirašinėjimas, {month} mėn.", f"laiskai-{place}.eml", letter(f"{words}\n{month}", {}))
        for place, month in enumerate(months, start=1)
    ]
    return made


def docx(title: str, text: str) -> bytes:
    from docx import Document as Made  # noqa: PLC0415 -- only for the demonstration

    made, target = Made(), io.BytesIO()
    made.core_properties.created = made.core_properties.modified = datetime.datetime(2025, 5, 1)
    made.add_heading(title)
    for line in text.split("\n"):
        made.add_paragraph(line)
    made.save(target)
    return target.getvalue()


def table() -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 -- only for the demonstration

    book, target = Workbook(), io.BytesIO()
    for row in (("Nr.", "Vardas", "Instrumentas"), (1, "Łucja", "klarnetas"), (2, "Żaneta", "fleita")):
        book.active.append(row)
    book.save(target)
    return target.getvalue()


def packed(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2025, 5, 1, 10, 0, 0)), content)
    return target.getvalue()


def _open(kind: str, body: str) -> bytes:
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"'
        for name, path in (
            ("office", "office"),
            ("text", "text"),
            ("draw", "drawing"),
            ("svg", "svg-compatible"),
        )
    )
    listed = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    content = f'<office:document-content{spaces} office:version="1.2"><office:body>{body}</office:body></office:document-content>'
    return packed(
        {"mimetype": kind.encode(), "content.xml": content.encode(), "META-INF/manifest.xml": listed.encode()}
    )


def open_text(title: str, text: str) -> bytes:
    lines = "".join(f"<text:p>{line}</text:p>" for line in [title, *text.split("\n")])
    return _open("application/vnd.oasis.opendocument.text", f"<office:text>{lines}</office:text>")


def slides(title: str) -> bytes:
    frame = (
        '<draw:page draw:name="1"><draw:frame svg:x="2cm" svg:y="3cm" svg:width="20cm" svg:height="4cm">'
        f"<draw:text-box><text:p>{title}</text:p></draw:text-box></draw:frame></draw:page>"
    )
    return _open(
        "application/vnd.oasis.opendocument.presentation",
        f"<office:presentation>{frame}</office:presentation>",
    )


def scan(kind: str, pages: int = 1) -> bytes:
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415 -- only for the demonstration

    from documents import typefaces  # noqa: PLC0415 -- only for the demonstration

    face = ImageFont.truetype(str(typefaces.FOLDER / "tinos-0.4.2/Tinos-Regular.ttf"), 34)
    sheets = []
    for number in range(1, pages + 1):
        sheet = Image.new("L", (1240, 1754), 250)
        draw = ImageDraw.Draw(sheet)
        draw.text(
            (140, 180),
            f"Opolės miesto jaunimo orkestras\nkviečia į koncertą Alytuje. Lapas {number}",
            20,
            face,
        )
        sheets.append(sheet)
    target = io.BytesIO()
    more: dict[str, Any] = (
        {"save_all": True, "append_images": sheets[1:], "compression": "tiff_deflate"}
        if kind == "TIFF"
        else {}
    )
    sheets[0].save(target, kind, dpi=(150, 150), **more)
    return target.getvalue()


def letter(text: str, attached: dict[str, bytes]) -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "Urząd Miasta Opola <kultura@opole.example>", "rysiai@alytus.example"
    message["Subject"], message["Date"] = "Wizyta orkiestry", "05 May 2025 09:15:00 +0200"
    message.set_content(text)
    for name, content in attached.items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def page(text: str) -> bytes:
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><h1>Koncertas</h1><p>{text} 漢</p></body></html>'.encode()


def pdf(
    pages: list[str],
    *,
    size: tuple[int, int] = (595, 842),
    rotate: int = 0,
    password: str = "",
    form: bool = False,
) -> bytes:
    """Sheets of another program's making: its typeface is not embedded, so that the converter has work."""
    import pikepdf  # noqa: PLC0415 -- only for the demonstration

    made, target = pikepdf.new(), io.BytesIO()
    face = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    for _text in pages:
        made.add_blank_page(page_size=size)
        sheet = made.pages[-1].obj
        sheet.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=face))
        sheet.Contents = made.make_stream(f"BT /F1 24 Tf 72 {size[1] - 120} Td (Opole 2025) Tj ET".encode())
        if rotate:
            sheet.Rotate = rotate
    if form:
        field = made.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T="vardas", V="Jan Nowak",
                DA="/Helv 12 Tf 0 g", Rect=pikepdf.Array([72, 600, 300, 630]), F=4,
            )
        )  # fmt: skip
        made.pages[0].obj.Annots = pikepdf.Array([field])
        made.Root.AcroForm = pikepdf.Dictionary(
            Fields=pikepdf.Array([field]),
            DA="/Helv 12 Tf 0 g",
            DR=pikepdf.Dictionary(Font=pikepdf.Dictionary(Helv=face)),
        )
    lock = pikepdf.Encryption(user=password, owner=password) if password else False
    made.save(target, encryption=lock, deterministic_id=not password)
    return target.getvalue()


def container(document: bytes) -> bytes:
    """An electronic document with its main file and no signature that could be mistaken for a real one."""
    return packed(
        {
            "mimetype": b"application/vnd.lt.archyvai.adoc-2008",
            "susitarimas.docx": document,
            "META-INF/manifest.xml": b"<manifest/>",
        }
    )
