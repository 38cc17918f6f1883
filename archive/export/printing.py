"""How an item is printed: a kept paper as it is, a foreign PDF, a picture, a text, a letter; else why it cannot be."""

from __future__ import annotations

import datetime
import io
import zlib
from typing import Any

from django.template.loader import get_template
from django.utils.translation import gettext as _

from archive.export.items import Item, Print
from archive.export.joining import base_of, opened, write_pages
from core.errors import DomainError
from documents import conformance, letters, pdf, typefaces

A4 = (595.28, 841.89)
LARGEST_PAGE = 14_000  # points; PDF/A ends at 14,400, and a margin strip is added
MOST_PIXELS = 120_000_000
MOST_FRAMES = 500
LONGEST_TEXT = 300_000
PICTURES = ("image/jpeg", "image/png", "image/tiff", "image/gif", "image/webp")


def print_item(item: Item, *, base: bytes, moment: datetime.datetime) -> Print:
    """Pages of the item; whatever is wrong with the file becomes a reason, never an error."""
    content = item.original.read()
    kind = item.original.media_type
    if not content:
        return Print(reason=_("The file is empty."))
    try:
        if kind == "application/pdf":
            return Print(content, has_free_corner=True) if item.is_own_paper else print_pdf(content, base)
        if kind in PICTURES:
            return print_picture(content, base)
        if kind == "message/rfc822":
            return print_letter(content, moment=moment)
        if kind.startswith("text/") or kind in ("application/json", "application/xml"):
            return print_text(item.title, content, moment=moment)
    except DomainError as error:
        return Print(reason=str(error))
    except (MemoryError, RecursionError):
        return Print(reason=_("The file is too big or too tangled to be printed."))
    if kind.startswith(("video/", "audio/")):
        return Print(reason=_("A recording cannot be printed."))
    return Print(reason=_("There is no converter for files of this type: %(kind)s.") % {"kind": kind})


# --- a foreign PDF -------------------------------------------------------------------------------------------


def print_pdf(content: bytes, base: bytes) -> Print:
    """The pages, with forms and notes as they look on paper, if they are fit for an archival file."""
    import pikepdf  # noqa: PLC0415 -- workers only

    try:
        with pikepdf.open(io.BytesIO(content)) as found:
            if not len(found.pages):
                return Print(reason=_("The PDF has no page."))
            notes = _notes_on(found)
            if any(_is_too_large(page) for page in found.pages):
                return Print(reason=_("A page is larger than an archival PDF may hold."), notes=notes)
            if "/OCProperties" in found.Root:
                return Print(reason=_("The PDF has layers: which of them are seen is up to the program."))
            if "/AcroForm" in found.Root:
                found.generate_appearance_streams()
            found.flatten_annotations("print")
            printed = write_pages(found, base)
    except pikepdf.PasswordError:
        return Print(reason=_("The PDF is encrypted: it opens only with a password."))
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError):
        return Print(reason=_("The PDF is broken."))
    problems = [one for one in conformance.check(printed, ["3b"]) if one.rule != "title"]
    if problems:
        return Print(
            reason=_("The PDF is not fit for an archival file (%(rule)s), and there is no converter yet.")
            % {"rule": str(problems[0])[:160]},
            notes=notes,
        )
    return Print(printed, notes=notes)


def _notes_on(found: Any) -> list[str]:
    notes = []
    form = found.Root.get("/AcroForm", {})
    fields = list(form.get("/Fields", []))
    if any(str(field.get("/FT", "")) == "/Sig" for field in fields):
        notes.append(_("The PDF is signed: the signature is kept in the embedded original only."))
    elif fields:
        notes.append(_("A form is printed as it was filled in."))
    if found.is_encrypted:
        notes.append(_("The PDF was protected against changes; its pages are printed without protection."))
    kinds = {str(note.get("/Subtype")) for page in found.pages for note in page.obj.get("/Annots", [])}
    if kinds - {"/Link", "/Widget", "/Popup"}:
        notes.append(
            _("Notes on the pages are printed as they look; their text is in the embedded original.")
        )
    return notes


def _is_too_large(page: Any) -> bool:
    left, bottom, right, top = (float(value) for value in page.mediabox)
    return not (1 <= right - left <= LARGEST_PAGE and 1 <= top - bottom <= LARGEST_PAGE)


# --- a picture -----------------------------------------------------------------------------------------------


