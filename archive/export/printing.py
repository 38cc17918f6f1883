"""How an item is printed: a kept paper as it is, anything foreign by a converter; else why it cannot be."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from django.template.loader import get_template
from django.utils.translation import gettext as _

from archive.export.items import Item, Left, Original, Print
from documents import pdf, typefaces
from documents.converting.convert import convert as convert_anew
from documents.converting.inside.pages import base_of, opened, write_pages
from documents.converting.made import Attached, Converted
from documents.converting.words import sentence

Convert = Callable[[bytes, str, str], Converted]
DEEPEST = 3  # a letter in a letter in a letter


def print_item(
    item: Item,
    *,
    known: frozenset[str] = frozenset(),
    with_doubtful: bool = False,
    convert: Convert = convert_anew,
) -> Print:
    """Pages of the item and what lies in it; whatever is wrong with the file becomes a reason, never an error.

    `known` are sums of files that are documents of the case file themselves: they are neither printed nor embedded twice.
    """
    content = item.original.read()
    if item.is_own_paper:
        return Print(content, has_free_corner=True)
    made = convert(content, item.original.name, item.original.media_type)
    printed = Print(
        made.content,
        reason=sentence(made.reason) if made.reason else "",
        notes=[sentence(note) for note in made.notes],
        has_free_corner=made.is_sheet,
        read_pages=made.read_pages,
    )
    parts = [made.content] if made.content else []
    _take(made, printed, parts, known, with_doubtful, DEEPEST)
    if len(parts) > 1:
        printed.content, printed.has_free_corner = _joined(parts), False
    return printed


def _take(
    made: Converted,
    printed: Print,
    parts: list[bytes],
    known: frozenset[str],
    with_doubtful: bool,
    depth: int,
) -> None:
    """What lies inside is converted each time and not kept by itself: it goes when the letter goes."""
    for one in made.attached:
        if one.sha256 in known and not made.is_container:
            continue
        if why := "" if with_doubtful else _doubt(one):
            printed.left.append(Left(one.name, one.sha256, why))
            printed.notes.append(
                _("Only listed, not embedded by itself: %(name)s, SHA-256 %(sum)s. %(why)s")
                % {"name": one.name, "sum": one.sha256, "why": why}
            )
            continue
        if not made.is_container:
            original = Original(
                one.name, one.media_type, one.sha256, lambda kept=one.content: kept, "Supplement"
            )
            printed.attached.append(original)
        inner = convert_anew(one.content, one.name, one.media_type)
        if inner.content:
            parts.append(inner.content)
        said = [inner.reason, *inner.notes] if inner.reason else inner.notes
        printed.notes += [f"{one.name}: {sentence(note)}" for note in said]
        printed.read_pages += inner.read_pages
        if depth > 1:
            _take(inner, printed, parts, known, with_doubtful, depth - 1)
        elif inner.attached:
            printed.notes.append(
                _("What lies deeper inside is only in the embedded original: %(name)s.") % {"name": one.name}
            )


def _doubt(one: Attached) -> str:
    if one.is_program:
        return _("It is a program.")
    return _("It is encrypted.") if one.is_locked else ""


def _joined(parts: list[bytes]) -> bytes:
    import pikepdf  # noqa: PLC0415 -- workers only

    with pikepdf.new() as whole:
        for part in parts:
            with opened(part) as found:
                whole.pages.extend(found.pages)
        return write_pages(whole, base_of(parts[0]))


def draw(template: str, context: dict[str, Any], *, moment: datetime.datetime) -> bytes:
    """Pages of our own around the documents; letters that no typeface has are written as their codes."""
    html = get_template(template).render({"lang": "lt", **context})
    return pdf.write(typefaces.spelled_out(typefaces.plain_marks(html)), moment=moment)
