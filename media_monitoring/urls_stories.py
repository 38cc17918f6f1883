"""Addresses of stories and our own texts."""

from django.urls import path

from media_monitoring.views import stories

urlpatterns = [
    path("<int:pk>/atskirti/", stories.article_split, name="split"),
    path("<int:pk>/prijungti/", stories.article_join, name="join"),
    path("musu-tekstai/", stories.OwnTextListView.as_view(), name="own_texts"),
    path("musu-tekstai/naujas/", stories.OwnTextAddView.as_view(), name="own_text_add"),
    path("musu-tekstai/<int:pk>/", stories.OwnTextDetailView.as_view(), name="own_text"),
]
