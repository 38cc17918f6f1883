from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import ActedModel, StoredFile, TimestampedModel
from resources.models.resources import Interpreter


class InterpreterContract(ActedModel, TimestampedModel):
    """A signed contract of an interpreter as a file (vertėjo sutartis), with the days it was signed for.

    What is in force stands with the interpreter; the contracts before it stay here until their day.
    """

    interpreter = models.ForeignKey(Interpreter, models.CASCADE, related_name="contracts")
    number = models.CharField(_("number of the contract"), max_length=60)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    name = models.CharField(max_length=200, editable=False)
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("interpreter's contract")
        verbose_name_plural = _("interpreters' contracts")
        default_permissions = ()
        permissions = [("read_contracts", "Can open the contracts of interpreters")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_from=None)
                | models.Q(valid_until=None)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="resources_contract_ends_after_start",
                violation_error_message=_("The contract ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.number
