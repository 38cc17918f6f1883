"""Lists for those who serve on their way: asked for, made, sent, and sent again only to those a change touches."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import override

from core import audit, jobs
from core.actor import Actor
from core.choices import Channel
from core.columns import plain, write_sheets
from core.dates import range_words
from core.errors import DomainError
from core.files import store
from core.letters import Letter, Line, queue_letter
from core.models import Job, OutgoingMail, acted_by
from delegations.choices import Status
from delegations.models import Festival, ListReader, ListSending, Visit
from delegations.papers import service_list as paper
from delegations.service_lists import (
    BY_CODE,
    Facts,
    changes_of,
    digest_of,
    tables_of,
)
from delegations.services.lists import (
    Entry,
    address_of,
    entries,
    entry_of,
    for_reader,
    is_due,
    last_sendings,
    own_mail,
    reader_from_key,
    source_of,
)
from delegations.services.members import erase_day
from delegations.services.state import Planned, lock_visit
from documents import papers, pdf
from documents.choices import DocumentState, Origin
from documents.models import Document
from documents.papers import Source
from documents.services.filing import add_version, new_document
from documents.services.making import page_count
from matters.models.approvals import latest_approved

MAKE, SEND, TELL = "delegations.make_list", "delegations.send_list", "delegations.tell_readers"
SOON, HANDS_REST = "soon", datetime.timedelta(minutes=10)


# --- asking for it ----------------------------------------------------------------------------------------------


@transaction.atomic
def request_list(visit: Visit, key: str, *, by: Actor) -> Job:
    """Ask for the paper of a list; a worker makes it."""
    visit = lock_visit(visit.pk, for_change=False)
    entry_of(visit, key)
    return jobs.enqueue(MAKE, f"{visit.pk}|{key}", payload=asked_payload(by))


@transaction.atomic
def send_lists(visit: Visit, keys: list[str], *, by: Actor) -> list[Entry]:
    """Send lists by mail; one switched off or without an address is refused in words, and then nothing goes."""
    visit = lock_visit(visit.pk, for_change=False)
    if visit.status == Status.CALLED_OFF or visit.is_over:
        raise DomainError(_("The visit does not take place: lists are not sent."))
    known = {entry.reader.key: entry for entry in entries(visit)}
    asked = [known[key] for key in keys if key in known]
    if not asked:
        raise DomainError(_("This list is not needed any more: nobody of the programme reads it."))
    for entry in asked:
        if entry.setting.is_off:
            raise DomainError(_("This reader is switched off: %(name)s.") % {"name": entry.name})
        if not entry.has_address:
            raise DomainError(_("There is no address to send to: %(name)s.") % {"name": entry.name})
    for entry in asked:
        jobs.enqueue(SEND, f"{visit.pk}|{entry.reader.key}", payload=asked_payload(by))
    return asked


def tell_after(visit: Visit, *, by: Actor) -> None:
    """After an approval or an amendment, in its transaction: a job finds who is touched."""
    version = latest_approved(visit)
    if version is None:
        return
    number = version.amendments.count()
    jobs.enqueue(TELL, f"{visit.pk}|{version.number}|{number}", payload=asked_payload(by))


def tell_soon(matter: Planned, *, by: Actor) -> None:
    """After a change of beds, seats or needs, in its transaction: once the hands rest, those touched are told.

    What is approved does not change by it, so nobody publishes it; ten changes in a row make one letter.
    """
    held = matter.visits.alive().order_by("pk") if isinstance(matter, Festival) else [matter]  # type: ignore[attr-defined]
    for visit in held:
        if visit.is_over or visit.ends_on < timezone.localdate() or latest_approved(visit) is None:
            continue
        key = f"{visit.pk}|{SOON}"
        if Job.objects.filter(kind=TELL, key=key, state="running").exists():
            key += "|after"  # one that runs has read the rows already
        jobs.enqueue(TELL, key, payload=asked_payload(by), due_at=timezone.now() + HANDS_REST)


def tell_readers(job: Job) -> int:
    """Queue the list of everyone whom what came into force touches; safe to run again. Returns how many."""
    pk, _bar, moment = job.key.partition("|")
    if moment.startswith(SOON):
        moment = f"{SOON}-{parse_datetime(job.payload['moment']):%m%d%H%M%S}"
    visit = Visit.objects.select_related("responsible").get(pk=int(pk))
    if visit.is_over or visit.status == Status.CALLED_OFF or visit.ends_on < timezone.localdate():
        return 0
    touched = [entry for entry in entries(visit) if is_due(entry)]
    for entry in touched:
        key = f"{visit.pk}|{entry.reader.key}|{moment}"  # beside one that somebody has just asked for
        jobs.enqueue(SEND, key, payload=job.payload | {"moment": f"v{moment}", "only_if_touched": True})
    return len(touched)


def asked_payload(by: Actor) -> dict[str, Any]:
    return {
        "user": by.user.pk if by.user else None,
        "acting_for": by.acting_for.pk if by.acting_for else None,
        "moment": timezone.now().isoformat(),
    }


def asked_by(payload: dict[str, Any]) -> Actor:
    """Who pressed; the portal itself when a decision came by a personal link."""
    people = get_user_model().objects.in_bulk(
        [pk for pk in (payload.get("user"), payload.get("acting_for")) if pk]
    )
    user = people.get(payload.get("user"))
    if user is None:
        return Actor.system()
    return Actor.of(user, acting_for=people.get(payload.get("acting_for")), channel=Channel.SESSION)


def tell_called_off(visit: Visit, *, by: Actor) -> int:
    """The guests do not come: whoever works by a list is told at once, by a letter without a paper. Returns how many."""
    settings_of = {row.reader: row for row in visit.list_readers.all()}
    told = 0
    for key, sending in last_sendings(visit).items():
        reader = reader_from_key(key, sending.name)
        setting = settings_of.get(key) or ListReader(visit=visit, reader=key)
        if setting.is_off or not sending.content or sending.kind not in BY_CODE:
            continue
        email = own_mail(visit, reader, by=by) if reader.is_person else sending.email
        if not email:
            continue
        with override(setting.language):
            letter = Letter(
                subject=_("Called off: %(title)s") % {"title": visit.title},
                paragraphs=(
                    _opening(visit),
                    _(
                        "The visit does not take place: there is nothing for you to do. Thank you for being ready."
                    ),
                ),
                closing=_closing(visit),
            )
            queue_letter(
                email, letter, key=f"list:{visit.pk}:{key}:called-off", matter=visit, asked_by=by.user
            )
        told += 1
    return told


# --- the worker's part ------------------------------------------------------------------------------------------


def make_list(job: Job) -> Document:
    """The paper of a list as the next version of its working paper."""
    visit, entry = _of_job(job)
    source, content = _draw(
        visit, entry, job, asked_by(job.payload), changes=_since_last(entry, entry.content)
    )
    return _file(visit, entry, source, content, asked_by(job.payload))


def send_list(job: Job) -> ListSending | None:
    """Make the list, keep it, write the letter and the row that says so, together; never the same twice."""
    visit, entry = _of_job(job)
    key = f"list:{visit.pk}:{entry.reader.key}:{job.payload['moment']}"
    if OutgoingMail.objects.filter(key=key).exists():
        return None
    by = asked_by(job.payload)
    if job.payload.get("only_if_touched") and not is_due(entry):
        return None
    email = address_of(entry, by=by)
    if not email or entry.setting.is_off:
        raise DomainError(_("There is no address to send to: %(name)s.") % {"name": entry.name})
    changes = _since_last(entry, entry.content)
    source, content = _draw(visit, entry, job, by, changes=changes)
    with transaction.atomic():
        visit = lock_visit(visit.pk, for_change=False)
        if OutgoingMail.objects.filter(key=key).exists():
            return None
        document = _file(visit, entry, source, content, by)
        with override(entry.setting.language):
            letter = letter_of(visit, entry, source, changes)
        newest = document.versions.first()
        mail = queue_letter(
            email,
            letter,
            key=key,
            matter=visit,
            asked_by=by.user,
            attachments=[newest.file] if newest else [],
        )
        sending = ListSending.objects.create(
            visit=visit,
            kind=entry.kind.code,
            reader=entry.reader.key,
            name=entry.name,
            email="" if entry.reader.is_person else email,
            version=source.version,
            number=source.number,
            amendment=source.amendment,
            content=entry.content,
            content_sha256=digest_of(entry.content),
            changes=changes,
            is_draft=source.is_draft,
            draft=source.draft,
            mail=mail,
            **acted_by(by),
        )
        audit.record(
            "list.sent",
            visit,
            by=by,
            matter=visit,
            name=entry.title,
            list=entry.kind.code,
        )
    return sending


def _of_job(job: Job) -> tuple[Visit, Entry]:
    pk, key = job.key.split("|")[:2]
    visit = Visit.objects.select_related("responsible", "city").get(pk=int(pk))
    return visit, entry_of(visit, key)


def _since_last(entry: Entry, content: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if entry.sending is None:
        return []
    with override(entry.setting.language):
        return changes_of(entry.kind, entry.sending.content, content)


def _draw(
    visit: Visit, entry: Entry, job: Job, by: Actor, *, changes: list[dict[str, Any]]
) -> tuple[Source, bytes]:
    """The PDF, with what its reader needs opened for it alone."""
    source = replace(
        for_reader(source_of(visit), entry),
        changes=changes,
        changes_since=entry.sending.number if entry.sending else None,
    )
    moment = parse_datetime(job.payload["moment"]) if "T" in job.payload["moment"] else None
    moment = moment or timezone.now()
    html = list_html(visit, entry, source, by=by, made_on=timezone.localdate(moment))
    return source, pdf.render(html, moment=moment)


def list_html(visit: Visit, entry: Entry, source: Source, *, by: Actor, made_on: datetime.date) -> str:
    """The very HTML the renderer gets."""
    facts = Facts(visit, source.content)
    held = facts.open(entry.kind.guest_fields, by)
    language = entry.setting.language
    with override(language):
        data = plain_data(paper.build(visit, entry.kind, entry.reader, facts, held))
    return papers.html(paper.kind_of(entry.kind), source, language, data, matter=visit, made_on=made_on)


def plain_data(data: dict[str, Any]) -> dict[str, Any]:
    from core.canonical import plain as canonical  # noqa: PLC0415 -- beside core.columns.plain

    return canonical(data)


def _file(visit: Visit, entry: Entry, source: Source, content: bytes, by: Actor) -> Document:
    """Keep the paper: a working paper, gone with its day; a list is never filed."""
    lock_visit(visit.pk, for_change=False)
    language, kind = entry.setting.language, paper.document_code(entry.reader)
    document = (
        visit.documents.exclude(state=DocumentState.VOID)
        .filter(kind=kind, language=language, origin=Origin.MADE)
        .first()
    )
    if document is None:
        document = new_document(
            visit,
            kind=kind,
            title=entry.title,
            origin=Origin.MADE,
            by=by,
            language=language,
            is_working_paper=True,
            erase_on=erase_day(visit),
        )
    name = file_name(visit, entry, source)
    file = store(content, name=f"{name}.pdf", media_type="application/pdf")
    newest = document.versions.first()
    if newest is None or newest.file_id != file.pk:
        add_version(
            document,
            file,
            name=f"{name}.pdf",
            by=by,
            source=source.version,
            label=papers.version_line(source)[:120],
            is_draft=source.is_draft,
            level="2a ua1",
            pages=page_count(content),
        )
    return document


def file_name(visit: Visit, entry: Entry, source: Source) -> str:
    """A name that tells the reader what the file is and no more: "DA-2026-014-driver-v3.1" of the first amendment.

    Before the approval "DA-2026-014-driver-v1-projektas-2" is the second draft.
    """
    amendment = f".{source.amendment}" if source.amendment else ""
    draft = f"-projektas-{source.draft}" if source.is_draft else ""
    return f"{visit.number}-{entry.kind.code}-v{source.number}{amendment}{draft}"


def letter_of(visit: Visit, entry: Entry, source: Source, changes: list[dict[str, Any]]) -> Letter:
    """What the reader is told: whose list it is, what has changed, that a draft is one. No contacts."""
    opening = [_opening(visit)]
    if entry.is_gone:
        opening.append(_("You have no more work in this programme. Thank you for being ready."))
    elif entry.sending is None:
        opening.append(_("The list for your work is attached."))
    else:
        opening.append(_("The list for your work has a new version; it replaces the one you were sent."))
    if source.is_draft:
        opening.append(_("This is a draft (PROJEKTAS): the programme is not approved yet and may change."))
    lines = [
        Line(
            change["place"],
            note=f"{change['field']}: "
            + " → ".join(text for text in (change["before"], change["after"]) if text),
        )
        for change in changes[:40]
    ]
    groups: tuple[tuple[str, tuple[Line, ...]], ...] = (
        ((_("What has changed"), tuple(lines)),) if lines else ()
    )
    return Letter(
        subject=f"{entry.reader.role or entry.kind.label}: {visit.title}"
        + (f" ({papers.mark(source, timezone.localdate())})" if source.is_draft else ""),
        paragraphs=tuple(opening),
        groups=groups,
        closing=_closing(visit),
    )


def _opening(visit: Visit) -> str:
    days = range_words(visit.starts_on, visit.ends_on)
    return _("%(title)s, %(days)s.") % {"title": visit.title, "days": days}


def _closing(visit: Visit) -> tuple[str, ...]:
    person = visit.responsible
    return (
        _("Questions: %(name)s, %(phone)s.")
        % {"name": person.full_name, "phone": person.phone or person.email},
        settings.OFFICE_UNIT,
    )


# --- a workbook -------------------------------------------------------------------------------------------------


def list_xlsx(visit: Visit, entry: Entry, *, by: Actor) -> Any:
    """The list as a workbook, a sheet a table; text never becomes a formula. Reading is logged."""
    source = for_reader(source_of(visit), entry)
    facts = Facts(visit, source.content)
    held = facts.open(entry.kind.guest_fields, by)
    with override(entry.setting.language):
        sheets = []
        for table, rows in tables_of(entry.kind, facts, entry.reader, held):
            groups = any(row["group"] for row in rows)
            heads = [*([_("Day")] if groups else []), *(str(column.label) for column in table.columns)]
            cells = [
                [
                    *([row["group"]] if groups else []),
                    *(plain(row[column.name]) for column in table.columns),
                ]
                for row in rows
            ]
            sheets.append((str(table.title), heads, cells))
        about = [
            (_("List"), entry.title),
            (_("Visit"), f"{visit.number}, {visit.title}"),
            (_("Version"), papers.version_line(source)),
            (_("Mark"), papers.mark(source, timezone.localdate()) or "–"),
        ]
        return write_sheets(sheets, about=about)
