from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import ActedModel
from matters.choices import LinkPurpose
from matters.models.approvals import ApprovalStep, Version
from matters.models.matter import Matter


class PersonalLink(ActedModel):
    """The right of one named person without an account to do one thing (asmeninė nuoroda).

    The token itself is only in the mail; here is its SHA-256. Bound to person, version and purpose.
    """

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="personal_links")
    version = models.ForeignKey(Version, models.CASCADE, null=True, blank=True, related_name="+")
    step = models.ForeignKey(ApprovalStep, models.CASCADE, null=True, blank=True, related_name="links")
    purpose = models.CharField(max_length=10, choices=LinkPurpose.choices)
    # Whose page it opens and of what: "delegations.guest:12" (core.registry.LinkPage); nothing for the spine's own.
    subject = models.CharField(max_length=80, blank=True)
    token_sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=160)
    post = models.CharField(_("post"), max_length=160, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(max_length=5, default="lt")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    first_opened_at = models.DateTimeField(null=True, blank=True)
    open_count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(purpose=LinkPurpose.APPROVE) | Q(step__isnull=False, version__isnull=False),
                name="matters_link_decides_a_version",
            ),
            models.CheckConstraint(  # a guest's address lies encrypted in core.personal and nowhere else
                condition=~Q(purpose=LinkPurpose.GUEST) | Q(email=""),
                name="matters_link_of_a_guest_keeps_no_address",
            ),
        ]
        indexes = [models.Index(fields=["matter", "subject"], name="matters_link_of_subject")]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_purpose_display()}"
