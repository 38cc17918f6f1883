from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProtocolConfig(AppConfig):
    """Protocol (protokolas): its room in the house; see the open issues for what moves in."""

    name = "protocol"
    verbose_name = _("Protocol")
