"""Pages of many files as one PDF/A-3b. Pages keep their content; what acts, tracks or hides stays behind."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any

DROPPED_OF_PAGES = (
    "/StructParents",
    "/AA",
    "/Thumb",
    "/PieceInfo",
    "/B",
    "/Tabs",
    "/Metadata",
    "/PresSteps",
    "/Trans",
    "/Dur",
)
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="3" pdfaid:conformance="B"
 xmp:CreateDate="{stamp}" xmp:ModifyDate="{stamp}">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{creator}</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


@contextmanager
def opened(source: bytes | Path) -> Iterator[Any]:
    """Streams of a file on the disk are read when they are written, never all held."""
    import pikepdf  # noqa: PLC0415 -- workers only

    with pikepdf.open(io.BytesIO(source) if isinstance(source, bytes) else source) as found:
        yield found


def base_of(paper: bytes) -> bytes:
    """An empty file with the colour profile of a paper of ours."""
    import pikepdf  # noqa: PLC0415 -- workers only

    with opened(paper) as found:
        made = pikepdf.new()
        made.Root.OutputIntents = made.copy_foreign(found.make_indirect(found.Root.OutputIntents))
        target = io.BytesIO()
        made.save(target, deterministic_id=True)
    return target.getvalue()


def write_pages(source: Any, base: bytes) -> bytes:
    """The pages alone in an archival file: scripts, structure, files and layers of the source stay behind."""
    with opened(base) as whole:
        append(whole, source)
        describe(whole, title="–", creator="–", stamp="2000-01-01T00:00:00Z")
        return written(whole)


def append(whole: Any, source: Any) -> None:
    for page in source.pages:
        strip_behaviour(page)
        whole.pages.append(page)


def strip_behaviour(page: Any) -> None:
    """Leave links to addresses; links into the file would lead nowhere after the joining."""
    import pikepdf  # noqa: PLC0415 -- workers only

    for name in DROPPED_OF_PAGES:
        if name in page.obj:
            del page.obj[name]
    kept = pikepdf.Array()
    for note in page.obj.get("/Annots", []):
        action = note.get("/A", {})
        if str(note.get("/Subtype")) == "/Link" and str(action.get("/S", "")) == "/URI":
            for name in ("/StructParent", "/P", "/AA", "/PA"):
                if name in note:
                    del note[name]
            note.F = 4
            kept.append(note)
    if len(kept):
        page.obj.Annots = kept
    elif "/Annots" in page.obj:
        del page.obj["/Annots"]


def describe(whole: Any, *, title: str, creator: str, stamp: str) -> None:
    import pikepdf  # noqa: PLC0415 -- workers only

    xmp = XMP.format(title=escape(title), creator=escape(creator), stamp=stamp)
    whole.Root.Metadata = whole.make_stream(
        xmp.encode(), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML
    )
    whole.Root.Lang = pikepdf.String("lt")
    whole.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)


def written(whole: Any) -> bytes:
    write(whole, target := io.BytesIO())
    return target.getvalue()


def write(whole: Any, target: io.BytesIO | Path) -> None:
    """The same pages always give the same bytes."""
    import pikepdf  # noqa: PLC0415 -- workers only

    whole.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
