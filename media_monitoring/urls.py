from django.urls import path

from media_monitoring.views import articles, sources

app_name = "media_monitoring"
urlpatterns = [
    path("", articles.ArticleListView.as_view(), name="list"),
    path("naujas/", articles.ArticleEnterView.as_view(), name="enter"),
    path("<int:pk>/", articles.ArticleDetailView.as_view(), name="article"),
    path("<int:pk>/failai/<int:file>/", articles.article_file, name="file"),
    path("saltiniai/", sources.SourceListView.as_view(), name="sources"),
    path("saltiniai/naujas/", sources.SourceFormView.as_view(), name="source_add"),
    path("saltiniai/<int:pk>/", sources.SourceFormView.as_view(), name="source_change"),
    path("saltiniai/<int:pk>/isjungti/", sources.source_switch_off, name="source_off"),
    path("saltiniai/<int:pk>/ijungti/", sources.source_switch_on, name="source_on"),
]
