from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResourcesConfig(AppConfig):
    """What can be booked: places, halls, vehicles and drivers, interpreters, equipment; and the bookings."""

    name = "resources"
    verbose_name = _("Resources")

    def ready(self) -> None:
        from resources import rooms  # noqa: PLC0415 -- app ready

        rooms.register()
