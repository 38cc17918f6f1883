"""Who acts: not a user but an actor, who may act for somebody else, by one channel or another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core.choices import Channel

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Actor:
    """A user, a named holder of a personal link, or the portal itself.

    `acting_for` is the person a deputy stands in for; audit, approvals and sheets keep all of it.
    """

    name: str
    channel: Channel = Channel.SESSION
    user: User | None = None
    acting_for: User | None = None

    @classmethod
    def of(cls, user: Any, *, acting_for: Any = None, channel: Channel = Channel.SESSION) -> Actor:
        return cls(name=user.full_name, channel=channel, user=user, acting_for=acting_for)

    @classmethod
    def system(cls) -> Actor:
        return cls(name="", channel=Channel.SYSTEM)

    @property
    def is_system(self) -> bool:
        return self.channel == Channel.SYSTEM

    @property
    def label(self) -> str:
        """The name as sheets and timelines print it: "X, pavaduoja Y"."""
        return actor_label(self.name, self.channel, self.acting_for.full_name if self.acting_for else "")

    @property
    def channel_label(self) -> str:
        return str(Channel(self.channel).label)

    def is_person(self, user: Any) -> bool:
        """Whether this is the user, herself or through a deputy."""
        return user is not None and user in (self.user, self.acting_for)


def actor_label(name: str, channel: str, acting_for: str) -> str:
    if channel == Channel.SYSTEM and not name:
        return _("The portal")
    if acting_for:
        return _("%(name)s, acting for %(principal)s") % {"name": name, "principal": acting_for}
    return name
