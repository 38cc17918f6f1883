"""Addresses of personal links, on both hosts."""

from django.urls import path

from matters.views import links

app_name = "links"
urlpatterns = [
    path("<str:token>/", links.link_page, name="page"),
    path("<str:token>/sprendimas/", links.link_decide, name="decide"),
    path("<str:token>/nauja/", links.link_renew, name="renew"),
    path("<str:token>/pdf/", links.link_pdf, name="pdf"),
]
