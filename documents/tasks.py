"""Jobs of the documents queue: each takes a key, may run twice, and never leaves half a file."""

from __future__ import annotations

import logging

from celery.signals import worker_init

from core.jobs import register_job
from core.models import Job

logger = logging.getLogger(__name__)


@register_job("documents.render", queue="documents")
def render(job: Job) -> None:
    from documents import services  # noqa: PLC0415 -- services enqueue this job
    from documents.models import Document  # noqa: PLC0415 -- app registry

    document = Document.objects.select_related("matter").filter(pk=int(job.key)).first()
    if document is None:
        logger.warning("Document %s is gone; nothing to make", job.key)
        return
    services.make(document, job)


@register_job("documents.render_version", queue="documents")
def render_version(job: Job) -> None:
    from documents import services  # noqa: PLC0415 -- services enqueue this job
    from matters.models import Version  # noqa: PLC0415 -- app registry

    version = Version.objects.select_related("matter", "pdf").filter(pk=int(job.key)).first()
    if version is None:
        logger.warning("Version %s is gone; nothing to draw", job.key)
        return
    services.render_version(version, job)


@register_job("documents.assemble_approved", queue="documents")
def assemble_approved(job: Job) -> None:
    from documents import services  # noqa: PLC0415 -- services enqueue this job
    from matters.models import Version  # noqa: PLC0415 -- app registry

    version = (
        Version.objects.select_related("matter", "pdf", "sheet", "round").filter(pk=int(job.key)).first()
    )
    if version is None:
        logger.warning("Version %s is gone; nothing to assemble", job.key)
        return
    services.assemble_approved(version, job)


@register_job("documents.open_letter", queue="documents")
def open_letter(job: Job) -> None:
    from documents import services  # noqa: PLC0415 -- services enqueue this job
    from documents.models import Document  # noqa: PLC0415 -- app registry

    document = Document.objects.filter(pk=int(job.key)).first()
    if document is None:
        logger.warning("Document %s is gone; no letter to open", job.key)
        return
    services.open_letter(document, job)


@worker_init.connect
def load_renderer(**kwargs: object) -> None:
    """Before the worker forks: the renderer is loaded once and shared."""
    from documents import pdf  # noqa: PLC0415 -- only in workers

    pdf.warm_up()
