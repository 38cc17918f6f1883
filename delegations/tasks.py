"""Celery's entries of visits."""

from __future__ import annotations

from celery import shared_task


@shared_task(name="delegations.move_by_date", ignore_result=True)
def move_by_date() -> int:
    """Visits begin and end by the calendar; safe to run again."""
    from django.utils import timezone  # noqa: PLC0415 -- keeps the worker's start light

    from delegations import services  # noqa: PLC0415 -- services enqueue tasks

    return services.move_by_date(timezone.localdate())
