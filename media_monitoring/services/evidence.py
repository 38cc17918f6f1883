"""Evidence: taken only for what a claim or topic touches, opened by named persons, destroyed on its day unless held."""

from __future__ import annotations

import datetime
import hashlib
import time
from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit, jobs
from core.actor import Actor
from core.errors import DomainError
from core.files import store
from core.models import AccessRecord, StoredFile, acted_by
from documents import typefaces
from documents.intake import check_file
from media_monitoring import snapshot, warc
from media_monitoring.choices import EvidenceKind, EvidenceState, Keeps
from media_monitoring.fetch import MOST_BYTES, Fetched, Fetcher, FetchError
from media_monitoring.models import Article, Evidence, Topic
from media_monitoring.services import filed_evidence
from media_monitoring.services.fetching import obey_robots

PARTS = 12  # pictures and sheets of a page
PARTS_SECONDS = 20
SCREENSHOTS = ("image/png", "image/jpeg", "image/webp", "application/pdf")


@transaction.atomic
def keep_evidence(article: Article, *, ground: str, by: Actor, readers: Iterable[User] = ()) -> Evidence:
    """Ask for the page to be fetched and kept as it is now; who asks and the readers named may open it."""
    if article.outlet.keeps == Keeps.LINK:
        raise DomainError(_("Only links of this outlet may be kept: see the outlet's rules."))
    if not article.url:
        raise DomainError(_("The article has no address: attach a scan or a screenshot."), field="file")
    evidence = _made(article, EvidenceKind.RECORD, ground, by, readers)
    jobs.enqueue("media_monitoring.take_evidence", evidence.pk)
    return evidence


@transaction.atomic
def keep_screenshot(
    article: Article, file: UploadedFile, *, ground: str, by: Actor, readers: Iterable[User] = ()
) -> Evidence:
    """What a person saw and photographed, marked as such."""
    if article.outlet.keeps == Keeps.LINK:
        raise DomainError(_("Only links of this outlet may be kept: see the outlet's rules."))
    content = file.read()
    try:
        checked = check_file(content, file.name or "")
    except DomainError as error:
        raise DomainError(str(error), field="file") from error
    if checked.media_type not in SCREENSHOTS:
        raise DomainError(_("A screenshot is a picture or a PDF."), field="file")
    stored = store(content, name=checked.name, media_type=checked.media_type)
    evidence = _made(article, EvidenceKind.SCREENSHOT, ground, by, readers)
    evidence.record, evidence.sha256, evidence.payload_sha256 = stored, stored.sha256, stored.sha256
    evidence.taken_at, evidence.state = timezone.now(), EvidenceState.KEPT
    evidence.save()
    filed_evidence.file_evidence(evidence, by=by)
    return evidence


def _made(article: Article, kind: str, ground: str, by: Actor, readers: Iterable[User]) -> Evidence:
    ground = " ".join(ground.split())[:300]
    if not ground:
        raise DomainError(_("Say which claim or topic it is kept for."), field="ground")
    days = datetime.timedelta(days=article.outlet.evidence_days)
    evidence = Evidence.objects.create(
        article=article,
        kind=kind,
        ground=ground,
        url=article.url,
        destroy_on=timezone.localdate() + days,
        **acted_by(by),
    )
    evidence.readers.set({*readers, *([by.user] if by.user else [])})
    audit.record("evidence.asked", evidence, by=by, ground=ground)
    return evidence


def keep_for_topics(article: Article, topics: Iterable[int]) -> Evidence | None:
    """Of an outlet whose rule says so: what a topic touches is kept once by itself, for those who watch the topic."""
    if article.outlet.keeps != Keeps.EVIDENCE or not article.url or article.evidence.exists():
        return None
    touched = list(Topic.objects.filter(pk__in=topics).prefetch_related("watchers"))
    readers = {user for topic in touched for user in topic.watchers.all()}
    if not readers:
        return None  # nobody could open it
    names = ", ".join(topic.name for topic in touched)
    return keep_evidence(article, ground=names, by=Actor.system(), readers=readers)


def take_evidence(pk: int, *, fetcher: Fetcher | None = None) -> bool:
    """Fetch the page with its pictures and sheets, keep the bytes, and draw the page from them; says whether it is kept."""
    evidence = Evidence.objects.filter(pk=pk, state__in=(EvidenceState.ASKED, EvidenceState.FAILED)).first()
    if evidence is None or evidence.kind != EvidenceKind.RECORD:
        return False
    fetcher = fetcher or Fetcher()
    try:
        obey_robots(evidence.url, fetcher)
        moment = timezone.now()
        answer = fetcher.get(evidence.url, is_raw=True)
    except FetchError as error:
        evidence.state, evidence.problem = EvidenceState.FAILED, str(error)[:300]
        evidence.save(update_fields=["state", "problem", "updated_at"])
        return False
    content = warc.record([(answer, moment), *_parts(answer, fetcher)])
    kept = store(content, name=f"{evidence.pk}.warc.gz", media_type="application/warc")
    evidence.record, evidence.sha256 = kept, kept.sha256
    evidence.payload_sha256 = hashlib.sha256(answer.raw).hexdigest()
    evidence.url, evidence.taken_at = answer.url[:1000], moment
    evidence.state, evidence.problem = EvidenceState.KEPT, ""
    evidence.save()
    _draw(evidence, content)
    audit.record(
        "evidence.kept",
        evidence,
        by=Actor.system(),
        sha256=evidence.sha256,
        payload_sha256=evidence.payload_sha256,
    )
    filed_evidence.file_evidence(evidence, by=Actor.system())
    return True


