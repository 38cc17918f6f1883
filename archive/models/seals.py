from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from archive.choices import Verdict
from archive.models.exports import CaseExport
from core.models import ActedModel, StoredFile


class RenewedSeal(ActedModel):
    """A seal prolonged (spaudo atnaujinimas): what was there is the beginning of the bytes that are there now.

    So the bytes before need not be kept: their length and sum prove them inside the renewed file.
    """

    export = models.ForeignKey(CaseExport, models.PROTECT, related_name="renewals")
    number = models.PositiveSmallIntegerField(_("number"))
    is_stamp = models.BooleanField(_("time stamp"))  # else another seal
    sha256_before = models.CharField(max_length=64, db_index=True)
    size_before = models.PositiveBigIntegerField()
    sha256_after = models.CharField(max_length=64)
    until_before = models.DateTimeField()
    until = models.DateTimeField(_("verifiable until"))
    subject = models.CharField(_("whose"), max_length=300)
    fingerprint = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["export", "number"]
        verbose_name = _("renewed seal")
        verbose_name_plural = _("renewed seals")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["export", "number"], name="archive_renewal_number_once"),
            models.CheckConstraint(
                condition=Q(until__gt=models.F("until_before")), name="archive_renewal_prolongs"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.export} · {self.number}"


class VerificationQuerySet(models.QuerySet["Verification"]):
    def visible_to(self, user: Any) -> VerificationQuerySet:
        """One's own, and those of exports of whose documents none is hidden: a finding names files."""
        readable = CaseExport.objects.readable_by(user).values("pk")
        return self.filter(Q(actor_user=user) | Q(export__in=readable))


class Verification(ActedModel):
    """An export looked through (išrašo patikrinimas): of a file sent in or of one kept here; what was found stays."""

    name = models.CharField(_("file"), max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField()
    upload = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    export = models.ForeignKey(
        CaseExport, models.PROTECT, null=True, blank=True, related_name="verifications"
    )
    verdict = models.CharField(max_length=12, choices=Verdict.choices, blank=True)
    found = models.JSONField(default=dict)
    made_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = VerificationQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("verification of an export")
        verbose_name_plural = _("verifications of exports")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="", finished_at=None) | ~Q(verdict="") & Q(finished_at__isnull=False),
                name="archive_verification_found_as_a_whole",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def tone(self) -> str:
        return Verdict(self.verdict).tone if self.verdict else "live"
