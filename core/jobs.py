"""Jobs: work is a row, a worker is only woken (design 4.6).

A function is given to a kind by `@register_job("app.verb")` in the app's `tasks.py`, takes the Job and
may run twice. A dead worker is noticed because its database session, and with it the advisory lock on
the job, is gone.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actor import Actor
from core.choices import Channel, JobState
from core.errors import DomainError
from core.models import Job

logger = logging.getLogger(__name__)
LOCK_CLASS = 7301  # namespace of our advisory locks on jobs
LONGEST_PAUSE = datetime.timedelta(hours=1)  # between two tries


@dataclass(frozen=True)
class JobKind:
    name: str
    run: Callable[[Job], None]
    queue: str
    max_attempts: int
    on_failure: Callable[[Job], None] | None = None  # once it is given up


class PostponedError(Exception):
    """Not now, and nobody's fault: what it waits for stands in the job's error; tried again after `pause`."""

    def __init__(self, text: str, *, pause: datetime.timedelta) -> None:
        super().__init__(text)
        self.pause = pause


KINDS: dict[str, JobKind] = {}


def register_job(
    name: str,
    *,
    queue: str = "default",
    max_attempts: int = 3,
    on_failure: Callable[[Job], None] | None = None,
) -> Callable:
    def register(run: Callable[[Job], None]) -> Callable[[Job], None]:
        KINDS[name] = JobKind(name, run, queue, max_attempts, on_failure)
        return run

    return register


def enqueue(kind: str, key: str | int, *, payload: dict[str, Any] | None = None, due_at: Any = None) -> Job:
    """Ask for the work; a finished job of the same kind and key is done again, a waiting one stays one."""
    queue = KINDS[kind].queue
    job, created = Job.objects.get_or_create(
        kind=kind,
        key=str(key),
        defaults={"payload": payload or {}, "queue": queue, "due_at": due_at or timezone.now()},
    )
    if not created:
        restart(job, payload=payload, due_at=due_at)
    transaction.on_commit(lambda: wake(job))
    return job


def asker(by: Actor) -> dict[str, Any]:
    """What a job keeps of who asked for it."""
    return {
        "user": by.user.pk if by.user else None,
        "acting_for": by.acting_for.pk if by.acting_for else None,
    }


def asked_by(payload: dict[str, Any]) -> Actor:
    """Who asked for it; the system when that person is gone."""
    keys = [pk for pk in (payload.get("user"), payload.get("acting_for")) if pk]
    people = get_user_model().objects.in_bulk(keys)
    user = people.get(payload.get("user"))
    if user is None:
        return Actor.system()
    return Actor.of(user, acting_for=people.get(payload.get("acting_for")), channel=Channel.SESSION)


def restart(job: Job, *, payload: dict[str, Any] | None = None, due_at: Any = None) -> None:
    """Put a finished job back into the queue with a clean slate; one under way is left alone."""
    values: dict[str, Any] = {
        "state": JobState.QUEUED,
        "attempts": 0,
        "error": "",
        "done": 0,
        "total": 0,
        "progress_text": "",
        "finished_at": None,
        "due_at": due_at or timezone.now(),
    }
    if payload is not None:
        values["payload"] = payload
    Job.objects.filter(pk=job.pk).exclude(state=JobState.RUNNING).update(**values)
    job.refresh_from_db()


def wake(job: Job) -> None:
    """Tell a worker; a silent broker is no fault of the person's, the sweep finds the job within a minute."""
    if job.due_at > timezone.now():
        return
    from core.tasks import run_job  # noqa: PLC0415 -- tasks import jobs

    try:
        run_job.apply_async(args=(job.pk,), queue=job.queue, retry=False)
    except Exception as error:
        logger.warning("The broker was not reached; the sweep takes job %s up: %s", job.pk, error)


def run(job_id: int) -> bool:
    """Do the job if it is due and nobody else does it; says whether it ran."""
    if not _lock(job_id):
        return False
    try:
        job = _start(job_id)
        if job is None:
            return False
        _do(job)
        return True
    finally:
        _unlock(job_id)


def sweep() -> int:
    """Wake whatever is due and take back what a dead worker left; returns the number of jobs touched."""
    touched = 0
    for job in Job.objects.filter(state=JobState.RUNNING):
        if _lock(job.pk):
            try:
                touched += Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(state=JobState.QUEUED)
            finally:
                _unlock(job.pk)
    for job in Job.objects.due()[:500]:
        wake(job)
        touched += 1
    return touched


def _start(job_id: int) -> Job | None:
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(pk=job_id).first()
        if job is None or job.is_over or job.due_at > timezone.now():
            return None
        job.state, job.started_at, job.attempts = JobState.RUNNING, timezone.now(), job.attempts + 1
        kind = KINDS[job.kind]
        if job.attempts > kind.max_attempts:
            job.state, job.finished_at = JobState.FAILED, timezone.now()
            job.error = job.error or _("The work stopped the worker each time it was tried.")
        job.save()
    if job.is_over:
        _tell_failure(job)
        return None
    return job


def _do(job: Job) -> None:
    kind = KINDS[job.kind]
    try:
        kind.run(job)
    except PostponedError as error:
        Job.objects.filter(pk=job.pk).update(
            state=JobState.QUEUED,
            attempts=max(job.attempts - 1, 0),
            error=str(error)[:2000],
            due_at=timezone.now() + error.pause,
        )
    except DomainError as error:
        _finish(job, JobState.FAILED, str(error))
    except Exception as error:
        logger.exception("Job %s failed", job)
        if job.attempts >= kind.max_attempts:
            _finish(job, JobState.FAILED, f"{type(error).__name__}: {error}"[:2000])
        else:
            delay = min(datetime.timedelta(seconds=5 * 4 ** min(job.attempts - 1, 9)), LONGEST_PAUSE)
            Job.objects.filter(pk=job.pk).update(
                state=JobState.QUEUED,
                error=f"{type(error).__name__}: {error}"[:2000],
                due_at=timezone.now() + delay,
            )
    else:
        _finish(job, JobState.DONE, "")


def _finish(job: Job, state: JobState, error: str) -> None:
    Job.objects.filter(pk=job.pk).update(state=state, error=error, finished_at=timezone.now())
    job.refresh_from_db()
    if state == JobState.FAILED:
        _tell_failure(job)


def _tell_failure(job: Job) -> None:
    """Whoever waits for it hears of it; that telling fails changes nothing of the job."""
    if (tell := KINDS[job.kind].on_failure) is None:
        return
    try:
        with transaction.atomic():
            tell(job)
    except Exception:
        logger.exception("Nobody was told that job %s failed", job)


def _lock(job_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK_CLASS, job_id % 2**31])
        return cursor.fetchone()[0]


def _unlock(job_id: int) -> None:
    if connection.in_atomic_block and connection.needs_rollback:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK_CLASS, job_id % 2**31])
