from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.actor import Actor, actor_label
from core.choices import Channel


def acted_by(actor: Actor) -> dict[str, Any]:
    """The field values that keep who acted, for whom and how."""
    return {
        "actor_user": actor.user,
        "actor_name": actor.name,
        "actor_channel": actor.channel,
        "actor_for": actor.acting_for,
        "actor_for_name": actor.acting_for.full_name if actor.acting_for else "",
    }


class ActedModel(models.Model):
    """A row that says who made it; names are kept as they were that day."""

    actor_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    actor_name = models.CharField(_("by"), max_length=200, blank=True, editable=False)
    actor_channel = models.CharField(
        _("channel"), max_length=10, choices=Channel.choices, default=Channel.SESSION, editable=False
    )
    actor_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    actor_for_name = models.CharField(_("acting for"), max_length=200, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def actor_label(self) -> str:
        return actor_label(self.actor_name, self.actor_channel, self.actor_for_name)
