from __future__ import annotations

from functools import cache
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import StaleWriteError


class TimestampedModel(models.Model):
    created_at = models.DateTimeField(gettext_lazy("created"), auto_now_add=True, editable=False)
    updated_at = models.DateTimeField(gettext_lazy("changed"), auto_now=True, editable=False)

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: Any) -> Any:
        """As Django's own behind each `get_…_display`, the choices listed once: a page asks hundreds of times."""
        value = getattr(self, field.attname)
        return force_str(_labels(field).get(value, value), strings_only=True)


@cache
def _labels(field: Any) -> dict[Any, Any]:
    return dict(field.flatchoices)


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


class PlacedModel(models.Model):
    """What stands somewhere on the map; a child's own constraints are joined to `Meta.constraints` of this one."""

    latitude = models.DecimalField(
        gettext_lazy("latitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    longitude = models.DecimalField(
        gettext_lazy("longitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="%(app_label)s_%(class)s_placed_as_a_whole",
                violation_error_message=gettext_lazy("Give both coordinates, in degrees."),
            )
        ]


def lt_sort_key(*names: str) -> models.GeneratedField:
    """A column by which rows stand in Lithuanian order of these fields; the database keeps it."""
    between: list[Any] = [part for name in names for part in (models.Value(" "), name)][1:]
    text = Concat(*between) if len(names) > 1 else names[0]
    return models.GeneratedField(
        expression=models.Func(text, function="lt_sort_key"),
        output_field=models.TextField(),
        db_persist=True,
    )
