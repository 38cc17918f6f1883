from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.choices import DataClass
from core.models.acted import ActedModel


class PersonalValue(models.Model):
    """One contact or special value of a person, encrypted with a key kept outside the database (design 4.8).

    Deleting the key erases the value for good, in backups too; `digest` is keyed and finds doubles.
    """

    holder_type = models.CharField(max_length=80)
    holder_pk = models.BigIntegerField()
    purpose = models.CharField(_("purpose"), max_length=60)
    data_class = models.CharField(_("class"), max_length=10, choices=DataClass.choices)
    field = models.CharField(_("field"), max_length=40)
    key_name = models.CharField(max_length=64)
    ciphertext = models.BinaryField()
    digest = models.CharField(max_length=64, db_index=True)
    erase_on = models.DateField(_("erased on"), null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["holder_type", "holder_pk", "purpose", "field"], name="core_personal_value_once"
            )
        ]
        indexes = [models.Index(fields=["erase_on"], name="core_personal_to_erase")]

    def __str__(self) -> str:
        return f"{self.holder_type}:{self.holder_pk} {self.field}"


class AccessRecord(ActedModel):
    """Somebody read personal data: who, whose, which fields, for what (prieigos žurnalas)."""

    at = models.DateTimeField(auto_now_add=True)
    subject_type = models.CharField(max_length=80)
    subject_pk = models.BigIntegerField()
    fields = models.JSONField(default=list)
    purpose = models.CharField(max_length=60)
    matter_pk = models.BigIntegerField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_pk", "-at"], name="core_access_of_subject"),
            models.Index(fields=["at"], name="core_access_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.subject_type}:{self.subject_pk}"
