"""Closed files of past years for tests of inventories and acts."""

from __future__ import annotations

import datetime
from typing import Any

from archive import services
from archive.models import CaseFile, RetentionPoint
from tests.accounts.factories import UserFactory
from tests.archive.factories import YEAR, line_of, make_document, make_plan, run_jobs

PERMANENT = (("5.2", "Bendradarbiavimo sutartys", "agreements"), ("5.3", "Delegacijos", "visits"))


def make_closed(
    *, year: int = YEAR - 1, titles: Any = ("Kvietimas",), index: str = "5.2", lines: Any = PERMANENT
) -> CaseFile:
    """A file of a past year, filled and closed; the plan of that year is made on the way."""
    from archive.models import Plan, WaitingDocument

    plan = Plan.objects.filter(year=year).first() or make_plan(year, lines=lines)
    if not Plan.objects.filter(year=YEAR).exists():
        make_plan(YEAR, lines=lines)
    archivist = UserFactory(role="archivist")
    for title in titles:
        document = make_document(title=title)
        line = line_of(plan, index)
        services.move_document(document, line, reason="Praėjusių metų", by=archivist.actor)
    WaitingDocument.objects.all().delete()
    run_jobs("archive.count_pages")
    file = line_of(plan, index).files.order_by("-volume").first()
    file.placements.standing().update(filed_on=datetime.date(year, 5, 6))
    services.close_file(file, by=archivist.actor)
    file.refresh_from_db()
    return file


def make_expired(titles: Any = ("Senas kvietimas",), *, index: str = "5.3", **fields: Any) -> CaseFile:
    """A file whose years are over: closed ten years ago, kept one."""
    file = make_closed(titles=titles, index=index, **fields)
    point = file.line.point
    RetentionPoint.objects.filter(pk=point.pk).update(rule="years", years=1)
    CaseFile.objects.filter(pk=file.pk).update(event_on=datetime.date(YEAR - 10, 5, 6))
    return CaseFile.objects.get(pk=file.pk)
