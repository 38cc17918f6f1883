"""Checks what we publish against PDF/A and PDF/UA, and refuses what fails.

The validator (page-validation, pinned) raises four kinds of false alarm, measured against veraPDF on its
corpus of 1,944 files; each is checked again here, never waved through:

- stream data whose last byte is 0x0D is misread: the lengths are measured again in the raw bytes;
- compressed XMP is forbidden in part 1 only;
- a signature followed by later increments must cover its own revision, not the whole file;
- rules on form fields do not concern an invisible signature field.
"""

from __future__ import annotations

import io
import json
import mmap
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

OWN_PAPERS = ("2a", "ua1")  # what every paper made here claims and keeps
LONG = 1000  # pages
LARGE = 100 << 20  # bytes
LONGEST = 1800  # seconds of one check
KNOWN = frozenset(("1a", "1b", "2a", "2b", "2u", "3a", "3b", "3u", "ua1"))


@dataclass(frozen=True)
class Problem:
    """One broken rule: the profile, the validator's rule and its words."""

    profile: str
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.profile} {self.rule}: {self.message}"


def check(source: bytes | str | Path, profiles: Iterable[str] = OWN_PAPERS) -> list[Problem]:
    """What stops the file from being valid in these profiles; an empty list means it is valid in all.

    A file that cannot be read, or does not itself claim a profile asked for, is a problem too.
    """
    import pikepdf  # noqa: PLC0415 -- a heavy library, needed by workers only

    profiles = tuple(profiles)
    with _data(source) as data:
        try:
            pdf = pikepdf.open(io.BytesIO(data) if isinstance(data, bytes) else Path(str(source)))
        except pikepdf.PasswordError:
            return [Problem("", "encrypted", "the file needs a password")]
        except (pikepdf.PdfError, ValueError) as error:
            return [Problem("", "unreadable", re.sub(r"^stream <[^>]*>: ", "", str(error)))]
        with pdf:
            problems = _own_rules(pdf)
            claims = claimed_profiles(pdf)
            with _judged(data, pdf) as judged:
                for profile in profiles:
                    if profile not in KNOWN:
                        raise ValueError(f"Unknown profile: {profile}")
                    if profile not in claims:
                        problems.append(Problem(profile, "claim", "the file does not claim this profile"))
                    problems += _failures(judged, data, pdf, profile)
    return problems


def check_long(path: Path, profiles: Sequence[str], *, pages: int) -> list[Problem]:
    """The same; what is long is checked in a process of its own, which gives back the memory the validator takes."""
    if pages < LONG and path.stat().st_size < LARGE:
        return check(path, profiles)
    command = [sys.executable, "-I", str(Path(__file__).resolve()), str(path), *profiles]
    done = subprocess.run(command, capture_output=True, check=True, timeout=LONGEST)
    return [Problem(*row) for row in json.loads(done.stdout)]


@contextmanager
def _data(source: bytes | str | Path) -> Iterator[Any]:
    """The bytes; of a large file mapped, not read."""
    if isinstance(source, bytes) or Path(source).stat().st_size < LARGE:
        yield source if isinstance(source, bytes) else Path(source).read_bytes()
        return
    with Path(source).open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        yield data


@contextmanager
def _judged(data: Any, pdf: Any) -> Iterator[bytes]:
    """What the validator is given: it takes twice the memory of the file, so a large one comes without its freight.

    No rule asks for the data of embedded files and of photographs, only for what stands in their dictionaries.
    What writing anew would hide, lengths of streams and what the signatures cover, is measured in the file itself.
    """
    import pikepdf  # noqa: PLC0415 -- workers only

    if isinstance(data, bytes):
        yield data
        return
    for one in pdf.objects:
        if isinstance(one, pikepdf.Stream) and _is_freight(one):
            if one.get("/Type") == "/EmbeddedFile":
                one.write(b"")
            else:
                one.write(b"\xff\xd8\xff\xd9", filter=pikepdf.Name.DCTDecode)
    target = io.BytesIO()
    pdf.save(target)
    yield target.getvalue()


def _is_freight(stream: Any) -> bool:
    if stream.get("/Type") == "/EmbeddedFile":
        return True
    return stream.get("/Subtype") == "/Image" and stream.get("/Filter") == "/DCTDecode"


def claimed_profiles(pdf: object) -> list[str]:
    """The profiles the file's own XMP claims, as "2a" and "ua1"."""
    root = pdf.Root  # type: ignore[attr-defined]
    if "/Metadata" not in root:
        return []
    xmp = root.Metadata.read_bytes().decode("utf-8", "replace")

    def value(name: str) -> str:
        found = re.search(rf"{name}\s*=\s*[\"']([^\"']*)[\"']", xmp) or re.search(
            rf"<{name}>\s*([^<]*?)\s*</", xmp
        )
        return found.group(1).strip() if found else ""

    part, level, accessible = value("pdfaid:part"), value("pdfaid:conformance"), value("pdfuaid:part")
    return [f"{part}{level.lower()}"] * bool(part) + [f"ua{accessible}"] * bool(accessible)


