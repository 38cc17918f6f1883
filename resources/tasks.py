"""Celery's entries of resources."""

from __future__ import annotations

from celery import shared_task


@shared_task(name="resources.tell_of_contracts", ignore_result=True)
def tell_of_contracts() -> int:
    """Every hour, in working hours: tell of contracts that end soon, each time once; may run twice."""
    from django.utils import timezone  # noqa: PLC0415 -- keeps the worker's start light

    from core.deadlines import is_working_hour  # noqa: PLC0415 -- keeps the worker's start light
    from resources import services  # noqa: PLC0415 -- keeps the worker's start light

    now = timezone.localtime()
    return services.tell_of_ends(now.date()) if is_working_hour(now) else 0
