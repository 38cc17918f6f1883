"""What a picture file tells beside the picture: its size and hour; where it was taken is cut out before it is kept.

The cutting works on the file's own blocks, so not one point of a JPG or PNG changes. HEIC, which browsers and papers do
not show, becomes a JPG made of its points alone.
"""

from __future__ import annotations

import datetime
import io
import struct
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from core.errors import DomainError
from documents.converting import photos

HEIC = frozenset(("heic", "heif"))
KINDS = HEIC | {"jpg", "jpeg", "png"}
MOST_POINTS = 120_000_000  # a picture of more points is rather a trap than a photograph
OUR_ZONE = ZoneInfo("Europe/Vilnius")  # cameras write the hour without a zone
ORIENTATION, TAKEN, EXIF_PART = 0x0112, 0x9003, 0x8769
# Blocks of PNG that may hold EXIF, XMP or words of the camera.
TELLING_CHUNKS = frozenset((b"eXIf", b"iTXt", b"tEXt", b"zTXt"))


@dataclass(frozen=True)
class Picture:
    """A picture as it will be kept."""

    content: bytes
    width: int | None
    height: int | None
    taken_at: datetime.datetime | None
    extension: str  # what it is kept as


def clean(content: bytes, extension: str, name: str) -> Picture:
    """The picture without the place it was taken at; raises DomainError when it cannot be read."""
    from PIL import Image  # noqa: PLC0415 -- loaded when somebody brings a picture

    if extension in HEIC:
        return _of_heic(content, name)
    try:
        with Image.open(io.BytesIO(content)) as image:
            (width, height), exif = image.size, image.getexif()
            taken_at = _taken_at(str(exif.get_ifd(EXIF_PART).get(TAKEN, "")))
            orientation = int(exif.get(ORIENTATION, 1) or 1)
            _refuse_too_many_points(width, height, name)
        kept = _clean_png(content) if extension == "png" else _clean_jpeg(content, orientation)
    except (OSError, ValueError, SyntaxError, struct.error, Image.DecompressionBombError) as error:
        raise _unreadable(name) from error
    if orientation > 4:
        width, height = height, width
    return Picture(kept, width, height, taken_at, extension)


def _of_heic(content: bytes, name: str) -> Picture:
    """Its points are decoded in a process of its own: whoever sent it may have made it to do harm."""
    photo = photos.jpeg_of(content)
    if photo is None:
        raise _unreadable(name)
    if not photo.content:
        _refuse_too_many_points(photo.width, photo.height, name, most=0)
    return Picture(photo.content, photo.width, photo.height, _taken_at(photo.taken), "jpg")


def _unreadable(name: str) -> DomainError:
    return DomainError(
        _("The picture %(name)s cannot be read. Save it anew as JPG or PNG.") % {"name": name}, field="files"
    )


def _refuse_too_many_points(width: int, height: int, name: str, *, most: int = MOST_POINTS) -> None:
    if width * height > most:
        raise DomainError(
            _("The picture %(name)s has too many points: %(width)d × %(height)d. Make it smaller.")
            % {"name": name, "width": width, "height": height},
            field="files",
        )


def smaller(content: bytes, longest: int) -> bytes:
    """The picture as a JPEG whose longer side is at most this long, upright, with nothing written inside."""
    from PIL import Image, ImageOps  # noqa: PLC0415 -- workers only

    with Image.open(io.BytesIO(content)) as image:
        image.draft("RGB", (longest, longest))  # a JPEG is read at a fraction of its size already
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((longest, longest))
        if upright.mode in ("RGBA", "LA", "P", "PA"):
            upright = upright.convert("RGBA")
            paper = Image.new("RGB", upright.size, "white")
            paper.paste(upright, mask=upright.getchannel("A"))
            upright = paper
        target = io.BytesIO()
        upright.convert("RGB").save(target, "JPEG", quality=82, optimize=True)
    return target.getvalue()


def _taken_at(text: str) -> datetime.datetime | None:
    try:
        return datetime.datetime.strptime(text.strip("\x00 "), "%Y:%m:%d %H:%M:%S").replace(tzinfo=OUR_ZONE)
    except ValueError:
        return None


def _clean_jpeg(content: bytes, orientation: int) -> bytes:
    """Without the blocks of EXIF, XMP, makers and comments; the colour profile and which way is up stay."""
    kept, place = [content[:2], _orientation_block(orientation)], 2
    while True:
        if content[place] != 0xFF:
            raise ValueError("not a block of JPEG")
        mark = content[place + 1]
        if mark == 0xDA:  # the picture itself
            return b"".join([*kept, content[place:]])
        (size,) = struct.unpack(">H", content[place + 2 : place + 4])
        block = content[place : place + 2 + size]
        # APP0 says it is a JPEG, APP2 holds the colour profile, APP14 the colours; the other APPn and comments tell.
        tells = 0xE1 <= mark <= 0xEF or mark == 0xFE
        is_profile = mark == 0xE2 and block[4:16] == b"ICC_PROFILE\x00"
        if not tells or is_profile or mark == 0xEE:
            kept.append(block)
        place += 2 + size


def _orientation_block(orientation: int) -> bytes:
    """EXIF that holds one thing: which way is up."""
    if orientation not in range(2, 9):
        return b""
    table = struct.pack("<2sHIHHHIHHI", b"II", 42, 8, 1, ORIENTATION, 3, 1, orientation, 0, 0)
    body = b"Exif\x00\x00" + table
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _clean_png(content: bytes) -> bytes:
    kept, place = [content[:8]], 8
    while place < len(content):
        size, kind = struct.unpack(">I4s", content[place : place + 8])
        if kind not in TELLING_CHUNKS:
            kept.append(content[place : place + 12 + size])
        place += 12 + size
        if kind == b"IEND":
            break
    return b"".join(kept)
