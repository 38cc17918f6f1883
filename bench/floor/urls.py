from django.contrib.postgres.search import SearchQuery
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path

from bench.floor.models import Row


def one(request: HttpRequest) -> HttpResponse:
    return render(request, "one.html", {"row": get_object_or_404(Row, number=request.GET["number"])})


def rows(request: HttpRequest) -> HttpResponse:
    page = Paginator(Row.objects.order_by("-due_on", "-pk").defer("search"), 25).get_page(
        request.GET.get("page")
    )
    return render(request, "rows.html", {"page": page})


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Row.objects.defer("search"), pk=pk)
    return render(request, "detail.html", {"row": row, "parts": row.parts.order_by("pk")})


def search(request: HttpRequest) -> HttpResponse:
    found = Row.objects.filter(search=SearchQuery(request.GET["q"], config="lithuanian"))
    page = Paginator(found.order_by("-due_on", "-pk").defer("search"), 25).get_page(1)
    return render(request, "rows.html", {"page": page})


urlpatterns = [
    path("one/", one),
    path("list/", rows),
    path("detail/<int:pk>/", detail),
    path("search/", search),
]
