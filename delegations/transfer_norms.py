"""Minutes the office allows for meeting and seeing off: dated norms, never taken for zero."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.cache import caches
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.models import Norm
from delegations.choices import TravelMode
from delegations.transfers import Rules

NORMS = {
    "waiting": "TRANSFER_WAITING",
    **{f"after_{mode}": f"TRANSFER_AFTER_{mode.upper()}" for mode in TravelMode.values},
    **{f"before_{mode}": f"TRANSFER_BEFORE_{mode.upper()}" for mode in TravelMode.values},
}
CACHE_KEY = "delegations.transfer_norms"


def rules_in_force(on: datetime.date, *, waiting: int | None = None) -> Rules:
    """What is in force that day; a missing norm stops the computation with its name."""
    rows: dict[str, int] = {}
    for code, value, first, last in _norms():
        if first <= on and (last is None or on <= last):
            rows.setdefault(code, int(value))
    if missing := sorted(set(NORMS.values()) - set(rows)):
        raise DomainError(
            _("There is no norm %(code)s in force on %(day)s: nothing is computed.")
            % {"code": missing[0], "day": on.isoformat()}
        )
    said = {name: rows[code] for name, code in NORMS.items()}
    return Rules(
        waiting=said["waiting"] if waiting is None else waiting,
        after={mode: said[f"after_{mode}"] for mode in TravelMode.values},
        before={mode: said[f"before_{mode}"] for mode in TravelMode.values},
    )


def _norms() -> list[tuple[Any, ...]]:
    """The rows, the newest first, at most some seconds old: every page of a programme asks for them."""
    cache = caches["process"]
    known = cache.get(CACHE_KEY)
    if known is None:
        rows = Norm.objects.filter(code__in=NORMS.values()).order_by("-valid_from")
        known = list(rows.values_list("code", "value", "valid_from", "valid_to"))
        cache.set(CACHE_KEY, known)
    return known


def _forget(**kwargs: Any) -> None:
    caches["process"].delete(CACHE_KEY)


post_save.connect(_forget, sender=Norm, dispatch_uid="delegations.transfer_norms")
post_delete.connect(_forget, sender=Norm, dispatch_uid="delegations.transfer_norms")
