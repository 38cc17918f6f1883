from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.choices import FileState, PackageKind, Receiver, TransferState
from archive.models.acts import ListedFile, SubmittedModel
from archive.models.files import CaseFile
from core.models import StoredFile


class Transfer(SubmittedModel):
    """Files handed over to an archive by act (perdavimo aktas), as packages the archive can check by itself."""

    number = models.PositiveSmallIntegerField(_("act No."), null=True, blank=True, editable=False)
    year = models.PositiveSmallIntegerField(_("year"), editable=False)
    receiver = models.CharField(_("handed over to"), max_length=10, choices=Receiver.choices)
    receiver_name = models.CharField(_("name of the archive"), max_length=200)
    ground = models.CharField(_("ground"), max_length=300)
    condition = models.CharField(_("condition of the files"), max_length=200, blank=True)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=TransferState.choices,
        default=TransferState.DRAFT,
        editable=False,
    )
    receipt_number = models.CharField(_("No. of the receipt"), max_length=60, blank=True, editable=False)
    received_on = models.DateField(_("received"), null=True, blank=True, editable=False)
    received_by = models.CharField(_("who received"), max_length=200, blank=True, editable=False)
    receipt_name = models.CharField(max_length=400, blank=True, editable=False)  # who entered it
    aborted_at = models.DateTimeField(null=True, blank=True, editable=False)
    aborted_name = models.CharField(max_length=400, blank=True, editable=False)
    abort_reason = models.CharField(_("reason"), max_length=300, blank=True, editable=False)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("transfer of case files")
        verbose_name_plural = _("transfers of case files")
        permissions = [("approve_transfer", "Can approve an act of transfer")]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "number"],
                condition=Q(number__isnull=False),
                name="archive_transfer_number_once",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("submitted_by")),
                name="archive_transfer_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state=TransferState.RECEIVED, received_on__isnull=False, number__isnull=False)
                & ~Q(received_by="")
                | ~Q(state=TransferState.RECEIVED) & Q(received_on=None),
                name="archive_transfer_received_as_a_whole",
            ),
        ]

    def __str__(self) -> str:
        if self.number is None:
            return gettext("List of files to hand over, %(day)s") % {
                "day": self.created_at.date().isoformat()
            }
        return gettext("Act of transfer No. %(number)s") % {"number": self.signature}

    def get_absolute_url(self) -> str:
        return reverse("archive:transfer", args=[self.pk])

    @property
    def signature(self) -> str:
        return f"P-{self.number}/{self.year}" if self.number else ""

    @property
    def tone(self) -> str:
        return TransferState(self.state).tone

    @property
    def is_abortable(self) -> bool:
        """Until the archive has received."""
        return self.state not in (TransferState.RECEIVED, TransferState.ABORTED)


class TransferLine(ListedFile):
    """A file to be handed over."""

    transfer = models.ForeignKey(Transfer, models.CASCADE, related_name="lines")
    file = models.ForeignKey(CaseFile, models.PROTECT, related_name="transfer_lines")
    inventory_number = models.PositiveIntegerField(_("No. in the inventory"), null=True, blank=True)
    state_before = models.CharField(max_length=12, choices=FileState.choices)
    stands = models.BooleanField(default=True)  # not in an aborted list, not received yet

    class Meta:
        ordering = ["transfer", "year", "index_key", "volume"]
        verbose_name = _("line of a transfer")
        verbose_name_plural = _("lines of a transfer")
        constraints = [
            models.UniqueConstraint(
                fields=["file"], condition=Q(stands=True), name="archive_transfer_file_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.signature} {self.heading}"


class TransferPackage(models.Model):
    """A file packed for the archive (perdavimo paketas): a BagIt bag or an E-ARK SIP, with its sum."""

    line = models.ForeignKey(TransferLine, models.PROTECT, related_name="packages")
    kind = models.CharField(_("kind"), max_length=6, choices=PackageKind.choices)
    stored = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("file name"), max_length=120)
    sha256 = models.CharField("SHA-256", max_length=64)  # stays when the bytes are destroyed by act
    size = models.PositiveBigIntegerField(_("size, bytes"))
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["line", "kind"]
        verbose_name = _("transfer package")
        verbose_name_plural = _("transfer packages")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["line", "kind"], name="archive_package_kind_once")]

    def __str__(self) -> str:
        return self.name
