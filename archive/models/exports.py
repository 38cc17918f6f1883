from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from archive.models.files import CaseFile
from core.models import ActedModel, StoredFile
from documents.models import Document


class CaseExportQuerySet(models.QuerySet["CaseExport"]):
    def readable_by(self, user: Any) -> CaseExportQuerySet:
        """Those of whose documents none is hidden from this person: an export is read whole or not at all."""
        hidden = Document.objects.exclude(pk__in=Document.objects.visible_to(user).values("pk"))
        return self.exclude(documents__in=hidden)


class CaseExport(ActedModel):
    """A case file as one PDF (bylos išrašas): kept for good with what it held; the newest supersedes those before."""

    file = models.ForeignKey(CaseFile, models.PROTECT, related_name="exports")
    number = models.PositiveIntegerField(_("version"))
    input_sha256 = models.CharField(max_length=64, editable=False)
    pdf = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="+"
    )  # none once destroyed by act
    sha256 = models.CharField(
        "SHA-256", max_length=64, editable=False
    )  # stays when the bytes are destroyed by act
    pages = models.PositiveIntegerField(_("pages"))
    level = models.CharField(max_length=20)
    manifest = models.JSONField(
        default=dict
    )  # what it held: documents, pages, sums of the embedded originals
    documents = models.ManyToManyField(Document, related_name="exports")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = CaseExportQuerySet.as_manager()

    class Meta:
        ordering = ["file", "-number"]
        verbose_name = _("export of a case file")
        verbose_name_plural = _("exports of case files")
        default_permissions = ()
        permissions = [("export_casefile", "Can export case files and read their exports")]
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="archive_export_number_once"),
            models.UniqueConstraint(fields=["file", "input_sha256"], name="archive_export_input_once"),
            models.CheckConstraint(condition=Q(pages__gte=1), name="archive_export_has_pages"),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} v{self.number}"
