"""Jobs of the archive: each takes a key and may run twice."""

from __future__ import annotations

import logging

from core.actor import Actor
from core.jobs import register_job
from core.models import Job

logger = logging.getLogger(__name__)


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


@register_job("archive.export_file", queue="documents")
def export_file(job: Job) -> None:
    from archive.models import CaseFile  # noqa: PLC0415 -- app registry
    from archive.services import exporting  # noqa: PLC0415 -- services enqueue this job

    file = CaseFile.objects.filter(pk=int(job.key)).first()
    if file is None:
        logger.warning("Case file %s is gone; nothing to export", job.key)
        return
    exporting.export_file(file, by=exporting.asked_by(job.payload), job=job)


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
