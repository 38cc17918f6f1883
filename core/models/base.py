from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import StaleWriteError


class TimestampedModel(models.Model):
    created_at = models.DateTimeField(gettext_lazy("created"), auto_now_add=True, editable=False)
    updated_at = models.DateTimeField(gettext_lazy("changed"), auto_now=True, editable=False)

    class Meta:
        abstract = True


class VersionedModel(TimestampedModel):
    """A row two people may edit: each save counts up `revision`, and a stale one is refused."""

    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def save_if_current(self, revision: int | None, fields: list[str]) -> None:
        """Write `fields` if nobody saved since `revision` was read; raises StaleWriteError with their row."""
        now = timezone.now()
        current = type(self)._default_manager.filter(pk=self.pk)
        if revision is not None:
            current = current.filter(revision=revision)
        values: dict[str, Any] = {name: getattr(self, name) for name in fields}
        if not current.update(**values, revision=models.F("revision") + 1, updated_at=now):
            theirs = type(self)._default_manager.filter(pk=self.pk).first()
            raise StaleWriteError(
                _("Somebody else has just changed this. Compare both texts."), theirs=theirs
            )
        self.updated_at = now
        self.revision = (revision or self.revision) + 1
