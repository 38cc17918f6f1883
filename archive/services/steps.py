"""Submitting and returning a list, as inventories, destructions and transfers all do; and their papers."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.template.loader import get_template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from core import jobs
from core.actor import Actor
from core.errors import DomainError
from core.files import store
from core.language.numerals import number_words
from core.models import Job

PAPER = "archive.draw_act"


def lock(row: Any, *states: str) -> Any:
    """The row as it stands now, locked; DomainError when it is in none of the states, where some are named."""
    row = type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
    if states and row.state not in states:
        raise DomainError(
            _("The list is in another state by now: %(state)s.") % {"state": row.get_state_display()}
        )
    return row


def signed(by: Actor, step: str) -> dict[str, Any]:
    """Who takes the step: the person for whom a deputy acts; the name as sheets print it."""
    return {
        f"{step}_at": timezone.now(),
        f"{step}_by": by.acting_for or by.user,
        f"{step}_name": by.label[:400],
    }


def save(row: Any, **values: Any) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=[*values, "updated_at"])


def must_be_another(by: Actor, *people: Any) -> None:
    """Each step is its own person's, also when a deputy takes it."""
    if by.user is None:
        raise DomainError(_("Only a person decides."))
    if any(by.is_person(person) for person in people):
        raise DomainError(_("Each step is taken by another person: you have taken one of this list already."))


def need(text: str, message: str, field: str) -> str:
    if not text.strip():
        raise DomainError(message, field=field)
    return text.strip()


# --- papers ---------------------------------------------------------------------------------------------------


def key_of(row: Any) -> str:
    return f"{row._meta.model_name}:{row.pk}"


def request_paper(row: Any) -> Job:
    """Ask a worker for the paper as the list stands now; before the approval it bears PROJEKTAS."""
    return jobs.enqueue(PAPER, key_of(row))


def paper_job(row: Any) -> Job | None:
    return Job.objects.filter(kind=PAPER, key=key_of(row)).first()


def may_draw_anew(row: Any) -> bool:
    """A paper that is a document does not change by itself: it is drawn by the steps, and again where that failed."""
    job = paper_job(row)
    return row.document_id is None or row.paper_id is None or bool(job and job.error)


def draw(row: Any, *, job: Job | None = None) -> None:
    """PDF/A and PDF/UA of the list; the same list gives the same bytes. Of an act it is the document's next version."""
    from archive.services import registering  # noqa: PLC0415 -- beside each other
    from documents import pdf  # noqa: PLC0415 -- workers only
    from documents.services.making import page_count  # noqa: PLC0415 -- workers only

    name = row._meta.model_name
    with override(settings.LANGUAGE_CODE):
        content = pdf.render(paper_html(row), moment=row.updated_at)
    if job:
        job.report(1, 2, "")
    stored = store(content, name=f"{PAPER_NAMES[name]}-{row.year}-{row.pk}.pdf", media_type="application/pdf")
    if row.document_id:
        registering.file_paper(row, stored, pages=page_count(content))
    type(row).objects.filter(pk=row.pk).update(paper=stored, paper_at=timezone.now())


PAPER_NAMES = {
    "inventory": "bylu-apyrasas",
    "destruction": "naikinimo-aktas",
    "transfer": "perdavimo-aktas",
}


def paper_html(row: Any) -> str:
    from archive.services import erasing, listing, registering  # noqa: PLC0415 -- beside each other

    name = row._meta.model_name
    day: datetime.date = timezone.localdate(row.updated_at)
    is_draft = row.approved_at is None
    mark = _("DRAFT, %(day)s") % {"day": day.isoformat()} if is_draft else ""
    lines = list(row.lines.all())
    total = listing.totals(row.lines)
    return get_template(f"archive/papers/{name}.html").render(
        {
            "paper": {"title": str(row)},
            "act": row,
            "lines": lines,
            "total": total,
            "words": number_words(len(lines)),
            "unverified": total["unverified"],
            "has_sheets": any(line.sheets for line in lines),
            "registered": registering.registration_of(row),
            "proof": erasing.told(row) if name == "destruction" else None,
            "language": settings.LANGUAGE_CODE,
            "lang": settings.LANGUAGE_CODE,
            "number": str(row),
            "mark": mark,
            "is_draft": bool(mark),
            "page": "A4",
            "OFFICE_NAME": settings.OFFICE_NAME,
            "OFFICE_UNIT": settings.OFFICE_UNIT,
        }
    )
