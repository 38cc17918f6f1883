"""Celery's entries of visits."""

from __future__ import annotations

from celery import shared_task

from core.jobs import register_job
from core.models import Job


@shared_task(name="delegations.move_by_date", ignore_result=True)
def move_by_date() -> int:
    """Visits begin and end by the calendar; safe to run again."""
    from django.utils import timezone  # noqa: PLC0415 -- keeps the worker's start light

    from delegations import services  # noqa: PLC0415 -- services enqueue tasks

    return services.move_by_date(timezone.localdate())


@register_job("delegations.make_list", queue="documents")
def make_list(job: Job) -> None:
    from delegations.services import list_sendings  # noqa: PLC0415 -- services enqueue this job

    list_sendings.make_list(job)


@register_job("delegations.send_list", queue="documents")
def send_list(job: Job) -> None:
    from delegations.services import list_sendings  # noqa: PLC0415 -- services enqueue this job

    list_sendings.send_list(job)


@register_job("delegations.tell_readers")
def tell_readers(job: Job) -> None:
    from delegations.services import list_sendings  # noqa: PLC0415 -- services enqueue this job

    list_sendings.tell_readers(job)


@register_job("delegations.make_labels", queue="documents")
def make_labels(job: Job) -> None:
    from delegations.services import labels  # noqa: PLC0415 -- services enqueue this job

    labels.make_labels(job)


@register_job("delegations.book_festival")
def book_festival(job: Job) -> None:
    from delegations.services.state import book_festival as book  # noqa: PLC0415 -- services enqueue this job

    book(int(job.key))


@shared_task(name="delegations.chase_hosts", ignore_result=True)
def chase_hosts() -> int:
    """Every quarter of an hour, in working hours: remind hosts who have not answered; safe to run again."""
    from django.utils import timezone  # noqa: PLC0415 -- keeps the worker's start light

    from core.deadlines import is_working_hour  # noqa: PLC0415 -- keeps the worker's start light
    from delegations import services  # noqa: PLC0415 -- services enqueue tasks

    now = timezone.localtime()
    return services.chase_hosts(now.date()) if is_working_hour(now) else 0


@register_job("delegations.draw_photograph", queue="documents")
def draw_photograph(job: Job) -> None:
    """The small pictures of one photograph."""
    from delegations.models import Photograph  # noqa: PLC0415 -- app registry
    from delegations.services import photographs  # noqa: PLC0415 -- services enqueue this job

    photograph = Photograph.objects.select_related("document").filter(pk=int(job.key)).first()
    if photograph is not None:
        photographs.draw(photograph)


@register_job("delegations.year_paper", queue="documents")
def make_year_paper(job: Job) -> None:
    """The year's visits as a paper for the council."""
    from delegations.services import year_paper  # noqa: PLC0415 -- the service enqueues this job

    year_paper.make_year_paper(job)
