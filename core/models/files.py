from __future__ import annotations

import secrets
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


def random_path(instance: Any, filename: str) -> str:
    token = secrets.token_hex(16)
    return f"{token[:2]}/{token[2:]}"


class StoredFile(models.Model):
    """Bytes under their SHA-256, kept once, outside the web root, under a random name."""

    sha256 = models.CharField("SHA-256", max_length=64, unique=True, editable=False)
    size = models.PositiveBigIntegerField(_("size, bytes"), editable=False)
    media_type = models.CharField(_("media type"), max_length=120)
    name = models.CharField(_("file name"), max_length=255)
    file = models.FileField(upload_to=random_path, max_length=120, editable=False)
    created_at = models.DateTimeField(auto_now_add=True, editable=False)

    def __str__(self) -> str:
        return self.name

    def read(self) -> bytes:
        with self.file.open("rb") as stream:
            return stream.read()
