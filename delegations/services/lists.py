"""Lists for those who serve, as they stand: who reads each, what she was sent, whom a change touches."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from core import audit, personal
from core.actor import Actor
from core.canonical import plain as canonical
from core.errors import DomainError
from delegations.choices import ReaderLanguage
from delegations.models import ListReader, ListSending, Visit
from delegations.service_lists import (
    BY_CODE,
    LISTS,
    Facts,
    Reader,
    ServiceList,
    content_of,
    digest_of,
    readers_of,
)
from delegations.services.state import lock_visit
from delegations.snapshot import content_of as content_of_visit
from documents import papers
from documents.papers import Source
from resources.models import Resource
from resources.models.resources import CONTACT_PURPOSE

NEVER, AS_SENT, DRAFT, CHANGED = "never", "as_sent", "draft", "changed"


@dataclass(frozen=True)
class Entry:
    """A reader as the page shows her: the list, what she was sent, and what the next approval would bring."""

    kind: ServiceList
    reader: Reader
    setting: ListReader
    email: str  # of an institution; of a person "" even when one is kept
    has_address: bool
    sending: ListSending | None
    content: list[dict[str, Any]]
    state: str
    will_change: bool  # whether what stands now differs from what she was sent last

    @property
    def count(self) -> int:
        return len(self.content)

    @property
    def name(self) -> str:
        return self.setting.name or self.reader.name

    @property
    def title(self) -> str:
        """ "Vairuotojas: Algis Bernotas"; a list of the office alone has no second part."""
        return (
            f"{self.reader.role or self.kind.label}: {self.reader.name}"
            if self.reader.pk
            else str(self.kind.label)
        )

    @property
    def will_be_told(self) -> bool:
        return self.will_change and self.has_address and not self.setting.is_off

    @property
    def is_gone(self) -> bool:
        """Was sent a list and has nothing to do any more."""
        return not self.content


# --- reading --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Board:
    """All readers of a visit in the order of the lists, and the content their lists show."""

    source: Source
    entries: list[Entry]


def entries(visit: Visit) -> list[Entry]:
    return board(visit).entries


def board(visit: Visit) -> Board:
    """Read for a page or a job; a fixed number of queries, nothing private is opened."""
    members = list(visit.members.select_related("person"))
    legs = list(visit.legs.whole().in_order())
    present = canonical(content_of_visit(visit, members=members, legs=legs))
    source = source_of(visit, present=present)
    facts = ahead = Facts(visit, source.content, members=members, legs=legs, present=present)
    if not source.is_draft:
        ahead = Facts(visit, present, shared=facts)
    sendings = last_sendings(visit)
    pairs = {reader.key: (one, reader) for one, reader in [*readers_of(ahead), *readers_of(facts)]}
    for key, row in sendings.items():  # those who have nothing to do any more are told so
        if key not in pairs and row.kind in BY_CODE and row.content:
            pairs[key] = (BY_CODE[row.kind], reader_from_key(key, row.name))
    settings_of, known = _addresses(visit, [reader for _one, reader in pairs.values()])
    found = [
        _entry(visit, one, reader, source, facts, ahead, sendings.get(key), settings_of.get(key), known)
        for key, (one, reader) in pairs.items()
    ]
    order = [one.code for one in LISTS]
    return Board(source, sorted(found, key=lambda entry: order.index(entry.kind.code)))


def _entry(
    visit: Visit,
    one: ServiceList,
    reader: Reader,
    source: Source,
    facts: Facts,
    ahead: Facts,
    sending: ListSending | None,
    setting: ListReader | None,
    known: dict[str, str],
) -> Entry:
    setting = setting or ListReader(visit=visit, reader=reader.key)
    with override(setting.language):
        content = content_of(one, facts, reader)
        later = content if ahead is facts else content_of(one, ahead, reader)
    email = "" if reader.is_person else known.get(reader.key, "")
    return Entry(
        one,
        reader,
        setting,
        email,
        reader.key in known,
        sending,
        content,
        state_of(sending, content, is_draft=source.is_draft),
        is_touched(sending, later),
    )


def entry_of(visit: Visit, key: str) -> Entry:
    """One reader; raises DomainError when the visit has no such."""
    entry = next((entry for entry in entries(visit) if entry.reader.key == key), None)
    if entry is None:
        raise DomainError(_("This list is not needed any more: nobody of the programme reads it."))
    return entry


def state_of(sending: ListSending | None, content: list[dict[str, Any]], *, is_draft: bool) -> str:
    if sending is None:
        return NEVER
    if sending.content_sha256 != digest_of(content):
        return CHANGED
    return DRAFT if sending.is_draft and not is_draft else AS_SENT


def is_touched(sending: ListSending | None, content: list[dict[str, Any]]) -> bool:
    """An approved version replaces a draft, and otherwise goes only where its rows are other ones."""
    if sending is None or (not content and not sending.content):
        return bool(content)
    return sending.is_draft or sending.content_sha256 != digest_of(content)


def source_of(visit: Visit, *, present: dict[str, Any] | None = None) -> Source:
    """What lists show: what is in force, before the approval a draft of what stands now.

    What has changed is each reader's own, so the source says nothing of it.
    """
    is_open = Q(approved_at__isnull=True)
    newest = visit.versions.annotate(is_open=is_open).order_by("is_open", "-number").first()
    if newest is None or not newest.approved_at:
        content = papers.snapshot(visit) if present is None else present
        return Source(content, number=newest.number + 1 if newest else 1)
    amendment = newest.amendments.first()
    return Source(
        amendment.content if amendment else newest.content,
        version=newest,
        amendment=amendment.number if amendment else 0,
        number=newest.number,
        is_draft=False,
    )


def for_reader(source: Source, entry: Entry) -> Source:
    """The source as this reader gets it: before the approval each list with other rows is a draft of its own number."""
    if not source.is_draft:
        return source
    last = entry.sending
    if last is None or not last.is_draft or last.number != source.number:
        return replace(source, draft=1)
    return replace(source, draft=(last.draft or 1) + (last.content_sha256 != digest_of(entry.content)))


def reader_from_key(key: str, name: str) -> Reader:
    code, _colon, pk = key.partition(":")
    return Reader(code, int(pk) if pk.isdecimal() else None, name)


def last_sendings(visit: Visit) -> dict[str, ListSending]:
    rows = ListSending.objects.filter(visit=visit).order_by("reader", "-pk").distinct("reader")
    return {row.reader: row for row in rows.select_related("mail")}


def _addresses(visit: Visit, readers: list[Reader]) -> tuple[dict[str, ListReader], dict[str, str]]:
    """What was said of each reader, and where each list goes: as said for this visit, else as the last time.

    Of people it is only known that there is an address.
    """
    keys = [reader.key for reader in readers]
    rows = ListReader.objects.filter(Q(visit=visit) | ~Q(email=""), reader__in=keys)
    rows = rows.annotate(is_other=~Q(visit=visit)).order_by("reader", "is_other", "-updated_at", "-pk")
    said: dict[str, Any] = {row.reader: row for row in rows.distinct("reader")}
    settings_of: dict[str, ListReader] = {key: row for key, row in said.items() if row.visit_id == visit.pk}
    found = {key: row.email for key, row in settings_of.items() if row.email}
    people = [reader for reader in readers if reader.is_person]
    held = personal.references([Resource(pk=reader.pk) for reader in people], purpose=CONTACT_PURPOSE)
    found |= {reader.key: "" for reader in people if "email" in held.get(reader.pk or 0, {})}
    for reader in readers:
        before = said.get(reader.key)
        if reader.pk and not reader.is_person and before and before.email:
            found.setdefault(reader.key, before.email)
    for reader in readers:
        if (
            reader.list_code in ("press", "gifts")
            and reader.key not in settings_of
            and visit.responsible.email
        ):
            found.setdefault(reader.key, visit.responsible.email)
    return settings_of, found


def address_of(entry: Entry, *, by: Actor) -> str:
    """Where the list goes; opening a person's own mail is written to the access log."""
    return own_mail(entry.setting.visit, entry.reader, by=by) if entry.reader.is_person else entry.email


