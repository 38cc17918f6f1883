"""What a file is by its content, whatever its name says; whether it is a program or locked."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = "application/vnd.oasis.opendocument."
INSIDE_OFFICE = {
    "word/": OFFICE + "wordprocessingml.document",
    "xl/": OFFICE + "spreadsheetml.sheet",
    "ppt/": OFFICE + "presentationml.presentation",
}
INSIDE_OLE = {
    "__properties_version1.0": "application/vnd.ms-outlook",
    "WordDocument": "application/msword",
    "Workbook": "application/vnd.ms-excel",
    "PowerPoint Document": "application/vnd.ms-powerpoint",
    "EncryptedPackage": "application/encrypted-office",
}
BEGINNINGS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"{\\rtf", "application/rtf"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"\x1a\x45\xdf\xa3", "video/webm"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x1f\x8b", "application/gzip"),
)
MACHINE_CODE = (
    b"MZ",
    b"\x7fELF",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"#!",
    b"L\x00\x00\x00\x01\x14\x02",
)
RUN_BY_NAME = frozenset(
    "exe msi bat cmd com scr pif vbs vbe js jse wsf wsh ps1 psm1 jar hta lnk reg dll cpl sh app dmg apk".split()
)
PICTURES = frozenset(("heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1"))
TEXTS = ("text/", "message/rfc822", "application/json", "application/xml")
LONGEST_LIST = 2_000_000  # bytes
PROGRAM = "application/x-executable"
RECORD, RECORD_BEGINS = "application/warc", b"WARC/1."


def kind_of(content: bytes, said: str) -> str:
    """The media type the content shows; what its name or sender said where the content does not tell."""
    head = content[:1024]
    if is_program(content, "") and not (said.startswith(TEXTS) and looks_like_text(content)):
        return PROGRAM
    for beginning, kind in BEGINNINGS:
        if content.startswith(beginning):
            return RECORD if kind == "application/gzip" and _is_record(content) else kind
    if content.startswith(RECORD_BEGINS):
        return RECORD
    if content[4:8] == b"ftyp":
        return _of_boxes(content, said)
    if content.startswith(b"RIFF"):
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(content[8:12], "video/avi")
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _of_archive(content, said)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _of_ole(content)
    # behind some bytes a PDF is one still; behind the head of a letter or a container it is what lies in it
    if b"%PDF-" in head and not head.lstrip().startswith((b"<", b"From", b"Received")):
        return "application/pdf"
    if looks_like_text(content):
        return _of_text(content, said)
    return "application/octet-stream" if said.startswith((*TEXTS, "image/")) or not said else said


def _is_record(content: bytes) -> bool:
    """Whether what is packed begins as a WARC does; no more than its first letters are unpacked."""
    try:
        return zlib.decompressobj(wbits=31).decompress(content[:2048], 16).startswith(RECORD_BEGINS)
    except zlib.error:
        return False


def _of_boxes(content: bytes, said: str) -> str:
    brand = content[8:12].decode("latin-1")
    if brand in PICTURES:
        return "image/heic"
    if brand in ("avif", "avis"):
        return "image/avif"
    return "audio/mp4" if brand.startswith("M4A") or said.startswith("audio/") else "video/mp4"


def _of_archive(content: bytes, said: str) -> str:
    """By the list of its members, when that is short enough to be read at all."""
    end = content.rfind(b"PK\x05\x06")
    if (
        int.from_bytes(content[end + 12 : end + 16], "little") > LONGEST_LIST
        or b"PK\x06\x07" in content[-200:]
    ):
        return "application/zip"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()[:5000]
            if "mimetype" in names:
                member = archive.getinfo("mimetype")
                if member.file_size < 200:
                    told = archive.read(member).decode("ascii", "replace").strip()
                    return told if re.fullmatch(r"[\w.+-]+/[\w.+-]+", told) else "application/zip"
            if "[Content_Types].xml" in names or "EncryptedPackage" in names:
                for folder, kind in INSIDE_OFFICE.items():
                    if any(name.startswith(folder) for name in names):
                        return kind
            return "application/zip"
    except Exception:  # a broken archive breaks in many ways
        return said if said.startswith("application/") else "application/zip"


def _of_ole(content: bytes) -> str:
    """By the names of its streams, which stand in it as UTF-16."""
    for name, kind in INSIDE_OLE.items():
        if name.encode("utf-16-le") in content:
            return kind
    return "application/x-ole-storage"


def _of_text(content: bytes, said: str) -> str:
    if said.startswith(("message/rfc822", "application/json", "application/xml")):
        return said
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return "text/html"
    return said if said.startswith("text/") else "text/plain"


def looks_like_text(content: bytes) -> bool:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    head = content[:4096]
    if not head:
        return False
    zeros = head.count(0)
    if zeros:  # every second byte of Latin text in UTF-16
        even, odd = head[::2].count(0), head[1::2].count(0)
        return abs(even - odd) == zeros and zeros > len(head) // 4
    return sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in head) == 0


def is_program(content: bytes, name: str) -> bool:
    """What a computer would run: by its first bytes, or by the end of its name."""
    return content.startswith(MACHINE_CODE) or name.rsplit(".", 1)[-1].lower() in RUN_BY_NAME


def is_locked(content: bytes, kind: str) -> bool:
    """Whether it opens only with a password."""
    if kind == "application/pdf":
        return b"/Encrypt" in content
    if kind == "application/encrypted-office":
        return True
    if content.startswith(b"PK") and _of_archive(content, kind) == kind:
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                if any(member.flag_bits & 1 for member in archive.infolist()[:5000]):
                    return True
                if "META-INF/manifest.xml" in archive.namelist() and kind.startswith(OPEN):
                    return b"encryption-data" in archive.open("META-INF/manifest.xml").read(2**20)
        except Exception:  # a broken archive breaks in many ways
            return False
    return False
