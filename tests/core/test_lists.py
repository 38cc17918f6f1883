"""Lists are alike: filters in the URL, saved views, sorting, pages, and a file of what is shown."""

import io
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from core.actor import Actor
from core.columns import neutral, plain
from core.lists import Choice, Column, Day, FilteredList, Words
from core.models import SavedView
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db


class ViewList(FilteredList):
    """A list over rows of core itself, trimmed to the person's own."""

    list_code = "tests.views"
    title = "Rodiniai"
    filters = (
        Words("q", "Žodžiai", ("name",)),
        Choice("code", "Sąrašas", [("a", "Pirmas"), ("b", "Antras")], field="list_code"),
        Day("since", "Nuo", "created_at__date__gte"),
    )
    columns = (Column("name", "Vardas", sort="name"), Column("list_code", "Sąrašas"))
    default_sort = "name"
    paginate_by = 2

    def get_rows(self):
        return SavedView.objects.filter(user=self.request.user)


@pytest.fixture
def person():
    return UserFactory()


@pytest.fixture
def show(person):
    def get(query="", htmx=False):
        request = RequestFactory().get(f"/sarasas/?{query}")
        request.user, request.actor = person, Actor.of(person)
        request.htmx = SimpleNamespace(boosted=False, history_restore_request=False) if htmx else None
        request.session = {}
        return ViewList.as_view()(request)

    return get


@pytest.fixture
def rows(person):
    SavedView.objects.create(user=UserFactory(), list_code="a", name="svetima")
    return [
        SavedView.objects.create(user=person, list_code=code, name=name)
        for name, code in [("Ąžuolas", "a"), ("Beržas", "b"), ("=1+1", "a")]
    ]


def names(response):
    return {row.name for row in response.context_data["rows"]}


def test_list_shows_only_rows_of_the_person(show, rows):
    assert show().context_data["count"] == 3


def test_filters_narrow_and_leave_chips(show, rows):
    response = show("code=a&q=Ąž")

    assert names(response) == {"Ąžuolas"}
    assert [chip["label"] for chip in response.context_data["chips"]] == ["„Ąž“", "Sąrašas: Pirmas"]
    assert response.context_data["chips"][0]["url"] == "?code=a"


@pytest.mark.parametrize(
    "query", ["code=zzz", "since=2026-99-99", "page=abc", "sort=user__password", "page=999999999"]
)
def test_bad_parameters_are_told_or_ignored_never_a_fall(show, rows, query):
    response = show(query)

    assert response.status_code == 200
    assert response.context_data["count"] == 3


def test_wrong_day_is_told_beside_its_field(show, rows):
    field = show("since=2026-99-99").context_data["fields"][2]

    assert field["error"]
    assert field["value"] == "2026-99-99"


def test_sort_turns_round(show, rows):
    heads = show("sort=-name").context_data["heads"]

    assert heads[0]["direction"] == "descending"
    assert heads[0]["url"] == "?sort=name"
    assert heads[1]["url"] == ""


def test_pages_walk_and_keep_filters(show, rows):
    first = show("sort=name").context_data
    second = show("sort=name&page=2").context_data

    assert (len(first["rows"]), first["next_url"], first["previous_url"]) == (2, "?sort=name&page=2", "")
    assert (len(second["rows"]), second["next_url"], second["previous_url"]) == (1, "", "?sort=name")


@pytest.mark.parametrize("number", [1, 3])
def test_list_asks_the_same_number_of_questions(show, person, number):
    for index in range(number):
        SavedView.objects.create(user=person, list_code="a", name=str(index))

    with CaptureQueriesContext(
        connection,
    ) as captured:
        show("code=a", htmx=True)

    assert len(captured) == 3  # count, rows, saved views


def test_htmx_gets_the_rows_without_the_shell(show, rows):
    part, page = show("", htmx=True).content.decode(), ViewList.template_name

    assert page == "core/list.html"
    assert 'id="list"' in part
    assert "<html" not in part
    assert 'data-hx-swap-oob="true"' in part


def test_export_is_exactly_what_is_shown(show, rows):
    response = show("code=a&export=xlsx")
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))

    sheet = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert sheet[0] == ["Vardas", "Sąrašas"]
    assert sorted(row[0] for row in sheet[1:]) == ["=1+1", "Ąžuolas"]
    assert {cell.data_type for cell in book.worksheets[0]["A"]} == {"s"}


def test_csv_takes_no_formula(show, rows):
    text = show("export=csv").content.decode("utf-8-sig")

    assert "'=1+1;a" in text


@pytest.mark.parametrize(
    ("cell", "text"), [("+370 315", "'+370 315"), ("@x", "'@x"), (-5, "-5"), (True, "taip"), (None, "")]
)
def test_neutral_cells(cell, text):
    from django.utils.translation import override

    with override("lt"):
        assert neutral(plain(cell)) in {text, "yes" if cell is True else text}


def test_saved_view_becomes_a_tab(show, person, rows):
    SavedView.objects.create(user=person, list_code="tests.views", name="Mano a", query="code=a")

    tabs = show("code=a").context_data["views"]

    assert [(tab["label"], tab["here"]) for tab in tabs][-1] == ("Mano a", True)


def test_saved_view_is_added_renamed_and_deleted_by_its_person(client, person):
    client.force_login(person)
    add = {"name": "Mano", "list_code": "tests.views", "query": "code=a", "path": "/sarasas/"}

    assert client.post(reverse("core:saved_view_add"), add).url == "/sarasas/?code=a"
    client.post(reverse("core:saved_view_add"), add)
    view = SavedView.objects.get()
    client.post(reverse("core:saved_view", args=[view.pk]), {"name": "Kitas", "path": "/sarasas/"})
    view.refresh_from_db()
    assert view.name == "Kitas"

    client.force_login(UserFactory())
    assert client.post(reverse("core:saved_view", args=[view.pk]), {"delete": "1"}).status_code == 404

    client.force_login(person)
    client.post(reverse("core:saved_view", args=[view.pk]), {"delete": "1", "path": "https://evil.example/"})
    assert not SavedView.objects.exists()


def test_saved_view_sends_nobody_to_another_host(client, person):
    client.force_login(person)

    answer = client.post(
        reverse("core:saved_view_add"),
        {"name": "x", "list_code": "y", "query": "", "path": "//evil.example/x"},
    )

    assert answer.url == "/"
