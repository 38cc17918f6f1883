"""Celery's entries of the spine."""

from __future__ import annotations

from celery import shared_task


@shared_task(name="matters.remind", ignore_result=True)
def remind() -> None:
    """Every quarter of an hour: look again at blocked steps, chase, and send the daily digest; may run twice."""
    from matters import reminders  # noqa: PLC0415 -- services enqueue tasks

    reminders.run()