def _own_rules(pdf: object) -> list[Problem]:
    root = pdf.Root  # type: ignore[attr-defined]
    problems = []
    if not str(root.get("/Lang", "")).strip():
        problems.append(Problem("", "lang", "the document has no language"))
    if not len(pdf.pages):  # type: ignore[attr-defined]
        problems.append(Problem("", "pages", "the document has no page"))
    xmp = root.Metadata.read_bytes() if "/Metadata" in root else b""
    if b"dc:title" not in xmp:
        problems.append(Problem("", "title", "the document has no title"))
    return problems


def _failures(judged: bytes, data: Any, pdf: object, profile: str) -> list[Problem]:
    import page  # noqa: PLC0415 -- page-validation, needed by workers only

    limits = page.SafetyLimits(max_input_size=max(len(judged), page.SafetyLimits.DEFAULT_MAX_INPUT_SIZE))
    problems = [
        Problem(profile, failure.rule_id, failure.message)
        for failure in page.validate_pdf_bytes(judged, profile=profile, limits=limits).failures
        if not _is_false_alarm(failure.rule_id, data, pdf, profile)
    ]
    if judged is not data:
        problems += _hidden(data, pdf, profile)
    return problems


def _hidden(data: Any, pdf: object, profile: str) -> Iterator[Problem]:
    """What the validator cannot see in a file written anew."""
    if wrong_stream_lengths(data, pdf):
        yield Problem(profile, "stream-length", "a stream is not as long as it says")
    if data.find(b"/ByteRange") != -1 and not signatures_cover_revisions(data):
        yield Problem(profile, "byte-range", "a signature does not cover its revision")


def _is_false_alarm(rule: str, data: Any, pdf: object, profile: str) -> bool:
    if "-STREAM-LENGTH-" in rule:
        return not wrong_stream_lengths(data, pdf)
    if "-METADATA-FILTER-" in rule:
        return profile[0] in "23"
    if "-SIGNATURE-BYTERANGE-" in rule:
        return signatures_cover_revisions(data)
    if "-WIDGET-FORM-TAG-" in rule or "-FORM-FIELD-TU-ALT-" in rule:
        return has_only_invisible_signatures(pdf)
    return False


def wrong_stream_lengths(data: Any, pdf: object) -> list[int]:
    """Numbers of objects whose /Length differs from the bytes that stand between its two words."""
    wrong, position = [], 0
    head = re.compile(rb"(\d+)\s+(\d+)\s+obj\b")
    start = re.compile(rb">>\s*stream(\r\n|\n|\r)")
    length = re.compile(rb"/Length\s+(\d+)(?:\s+(\d+)\s+R)?")
    while found := head.search(data, position):
        position = found.end()
        end_of_object = data.find(b"endobj", position)
        stream = start.search(data, position)
        if not stream or (end_of_object != -1 and stream.start() > end_of_object):
            continue
        said = length.search(data, position, stream.start() + 2)
        position = stream.end()
        if not said:
            wrong.append(int(found.group(1)))
            continue
        size = int(said.group(1))
        if said.group(2) is not None:
            size = int(pdf.get_object(size, int(said.group(2))))  # type: ignore[attr-defined]
        end = stream.end() + size
        if stream.group(1) == b"\r" or not re.match(rb"(\r\n|\n|\r)?endstream", data[end : end + 12]):
            wrong.append(int(found.group(1)))
        else:
            position = end
    return wrong


def signatures_cover_revisions(data: Any) -> bool:
    """Whether every /ByteRange starts at 0, leaves out only its own string and ends where a revision ends."""
    ranges = re.findall(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]", data)
    for start, first_end, second_start, second_size in (tuple(map(int, numbers)) for numbers in ranges):
        gap = data[first_end:second_start]
        if start or not re.fullmatch(rb"<[0-9A-Fa-f]*>", gap):
            return False
        end = second_start + second_size
        if not data[max(0, end - 100) : end].rstrip(b"\r\n").endswith(b"%%EOF"):
            return False
    return bool(ranges)


def has_only_invisible_signatures(pdf: object) -> bool:
    widgets = [
        note
        for sheet in pdf.pages  # type: ignore[attr-defined]
        for note in sheet.obj.get("/Annots", [])
        if str(note.get("/Subtype")) == "/Widget"
    ]

    def is_invisible(widget: object) -> bool:
        left, bottom, right, top = (float(value) for value in widget.get("/Rect", [0, 0, 1, 1]))  # type: ignore[attr-defined]
        kind = widget.get("/FT") or widget.get("/Parent", {}).get("/FT")  # type: ignore[attr-defined]
        return str(kind) == "/Sig" and (left == right or bottom == top)

    return bool(widgets) and all(is_invisible(widget) for widget in widgets)


if __name__ == "__main__":
    json.dump([astuple(one) for one in check(Path(sys.argv[1]), sys.argv[2:])], sys.stdout)
