"""The demonstration office: what stands before the first page, and what a worker adds while people look around."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from time import monotonic

from django.core.cache import caches
from django.utils import translation

from core import jobs
from core.choices import JobState
from core.models import Job
from core.registry import Seed, register_seed

JOB = "core.fill_demonstration"
FILLED = "demonstration:filled"


def fill(seeds: Iterable[Seed], tell: Callable[[Seed, str, float], None]) -> None:
    """Run the parts in their order; each is told of with what it said and the seconds it took."""
    with translation.override("lt"):
        for seed in seeds:
            began = monotonic()
            tell(seed, seed.run(), monotonic() - began)


def ask_for_the_rest() -> Job:
    """All that need not stand before the first page is a worker's job."""
    return jobs.enqueue(JOB, "office")


def need_no_rest() -> None:
    """The whole office was filled by command: nothing is left for a worker."""
    Job.objects.filter(kind=JOB).delete()


def fill_the_rest(job: Job) -> None:
    seeds = [seed for seed in register_seed if not seed.at_once]
    job.report(0, len(seeds))
    done = iter(range(1, len(seeds) + 1))
    fill(seeds, lambda seed, said, _seconds: job.report(next(done), len(seeds), f"{seed.code}: {said}"))


def filling() -> Job | None:
    """The job still at it, for the strip above every page; once it is done nobody asks again for minutes."""
    if caches["process"].get(FILLED):
        return None
    job = Job.objects.filter(kind=JOB).exclude(state=JobState.DONE).first()
    if job is None:
        caches["process"].set(FILLED, True, timeout=600)
    return job
