"""The link host: personal links, calendars and nothing else; no log-in, no search (design 4.10)."""

from django.urls import include, path

from core import views as core_views
from matters.views.calendar import calendar_ics

urlpatterns = [
    path("n/", include("matters.urls_link")),
    path("ics/<str:token>/", calendar_ics, name="calendar_ics"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("sveikata/", core_views.health, name="health"),
]

handler500 = "core.views_shell.server_error"
