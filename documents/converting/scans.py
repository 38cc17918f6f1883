"""Pictures as pages, and a text layer for scans."""

from __future__ import annotations

from documents.converting import programs, sandbox
from documents.converting.made import Converted
from documents.converting.sandbox import MEGABYTE, Limits
from documents.converting.work import PDF_LIMITS, Work

MOST_READ = 40  # pages of one scan that are read by machine


def of_picture(work: Work) -> Converted:
    told, reason = work.inside("picture", Limits(memory=1536 * MEGABYTE, cpu=60, wall=90), source="source")
    if reason:
        return Converted(reason=reason if reason[0] != "failed" else ("broken_picture", {}))
    if not told.get("is_printed"):
        return Converted(reason=("unfit", {"rule": told.get("rule", "")}))
    work.silent = list(told.get("silent", []))
    return Converted(work.made(), notes=[(code, values) for code, values in told.get("notes", [])])


def read_scan(work: Work, made: Converted) -> None:
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
