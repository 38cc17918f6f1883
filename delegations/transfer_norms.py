"""Minutes the office allows for meeting and seeing off: dated norms, never taken for zero."""

from __future__ import annotations

import datetime

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


def rules_in_force(on: datetime.date, *, waiting: int | None = None) -> Rules:
    """What is in force that day; a missing norm stops the computation with its name."""
    rows: dict[str, int] = {}
    for row in Norm.objects.filter(code__in=NORMS.values()).in_force(on):
        rows.setdefault(row.code, int(row.value))
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
