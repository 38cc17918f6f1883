"""What must be in order before a case file is closed, each with the page that repairs it.

What concerns a matter the reader may not see is counted and stops the file all the same, but is not named.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.choices import Medium, RetentionRule, StartEvent
from archive.models import CaseFile, Placement, RetentionPoint, WaitingDocument
from documents.choices import DocumentState
from documents.models import Document
from matters.models import ApprovalRound, Matter, Task

SHOWN = 4  # of one trouble; the rest are counted


@dataclass(frozen=True)
class Item:
    """A line of the checklist: `no` stops, `wait` only warns."""

    title: Any
    detail: Any = ""
    url: str = ""
    action: Any = ""
    status: str = "ok"

    @property
    def stops(self) -> bool:
        return self.status == "no"


def of_file(file: CaseFile, user: Any = None) -> list[Item]:
    """Everything that was looked at: what stops first, then warnings, then what is in order."""
    matters = Placement.objects.standing().filter(file=file).values("document__matter")
    seen = Matter.objects.visible_to(user) if user is not None else Matter.objects.none()
    items = [
        *_contents(file),
        *_numbers(file, seen),
        *_approvals(file, matters, seen),
        *_tasks(matters, seen),
        *_acts(file),
        *_unfiled(file, matters, seen),
        *_extent(file),
        *_retention(file),
        *_year(file),
    ]
    return sorted(items, key=lambda item: ("no", "wait", "ok").index(item.status))


def prevailing_point(file: CaseFile) -> RetentionPoint:
    """Of the file's own term and those of the documents in it the longest prevails."""
    of_documents = RetentionPoint.objects.filter(
        pk__in=Placement.objects.standing().filter(file=file, point__isnull=False).values("point")
    )
    return max([file.line.point, *of_documents], key=lambda point: point.rank)


def kept_until(file: CaseFile, point: RetentionPoint) -> datetime.date | None:
    """The last day by the prevailing term; while the file is open, as if it ended with its year."""
    event_on = file.event_on
    if event_on is None and file.line.point.counted_from == StartEvent.CLOSING:
        event_on = datetime.date(file.line.plan.year, 12, 31)
    return point.kept_until(event_on) if event_on else None


def _named(
    rows: QuerySet[Any],
    seen: QuerySet[Any],
    by: str,
    title: str,
    draw: Callable[[Any], tuple[str, str]],
    action: str,
) -> Iterator[Item]:
    """One item a row the reader may see, at most some; the rest as a count that still stops."""
    count = rows.count()
    if not count:
        return
    shown = list(rows.filter(**{f"{by}__in": seen})[:SHOWN])
    for row in shown:
        detail, url = draw(row)
        yield Item(title, detail, url, action, "no")
    if rest := count - len(shown):
        yield Item(
            title if not shown else _("And more of the same"),
            ngettext("%(count)d more", "%(count)d more", rest) % {"count": rest}
            if shown
            else _("In matters you may not see: %(count)d") % {"count": rest},
            status="no",
        )


def _contents(file: CaseFile) -> Iterator[Item]:
    count = Placement.objects.standing().filter(file=file).count()
    if count:
        text = ngettext("%(count)d document", "%(count)d documents", count) % {"count": count}
        yield Item(_("Documents lie in order of registration"), text)
    else:
        yield Item(
            _("The file is empty"),
            _("A file without documents is not closed: it was not begun."),
            status="no",
        )


def _numbers(file: CaseFile, seen: QuerySet[Any]) -> Iterator[Item]:
    waiting = Document.objects.filter(placements__file=file, placements__left_at=None, awaits__isnull=False)
    found = list(
        _named(
            waiting.select_related("awaits").order_by("pk"),
            seen,
            "matter",
            _("A document without its number"),
            lambda row: (f"{row.title}, {row.awaits}", f"{row.get_absolute_url()}#registration"),
            _("Record"),
        )
    )
    yield from found or [Item(_("Every number has come back"))]


def _approvals(file: CaseFile, matters: QuerySet[Any], seen: QuerySet[Any]) -> Iterator[Item]:
    running = ApprovalRound.objects.running().filter(matter__in=matters)
    drafts = Document.objects.filter(
        placements__file=file, placements__left_at=None, state=DocumentState.DRAFT
    ).order_by("pk")
    found = [
        *_named(
            running.select_related("matter").order_by("pk"),
            seen,
            "matter",
            _("An approval is not finished"),
            lambda row: (f"{row.matter.number} {row.matter.title}", row.matter.get_absolute_url()),
            _("Open"),
        ),
        *_named(
            drafts,
            seen,
            "matter",
            _("A draft lies in the file"),
            lambda row: (row.title, row.get_absolute_url()),
            _("Open"),
        ),
    ]
    yield from found or [Item(_("Everything is approved"))]


def _tasks(matters: QuerySet[Any], seen: QuerySet[Any]) -> Iterator[Item]:
    found = list(
        _named(
            Task.objects.open()
            .filter(matter__in=matters)
            .select_related("assignee")
            .order_by("due_on", "pk"),
            seen,
            "matter",
            _("An unfinished task"),
            lambda row: (f"{row.title}, {row.assignee}", reverse("matters:tasks", args=[row.matter_id])),
            _("Open"),
        )
    )
    yield from found or [Item(_("All tasks of its matters are done"))]


