"""What inventories and acts share: a list of files as they were that day, submitted by one, approved by another."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import StoredFile, TimestampedModel
from documents.models import Document


def person(**more: Any) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        **more,
    )


class SubmittedModel(TimestampedModel):
    """A list that somebody submits and somebody else approves; its paper is drawn by a worker."""

    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    submitted_by = person()
    submitted_name = models.CharField(max_length=400, blank=True, editable=False)  # "X, pavaduoja Y"
    return_note = models.CharField(_("what to mend"), max_length=500, blank=True, editable=False)
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    approved_by = person()
    approved_name = models.CharField(max_length=400, blank=True, editable=False)
    paper = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    paper_at = models.DateTimeField(null=True, blank=True, editable=False)
    document = models.OneToOneField(  # since it was approved: registered, placed in its file
        Document, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    class Meta:
        abstract = True


class ListedFile(models.Model):
    """A line of a list: the file's data as they stood when the list was made, whatever becomes of the file."""

    year = models.PositiveSmallIntegerField(_("year"))
    index = models.CharField(_("index"), max_length=20)
    index_key = models.CharField(max_length=40, editable=False)
    heading = models.CharField(_("heading"), max_length=300)
    volume = models.PositiveSmallIntegerField(_("volume"), default=1)
    first_on = models.DateField(_("first document"), null=True, blank=True)
    last_on = models.DateField(_("last document"), null=True, blank=True)
    documents = models.PositiveIntegerField(_("documents"), default=0)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    sheets = models.PositiveIntegerField(_("sheets"), null=True, blank=True)
    term = models.CharField(_("kept"), max_length=120)
    point = models.CharField(_("point of the index"), max_length=20, blank=True)
    is_verified = models.BooleanField(_("verified"), default=False)  # the term, against the index in force
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        abstract = True

    @property
    def signature(self) -> str:
        return self.index if self.volume == 1 else f"{self.index}, t. {self.volume}"
