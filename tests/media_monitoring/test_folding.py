"""The list of articles: reprints beneath their story's first article, and the tone of a fortnight beside it."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from media_monitoring import folding
from media_monitoring.models import Article, Story
from media_monitoring.services.codings import code_article
from tests.accounts.factories import UserFactory
from tests.media_monitoring.factories import make_article, make_outlet

pytestmark = pytest.mark.django_db
LIST, TONES = "/ziniasklaida/", "/ziniasklaida/tonas/"


@pytest.fixture
def specialist(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    return user


def story_of(*articles):
    story = Story.objects.create(title=articles[0].title)
    Article.objects.filter(pk__in=[one.pk for one in articles]).update(story=story)


@pytest.fixture
def told():
    """A story in three outlets, another in two, and an article that stands alone; the oldest first."""
    names = ("Dainavos kraštas", "Nemuno kilpa", "Dzūkų žinios")
    first = [
        make_article(f"Tiltas {number}", days_ago=5 - number, outlet=make_outlet(name))
        for number, name in enumerate(names)
    ]
    second = [
        make_article(f"Parkas {number}", days_ago=2 - number, outlet=make_outlet(names[number]))
        for number in (0, 1)
    ]
    story_of(*first)
    story_of(*second)
    make_article("Premjera", days_ago=0.5)
    return first, second


def shown(response):
    return [(row.title, [one.title for one in row.reprints]) for row in response.context_data["rows"]]


def test_reprints_stand_beneath_the_first_of_their_story_and_all_are_counted(client, specialist, told):
    response = client.get(LIST)

    assert shown(response) == [
        ("Premjera", []),
        ("Parkas 0", ["Parkas 1"]),
        ("Tiltas 0", ["Tiltas 1", "Tiltas 2"]),
    ]
    assert response.context_data["count"] == 6
    page = response.content.decode()
    assert "6 straipsniai, 3 naujienos" in page
    assert page.count('name="article"') == 6  # all of them are marked as read


def test_what_is_filtered_is_folded_within_itself(client, specialist, told):
    first, _second = told
    since = timezone.localdate(first[1].published_at).isoformat()

    assert shown(client.get(LIST, {"outlet": make_outlet("Nemuno kilpa").pk})) == [
        ("Parkas 1", []),
        ("Tiltas 1", []),
    ]
    assert shown(client.get(LIST, {"since": since, "q": "tilto"})) == [("Tiltas 1", ["Tiltas 2"])]
    searched = client.get(LIST, {"q": "tiltas"})
    assert shown(searched) == [("Tiltas 0", ["Tiltas 1", "Tiltas 2"])]
    assert searched.context_data["count"] == 3


def test_two_of_one_moment_are_one_row():
    first, second = make_article("Viena"), make_article("Kita")
    Article.objects.update(published_at=timezone.now())
    story_of(first, second)

    assert [row.pk for row in folding.leads(Article.objects.all())] == [first.pk]


def test_pages_count_stories(client, specialist, told):
    for number in range(25):
        make_article(f"Žinia {number}", days_ago=10 + number)

    first = client.get(LIST)
    second = client.get(LIST, {"page": 2})

    context = first.context_data
    assert (context["count"], context["count_short"], context["row_count"]) == (31, "31", "28")
    assert len(first.context_data["rows"]) == 25
    assert [row.title for row in second.context_data["rows"]] == ["Žinia 22", "Žinia 23", "Žinia 24"]
    assert (second.context_data["first_row"], second.context_data["last_row"]) == (26, 28)


def test_a_file_holds_every_article(client, specialist, told):
    rows = client.get(LIST, {"export": "csv"}).content.decode().strip().splitlines()

    assert len(rows) == 7


def test_tone_of_a_fortnight_is_that_of_the_filtered_articles(client, specialist, told):
    (bad, *_rest), (good, _other) = told
    make_article("Sena", days_ago=20)
    code_article(bad, by=specialist.actor, tone="critical", genre="fact")
    code_article(good, by=specialist.actor, tone="positive", genre="fact")
    code_article(
        good, by=UserFactory(role="head").actor, tone="critical", genre="fact"
    )  # a second one counts not

    chart = client.get(TONES).context["chart"]
    assert len(chart.rows) == 14
    totals = [sum(int(cells[place]) for _day, cells in chart.rows) for place in range(5)]
    assert totals == [1, 0, 4, 1, 6]
    chart = client.get(TONES, {"outlet": make_outlet("Nemuno kilpa").pk}).context["chart"]
    assert [sum(int(cells[place]) for _day, cells in chart.rows) for place in (3, 4)] == [0, 2]
    until = (timezone.localdate() - datetime.timedelta(days=10)).isoformat()
    assert (
        sum(int(cells[4]) for _day, cells in client.get(TONES, {"until": until}).context["chart"].rows) == 1
    )

    part = client.get(TONES, headers={"HX-Request": "true"}).content.decode()
    assert 'viewBox="0 0 340 200"' in part
    assert "<table" in part
    assert "<html" not in part


def test_tone_is_for_those_who_see_codings(client, told):
    client.force_login(UserFactory(role="leadership"))
    can_see = "/ziniasklaida/tonas/" in client.get(LIST).content.decode()

    assert client.get(TONES).status_code == (200 if can_see else 403)
    client.force_login(UserFactory(role="accountant"))
    assert client.get(TONES).status_code == 403


def test_the_list_asks_as_often_with_ten_stories_as_with_one(
    client, specialist, told, django_assert_max_num_queries
):
    client.get(LIST)
    with django_assert_max_num_queries(14) as once:
        client.get(LIST)
    for number in range(9):
        story_of(
            *(
                make_article(f"{number} {turn}", days_ago=6 + number, outlet=make_outlet(f"Leidinys {turn}"))
                for turn in range(4)
            )
        )
    with django_assert_max_num_queries(len(once)):
        assert len(client.get(LIST).context_data["rows"]) == 12
    with django_assert_max_num_queries(8):
        client.get(TONES, headers={"HX-Request": "true"})


def test_a_page_of_the_list_says_how_many_reprints(client, specialist, told):
    page = " ".join(client.get(LIST).content.decode().split())

    assert "2 perspaudos" in page
    assert reverse("media_monitoring:article", args=[told[0][2].pk]) in page
