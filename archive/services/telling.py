"""Who asked for an export hears what came of it; archivists hear of a seal that cannot be renewed."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.models import CaseExport, CaseFile
from core.models import Job
from matters.choices import NoticeUrgency
from matters.services.notices import notify


def tell_ready(job: Job, made: CaseExport) -> None:
    _tell(
        job,
        made.file,
        key=f"export:{made.pk}",
        text=lambda: _("The export is ready: %(file)s") % {"file": _name(made.file)},
        icon="file-type-pdf",
    )


def tell_waiting(job: Job, file: CaseFile, why: str) -> None:
    """Once a day while it waits."""
    _tell(
        job,
        file,
        key=f"export-waits:{job.pk}:{timezone.localdate()}",
        text=lambda: (
            _("The export waits for its seal: %(file)s. %(why)s") % {"file": _name(file), "why": why}
        ),
        icon="alert-triangle",
    )


def tell_failed(job: Job) -> None:
    file = CaseFile.objects.select_related("line__plan").filter(pk=int(job.key)).first()
    if file is None:
        return
    _tell(
        job,
        file,
        key=f"export-failed:{job.pk}:{job.finished_at:%Y%m%d%H%M%S}",
        text=lambda: _("The export failed: %(file)s. %(why)s") % {"file": _name(file), "why": job.error},
        icon="alert-triangle",
    )


def tell_not_renewed(export: CaseExport, why: str) -> None:
    """Once a week: there are two months to get a certificate."""
    year, week, _day = timezone.localdate().isocalendar()
    for person in get_user_model().objects.with_role("archivist"):
        notify(
            person,
            key=f"seal:{export.pk}:{year}-{week}",
            text=lambda: _("Seal of an export: %(file)s. %(why)s") % {"file": _name(export.file), "why": why},
            url=reverse("archive:file_exports", args=[export.file_id]),
            icon="alert-triangle",
            urgency=NoticeUrgency.NOW,
        )


def tell_of_key(why: str) -> None:
    """Once a week, to those who keep the archive and those who keep the portal."""
    year, week, _day = timezone.localdate().isocalendar()
    people = get_user_model().objects
    for person in people.with_role("archivist").union(people.with_role("administrator")):
        notify(
            person,
            key=f"seal-key:{year}-{week}",
            text=lambda: _("Key of the seal: %(why)s") % {"why": why},
            url=reverse("archive:files"),
            icon="certificate",
            urgency=NoticeUrgency.NOW,
        )


def _name(file: CaseFile) -> str:
    return f"{file.signature} {file.line.heading}, {file.line.plan.year}"


def _tell(job: Job, file: CaseFile, **notice: Any) -> None:
    person = get_user_model().objects.filter(pk=job.payload.get("user") or 0).first()
    if person is None:  # a command asked
        return
    url = reverse("archive:file_exports", args=[file.pk])
    notify(person, url=url, urgency=NoticeUrgency.NOW, **notice)
