"""Jobs of the archive: each takes a key and may run twice."""

from __future__ import annotations

import datetime
import logging

from celery import shared_task

from core import jobs
from core.actor import Actor
from core.errors import DomainError
from core.jobs import PostponedError, register_job
from core.models import Job

logger = logging.getLogger(__name__)
SEAL_PAUSE = datetime.timedelta(minutes=10)  # until a key or a server that was unfit is asked again


@register_job("archive.draw_plan", queue="documents")
def draw_plan(job: Job) -> None:
    from archive import services  # noqa: PLC0415 -- services enqueue this job
    from archive.models import Plan  # noqa: PLC0415 -- app registry

    plan = Plan.objects.filter(pk=int(job.key)).first()
    if plan is None:
        logger.warning("Plan %s is gone; nothing to draw", job.key)
        return
    services.draw_plan(plan, job)


@register_job("archive.place_waiting", queue="documents")
def place_waiting(job: Job) -> None:
    from archive import services  # noqa: PLC0415 -- services enqueue this job

    placed = services.place_waiting(int(job.key), by=Actor.system())
    job.report(placed, placed)


@register_job("archive.count_pages", queue="documents")
def count_pages(job: Job) -> None:
    from archive.models import Placement  # noqa: PLC0415 -- app registry
    from archive.services.placing import count_pages as count  # noqa: PLC0415 -- services enqueue this job

    placement = Placement.objects.select_related("document").filter(pk=int(job.key)).first()
    if placement is None or placement.left_at:
        return
    count(placement)


def _tell_failed_export(job: Job) -> None:
    from archive.services import telling  # noqa: PLC0415 -- app registry

    telling.tell_failed(job)


@register_job("archive.export_file", queue="documents", on_failure=_tell_failed_export)
def export_file(job: Job) -> None:
    from archive.models import CaseFile  # noqa: PLC0415 -- app registry
    from archive.services import exporting, telling  # noqa: PLC0415 -- services enqueue this job
    from documents.sealing.keys import KeyUnfitError  # noqa: PLC0415 -- workers only
    from documents.sealing.signing import TimeStampsAwayError  # noqa: PLC0415 -- workers only

    file = CaseFile.objects.filter(pk=int(job.key)).first()
    if file is None:
        logger.warning("Case file %s is gone; nothing to export", job.key)
        return
    try:
        made = exporting.export_file(file, by=jobs.asked_by(job.payload), job=job)
    except (KeyUnfitError, TimeStampsAwayError) as error:
        telling.tell_waiting(job, file, str(error))
        raise PostponedError(str(error), pause=SEAL_PAUSE) from error
    telling.tell_ready(job, made)


@register_job("archive.draw_act", queue="documents")
def draw_act(job: Job) -> None:
    from archive import models  # noqa: PLC0415 -- app registry
    from archive.services import steps  # noqa: PLC0415 -- services enqueue this job

    name, _colon, pk = job.key.partition(":")
    kinds = {"inventory": models.Inventory, "destruction": models.Destruction, "transfer": models.Transfer}
    row = kinds[name]._default_manager.filter(pk=int(pk)).first()
    if row is None:
        logger.warning("%s is gone; nothing to draw", job.key)
        return
    steps.draw(row, job=job)


@register_job("archive.erase_destruction", queue="documents", max_attempts=10)
def erase_destruction(job: Job) -> None:
    from archive.models import Destruction  # noqa: PLC0415 -- app registry
    from archive.services import erasing  # noqa: PLC0415 -- services enqueue this job

    row = Destruction.objects.filter(pk=int(job.key)).first()
    if row is None:
        logger.warning("Destruction %s is gone; nothing to erase", job.key)
        return
    erasing.erase(row, job)


def _give_up_verifying(job: Job) -> None:
    from archive.services import verifying  # noqa: PLC0415 -- app registry

    verifying.give_up(job)


@register_job("archive.verify_export", queue="documents", on_failure=_give_up_verifying)
def verify_export(job: Job) -> None:
    from archive.models import Verification  # noqa: PLC0415 -- app registry
    from archive.services import verifying  # noqa: PLC0415 -- services enqueue this job

    row = Verification.objects.select_related("upload", "export__pdf").filter(pk=int(job.key)).first()
    if row is None:
        logger.warning("Verification %s is gone; nothing to look at", job.key)
        return
    verifying.verify(row)


@shared_task(name="archive.renew_seals", ignore_result=True)
def renew_seals() -> int:
    """Asks for the renewal of the seals that end soon; tells in time of a key that ends or does not open."""
    from archive.services import seals, telling  # noqa: PLC0415 -- keeps the worker's start light

    if why := seals.watch_key():
        telling.tell_of_key(why)
    return seals.renew_due()


@register_job("archive.renew_seal", queue="documents")
def renew_seal(job: Job) -> None:
    from archive.models import CaseExport  # noqa: PLC0415 -- app registry
    from archive.services import seals, telling  # noqa: PLC0415 -- services enqueue this job

    export = CaseExport.objects.filter(pk=int(job.key)).first()
    if export is None:
        logger.warning("Export %s is gone; no seal to renew", job.key)
        return
    try:
        seals.renew_seal(export, by=Actor.system())
    except DomainError as error:
        telling.tell_not_renewed(export, str(error))
        raise


@register_job("archive.pack_transfer", queue="documents")
def pack_transfer(job: Job) -> None:
    from archive.models import Transfer  # noqa: PLC0415 -- app registry
    from archive.services import transfers  # noqa: PLC0415 -- services enqueue this job

    row = Transfer.objects.filter(pk=int(job.key)).first()
    if row is None:
        logger.warning("Transfer %s is gone; nothing to pack", job.key)
        return
    transfers.pack(row, by=jobs.asked_by(job.payload), job=job)


@shared_task(name="archive.read_unread", ignore_result=True)
def read_unread() -> int:
    """Asks for what nobody asked: documents filed before there was a search, or whose words are kept by older rules."""
    from archive.services import texts  # noqa: PLC0415 -- keeps the worker's start light

    return texts.request_unread()


@register_job("archive.read_document", queue="documents")
def read_document(job: Job) -> None:
    from archive.services import texts  # noqa: PLC0415 -- services enqueue this job

    texts.read_document(int(job.key))


@register_job("archive.forget_words", queue="documents")
def forget_words(job: Job) -> None:
    from archive.services import texts  # noqa: PLC0415 -- services enqueue this job

    texts.forget_words()
