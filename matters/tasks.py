"""Celery's entries of the spine."""

from __future__ import annotations

from celery import shared_task

from core.jobs import register_job
from core.models import Job


@shared_task(name="matters.remind", ignore_result=True)
def remind() -> None:
    """Every quarter of an hour: look again at blocked steps, chase, and send the daily digest; may run twice."""
    from matters import reminders  # noqa: PLC0415 -- services enqueue tasks

    reminders.run()


@shared_task(name="matters.tell_stopped_letters", ignore_result=True)
def tell_stopped_letters() -> int:
    """Every minute: tell of letters that stopped since; may run twice."""
    from matters.services import letters  # noqa: PLC0415 -- services enqueue tasks

    return letters.tell_stopped()


@register_job("matters.index_matter")
def index_matter(job: Job) -> None:
    """The matter's line of the search box."""
    from matters import search  # noqa: PLC0415 -- keeps the web's start light

    search.index_matter(int(job.key))


@register_job("matters.index_entry")
def index_entry(job: Job) -> None:
    """A row's line of the search box; the key is "source:pk"."""
    from core import registry  # noqa: PLC0415 -- app ready
    from matters import search  # noqa: PLC0415 -- keeps the web's start light

    source, _colon, pk = job.key.partition(":")
    search.index(registry.register_search_source[source], [int(pk)])


@register_job("matters.forget_words")
def forget_words(job: Job) -> None:
    """Words of the search box that no entry has any more."""
    from matters import search  # noqa: PLC0415 -- keeps the web's start light

    search.forget_words()
