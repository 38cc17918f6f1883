"""What may come in: size bounded before a byte is kept, content looked at, a changed name not believed."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import puremagic
from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopFutureHandlers
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from core.errors import DomainError

TOGETHER = 4  # one request may carry this many times the bound of one file
HEAD = 4096

OLE = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)
ZIP = (b"PK\x03\x04",)
TEXT: tuple[bytes, ...] = ()
# What begins a file of the extension; text has no beginning and is looked through instead.
KINDS: dict[str, tuple[str, tuple[bytes, ...]]] = {
    "pdf": ("application/pdf", (b"%PDF-",)),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ZIP),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ZIP),
    "pptx": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", ZIP),
    "odt": ("application/vnd.oasis.opendocument.text", ZIP),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", ZIP),
    "odp": ("application/vnd.oasis.opendocument.presentation", ZIP),
    "adoc": ("application/vnd.lt.archyvai.adoc-2008", ZIP),
    "asice": ("application/vnd.etsi.asic-e+zip", ZIP),
    "zip": ("application/zip", ZIP),
    "doc": ("application/msword", OLE),
    "xls": ("application/vnd.ms-excel", OLE),
    "ppt": ("application/vnd.ms-powerpoint", OLE),
    "msg": ("application/vnd.ms-outlook", OLE),
    "rtf": ("application/rtf", (b"{\\rtf",)),
    "jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "gif": ("image/gif", (b"GIF87a", b"GIF89a")),
    "webp": ("image/webp", (b"RIFF",)),
    "tif": ("image/tiff", (b"II*\x00", b"MM\x00*")),
    "tiff": ("image/tiff", (b"II*\x00", b"MM\x00*")),
    "heic": ("image/heic", ()),
    "heif": ("image/heif", ()),
    "mp3": ("audio/mpeg", (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")),
    "wav": ("audio/wav", (b"RIFF",)),
    "m4a": ("audio/mp4", ()),
    "mp4": ("video/mp4", ()),
    "txt": ("text/plain", TEXT),
    "csv": ("text/csv", TEXT),
    "eml": ("message/rfc822", TEXT),
    "ics": ("text/calendar", TEXT),
    "vcf": ("text/vcard", TEXT),
    "xml": ("application/xml", TEXT),
    "json": ("application/json", TEXT),
}
TEXTS = frozenset(("txt", "csv", "eml", "ics", "vcf", "xml", "json"))
BOXES = frozenset(("heic", "heif", "m4a", "mp4"))  # ISO boxes: the word "ftyp" after four bytes
INSIDE = {
    "docx": "word/",
    "xlsx": "xl/",
    "pptx": "ppt/",
}  # what an Office file holds besides its list of types
MACHINE_CODE = (
    b"MZ",
    b"\x7fELF",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"#!",
    b"L\x00\x00\x00\x01\x14\x02",
)
WITH_KIND = frozenset(("odt", "ods", "odp", "adoc", "asice"))  # a member of theirs tells what they are
END_OF_ZIP = 65_557  # the longest its last record may be
IMAGES = frozenset(("jpg", "jpeg", "png", "gif", "webp", "tif", "tiff", "heic", "heif"))


@dataclass(frozen=True)
class Checked:
    """A file that may be kept: its clean name, extension and media type."""

    name: str
    extension: str
    media_type: str

    @property
    def stem(self) -> str:
        return stem_of(self.name)

    @property
    def is_image(self) -> bool:
        return self.extension in IMAGES


def check_file(content: bytes, name: str) -> Checked:
    """The file if it may be kept. Raises DomainError that says what is wrong and what to do."""
    name = clean_name(name)
    extension = PurePath(name).suffix.lower().lstrip(".")
    if not content:
        raise DomainError(_("The file %(name)s is empty.") % {"name": name}, field="files")
    if len(content) > settings.MAX_UPLOAD_BYTES:
        raise DomainError(too_big(name, len(content)), field="files")
    if content.startswith(MACHINE_CODE) and not _is_plain_text_script(content, extension):
        raise DomainError(
            _("The file %(name)s is a program, whatever its name says. Programs are not kept here.")
            % {"name": name},
            field="files",
        )
    if extension not in KINDS:
        raise DomainError(
            _(
                "Files of this type are not kept here: %(name)s. Send it as PDF, an office document, a picture or an e-mail."
            )
            % {"name": name},
            field="files",
        )
    if not _is_what_it_says(content, extension):
        raise DomainError(
            _(
                "The content of the file %(name)s is not what its name says (found: %(found)s). Save it anew in its own program."
            )
            % {"name": name, "found": _found(content)},
            field="files",
        )
    return Checked(name=name, extension=extension, media_type=KINDS[extension][0])


def clean_name(name: str) -> str:
    """The file's own name without folders, control and direction marks."""
    base = PurePath(name.replace("\\", "/")).name
    kept = "".join(letter for letter in base if letter.isprintable() and letter not in '<>:"/|?*').strip(" .")
    if len(kept) > 180:
        suffix = PurePath(kept).suffix[:12]
        kept = kept[: 180 - len(suffix)] + suffix
    return kept or "failas"


