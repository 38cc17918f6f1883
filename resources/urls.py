from django.urls import path

from resources.views import contracts, directory, places, week

app_name = "resources"
urlpatterns = [
    path("", week.WeekView.as_view(), name="week"),
    path("vietos/", places.PlaceListView.as_view(), name="places"),
    path("vietos/nauja/", places.PlaceFormView.as_view(), name="place_add"),
    path("vietos/<int:pk>/", places.PlaceDetailView.as_view(), name="place"),
    path("vietos/<int:pk>/keisti/", places.PlaceFormView.as_view(), name="place_change"),
    path("vietos/<int:pk>/minutes/<int:other>/salinti/", places.minutes_forget, name="minutes_forget"),
    path("<int:pk>/", directory.ResourceDetailView.as_view(), name="resource"),
    path("<int:pk>/keisti/", directory.ResourceUpdateView.as_view(), name="resource_change"),
    path("<int:pk>/uzdaryti/", directory.resource_close, name="resource_close"),
    path("<int:pk>/grazinti/", directory.resource_reopen, name="resource_reopen"),
    path("<int:pk>/sutartis/", contracts.ContractView.as_view(), name="contract_add"),
    path("<int:pk>/sutartys/<int:contract>/", contracts.contract_file, name="contract"),
    path("<int:pk>/sutartys/<int:contract>/salinti/", contracts.contract_remove, name="contract_remove"),
    path("nera/<int:pk>/salinti/", directory.block_delete, name="block_delete"),
    path("<slug:slug>/", directory.DirectoryView.as_view(), name="directory"),
    path("<slug:slug>/naujas/", directory.ResourceCreateView.as_view(), name="resource_add"),
]
