"""Officials decide, the portal reminds: a warning may stay, with its reason."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.actor import Actor
from core.errors import DomainError
from core.models import acted_by
from delegations.models import WarningNote
from delegations.services.state import Planned, lock_programme


@transaction.atomic
def explain_warning(matter: Planned, *, key: str, fact: str, reason: str, by: Actor) -> WarningNote:
    """Leave a warning standing with its reason; it comes back when its figures change."""
    matter = lock_programme(matter)
    if not reason.strip():
        raise DomainError(_("Write why it may stay so."), field="reason")
    note, _made = WarningNote.objects.update_or_create(
        matter=matter,
        key=key[:120],
        defaults={"fact": fact[:120], "reason": reason.strip()[:300], **acted_by(by)},
    )
    audit.record("warning.explained", note, by=by, matter=matter, reason=note.reason)
    return note


@transaction.atomic
def unexplain_warning(note: WarningNote, *, by: Actor) -> None:
    matter = lock_programme(note.matter.child())
    audit.record("warning.taken_up", note, by=by, matter=matter, reason=note.reason)
    note.delete()
