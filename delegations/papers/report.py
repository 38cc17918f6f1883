"""The report of a visit, made from its programme: who came, what was held, what was agreed, who does it, what it cost."""

from __future__ import annotations

import base64
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import day_words
from core.money import money_words
from delegations import closing
from delegations.choices import MemberKind, Progress, Status
from delegations.costs import costs_of
from delegations.models import Photograph, ProgrammeItem, Visit
from delegations.papers import content as read
from delegations.papers.docx import add_rows, docx_bytes, new_docx
from delegations.services.outcomes import REPORTED_ON


def is_offered(visit: Visit) -> bool:
    return visit.status in (*REPORTED_ON, Status.CLOSED)


def is_final(visit: Visit) -> bool:
    """The report is whole: the visit is over, the summary is written, every outcome that is asked for said or left with a reason."""
    if visit.status not in (Status.REPORTING, Status.CLOSED) or not visit.report_summary:
        return False
    return not any(check.stops for check in closing.checks(visit) if check.code == "outcomes")


def report(content: dict[str, Any], language: str, *, matter: Visit) -> dict[str, Any]:
    items = closing.items_reported(matter)
    return {
        "title": _("Report of the visit"),
        "subtitle": f"{matter.title}, {read.days_of_visit(matter.starts_on, matter.ends_on, 'lt')}",
        "facts": _facts(matter),
        "summary": [line for line in matter.report_summary.split("\n") if line.strip()],
        "members": [_member(member) for member in matter.members.all()],
        "counts": _counts(items),
        "days": _days(items),
        "agreed": [
            {"when": day_words(item.on), "what": item.title_in("lt"), "text": item.agreed}
            for item in items
            if item.agreed
        ],
        "work": _work(items),
        "costs": _costs(matter),
        "photographs": [_photograph(row) for row in _chosen(matter)],
        "signed": ", ".join(part for part in (matter.responsible.full_name, matter.responsible.post) if part),
    }


