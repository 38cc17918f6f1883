from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People of the municipality, units, roles as data, deputies by date, hand-over of work."""

    name = "accounts"
    verbose_name = _("People and roles")
