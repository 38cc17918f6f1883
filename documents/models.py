from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import ActedModel, StoredFile, TimestampedModel
from core.registry import DocumentKind, register_document_kind
from documents.choices import GONE, DocumentState, Origin
from matters.models import Matter, Version


class Register(models.Model):
    """A register of documents (registras): ours, numbered here, or kept in another system of the municipality."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    prefix = models.CharField(_("beginning of the number"), max_length=20, blank=True)
    is_ours = models.BooleanField(_("numbers are given here"), default=True)
    system = models.CharField(
        _("system"), max_length=80, blank=True, help_text=_("Where the register is kept when it is not ours.")
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("register")
        verbose_name_plural = _("registers")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_ours=True) | ~Q(system=""), name="documents_register_elsewhere_has_system"
            )
        ]

    def __str__(self) -> str:
        return self.name


class RegisterYear(models.Model):
    """The last number given in a register in a year; its row is the lock."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "year"], name="documents_register_year_once")
        ]

    def __str__(self) -> str:
        return f"{self.register_id} {self.year}"


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, user: Any) -> DocumentQuerySet:
        """Documents of matters this person sees; working papers only to those who do the work.

        Restricted ones only to the persons named on them, whatever their role.
        """
        seen = self.filter(matter__in=Matter.objects.visible_to(user))
        named = Document.readers.through.objects.filter(user_id=user.pk).values("document_id")
        seen = seen.filter(Q(is_restricted=False) | Q(pk__in=named))
        return seen if user.has_perm("matters.change_matter") else seen.filter(is_working_paper=False)

    def awaiting_number(self) -> DocumentQuerySet:
        """Documents to be registered in another system whose number has not come back yet."""
        return self.filter(awaits__isnull=False).exclude(state__in=GONE).order_by("updated_at", "pk")

    def due_for_erasure(self, today: datetime.date) -> DocumentQuerySet:
        """Those whose day has come: with the values they show, which go on the same day."""
        return self.filter(is_working_paper=True, erase_on__lte=today)


class Document(ActedModel, TimestampedModel):
    """A file of a matter with its versions (dokumentas): made here, uploaded or received."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=60, editable=False)
    language = models.CharField(_("language"), max_length=20, blank=True)
    title = models.CharField(_("title"), max_length=200)
    origin = models.CharField(max_length=10, choices=Origin.choices, editable=False)
    state = models.CharField(
        max_length=10, choices=DocumentState.choices, default=DocumentState.DRAFT, editable=False
    )
    void_reason = models.CharField(_("reason"), max_length=300, blank=True, editable=False)
    is_working_paper = models.BooleanField(default=False, editable=False)
    erase_on = models.DateField(null=True, blank=True, editable=False)
    is_restricted = models.BooleanField(
        default=False, editable=False
    )  # opened by `readers` only, each time logged
    readers = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+", editable=False)
    # A received letter: who sent it and when; its attachments are documents of their own.
    part_of = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="parts", editable=False
    )
    sender = models.CharField(_("sender"), max_length=300, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    text = models.TextField(
        _("text"), blank=True
    )  # of a note or a letter, for reading without opening the file
    awaits = models.ForeignKey(
        Register,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="waiting",
        verbose_name=_("waits for a number in"),
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            models.UniqueConstraint(  # two people press "make" at once
                fields=["matter", "kind", "language"],
                condition=Q(origin=Origin.MADE) & ~Q(state__in=GONE),
                name="documents_document_made_once",
            ),
            models.CheckConstraint(
                condition=~Q(state=DocumentState.VOID) | ~Q(void_reason=""),
                name="documents_document_void_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(is_working_paper=False) | Q(erase_on__isnull=False),
                name="documents_document_working_paper_ends",
            ),
        ]
        indexes = [models.Index(fields=["matter", "-created_at"], name="documents_of_matter")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("documents:detail", args=[self.pk])

    @property
    def kind_entry(self) -> DocumentKind | None:
        return register_document_kind.get(self.kind)

    @property
    def is_filed_by_portal(self) -> bool:
        """Its life is another row's (an act, evidence): nobody renames, replaces or voids it by hand."""
        return self.origin == Origin.FILED

    @property
    def is_void(self) -> bool:
        return self.state == DocumentState.VOID

    @property
    def is_gone(self) -> bool:
        """Void, or destroyed by act: nothing more is done with it."""
        return self.state in GONE


class DocumentVersion(ActedModel):
    """One state of a document's file (dokumento versija): kept for good under its SHA-256."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(_("file name"), max_length=255)
    docx = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    # SHA-256 of input, language, template, styles, typefaces and renderer: the same key is not made twice.
    input_sha256 = models.CharField(max_length=64, blank=True)
    source = models.ForeignKey(Version, models.PROTECT, null=True, blank=True, related_name="papers")
    label = models.CharField(max_length=120, blank=True)
    is_draft = models.BooleanField(default=False)  # marked PROJEKTAS on each page
    level = models.CharField(max_length=20, blank=True)  # what the conformance check has passed
    pages = models.PositiveIntegerField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("version of a document")
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="documents_version_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.document_id} v{self.number}"

    @property
    def suffix(self) -> str:
        """What the file is, by its name: "PDF", "DOCX"."""
        return self.name.rsplit(".", 1)[-1].upper()[:8] if "." in self.name else ""


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def standing(self) -> RegistrationQuerySet:
        return self.filter(void_at=None)


class Registration(ActedModel):
    """A document's one legal registration (registracija): our next number, or another system's number and date."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="registrations")
    register = models.ForeignKey(Register, models.PROTECT, related_name="registrations")
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField(null=True, blank=True)
    number = models.CharField(_("number"), max_length=60)
    registered_on = models.DateField(_("date"))
    url = models.URLField(_("link"), blank=True, max_length=500)
    created_at = models.DateTimeField(auto_now_add=True)
    void_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["-registered_on", "-pk"]
        verbose_name = _("registration")
        constraints = [
            models.UniqueConstraint(
                fields=["document"], condition=Q(void_at=None), name="documents_registration_one_stands"
            ),
            models.UniqueConstraint(
                fields=["register", "year", "sequence"],
                condition=Q(sequence__isnull=False),
                name="documents_registration_number_is_used_once",
            ),
            models.UniqueConstraint(
                fields=["register", "year", "number"],
                condition=Q(void_at=None),
                name="documents_registration_outside_number_once",
            ),
            models.CheckConstraint(
                condition=Q(void_at=None, void_reason="") | Q(void_at__isnull=False) & ~Q(void_reason=""),
                name="documents_registration_void_as_a_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Conversion(models.Model):
    """A foreign file as archival pages (pakeitimas į PDF/A): made once, kept under the sum of what it was made from.

    One that failed is tried again when the machine's converters change.
    """

    original_sha256 = models.CharField("SHA-256", max_length=64, unique=True, editable=False)
    format = models.PositiveSmallIntegerField(editable=False)
    tools = models.CharField(max_length=500, editable=False)  # converters that were there
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", editable=False)
    reason = models.JSONField(null=True, editable=False)  # a code with its values, when there are no pages
    notes = models.JSONField(default=list, editable=False)
    read_pages = models.PositiveIntegerField(default=0, editable=False)
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("conversion")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(pdf__isnull=False) | Q(reason__isnull=False),
                name="documents_conversion_has_pages_or_reason",
            )
        ]

    def __str__(self) -> str:
        return self.original_sha256[:12]
