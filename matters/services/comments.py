"""Remarks pinned to a place in a matter's content."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.actor import Actor
from core.errors import DomainError
from core.models import acted_by
from matters.models import Comment, Matter, Version
from matters.services.matters import lock_matter
from matters.services.notices import notify


@transaction.atomic
def add_comment(
    matter: Matter,
    *,
    text: str,
    by: Actor,
    anchor: str = "",
    anchor_label: str = "",
    version: Version | None = None,
) -> Comment:
    """Pin a remark; the person responsible learns of it."""
    matter = lock_matter(matter.pk)
    if not text.strip():
        raise DomainError(_("Write the remark."), field="text")
    comment = Comment.objects.create(
        matter=matter,
        version=version,
        anchor=anchor,
        anchor_label=anchor_label[:200],
        text=text.strip(),
        **acted_by(by),
    )
    audit.record("comment.added", comment, by=by, matter=matter, anchor=anchor)
    if not by.is_person(matter.responsible):
        notify(
            matter.responsible,
            key=f"comment:{comment.pk}",
            text=lambda: _("Remark by %(name)s: %(text)s") % {"name": by.label, "text": comment.text[:120]},
            url=matter.get_absolute_url(),
            icon="message",
            matter=matter,
        )
    return comment


@transaction.atomic
def resolve_comment(comment: Comment, *, by: Actor) -> Comment:
    """The remark is met; the version that follows is named beside it."""
    matter = lock_matter(comment.matter_id)
    comment = Comment.objects.select_for_update().get(pk=comment.pk)
    if comment.resolved_at is None:
        latest = matter.versions.first()
        comment.resolved_at, comment.resolved_by_name = timezone.now(), by.label
        comment.resolved_version = (latest.number if latest else 0) + 1
        comment.save(update_fields=["resolved_at", "resolved_by_name", "resolved_version", "updated_at"])
        audit.record("comment.resolved", comment, by=by, matter=matter)
    return comment


@transaction.atomic
def reopen_comment(comment: Comment, *, by: Actor) -> Comment:
    matter = lock_matter(comment.matter_id)
    comment.resolved_at, comment.resolved_by_name, comment.resolved_version = None, "", None
    comment.save(update_fields=["resolved_at", "resolved_by_name", "resolved_version", "updated_at"])
    audit.record("comment.reopened", comment, by=by, matter=matter)
    return comment
