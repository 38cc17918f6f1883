from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MattersConfig(AppConfig):
    """The spine: matter, task, version, approval, comment; my day, calendar, notices, search, links."""

    name = "matters"
    verbose_name = _("Matters")

    def ready(self) -> None:
        from matters import rooms, tasks  # noqa: F401, PLC0415 -- app ready

        rooms.register()
