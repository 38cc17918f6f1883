from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArchiveConfig(AppConfig):
    """The documentation plan, case files and their volumes, retention: where every document ends."""

    name = "archive"
    verbose_name = _("Archive")

    def ready(self) -> None:
        from archive import rooms, tasks  # noqa: F401, PLC0415 -- app ready

        rooms.register()
