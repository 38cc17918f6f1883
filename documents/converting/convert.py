"""A foreign file as archival pages, or why there are none; whatever is wrong with the file is said, never raised."""

from __future__ import annotations

import datetime
import re
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import get_template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from documents import pdf, typefaces
from documents.converting import offices, plain, programs, sandbox
from documents.converting.inside import sniffing
from documents.converting.inside.pages import base_of, opened, write_pages
from documents.converting.sandbox import MEGABYTE, Limits
from documents.converting.words import Said
from documents.intake import clean_name

FORMAT = 1  # raised when a conversion would look otherwise: what was kept is then made anew
MOMENT = datetime.datetime(
    2000, 1, 1, tzinfo=datetime.UTC
)  # pages carry no moment: the same file, the same bytes
LONGEST_TEXT = 300_000
MOST_READ = 40  # pages of one scan that are read by machine
MOST_PICTURES = 200  # pages that are printed as pictures
LONGEST_SEARCHED = 400_000
QUICK = Limits(cpu=30, wall=60)
PDF_LIMITS = Limits(memory=1536 * MEGABYTE, cpu=60, wall=120)
MENDING = Limits(memory=1536 * MEGABYTE, cpu=60, wall=120)
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


@dataclass(frozen=True)
class Attached:
    """What lies inside a letter or a container."""

    name: str
    media_type: str
    sha256: str
    content: bytes
    is_program: bool = False
    is_locked: bool = False


@dataclass
class Converted:
    """Pages, or the reason why there are none; `attached` is printed after them by whoever joins."""

    content: bytes = b""
    reason: Said | None = None
    notes: list[Said] = field(default_factory=list)
    attached: list[Attached] = field(default_factory=list)
    is_container: bool = False  # what is attached is the document itself
    is_sheet: bool = False  # laid out here: the upper right corner is free
    text: str = ""
    read_pages: int = 0  # how many pages of a scan got a text layer

    @property
    def is_drawn_anew(self) -> bool:
        """Cheap and made of words alone: not worth keeping."""
        return self.is_sheet or bool(self.attached) or self.is_container


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
        way = _pdf
    elif kind in PICTURES:
        way = _picture
    elif kind in LETTERS:
        way = _letter
    elif kind in CONTAINERS:
        way = _container
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
        if made.content and not made.is_sheet:
            if reads_scans and work.silent:
                _read_scan(work, made)
            made.text = _text_of(work, made.content)
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


@dataclass
class Work:
    """One conversion in its folder."""

    folder: Path
    content: bytes
    name: str
    kind: str
    silent: list[int] = field(default_factory=list)  # pages without letters

    def __post_init__(self) -> None:
        (self.folder / "source").write_bytes(self.content)
        (self.folder / "base.pdf").write_bytes(base())
        (self.folder / "attached").mkdir()

    def inside(self, job: str, limits: Limits = QUICK, **options: Any) -> tuple[dict[str, Any], Said | None]:
        """The answer of one of our jobs, and the reason when it was stopped or says one."""
        done, told = sandbox.inside(job, self.folder, {"target": "out.pdf", **options}, limits)
        if done.is_over_limits:
            return {}, ("too_much", {})
        if not done.is_well:
            return {}, ("failed", {"name": self.kind})
        reason = told.get("reason")
        return told, (str(reason[0]), dict(reason[1])) if reason else None

    def made(self, name: str = "out.pdf") -> bytes:
        return sandbox.read(self.folder / name)

    def run(self, code: str, *arguments: str, limits: Limits = MENDING) -> sandbox.Done:
        return sandbox.run([programs.program(code).path, *arguments], self.folder, limits)


@lru_cache(maxsize=1)
def base() -> bytes:
    """An empty archival file with the colours of our papers."""
    return base_of(draw("–", [], "–"))


# --- PDF -----------------------------------------------------------------------------------------------------


