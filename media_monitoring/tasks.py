"""Celery's entries of the press desk, on the queue `press`."""

from __future__ import annotations

from celery import shared_task

from core.jobs import register_job
from core.models import Job


@shared_task(name="media_monitoring.ask_what_is_due", ignore_result=True)
def ask_what_is_due() -> int:
    """Each minute: what is due goes into the queue; safe to run again."""
    from media_monitoring import services  # noqa: PLC0415 -- services enqueue these jobs

    return services.ask_what_is_due()


@shared_task(name="media_monitoring.keep_house", ignore_result=True)
def keep_house() -> int:
    """Hourly: texts whose day has come go; what an older normaliser keyed or compiled is made anew."""
    from django.utils import timezone  # noqa: PLC0415 -- keeps the worker's start light

    from media_monitoring import services  # noqa: PLC0415 -- services enqueue these jobs
    from media_monitoring.services import evidence, newsletters, stories  # noqa: PLC0415

    stories.forget_old_fingerprints(timezone.now())
    newsletters.forget_old_letters(timezone.now())
    evidence.destroy_due(timezone.localdate())
    return services.drop_expired(timezone.localdate()) + services.index_stale() + services.recompile_stale()


@register_job("media_monitoring.poll_source", queue="press", max_attempts=2)
def poll_source(job: Job) -> None:
    from media_monitoring import services  # noqa: PLC0415 -- services enqueue this job

    services.poll_source(int(job.key))


@register_job("media_monitoring.read_article", queue="press", max_attempts=2)
def read_article(job: Job) -> None:
    from media_monitoring import services  # noqa: PLC0415 -- services enqueue this job

    services.read_article(int(job.key))


@register_job("media_monitoring.look_into_mailbox", queue="press", max_attempts=2)
def look_into_mailbox(job: Job) -> None:
    from media_monitoring.services import newsletters  # noqa: PLC0415 -- services enqueue this job

    newsletters.look_into_mailbox()


@register_job("media_monitoring.open_letter", queue="press", max_attempts=3)
def open_letter(job: Job) -> None:
    from media_monitoring.services import newsletters  # noqa: PLC0415 -- services enqueue this job

    newsletters.open_letter(int(job.key))


@register_job("media_monitoring.read_scan", queue="convert", max_attempts=2)
def read_scan(job: Job) -> None:
    from media_monitoring.services import scans  # noqa: PLC0415 -- services enqueue this job

    scans.read_scan(int(job.key), job)


@register_job("media_monitoring.take_evidence", queue="press", max_attempts=2)
def take_evidence(job: Job) -> None:
    from media_monitoring.services import evidence  # noqa: PLC0415 -- services enqueue this job

    evidence.take_evidence(int(job.key))


@register_job("media_monitoring.match_topic", queue="press", max_attempts=3)
def match_topic(job: Job) -> None:
    from media_monitoring import services  # noqa: PLC0415 -- services enqueue this job

    services.match_topic(int(job.key))


@shared_task(name="media_monitoring.tell_alerts", ignore_result=True)
def tell_alerts() -> int:
    """Each minute: letters that waited for the end of quiet hours."""
    from media_monitoring import services  # noqa: PLC0415 -- services use the models

    return services.tell_alerts()


@register_job("media_monitoring.send_digest", queue="documents", max_attempts=3)
def send_digest(job: Job) -> None:
    from media_monitoring import services  # noqa: PLC0415 -- services enqueue this job

    services.send_digest(int(job.key))


@shared_task(name="media_monitoring.keep_mornings", ignore_result=True)
def keep_mornings() -> str:
    """Every ten minutes: the morning page is proposed, an empty one goes out by itself; safe to run again."""
    from media_monitoring import services  # noqa: PLC0415 -- services use the models

    return services.keep_mornings()


@shared_task(name="media_monitoring.watch_claims", ignore_result=True)
def watch_claims() -> int:
    """Each quarter of an hour: edited articles of open claims are told of, silent units reminded in working hours."""
    from django.utils import timezone  # noqa: PLC0415 -- keeps the worker's start light

    from core.deadlines import is_working_hour  # noqa: PLC0415 -- keeps the worker's start light
    from media_monitoring.services import claims, facts  # noqa: PLC0415 -- services enqueue jobs

    now = timezone.localtime()
    return claims.watch(now) + (facts.chase(now) if is_working_hour(now) else 0)


@shared_task(name="media_monitoring.learn_codings", ignore_result=True)
def learn_codings() -> int:
    """Each hour, on the queue `learn`: once a day what was coded since is learned, and proposed for; safe to run again."""
    from media_monitoring import proposals  # noqa: PLC0415 -- keeps the worker's start light

    proposals.learn()
    return proposals.propose()
