"""The year's visits as a paper for the council: asked for on the page, made by a worker, kept for who asked."""

from __future__ import annotations

import base64
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.template.loader import get_template
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import override

from core import jobs
from core.files import store
from core.models import Job, StoredFile
from delegations.year import charts, read_year
from documents import pdf
from documents.services import drop_unused

JOB = "delegations.year_paper"


def request_year_paper(year: int, user: Any) -> Job:
    """What one may see decides what the paper holds, so each has her own."""
    with transaction.atomic():
        known = year_paper_job(year, user)
        payload = {"year": year, "user": user.pk, "moment": timezone.now().isoformat()}
        if known and known.payload.get("file"):
            payload["before"] = known.payload["file"]
        return jobs.enqueue(JOB, f"{user.pk}-{year}", payload=payload)


def year_paper_job(year: int, user: Any) -> Job | None:
    return Job.objects.filter(kind=JOB, key=f"{user.pk}-{year}").first()


def year_paper(year: int, user: Any) -> StoredFile | None:
    job = year_paper_job(year, user)
    return StoredFile.objects.filter(pk=job.payload.get("file")).first() if job else None


def make_year_paper(job: Job) -> None:
    """Draw the paper as its person would see the page now; a second run gives the same file."""
    user = get_user_model().objects.get(pk=job.payload["user"])
    if not user.is_active or not user.has_perm("delegations.view_visit"):
        raise PermissionDenied
    moment = parse_datetime(job.payload["moment"]) or job.created_at
    job.report(0, 2, _("gathering the content"))
    with override("lt"):
        html = year_html(user, job.payload["year"], made_on=timezone.localdate(moment))
        job.report(1, 2, _("drawing the pages"))
        content = pdf.render(html, moment=moment)
    file = store(content, name=f"vizitai-{job.payload['year']}.pdf", media_type="application/pdf")
    before = job.payload.get("before")
    job.payload = {**job.payload, "file": file.pk, "before": None}
    Job.objects.filter(pk=job.pk).update(payload=job.payload)
    if before and before != file.pk:
        drop_unused([before])
    job.report(2, 2, "")


def year_html(user: Any, year: int, *, made_on: Any) -> str:
    read = read_year(user, year)
    return get_template("delegations/papers/year.html").render(
        {
            "paper": {
                "title": _("Delegations received in %(year)d") % {"year": year},
                "subtitle": _("Made on %(day)s from the matters of the department.")
                % {"day": made_on.isoformat()},
            },
            "year": read,
            "charts": [{**chart, "src": _drawing(chart)} for chart in charts(read)],
            "lang": "lt",
            "number": "",
            "version_line": "",
            "page": "A4",
            "made_on": made_on,
            "OFFICE_NAME": settings.OFFICE_NAME,
            "OFFICE_UNIT": settings.OFFICE_UNIT,
        }
    )


def _drawing(chart: dict[str, Any]) -> str:
    """The drawing as a picture with a description: an SVG in the page itself has none in a PDF."""
    svg = get_template("delegations/_bars.html").render({"chart": chart})
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.strip().encode()).decode()}"
