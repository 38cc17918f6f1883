from django.urls import path

from archive.views import files, placing, plans

app_name = "archive"
urlpatterns = [
    path("", files.FileListView.as_view(), name="files"),
    path("bylos/<int:pk>/", files.FileView.as_view(), name="file"),
    path("bylos/<int:pk>/duomenys/", files.FileFactsView.as_view(), name="file_facts"),
    path("bylos/<int:pk>/istorija/", files.FileHistoryView.as_view(), name="file_history"),
    path("bylos/<int:pk>/apyrasas.xlsx", files.file_inventory, name="file_inventory"),
    path("bylos/<int:pk>/uzdaryti/", files.file_close, name="file_close"),
    path("bylos/<int:pk>/atverti/", files.file_reopen, name="file_reopen"),
    path("bylos/<int:pk>/sulaikyti/", files.file_hold, name="file_hold"),
    path("bylos/<int:pk>/nebesulaikyti/", files.file_lift, name="file_lift"),
    path("bylos/<int:pk>/skaidyti/", files.file_split, name="file_split"),
    path("planas/", plans.plan_now, name="plan_now"),
    path("planas/naujas/", plans.plan_new, name="plan_new"),
    path("planas/<int:year>/", plans.PlanView.as_view(), name="plan"),
    path("planas/<int:year>/nauja-byla/", plans.LineView.as_view(), name="line_add"),
    path("planas/<int:year>/duomenys/", plans.PlanFactsView.as_view(), name="plan_facts"),
    path("planas/<int:year>/kopijuoti/", plans.plan_copy, name="plan_copy"),
    path("planas/<int:year>/teikti/", plans.plan_submit, name="plan_submit"),
    path("planas/<int:year>/tvirtinti/", plans.plan_approve, name="plan_approve"),
    path("planas/<int:year>/grazinti/", plans.plan_return, name="plan_return"),
    path("planas/<int:year>/spausdinti/", plans.plan_draw, name="plan_draw"),
    path("planas/<int:year>/eiga/", plans.plan_progress, name="plan_progress"),
    path("planas/<int:year>/planas.pdf", plans.plan_pdf, name="plan_pdf"),
    path("planas/eilute/<int:pk>/", plans.LineView.as_view(), name="line"),
    path("planas/eilute/<int:pk>/salinti/", plans.line_delete, name="line_delete"),
    path("laukia/", placing.WaitingListView.as_view(), name="waiting"),
    path("vieta/<int:pk>/", placing.PlaceView.as_view(), name="place"),
    path("vieta/<int:pk>/kiek/", placing.ExtentView.as_view(), name="extent"),
    path("terminai/", plans.RetentionView.as_view(), name="retention"),
    path("terminai/<int:pk>/", plans.PointView.as_view(), name="point"),
]
