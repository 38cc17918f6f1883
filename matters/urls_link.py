"""Addresses of personal links, on both hosts."""

from django.urls import path

from matters.views import links

app_name = "links"
urlpatterns = [
    path("<str:token>/", links.link_page, name="page"),
    path("<str:token>/atsakymas/", links.link_act, name="act"),
    path("<str:token>/nauja/", links.link_renew, name="renew"),
    path("<str:token>/<str:name>", links.link_file, name="file"),
]
