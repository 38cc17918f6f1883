"""A foreign PDF: what it is, and its pages alone as they look on paper, if they are fit for an archival file."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from documents import conformance
from documents.converting.inside.pages import write_pages

LARGEST_PAGE = 14_000  # points; PDF/A ends at 14,400, and a margin strip is added
MOST_PAGES = 3_000
MOST_CONTENT = 150 * 2**20  # of drawing instructions of one page, unpacked
MOST_OBJECTS = 200_000


def print_pdf(options: dict[str, Any]) -> dict[str, Any]:
    """Reads `source`, writes `target`. The answer: reason (nothing can be printed), unfit (try otherwise), facts."""
    import pikepdf  # noqa: PLC0415 -- started for this

    source = Path(options["source"])
    base = Path("base.pdf").read_bytes()
    try:
        with pikepdf.open(source) as found:
            count = len(found.pages)
            if not count:
                return {"reason": ["no_page", {}]}
            if count > MOST_PAGES:
                return {"reason": ["too_many_pages", {"count": count}]}
            facts = facts_of(found)
            facts["damaged"] = bool(found.get_warnings())
            answer = {"facts": facts, "pages": count}
            if any(_is_too_large(page) for page in found.pages):
                return {**answer, "unfit": "page_too_large"}
            if "/OCProperties" in found.Root:
                return {**answer, "unfit": "layers"}
            if any(_content_size(page) > MOST_CONTENT for page in found.pages):
                return {**answer, "unfit": "too_much"}
            if "/AcroForm" in found.Root:
                found.generate_appearance_streams()
            found.flatten_annotations("print")
            printed = write_pages(found, base)
    except pikepdf.PasswordError:
        return {"reason": ["encrypted", {}]}
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError):
        return {"reason": ["broken_pdf", {}]}
    problems = [one for one in conformance.check(printed, ["3b"]) if one.rule != "title"]
    if problems:
        return {**answer, "unfit": "rules", "rule": str(problems[0])[:200]}
    Path(options["target"]).write_bytes(printed)
    return {**answer, "silent": silent_pages(printed), "is_printed": True}


def facts_of(found: Any) -> dict[str, Any]:
    """What is told about the file on its slip page."""
    form = found.Root.get("/AcroForm", {})
    kinds = {str(note.get("/Subtype")) for page in found.pages for note in page.obj.get("/Annots", [])}
    facts: dict[str, Any] = {
        "form": len(list(form.get("/Fields", []))),
        "xfa": "/XFA" in form,
        "protected": found.is_encrypted,
        "notes": bool(kinds - {"/Link", "/Widget", "/Popup"}),
        "scripts": False,
        "files": sorted(found.attachments)[:50],
        "signatures": [],
        "layers": "/OCProperties" in found.Root,
    }
    for number, item in enumerate(found.objects):
        if number > MOST_OBJECTS:
            break
        kind = _kind(item)
        if kind == "action":
            facts["scripts"] = True
        elif kind == "signature":
            facts["signatures"].append(_signature(item))
    return facts


def _kind(item: Any) -> str:
    import pikepdf  # noqa: PLC0415 -- started for this

    if not isinstance(item, pikepdf.Dictionary):
        return ""
    if "/JS" in item or str(item.get("/S", "")) in ("/JavaScript", "/Launch"):
        return "action"
    for name in ("/A", "/OpenAction"):
        inner = item.get(name)
        if isinstance(inner, pikepdf.Dictionary) and str(inner.get("/S", "")) in ("/JavaScript", "/Launch"):
            return "action"
    return "signature" if "/ByteRange" in item and "/Contents" in item else ""


def _signature(item: Any) -> dict[str, str]:
    return {
        "name": str(item.get("/Name", ""))[:120],
        "moment": str(item.get("/M", ""))[:40],
        "kind": str(item.get("/SubFilter", ""))[:40],
    }


def _is_too_large(page: Any) -> bool:
    left, bottom, right, top = (float(value) for value in page.mediabox)
    return not (1 <= abs(right - left) <= LARGEST_PAGE and 1 <= abs(top - bottom) <= LARGEST_PAGE)


def _content_size(page: Any) -> int:
    """Drawing instructions of the page and of what it draws, unpacked; memory and time bound the unpacking itself."""
    import pikepdf  # noqa: PLC0415 -- started for this

    parts = page.obj.get("/Contents", [])
    parts = list(parts) if isinstance(parts, pikepdf.Array) else [parts]
    return sum(len(part.read_bytes()) for part in parts if isinstance(part, pikepdf.Stream))


def silent_pages(printed: bytes) -> list[int]:
    """Pages without any typeface: scans, whose text can only be read by a machine."""
    import pikepdf  # noqa: PLC0415 -- started for this

    with pikepdf.open(io.BytesIO(printed)) as found:
        return [
            number for number, page in enumerate(found.pages) if not _has_text(page.obj.get("/Resources"), 0)
        ]


def _has_text(resources: Any, depth: int) -> bool:
    import pikepdf  # noqa: PLC0415 -- started for this

    if not isinstance(resources, pikepdf.Dictionary) or depth > 6:
        return False
    if len(resources.get("/Font", {})):
        return True
    drawn: Any = resources.get("/XObject", {})
    forms = [item for _name, item in drawn.items() if str(item.get("/Subtype", "")) == "/Form"]
    return any(_has_text(form.get("/Resources"), depth + 1) for form in forms)
