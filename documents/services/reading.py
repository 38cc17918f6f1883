"""Restricted documents are read by the persons named on them; the access log keeps each reading, wherever they lie."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.actor import Actor
from core.models import AccessRecord, acted_by
from documents.models import Document


def log_reading(documents: Iterable[Document], *, by: Actor, what: str) -> None:
    """`what` was read: their own file, an export or a package that holds them. Those not restricted leave no trace."""
    with override(settings.LANGUAGE_CODE):
        purpose = _("document of named persons")
    AccessRecord.objects.bulk_create(
        AccessRecord(
            subject_type="documents.restricted",
            subject_pk=document.pk,
            fields=[what],
            purpose=purpose,
            matter_pk=document.matter_id,
            **acted_by(by),
        )
        for document in documents
        if document.is_restricted
    )
