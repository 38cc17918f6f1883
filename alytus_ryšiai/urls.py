"""The staff host: every room under its own Lithuanian path."""

from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy

from core import views as core_views
from matters.views.calendar import calendar_ics

admin.site.index_title = gettext_lazy("What the administrator sets")
admin.site.site_url = "/"

urlpatterns = [
    path("", include("matters.urls")),
    path("", include("core.urls")),
    path("paskyra/", include("accounts.urls")),
    path("dokumentai/", include("documents.urls")),
    path("archyvas/", include("archive.urls")),
    path("partneriai/", include("partners.urls")),
    path("istekliai/", include("resources.urls")),
    path("delegacijos/", include("delegations.urls")),
    path("ziniasklaida/", include("media_monitoring.urls")),
    path("n/", include("matters.urls_link")),
    path("ics/<str:token>/", calendar_ics, name="calendar_ics"),
    path("administravimas/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("sveikata/", core_views.health, name="health"),
    path("pasirengta/", core_views.ready, name="ready"),
]

handler500 = "core.views_shell.server_error"
