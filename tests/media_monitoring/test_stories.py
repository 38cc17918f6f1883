"""Stories at intake and by hand; our own texts in them."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEvent
from media_monitoring import services
from media_monitoring.models import Article, OwnText, Story
from media_monitoring.services import stories
from tests.accounts.factories import UserFactory
from tests.media_monitoring.factories import make_article, make_outlet

pytestmark = pytest.mark.django_db
TEXT = (
    "Alytaus miesto savivaldybė rugsėjį pradeda tvarkyti Dailidės parko takus ir apšvietimą prie pat ežero. "
    "Darbams skirta beveik pusė milijono eurų, o rangovas juos turi baigti iki kitų metų birželio pabaigos. "
    "Gyventojai apie uždaromus takus bus įspėti prieš savaitę, lentelės stovės prie visų penkių įėjimų. "
    "Skyriaus vedėja sako, kad medžiai nebus kertami, o senieji suolai bus perdažyti ir grąžinti į savo vietas."
)
OTHER = (
    "Trečiadienio vakarą miesto teatre įvyko premjera, į kurią susirinko pilna salė žiūrovų iš viso krašto. "
    "Režisierius pasakojo dvejus metus ieškojęs pjesės, kuri tiktų mažai scenai ir jauniems aktoriams. "
    "Spektaklis bus rodomas iki pavasario, bilietus galima įsigyti kasoje ir internetu nuo pirmadienio."
)


def mended(text):
    _first, *rest = text.split(". ")
    return ". ".join(["Redakcija sužinojo daugiau apie naujus darbus mieste", *rest])


@pytest.fixture
def client_of(client):
    def log_in(role):
        user = UserFactory(role=role)
        client.force_login(user)
        return client

    return log_in


def test_a_mended_reprint_under_another_headline_is_the_same_story():
    first = make_article("Tvarkys parką", TEXT, days_ago=2)
    second = make_article("Ežero takai užsidaro", mended(TEXT), outlet=make_outlet("Nemuno kilpa"))
    other = make_article("Premjera", OTHER, outlet=make_outlet("Nemuno kilpa"))

    for article in (first, second, other):
        article.refresh_from_db()
    assert first.story == second.story is not None
    assert other.story is None
    assert first.kept_percent is None
    assert 60 <= second.kept_percent <= 90


def test_what_a_person_set_apart_stays_apart(client_of):
    first, second = make_article("Viena", TEXT, days_ago=2), make_article("Kita", mended(TEXT))
    client = client_of("specialist")

    client.post(reverse("media_monitoring:split", args=[second.pk]))
    second.refresh_from_db()
    services.keep_text(second, "Kita", TEXT)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.story, second.story) == (None, None)
    assert not Story.objects.exists()
    third = make_article("Trečia", TEXT)
    assert third.story is not None
    assert third.story.articles.count() == 2
    second.refresh_from_db()
    assert second.story is None
    assert AuditEvent.objects.filter(action="article.split").count() == 1


def test_what_a_person_joined_stays_together(client_of):
    first, second = make_article("Viena", TEXT, days_ago=2), make_article("Kita", OTHER)
    client = client_of("specialist")

    answer = client.post(
        reverse("media_monitoring:join", args=[second.pk]),
        {"address": f"http://testserver{first.get_absolute_url()}"},
    )

    assert answer.status_code == 302
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.story == second.story is not None
    assert second.is_story_by_hand
    page = client.get(second.get_absolute_url()).content.decode()
    assert "Viena" in page


@pytest.mark.parametrize("address", ["", "https://nera.example/", "/ziniasklaida/999999/"])
def test_an_address_nobody_has_is_refused_in_words(client_of, address):
    article = make_article("Viena", TEXT)
    client = client_of("specialist")
    answer = client.post(
        reverse("media_monitoring:join", args=[article.pk]), {"address": address}, follow=True
    )
    assert "alert" in answer.content.decode()
    article.refresh_from_db()
    assert article.story is None


def test_an_own_text_gathers_what_was_and_will_be_printed(client_of):
    before = make_article("Tvarkys parką", TEXT, days_ago=1)
    client = client_of("specialist")

    answer = client.post(
        reverse("media_monitoring:own_text_add"),
        {"title": "Dailidės parkas", "text": TEXT, "released_on": timezone.localdate().isoformat()},
    )
    after = make_article("Ežeras", mended(TEXT), days_ago=0, outlet=make_outlet("Nemuno kilpa"))

    own = OwnText.objects.get()
    assert answer.status_code == 302
    before.refresh_from_db()
    after.refresh_from_db()
    assert before.story == after.story == own.story
    assert before.kept_percent == 100
    assert 60 <= after.kept_percent <= 90
    page = client.get(own.get_absolute_url()).content.decode()
    assert "100" in page
    assert "Nemuno kilpa" in page
    assert "Dailidės parkas" in client.get(after.get_absolute_url()).content.decode()


def test_an_own_text_of_a_few_words_is_refused(client_of):
    client = client_of("specialist")
    answer = client.post(
        reverse("media_monitoring:own_text_add"),
        {"title": "Trumpai", "text": "Per trumpas.", "released_on": timezone.localdate().isoformat()},
    )
    assert answer.status_code == 422
    assert not OwnText.objects.exists()


def test_the_list_of_own_texts_asks_as_often_with_three_rows_as_with_one(
    client_of, django_assert_max_num_queries
):
    client = client_of("head")
    by = UserFactory(role="specialist").actor
    for turn in range(3):
        stories.watch_own_text(title=f"Tekstas {turn}", text=TEXT, by=by)
    make_article("Tvarkys", TEXT)
    with django_assert_max_num_queries(16):
        page = client.get(reverse("media_monitoring:own_texts")).content.decode()
    assert page.count("Tekstas") >= 3


def test_a_reader_of_the_mayor_may_not_touch_stories(client_of):
    article = make_article("Viena", TEXT)
    client = client_of("leadership")
    assert client.post(reverse("media_monitoring:split", args=[article.pk])).status_code == 403
    assert client.get(reverse("media_monitoring:own_texts")).status_code == 403


def test_fingerprints_go_after_their_month():
    make_article("Viena", TEXT, days_ago=20)
    assert stories.forget_old_fingerprints(timezone.now()) == 0
    assert stories.forget_old_fingerprints(timezone.now() + datetime.timedelta(days=20)) == 1
    assert Article.objects.exists()
