"""DOCX of the same JSON as the paper: what a builder made is given its title, mark and dates, and nothing of the clock."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Any


def finish(content: bytes, *, title: str, mark: str, moment: datetime.datetime) -> bytes:
    """The builder's file with its properties set and PROJEKTAS in every header; the same input gives the same bytes."""
    from docx import Document as Docx  # noqa: PLC0415 -- workers only

    made = Docx(io.BytesIO(content))
    stamp = moment.astimezone(datetime.UTC).replace(tzinfo=None, microsecond=0)
    properties = made.core_properties
    properties.title, properties.author, properties.last_modified_by = title[:250], "", ""
    properties.comments, properties.revision = "", 1
    properties.created = properties.modified = stamp
    if mark:
        for section in made.sections:
            _mark(section, mark)
    target = io.BytesIO()
    made.save(target)
    return _without_clock(target.getvalue(), moment)


def _mark(section: Any, mark: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 -- workers only

    headers = [section.header]
    if section.different_first_page_header_footer:
        headers.append(section.first_page_header)
    for header in headers:
        header.is_linked_to_previous = False
        paragraph = header.paragraphs[0] if header.paragraphs else header.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = paragraph.add_run(mark)
        run.bold = True


def _without_clock(content: bytes, moment: datetime.datetime) -> bytes:
    """Members of the archive bear the document's date, not the hour of writing."""
    target = io.BytesIO()
    day = moment.astimezone(datetime.UTC)
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.infolist():
            info = zipfile.ZipInfo(member.filename, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(info, old.read(member.filename))
    return target.getvalue()
