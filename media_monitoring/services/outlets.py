"""Outlets and their sources: brought from data, saved, switched on and off."""

from __future__ import annotations

import csv
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.actor import Actor
from core.errors import DomainError
from media_monitoring.choices import FETCHED, SourceKind, SourceState
from media_monitoring.models import (
    Outlet,
    Source,
)
from media_monitoring.services.newsletters import look_again

DATA = Path(__file__).parent.parent / "data" / "outlets.csv"


@transaction.atomic
def sync_outlets(*, dry_run: bool = False) -> int:
    """Bring the outlets of the data file that are not there yet; what people changed stays. Returns how many came."""
    with DATA.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    known = set(Outlet.objects.values_list("name", flat=True))
    new = [
        Outlet(
            name=row["name"],
            kind=row["kind"],
            scope=row["scope"],
            site=row["site"],
            note=row["note"],
            source=row["source"],
            is_verified=row["confidence"] == "sourced",
            keeps=row["keeps"],
            readers=row["readers"],
            kept_days=int(row["kept_days"]) if row["kept_days"] else None,
            ground=row["ground"],
        )
        for row in rows
        if row["name"] not in known
    ]
    if not dry_run:
        Outlet.objects.bulk_create(new)
    return len(new)


@transaction.atomic
def save_outlet(outlet: Outlet, *, by: Actor, fields: list[str], revision: int | None = None) -> Outlet:
    """Add an outlet or change its rules; a rule that keeps less takes effect when texts are next looked through."""
    is_new = outlet.pk is None
    if is_new:
        outlet.save()
    else:
        outlet.save_if_current(revision, fields)
    rules = {
        name: getattr(outlet, name) for name in ("keeps", "readers", "kept_days", "evidence_days", "ground")
    }
    audit.record("outlet.added" if is_new else "outlet.changed", outlet, by=by, **rules)
    return outlet


@transaction.atomic
def save_source(source: Source, *, by: Actor, fields: list[str], revision: int | None = None) -> Source:
    """Add or change a source; a changed one is asked anew at once."""
    if source.kind in FETCHED and not source.url:
        raise DomainError(_("Write the address that is to be asked."), field="url")
    if source.kind == SourceKind.NEWSLETTER:
        _check_sender(source)
        look_again()
    else:
        source.sender = ""
    source.url = source.url or ""
    if source.url and Source.objects.filter(url=source.url).exclude(pk=source.pk).exists():
        raise DomainError(_("This address is asked already."), field="url")
    is_new = source.pk is None
    if is_new:
        source.save()
    else:
        source.state, source.reason, source.fails = SourceState.NEW, "", 0
        source.etag = source.last_modified = source.body_sha256 = ""
        source.next_poll_at = timezone.now()
        renewed = ["state", "reason", "fails", "etag", "last_modified", "body_sha256", "next_poll_at"]
        source.save_if_current(revision, [*fields, *renewed])
    audit.record("source.added" if is_new else "source.changed", source, by=by, url=source.url)
    return source


def _check_sender(source: Source) -> None:
    source.sender, source.url = source.sender.strip().lower(), ""
    if not source.sender:
        raise DomainError(_("Write the address the letters come from."), field="sender")
    if Source.objects.filter(sender=source.sender).exclude(pk=source.pk).exists():
        raise DomainError(_("Letters of this sender are taken already."), field="sender")


@transaction.atomic
def switch_source(source: Source, *, on: bool, by: Actor) -> Source:
    source = Source.objects.select_for_update().get(pk=source.pk)
    source.state, source.reason, source.fails = (SourceState.NEW if on else SourceState.OFF), "", 0
    source.next_poll_at = timezone.now()
    source.save()
    if on and source.kind == SourceKind.NEWSLETTER:
        look_again()
    audit.record("source.switched_on" if on else "source.switched_off", source, by=by)
    return source
