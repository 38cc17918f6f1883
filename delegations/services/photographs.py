"""Photographs of a visit: brought without the place they were taken at, described, chosen for the report, taken out."""

from __future__ import annotations

import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, jobs
from core.actor import Actor
from core.errors import DomainError
from core.files import store
from core.models import acted_by
from delegations import pictures
from delegations.choices import ItemKind
from delegations.models import Photograph, ProgrammeItem, Visit
from delegations.services.state import lock_visit
from documents import intake
from documents.choices import Origin
from documents.services import attach, drop_unused, void_document

JOB = "delegations.draw_photograph"
THUMB, PICTURE = 480, 1400  # the longer side, in points
MOST_IN_REPORT = 12


def add_photograph(
    visit: Visit,
    file: UploadedFile,
    *,
    author: str,
    by: Actor,
    has_consent: bool = False,
    consent_note: str = "",
) -> Photograph:
    """Keep a picture under its author's name; the item it was taken at is known by its hour."""
    author = author.strip()
    if not author:
        raise DomainError(_("Write who took the picture."), field="author")
    if file.size and file.size > 0:
        file.seek(0)
    content = file.read()
    checked = intake.check_file(content, file.name or "")
    if checked.extension not in pictures.KINDS:
        raise DomainError(
            _("Photographs are kept as JPG, PNG or HEIC: %(name)s.") % {"name": checked.name}, field="files"
        )
    picture = pictures.clean(content, checked.extension, checked.name)
    name, media_type = checked.name, checked.media_type
    if picture.extension != checked.extension:
        name, media_type = f"{name.rsplit('.', 1)[0]}.{picture.extension}", "image/jpeg"
    stored = store(picture.content, name=name, media_type=media_type)
    with transaction.atomic():
        visit = _lock(visit.pk)
        if visit.photographs.filter(document__versions__file=stored).exists():
            raise DomainError(
                _("This picture is here already: %(name)s.") % {"name": checked.name}, field="files"
            )
        document = attach(
            visit,
            stored,
            name=name,
            title=checked.name.rsplit(".", 1)[0],
            by=by,
            kind="photo",
            origin=Origin.UPLOADED,
        )
        photograph = Photograph.objects.create(
            visit=visit,
            item=_item_at(visit, picture.taken_at),
            document=document,
            author=author[:160],
            has_consent=has_consent,
            consent_note=consent_note.strip()[:200],
            taken_at=picture.taken_at,
            width=picture.width,
            height=picture.height,
            **acted_by(by),
        )
        if picture.width:
            jobs.enqueue(JOB, photograph.pk)
        audit.record("photograph.added", photograph, by=by, matter=visit, title=document.title)
    return photograph


@transaction.atomic
def describe_photograph(
    photograph: Photograph,
    *,
    by: Actor,
    author: str,
    caption: str,
    item: ProgrammeItem | None,
    has_consent: bool,
    consent_note: str,
    in_report: bool,
) -> Photograph:
    """Say whose it is, what it shows, at which item; only one whose people have agreed goes into the report."""
    visit = _lock(photograph.visit_id)
    photograph = Photograph.objects.select_for_update(of=("self",)).get(pk=photograph.pk)
    if not author.strip():
        raise DomainError(_("Write who took the picture."), field="author")
    if in_report and not has_consent:
        raise DomainError(
            _("Only a picture whose people have agreed to its use stands in the report."), field="in_report"
        )
    if in_report and photograph.width is None:
        raise DomainError(
            _("A HEIC picture cannot be put into the report. Bring it as JPG."), field="in_report"
        )
    others = visit.photographs.filter(in_report=True).exclude(pk=photograph.pk).count()
    if in_report and others >= MOST_IN_REPORT:
        raise DomainError(
            _("The report holds at most %(count)d pictures. Take another one out first.")
            % {"count": MOST_IN_REPORT},
            field="in_report",
        )
    photograph.author, photograph.caption = author.strip()[:160], caption.strip()[:300]
    photograph.item, photograph.has_consent, photograph.in_report = item, has_consent, in_report
    photograph.consent_note = consent_note.strip()[:200]
    photograph.save()
    audit.record(
        "photograph.described", photograph, by=by, matter=visit, title=str(photograph), consent=has_consent
    )
    return photograph


@transaction.atomic
def remove_photograph(photograph: Photograph, *, reason: str, by: Actor) -> None:
    """Take a picture out for good: a face is personal data, so the file goes with the row."""
    visit = _lock(photograph.visit_id)
    photograph = Photograph.objects.select_for_update(of=("self",)).get(pk=photograph.pk)
    if not reason.strip():
        raise DomainError(_("Write why the picture is taken out."), field="reason")
    document = photograph.document
    files = sorted(
        {pk for pk in (photograph.thumb_id, photograph.picture_id) if pk}
        | set(document.versions.values_list("file_id", flat=True))
    )
    if document.registrations.exists():  # a number stays visible: the document is void, the row goes
        void_document(document, reason=reason, by=by)
        photograph.delete()
    else:
        audit.record("photograph.removed", photograph, by=by, matter=visit, reason=reason.strip()[:300])
        document.delete()  # and with it the photograph and the versions
    transaction.on_commit(lambda: drop_unused(files))


def draw(photograph: Photograph) -> None:
    """Make the small pictures; a second run finds them there."""
    if photograph.thumb_id or photograph.width is None:
        return
    version = photograph.document.versions.first()
    if version is None:
        return
    content = version.file.read()
    made = {}
    for name, longest in (("thumb", THUMB), ("picture", PICTURE)):
        made[name] = store(
            pictures.smaller(content, longest), name=f"{name}-{photograph.pk}.jpg", media_type="image/jpeg"
        )
    Photograph.objects.filter(pk=photograph.pk).update(**made)


# --- inside -------------------------------------------------------------------------------------------------


def _lock(pk: int) -> Visit:
    visit = lock_visit(pk, for_change=False)
    if visit.is_over:
        raise DomainError(_("The visit is closed: it cannot be changed."))
    return visit


def _item_at(visit: Visit, moment: datetime.datetime | None) -> ProgrammeItem | None:
    """The item during which the picture was taken."""
    if moment is None:
        return None
    items = ProgrammeItem.objects.alive().of_visit(visit).filter(period__contains=moment)
    return items.exclude(kind=ItemKind.ACCOMMODATION).order_by("pk").first()
