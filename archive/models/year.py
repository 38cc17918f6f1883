from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matters.models import Matter
from matters.models.matter import MatterQuerySet


class ArchiveYear(Matter):
    """A year of the archive's work (archyvo metai): the acts registered in it are its documents."""

    of_year = models.PositiveSmallIntegerField(_("year"), unique=True)

    objects = MatterQuerySet.as_manager()

    class Meta:
        verbose_name = _("year of the archive")
        verbose_name_plural = _("years of the archive")

    def get_absolute_url(self) -> str:
        return reverse("archive:year", args=[self.pk])
