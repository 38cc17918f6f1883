from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DelegationsConfig(AppConfig):
    """Delegations that come: who, when, what for, and the papers for everyone who serves them."""

    name = "delegations"
    verbose_name = _("Delegations")

    def ready(self) -> None:
        from delegations import rooms, tasks  # noqa: F401, PLC0415 -- app ready

        rooms.register()
