from django.urls import path

from partners.views import cities, people

app_name = "partners"
urlpatterns = [
    path("", cities.CityListView.as_view(), name="list"),
    path("zemelapis/", cities.CityMapView.as_view(), name="map"),
    path("naujas/", cities.CityCreateView.as_view(), name="city_add"),
    path("<int:pk>/", cities.CityDetailView.as_view(), name="city"),
    path("<int:pk>/zmones/", cities.CityPeopleView.as_view(), name="city_people"),
    path("<int:pk>/keisti/", cities.CityUpdateView.as_view(), name="city_change"),
    path("<int:pk>/istorija/", cities.CityEventView.as_view(), name="event_add"),
    path("<int:pk>/istorija/<int:event>/", cities.CityEventView.as_view(), name="event_change"),
    path("istorija/<int:pk>/salinti/", cities.event_delete, name="event_delete"),
    path("istaigos/nauja/", cities.InstitutionView.as_view(), name="institution_add"),
    path("istaigos/<int:pk>/", cities.InstitutionView.as_view(), name="institution_change"),
    path("zmones/", people.PersonListView.as_view(), name="people"),
    path("zmones/naujas/", people.PersonCreateView.as_view(), name="person_add"),
    path("zmones/<int:pk>/", people.PersonDetailView.as_view(), name="person"),
    path("zmones/<int:pk>/keisti/", people.PersonUpdateView.as_view(), name="person_change"),
    path("zmones/<int:pk>/pareigos/", people.PostView.as_view(), name="post_add"),
    path("zmones/<int:pk>/pareigos/<int:post>/", people.PostView.as_view(), name="post_change"),
    path("zmones/<int:pk>/kontaktai-teisingi/", people.contacts_confirm, name="contacts_confirm"),
    path("zmones/<int:pk>/istrinti-kontaktus/", people.contacts_erase, name="contacts_erase"),
]
