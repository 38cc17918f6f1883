"""Badges and place cards: asked for on the page, drawn by a worker, kept as a working paper."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from core import jobs
from core.actor import Actor
from core.errors import DomainError
from core.files import store
from core.models import Job
from core.registry import DocumentKind
from delegations.models import Member, Visit
from delegations.papers import labels as paper
from delegations.papers.labels import Person, Sheet, salutation, sheets
from delegations.services.list_sendings import asked_by, asked_payload
from delegations.services.members import erase_day
from delegations.services.state import lock_visit
from documents import papers, pdf
from documents.choices import DocumentState, Origin
from documents.models import Document
from documents.services.filing import add_version, new_document
from documents.services.making import page_count

JOB = "delegations.make_labels"
KIND = DocumentKind(
    code="delegations.labels",
    label=gettext_lazy("Badges and place cards"),
    matter_kind="visit",
    build=paper.build,
    template="delegations/papers/labels.html",
)


@transaction.atomic
def request_labels(
    visit: Visit, *, sheet: str, start: int, members: list[int], hosts: bool, by: Actor
) -> Job:
    """Ask for a file of labels. The first free place must be on the sheet, and somebody must be named."""
    visit = lock_visit(visit.pk, for_change=False)
    chosen = sheets().get(sheet)
    if chosen is None:
        raise DomainError(_("Choose a sheet of the list."), field="sheet")
    if not 1 <= start <= chosen.places:
        raise DomainError(
            _("This sheet has places from 1 to %(last)d.") % {"last": chosen.places}, field="start"
        )
    known = set(visit.members.values_list("pk", flat=True))
    asked = [pk for pk in members if pk in known]
    if not asked and not (hosts and hosts_of(visit)):
        raise DomainError(_("Choose at least one person."), field="members")
    payload = asked_payload(by) | {"start": start, "members": asked, "hosts": hosts}
    return jobs.enqueue(JOB, f"{visit.pk}|{sheet}", payload=payload)


def hosts_of(visit: Visit) -> list[Any]:
    """Our people who host an item of the programme, each once, the host of the visit first."""
    found = {visit.host.pk: visit.host} if visit.host_id and visit.host else {}
    for item in visit.programme.alive().filter(host__isnull=False).select_related("host").in_order():
        if item.host:
            found.setdefault(item.host.pk, item.host)
    return list(found.values())


def people_of(visit: Visit, members: list[int], *, hosts: bool) -> list[Person]:
    """Guests by precedence, then our own; each named in the letters of her own language."""
    city = visit.city.name_local if visit.city else ""
    rows = [_guest(member, city) for member in visit.members.filter(pk__in=members)]
    if hosts:
        rows += [
            Person(
                host.full_name,
                "",
                "lt",
                host.post,
                settings.HOME_CITY,
                salutation(host.full_name, "lt", host.gender),
            )
            for host in hosts_of(visit)
        ]
    return rows


def _guest(member: Member, city: str) -> Person:
    own = member.own_name if member.own_name != member.name else ""
    return Person(
        member.display_name,
        member.name if own else "",
        member.name_language,
        member.post_local or member.post_lt,
        city,
        salutation(member.display_name, member.name_language, member.gender),
    )


def make_labels(job: Job) -> Document | None:
    """Draw the sheets and keep them; safe to run again."""
    pk, _bar, code = job.key.partition("|")
    visit = Visit.objects.select_related("city", "host").get(pk=int(pk))
    by, sheet = asked_by(job.payload), sheets()[code]
    people = people_of(visit, job.payload["members"], hosts=job.payload["hosts"])
    if not people:  # taken off the delegation meanwhile
        raise DomainError(_("Choose at least one person."))
    moment = parse_datetime(job.payload["moment"]) or timezone.now()
    content = draw(visit, sheet, people, start=job.payload["start"], moment=moment)
    return _file(visit, sheet, content, by)


def draw(visit: Visit, sheet: Sheet, people: list[Person], *, start: int, moment: Any) -> bytes:
    """The PDF of the sheets."""
    with override("lt"):
        data = paper.build(sheet, people, start=start)
    source = papers.Source(content={}, is_draft=False)
    html = papers.html(KIND, source, "lt", data, matter=visit, made_on=timezone.localdate(moment))
    return pdf.render(html, moment=moment, styles=paper.styles(sheet, data))


@transaction.atomic
def _file(visit: Visit, sheet: Sheet, content: bytes, by: Actor) -> Document:
    lock_visit(visit.pk, for_change=False)
    kind = document_code(sheet)
    document = visit.documents.exclude(state=DocumentState.VOID).filter(kind=kind, origin=Origin.MADE).first()
    if document is None:
        with override("lt"):
            title = f"{_('Place cards') if sheet.is_folded else _('Badges')}: {sheet.label}"
        document = new_document(
            visit,
            kind=kind,
            title=title,
            origin=Origin.MADE,
            by=by,
            language="lt",
            is_working_paper=True,
            erase_on=erase_day(visit),
        )
    name = f"{visit.number}-{sheet.code}.pdf"
    file = store(content, name=name, media_type="application/pdf")
    newest = document.versions.first()
    if newest is None or newest.file_id != file.pk:
        add_version(document, file, name=name, by=by, level="2a ua1", pages=page_count(content))
    return document


def document_code(sheet: Sheet) -> str:
    return f"delegations.labels:{sheet.code}"
