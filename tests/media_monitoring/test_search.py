"""Words in any form, with or without marks, phrases and exclusions."""

import pytest

from media_monitoring import search
from media_monitoring.figures import by_kept_month, by_month
from media_monitoring.models import EXCERPT, Article, ArticleIndex
from tests.accounts.factories import UserFactory
from tests.media_monitoring.factories import make_article

pytestmark = pytest.mark.django_db
LIST = "/ziniasklaida/"


@pytest.fixture
def articles():
    make_article("Vakarienė", "Savivaldybės priimamų delegacijų išlaidos išaugo, sako tarybos narys Bložė.")
    make_article("Šventė", "Savaitgalį miesto šventėje koncertavo vaikų chorai, o gatvės buvo uždarytos.")
    make_article("Tiltas", "Vyriausioji specialistė kalbėjo apie tiltą per Nemuną ir Alytaus gatves.")


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("delegacija", {"Vakarienė"}),
        ("delegacijoms", {"Vakarienė"}),
        ("sventes", {"Šventė"}),
        ("svente", {"Šventė"}),
        ("gatvė", {"Šventė", "Tiltas"}),
        ("gatve -nemunas", {"Šventė"}),
        ("kalbėti", {"Tiltas"}),
        ('"tarybos narys"', {"Vakarienė"}),
        ('"narys tarybos"', set()),
        ("Bložės", {"Vakarienė"}),
        ("'; DROP & | ! <->", set()),
        ("-", set()),
    ],
)
def test_words_are_found_in_any_form(articles, typed, titles):
    assert {article.title for article in search.found(Article.objects.all(), typed)} == titles


def test_those_who_may_not_read_texts_search_titles(articles):
    assert {a.title for a in search.found(Article.objects.all(), "tiltai", titles_only=True)} == {"Tiltas"}
    assert not search.found(Article.objects.all(), "nemunas", titles_only=True).exists()


def test_a_snippet_is_short_and_marks_what_was_sought():
    text = "Pradžia kalba apie kitką. " * 40 + "Miesto delegacijos atvyko vakar. " + "Pabaiga ilga. " * 40
    make_article("Ilgas", text)

    pieces = search.snippet(text, search.marks_of("delegacija"))

    assert [piece for piece, is_hit in pieces if is_hit] == ["delegacijos"]
    assert len("".join(piece for piece, _hit in pieces)) <= EXCERPT


@pytest.fixture
def bridges():
    """The newer, the less of it is about the bridge."""
    make_article(
        "Tiltas per Nemuną atidarytas", "Tiltas laukė pusę metų. Tilto statytojai švenčia.", days_ago=3
    )
    make_article("Gatvės", "Kalbėta apie tiltą ir tilto apšvietimą, dar apie šaligatvius.", days_ago=2)
    make_article("Parkas", "Parke už tilto auga liepos, ąžuolai, klevai ir pušys.", days_ago=1)


def _titles(client, **query):
    return [article.title for article in client.get(LIST, query).context_data["rows"]]


def test_what_is_found_comes_newest_first_or_most_relevant_first(client, bridges):
    client.force_login(UserFactory(role="specialist"))
    by_relevance = ["Tiltas per Nemuną atidarytas", "Gatvės", "Parkas"]

    assert _titles(client, q="tiltai") == by_relevance[::-1]
    assert _titles(client, q="tiltai", sort="relevance") == by_relevance
    assert _titles(client, q="tiltai", sort="relevance", unread="1") == by_relevance
    assert _titles(client, q="tiltai", sort="relevance", medium="tv") == []
    assert _titles(client, q="-", sort="relevance") == []
    assert _titles(client, sort="relevance") == by_relevance[::-1]  # nothing is looked for

    answer = client.get(LIST, {"q": "tiltai", "sort": "relevance"})
    assert [order["here"] for order in answer.context_data["orders"]] == [False, True]
    assert "tinkamiausi viršuje" in answer.content.decode()
    assert "tinkamiausi" not in client.get(LIST).content.decode()


@pytest.mark.parametrize("few", [0, 100], ids=["walked", "sorted"])
def test_many_and_few_hits_stand_in_the_same_order(client, bridges, monkeypatch, few):
    client.force_login(UserFactory(role="specialist"))
    monkeypatch.setattr(search, "FEW_HITS", few)

    newest = _titles(client, q="tiltai")

    assert newest == ["Parkas", "Gatvės", "Tiltas per Nemuną atidarytas"]
    assert _titles(client, q="tiltai", sort="published_at") == newest[::-1]
    assert _titles(client, q="tiltai", unread="1") == newest


def test_only_the_newest_are_ranked_and_the_page_says_so(client, bridges, monkeypatch):
    client.force_login(UserFactory(role="specialist"))
    monkeypatch.setattr(search, "MOST_RANKED", 2)

    answer = client.get(LIST, {"q": "tiltai", "sort": "relevance"})

    assert [article.title for article in answer.context_data["rows"]] == ["Gatvės", "Parkas"]
    assert answer.context_data["count"] == 3
    assert answer.context_data["count_short"] == "2"
    assert "tinkamiausi iš 2 naujausių" in answer.content.decode()


def test_who_may_not_read_texts_is_not_told_by_the_order(client, bridges):
    newest = ArticleIndex.objects.all()
    titles = list(Article.objects.order_by("-published_at").values_list("pk", flat=True))

    assert search.ranked(newest, "nemunas", titles_only=True)[0] == titles[-1]
    assert search.ranked(newest, "apšvietimas", titles_only=True) == titles  # stands in a text only


def test_the_kept_month_is_the_month_of_our_zone():
    make_article("Tiltas")
    for article, moment in (("a", "2025-12-31T22:30:00+00:00"), ("b", "2025-12-31T21:30:00+00:00")):
        row = make_article(f"Tiltas {article}")
        Article.objects.filter(pk=row.pk).update(published_at=moment)
        ArticleIndex.objects.filter(pk=row.pk).update(published_at=moment)

    months = dict(by_kept_month(search.narrow("tiltai")))

    assert [f"{month:%Y-%m}" for month, count in months.items() if count][:2] == ["2025-12", "2026-01"]
    assert list(months.items()) == by_month(search.found(Article.objects.all(), "tiltai"))
