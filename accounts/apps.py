from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People of the municipality, units, roles as data, deputies by date, hand-over of work."""

    name = "accounts"
    verbose_name = _("People and roles")

    def ready(self) -> None:
        from core.registry import Seed, register_seed  # noqa: PLC0415 -- app ready

        register_seed(Seed("people", _seed, order=10))


def _seed() -> str:
    from accounts import seed  # noqa: PLC0415 -- only for the demonstration

    return seed.run()
