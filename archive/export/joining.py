"""Joins pages of many files into one PDF/A-3b, stamps folio numbers and embeds the originals.

Pages keep their content; what is added stands outside it or in a corner known to be free.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from archive.export.items import Embedded
from documents.converting.inside.pages import opened

STRIP = 22.0  # points added above what is seen of a page
NARROWEST = 90.0  # a page narrower than its folio number grows to the right
SIZE = 10.0


class Stamper:
    """Writes the folio number with the digits of one of our papers; their typeface is embedded once."""

    def __init__(self, whole: Any, digits: bytes) -> None:
        self.whole = whole
        with opened(digits) as paper:
            _name, font = next(iter(paper.pages[0].Resources.Font.items()))
            table = font.ToUnicode.read_bytes().decode()
            pairs = re.findall(r"<([0-9a-fA-F]{4})> <([0-9a-fA-F]{4})>", table)
            self.glyphs = {chr(int(letter, 16)): glyph for glyph, letter in pairs}
            self.font = whole.copy_foreign(font)

    def stamp(self, page: Any, folio: int, *, has_free_corner: bool) -> None:
        """The number upright in the upper right of the page as it is seen, whatever its rotation and measure."""
        import pikepdf  # noqa: PLC0415 -- workers only

        whole, rotation = self.whole, int(page.obj.get("/Rotate", 0)) // 90 * 90 % 360
        box, clip = _seen(page), ""
        if not has_free_corner:
            left, bottom, right, top = box
            clip = f" {left:.3f} {bottom:.3f} {right - left:.3f} {top - bottom:.3f} re W n"
            box = _with_strip(box, rotation)
        for name in ("/TrimBox", "/BleedBox", "/ArtBox", "/CropBox"):
            if name in page.obj:
                del page.obj[name]
        page.obj.Rotate = rotation
        page.mediabox = page.cropbox = pikepdf.Array([round(value, 3) for value in box])
        text = str(folio)
        drawn = "".join(self.glyphs[letter] for letter in text)
        x, y = 18 + len(text) * SIZE * 0.58, 15.0
        left, bottom, right, top = box
        matrix = {  # from the corner that is seen upper right, to the left and down
            0: (1, 0, 0, 1, right - x, top - y),
            90: (0, 1, -1, 0, left + y, top - x),
            180: (-1, 0, 0, -1, left + x, bottom + y),
            270: (0, -1, 1, 0, right - y, bottom + x),
        }[rotation]
        place = " ".join(f"{value:.3f}" for value in matrix)
        self._own_resources(page)
        page.contents_add(whole.make_stream(f"q{clip} ".encode()), prepend=True)
        page.contents_add(
            whole.make_stream(
                f" Q /Artifact <</Type /Pagination>> BDC q 0 g BT /FolioF {SIZE} Tf {place} Tm <{drawn}> Tj ET Q EMC".encode()
            )
        )

    def _own_resources(self, page: Any) -> None:
        """Resources may be shared with other pages: the page gets its own copy with our typeface."""
        import pikepdf  # noqa: PLC0415 -- workers only

        own = pikepdf.Dictionary(dict(page.resources.items()))
        fonts = pikepdf.Dictionary(dict(own.get("/Font", pikepdf.Dictionary()).items()))
        fonts.FolioF = self.font
        own.Font = fonts
        page.obj.Resources = own


def _box(values: Any) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (float(value) for value in values)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _seen(page: Any) -> tuple[float, float, float, float]:
    media, crop = _box(page.mediabox), _box(page.cropbox)
    seen = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    return seen if seen[0] < seen[2] and seen[1] < seen[3] else media


def _with_strip(box: tuple[float, float, float, float], rotation: int) -> tuple[float, float, float, float]:
    """Grown at the side that is seen above, and to the seen right when it is narrower than its number."""
    left, bottom, right, top = box
    seen_width = right - left if rotation in (0, 180) else top - bottom
    wider = max(0.0, NARROWEST - seen_width)
    return {
        0: (left, bottom, right + wider, top + STRIP),
        90: (left - STRIP, bottom, right, top + wider),
        180: (left - wider, bottom - STRIP, right, top),
        270: (left, bottom - wider, right + STRIP, top),
    }[rotation]


# --- what stands beside the pages ---------------------------------------------------------------------------


def join(base: Path, parts: Iterable[Path], files: Iterable[Embedded], *, stamp: str, target: Path) -> None:
    """The pages of all the parts behind those of the base, and the files embedded; none of it is held in memory.

    By qpdf's own job: pikepdf copies the bytes of every page and file that is taken over from elsewhere.
    """
    import pikepdf  # noqa: PLC0415 -- workers only

    day = _day(stamp)
    job = {
        "inputFile": str(base),
        "outputFile": str(target),
        "deterministicId": "",
        "streamData": "preserve",
        "removeUnreferencedResources": "no",
        "noWarn": "",
        "warningExit0": "",
        "pages": [{"file": str(part)} for part in parts],
        "addAttachment": [
            {
                "file": str(one.path),
                "key": one.name,
                "filename": one.name,
                "description": f"{one.title} sha256:{one.sha256}",
                "creationdate": day,
                "moddate": day,
                "replace": "",
            }
            for one in files
        ],
    }
    pikepdf.Job(job).run()
    _give_back()


def _give_back() -> None:
    """What qpdf has let go of goes back to the system; malloc alone keeps hundreds of megabytes for good."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # of glibc
    if trim is not None:
        trim(0)


def relate(whole: Any, files: Iterable[Embedded]) -> None:
    """Say what kind of file each is and how it stands to the pages."""
    import pikepdf  # noqa: PLC0415 -- workers only

    for name in (
        "/PageMode",
        "/AcroForm",
    ):  # the job has readers begin with the files, and fields' forms follow pages
        if name in whole.Root:
            del whole.Root[name]
    specs = []
    for one in files:
        spec = whole.attachments[one.name].obj
        spec.AFRelationship = pikepdf.Name("/" + one.relationship)
        spec.EF.F.Type = pikepdf.Name.EmbeddedFile
        spec.EF.F.Subtype = pikepdf.Name("/" + (one.media_type or "application/octet-stream"))
        specs.append(spec)
    if specs:
        whole.Root.AF = pikepdf.Array(specs)


def _day(stamp: str) -> str:
    return "D:" + re.sub(r"\D", "", stamp) + "Z"


def bookmark(whole: Any, places: Iterable[tuple[str, int]]) -> None:
    from pikepdf import OutlineItem  # noqa: PLC0415 -- workers only

    with whole.open_outline() as outline:
        outline.root.extend(OutlineItem(title, page - 1) for title, page in places)


def label_pages(whole: Any) -> None:
    """A reader's page number is the folio number."""
    import pikepdf  # noqa: PLC0415 -- workers only

    whole.Root.PageLabels = pikepdf.Dictionary(
        Nums=pikepdf.Array([0, pikepdf.Dictionary(S=pikepdf.Name.D, St=1)])
    )
