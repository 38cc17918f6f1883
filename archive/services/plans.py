"""The documentation plan: written for a year, copied to the next, approved by the head, supplemented with a reason."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import get_template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from archive.choices import PlanState
from archive.models import CaseFile, Plan, PlanLine, RetentionIndex
from archive.models.plan import INDEX_PATTERN, sortable
from core import audit, jobs
from core.actor import Actor
from core.errors import DomainError
from core.files import store
from core.models import Job

PAPER = "archive.draw_plan"
PLACE = "archive.place_waiting"


def lock_plan(plan: Plan) -> Plan:
    return Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)


def index_in_force(year: int) -> RetentionIndex:
    """The version of the retention index by which a year's plan is written."""
    found = RetentionIndex.objects.in_force(datetime.date(year, 1, 1)).first()
    if found is None:
        raise DomainError(
            _("There is no retention index in force in %(year)d.") % {"year": year}, field="year"
        )
    return found


@transaction.atomic
def create_plan(year: int, *, by: Actor, unit: Any = None, copied_from: Plan | None = None) -> Plan:
    plan = Plan(year=year, unit=unit, retention_index=index_in_force(year), copied_from=copied_from)
    plan.closes_on = plan.usual_closing
    try:
        with transaction.atomic():
            plan.save()
    except IntegrityError as error:
        raise DomainError(_("There is a plan of %(year)d already.") % {"year": year}, field="year") from error
    audit.record("plan.begun", plan, by=by, year=year, copied_from=copied_from.year if copied_from else None)
    return plan


@transaction.atomic
def copy_plan(source: Plan, year: int, *, by: Actor) -> Plan:
    """The next year's plan with the same files, by the index of that year; people who left answer no more."""
    plan = create_plan(year, by=by, unit=source.unit, copied_from=source)
    points = {point.code: point for point in plan.retention_index.points.all()}
    for line in source.lines.in_order().select_related("point", "responsible"):
        responsible = line.responsible if line.responsible and line.responsible.is_active else None
        PlanLine.objects.create(
            plan=plan,
            index=line.index,
            heading=line.heading,
            point=points.get(line.point.code, line.point),
            medium=line.medium,
            unit=line.unit,
            responsible=responsible,
            note=line.note,
        )
    return plan


@transaction.atomic
def save_line(
    plan: Plan, line: PlanLine, *, by: Actor, revision: int | None = None, reason: str = ""
) -> PlanLine:
    """Write a line of a plan being prepared; into an approved one only a supplement, with its reason.

    Of a line in force only who answers, the medium and the note change: its heading and term are approved.
    """
    plan = lock_plan(plan)
    if plan.state == PlanState.SUBMITTED:
        raise DomainError(_("The plan waits for approval: have it returned first."))
    if not INDEX_PATTERN.match(line.index):
        raise DomainError(_("Write the index as 5.3."), field="index")
    if plan.lines.filter(index=line.index).exclude(pk=line.pk).exists():
        raise DomainError(_("This index stands in the plan already."), field="index")
    if line.pk is None:
        return _add_line(plan, line, reason=reason.strip(), by=by)
    before = PlanLine.objects.get(pk=line.pk)
    fields = ["medium", "unit", "responsible", "note"]
    if plan.is_approved and (before.index, before.heading, before.point_id) != (
        line.index,
        line.heading,
        line.point_id,
    ):
        raise DomainError(_("The index, heading and term are approved: write a supplement instead."))
    if not plan.is_approved:
        fields += ["index", "heading", "point"]
        line.index_key = sortable(line.index)
        fields.append("index_key")
    line.save_if_current(revision, fields)
    audit.record("plan.line_changed", plan, by=by, index=line.index)
    return line


def _add_line(plan: Plan, line: PlanLine, *, reason: str, by: Actor) -> PlanLine:
    line.plan = plan
    if plan.is_approved:
        if not reason:
            raise DomainError(_("Write why the approved plan is supplemented."), field="reason")
        line.supplemented_on, line.reason = timezone.localdate(), reason[:300]
    line.save()
    audit.record("plan.line_added", plan, by=by, index=line.index, reason=line.reason)
    if plan.is_approved:
        CaseFile.objects.create(line=line)
        jobs.enqueue(PLACE, plan.year)
    return line


@transaction.atomic
def describe_plan(plan: Plan, *, closes_on: datetime.date, agreed_with: str, by: Actor) -> Plan:
    """By when its files are closed, and that the state archive has seen it."""
    plan = lock_plan(plan)
    if closes_on.year <= plan.year:
        raise DomainError(_("Files are closed after their year is over."), field="closes_on")
    plan.closes_on, plan.agreed_with = closes_on, agreed_with.strip()[:300]
    plan.save(update_fields=["closes_on", "agreed_with", "updated_at"])
    audit.record("plan.described", plan, by=by, closes_on=closes_on.isoformat(), agreed_with=plan.agreed_with)
    return plan


@transaction.atomic
def delete_line(line: PlanLine, *, by: Actor) -> None:
    plan = lock_plan(line.plan)
    if plan.state != PlanState.DRAFT:
        raise DomainError(_("Lines are taken out only while the plan is being prepared."))
    audit.record("plan.line_removed", plan, by=by, index=line.index)
    line.delete()