def _acts(file: CaseFile) -> Iterator[Item]:
    """An act lies in the file whole: what is done by it still comes into its paper."""
    from archive.services.registering import unfinished  # noqa: PLC0415 -- services close by this checklist

    for act in unfinished(document__placements__file=file, document__placements__left_at=None):
        yield Item(_("An act is not carried out"), str(act), act.get_absolute_url(), _("Open"), "no")


def _unfiled(file: CaseFile, matters: QuerySet[Any], seen: QuerySet[Any]) -> Iterator[Item]:
    waiting = WaitingDocument.objects.filter(document__matter__in=matters, year=file.line.plan.year)
    found = list(
        _named(
            waiting.select_related("document").order_by("pk"),
            seen,
            "document__matter",
            _("A document without a place"),
            lambda row: (row.document.title, reverse("archive:place", args=[row.document_id])),
            _("Place"),
        )
    )
    yield from found or [Item(_("Every document of its matters has a place"))]


def _extent(file: CaseFile) -> Iterator[Item]:
    from archive.services.placing import room_for_sheets  # noqa: PLC0415 -- services close by this checklist

    rows = Placement.objects.standing().filter(file=file)
    here = reverse("archive:file", args=[file.pk])
    if file.line.medium == Medium.PAPER and (uncounted := rows.filter(sheets=None).count()):
        yield Item(
            _("Sheets are not counted"), _("Documents: %(count)d") % {"count": uncounted}, here, status="no"
        )
    elif file.line.medium != Medium.PAPER and (
        uncounted := rows.filter(pages=None, sheets=None).exclude(document__kind="note").count()
    ):
        text = _("Documents: %(count)d. They are counted when the file is exported, or write the number now.")
        yield Item(_("Pages are not counted yet"), text % {"count": uncounted}, status="wait")
    else:
        yield Item(_("Sheets are counted") if file.line.medium == Medium.PAPER else _("Pages are counted"))
    if file.is_paper and (room := room_for_sheets(file.line)):
        sheets = rows.aggregate(n=Sum("sheets"))["n"] or 0
        if sheets > room:
            text = _("%(sheets)d sheets, %(room)d fit into a volume.") % {"sheets": sheets, "room": room}
            url = reverse("archive:file_facts", args=[file.pk]) + "#volumes"
            yield Item(_("The volume is too thick"), text, url, _("Split"), "no")


def _retention(file: CaseFile) -> Iterator[Item]:
    point, longest = file.line.point, prevailing_point(file)
    page = reverse("archive:retention")
    if longest.rank > point.rank:
        text = _("Some documents are kept longer: the whole file is kept %(term)s, not %(own)s.")
        yield Item(_("Terms are mixed"), text % {"term": longest.term, "own": point.term}, status="wait")
    if not longest.is_verified:
        yield Item(
            _("The term is not verified"), _("Compare it with the index in force."), page, _("Open"), "wait"
        )
    elif longest.rule != RetentionRule.YEARS or kept_until(file, longest):
        yield Item(_("The term is set"), longest.term)
    if point.counted_from != StartEvent.CLOSING and file.event_on is None:
        text = _("Counted from: %(event)s.") % {"event": point.get_counted_from_display()}
        url = reverse("archive:file_facts", args=[file.pk])
        yield Item(_("The term has not begun"), text, url, _("Write the day"), "wait")


def _year(file: CaseFile) -> Iterator[Item]:
    if timezone.localdate().year <= file.line.plan.year:
        yield Item(
            _("The year is not over"),
            _("What comes after the closing lies in the next volume."),
            status="wait",
        )


def counts_of(files: list[CaseFile]) -> dict[int, int]:
    """How many things stop each of these open files, in a fixed number of queries; for lists."""
    from archive.services.registering import unfinished  # noqa: PLC0415 -- services close by this checklist

    keys = [file.pk for file in files if file.is_open]
    if not keys:
        return {}
    inside = Placement.objects.standing().filter(file__in=keys)
    found: dict[int, int] = {}

    def add(rows: QuerySet[Any], by: str = "file") -> None:
        for key, count in rows.values_list(by).annotate(n=Count("pk", distinct=True)):
            found[key] = found.get(key, 0) + count

    add(inside.filter(document__awaits__isnull=False))
    add(inside.filter(document__state=DocumentState.DRAFT))
    acts = unfinished(document__placements__file__in=keys, document__placements__left_at=None)
    add(inside.filter(document__in=[act.document_id for act in acts]))
    pairs = set(inside.values_list("file", "document__matter"))
    matters = {matter for _file, matter in pairs}
    years = {file.pk: file.line.plan.year for file in files}
    tasks = _counted(Task.objects.open().filter(matter__in=matters), "matter")
    running = _counted(ApprovalRound.objects.running().filter(matter__in=matters), "matter")
    waiting: dict[tuple[int, int], int] = {}
    rows = WaitingDocument.objects.filter(document__matter__in=matters).order_by()
    for matter, year, count in rows.values_list("document__matter", "year").annotate(n=Count("pk")):
        waiting[matter, year] = count
    for key, matter in pairs:
        more = tasks.get(matter, 0) + running.get(matter, 0) + waiting.get((matter, years[key]), 0)
        found[key] = found.get(key, 0) + more
    return found


def _counted(rows: QuerySet[Any], by: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(by).annotate(n=Count("pk")))
