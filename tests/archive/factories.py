"""An archive for tests: the retention index it comes with, an approved plan of this year, papers of plain matters."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Any

import pikepdf
from django.core.management import call_command
from django.utils import timezone

from archive import services
from archive.models import Plan, PlanLine, RetentionPoint
from core import jobs, registry
from core.files import store
from core.models import Job
from core.registry import FilingDefault
from documents.models import Document, Register
from documents.services import attach
from tests.accounts.factories import UserFactory
from tests.matters.factories import make_note

YEAR = timezone.localdate().year
LINES = (("5.3", "Užsienio delegacijų priėmimo dokumentai", "visits"), ("5.12", "Sutikimai", "consents"))


def make_index() -> None:
    if not RetentionPoint.objects.exists():
        call_command("sync_retention", verbosity=0)


def make_plan(year: int = YEAR, *, lines: Any = LINES, approved: bool = True, **fields: Any) -> Plan:
    """A plan with its files; documents of notes belong to the file of visits."""
    make_index()
    call_command("sync_rules", verbosity=0)
    call_command("sync_registers", verbosity=0)
    registry.register_filing_default(FilingDefault("test.note", "visits", matter_kind="note"))
    archivist, head = UserFactory(role="archivist"), UserFactory(role="head")
    plan = services.create_plan(year, by=archivist.actor)
    for index, heading, series in lines:
        point = plan.retention_index.points.get(code=series)
        services.save_line(
            plan, PlanLine(index=index, heading=heading, point=point, **fields), by=archivist.actor
        )
    if approved:
        services.submit_plan(plan, by=archivist.actor)
        services.approve_plan(plan, by=head.actor)
    plan.refresh_from_db()
    return plan


def line_of(plan: Plan, index: str = "5.3") -> PlanLine:
    return plan.lines.get(index=index)


def pdf_bytes(pages: int = 2) -> bytes:
    made, target = pikepdf.new(), io.BytesIO()
    for _number in range(pages):
        made.add_blank_page()
    made.save(target)
    return target.getvalue()


def make_document(
    by: Any = None, *, matter: Any = None, title: str = "Kvietimas", pages: int = 2
) -> Document:
    """A final document of a note, as an upload is."""
    by = by or UserFactory(role="specialist")
    matter = matter or make_note(by)
    # the title makes the bytes differ: a file is kept once
    file = store(pdf_bytes(pages) + title.encode(), name="k.pdf", media_type="application/pdf")
    return attach(matter, file, name=f"{title}.pdf", title=title, by=by.actor)


def make_register(code: str = "gautieji", *, ours: bool = False) -> Register:
    return Register.objects.get_or_create(
        code=code, defaults={"name": code, "is_ours": ours, "system": "" if ours else "kita sistema"}
    )[0]


def last_year(month: int = 5, day: int = 6) -> datetime.date:
    return datetime.date(YEAR - 1, month, day)


def run_jobs(*kinds: str) -> list[Job]:
    """Do the archive's due jobs, as a worker would."""
    done = []
    for job in Job.objects.filter(kind__in=kinds, state="queued"):
        jobs.run(job.pk)
        job.refresh_from_db()
        done.append(job)
    return done


def words_of_book(answer: Any) -> str:
    """All the cells of a spreadsheet that a page sent, as they stand in its sheets."""
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if "worksheets/" in name)


def queries_of(client: Any, url: str) -> int:
    """How many queries a page asks."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)
