"""Lists of the demonstration visit: who reads them, two that went out as drafts, one reader switched off. All invented."""

from __future__ import annotations

from core import jobs
from core.actor import Actor
from core.models import Job
from delegations.models import Visit
from delegations.services import list_sendings, lists

ADDRESSES = {
    "hotel": ("Viešbučio registratūra", "registratura@viesbutis.example"),
    "kitchen": ("Šefė Aldona", "virtuve@viesbutis.example"),
    "door": ("Budėtojas", "budetojas@savivaldybe.example"),
}
SENT = ("hotel", "driver")  # before the approval: marked PROJEKTAS


def run(visit: Visit, *, by: Actor) -> None:
    """Say where the lists go, open one item to the press, send two."""
    named: set[str] = set()
    for entry in lists.entries(visit):
        code = entry.kind.code
        if code in ADDRESSES and code not in named:
            name, email = ADDRESSES[code]
            lists.set_reader(visit, entry.reader.key, by=by, name=name, email=email)
            named.add(code)
        elif code == "gifts":
            lists.switch_reader(visit, entry.reader.key, on=False, by=by)
    keys = [
        next(
            entry.reader.key
            for entry in lists.entries(visit)
            if entry.kind.code == code and entry.has_address
        )
        for code in SENT
    ]
    list_sendings.send_lists(visit, keys, by=by)
    for key in keys:  # the worker may not run yet, and the pages show what was sent
        jobs.run(Job.objects.get(kind=list_sendings.SEND, key=f"{visit.pk}|{key}").pk)
