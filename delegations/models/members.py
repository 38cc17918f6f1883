from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from accounts.choices import Gender
from core.models import VersionedModel
from delegations.choices import MemberKind
from delegations.models.visits import Visit
from partners.choices import Language
from partners.models import Person

# Contact and special values of guests lie encrypted in core.personal under this purpose (design 4.8).
GUEST_PURPOSE = "delegations.guests"
CONTACT_FIELDS = ("phone", "email")
SPECIAL_FIELDS = ("diet", "accessibility", "identity")
IDENTITY = "identity"  # asked for only where the visit says what for


class Member(VersionedModel):
    """A guest of a visit (svečias): the Latin form of the name and, where it differs, its own script.

    Telephone, diet and needs are not here: see GUEST_PURPOSE.
    """

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="members")
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("known person"),
    )
    name = models.CharField(
        _("name and surname"), max_length=160, help_text=_("In Latin letters, as on a passport.")
    )
    own_name = models.CharField(_("name in its own script"), max_length=160, blank=True)
    name_language = models.CharField(
        _("language of the name"), max_length=5, choices=Language.choices, default=Language.EN
    )
    gender = models.CharField(_("gender"), max_length=1, choices=Gender.choices, blank=True)
    kind = models.CharField(
        _("place in the delegation"), max_length=12, choices=MemberKind.choices, default=MemberKind.MEMBER
    )
    rank = models.PositiveSmallIntegerField(_("order of precedence"), default=90)
    post_lt = models.CharField(_("post in Lithuanian"), max_length=200, blank=True)
    post_local = models.CharField(_("post in the guests' language"), max_length=200, blank=True)
    languages = ArrayField(
        models.CharField(max_length=5, choices=Language.choices),
        default=list,
        blank=True,
        verbose_name=_("languages spoken"),
    )

    # A spouse or another companion may have a programme of her own: see ItemParticipant.
    companion_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="companions",
        verbose_name=_("accompanies"),
    )
    consented_on = models.DateField(
        _("has agreed that the data be used"), null=True, blank=True, help_text=_("The day of the consent.")
    )
    consent_note = models.CharField(_("how the consent was given"), max_length=200, blank=True)

    class Meta:
        ordering = ["rank", "pk"]
        verbose_name = _("guest")
        verbose_name_plural = _("guests")
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "person"],
                condition=Q(person__isnull=False),
                name="delegations_member_person_once",
                violation_error_message=_("This person is in the delegation already."),
            ),
            models.UniqueConstraint(
                "visit",
                Upper("name"),
                name="delegations_member_name_once",
                violation_error_message=_("This person is in the delegation already."),
            ),
            models.UniqueConstraint(
                fields=["visit"],
                condition=Q(kind=MemberKind.HEAD),
                name="delegations_member_one_head",
                violation_error_message=_("The delegation has a head already."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="delegations_member_has_name"),
            models.CheckConstraint(
                condition=Q(companion_of=None) | ~Q(companion_of=F("pk")),
                name="delegations_member_accompanies_another",
                violation_error_message=_("A guest does not accompany herself."),
            ),
            models.CheckConstraint(
                condition=Q(consent_note="") | Q(consented_on__isnull=False),
                name="delegations_member_consent_has_day",
                violation_error_message=_("Write the day of the consent."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def display_name(self) -> str:
        """The name as the guest writes it."""
        return self.own_name or self.name

    @property
    def language_labels(self) -> list[Any]:
        return [Language(code).label for code in self.languages]

    @property
    def latin_beside(self) -> str:
        return self.name if self.own_name and self.own_name != self.name else ""

    @property
    def initials(self) -> str:
        words = self.display_name.split()
        return "".join(word[:1] for word in (words[:1] + words[-1:] if len(words) > 1 else words))

    @property
    def line(self) -> str:
        """The second line of a list: Latin name, post, place in the delegation."""
        kind: Any = self.get_kind_display() if self.kind != MemberKind.MEMBER else ""
        return ", ".join(str(part) for part in (self.latin_beside, self.post_lt, kind) if part)
