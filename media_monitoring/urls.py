from django.urls import path

from media_monitoring import urls_stories
from media_monitoring import urls_desk
from media_monitoring.views import analyses, articles, digests, readings, sources, topics

app_name = "media_monitoring"
urlpatterns = [
    *urls_stories.urlpatterns,
    path("", articles.ArticleListView.as_view(), name="list"),
    path("naujas/", articles.ArticleEnterView.as_view(), name="enter"),
    path("<int:pk>/", articles.ArticleDetailView.as_view(), name="article"),
    path("<int:pk>/failai/<int:file>/", articles.article_file, name="file"),
    path("<int:pk>/skaityta/", readings.article_read, name="read"),
    path("<int:pk>/zyme/", readings.article_mark, name="mark"),
    path("<int:pk>/siusti/", readings.ForwardView.as_view(), name="forward"),
    path("<int:pk>/i-ryto-apzvalga/", digests.digest_add, name="digest_add"),
    path("skaityta/", readings.articles_read, name="read_many"),
    path("menesiai/", articles.ArticleMonthsView.as_view(), name="months"),
    path("temos/", topics.TopicListView.as_view(), name="topics"),
    path("temos/nauja/", topics.TopicFormView.as_view(), name="topic_add"),
    path("temos/tylos-valandos/", topics.QuietHoursView.as_view(), name="quiet_hours"),
    path("temos/<int:pk>/", topics.TopicDetailView.as_view(), name="topic"),
    path("temos/<int:pk>/keisti/", topics.TopicFormView.as_view(), name="topic_change"),
    path("temos/<int:pk>/salinti/", topics.topic_remove, name="topic_remove"),
    path("apzvalgos/", digests.DigestListView.as_view(), name="digests"),
    path("apzvalgos/rengti/", digests.digest_prepare, name="digest_prepare"),
    path("apzvalgos/skaitytojai/", digests.DigestReaderListView.as_view(), name="digest_readers"),
    path("apzvalgos/skaitytojai/naujas/", digests.DigestReaderFormView.as_view(), name="digest_reader_add"),
    path("apzvalgos/skaitytojai/<int:pk>/", digests.DigestReaderFormView.as_view(), name="digest_reader"),
    path("apzvalgos/metai/<int:pk>/", digests.PressYearView.as_view(), name="press_year"),
    path("apzvalgos/straipsnis/<int:pk>/", digests.digest_item_word, name="digest_item"),
    path("apzvalgos/straipsnis/<int:pk>/<str:act>/", digests.digest_item_act, name="digest_item_act"),
    path("apzvalgos/<str:day>/", digests.DigestView.as_view(), name="digest"),
    path("apzvalgos/<str:day>/pdf/", digests.digest_paper, name="digest_paper"),
    path("apzvalgos/<str:day>/zodis/", digests.digest_note, name="digest_note"),
    path("apzvalgos/<str:day>/siusti/", digests.digest_publish, name="digest_publish"),
    path("analizes/", analyses.AnalysisListView.as_view(), name="analyses"),
    path("analizes/nauja/", analyses.AnalysisOpenView.as_view(), name="analysis_open"),
    path("analizes/<int:pk>/", analyses.AnalysisView.as_view(), name="analysis"),
    path("analizes/<int:pk>/rasyti/", analyses.AnalysisFormView.as_view(), name="analysis_change"),
    path("saltiniai/", sources.SourceListView.as_view(), name="sources"),
    path("saltiniai/naujas/", sources.SourceFormView.as_view(), name="source_add"),
    path("saltiniai/<int:pk>/", sources.SourceFormView.as_view(), name="source_change"),
    path("saltiniai/<int:pk>/isjungti/", sources.source_switch_off, name="source_off"),
    path("saltiniai/<int:pk>/ijungti/", sources.source_switch_on, name="source_on"),
    *urls_desk.urlpatterns,
]
