from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matters.choices import CalendarScope


class CalendarAddress(models.Model):
    """A person's own calendar for other programs (kalendoriaus adresas): one a person, renewed or taken away at once.

    The address is told once, on the page that makes it; here is the SHA-256 of its token.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_address")
    token_sha256 = models.CharField(max_length=64, unique=True)
    scope = models.CharField(
        _("what the calendar holds"),
        max_length=10,
        choices=CalendarScope.choices,
        default=CalendarScope.MINE,
    )
    issued_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)  # when a program last asked, to the hour

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self) -> str:
        return str(self.user)
