"""Verifying an export: of bytes sent in or of one kept here; what was found is kept and shown."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from archive import choices
from archive.export.verifying import BAD, NOTE, OK, Check, judge
from archive.models import CaseExport, RenewedSeal, Verification
from core import audit, jobs
from core.actor import Actor
from core.choices import Channel
from core.errors import DomainError
from core.files import store
from core.models import Job, StoredFile, acted_by
from documents.services.filing import drop_unused

JOB = "archive.verify_export"
ROOT = Path(__file__).resolve().parents[2]
MEMORY, CPU, WALL = 2048, 120, 300  # megabytes and seconds of one file


class TooMuchError(DomainError):
    """The file needs more than a file may: it is not looked at any further."""


@dataclass(frozen=True)
class Conclusion:
    verdict: str
    checks: list[Check]
    export: CaseExport | None
    seals: list[dict[str, Any]]


# --- asking -------------------------------------------------------------------------------------------------


@transaction.atomic
def ask_of_upload(content: bytes, name: str, *, by: Actor) -> Verification:
    """Somebody brings a file; its bytes are kept only until a worker has looked at them."""
    if not content:
        raise DomainError(_("The file is empty."), field="file")
    stored = store(content, name=name[:255], media_type="application/octet-stream")
    row = Verification.objects.create(
        name=name[:255], sha256=stored.sha256, size=stored.size, upload=stored, **acted_by(by)
    )
    jobs.enqueue(JOB, row.pk)
    return row


@transaction.atomic
def ask_of_export(export: CaseExport, *, by: Actor) -> Verification:
    """One of those kept here: the bytes as they lie in the store now."""
    if export.pdf is None:
        raise DomainError(_("The export is destroyed by act: there are no bytes to verify."))
    row = Verification.objects.create(
        name=f"{export.pdf.name.removesuffix('.pdf')}-v{export.number}.pdf"[:255],
        sha256=export.sha256,
        size=export.pdf.size,
        export=export,
        **acted_by(by),
    )
    jobs.enqueue(JOB, row.pk)
    return row


# --- looking ------------------------------------------------------------------------------------------------


def verify(row: Verification) -> Verification:
    """Look at the bytes, write down what they are, let go of what was sent in. Done once."""
    if row.finished_at:
        return row
    source = row.upload or (row.export.pdf if row.export else None)
    if source is None:
        return finish(row, Conclusion(choices.Verdict.UNREADABLE, [Check("bytes_gone", BAD)], row.export, []))
    try:
        with source.file.open("rb") as content:
            facts = examine_apart(content)
        concluded = conclude(facts, meant=row.export)
    except TooMuchError:
        concluded = Conclusion(choices.Verdict.UNREADABLE, [Check("too_much", BAD)], row.export, [])
    return finish(row, concluded)


@transaction.atomic
def finish(row: Verification, concluded: Conclusion) -> Verification:
    upload = row.upload_id
    row.verdict, row.export, row.upload = concluded.verdict, concluded.export, None
    row.found = {"checks": [check.as_json() for check in concluded.checks], "seals": concluded.seals}
    row.finished_at = timezone.now()
    row.save()
    if row.export is not None:
        audit.record(
            "case_file.export_verified",
            row.export.file,
            by=Actor(name=row.actor_name, channel=Channel(row.actor_channel), user=row.actor_user),
            number=row.export.number,
            verdict=str(row.verdict),
        )
    if upload:
        transaction.on_commit(lambda: drop_unused([upload]))
    return row


def give_up(job: Job) -> None:
    """A file that no worker survives is not tried for ever."""
    row = Verification.objects.filter(pk=int(job.key), finished_at=None).first()
    if row is not None:
        finish(row, Conclusion(choices.Verdict.UNREADABLE, [Check("too_much", BAD)], row.export, []))


def examine_apart(content: IO[bytes]) -> dict[str, Any]:
    """`archive.export.examine` in a bounded process without network."""
    from documents.converting import sandbox  # noqa: PLC0415 -- workers and commands only

    places = {sys.prefix, sys.base_prefix, sys.exec_prefix}
    places |= {str(ROOT / name) for name in ("archive", "documents", "core")}
    with sandbox.scratch() as folder:
        with (folder / "file.pdf").open("wb") as target:
            shutil.copyfileobj(content, target, 1 << 20)
            mapped = 3 * target.tell()  # a large file is looked at where it lies: address space, not memory
        limits = sandbox.Limits(memory=MEMORY * sandbox.MEGABYTE + mapped, cpu=CPU, wall=WALL)
        if settings.SEAL_TRUST:
            (folder / "roots.pem").write_bytes(Path(settings.SEAL_TRUST).read_bytes())
        command: list[str | Path] = [sys.executable, "-I", ROOT / "archive" / "export" / "examine.py"]
        done = sandbox.run(command, folder, limits, reads=sorted(places))
        answer = sandbox.read(folder / "answer.json", 200 * sandbox.MEGABYTE) if done.is_well else b""
    if not answer:
        raise TooMuchError(
            _("The file needs more memory or time than one may: it is not looked at any further.")
        )
    return json.loads(answer)


# --- concluding ---------------------------------------------------------------------------------------------


def conclude(facts: dict[str, Any], *, meant: CaseExport | None = None) -> Conclusion:
    """What the file is: by itself, by its sum, by its inventory, by its seals. `meant`: whose bytes it ought to be."""
    own = judge(facts)
    checks, seals = list(own.checks), facts["seals"]
    by_sum, is_before = _of_sum(own.sha256)
    export = by_sum or meant or (_of_inventory(own.manifest) if own.is_readable else None)
    if by_sum is not None:
        checks.insert(
            0, Check("sum_before" if is_before else "sum", NOTE if is_before else OK, {"sha256": own.sha256})
        )
    else:
        checks.insert(
            0,
            Check(
                "sum_differs" if export else "sum_unknown", BAD if export else NOTE, {"sha256": own.sha256}
            ),
        )
    if export is not None and own.is_readable:
        checks += _against_rows(export, own.manifest)
    if own.is_readable:
        checks += _whose_seals(export, seals)
    if not own.is_readable:
        return Conclusion(
            choices.Verdict.UNREADABLE if export is None else choices.Verdict.CHANGED, checks, export, seals
        )
    if any(check.state == BAD for check in checks):
        return Conclusion(choices.Verdict.CHANGED, checks, export, seals)
    if export is None:
        return Conclusion(choices.Verdict.FOREIGN, checks, None, seals)
    if is_before:
        return Conclusion(choices.Verdict.RENEWED, checks, export, seals)
    newest = export.file.exports.order_by("-number").first()
    if newest != export:
        checks.append(Check("superseded", NOTE, {"number": newest.number}))
        return Conclusion(choices.Verdict.SUPERSEDED, checks, export, seals)
    return Conclusion(choices.Verdict.WHOLE, checks, export, seals)


def _of_sum(sha256: str) -> tuple[CaseExport | None, bool]:
    """The export with these bytes, and whether they are those from before a renewal of its seal."""
    rows = CaseExport.objects.select_related("file__line__plan")
    if found := rows.filter(sha256=sha256).first():
        return found, False
    if renewal := RenewedSeal.objects.filter(sha256_before=sha256).first():
        return rows.get(pk=renewal.export_id), True
    return None, False


def _of_inventory(manifest: dict[str, Any]) -> CaseExport | None:
    rows = CaseExport.objects.select_related("file__line__plan")
    return rows.filter(manifest=manifest).order_by("-number").first()


def _against_rows(export: CaseExport, manifest: dict[str, Any]) -> list[Check]:
    """The inventory inside against the one in the database; what of its originals the portal still keeps."""
    if export.pdf is None:  # its titles went with it: sums and pages are left to compare
        same = [one["sha256"] for one in manifest["entries"]] == [
            one["sha256"] for one in export.manifest["entries"]
        ]
        return [
            Check("destroyed", NOTE),
            Check("inventory" if same else "inventory_differs", OK if same else BAD),
        ]
    if export.manifest != manifest:
        return [Check("inventory_differs", BAD)]
    sums = {one["sha256"] for entry in manifest["entries"] for one in entry["files"]}
    kept = StoredFile.objects.filter(sha256__in=sums).count()
    gone = len(sums) - kept
    return [Check("inventory", OK), Check("kept", NOTE if gone else OK, {"kept": kept, "count": len(sums)})]


def _whose_seals(export: CaseExport | None, seals: list[dict[str, Any]]) -> list[Check]:
    """Whether the seals are those the portal put on; a self-made one is said so whatever else is true."""
    put_on = [seal for seal in seals if not seal["is_stamp"]]
    checks = [Check("demo", NOTE)] if any(seal["is_demo"] for seal in put_on) else []
    if export is None:
        return checks + ([] if put_on else [Check("unsealed", NOTE)])
    if not export.seal_kind:
        return [*checks, Check("unsealed", NOTE)] if not put_on else [*checks, Check("seal_unknown", BAD)]
    known = {export.seal_fingerprint, *export.renewals.values_list("fingerprint", flat=True)}
    if not put_on:
        return [*checks, Check("seal_missing", BAD)]
    if any(seal["fingerprint"] not in known for seal in put_on):
        return [*checks, Check("seal_unknown", BAD)]
    return [*checks, Check("seal_ours", OK)] if all(seal["is_intact"] for seal in seals) else checks
