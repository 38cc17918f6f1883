"""Words on our own sheets: what a letter or a container says of itself."""

from __future__ import annotations

import datetime
from functools import lru_cache

from django.conf import settings
from django.template.loader import get_template
from django.utils.translation import override

from documents import pdf, typefaces
from documents.converting import plain
from documents.converting.inside.pages import base_of, opened, write_pages
from documents.converting.made import Attached, Converted
from documents.converting.words import Said

MOMENT = datetime.datetime(
    2000, 1, 1, tzinfo=datetime.UTC
)  # pages carry no moment: the same file, the same bytes


@lru_cache(maxsize=1)
def base() -> bytes:
    """An empty archival file with the colours of our papers."""
    return base_of(draw("–", [], "–"))


def sheet(
    title: str, rows: list[tuple[str, str]], text: str, attached: list[Attached] | None = None
) -> Converted:
    """Words on our own sheets; letters that no typeface has are written as their codes and named."""
    text, title = plain.readable(text), plain.readable(title).replace("\n", " ")
    names = [one.name for one in attached or []]
    missing = typefaces.missing_letters(text + title + "".join([*(value for _label, value in rows), *names]))
    notes: list[Said] = [("missing", {"letters": plain.named(missing)})] if missing else []
    return Converted(draw(title, rows, text, attached), notes=notes, is_sheet=True)


def draw(title: str, rows: list[tuple[str, str]], text: str, attached: list[Attached] | None = None) -> bytes:
    with override(settings.LANGUAGE_CODE):
        context = {"lang": "lt", "title": title, "rows": rows, "text": text, "attached": attached or []}
        html = get_template("documents/papers/foreign.html").render(context)
    return pdf.write(typefaces.spelled_out(plain.readable(html)), moment=MOMENT)


def joined(parts: list[bytes]) -> bytes:
    with opened(parts[0]) as first, opened(parts[1]) as second:
        first.pages.extend(second.pages)
        return write_pages(first, base())
