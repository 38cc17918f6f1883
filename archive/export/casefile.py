"""The whole case file: title page, contents, inventory, documents in order, actions, certification; checked."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from archive.export import joining
from archive.export.items import LEVEL, MANIFEST, Embedded, Item, Original, Print, sha256
from archive.export.printing import Convert, draw, print_item
from core.canonical import canonical
from core.errors import DomainError
from core.files import measure
from core.language.numerals import form_of, number_words
from documents import conformance
from documents.converting import sandbox
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


class Shelf:
    """A folder for the files of one assembly: each lies there once and nothing of it in memory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, content: bytes) -> Path:
        path = self.folder / sha256(content)
        if not path.exists():
            path.write_bytes(content)
        return path

    def embed(self, name: str, original: Original, title: str) -> Embedded:
        """Raises DomainError when the bytes are not those that were filed."""
        content = original.read()
        path = self.put(content)
        if path.name != original.sha256:
            raise DomainError(
                _(
                    "%(name)s: the bytes in the store are not those that were filed; bring the file back from a backup."
                )
                % {"name": name}
            )
        return Embedded(
            name, title, path, original.sha256, len(content), original.media_type, original.relationship
        )


@dataclass
class Entry:
    """An item as it lies in the export."""

    item: Item
    printed: Print
    first: int = 0
    last: int = 0
    parts: list[tuple[Path, bool]] = field(default_factory=list)  # the slip, the pages; is their corner free?
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
                    "sha256": one.sha256,
                    "size": one.size,
                    "relationship": one.relationship,
                }
                for one in self.embedded
            ],
            "sha256": item.original.sha256,
        }


@dataclass(frozen=True)
class Assembled:
    """The export in a file that has no name any more: it goes with whoever holds it, also when that is killed."""

    file: IO[bytes]
    size: int
    sha256: str
    pages: int
    manifest: dict[str, Any]

    @property
    def content(self) -> bytes:
        """All of it in memory: for what is known to be short."""
        self.file.seek(0)
        return self.file.read()


def assemble(
    data: CaseData,
    items: list[Item],
    *,
    moment: datetime.datetime,
    report: Callable[[int, int, str], None] = lambda done, total, text: None,
    seal: Callable[[Path], None] = lambda path: None,
    convert: Convert = convert_anew,
    with_doubtful: bool = False,
) -> Assembled:
    """One PDF/A-3b; the same data gives the same bytes before the seal, which comes last and is checked with the rest.

    Everything lies on the disk, one document at a time in memory. Raises NotConformingError: nothing invalid is
    published. `with_doubtful`: programs and encrypted attachments are embedded too, because the archivist has said so.
    """
    total = len(items) + 2
    stamp = moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    known = frozenset(item.original.sha256 for item in items)
    entries = []
    with sandbox.scratch() as folder:
        shelf = Shelf(folder)
        for done, item in enumerate(items):
            report(done, total, item.title)
            printed = print_item(item, known=known, with_doubtful=with_doubtful, convert=convert)
            entries.append(_entry(item, printed, shelf, moment, with_doubtful=with_doubtful))
        report(len(items), total, _("joining the pages"))
        target, pages, manifest = _joined(data, entries, shelf, moment, stamp)
        report(len(items) + 1, total, _("sealing and checking the file"))
        seal(target)
        if problems := conformance.check_long(target, [LEVEL], pages=pages):
            raise NotConformingError(problems)
        file = target.open("rb")
    digest, size = measure(file)
    return Assembled(file, size, digest, pages, manifest)


def _joined(
    data: CaseData, entries: list[Entry], shelf: Shelf, moment: datetime.datetime, stamp: str
) -> tuple[Path, int, dict[str, Any]]:
    """The whole before its seal, its number of pages and its inventory."""
    digits = draw("archive/papers/case_text.html", {"digits": "0123456789"}, moment=moment)
    front, counts, back = _around(data, entries, moment)
    parts = [(shelf.put(front), True), *(part for entry in entries for part in entry.parts)]
    parts.append((shelf.put(back), True))
    corners = [is_free for part, is_free in parts for _page in range(_length(part))]
    manifest = {
        "format": 1,
        "title": data.title,
        "pages": len(corners),
        "made": stamp,
        "entries": [entry.as_json() for entry in entries],
    }
    listed = canonical(manifest).encode()
    own = Original(MANIFEST, "application/json", sha256(listed), lambda: listed, "Data")
    files = [shelf.embed(MANIFEST, own, _("Inner inventory"))]
    files += [one for entry in entries for one in entry.embedded]
    rough, target = shelf.folder / "joined.pdf", shelf.folder / "export.pdf"
    joining.join(
        shelf.put(sheets.base_of(digits)), (part for part, _free in parts), files, stamp=stamp, target=rough
    )
    with sheets.opened(rough) as whole:
        stamper = joining.Stamper(whole, digits)
        for folio, (page, is_free) in enumerate(zip(whole.pages, corners, strict=True), start=1):
            sheets.strip_behaviour(page)
            stamper.stamp(page, folio, has_free_corner=is_free)
        joining.relate(whole, files)
        joining.bookmark(whole, _bookmarks(counts, entries, len(corners)))
        joining.label_pages(whole)
        sheets.describe(whole, title=data.title, creator=data.office, stamp=stamp)
        sheets.write(whole, target)
    rough.unlink()
    return target, len(corners), manifest


def _entry(
    item: Item, printed: Print, shelf: Shelf, moment: datetime.datetime, *, with_doubtful: bool
) -> Entry:
    entry = Entry(item, printed)
    content = printed.content if item.is_own_paper else item.original.read()
    is_left = not with_doubtful and kind_of(content, item.original.media_type) == PROGRAM
    del content
    if is_left:
        entry.printed = Print(reason=_("The file is a program: only its sum is listed."))
    else:
        entry.embedded.append(shelf.embed(item.embedded_name, item.original, item.title))
        for number, other in enumerate([*item.more, *printed.attached], start=1):
            name = (
                f"{item.number:04d} {number:02d} {other.name}"
                if other in printed.attached
                else f"{item.number:04d} {other.name}"
            )
            entry.embedded.append(shelf.embed(name, other, item.title))
    printed = entry.printed
    if printed.reason or printed.notes:
        context = {"item": item, "printed": printed, "is_program": is_left}
        entry.parts.append((shelf.put(draw("archive/papers/case_slip.html", context, moment=moment)), True))
    if printed.content:
        entry.parts.append((shelf.put(printed.content), printed.has_free_corner))
    entry.length = sum(_length(part) for part, _free in entry.parts)
    printed.content, printed.attached = b"", []  # they lie on the shelf now
    return entry


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


def _length(source: bytes | Path) -> int:
    with sheets.opened(source) as part:
        return len(part.pages)


def _bookmarks(front: int, entries: list[Entry], pages: int) -> list[tuple[str, int]]:
    places = [(_("Title page"), 1), (_("Contents"), 2)]
    places += [(f"{entry.item.number}. {entry.item.title}", entry.first) for entry in entries]
    behind = (entries[-1].last if entries else front) + 1
    return [*places, (_("Register of actions"), behind), (_("Certification record"), pages)]
