from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaMonitoringConfig(AppConfig):
    """Media monitoring (žiniasklaidos stebėsena): outlets and their sources, articles, search."""

    name = "media_monitoring"
    verbose_name = _("Media monitoring")

    def ready(self) -> None:
        from media_monitoring import rooms, rooms_desk, rooms_watch, tasks  # noqa: F401, PLC0415 -- app ready

        rooms.register()
        rooms_desk.register()
        rooms_watch.register()
