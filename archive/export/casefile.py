"""The whole case file: title page, contents, inventory, documents in order, actions, certification; checked."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from archive.export import joining
from archive.export.items import LEVEL, MANIFEST, Item, Original, Print, sha256
from archive.export.printing import Convert, draw, print_item
from core.canonical import canonical
from core.language.numerals import form_of, number_words
from documents import conformance
from documents.converting.convert import convert as convert_anew
from documents.converting.inside import pages as sheets
from documents.converting.inside.sniffing import PROGRAM, kind_of
from documents.pdf import NotConformingError


@dataclass(frozen=True)
class CaseData:
    """What the sheets around the documents say; all of it decides the bytes."""

    title: str  # "5.3 Užsienio delegacijų priėmimo dokumentai"
    office: str
    unit: str
    facts: list[tuple[str, str]]  # of the title page
    is_paper: bool
    certified_by: str
    certified_on: str
    actions: list[tuple[str, str, str]] = field(default_factory=list)  # when, who, what
    remarks: list[str] = field(default_factory=list)
    sealed_by: str = ""  # whose seal is put over the whole; nothing: none
    has_demo_seal: bool = False


@dataclass(frozen=True)
class Embedded:
    """A file to be embedded; its bytes are read when it is, one file at a time."""

    name: str
    original: Original
    size: int
    title: str


@dataclass
class Entry:
    """An item as it lies in the export."""

    item: Item
    printed: Print
    first: int = 0
    last: int = 0
    slip: bytes = b""
    embedded: list[Embedded] = field(default_factory=list)
    length: int = 0  # pages with the slip

    @property
    def pages(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"

    def as_json(self) -> dict[str, Any]:
        item = self.item
        return {
            "number": item.number,
            "title": item.title,
            "date": item.day,
            "registered": item.registered,
            "first_page": self.first,
            "last_page": self.last,
            "not_printed": self.printed.reason,
            "notes": self.printed.notes,
            "pages_read_by_machine": self.printed.read_pages,
            "only_listed": [{"name": one.name, "sha256": one.sha256} for one in self.printed.left],
            "files": [
                {
                    "name": one.name,
                    "sha256": one.original.sha256,
                    "size": one.size,
                    "relationship": one.original.relationship,
                }
                for one in self.embedded
            ],
            "sha256": item.original.sha256,
        }


@dataclass(frozen=True)
class Assembled:
    content: bytes
    sha256: str
    pages: int
    manifest: dict[str, Any]


def assemble(
    data: CaseData,
    items: list[Item],
    *,
    moment: datetime.datetime,
    report: Callable[[int, int, str], None] = lambda done, total, text: None,
    seal: Callable[[bytes], bytes] = lambda content: content,
    convert: Convert = convert_anew,
    with_doubtful: bool = False,
) -> Assembled:
    """One PDF/A-3b; the same data gives the same bytes before the seal, which comes last and is checked with the rest.

    Raises NotConformingError: nothing invalid is published. `with_doubtful`: programs and encrypted attachments
    are embedded too, because the archivist has said so.
    """
    total = len(items) + 2
    stamp = moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    digits = draw("archive/papers/case_text.html", {"digits": "0123456789"}, moment=moment)
    base = sheets.base_of(digits)
    known = frozenset(item.original.sha256 for item in items)
    entries = []
    for done, item in enumerate(items):
        report(done, total, item.title)
        printed = print_item(item, known=known, with_doubtful=with_doubtful, convert=convert)
        entries.append(_entry(item, printed, moment, with_doubtful=with_doubtful))
    report(len(items), total, _("joining the pages"))
    front, counts, back = _around(data, entries, moment)
    with sheets.opened(base) as whole:
        stamper = joining.Stamper(whole, digits)
        corners: list[bool] = []
        for content, is_free in _in_order(front, entries, back):
            with sheets.opened(content) as part:
                sheets.append(whole, part)
                corners += [is_free] * len(part.pages)
        for folio, (page, is_free) in enumerate(zip(whole.pages, corners, strict=True), start=1):
            stamper.stamp(page, folio, has_free_corner=is_free)
        pages = len(whole.pages)
        manifest = {
            "format": 1,
            "title": data.title,
            "pages": pages,
            "made": stamp,
            "entries": [entry.as_json() for entry in entries],
        }
        listed = canonical(manifest).encode()
        own = Original(MANIFEST, "application/json", sha256(listed), lambda: listed, "Data")
        files = [Embedded(MANIFEST, own, len(listed), _("Inner inventory"))]
        files += [one for entry in entries for one in entry.embedded]
        joining.embed(whole, ((one.name, one.original, one.title) for one in files), stamp=stamp)
        joining.bookmark(whole, _bookmarks(counts, entries, pages))
        joining.label_pages(whole)
        sheets.describe(whole, title=data.title, creator=data.office, stamp=stamp)
        content = sheets.written(whole)
    report(len(items) + 1, total, _("sealing and checking the file"))
    content = seal(content)
    if problems := conformance.check_long(content, [LEVEL], pages=pages):
        raise NotConformingError(problems)
    return Assembled(content, sha256(content), pages, manifest)


def _entry(item: Item, printed: Print, moment: datetime.datetime, *, with_doubtful: bool) -> Entry:
    entry = Entry(item, printed)
    content = printed.content if item.is_own_paper else item.original.read()
    is_left = not with_doubtful and kind_of(content, item.original.media_type) == PROGRAM
    if is_left:
        entry.printed = Print(reason=_("The file is a program: only its sum is listed."))
    else:
        entry.embedded.append(Embedded(item.embedded_name, item.original, len(content), item.title))
        for number, other in enumerate([*item.more, *printed.attached], start=1):
            name = (
                f"{item.number:04d} {number:02d} {other.name}"
                if other in printed.attached
                else f"{item.number:04d} {other.name}"
            )
            entry.embedded.append(Embedded(name, other, len(other.read()), item.title))
    if entry.printed.reason or entry.printed.notes:
        entry.slip = draw(
            "archive/papers/case_slip.html",
            {"item": item, "printed": entry.printed, "is_program": is_left},
            moment=moment,
        )
    entry.length = _length(entry.slip) + _length(entry.printed.content)
    return entry


def _in_order(front: bytes, entries: list[Entry], back: bytes) -> Any:
    yield front, True
    for entry in entries:
        if entry.slip:
            yield entry.slip, True
        if entry.printed.content:
            yield entry.printed.content, entry.printed.has_free_corner
            entry.printed.content = b""  # joined by now: a long file is not held twice
    yield back, True


def _around(data: CaseData, entries: list[Entry], moment: datetime.datetime) -> tuple[bytes, int, bytes]:
    """The sheets before and behind. Page numbers depend on how long the sheets before are: drawn until they agree."""
    sizes = [entry.length for entry in entries]
    rows = len(entries)
    guess = told = 1 + -(-(rows + 3) // 31) + -(-(rows + 1) // 20)
    back = _back(data, entries, sum(sizes), told, moment)
    for _attempt in range(4):
        folio = guess
        for entry, size in zip(entries, sizes, strict=True):
            entry.first, entry.last = folio + 1, folio + size
            folio += size
        front = draw(
            "archive/papers/case_front.html",
            {"data": data, "entries": entries, "behind": folio + 1, "pages": folio + _length(back)},
            moment=moment,
        )
        if (length := _length(front)) == guess:
            if length != told:
                back = _back(data, entries, sum(sizes), length, moment)
            return front, length, back
        guess = length
    raise RuntimeError("The sheets before the documents do not settle.")


def _back(data: CaseData, entries: list[Entry], inside: int, before: int, moment: datetime.datetime) -> bytes:
    """Actions and the certification record; its own number of pages is part of what it certifies."""
    pages = inside + before + 1
    for _attempt in range(4):
        back = draw(
            "archive/papers/case_back.html",
            {
                "data": data,
                "entries": entries,
                "pages": pages,
                "words": count_words(pages, is_paper=data.is_paper),
                "unprinted": sum(bool(entry.printed.reason) for entry in entries),
            },
            moment=moment,
        )
        if (exact := inside + before + _length(back)) == pages:
            return back
        pages = exact
    raise RuntimeError("The certification record does not settle.")


def count_words(pages: int, *, is_paper: bool) -> str:
    """ "504 (penki šimtai keturi) lapai" """
    forms = ("lapas", "lapai", "lapų") if is_paper else ("puslapis", "puslapiai", "puslapių")
    return f"{pages} ({number_words(pages)}) {form_of(pages, *forms)}"


def _length(content: bytes) -> int:
    if not content:
        return 0
    with sheets.opened(content) as part:
        return len(part.pages)


def _bookmarks(front: int, entries: list[Entry], pages: int) -> list[tuple[str, int]]:
    places = [(_("Title page"), 1), (_("Contents"), 2)]
    places += [(f"{entry.item.number}. {entry.item.title}", entry.first) for entry in entries]
    behind = (entries[-1].last if entries else front) + 1
    return [*places, (_("Register of actions"), behind), (_("Certification record"), pages)]
