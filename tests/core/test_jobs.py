"""Work is a row: done once, tried again, given up, taken back from a dead worker."""

import psycopg2
import pytest
from django.db import connection
from django.utils import timezone

from core import jobs
from core.choices import JobState
from core.errors import DomainError
from core.models import Job

pytestmark = pytest.mark.django_db
done: list[str] = []


@jobs.register_job("test.note")
def note(job: Job) -> None:
    done.append(job.key)


@jobs.register_job("test.fail", max_attempts=2)
def fail(job: Job) -> None:
    raise ValueError("neveikia")


@jobs.register_job("test.refuse")
def refuse(job: Job) -> None:
    raise DomainError("Trūksta normos")


@pytest.fixture(autouse=True)
def clean():
    done.clear()


def test_a_job_runs_once_however_often_it_is_woken():
    job = jobs.enqueue("test.note", 7)

    assert [jobs.run(job.pk), jobs.run(job.pk)] == [True, False]
    job.refresh_from_db()
    assert (done, job.state, job.attempts) == (["7"], JobState.DONE, 1)


def test_the_same_kind_and_key_is_one_row_and_may_be_asked_again():
    first = jobs.enqueue("test.note", 7)
    jobs.run(first.pk)
    second = jobs.enqueue("test.note", 7)
    jobs.run(second.pk)

    assert first.pk == second.pk
    assert done == ["7", "7"]


def test_a_failing_job_is_tried_again_later_and_then_given_up():
    job = jobs.enqueue("test.fail", 1)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.due_at > timezone.now()) == (JobState.QUEUED, True)

    Job.objects.update(due_at=timezone.now())
    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, "ValueError: neveikia")


def test_a_refusal_in_words_is_not_tried_again():
    job = jobs.enqueue("test.refuse", 1)
    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.FAILED, 1)


def test_a_silent_broker_loses_nothing(settings, django_capture_on_commit_callbacks, monkeypatch):
    from core.tasks import run_job

    def no_broker(*args, **kwargs):
        raise OSError("no broker")

    monkeypatch.setattr(run_job, "apply_async", no_broker)
    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.enqueue("test.note", 9)

    assert Job.objects.due().get() == job


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_dead_worker_is_taken_back(monkeypatch):
    woken = []
    monkeypatch.setattr(jobs, "wake", lambda job: woken.append(job.pk))
    job = jobs.enqueue("test.note", 3)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, attempts=1)
    params = connection.get_connection_params()
    worker = psycopg2.connect(
        **{name: params[name] for name in ("dbname", "user", "password", "host", "port") if params.get(name)}
    )
    with worker.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [jobs.LOCK_CLASS, job.pk])

    jobs.sweep()
    job.refresh_from_db()
    assert job.state == JobState.RUNNING  # its worker lives

    worker.close()
    for _attempt in range(200):  # the server notices the closed session a moment later
        jobs.sweep()
        job.refresh_from_db()
        if job.state == JobState.QUEUED:
            break
    assert job.state == JobState.QUEUED
    assert job.pk in woken
