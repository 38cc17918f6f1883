"""A foreign PDF as archival pages: as it is, mended, else as pictures; who signed it."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from documents.converting import programs
from documents.converting.made import Converted
from documents.converting.words import Said
from documents.converting.work import PDF_LIMITS, QUICK, Work

MOST_PICTURES = 200  # pages that are printed as pictures


def of_pdf(work: Work) -> Converted:
    told, reason = work.inside("pdf", PDF_LIMITS, source="source")
    facts = told.get("facts", {})
    made = Converted(notes=[*_notes_of(facts), *_signatures(work, facts)])
    if reason:
        made.reason = reason if reason[0] != "failed" else ("broken_pdf", {})
        return made
    return fit(work, made, told, "source")


def fit(work: Work, made: Converted, told: dict[str, Any], source: str) -> Converted:
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
    return [*((code, {"who": who_signed(name, moment)}) for name, moment, code in rows), ("signed_kept", {})]


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


def who_signed(name: str, moment: str) -> str:
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
