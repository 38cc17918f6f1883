"""Keeping bytes: content-addressed, so the same file is kept once."""

from __future__ import annotations

import hashlib
from typing import IO

from django.core.files.base import ContentFile, File
from django.db import transaction

from core.models import StoredFile


def store(content: bytes | IO[bytes], *, name: str, media_type: str) -> StoredFile:
    """Keep the bytes and return their row; equal bytes give the row that is there already.

    The file is written before the row, so a crash in between leaves at most an unreferenced file.
    """
    digest, size = _measure(content)
    known = StoredFile.objects.filter(sha256=digest).first()
    if known and known.file.storage.exists(str(known.file.name)):
        return known
    body: File = ContentFile(content) if isinstance(content, bytes) else File(content)
    with transaction.atomic():
        row, created = StoredFile.objects.get_or_create(
            sha256=digest, defaults={"size": size, "media_type": media_type, "name": name[:255]}
        )
        if created or not row.file or not row.file.storage.exists(str(row.file.name)):
            row.file.save(name, body, save=True)
    return row


def _measure(content: bytes | IO[bytes]) -> tuple[str, int]:
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest(), len(content)
    digest, size = hashlib.sha256(), 0
    content.seek(0)
    while chunk := content.read(1 << 20):
        digest.update(chunk)
        size += len(chunk)
    content.seek(0)
    return digest.hexdigest(), size
