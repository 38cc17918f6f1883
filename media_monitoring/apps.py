from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaMonitoringConfig(AppConfig):
    """Media monitoring (žiniasklaidos stebėsena): its room in the house; see the open issues for what moves in."""

    name = "media_monitoring"
    verbose_name = _("Media monitoring")
