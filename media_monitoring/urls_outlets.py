"""Addresses of outlets."""

from django.urls import path

from media_monitoring.views import outlets

urlpatterns = [
    path("leidiniai/", outlets.OutletListView.as_view(), name="outlets"),
    path("leidiniai/naujas/", outlets.OutletFormView.as_view(), name="outlet_add"),
    path("leidiniai/<int:pk>/", outlets.OutletDetailView.as_view(), name="outlet"),
    path("leidiniai/<int:pk>/keisti/", outlets.OutletFormView.as_view(), name="outlet_change"),
]
