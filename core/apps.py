from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """Tools without office words: actor, audit, jobs, registry, deadlines, language, lists, drafts, mail."""

    name = "core"
    verbose_name = _("Core")

    def ready(self) -> None:
        from core import checks, tasks  # noqa: F401, PLC0415 -- app ready