def _pdf(work: Work) -> Converted:
    told, reason = work.inside("pdf", PDF_LIMITS, source="source")
    facts = told.get("facts", {})
    made = Converted(notes=[*_notes_of(facts), *_signatures(work, facts)])
    if reason:
        made.reason = reason if reason[0] != "failed" else ("broken_pdf", {})
        return made
    return _fit(work, made, told, "source")


def _fit(work: Work, made: Converted, told: dict[str, Any], source: str) -> Converted:
    """The printed pages; where they are not archival as they are, mended, else pictures of them."""
    if told.get("is_printed"):
        made.content, work.silent = work.made(), list(told.get("silent", []))
        return made
    unfit, rule = told.get("unfit", ""), told.get("rule") or told.get("unfit", "")
    if unfit == "too_much":
        made.reason = ("too_much", {})
        return made
    if unfit != "page_too_large" and _mend(work, made, source):
        return made
    if _as_pictures(work, made, source, int(told.get("pages", 0)), is_scaled=unfit == "page_too_large"):
        return made
    absent = [
        programs.program(code).name for code in ("gs", "pdftoppm") if not programs.program(code).is_there
    ]
    made.reason = (
        ("no_converter", {"name": ", ".join(absent)}) if absent else ("unfit", {"rule": str(rule)[:160]})
    )
    return made


def _notes_of(facts: dict[str, Any]) -> list[Said]:
    notes: list[Said] = []
    if facts.get("xfa"):
        notes.append(("dynamic_form", {}))
    elif facts.get("form", 0) > len(facts.get("signatures", [])):
        notes.append(("form", {}))
    notes += [
        (code, {}) for code in ("damaged", "protected", "notes", "scripts", "layers") if facts.get(code)
    ]
    if names := facts.get("files"):
        notes.append(("files", {"names": ", ".join(names)[:600]}))
    return notes


def _signatures(work: Work, facts: dict[str, Any]) -> list[Said]:
    """Who signed, and whether the bytes are those that were signed; `pdfsig` of poppler asks no network."""
    signed = facts.get("signatures") or []
    if not signed:
        return []
    rows = [(one["name"], one["moment"], "signed_unchecked") for one in signed]
    if programs.program("pdfsig").is_there:
        done = work.run("pdfsig", "-nocert", "source", limits=QUICK)
        rows = _told_by_pdfsig(done.said) or rows
    return [*((code, {"who": _who(name, moment)}) for name, moment, code in rows), ("signed_kept", {})]


def _told_by_pdfsig(said: str) -> list[tuple[str, str, str]]:
    rows = []
    for block in re.split(r"^Signature #\d+:", said, flags=re.M)[1:]:
        pairs = (line.partition(":") for line in block.splitlines() if ":" in line)
        lines = {name.strip(" -"): words.strip(" -") for name, _colon, words in pairs}
        state = lines.get("Signature Validation", "")
        if state.startswith("Signature is Valid"):
            code = "signed_whole" if "- Total document signed" in block else "signed_extended"
        elif "invalid" in state.lower() or "mismatch" in state.lower():
            code = "signed_changed"
        else:
            code = "signed_unchecked"
        rows.append((lines.get("Signer Certificate Common Name", ""), lines.get("Signing Time", ""), code))
    return rows


def _who(name: str, moment: str) -> str:
    """Name and moment; a moment of a PDF ("D:20260304091500+02'00'") is written as people write it."""
    found = re.match(r"D?:?(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)", moment)
    when = "{}-{}-{} {}:{}".format(*found.groups()) if found else moment
    return ", ".join(part for part in (name or "?", when) if part)


def _mend(work: Work, made: Converted, source: str) -> bool:
    """Ghostscript embeds typefaces and turns colours; its text must be that of the original."""
    if not programs.program("gs").is_there:
        return False
    done = work.run(
        "gs", "-dPDFA=2", "-dPDFACompatibilityPolicy=1", "-sColorConversionStrategy=RGB", "-sDEVICE=pdfwrite",
        "-dBATCH", "-dNOPAUSE", "-dQUIET", "-dSAFER", "-dAutoRotatePages=/None", "-dPrinted=true",
        "-o", "mended.pdf", source,
    )  # fmt: skip
    if not done.is_well:
        return False
    told, reason = work.inside("pdf", PDF_LIMITS, source="mended.pdf")
    if reason or not told.get("is_printed"):
        return False
    code = "archival_uncompared"
    if programs.program("pdftotext").is_there:
        if _letters(work, source) != _letters(work, "out.pdf"):
            return False
        code = "archival"
    made.content, work.silent = work.made(), list(told.get("silent", []))
    made.notes.append((code, {}))
    return True


