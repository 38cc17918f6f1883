"""Addresses of evidence."""

from django.urls import path

from media_monitoring.views import evidence

urlpatterns = [
    path("<int:pk>/irodymas/", evidence.EvidenceKeepView.as_view(), name="evidence_keep"),
    path("irodymai/", evidence.EvidenceListView.as_view(), name="evidence_list"),
    path("irodymai/<int:pk>/", evidence.EvidenceDetailView.as_view(), name="evidence"),
    path("irodymai/<int:pk>/skaitytojai/", evidence.evidence_readers, name="evidence_readers"),
    path("irodymai/<int:pk>/sulaikyti/", evidence.evidence_hold, name="evidence_hold"),
    path("irodymai/<int:pk>/paleisti/", evidence.evidence_release, name="evidence_release"),
    path("irodymai/<int:pk>/atverti/<slug:what>/", evidence.evidence_open, name="evidence_open"),
]
