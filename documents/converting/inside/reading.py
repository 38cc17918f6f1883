"""The words of a PDF's pages, also those that lie unseen over a scan."""

from __future__ import annotations

import re
from typing import Any

MOST_PAGES = 5_000
LONGEST_PAGE = 20_000
LONGEST = 4_000_000
BROKEN_WORD = re.compile("[\ufffe\u0002]\\s*")  # where a line's end breaks a word


def read_pages(options: dict[str, Any]) -> dict[str, Any]:
    """One text a page, in their order; `is_cut` when there was more than is kept."""
    import pypdfium2  # noqa: PLC0415 -- one job, one set of libraries

    try:
        found = pypdfium2.PdfDocument(options["source"])
    except pypdfium2.PdfiumError:
        return {"reason": ["broken_pdf", {}]}
    texts, left, is_cut = [], LONGEST, len(found) > MOST_PAGES
    for number in range(min(len(found), MOST_PAGES)):
        page = found[number]
        words = page.get_textpage()
        text = BROKEN_WORD.sub("", words.get_text_range(errors="replace"))
        text = text.replace("\0", "").replace("\r\n", "\n")
        kept = text[: min(LONGEST_PAGE, left)]
        is_cut = is_cut or len(kept) < len(text)
        left -= len(kept)
        texts.append(kept)
        words.close()
        page.close()
    return {"texts": texts, "is_cut": is_cut}
