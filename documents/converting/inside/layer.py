"""Lays the text a machine has read under the pages of a scan: invisible, in its own typeface, found by searching."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from documents import conformance
from documents.converting.inside.pages import written


def lay_text(options: dict[str, Any]) -> dict[str, Any]:
    """`source` with the text of `layers` ({page: file with text alone}) under its pages; nothing when that is not valid."""
    import pikepdf  # noqa: PLC0415 -- started for this

    count = 0
    with pikepdf.open(options["source"]) as whole:
        for number, name in sorted(options["layers"].items(), key=lambda pair: int(pair[0])):
            with pikepdf.open(name) as text:
                count += _lay(whole, whole.pages[int(number)], text.pages[0])
        content = written(whole)
    if not count or [one for one in conformance.check(content, ["3b"]) if one.rule != "title"]:
        return {}
    Path(options["target"]).write_bytes(content)
    return {"is_printed": True, "count": count}


def _lay(whole: Any, page: Any, text: Any) -> bool:
    """Under fixed names, so that bytes repeat; turned as the page is turned when it is seen."""
    import pikepdf  # noqa: PLC0415 -- started for this

    drawn = text.obj.Contents.read_bytes()
    if b"TJ" not in drawn and b"Tj" not in drawn:
        return False
    left, bottom, right, top = (float(value) for value in page.cropbox)
    width, height = float(text.mediabox[2]), float(text.mediabox[3])
    matrix = {
        0: (1, 0, 0, 1, left, bottom),
        90: (0, 1, -1, 0, right, bottom),
        180: (-1, 0, 0, -1, right, top),
        270: (0, -1, 1, 0, left, top),
    }[int(page.obj.get("/Rotate", 0)) // 90 * 90 % 360]
    form = pikepdf.Stream(
        whole,
        drawn,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=pikepdf.Array([0, 0, width, height]),
        Resources=whole.copy_foreign(text.obj.Resources)
        if text.obj.Resources.is_indirect
        else pikepdf.Dictionary(Font=_fonts(whole, text)),
    )
    resources = pikepdf.Dictionary(dict(page.resources.items()))
    pictures = pikepdf.Dictionary(dict(resources.get("/XObject", pikepdf.Dictionary()).items()))
    pictures["/TextRead"] = whole.make_indirect(form)
    resources.XObject = pictures
    page.obj.Resources = resources
    place = " ".join(f"{value:.3f}" for value in matrix)
    page.contents_add(whole.make_stream(f"q {place} cm /TextRead Do Q ".encode()), prepend=True)
    return True


def _fonts(whole: Any, text: Any) -> Any:
    import pikepdf  # noqa: PLC0415 -- started for this

    return pikepdf.Dictionary(
        {name: whole.copy_foreign(font) for name, font in text.obj.Resources.Font.items()}
    )
