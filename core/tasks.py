"""Celery's entries: each takes an id and decides nothing."""

from __future__ import annotations

from celery import shared_task

from core.jobs import register_job
from core.models import Job


@shared_task(name="core.run_job", acks_late=True)
def run_job(job_id: int) -> bool:
    from core import jobs  # noqa: PLC0415 -- jobs wake this task

    return jobs.run(job_id)


@shared_task(name="core.sweep_jobs", ignore_result=True)
def sweep_jobs() -> int:
    from core import jobs  # noqa: PLC0415 -- jobs wake this task

    return jobs.sweep()


@shared_task(name="core.seal_audit", ignore_result=True)
def seal_audit() -> None:
    from core import audit  # noqa: PLC0415 -- keeps the worker's start light

    audit.seal()


@shared_task(name="core.daily_keeping", ignore_result=True)
def daily_keeping() -> None:
    """Hourly, does once what is due that day: erasing personal data, closing the access log's old end."""
    from core import keeping  # noqa: PLC0415 -- keeps the worker's start light

    keeping.run_daily()


@register_job("core.fill_demonstration")
def fill_demonstration(job: Job) -> None:
    from core import demonstration  # noqa: PLC0415 -- keeps the worker's start light

    demonstration.fill_the_rest(job)


MAIL_ATTEMPTS = 30  # with an hour at most between them: a little over a day


@register_job("core.send_mail", max_attempts=MAIL_ATTEMPTS)
def send_mail(job: Job) -> None:
    from core import mail  # noqa: PLC0415 -- mail enqueues this job

    try:
        mail.send(int(job.key))
    except mail.NotTakenError:
        if job.attempts >= MAIL_ATTEMPTS:
            mail.give_up(int(job.key))
        raise
