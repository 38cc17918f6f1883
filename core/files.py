"""Keeping bytes: content-addressed, so the same file is kept once."""

from __future__ import annotations

import datetime
import hashlib
from typing import IO, Any

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone

from core.models import StoredFile


def store(content: bytes | IO[bytes], *, name: str, media_type: str) -> StoredFile:
    """Keep the bytes and return their row; equal bytes give the row that is there already.

    The file is written before the row, so a crash in between leaves at most an unreferenced file.
    """
    digest, size = measure(content)
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


def drop_forgotten(older_than: datetime.timedelta) -> int:
    """Bytes that no row names go: a process died, or a transaction was undone, after they were written. Returns how many."""
    storage: Any = StoredFile._meta.get_field("file").storage  # type: ignore[union-attr]
    before, dropped = timezone.now() - older_than, 0
    for folder in _listed(storage, "")[0]:
        paths = {f"{folder}/{name}" for name in _listed(storage, folder)[1]}
        named = StoredFile.objects.filter(file__in=paths).values_list("file", flat=True)
        for path in sorted(paths.difference(named)):
            if storage.get_modified_time(path) < before:
                storage.delete(path)
                dropped += 1
    return dropped


def _listed(storage: Any, folder: str) -> tuple[list[str], list[str]]:
    try:
        return storage.listdir(folder)
    except FileNotFoundError:
        return [], []


def measure(content: bytes | IO[bytes]) -> tuple[str, int]:
    """The SHA-256 and the length; a file is read in blocks and stands at its beginning afterwards."""
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest(), len(content)
    digest, size = hashlib.sha256(), 0
    content.seek(0)
    while chunk := content.read(1 << 20):
        digest.update(chunk)
        size += len(chunk)
    content.seek(0)
    return digest.hexdigest(), size
