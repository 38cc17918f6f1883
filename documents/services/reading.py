"""Restricted documents are read by the persons named on them; the access log keeps each reading, wherever they lie."""

from __future__ import annotations

from collections.abc import Iterable

from core.actor import Actor
from core.models import AccessRecord, acted_by
from documents.models import Document
from documents.rooms import READ_RESTRICTED


def log_reading(documents: Iterable[Document], *, by: Actor, what: str) -> None:
    """`what` was read: their own file, an export or a package that holds them. Those not restricted leave no trace."""
    AccessRecord.objects.bulk_create(
        AccessRecord(
            subject_type=READ_RESTRICTED,
            subject_pk=document.pk,
            fields=[what],
            purpose="named persons",
            matter_pk=document.matter_id,
            **acted_by(by),
        )
        for document in documents
        if document.is_restricted
    )
