"""The seal over an export, and its renewal before it can no longer be verified."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from archive.models import CaseExport, RenewedSeal
from archive.services.files import lock_file
from core import audit, jobs
from core.actor import Actor
from core.errors import DomainError
from core.files import measure, store
from core.models import Job, acted_by
from documents import conformance
from documents.pdf import NotConformingError
from documents.services.filing import drop_unused

JOB = "archive.renew_seal"
ONCE = datetime.timedelta(hours=20)  # a renewal that did not come off is tried once a day
LEAST_GAIN = datetime.timedelta(days=30)


class Sealing:
    """One sealing: who seals is known before the sheets are drawn, the seal itself comes last.

    Without a key in the settings nothing is put on and the export says so. The key is opened twice, not held open
    while a file is assembled: a device serves others meanwhile.
    """

    def __init__(self) -> None:
        from documents.sealing import keys  # noqa: PLC0415 -- workers only

        self.subject = self.fingerprint = ""
        self.is_demo = False
        self.facts: dict[str, Any] = {}
        if keys.configured_kind():
            with keys.opened() as key:
                self.subject, self.fingerprint, self.is_demo = key.subject, key.fingerprint, key.is_demo

    def put(self, path: Path) -> None:
        """Seal the file where it lies."""
        from documents.sealing import keys, signing  # noqa: PLC0415 -- workers only

        if not self.fingerprint:
            return
        with keys.opened() as key:
            if key.fingerprint != self.fingerprint:
                raise keys.KeyUnfitError(
                    _("The key of the seal was exchanged meanwhile; the export begins anew.")
                )
            with path.open("r+b") as file:
                made = signing.seal(file, key)
                _must_read_back(file, key.roots)
        self.facts = {
            "seal_kind": key.kind,
            "seal_level": made.level,
            "seal_subject": key.subject[:300],
            "seal_fingerprint": key.fingerprint,
            "seal_note": made.note[:300],
            "sealed_at": timezone.now(),
            "sealed_until": made.until,
        }


def _must_read_back(file: IO[bytes], roots: list[Any]) -> None:
    from documents.sealing import reading  # noqa: PLC0415 -- workers only

    found = reading.read(file, roots)
    if not found or not all(one.is_intact and one.is_last_word for one in found):
        raise RuntimeError("The seal that was put on does not verify.")


def renew_due() -> int:
    """Ask for the renewal of every seal near its end, each at most once a day; returns how many."""
    tried = set(
        Job.objects.filter(kind=JOB, finished_at__gt=timezone.now() - ONCE).values_list("key", flat=True)
    )
    due = [
        pk for pk in CaseExport.objects.seal_to_renew().values_list("pk", flat=True) if str(pk) not in tried
    ]
    for pk in due:
        jobs.enqueue(JOB, pk)
    return len(due)


def watch_key() -> str:
    """What is wrong with the key of the settings, or that it ends soon; nothing when all is well."""
    from documents.sealing import keys  # noqa: PLC0415 -- workers only

    with override(settings.LANGUAGE_CODE):
        state = keys.state()
        if state.problem:
            return state.problem
        if state.ends is not None and state.ends_soon:
            return _("The certificate of the seal ends on %(day)s: get a new one in time.") % {
                "day": timezone.localdate(state.ends).isoformat()
            }
    return ""


def renew_seal(export: CaseExport, *, by: Actor) -> RenewedSeal | None:
    """Prolong the seal: a time stamp over the whole, else a new seal. None when there is nothing to do any more.

    The bytes only grow, so those before are dropped: their sum and length prove them inside the new ones.
    """
    from documents.converting import sandbox  # noqa: PLC0415 -- workers only
    from documents.sealing import keys  # noqa: PLC0415 -- workers only

    export = CaseExport.objects.select_related("file__line", "pdf").get(pk=export.pk)
    if not CaseExport.objects.seal_to_renew().filter(pk=export.pk).exists():
        return None
    until = export.sealed_until
    assert until is not None  # a seal to renew has its end
    with sandbox.scratch() as folder, (folder / "export.pdf").open("w+b") as file:
        with export.pdf.file.open("rb") as kept:
            shutil.copyfileobj(kept, file, 1 << 20)
        digest, size = measure(file)
        if digest != export.sha256:
            raise DomainError(_("The kept export is not what was sealed: its seal is not renewed."))
        with override(settings.LANGUAGE_CODE), keys.opened() as key:
            made = _renewed(file, key, until)
        file.flush()
        if problems := conformance.check_long(Path(file.name), [export.level], pages=export.pages):
            raise NotConformingError(problems)
        return _keep(export, file, made, key, size, by)


def _renewed(file: IO[bytes], key: Any, until: datetime.datetime) -> Any:
    from documents.sealing import signing  # noqa: PLC0415 -- workers only

    if not settings.SEAL_TSA_URL and key.ends < until + LEAST_GAIN:
        raise DomainError(
            _("The seal is not renewed: the certificate in use ends no later. Get a new one before %(day)s.")
            % {"day": timezone.localdate(until).isoformat()}
        )
    made = signing.renew(file, key)
    _must_read_back(file, key.roots)
    if made.until < until + LEAST_GAIN:
        raise DomainError(_("The seal is not renewed: the time stamps of the server end no later."))
    return made


def _keep(
    export: CaseExport, content: IO[bytes], made: Any, key: Any, size: int, by: Actor
) -> RenewedSeal | None:
    stored = store(content, name=export.pdf.name, media_type="application/pdf")
    with transaction.atomic():
        file = lock_file(export.file)
        now = CaseExport.objects.select_for_update(of=("self",)).get(pk=export.pk)
        if now.sha256 != export.sha256 or now.pdf_id is None:
            transaction.on_commit(lambda: drop_unused([stored.pk]))
            return None
        renewal = RenewedSeal.objects.create(
            export=now,
            number=now.renewals.count() + 1,
            is_stamp=made.level == "stamp",
            sha256_before=now.sha256,
            size_before=size,
            sha256_after=stored.sha256,
            until_before=now.sealed_until,
            until=made.until,
            subject=key.subject[:300],
            fingerprint=key.fingerprint,
            **acted_by(by),
        )
        old, now.pdf, now.sha256, now.sealed_until = now.pdf_id, stored, stored.sha256, made.until
        now.save()
        audit.record(
            "case_file.seal_renewed",
            file,
            by=by,
            number=now.number,
            sha256=now.sha256,
            until=made.until.isoformat(),
        )
        transaction.on_commit(lambda: drop_unused([old]))
    return renewal
