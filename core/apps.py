from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """Tools without office words: actor, audit, jobs, registry, deadlines, language, lists, drafts, mail."""

    name = "core"
    verbose_name = _("Core")

    def ready(self) -> None:
        from core import checks, tasks  # noqa: F401, PLC0415 -- app ready
        from core.registry import NavItem, register_nav  # noqa: PLC0415 -- app ready

        register_nav(
            NavItem(
                "office", _("Self-check"), "core:self_check", "lifebuoy", "core.view_auditevent", order=85
            )
        )
