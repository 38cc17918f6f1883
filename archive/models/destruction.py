from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.choices import DestructionState, FileState
from archive.models.acts import ListedFile, SubmittedModel, person
from archive.models.files import CaseFile


def _other(one: str, two: str) -> Q:
    return Q(**{one: None}) | Q(**{two: None}) | ~Q(**{one: F(two)})


class Destruction(SubmittedModel):
    """Files whose term is over: listed, judged, approved as an act (naikinimo aktas), erased after a confirmation.

    Four people: who lists, who gives the opinion, who approves, who confirms. The database holds it.
    """

    number = models.PositiveSmallIntegerField(_("act No."), null=True, blank=True, editable=False)
    year = models.PositiveSmallIntegerField(_("year"), editable=False)
    ground = models.CharField(_("ground"), max_length=300)
    way = models.CharField(_("way of destruction"), max_length=200, blank=True)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=DestructionState.choices,
        default=DestructionState.DRAFT,
        editable=False,
    )
    opinion = models.CharField(_("opinion of the expert"), max_length=1000, blank=True, editable=False)
    opinion_at = models.DateTimeField(null=True, blank=True, editable=False)
    opinion_by = person()
    opinion_name = models.CharField(max_length=400, blank=True, editable=False)
    list_sha256 = models.CharField(
        max_length=64, blank=True, editable=False
    )  # of the lines that were approved
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    confirmed_by = person()
    confirmed_name = models.CharField(max_length=400, blank=True, editable=False)
    destroyed_at = models.DateTimeField(null=True, blank=True, editable=False)
    backups_end_on = models.DateField(_("last backup expires"), null=True, blank=True, editable=False)
    aborted_at = models.DateTimeField(null=True, blank=True, editable=False)
    aborted_name = models.CharField(max_length=400, blank=True, editable=False)
    abort_reason = models.CharField(_("reason"), max_length=300, blank=True, editable=False)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("destruction of case files")
        verbose_name_plural = _("destructions of case files")
        permissions = [
            ("judge_destruction", "Can give the expert's opinion on a destruction"),
            ("approve_destruction", "Can approve an act of destruction"),
            ("confirm_destruction", "Can confirm an approved destruction"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "number"],
                condition=Q(number__isnull=False),
                name="archive_destruction_number_once",
            ),
            models.CheckConstraint(
                condition=_other("opinion_by", "submitted_by")
                & _other("approved_by", "submitted_by")
                & _other("approved_by", "opinion_by")
                & _other("confirmed_by", "submitted_by")
                & _other("confirmed_by", "opinion_by")
                & _other("confirmed_by", "approved_by"),
                name="archive_destruction_each_step_its_person",
            ),
            models.CheckConstraint(  # nothing is erased that was not approved and confirmed
                condition=~Q(state__in=[DestructionState.ERASING, DestructionState.DONE])
                | Q(
                    opinion_by__isnull=False,
                    approved_by__isnull=False,
                    confirmed_by__isnull=False,
                    number__isnull=False,
                ),
                name="archive_destruction_only_after_all_steps",
            ),
            models.CheckConstraint(
                condition=Q(state=DestructionState.ABORTED, aborted_at__isnull=False)
                | ~Q(state=DestructionState.ABORTED) & Q(aborted_at=None),
                name="archive_destruction_aborted_as_a_whole",
            ),
            models.CheckConstraint(
                condition=Q(state=DestructionState.DONE, destroyed_at__isnull=False)
                | ~Q(state=DestructionState.DONE) & Q(destroyed_at=None),
                name="archive_destruction_done_has_time",
            ),
        ]

    def __str__(self) -> str:
        if self.number is None:
            return gettext("List of files to destroy, %(day)s") % {"day": self.created_at.date().isoformat()}
        return gettext("Act of destruction No. %(number)s") % {"number": self.signature}

    def get_absolute_url(self) -> str:
        return reverse("archive:destruction", args=[self.pk])

    @property
    def signature(self) -> str:
        return f"N-{self.number}/{self.year}" if self.number else ""

    @property
    def tone(self) -> str:
        return DestructionState(self.state).tone

    @property
    def is_abortable(self) -> bool:
        """Until it is confirmed; then the erasure begins."""
        return self.state in (
            DestructionState.DRAFT,
            DestructionState.JUDGING,
            DestructionState.APPROVING,
            DestructionState.APPROVED,
        )


class DestructionLine(ListedFile):
    """A file to be destroyed; after the erasure what was erased of it."""

    destruction = models.ForeignKey(Destruction, models.CASCADE, related_name="lines")
    file = models.ForeignKey(CaseFile, models.PROTECT, related_name="destruction_lines")
    counted_from = models.DateField(_("counted from"))
    kept_until = models.DateField(_("kept until"))
    state_before = models.CharField(max_length=12, choices=FileState.choices)
    stands = models.BooleanField(default=True)  # not in an aborted list
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    skipped_why = models.CharField(max_length=300, blank=True, editable=False)

    class Meta:
        ordering = ["destruction", "year", "index_key", "volume"]
        verbose_name = _("line of a destruction")
        verbose_name_plural = _("lines of a destruction")
        constraints = [
            models.UniqueConstraint(
                fields=["file"], condition=Q(stands=True), name="archive_destruction_file_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.signature} {self.heading}"


class ErasedFile(models.Model):
    """Bytes that were destroyed, by their sum: what proves it later and lets the work be taken up again."""

    line = models.ForeignKey(DestructionLine, models.PROTECT, related_name="erased")
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField(_("size, bytes"))
    path = models.CharField(max_length=200)
    is_needed = models.BooleanField(default=False)  # something else needs the same bytes: they stay
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["line", "pk"]
        verbose_name = _("erased file")
        verbose_name_plural = _("erased files")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["line", "sha256"], name="archive_erased_file_once"),
            models.CheckConstraint(
                condition=Q(is_needed=False) | Q(erased_at=None), name="archive_erased_file_not_if_needed"
            ),
        ]

    def __str__(self) -> str:
        return self.sha256