def _letters(work: Work, name: str) -> Counter[str]:
    done = work.run("pdftotext", "-q", "-enc", "UTF-8", name, "-", limits=QUICK)
    return Counter(letter for letter in done.said if letter.isalnum())


def _as_pictures(work: Work, made: Converted, source: str, pages: int, *, is_scaled: bool) -> bool:
    if not programs.program("pdftoppm").is_there or not 0 < pages <= MOST_PICTURES:
        return False
    measure = ["-scale-to", "2300"] if is_scaled else ["-r", "170"]
    done = work.run("pdftoppm", "-jpeg", "-jpegopt", "quality=88", *measure, source, "sheet")
    names = sorted(path.name for path in work.folder.glob("sheet-*.jpg"))
    if not done.is_well or len(names) != pages:
        return False
    told, reason = work.inside("pictures", PDF_LIMITS, sources=names, dpi=200 if is_scaled else 170)
    if reason or not told.get("is_printed"):
        return False
    made.content, work.silent = work.made(), list(told.get("silent", []))
    made.notes += [("scaled", {})] * is_scaled + [("pictures", {})]
    return True


# --- pictures and scans --------------------------------------------------------------------------------------


def _picture(work: Work) -> Converted:
    told, reason = work.inside("picture", Limits(memory=1536 * MEGABYTE, cpu=60, wall=90), source="source")
    if reason:
        return Converted(reason=reason if reason[0] != "failed" else ("broken_picture", {}))
    if not told.get("is_printed"):
        return Converted(reason=("unfit", {"rule": told.get("rule", "")}))
    work.silent = list(told.get("silent", []))
    return Converted(work.made(), notes=[(code, values) for code, values in told.get("notes", [])])


def _read_scan(work: Work, made: Converted) -> None:
    """A text layer for pages that have no letters; a page that cannot be read stays as it is."""
    if not (programs.program("tesseract").is_there and programs.program("pdftoppm").is_there):
        return
    (work.folder / "scan.pdf").write_bytes(made.content)
    layers = {}
    for number in work.silent[:MOST_READ]:
        page = str(number + 1)
        done = work.run(
            "pdftoppm",
            "-cropbox",
            "-gray",
            "-r",
            "300",
            "-f",
            page,
            "-l",
            page,
            "-singlefile",
            "scan.pdf",
            "scan",
        )
        if not done.is_well:
            continue
        done = work.run(
            "tesseract",
            "scan.pgm",
            f"read-{number}",
            "-l",
            "lit",
            "--dpi",
            "300",
            "-c",
            "textonly_pdf=1",
            "pdf",
        )
        if done.is_well and sandbox.read(work.folder / f"read-{number}.pdf"):
            layers[str(number)] = f"read-{number}.pdf"
    if not layers:
        return
    told, reason = work.inside("layer", PDF_LIMITS, source="scan.pdf", layers=layers)
    if not reason and told.get("is_printed"):
        made.content, made.read_pages = work.made(), int(told["count"])


def _text_of(work: Work, content: bytes) -> str:
    """The words of the pages, for searching."""
    if not programs.program("pdftotext").is_there:
        return ""
    (work.folder / "words.pdf").write_bytes(content)
    done = work.run("pdftotext", "-q", "-enc", "UTF-8", "words.pdf", "words.txt", limits=QUICK)
    if not done.is_well:
        return ""
    return (
        sandbox.read(work.folder / "words.txt")
        .decode("utf-8", "replace")
        .replace("\0", "")[:LONGEST_SEARCHED]
    )