def stem_of(name: str) -> str:
    """The name without what tells the kind."""
    return name.rsplit(".", 1)[0]


def too_big(name: str, size: int) -> str:
    return _(
        "The file %(name)s is %(size)s; at most %(bound)s can be kept. Send a smaller one or a link to it."
    ) % {
        "name": name,
        "size": filesizeformat(size),
        "bound": bound_words(),
    }


def bound_words() -> str:
    """ "50 MB" """
    whole = settings.MAX_UPLOAD_BYTES % 2**20 == 0
    return (
        f"{settings.MAX_UPLOAD_BYTES // 2**20}\xa0MB" if whole else filesizeformat(settings.MAX_UPLOAD_BYTES)
    )


def _is_plain_text_script(content: bytes, extension: str) -> bool:
    """A letter or a table may happen to begin with "MZ"; a program is not readable text."""
    return extension in TEXTS and not content.startswith(b"#!") and _is_text(content)


def _is_what_it_says(content: bytes, extension: str) -> bool:
    if extension in TEXTS:
        return _is_text(content)
    if extension in BOXES:
        return content[4:8] == b"ftyp"
    head = content[:1024].lstrip() if extension == "pdf" else content
    if not head.startswith(KINDS[extension][1]):
        return False
    if extension == "webp":
        return content[8:12] == b"WEBP"
    if extension == "wav":
        return content[8:12] == b"WAVE"
    if KINDS[extension][1] is ZIP:
        return _is_such_archive(content, extension)
    return True


def _is_such_archive(content: bytes, extension: str) -> bool:
    """Look for names in the list of the archive's members as in any bytes; nothing is parsed or unpacked here."""
    end = content.rfind(b"PK\x05\x06", -END_OF_ZIP)
    if end < 0 or len(content) < end + 20:
        return False
    size, start = struct.unpack("<II", content[end + 12 : end + 20])
    if 0xFFFFFFFF in (size, start):  # so many members that no document of office has them
        return extension == "zip"
    listed = content[max(end - size, 0) : end]
    if not listed.startswith(b"PK\x01\x02"):
        return extension == "zip" and not size
    if extension in INSIDE:
        return b"[Content_Types].xml" in listed and INSIDE[extension].encode() in listed
    return b"mimetype" in listed if extension in WITH_KIND else True


def _is_text(content: bytes) -> bool:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _decodes(content, "utf-16")
    if b"\x00" in content:
        return False
    return _decodes(content, "utf-8") or sum(byte < 9 or 13 < byte < 32 for byte in content[:HEAD]) == 0


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _found(content: bytes) -> str:
    """What the content looks like, in a word."""
    try:
        guess = puremagic.from_string(content[:HEAD])
    except (puremagic.PureError, ValueError, IndexError):
        guess = ""
    return guess or (_("text") if _is_text(content) else _("unknown content"))


class BoundedUploadHandler(FileUploadHandler):
    """Stops a file past the bound while it comes in; a request that is plainly too long is not written at all.

    Names and sizes of refused files stand in `request.refused_files` for the page that answers.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.is_too_long = False
        self.received = 0

    def handle_raw_input(
        self, input_data: Any, META: dict, content_length: int, boundary: Any, encoding: str | None = None
    ) -> None:
        self.content_length_of_request = content_length
        self.is_too_long = content_length > settings.MAX_UPLOAD_BYTES * TOGETHER
        self.request.refused_files = []  # type: ignore[union-attr]

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = 0
        if self.is_too_long:
            self._refuse(self.content_length_of_request)
            raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if self.is_too_long:
            raise SkipFile
        self.received += len(raw_data)
        if self.received > settings.MAX_UPLOAD_BYTES:
            self._refuse(max(self.received, self.content_length_of_request))
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None

    def _refuse(self, size: int) -> None:
        self.request.refused_files.append((clean_name(self.file_name or ""), size))  # type: ignore[union-attr]


def refusals(request: HttpRequest) -> list[str]:
    """Sentences for the files this request brought past the bound."""
    _read = request.FILES  # the handlers run when the body is read
    return [too_big(name, size) for name, size in getattr(request, "refused_files", [])]


def field() -> dict[str, Any]:
    """What a file field of a page needs to know: the types taken, the bound, and the bound in words."""
    return {
        "accept": ",".join(["image/*", *(f".{extension}" for extension in KINDS)]),
        "bound": settings.MAX_UPLOAD_BYTES,
        "bound_words": bound_words(),
    }