@transaction.atomic
def submit_plan(plan: Plan, *, by: Actor) -> Plan:
    plan = lock_plan(plan)
    if plan.state != PlanState.DRAFT:
        raise DomainError(_("The plan is submitted already."))
    if not plan.lines.exists():
        raise DomainError(_("The plan has no files yet."))
    plan.state, plan.submitted_at, plan.submitted_by = (
        PlanState.SUBMITTED,
        timezone.now(),
        by.acting_for or by.user,
    )
    plan.return_note = ""
    plan.save(update_fields=["state", "submitted_at", "submitted_by", "return_note", "updated_at"])
    audit.record("plan.submitted", plan, by=by, lines=plan.lines.count())
    return plan


@transaction.atomic
def approve_plan(plan: Plan, *, by: Actor) -> Plan:
    """The head's yes: the year's files are there to be filled, and what waited for them finds its place."""
    plan = lock_plan(plan)
    if plan.state != PlanState.SUBMITTED:
        raise DomainError(_("Only a submitted plan is approved."))
    if by.is_person(plan.submitted_by):
        raise DomainError(_("Nobody approves what she or he submitted: another head does it."))
    plan.state, plan.approved_at, plan.approved_by = PlanState.APPROVED, timezone.now(), by.user
    plan.approved_name = by.label[:400]
    plan.save(update_fields=["state", "approved_at", "approved_by", "approved_name", "updated_at"])
    CaseFile.objects.bulk_create(CaseFile(line=line) for line in plan.lines.filter(files=None).in_order())
    audit.record("plan.approved", plan, by=by, lines=plan.lines.count())
    jobs.enqueue(PLACE, plan.year)
    jobs.enqueue(PAPER, plan.pk)
    return plan


@transaction.atomic
def return_plan(plan: Plan, *, note: str, by: Actor) -> Plan:
    plan = lock_plan(plan)
    if plan.state != PlanState.SUBMITTED:
        raise DomainError(_("Only a submitted plan is returned."))
    if not note.strip():
        raise DomainError(_("Write what is to be mended."), field="note")
    plan.state, plan.return_note = PlanState.DRAFT, note.strip()[:500]
    plan.save(update_fields=["state", "return_note", "updated_at"])
    audit.record("plan.returned", plan, by=by, reason=note.strip())
    return plan


# --- what changed since the plan it was copied from ----------------------------------------------------------


@dataclass(frozen=True)
class Change:
    """One index that is not as it was: added, dropped or changed; words before and after."""

    index: str
    before: str
    after: str


def changes_since(plan: Plan) -> list[Change]:
    """By index, against the plan this one was copied from; nothing for a plan written anew."""
    if plan.copied_from is None:
        return []
    rows = [
        {line.index: _words(line) for line in one.lines.select_related("point", "responsible")}
        for one in (plan.copied_from, plan)
    ]
    before, after = rows
    changed = [
        Change(index, before.get(index, ""), after.get(index, ""))
        for index in {*before, *after}
        if before.get(index) != after.get(index)
    ]
    return sorted(changed, key=lambda change: sortable(change.index))


def _words(line: PlanLine) -> str:
    parts = [line.heading, line.point.term, line.get_medium_display(), line.responsible]
    return "; ".join(str(part) for part in parts if part)


# --- its paper --------------------------------------------------------------------------------------------------


def request_paper(plan: Plan, *, by: Actor) -> Job:
    """Ask a worker for the plan as it stands now; before the approval it bears PROJEKTAS."""
    return jobs.enqueue(PAPER, plan.pk)


def paper_job(plan: Plan) -> Job | None:
    return Job.objects.filter(kind=PAPER, key=str(plan.pk)).first()


def draw_plan(plan: Plan, job: Job | None = None) -> None:
    """PDF/A of the plan; the same plan gives the same bytes, so drawing it twice keeps one file."""
    from documents import pdf  # noqa: PLC0415 -- workers only

    moment = plan.updated_at
    with override(settings.LANGUAGE_CODE):
        html = plan_html(plan)
        content = pdf.render(html, moment=moment)
        name = f"dokumentacijos-planas-{plan.year}.pdf"
    if job:
        job.report(1, 2, _("filing the document"))
    file = store(content, name=name, media_type="application/pdf")
    Plan.objects.filter(pk=plan.pk).update(paper=file, paper_at=timezone.now())


def plan_html(plan: Plan) -> str:
    lines = list(plan.lines.in_order().select_related("point", "responsible", "unit"))
    mark = (
        ""
        if plan.is_approved
        else _("DRAFT, %(day)s") % {"day": timezone.localdate(plan.updated_at).isoformat()}
    )
    return get_template("archive/papers/plan.html").render(
        {
            "paper": {"title": str(plan)},
            "plan": plan,
            "lines": [line for line in lines if line.supplemented_on is None],
            "supplements": [line for line in lines if line.supplemented_on],
            "unverified": any(not line.point.is_verified for line in lines),
            "language": settings.LANGUAGE_CODE,
            "lang": settings.LANGUAGE_CODE,
            "number": str(plan),
            "mark": mark,
            "is_draft": bool(mark),
            "page": "A4",
            "OFFICE_NAME": settings.OFFICE_NAME,
            "OFFICE_UNIT": settings.OFFICE_UNIT,
        }
    )
