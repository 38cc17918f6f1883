"""The audit trail: events are plainly added, sealed in blocks, and checked by `manage.py verify_audit`."""

from __future__ import annotations

import datetime
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from core import search
from core.actor import Actor
from core.models import AuditEvent, AuditSeal, acted_by

# An event younger than this may still be joined by one with a smaller number whose transaction is open.
SETTLED_AFTER_SECONDS = 5


def record(action: str, subject: models.Model, *, by: Actor, matter: Any = None, **data: Any) -> AuditEvent:
    """Write what was done, in the transaction of the deed; `data` holds no personal values."""
    if matter is None and hasattr(subject, "matter_id"):
        matter_pk = subject.matter_id
    elif isinstance(matter, int) or matter is None:
        matter_pk = matter
    else:
        matter_pk = matter.pk
    search.changed(subject, matter_pk)
    return AuditEvent.objects.create(
        action=action,
        subject_type=subject._meta.label_lower,
        subject_pk=subject.pk,
        subject_label=str(subject)[:200],
        matter_pk=matter_pk,
        data=data,
        **acted_by(by),
    )


def last_hand(row: models.Model) -> str:
    """Who changed the row last; nothing when nobody did."""
    event = AuditEvent.objects.filter(subject_type=row._meta.label_lower, subject_pk=row.pk).last()
    return event.actor_label if event else ""


def event_digest(event: AuditEvent) -> bytes:
    """SHA-256 over the event's canonical JSON."""
    content = [
        event.pk,
        event.at.isoformat(),
        event.action,
        event.subject_type,
        event.subject_pk,
        event.subject_label,
        event.matter_pk,
        event.data,
        event.actor_user_id,
        event.actor_name,
        event.actor_channel,
        event.actor_for_id,
        event.actor_for_name,
    ]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).digest()


def merkle_root(leaves: list[bytes]) -> str:
    """The root of a binary hash tree; an odd node is carried up (RFC 6962 prefixes keep leaves and nodes apart)."""
    level = [hashlib.sha256(b"\x00" + leaf).digest() for leaf in leaves]
    while len(level) > 1:
        pairs = [
            hashlib.sha256(b"\x01" + level[i] + level[i + 1]).digest() for i in range(0, len(level) - 1, 2)
        ]
        level = pairs + ([level[-1]] if len(level) % 2 else [])
    return level[0].hex()


def _block_root(previous: str, leaves: list[bytes]) -> str:
    return hashlib.sha256(bytes.fromhex(previous) + bytes.fromhex(merkle_root(leaves))).hexdigest()


def settled_before() -> datetime.datetime:
    """Events older than this are all there: no running transaction may still add one with a smaller number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(xact_start) FROM pg_stat_activity"
            " WHERE state <> 'idle' AND pid <> pg_backend_pid() AND datname = current_database()"
        )
        oldest = cursor.fetchone()[0]
    settled = timezone.now() - datetime.timedelta(seconds=SETTLED_AFTER_SECONDS)
    return min(settled, oldest) if oldest else settled


@transaction.atomic
def seal(limit: int = 10_000) -> AuditSeal | None:
    """Seal the committed events after the last seal; None when there is nothing settled to seal."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('core.audit.seal'))")
    last = AuditSeal.objects.last()
    events = list(
        AuditEvent.objects.filter(pk__gt=last.last if last else 0, at__lt=settled_before()).order_by("pk")[
            :limit
        ]
    )
    if not events:
        return None
    previous = last.root if last else ""
    return AuditSeal.objects.create(
        first=events[0].pk,
        last=events[-1].pk,
        count=len(events),
        root=_block_root(previous, [event_digest(event) for event in events]),
        previous_root=previous,
    )


@dataclass(frozen=True)
class Verdict:
    """What a check of the whole trail found: sealed and unsealed counts, and the first broken seal."""

    sealed: int
    unsealed: int
    broken: AuditSeal | None
    reason: str = ""


def verify() -> Verdict:
    """Compute every seal anew. Holes inside a block, changed and deleted events all break its root."""
    previous, last, sealed = "", 0, 0
    for block in AuditSeal.objects.all():
        events = list(AuditEvent.objects.filter(pk__gt=last, pk__lte=block.last).order_by("pk"))
        if block.previous_root != previous:
            return Verdict(sealed, 0, block, "chain")
        if len(events) != block.count:
            return Verdict(sealed, 0, block, "count")
        if not events or _block_root(previous, [event_digest(event) for event in events]) != block.root:
            return Verdict(sealed, 0, block, "root")
        previous, last, sealed = block.root, block.last, sealed + block.count
    return Verdict(sealed, AuditEvent.objects.filter(pk__gt=last).count(), None)