def _parts(page: Fetched, fetcher: Fetcher) -> list[tuple[Fetched, datetime.datetime]]:
    """Pictures and sheets the page shows itself with, of whatever server, a dozen at most and small."""
    from lxml import etree, html  # noqa: PLC0415 -- only the worker reads pages

    try:
        tree = html.document_fromstring(page.body)
    except (etree.LxmlError, ValueError):
        return []
    wanted = tree.xpath("//link[contains(@rel, 'stylesheet')]/@href | //img/@src")
    addresses = list(dict.fromkeys(urljoin(page.url, str(one).strip()) for one in wanted))
    ends_at, room = time.monotonic() + PARTS_SECONDS, MOST_BYTES
    found = []
    for address in [one for one in addresses if urlsplit(one).scheme in ("http", "https")][:PARTS]:
        if time.monotonic() > ends_at or room <= 0:
            break
        part = Fetcher(open_to=fetcher.open_to, most_bytes=room, most_seconds=fetcher.most_seconds)
        try:
            obey_robots(address, fetcher)
            answer = part.get(address, is_raw=True)
        except FetchError:
            continue
        room -= len(answer.body)
        found.append((answer.asked_as(address), timezone.now()))
    return found


def _draw(evidence: Evidence, content: bytes) -> None:
    moment = timezone.localtime(evidence.taken_at).strftime("%Y-%m-%d %H:%M:%S %z")
    note = f"{evidence.url} · {moment} · SHA-256 {evidence.payload_sha256}"
    try:
        pdf = snapshot.draw(content, note, str(typefaces.fontconfig_file()))
    except snapshot.NotDrawnError:
        evidence.snapshot_problem = _("The page could not be drawn within the limits; its bytes are kept.")
    else:
        evidence.snapshot = store(pdf, name=f"{evidence.pk}.pdf", media_type="application/pdf")
    evidence.save(update_fields=["snapshot", "snapshot_problem", "updated_at"])


@transaction.atomic
def open_evidence(evidence: Evidence, what: str, *, by: Actor) -> StoredFile:
    """The record or its print, to a named person; the access log keeps who opened it."""
    stored = evidence.snapshot if what == "snapshot" else evidence.record
    if by.user is None or not evidence.may_be_opened_by(by.user):
        raise DomainError(_("This evidence is opened by the persons named on it only."))
    if stored is None:
        raise DomainError(_("There is no such file."))
    AccessRecord.objects.create(
        subject_type="media_monitoring.evidence",
        subject_pk=evidence.pk,
        fields=[what],
        purpose="evidence",
        **acted_by(by),
    )
    return stored


@transaction.atomic
def name_readers(evidence: Evidence, readers: Iterable[User], *, by: Actor) -> None:
    """Say anew who may open it; somebody must."""
    chosen = list(readers)
    if not chosen:
        raise DomainError(_("Name at least one person."), field="readers")
    evidence.readers.set(chosen)
    filed_evidence.tell_readers(evidence)
    audit.record("evidence.readers_named", evidence, by=by, readers=[str(user) for user in chosen])


@transaction.atomic
def hold_evidence(evidence: Evidence, reason: str, *, by: Actor) -> None:
    """It is not destroyed on its day while this reason stands."""
    locked = Evidence.objects.select_for_update().get(pk=evidence.pk)
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise DomainError(_("Say why it is held."), field="reason")
    if locked.state == EvidenceState.DESTROYED:
        raise DomainError(_("It is destroyed already."))
    locked.held_at, locked.held_by, locked.held_reason = timezone.now(), by.user, reason
    locked.save(update_fields=["held_at", "held_by", "held_reason", "updated_at"])
    audit.record("evidence.held", locked, by=by, reason=reason)


@transaction.atomic
def release_evidence(evidence: Evidence, *, by: Actor) -> None:
    locked = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if locked.held_at is None:
        raise DomainError(_("It is not held."))
    locked.held_at, locked.held_by, locked.held_reason = None, None, ""
    locked.save(update_fields=["held_at", "held_by", "held_reason", "updated_at"])
    audit.record("evidence.released", locked, by=by)


def destroy_due(today: datetime.date) -> int:
    """Destroy the files whose day has come and nobody holds, nor the case file they lie in; the hash stays.

    Returns how many.
    """
    return sum(
        _destroy(pk, today) for pk in Evidence.objects.to_destroy(today).values_list("pk", flat=True)[:500]
    )


@transaction.atomic
def _destroy(pk: int, today: datetime.date) -> bool:
    rows: Any = Evidence.objects.select_for_update().to_destroy(today)
    evidence = rows.filter(pk=pk).first()
    if evidence is None or not filed_evidence.end(evidence):
        return False
    files = [one for one in (evidence.record, evidence.snapshot) if one is not None]
    evidence.record = evidence.snapshot = None
    evidence.state, evidence.destroyed_at = EvidenceState.DESTROYED, timezone.now()
    evidence.save()
    for stored in files:
        _erase(stored)
    audit.record("evidence.destroyed", evidence, by=Actor.system(), sha256=evidence.sha256)
    return True


def _erase(stored: StoredFile) -> None:
    """The bytes go after the commit, unless something else of the house is made of the same ones."""
    try:
        with transaction.atomic():
            stored.delete()
    except ProtectedError:
        return
    storage, name = stored.file.storage, str(stored.file.name)
    transaction.on_commit(lambda: storage.delete(name))
