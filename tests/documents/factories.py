"""A kind of matter with papers, so that documents are tried without upper floors."""

from __future__ import annotations

import io
from typing import Any

from core import jobs, registry
from core.models import Job
from core.registry import DocumentKind, MatterKind
from matters.models import Matter
from tests.matters.factories import STATES, _follow, make_note, register_note

PAPER = "note.paper"
WORKING = "note.working"


def build_paper(content: dict[str, Any], language: str) -> dict[str, Any]:
    return {"title": content["title"], "rows": [{"label": "Kalba", "value": language}], "kind": "Pastaba"}


def build_working(content: dict[str, Any], language: str, *, matter: Any, by: Any) -> dict[str, Any]:
    return {
        "title": content["title"],
        "rows": [{"label": "Telefonas", "value": "+370 600 00000"}, {"label": "Kas", "value": by.name}],
        "erase_on": "2026-12-24",
    }


def docx_paper(data: dict[str, Any], language: str) -> bytes:
    from docx import Document as Docx

    made, target = Docx(), io.BytesIO()
    made.add_heading(data["title"], level=1)
    table = made.add_table(rows=0, cols=2)
    for row in data["rows"]:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = row["label"], row["value"]
    made.save(target)
    return target.getvalue()


def register_papers() -> None:
    """The kind "note" with a paper in two languages and a working paper."""
    register_note()
    common = {"matter_kind": "note", "template": "documents/papers/version.html"}
    registry.register_document_kind(
        DocumentKind(
            code=PAPER,
            label="Pastaba",
            build=build_paper,
            languages=lambda m: ["lt", "pl"],
            docx=docx_paper,
            **common,
        )
    )
    registry.register_document_kind(
        DocumentKind(code=WORKING, label="Darbinis", build=build_working, is_working_paper=True, **common)
    )
    note = registry.register_matter_kind["note"]
    registry.register_matter_kind(
        MatterKind(
            **{
                name: getattr(note, name)
                for name in (
                    "code",
                    "label",
                    "icon",
                    "model",
                    "url_name",
                    "number_prefix",
                    "snapshot",
                    "summary",
                    "anchors",
                )
            },
            states=STATES,
            on_event=_follow,
            document_kind=PAPER,
        )
    )


def make_matter(by: Any = None, **fields: Any) -> Matter:
    matter = make_note(by, **fields)
    register_papers()
    return matter


def run_jobs() -> list[Job]:
    """Do every due job of the documents queue, as a worker would."""
    done = []
    for job in Job.objects.filter(queue="documents", state="queued"):
        jobs.run(job.pk)
        job.refresh_from_db()
        done.append(job)
    return done
