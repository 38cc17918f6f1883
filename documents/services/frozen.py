"""The paper of a frozen version, and the approved paper: those pages with the approval sheet behind (design 4.1)."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import get_template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from core import audit
from core.actor import Actor
from core.choices import Channel
from core.files import store
from core.models import Job
from documents import assembly, papers, pdf, typefaces
from documents.choices import GONE, DocumentState, Origin
from documents.models import DocumentVersion
from documents.services.filing import add_version, new_document
from documents.services.making import file_name, page_count
from matters import approvals
from matters.choices import StepState
from matters.models import Version
from matters.services import lock_matter

APPROVED = "documents.approved"


def render_version(version: Version, job: Job | None = None) -> None:
    """Draw the frozen version once and let its approval begin. Safe to run again."""
    matter = version.matter
    if version.pdf_id is None:
        kind = papers.frozen_kind(matter)
        language = papers.languages_of(kind, matter)[0]
        if job:
            job.report(0, 2, _("drawing the pages"))
        source = papers.frozen_source(version)
        data = papers.build(kind, source, language, matter=matter, by=Actor.system())
        made_on = timezone.localdate(version.frozen_at)
        html = papers.html(kind, source, language, data, matter=matter, made_on=made_on)
        content = pdf.render(html, moment=version.frozen_at)
        if job:
            job.report(1, 2, _("asking the approvers"))
        name = file_name(matter, kind.code, language, version.number)
        file = store(content, name=f"{name}.pdf", media_type="application/pdf")
        approvals.open_round(version, file)
    elif version.pdf:
        approvals.open_round(version, version.pdf)


def assemble_approved(version: Version, job: Job | None = None) -> DocumentVersion | None:
    """Put the approval sheet behind the frozen pages, once, and file the whole as a document of the matter."""
    if version.approved_at is None or version.pdf is None:
        return None
    kind = papers.frozen_kind(version.matter)
    language = papers.languages_of(kind, version.matter)[0]
    if job:
        job.report(0, 2, _("putting the approval sheet behind the pages"))
    content = None
    if version.sheet_id is None:
        sheet = pdf.render(sheet_html(version), moment=version.approved_at)
        content = assembly.join(version.pdf.read(), sheet, second_label="DL-")
    with transaction.atomic():
        matter = lock_matter(version.matter_id)
        version = Version.objects.select_for_update(of=("self",)).get(pk=version.pk)
        name = f"{file_name(matter, kind.code, language, version.number)}-patvirtinta.pdf"
        if version.sheet_id is None:
            version.sheet = store(content or b"", name=name, media_type="application/pdf")
            version.save(update_fields=["sheet"])
        return _file(matter, version, kind, language, name)


def _file(matter: Any, version: Version, kind: Any, language: str, name: str) -> DocumentVersion:
    document = matter.documents.filter(kind=APPROVED, origin=Origin.MADE).exclude(state__in=GONE).first()
    if document is None:
        document = new_document(
            matter,
            kind=APPROVED,
            title=_("%(paper)s, approved") % {"paper": kind.label},
            origin=Origin.MADE,
            by=Actor.system(),
            language=language,
            state=DocumentState.FINAL,
        )
    if filed := document.versions.filter(source=version).first():
        return filed
    assert version.sheet is not None  # stored just above
    content = version.sheet.read()
    filed = add_version(
        document,
        version.sheet,
        name=name,
        by=Actor.system(),
        source=version,
        input_sha256=hashlib.sha256(f"{version.content_sha256} {version.pdf.sha256}".encode()).hexdigest(),
        label=_("version %(number)d") % {"number": version.number},
        level="2a ua1",
        pages=page_count(content),
    )
    audit.record("document.approved_filed", document, by=Actor.system(), matter=matter, number=version.number)
    return filed


def sheet_html(version: Version) -> str:
    """The approval sheet: who decided what, for whom, by which channel and when, over which bytes."""
    approval = version.round
    with override(settings.LANGUAGE_CODE):
        sheet = get_template("documents/papers/approval_sheet.html").render(
            {
                "lang": settings.LANGUAGE_CODE,
                "matter": version.matter,
                "version": version,
                "approval": approval,
                "rows": [
                    _row(step)
                    for step in approval.steps.filter(state=StepState.AGREED).select_related("actor_user")
                ],
                "number": version.matter.number,
                "version_line": _("version %(number)d") % {"number": version.number},
                "OFFICE_NAME": settings.OFFICE_NAME,
                "OFFICE_UNIT": settings.OFFICE_UNIT,
                "page": "A4",
            }
        )
    return typefaces.spelled_out(sheet)  # a note may hold an emoji of the telephone it was written on


def _row(step: Any) -> dict[str, Any]:
    """One decision as the sheet prints it; one made on paper names its signer and who recorded it."""
    is_on_paper = step.actor_channel == Channel.PAPER
    person = step.actor_user
    post = step.outside_post if step.outside_email else getattr(person, "post", "") if not is_on_paper else ""
    return {
        "asked": step.label,
        "name": step.decided_by_name if is_on_paper else step.actor_label,
        "post": post,
        "channel": step.get_actor_channel_display(),
        "recorded_by": step.actor_label if is_on_paper else "",
        "decided_on": step.decided_on,
        "decided_at": step.decided_at,
        "note": step.note,
    }
