from __future__ import annotations

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.choices import UnitKind
from core.models import lt_sort_key


class UnitQuerySet(models.QuerySet["Unit"]):
    def with_people_count(self) -> UnitQuerySet:
        """How many people with an open account belong to the unit."""
        return self.annotate(
            people_count=Count("people", filter=Q(people__is_active=True, people__closed_at=None))
        )


class Unit(models.Model):
    """A unit of the municipality: council, committee, department, institution (padalinys)."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name_lt = models.CharField(_("name in Lithuanian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=30, choices=UnitKind.choices, default=UnitKind.UNIT)
    parent = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    source = models.CharField(_("source"), max_length=300, blank=True)
    is_verified = models.BooleanField(_("verified"), default=False)
    sort_key = lt_sort_key("name_lt")

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = pgettext_lazy("of the municipality", "unit")
        verbose_name_plural = pgettext_lazy("of the municipality", "units")

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name_lt
