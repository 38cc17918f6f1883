from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import BaseUserManager, PermissionsMixin
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import Gender, Theme
from accounts.models.units import Unit
from core.actor import Actor
from core.language import decline_name
from core.models import lt_sort_key


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> UserQuerySet:
        return self.filter(is_active=True, closed_at=None)

    def with_role(self, role: str) -> UserQuerySet:
        return self.active().filter(groups__name=role)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person of the municipality with an account (naudotojas). Accounts are closed, never deleted."""

    username = models.CharField(
        _("user name"), max_length=60, unique=True, validators=[UnicodeUsernameValidator()]
    )
    first_name = models.CharField(_("first name"), max_length=80)
    last_name = models.CharField(_("last name"), max_length=80)
    gender = models.CharField(_("gender"), max_length=1, choices=Gender.choices, default=Gender.FEMALE)
    case_overrides = models.JSONField(
        _("forms of the name set by hand"),
        default=dict,
        blank=True,
        help_text=_("For each case: the whole name."),
    )
    post = models.CharField(_("post"), max_length=160, blank=True)
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=pgettext_lazy("of the municipality", "unit"),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    languages = ArrayField(
        models.CharField(max_length=5), default=list, blank=True, verbose_name=_("languages spoken")
    )
    language = models.CharField(_("language of the portal"), max_length=5, default="lt")
    theme = models.CharField(_("theme"), max_length=5, choices=Theme.choices, default=Theme.AUTO)
    wants_daily_digest = models.BooleanField(_("one letter a day with what is new and due"), default=True)
    wants_urgent_mail = models.BooleanField(_("a letter at once when a decision is awaited"), default=True)
    is_active = models.BooleanField(_("may log in"), default=True)
    is_staff = models.BooleanField(_("may use the administration pages"), default=False)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True, editable=False)
    sort_key = lt_sort_key("last_name", "first_name")

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["first_name", "last_name"]

    objects = UserManager()

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_at=None) | models.Q(is_active=False),
                name="accounts_user_closed_may_not_log_in",
            )
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.first_name

    @property
    def initials(self) -> str:
        return (self.first_name[:1] + self.last_name[:1]).upper()

    # For whom the person acts in this request; the middleware says it, while she is that person's deputy.
    standing_in: User | None = None

    @property
    def selves(self) -> list[User]:
        """Herself and whom she stands in for now: rows named to either are hers to see."""
        return [self, self.standing_in] if self.standing_in else [self]

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """What the role allows; a deputy, while she acts as one, may also what her principal may."""
        return super().has_perm(perm, obj) or bool(self.standing_in and self.standing_in.has_perm(perm, obj))

    def has_module_perms(self, app_label: str) -> bool:
        return super().has_module_perms(app_label) or bool(
            self.standing_in and self.standing_in.has_module_perms(app_label)
        )

    @property
    def actor(self) -> Actor:
        return Actor.of(self)

    def declined(self, case: str) -> str:
        """The name in a Lithuanian case; a form set by hand stands above the rule."""
        return decline_name(self.first_name, self.last_name, self.gender, case, self.case_overrides)

    @cached_property
    def acting_for_choices(self) -> list[User]:
        """Whom this person stands in for today; the menu offers to act for them."""
        if not getattr(self, "is_deputy", True):  # the session's person brings the answer along
            return []
        today = timezone.localdate()
        return list(
            User.objects.active().filter(
                pk__in=self.stands_in.filter(starts_on__lte=today, ends_on__gte=today).values("principal")
            )
        )

    @cached_property
    def roles(self) -> frozenset[str]:
        """Names of the person's roles, read once a request."""
        return frozenset(self.groups.values_list("name", flat=True))
