from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    """Cities with their history, institutions, people and their posts by date."""

    name = "partners"
    verbose_name = _("Partners")

    def ready(self) -> None:
        from partners import rooms  # noqa: PLC0415 -- app ready

        rooms.register()
