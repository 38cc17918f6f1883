"""A foreign file as archival pages, or why there are none; whatever is wrong with the file is said, never raised."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.errors import DomainError
from documents import typefaces
from documents.converting import offices, plain, programs, sandbox
from documents.converting.inside import sniffing
from documents.converting.made import Attached, Converted
from documents.converting.pdfs import fit, of_pdf, said_of_chain, who_signed
from documents.converting.sandbox import MEGABYTE, Limits, NotIsolatedError
from documents.converting.scans import of_picture, read_scan
from documents.converting.sheets import joined, sheet
from documents.converting.words import Said, sentence
from documents.converting.work import PDF_LIMITS, Work
from documents.intake import clean_name

FORMAT = 1  # raised when a conversion would look otherwise: what was kept is then made anew
LONGEST_TEXT = 300_000
PICTURES = frozenset(
    "image/jpeg image/png image/tiff image/gif image/webp image/heic image/heif image/avif image/bmp".split()
)
LETTERS = {"message/rfc822": "eml", "application/vnd.ms-outlook": "msg"}
CONTAINERS = {
    "application/vnd.lt.archyvai.adoc-2008": "ADOC",
    "application/vnd.etsi.asic-e+zip": "ASiC-E",
    "application/zip": "ZIP",
}
PACKED = ("application/x-7z-compressed", "application/vnd.rar", "application/gzip")
TEXTS = ("text/", "application/json", "application/xml")
KEPT_IN_MEMORY = 120 * MEGABYTE  # of attachments of one letter


def convert(content: bytes, name: str, media_type: str, *, reads_scans: bool = True) -> Converted:
    """The pages of the file as they look on paper."""
    if not content:
        return Converted(reason=("empty", {}))
    kind = sniffing.kind_of(content, media_type)
    made = _by_kind(content, name, kind, reads_scans)
    if _is_otherwise(media_type, kind):
        made.notes.insert(0, ("other_kind", {"kind": kind}))
    return made


def _by_kind(content: bytes, name: str, kind: str, reads_scans: bool) -> Converted:
    if kind == sniffing.PROGRAM:
        return Converted(reason=("program", {}))
    if kind.startswith(("video/", "audio/")):
        return Converted(reason=("recording", {}))
    if kind == "application/encrypted-office":
        return Converted(reason=("encrypted", {}))
    if kind in PACKED:
        return Converted(reason=("archive", {"kind": kind}))
    if kind.startswith(TEXTS) and kind != "text/html":
        return _text(content, name)
    way: Callable[[Work], Converted] | None = None
    if kind == "application/pdf":
        way = of_pdf
    elif kind in PICTURES:
        way = of_picture
    elif kind in LETTERS:
        way = _letter
    elif kind in CONTAINERS:
        way = _container
    elif kind == sniffing.RECORD:
        way = _record
    elif kind == "text/html":
        way = _page
    elif kind in offices.KINDS:
        way = _office
    if way is None:
        return Converted(reason=("no_way", {"kind": kind}))
    if not sandbox.is_possible():
        return Converted(reason=("open", {}))
    with sandbox.scratch() as folder:
        work = Work(folder, content, name, kind)
        made = way(work)
        if made.content and not made.is_sheet and reads_scans and work.silent:
            read_scan(work, made)
        return made


def _is_otherwise(said: str, kind: str) -> bool:
    if said == kind or not said or said == "application/octet-stream":
        return False
    families = {"image/heif": "image/heic", "text/html": "text/plain"}
    if families.get(said, said) == families.get(kind, kind):
        return False
    loose = ("text/", "application/json", "application/xml", "message/")
    if said.startswith(loose) and kind.startswith(loose):
        return False
    # A sealed container and an office document are archives too; only a plain one was taken for something else.
    return not (said.startswith(("video/", "audio/")) and kind.startswith(("video/", "audio/")))


def _office(work: Work) -> Converted:
    told, reason = work.inside("office", source="source", kind=work.kind)
    if reason:
        return Converted(reason=reason if reason[0] != "failed" else ("broken_office", {}))
    made = Converted(notes=[(code, {}) for code in ("macros", "external") if told.get(code)])
    office = programs.program("soffice")
    if not office.is_there:
        made.reason = ("no_converter", {"name": office.name})
        return made
    extension, export = offices.KINDS[work.kind]
    shutil.copy(work.folder / "source", work.folder / f"document.{extension}")
    done = offices.to_pdf(work.folder, f"document.{extension}", export, "office.pdf")
    if done.is_over_limits:
        made.reason = ("too_much", {})
    elif not (work.folder / "office.pdf").exists():
        made.reason = ("failed", {"name": office.name})
    else:
        told, made.reason = work.inside("pdf", PDF_LIMITS, source="office.pdf")
        if not made.reason:
            return fit(work, made, told, "office.pdf")
    return made


def _page(work: Work, encoding: str = "") -> Converted:
    """HTML laid out with our typefaces; where its styles defeat that, its words alone."""
    (work.folder / "fonts.conf").write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig><dir>{typefaces.FOLDER}</dir><cachedir>{work.folder}/font-cache</cachedir></fontconfig>\n",
        encoding="utf-8",
    )
    if not encoding and b"charset" not in work.content[:4096]:
        found = plain.decode(work.content)
        encoding = found[1] or "utf-8" if found else ""
    told, reason = work.inside("page", PDF_LIMITS, source="source", encoding=encoding)
    made = Converted()
    if told.get("external"):
        made.notes.append(("external", {}))
    if told.get("missing"):
        made.notes.append(("missing", {"letters": plain.named(set(told["missing"]))}))
    if told.get("is_printed"):
        made.content = work.made()
        return made
    if reason and reason[0] != "failed":
        made.reason = reason
        return made
    if not told:
        made.reason = ("failed", {"name": work.kind})
        return made
    made.notes.append(("bare", {}))
    words = sheet(work.name, [], told.get("text", ""))
    return Converted(words.content, notes=[*made.notes, *words.notes], is_sheet=True)


def _text(content: bytes, name: str) -> Converted:
    if len(content) > 4 * LONGEST_TEXT:
        return Converted(reason=("text_too_long", {}))
    found = plain.decode(content)
    if found is None:
        return Converted(reason=("broken_text", {}))
    text, guessed = found
    if len(text) > LONGEST_TEXT:
        return Converted(reason=("text_too_long", {}))
    made = sheet(name, [], text)
    if guessed:
        made.notes.insert(0, ("encoding", {"name": guessed}))
    return made


def read_letter(content: bytes, name: str, media_type: str) -> tuple[dict[str, Any], list[Attached]]:
    """What a letter says of itself and what is attached; raises DomainError when it cannot be read or not safely."""
    if not sandbox.is_possible():
        raise NotIsolatedError
    with sandbox.scratch() as folder:
        work = Work(folder, content, name, media_type)
        told, reason = _told_by_letter(work)
        if reason:
            raise DomainError(sentence(reason))
        attached = _attached(work, told)
        told["left"] += len(told["attached"]) - len(attached)
        return told, attached


def _told_by_letter(work: Work) -> tuple[dict[str, Any], Said | None]:
    told, reason = work.inside(
        "letter", source="source", extension=LETTERS[work.kind], time_zone=settings.TIME_ZONE
    )
    return told, ("broken_letter", {}) if reason and reason[0] == "failed" else reason


def _letter(work: Work) -> Converted:
    """Its head, its words and the list of what was attached; the attachments themselves are handed on."""
    told, reason = _told_by_letter(work)
    if reason:
        return Converted(reason=reason)
    attached = _attached(work, told)
    sent_at = datetime.datetime.fromisoformat(told["sent_at"]) if told["sent_at"] else None
    rows = [
        (pgettext("letter", "From"), told["from"]),
        (pgettext("letter", "To"), told["to"]),
        (pgettext("letter", "Copy"), told["cc"]),
        (
            pgettext("letter", "Sent"),
            timezone.localtime(sent_at).strftime("%Y-%m-%d %H:%M") if sent_at else "",
        ),
        (pgettext("letter", "Message"), told["message_id"]),
    ]
    title = told["subject"] or _("Letter without a subject")
    made = sheet(title, rows, "" if told["html"] else told["text"], attached)
    made.attached = attached
    if told["left"]:
        made.notes.append(("more_attachments", {"count": told["left"]}))
    if told["html"]:
        (work.folder / "source").write_text(told["html"], encoding="utf-8")
        body = _page(work, "utf-8")
        made.notes += body.notes
        if body.content:
            made.content, made.is_sheet = joined([made.content, body.content]), False
        else:
            bare = sheet(title, rows, told["text"], attached)
            made.content, made.notes = bare.content, [*made.notes, *bare.notes]
    return made


def _container(work: Work) -> Converted:
    """What lies in it and who signed it; its documents are printed after this sheet."""
    work.beside_roots()
    told, reason = work.inside("container", Limits(memory=1536 * MEGABYTE, cpu=30, wall=60), source="source")
    if reason:
        return Converted(reason=reason if reason[0] != "failed" else ("broken_container", {}))
    attached = _attached(work, told)
    notes: list[Said] = []
    for one in told.get("signatures", []):
        state = "unchecked" if one["state"] == "unreadable" else one["state"]
        notes.append((f"signed_{state}", {"who": who_signed(one.get("who", ""), one.get("moment", ""))}))
        if one.get("chain"):
            notes.append(said_of_chain(one["chain"], one["who"], one["issuer"], one["root"]))
    if notes:
        notes.append(("signed_kept", {}))
    rows = [(_("Container"), CONTAINERS[work.kind]), (_("Documents in it"), str(len(attached)))]
    made = sheet(work.name, rows, "", attached)
    made.notes += notes
    made.attached, made.is_container = attached, True
    return made


def _record(work: Work) -> Converted:
    """What a web page's record holds: each object the server sent, when, and its sum. Its look is another document's."""
    told, reason = work.inside("record", source="source")
    if reason:
        return Converted(reason=reason if reason[0] != "failed" else ("broken_record", {}))
    objects = told["objects"]
    rows = [
        (pgettext("record", "Address"), objects[0]["address"]),
        (pgettext("record", "Recorded"), objects[0]["moment"]),
        (pgettext("record", "Objects"), str(len(objects) + told["left"])),
    ]
    parts = ["\n".join([one["address"], f"{one['moment']}  {one['kind']}", one["sum"]]) for one in objects]
    return sheet(_("Record of a web page (WARC)"), rows, "\n\n".join(parts))


def _attached(work: Work, told: dict[str, Any]) -> list[Attached]:
    found, size = [], 0
    for one in told.get("attached", []):
        content = sandbox.read(work.folder / "attached" / str(int(one["file"])))
        size += len(content)
        if size > KEPT_IN_MEMORY:
            break
        found.append(
            Attached(
                clean_name(one["name"]), one["kind"], one["sha256"], content, one["program"], one["locked"]
            )
        )
    return found