def print_picture(content: bytes, base: bytes) -> Print:
    """Every frame on a page: a JPEG keeps its bytes, the rest its pixels; what is transparent lies on white."""
    import pikepdf  # noqa: PLC0415 -- workers only
    from PIL import Image, ImageOps, ImageSequence  # noqa: PLC0415 -- workers only

    made = pikepdf.new()
    try:
        with Image.open(io.BytesIO(content)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return Print(reason=_("The picture is too large to be printed."))
            if getattr(picture, "n_frames", 1) > MOST_FRAMES:
                return Print(reason=_("The picture has too many pages."))
            is_plain_jpeg = picture.format == "JPEG" and picture.mode in ("RGB", "L")
            if is_plain_jpeg and picture.getexif().get(0x0112, 1) == 1:
                dpi = _dpi(picture)
                picture.load()
                _add_picture(made, content, picture.size, picture.mode, dpi, "/DCTDecode")
            else:
                for frame in ImageSequence.Iterator(picture):
                    dpi = _dpi(frame)
                    flat = _flat(ImageOps.exif_transpose(frame))
                    data = zlib.compress(flat.tobytes(), 6)
                    _add_picture(made, data, flat.size, flat.mode, dpi, "/FlateDecode")
    except (Image.DecompressionBombError, MemoryError):
        return Print(reason=_("The picture is too large to be printed."))
    except Exception:  # a decoder raises whatever a broken picture makes it raise
        return Print(reason=_("The picture is broken."))
    return Print(write_pages(made, base))


def _flat(frame: Any) -> Any:
    from PIL import Image  # noqa: PLC0415 -- workers only

    if frame.mode in ("1", "L"):
        return frame.convert("L")
    if frame.mode in ("RGBA", "LA", "PA", "P") or "transparency" in frame.info:
        whole = frame.convert("RGBA")
        white = Image.new("RGBA", whole.size, "white")
        return Image.alpha_composite(white, whole).convert("RGB")
    if frame.mode.startswith("I"):  # sixteen bits of grey
        return (
            frame.point(lambda value: value / 256).convert("L")
            if frame.getextrema()[1] > 255
            else frame.convert("L")
        )
    return frame.convert("RGB")


def _dpi(frame: Any) -> float:
    try:
        dpi = float(frame.info.get("dpi", (0, 0))[0])
    except (TypeError, ValueError, IndexError):
        return 0
    return dpi if 100 <= dpi <= 2400 else 0  # less is what a camera writes of itself


def _add_picture(made: Any, data: bytes, size: tuple[int, int], mode: str, dpi: float, filter_: str) -> None:
    """A scan keeps its own measure up to A3; anything else fits an A4 sheet."""
    import pikepdf  # noqa: PLC0415 -- workers only

    width, height = size
    if dpi and max(size) / dpi * 72 <= 1200:
        page = drawn = (width / dpi * 72, height / dpi * 72)
    else:
        page = A4 if height >= width else A4[::-1]
        scale = min((page[0] - 56) / width, (page[1] - 56) / height, 0.75)
        drawn = (width * scale, height * scale)
    image = pikepdf.Stream(
        made,
        data,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=width,
        Height=height,
        BitsPerComponent=8,
        ColorSpace=pikepdf.Name.DeviceGray if mode == "L" else pikepdf.Name.DeviceRGB,
        Filter=pikepdf.Name(filter_),
    )
    left, bottom = (page[0] - drawn[0]) / 2, (page[1] - drawn[1]) / 2
    made.add_blank_page(page_size=page)
    sheet = made.pages[-1].obj
    sheet.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=made.make_indirect(image)))
    sheet.Contents = made.make_stream(
        f"q {drawn[0]:.3f} 0 0 {drawn[1]:.3f} {left:.3f} {bottom:.3f} cm /Im Do Q".encode()
    )


# --- words ---------------------------------------------------------------------------------------------------


def print_letter(content: bytes, *, moment: datetime.datetime) -> Print:
    """Who wrote when and what; names of what was attached."""
    letter = letters.read_eml(content)
    rows = [
        (_("From"), letter.sender),
        (_("Sent"), letter.sent_at.isoformat(sep=" ", timespec="minutes") if letter.sent_at else ""),
        (_("Attached"), "; ".join(f"{name} ({len(body)} B)" for name, body in letter.attachments)),
    ]
    notes = []
    if letter.attachments:
        notes.append(_("The letter had attachments: they are whole inside the embedded original."))
    return _words(letter.subject or _("Letter without a subject"), rows, letter.text, notes, moment)


def print_text(title: str, content: bytes, *, moment: datetime.datetime) -> Print:
    for encoding in ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1257"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        return Print(reason=_("The letters of the text cannot be read."))
    if len(text) > LONGEST_TEXT:
        return Print(reason=_("The text is too long to be printed."))
    return _words(title, [], text, [], moment)


def _words(
    title: str, rows: list[tuple[str, str]], text: str, notes: list[str], moment: datetime.datetime
) -> Print:
    plain = typefaces.plain_marks("".join(one for one in text if one in "\n\t" or one.isprintable()))
    missing = typefaces.missing_letters(plain + title + "".join(value for _label, value in rows))
    if missing:
        named = ", ".join(f"U+{ord(letter):04X}" for letter in sorted(missing)[:20])
        notes = [
            *notes,
            _("Letters that no typeface has are printed as their codes: %(letters)s.") % {"letters": named},
        ]
    return Print(
        draw("archive/papers/case_text.html", {"title": title, "rows": rows, "text": plain}, moment=moment),
        notes=notes,
        has_free_corner=True,
    )


def draw(template: str, context: dict[str, Any], *, moment: datetime.datetime) -> bytes:
    """Pages of our own around the documents; letters that no typeface has are written as their codes."""
    html = get_template(template).render({"lang": "lt", **context})
    return pdf.write(typefaces.spelled_out(typefaces.plain_marks(html)), moment=moment)


__all__ = ["base_of", "draw", "opened", "print_item"]
