"""A web page as a person kept it: laid out with our typefaces, nothing fetched, nothing run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from documents import conformance, typefaces
from documents.converting.inside.pages import opened, write_pages

LONGEST = 3_000_000
MOST_PIXELS = 40_000_000  # of a picture inside the page
DROPPED = frozenset("script iframe object embed applet frame frameset noframes link base meta".split())
STYLE = """
@page { size: A4; margin: 22mm 15mm 15mm 20mm }
html { font-family: "FiraGO", sans-serif; font-size: 10pt; line-height: 1.4 }
img, table { max-width: 100% } body { overflow-wrap: anywhere; margin: 0 }
"""


def print_page(options: dict[str, Any]) -> dict[str, Any]:
    """Reads `source` as HTML; letters that no typeface has become their codes and are told."""
    from xml.etree import ElementTree  # noqa: PLC0415 -- started for this

    import tinyhtml5  # noqa: PLC0415 -- started for this
    import weasyprint  # noqa: PLC0415 -- started for this
    from PIL import Image  # noqa: PLC0415 -- started for this

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS // 2
    content = Path(options["source"]).read_bytes()
    if len(content) > LONGEST:
        return {"reason": ["text_too_long", {}]}
    encoding = options.get("encoding") or None
    tree = tinyhtml5.parse(content, override_encoding=encoding, namespace_html_elements=False)
    missing: set[str] = set()
    _clean(tree, missing)
    refused: list[str] = []
    told = {"missing": sorted(missing)[:200], "external": False}
    try:
        made = weasyprint.HTML(
            string=ElementTree.tostring(tree, encoding="unicode", method="html"),
            url_fetcher=_fetcher(refused),
            base_url="https://page.invalid",
        ).write_pdf(
            pdf_variant="pdf/a-3b",
            stylesheets=[weasyprint.CSS(string=STYLE)] if options.get("is_bare", True) else [],
        )
        told["external"] = bool(refused)
        with opened(made) as found:
            printed = write_pages(found, Path("base.pdf").read_bytes())
    except (MemoryError, RecursionError):
        raise
    except Exception:  # whatever hostile styles make the engine raise: its words are printed instead
        return {**told, "unfit": "layout", "text": _words(tree)}
    if problems := [one for one in conformance.check(printed, ["3b"]) if one.rule != "title"]:
        return {**told, "unfit": "rules", "rule": str(problems[0])[:200], "text": _words(tree)}
    Path(options["target"]).write_bytes(printed)
    return {**told, "is_printed": True}


def _clean(tree: Any, missing: set[str]) -> None:
    for parent in list(tree.iter()):
        for child in list(parent):
            if not isinstance(child.tag, str) or child.tag.lower() in DROPPED:
                tail, position = child.tail or "", list(parent).index(child)
                parent.remove(child)
                if position:
                    parent[position - 1].tail = (parent[position - 1].tail or "") + tail
                else:
                    parent.text = (parent.text or "") + tail
    for element in tree.iter():
        if element.tag == "style":
            continue
        for place in ("text", "tail"):
            text = getattr(element, place)
            if text:
                plain = typefaces.plain_marks(
                    "".join(one for one in text if one in "\n\t" or one.isprintable())
                )
                missing |= typefaces.missing_letters(plain)
                setattr(element, place, typefaces.spelled_out(plain))


def _fetcher(refused: list[str]) -> Any:
    """Pictures that stand in the page itself; every address outside stays unasked."""
    from weasyprint.urls import URLFetcher  # noqa: PLC0415 -- started for this

    class OnlyWithin(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            refused.append(url[:200])
            raise ValueError("not fetched")

    return OnlyWithin(allowed_protocols=["data"])


def _words(tree: Any) -> str:
    body = tree.find("body")
    return "\n".join(line for part in (tree if body is None else body).itertext() if (line := part.strip()))[
        :300_000
    ]
