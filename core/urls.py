from django.urls import path

from core import views_shell

app_name = "core"
urlpatterns = [
    path("sesija/", views_shell.session_state, name="session"),
    path("juodrastis/", views_shell.draft_save, name="draft"),
    path("rodinys/", views_shell.saved_view_add, name="saved_view_add"),
    path("rodinys/<int:pk>/", views_shell.saved_view, name="saved_view"),
    path("dalys/", views_shell.PartsView.as_view(), name="parts"),
    path("savipatikra/", views_shell.SelfCheckView.as_view(), name="self_check"),
]
