"""The pages of the press desk: who sees what, entering by hand, sources that say why they broke."""

import datetime
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from core.errors import DomainError
from core.models import AuditEvent
from media_monitoring import rooms, seed, seed_keeping, services
from media_monitoring.models import Article, Outlet, Source
from tests.accounts.factories import UserFactory
from tests.media_monitoring.factories import make_article, make_outlet

pytestmark = pytest.mark.django_db
LIST = "/ziniasklaida/"
TEXT = "Ilgas sakinys apie miestą ir žmones. " * 20 + "Pabaigoje minimos delegacijos iš Cėsių."


@pytest.fixture
def specialist(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    return user


@pytest.fixture
def leader(client):
    user = UserFactory(role="leadership")
    client.force_login(user)
    return user


def titles(response):
    return [row.title for row in response.context_data["rows"]]


def test_the_list_is_newest_first_and_narrowed(client, specialist):
    make_article("Sena", days_ago=9)
    make_article("Nauja", TEXT, days_ago=1, outlet=make_outlet("Nemuno kilpa"))
    since = timezone.localdate() - datetime.timedelta(days=3)

    assert titles(client.get(LIST)) == ["Nauja", "Sena"]
    assert titles(client.get(LIST, {"since": since})) == ["Nauja"]
    assert titles(client.get(LIST, {"until": since})) == ["Sena"]
    assert titles(client.get(LIST, {"since": "0001-01-01", "until": "9999-12-31"})) == ["Nauja", "Sena"]
    assert titles(client.get(LIST, {"outlet": make_outlet().pk})) == ["Sena"]
    assert titles(client.get(LIST, {"q": "delegacijai cesys"})) == ["Nauja"]


def test_a_row_shows_at_most_three_hundred_letters_with_the_word_marked(client, specialist):
    make_article("Nauja", TEXT)

    response = client.get(LIST, {"q": "delegacija"})

    [row] = response.context_data["rows"]
    assert len("".join(piece for piece, _hit in row.snippet)) <= 300
    assert re.search(r"<mark\s*>delegacijos</mark>", response.content.decode())


@pytest.mark.parametrize("query", [{}, {"q": "delegacija"}])
def test_the_list_asks_the_database_as_often_for_thirty_as_for_one(
    client, specialist, django_assert_max_num_queries, query
):
    make_article("0", TEXT)
    client.get(LIST, query)
    with django_assert_max_num_queries(
        12 + 2 * bool(query)
    ) as once:  # a search tells the planner to use the index
        client.get(LIST, query)
    for number in range(1, 25):
        make_article(str(number), TEXT)
    Article.objects.update(story=None)  # of one text they would stand beneath one another
    with django_assert_max_num_queries(len(once)):
        assert len(client.get(LIST, query).context_data["rows"]) == 25


def test_leadership_sees_the_excerpt_and_searches_titles_only(client, leader):
    article = make_article("Tiltas", TEXT)

    page = client.get(article.get_absolute_url())

    assert "Pabaigoje minimos" not in page.content.decode()
    assert article.lead in page.content.decode()
    assert titles(client.get(LIST, {"q": "delegacija"})) == []
    assert titles(client.get(LIST, {"q": "tiltai"})) == ["Tiltas"]


def test_a_text_for_search_only_is_shown_to_nobody(client, specialist):
    article = make_article("Tiltas", TEXT, outlet=make_outlet("Nemuno kilpa", readers="nobody"))

    assert "Pabaigoje minimos" not in client.get(article.get_absolute_url()).content.decode()
    assert titles(client.get(LIST, {"q": "delegacija"})) == ["Tiltas"]


def test_who_has_no_business_with_the_press_sees_nothing(client):
    article = make_article()
    client.force_login(UserFactory(role="accountant"))
    for url in (
        LIST,
        article.get_absolute_url(),
        reverse("media_monitoring:sources"),
        reverse("media_monitoring:enter"),
    ):
        assert client.get(url).status_code == 403


def test_an_article_shows_what_was_edited(client, specialist):
    article = make_article("Vakarienė", "Išleista 4 800 eurų.\nTaip sako narys.")
    services.keep_text(article, "Vakarienė", "Išleista 1 140 eurų.\nTaip sako narys.")

    response = client.get(article.get_absolute_url())

    [edit] = response.context_data["edits"]
    assert edit["changes"] == [{"old": "Išleista 4 800 eurų.", "new": "Išleista 1 140 eurų."}]
    assert "<del>Išleista 4 800 eurų.</del>" in response.content.decode()


def test_print_is_entered_on_one_form_with_its_scan(client, specialist):
    scan = SimpleUploadedFile("puslapis.pdf", b"%PDF-1.7 skenas", "application/pdf")

    response = client.post(
        reverse("media_monitoring:enter"),
        {
            "outlet": make_outlet().pk,
            "medium": "print",
            "published_on": timezone.localdate().isoformat(),
            "title": "Parko takai",
            "text": "4 puslapis",
            "file": scan,
        },
    )

    article = Article.objects.get()
    assert response.url == article.get_absolute_url()
    file = article.files.get()
    assert file.actor_user == specialist
    got = client.get(reverse("media_monitoring:file", args=[article.pk, file.pk]))
    assert b"".join(got.streaming_content) == b"%PDF-1.7 skenas"
    assert AuditEvent.objects.filter(action="article.entered").count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "title"),
        ({"medium": "web"}, "url"),
        ({"published_on": "2090-01-01"}, "published_on"),
        ({"file": SimpleUploadedFile("skenas.pdf", b"MZ programa")}, "file"),
        ({"outlet": ""}, "outlet"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_kept(client, specialist, wrong, field):
    typed = {
        "outlet": make_outlet().pk,
        "medium": "print",
        "published_on": timezone.localdate().isoformat(),
        "title": "Parko takai",
        **wrong,
    }

    response = client.post(reverse("media_monitoring:enter"), typed)

    assert response.status_code == 422
    assert list(response.context_data["form"].errors) == [field]
    assert not Article.objects.exists()


def test_the_same_address_is_entered_once():
    make_article(medium="web", url="https://pavyzdys.example/1")
    with pytest.raises(DomainError):
        make_article(medium="web", url="https://pavyzdys.example/1")


def test_a_source_is_added_broken_shown_and_asked_anew_when_changed(client, specialist):
    typed = {
        "outlet": make_outlet().pk,
        "kind": "feed",
        "url": "https://pavyzdys.example/rss",
        "every_minutes": 15,
    }
    client.post(reverse("media_monitoring:source_add"), typed)
    source = Source.objects.get()
    Source.objects.filter(pk=source.pk).update(state="broken", reason="Serveris atsakė: 500.", fails=3)

    assert "Serveris atsakė: 500." in client.get(reverse("media_monitoring:sources")).content.decode()
    assert client.get(LIST).context_data["broken"] == 1

    response = client.post(
        reverse("media_monitoring:source_change", args=[source.pk]),
        {**typed, "url": "https://pavyzdys.example/kitas", "revision": source.revision},
    )
    assert response.status_code == 302
    source.refresh_from_db()
    assert (source.state, source.reason, source.url) == ("new", "", "https://pavyzdys.example/kitas")


@pytest.mark.parametrize("wrong", [{"url": ""}, {"every_minutes": 1}, {"url": "file:///etc/passwd"}])
def test_a_source_that_cannot_be_is_refused(client, specialist, wrong):
    typed = {
        "outlet": make_outlet().pk,
        "kind": "feed",
        "url": "https://pavyzdys.example/rss",
        "every_minutes": 15,
    }

    response = client.post(reverse("media_monitoring:source_add"), {**typed, **wrong})

    assert response.status_code == 422
    assert not Source.objects.exists()


def test_a_source_is_switched_off_and_on(client, specialist):
    source = Source.objects.create(outlet=make_outlet(), url="https://pavyzdys.example/rss")
    client.post(reverse("media_monitoring:source_off", args=[source.pk]))
    assert not Source.objects.due(timezone.now()).exists()
    client.post(reverse("media_monitoring:source_on", args=[source.pk]))
    assert Source.objects.due(timezone.now()).exists()


def test_my_day_shows_what_came_since_yesterday(client, specialist):
    article = make_article("Nauja")
    Article.objects.filter(pk=make_article("Sena").pk).update(
        found_at=timezone.now() - datetime.timedelta(days=3)
    )

    assert rooms._new(specialist, timezone.localdate())["articles"] == [article]
    assert "Nauja" in client.get("/").content.decode()
    assert rooms._new(UserFactory(role="accountant"), timezone.localdate()) is None


def test_outlets_come_from_the_data_once_and_the_demonstration_asks_nobody(specialist):
    assert services.sync_outlets() == 22
    assert services.sync_outlets() == 0
    assert Outlet.objects.get(name="LRT").is_verified is False

    seed.run()
    seed.run()

    assert Article.objects.count() == len(seed.ARTICLES) + len(seed_keeping.REPRINTS)
    assert services.ask_what_is_due() == 0
