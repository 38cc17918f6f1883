from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """Files and versions of matters; papers to PDF and DOCX; uploads; the one legal registration."""

    name = "documents"
    verbose_name = _("Documents")

    def ready(self) -> None:
        from documents import checks, rooms, tasks  # noqa: F401, PLC0415 -- app ready

        rooms.register()
