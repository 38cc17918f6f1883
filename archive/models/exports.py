from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archive.models.files import CaseFile
from core.models import ActedModel, StoredFile
from documents.choices import WATCHED, SealKind
from documents.models import Document


class CaseExportQuerySet(models.QuerySet["CaseExport"]):
    def readable_by(self, user: Any) -> CaseExportQuerySet:
        """Those of whose documents none is hidden from this person: an export is read whole or not at all."""
        hidden = Document.objects.exclude(pk__in=Document.objects.visible_to(user).values("pk"))
        return self.exclude(documents__in=hidden)

    def seal_to_renew(self) -> CaseExportQuerySet:
        """Sealed, still there, the seal near its end but not past it: afterwards nothing can prolong it."""
        now = timezone.now()
        rows = self.filter(sealed_until__gt=now, sealed_until__lte=now + WATCHED, pdf__isnull=False)
        return rows.order_by("sealed_until", "pk")

    def seal_lost(self) -> CaseExportQuerySet:
        """The seal ended before it was renewed."""
        return self.filter(sealed_until__lte=timezone.now(), pdf__isnull=False)


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
    # The seal it was made with; each renewal has a row of its own and moves `sealed_until`. All empty: unsealed.
    seal_kind = models.CharField(max_length=10, choices=SealKind.choices, blank=True)
    seal_level = models.CharField(max_length=10, blank=True)  # B-B, B-T, B-LTA
    seal_subject = models.CharField(_("sealed by"), max_length=300, blank=True)
    seal_fingerprint = models.CharField(max_length=64, blank=True)  # SHA-256 of the certificate
    seal_note = models.CharField(max_length=300, blank=True)  # what the seal lacks
    sealed_at = models.DateTimeField(null=True, blank=True)
    sealed_until = models.DateTimeField(_("verifiable until"), null=True, blank=True)

    objects = CaseExportQuerySet.as_manager()

    class Meta:
        ordering = ["file", "-number"]
        verbose_name = _("export of a case file")
        verbose_name_plural = _("exports of case files")
        default_permissions = ()
        permissions = [
            ("export_casefile", "Can export case files and verify exports"),
            ("view_caseexport", "Can read exports of case files and their verifications"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="archive_export_number_once"),
            models.UniqueConstraint(fields=["file", "input_sha256"], name="archive_export_input_once"),
            models.CheckConstraint(condition=Q(pages__gte=1), name="archive_export_has_pages"),
            models.CheckConstraint(
                condition=Q(
                    seal_kind="", seal_level="", seal_fingerprint="", sealed_at=None, sealed_until=None
                )
                | ~Q(seal_kind="")
                & ~Q(seal_level="")
                & ~Q(seal_fingerprint="")
                & Q(sealed_at__isnull=False, sealed_until__isnull=False),
                name="archive_export_sealed_as_a_whole",
            ),
        ]
        indexes = [
            models.Index(  # what is to be renewed
                fields=["sealed_until"],
                condition=Q(sealed_until__isnull=False),
                name="archive_export_seal_ends",
            ),
            models.Index(fields=["sha256"], name="archive_export_of_sum"),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} v{self.number}"

    @property
    def is_demo_seal(self) -> bool:
        return self.seal_kind == SealKind.DEMO

    @property
    def seal_ends_soon(self) -> bool:
        return self.sealed_until is not None and self.sealed_until - WATCHED < timezone.now()

    @property
    def seal_has_ended(self) -> bool:
        return self.sealed_until is not None and self.sealed_until <= timezone.now()