# --- office documents and pages of the web -------------------------------------------------------------------


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
            return _fit(work, made, told, "office.pdf")
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
    words = _sheet(work.name, [], told.get("text", ""))
    return Converted(words.content, notes=[*made.notes, *words.notes], is_sheet=True, text=words.text)


# --- words ---------------------------------------------------------------------------------------------------


def _text(content: bytes, name: str) -> Converted:
    if len(content) > 4 * LONGEST_TEXT:
        return Converted(reason=("text_too_long", {}))
    found = plain.decode(content)
    if found is None:
        return Converted(reason=("broken_text", {}))
    text, guessed = found
    if len(text) > LONGEST_TEXT:
        return Converted(reason=("text_too_long", {}))
    made = _sheet(name, [], text)
    if guessed:
        made.notes.insert(0, ("encoding", {"name": guessed}))
    return made


def _letter(work: Work) -> Converted:
    """Its head, its words and the list of what was attached; the attachments themselves are handed on."""
    told, reason = work.inside(
        "letter", source="source", extension=LETTERS[work.kind], time_zone=settings.TIME_ZONE
    )
    if reason:
        return Converted(reason=reason if reason[0] != "failed" else ("broken_letter", {}))
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
    made = _sheet(title, rows, "" if told["html"] else told["text"], attached)
    made.attached = attached
    if told["left"]:
        made.notes.append(("more_attachments", {"count": told["left"]}))
    if told["html"]:
        (work.folder / "source").write_text(told["html"], encoding="utf-8")
        body = _page(work, "utf-8")
        made.notes += body.notes
        if body.content:
            made.content, made.is_sheet = _joined([made.content, body.content]), False
            made.text = f"{made.text}\n{told['text']}"
        else:
            bare = _sheet(title, rows, told["text"], attached)
            made.content, made.notes = bare.content, [*made.notes, *bare.notes]
    return made


def _container(work: Work) -> Converted:
    """What lies in it and who signed it; its documents are printed after this sheet."""
    told, reason = work.inside("container", Limits(memory=1536 * MEGABYTE, cpu=30, wall=60), source="source")
    if reason:
        return Converted(reason=reason if reason[0] != "failed" else ("broken_container", {}))
    attached = _attached(work, told)
    notes: list[Said] = [
        (f"signed_{one['state']}".replace("unreadable", "unchecked"), {"who": _who(one.get("who", ""), one.get("moment", ""))})
        for one in told.get("signatures", [])
    ]  # fmt: skip
    if notes:
        notes.append(("signed_kept", {}))
    rows = [(_("Container"), CONTAINERS[work.kind]), (_("Documents in it"), str(len(attached)))]
    made = _sheet(work.name, rows, "", attached)
    made.notes += notes
    made.attached, made.is_container = attached, True
    return made


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


def _sheet(
    title: str, rows: list[tuple[str, str]], text: str, attached: list[Attached] | None = None
) -> Converted:
    """Words on our own sheets; letters that no typeface has are written as their codes and named."""
    text, title = plain.readable(text), plain.readable(title).replace("\n", " ")
    names = [one.name for one in attached or []]
    missing = typefaces.missing_letters(text + title + "".join([*(value for _label, value in rows), *names]))
    notes: list[Said] = [("missing", {"letters": plain.named(missing)})] if missing else []
    return Converted(draw(title, rows, text, attached), notes=notes, is_sheet=True, text=f"{title}\n{text}")


def draw(title: str, rows: list[tuple[str, str]], text: str, attached: list[Attached] | None = None) -> bytes:
    with override(settings.LANGUAGE_CODE):
        context = {"lang": "lt", "title": title, "rows": rows, "text": text, "attached": attached or []}
        html = get_template("documents/papers/foreign.html").render(context)
    return pdf.write(typefaces.spelled_out(plain.readable(html)), moment=MOMENT)


def _joined(parts: list[bytes]) -> bytes:
    with opened(parts[0]) as first, opened(parts[1]) as second:
        first.pages.extend(second.pages)
        return write_pages(first, base())