def own_mail(visit: Visit, reader: Reader, *, by: Actor) -> str:
    resources = Resource.objects.filter(pk=reader.pk)
    values = personal.get_values(resources, purpose=CONTACT_PURPOSE, by=by, fields=["email"], matter=visit)
    return values.get(reader.pk or 0, {}).get("email", "")


# --- what a person says -----------------------------------------------------------------------------------------


@transaction.atomic
def set_reader(
    visit: Visit, key: str, *, by: Actor, name: str = "", email: str = "", language: str = ReaderLanguage.LT
) -> ListReader:
    """Say to whom a list goes and in which language. A person's mail stands with her as a resource, never here."""
    visit = lock_visit(visit.pk, for_change=False)
    _refuse_when_over(visit)
    reader = entry_of(visit, key).reader
    if reader.is_person and email:
        raise DomainError(_("Write the mail of a person in the directory of resources."), field="email")
    row, _is_new = ListReader.objects.update_or_create(
        visit=visit, reader=key, defaults={"name": name.strip(), "email": email, "language": language}
    )
    audit.record("list.reader_set", visit, by=by, matter=visit, name=name or reader.name)
    return row


@transaction.atomic
def switch_reader(visit: Visit, key: str, *, on: bool, by: Actor) -> ListReader:
    """Leave a reader out of what is sent, or take her in again."""
    visit = lock_visit(visit.pk, for_change=False)
    entry = entry_of(visit, key)
    if entry.setting.is_off == (not on):
        return entry.setting
    row, _is_new = ListReader.objects.update_or_create(
        visit=visit,
        reader=key,
        defaults={"is_off": not on},
        create_defaults={"is_off": not on, "email": entry.email},
    )
    action = "list.reader_on" if on else "list.reader_off"
    audit.record(action, visit, by=by, matter=visit, name=entry.name)
    return row


def _refuse_when_over(visit: Visit) -> None:
    if visit.is_over:
        raise DomainError(_("The visit is closed: it cannot be changed."))


def is_due(entry: Entry) -> bool:
    """Whether what is in force has to go to this reader."""
    if entry.setting.is_off or not entry.has_address:
        return False
    return is_touched(entry.sending, entry.content)
