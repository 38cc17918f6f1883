"""Changes after approval (design 4.1): what differs from the version in force, and numbered amendments of what is operational."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.actor import Actor
from core.canonical import content_sha256, plain
from core.choices import Channel
from core.errors import DomainError
from core.models import acted_by
from matters.approvals import tell_kind
from matters.choices import StepState
from matters.differences import Change, changes_between
from matters.models import Amendment, ApprovalStep, Matter, Version
from matters.models.approvals import current_content, latest_approved
from matters.services.matters import lock_matter
from matters.services.notices import notify


def pending_changes(matter: Matter) -> list[Change]:
    """How the matter differs now from what is in force; empty when nothing was approved yet."""
    version = latest_approved(matter)
    entry = matter.kind_entry
    if version is None or entry.snapshot is None:
        return []
    return changes_between(entry, current_content(version), plain(entry.snapshot(matter.child())))


@transaction.atomic
def publish_amendment(matter: Matter, *, by: Actor, reason: str = "") -> Amendment:
    """Publish operational changes (driver, car, telephone, small shifts) at once, under a number.

    Raises DomainError when there is none, or when a material one is among them: that needs approval.
    """
    matter = lock_matter(matter.pk)
    version = latest_approved(matter)
    if version is None:
        raise DomainError(_("There is no approved version to amend."))
    changes = pending_changes(matter)
    if not changes:
        raise DomainError(_("Nothing has changed since the approved version."))
    if material := [change for change in changes if change.is_material]:
        raise DomainError(_("This change needs approval: %(what)s") % {"what": material[0].place})
    content = plain(matter.kind_entry.snapshot(matter.child()))  # type: ignore[misc]
    amendment = Amendment.objects.create(
        version=version,
        number=version.amendments.count() + 1,
        content=content,
        content_sha256=content_sha256(content),
        changes=[change.as_json() for change in changes],
        reason=reason,
        **acted_by(by),
    )
    audit.record("amendment.published", amendment, by=by, matter=matter, number=amendment.number)
    for approver in _approvers(version):
        notify(
            approver,
            key=f"amendment:{amendment.pk}",
            text=lambda: (
                _("Amendment %(number)d: %(title)s") % {"number": amendment.number, "title": matter.title}
            ),
            url=matter.get_absolute_url(),
            icon="pencil",
            matter=matter,
        )
    tell_kind(matter, "amended", by)
    return amendment


@transaction.atomic
def see_amendment(amendment: Amendment, *, by: Actor) -> None:
    """The approver has seen it."""
    if amendment.seen_at is None and by.user in _approvers(amendment.version):
        amendment.seen_at, amendment.seen_by_name = timezone.now(), by.label
        amendment.save(update_fields=["seen_at", "seen_by_name"])
        audit.record("amendment.seen", amendment, by=by, matter=amendment.version.matter_id)


def _approvers(version: Version) -> set[Any]:
    steps = ApprovalStep.objects.filter(round__version=version, state=StepState.AGREED).select_related(
        "actor_user"
    )
    return {step.actor_user for step in steps if step.actor_user and step.actor_channel == Channel.SESSION}
