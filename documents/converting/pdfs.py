"""A foreign PDF as archival pages: as it is, mended, else as pictures; who signed it."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from typing import Any

from django.utils import timezone

from documents.converting import programs
from documents.converting.made import Converted
from documents.converting.words import Said
from documents.converting.work import PDF_LIMITS, QUICK, Work
from documents.sealing import chains, trust

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
    """Who signed, whether the bytes are those that were signed, where the chains lead; nothing is asked of a network."""
    signed = facts.get("signatures") or []
    if not signed:
        return []
    work.beside_roots()
    found = work.inside("signatures", PDF_LIMITS, source="source")[0].get("signatures") or []
    notes: list[Said] = []
    for one in found:
        who = who_signed(one["subject"], _local(one["at"]))
        notes.append((_state_of(one), {"who": who}))
        if not one["is_stamp"]:
            notes.append(said_of_chain(one["chain"], one["subject"], one["issuer"], one["root"]))
    if not found:  # in a way that our reader does not know
        notes = [("signed_unchecked", {"who": who_signed(one["name"], one["moment"])}) for one in signed]
    return [*notes, ("signed_kept", {})]


def _state_of(one: dict[str, Any]) -> str:
    kind = "stamped" if one["is_stamp"] else "signed"
    if one["problem"]:
        return f"{kind}_unchecked"
    if not one["is_intact"]:
        return f"{kind}_changed"
    if one["covers_all"] or one["is_stamp"]:
        return f"{kind}_whole"
    return "signed_extended" if one["is_last_word"] else "signed_overlaid"


def said_of_chain(state: str, who: str, issuer: str, root: str) -> Said:
    """Told with the sum of the roots it was judged by: by others it is judged anew."""
    by = trust.fingerprint()
    if state == chains.NO_ROOT and not by:
        state = "no_roots"
    return f"chain_{state}", {"who": who or "?", "issuer": issuer or "?", "root": root, "by": by}


def _local(at: str) -> str:
    return timezone.localtime(datetime.datetime.fromisoformat(at)).strftime("%Y-%m-%d %H:%M") if at else ""


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