def _facts(visit: Visit) -> list[dict[str, str]]:
    basis = visit.get_basis_display()
    rows = [
        (_("Partner"), f"{visit.city.name_lt} ({visit.city.name_local})" if visit.city else ""),
        (_("Basis"), f"{basis}: {visit.inviter}" if visit.inviter else str(basis)),
        (_("Purpose"), visit.purpose),
        (_("Host of the visit"), _official(visit.host) if visit.host else ""),
        (_("Prepared by"), _official(visit.responsible)),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def _official(user: Any) -> str:
    return ", ".join(part for part in (user.full_name, user.post) if part)


def _member(member: Any) -> dict[str, str]:
    kind = "" if member.kind == MemberKind.MEMBER else str(member.get_kind_display())
    own_name = member.own_name if member.latin_beside else ""
    about = ", ".join(part for part in (own_name, member.post_lt, kind) if part)
    return {"name": member.name, "about": about}


def _counts(items: list[ProgrammeItem]) -> str:
    held = sum(1 for item in items if item.progress == Progress.DONE)
    off = sum(1 for item in items if item.progress == Progress.CANCELLED)
    left = len(items) - held - off
    said = [_("held: %(count)d") % {"count": held}, _("cancelled: %(count)d") % {"count": off}]
    return ", ".join([*said, _("not said yet: %(count)d") % {"count": left}] if left else said)


def _days(items: list[ProgrammeItem]) -> list[dict[str, Any]]:
    found: dict[Any, list[dict[str, str]]] = {}
    for item in items:
        found.setdefault(item.on, []).append(
            {
                "hours": item.hours,
                "what": item.title_in("lt"),
                "where": item.where,
                "host": item.host_label,
                "state": str(item.get_progress_display())
                if item.progress != Progress.PLANNED
                else _("not said yet"),
                "note": item.progress_note,
            }
        )
    return [{"heading": read.day_heading(day, "lt"), "rows": rows} for day, rows in found.items()]


def _work(items: list[ProgrammeItem]) -> list[dict[str, str]]:
    tasks = [row.task for item in items for row in item.follow_ups.all()]
    return [
        {
            "what": task.title,
            "who": task.assignee.full_name,
            "when": task.due_on.isoformat() if task.due_on else "–",
            "state": _("done") if task.done_at else _("no longer needed") if task.dropped_at else _("to be done"),
        }
        for task in tasks
    ]  # fmt: skip


def _costs(visit: Visit) -> dict[str, Any] | None:
    costs = costs_of(visit)
    if not costs.lines:
        return None
    return {
        "rows": [
            {"what": group.label, "sum": money_words(group.total if group.is_known else None)}
            for group in costs.groups
        ],
        "total": money_words(costs.total),
        "missing": ngettext(
            "The price of %(count)d line is not known; it is not in the sum.",
            "The prices of %(count)d lines are not known; they are not in the sum.",
            costs.unpriced,
        )
        % {"count": costs.unpriced}
        if costs.unpriced
        else "",
    }


def _chosen(visit: Visit) -> list[Photograph]:
    """Only those whose people have agreed; the database holds it too."""
    rows = visit.photographs.filter(in_report=True, has_consent=True, picture__isnull=False)
    return list(rows.select_related("picture"))


def _photograph(row: Photograph) -> dict[str, str]:
    assert row.picture is not None
    image = base64.b64encode(row.picture.read()).decode()
    return {
        "caption": row.caption or _("A moment of the visit"),
        "author": row.author,
        "src": f"data:image/jpeg;base64,{image}",
    }


def report_docx(data: dict[str, Any], language: str) -> bytes:
    """The same words in the same order."""
    docx = new_docx(data)
    add_rows(docx, [(row["label"], row["value"]) for row in data["facts"]])
    docx.add_heading(_("What the visit brought"), 2)
    for line in data["summary"] or [_("Nothing is written yet.")]:
        docx.add_paragraph(line)
    docx.add_heading(_("Who took part"), 2)
    for row in data["members"]:
        docx.add_paragraph(", ".join(part for part in row.values() if part), style="List Bullet")
    docx.add_heading(f"{_('What was held')} ({data['counts']})", 2)
    for day in data["days"]:
        docx.add_heading(day["heading"], 3)
        add_rows(docx, [(row["hours"], _item_lines(row)) for row in day["rows"]])
    if data["agreed"]:
        docx.add_heading(_("What was agreed"), 2)
        add_rows(docx, [(f"{row['when']}\n{row['what']}", row["text"]) for row in data["agreed"]])
    if data["work"]:
        docx.add_heading(_("Who does what"), 2)
        add_rows(
            docx, [(row["when"], f"{row['what']}\n{row['who']}\n{row['state']}") for row in data["work"]]
        )
    if data["costs"]:
        docx.add_heading(_("Costs"), 2)
        add_rows(docx, [(row["what"], row["sum"]) for row in data["costs"]["rows"]])
        docx.add_paragraph(f"{_('In all')}: {data['costs']['total']}")
        if data["costs"]["missing"]:
            docx.add_paragraph(data["costs"]["missing"])
    _pictures(docx, data["photographs"])
    docx.add_paragraph(data["signed"])
    return docx_bytes(docx)


def _item_lines(row: dict[str, str]) -> str:
    parts = (row["what"], row["where"], row["host"], ": ".join(p for p in (row["state"], row["note"]) if p))
    return "\n".join(part for part in parts if part)


def _pictures(docx: Any, rows: list[dict[str, str]]) -> None:
    import io  # noqa: PLC0415 -- workers only

    from docx.shared import Mm  # noqa: PLC0415 -- workers only

    if rows:
        docx.add_heading(_("Photographs"), 2)
    for row in rows:
        image = base64.b64decode(row["src"].partition(",")[2])
        docx.add_picture(io.BytesIO(image), width=Mm(120))
        docx.add_paragraph(f"{row['caption']}. {_('Photograph')}: {row['author']}")
