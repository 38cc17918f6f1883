"""A letter (EML, MSG): its head, its words, its HTML when it has no words, its attachments as files beside."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings

from documents import letters
from documents.converting.inside.sniffing import is_locked, is_program, kind_of

LONGEST_TEXT = 400_000


def read_letter(options: dict[str, Any]) -> dict[str, Any]:
    settings.configure(USE_I18N=False, USE_TZ=True, TIME_ZONE=options["time_zone"])
    content = Path(options["source"]).read_bytes()
    try:
        letter = letters.read(content, options["extension"])
    except (MemoryError, RecursionError):
        raise
    except Exception:  # DomainError, and whatever a broken letter makes the parsers raise
        return {"reason": ["broken_letter", {}]}
    if len(letter.text) > LONGEST_TEXT:
        return {"reason": ["text_too_long", {}]}
    attached = []
    for position, (name, body) in enumerate(letter.attachments, start=1):
        kind = kind_of(body, letters.media_type_of(name))
        (Path("attached") / str(position)).write_bytes(body)
        attached.append(
            {
                "name": name[:180],
                "file": str(position),
                "kind": kind,
                "size": len(body),
                "sha256": hashlib.sha256(body).hexdigest(),
                "program": is_program(body, name),
                "locked": is_locked(body, kind),
            }
        )
    return {
        "subject": letter.subject,
        "from": letter.sender,
        "to": letter.recipients,
        "cc": letter.copies,
        "sent_at": letter.sent_at.isoformat() if letter.sent_at else "",
        "message_id": letter.message_id,
        "text": letter.text,
        "html": letter.html if letter.is_only_html else "",
        "attached": attached,
        "left": letter.more_attachments,
    }
