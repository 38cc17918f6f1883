"""A letter dropped on a matter: the letter itself is kept whole, its attachments become documents."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.actor import Actor
from core.errors import DomainError
from core.files import store
from documents import intake, letters
from documents.choices import DocumentState, Origin
from documents.models import Document
from documents.services.filing import add_version, new_document
from matters.models import Matter
from matters.services import lock_matter

LONGEST_TEXT = 20_000  # of a letter kept for reading without opening it


def receive_mail(
    matter: Matter, content: bytes, checked: intake.Checked, *, by: Actor
) -> tuple[Document, list[str]]:
    """File the letter with its attachments. An attachment that may not be kept stays inside the letter and is named."""
    letter = letters.read(content, checked.extension)
    kept, left_out = [], []
    for name, body in letter.attachments:
        try:
            part = intake.check_file(body, name)
        except DomainError as error:
            left_out.append(str(error))
            continue
        kept.append((part, store(body, name=part.name, media_type=part.media_type)))
    stored = store(content, name=checked.name, media_type=checked.media_type)
    with transaction.atomic():
        matter = lock_matter(matter.pk)
        fields: dict[str, Any] = {
            "origin": Origin.RECEIVED,
            "by": by,
            "state": DocumentState.FINAL,
            "sent_at": letter.sent_at,
        }
        document = new_document(
            matter,
            kind="email",
            title=letter.subject or _("Letter without a subject"),
            sender=letter.sender,
            text=letter.text[:LONGEST_TEXT],
            **fields,
        )
        add_version(document, stored, name=checked.name, by=by)
        for part, file in kept:
            attached = new_document(
                matter,
                kind="photo" if part.is_image else "upload",
                title=part.name.rsplit(".", 1)[0],
                sender=letter.sender,
                part_of=document,
                **fields,
            )
            add_version(attached, file, name=part.name, by=by)
    return document, left_out
