"""Sources asked over real HTTP: politely, within bounds, and never towards the inside."""

import datetime

import pytest
from django.utils import timezone

from core import jobs
from core.models import Job
from media_monitoring import services
from media_monitoring.choices import SourceState
from media_monitoring.fetch import Fetcher, FetchError, is_open
from media_monitoring.models import Article, Host
from media_monitoring.reader import decoded
from tests.media_monitoring.factories import BOMB, drip, endless, make_outlet, page, rss

pytestmark = pytest.mark.django_db
TEXT = (
    "Alytaus miesto savivaldybės taryba posėdyje patvirtino kitų metų kultūros renginių planą ir biudžetą.",
    "Planą pristatė skyriaus vedėja, o gyventojai klausė, kada bus tvarkomas Dailidės parkas ir jo takai.",
)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "192.168.1.1", "169.254.169.254", "0.0.0.0", "::1", "::ffff:10.0.0.1",
        "64:ff9b::7f00:1", "2002:7f00:1::", "fd00::1", "224.0.0.1", "fe80::1%eth0",
    ],
)  # fmt: skip
def test_inner_addresses_are_shut(address):
    assert not is_open(address)


def test_outer_addresses_are_open():
    assert is_open("93.184.216.34")
    assert is_open("2606:2800:220:1::1")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://2130706433/", "http://0x7f000001/", "http://127.1/",
        "http://[::1]/", "http://[::ffff:10.0.0.1]/", "http://169.254.169.254/latest", "http://93.184.216.34:6379/",
        "file:///etc/passwd", "ftp://example.org/", "gopher://example.org/", "http://", "http://[", "javascript:1",
    ],
)  # fmt: skip
def test_addresses_inside_and_other_schemes_are_not_asked(url):
    with pytest.raises(FetchError):
        Fetcher().get(url)


def test_a_name_with_one_inner_address_is_not_asked(monkeypatch):
    both = [(2, 1, 6, "", (address, 80)) for address in ("93.184.216.34", "10.0.0.7")]
    monkeypatch.setattr("socket.getaddrinfo", lambda *args, **kwargs: both)
    with pytest.raises(FetchError):
        Fetcher().get("http://pavyzdys.example/")


def test_a_worker_asks_no_inner_address_whoever_wrote_it(stand):
    stand.pages["/rss"] = (200, {}, rss(("Pirma", "/1")))
    source = stand.source()
    services.ask_what_is_due()
    [job] = Job.objects.all()

    assert jobs.run(job.pk)

    source.refresh_from_db()
    assert source.state == SourceState.BROKEN
    assert stand.asked == []


def test_a_redirect_inside_is_not_followed(stand):
    stand.pages["/rss"] = (302, {"Location": "http://127.0.0.1:1/"}, b"")
    source = stand.source()

    assert stand.poll(source) == 0

    assert source.state == SourceState.BROKEN
    assert "Adresas veda" in source.reason or "inside a network" in source.reason


@pytest.mark.parametrize("location", ["/rss", "file:///etc/passwd", "http://169.254.169.254/"])
def test_redirects_end(stand, location):
    stand.pages["/rss"] = (302, {"Location": location}, b"")

    with pytest.raises(FetchError):
        stand.fetcher().get(stand.url("/rss"))

    assert len(stand.asked) <= 6


def test_letters_of_an_address_travel_encoded(stand):
    stand.pages["/naujienos/%C5%A1vent%C4%97"] = (200, {}, b"yra")
    assert stand.fetcher().get(stand.url("/naujienos/šventė")).body == b"yra"


@pytest.mark.parametrize("url", ["http://žinios.invalid/", "http://" + "ž" * 80 + ".lt/", "http://a..ž/"])
def test_names_in_our_letters_are_asked_or_refused_in_words(url):
    with pytest.raises(FetchError):
        Fetcher().get(url)


def test_a_gzip_bomb_is_cut(stand):
    stand.pages["/bomb"] = (200, {"Content-Encoding": "gzip"}, BOMB)
    with pytest.raises(FetchError, match="5 MB"):
        stand.fetcher().get(stand.url("/bomb"))


def test_an_endless_body_is_cut(stand):
    stand.pages["/endless"] = endless
    with pytest.raises(FetchError, match="5 MB"):
        stand.fetcher().get(stand.url("/endless"))


def test_a_dripping_server_is_cut_by_the_clock(stand):
    stand.pages["/drip"] = drip
    began = timezone.now()
    with pytest.raises(FetchError):
        stand.fetcher(most_seconds=0.5).get(stand.url("/drip"))
    assert timezone.now() - began < datetime.timedelta(seconds=3)


def test_a_feed_brings_articles_once(stand):
    stand.pages["/rss"] = (200, {"ETag": '"1"'}, rss(("Pirma", "/1"), ("Antra", "/2"), ("Pirma", "/1#vieta")))
    source = stand.source()

    assert stand.poll(source) == 2
    assert stand.poll(source) == 0

    assert source.state == SourceState.WORKS
    assert source.last_good_at is not None
    assert stand.asked[-1][1]["If-None-Match"] == '"1"'
    assert {article.url for article in Article.objects.all()} == {stand.url("/1"), stand.url("/2")}
    assert Article.objects.first().published_at == datetime.datetime(2026, 6, 9, 5, 55, tzinfo=datetime.UTC)


def test_a_day_to_come_is_today(stand):
    body = rss(("Ateitis", "/1")).replace(b"2026", b"2090")
    stand.pages["/rss"] = (200, {}, body)
    stand.poll(stand.source())
    assert Article.objects.get().published_at <= timezone.now()


def test_a_news_sitemap_and_a_listing_page_bring_articles(stand):
    stand.pages["/sitemap.xml"] = (
        200,
        {},
        b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        b'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>http://pavyzdys.lt/a</loc>'
        b"<n:news><n:publication_date>2026-06-09T08:00:00+03:00</n:publication_date><n:title>Tiltas</n:title></n:news>"
        b"</url></urlset>",
    )
    stand.pages["/sarasas"] = (
        200, {}, b'<h2><a href="/s/1">Mieste atidarytas naujas tiltas</a></h2><a href="/kita">Kita</a>',
    )  # fmt: skip

    assert stand.poll(stand.source("/sitemap.xml", kind="sitemap")) == 1
    assert stand.poll(stand.source("/sarasas", kind="listing")) == 1

    assert {article.title for article in Article.objects.all()} == {
        "Tiltas",
        "Mieste atidarytas naujas tiltas",
    }


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (
            b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><rss>&b;</rss>',
            "entities",
        ),
        (
            b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss>&a;</rss>',
            "entities",
        ),
        (b"<rss>" + b"<a>" * 40_000, "nested"),
        (b"ne kanalas", "kind"),
    ],
)
def test_a_dangerous_feed_is_refused_with_its_reason(stand, body, word, settings):
    settings.LANGUAGE_CODE = "en"
    stand.pages["/rss"] = (200, {}, body)
    source = stand.source()

    assert stand.poll(source) == 0

    assert source.state == SourceState.BROKEN
    assert source.reason
    assert not Article.objects.exists()


def test_a_million_tiny_items_are_bounded(stand):
    stand.pages["/rss"] = (200, {}, rss(*[(f"T{n}", f"/{n}") for n in range(3000)]))
    source = stand.source()
    assert stand.poll(source) <= 200


def test_a_broken_source_comes_again_later_and_later_then_works(stand):
    stand.pages["/rss"] = (500, {}, b"")
    source = stand.source()
    stand.poll(source)
    first = source.next_poll_at - source.tried_at
    stand.poll(source)
    assert source.next_poll_at - source.tried_at == 2 * first

    stand.pages["/rss"] = (200, {}, rss(("Pirma", "/1")))
    stand.poll(source)
    assert (source.state, source.reason, source.fails) == (SourceState.WORKS, "", 0)


def test_retry_after_is_kept(stand):
    stand.pages["/rss"] = (429, {"Retry-After": "7200"}, b"")
    source = stand.source()
    stand.poll(source)
    assert source.next_poll_at >= source.tried_at + datetime.timedelta(seconds=7200)


def test_an_address_that_is_gone_is_switched_off(stand):
    stand.pages["/rss"] = (410, {}, b"")
    source = stand.source()
    stand.poll(source)
    assert source.state == SourceState.OFF


def test_robots_are_obeyed(stand):
    stand.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /rss\nCrawl-delay: 60")
    stand.pages["/rss"] = (200, {}, rss(("Pirma", "/1")))
    source = stand.source()

    assert stand.poll(source) == 0

    assert "robots.txt" in source.reason
    assert [path for path, _headers in stand.asked] == ["/robots.txt"]


def test_one_server_is_asked_once_in_a_while(stand):
    stand.pages["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 60")
    stand.pages["/rss"] = (200, {}, rss(("Pirma", "/1")))
    one, other = stand.source(), stand.source("/kitas")
    stand.poll(one)

    services.poll_source(other.pk, fetcher=stand.fetcher())

    other.refresh_from_db()
    assert "/kitas" not in [path for path, _headers in stand.asked]
    assert other.next_poll_at == Host.objects.get().next_at
    assert other.next_poll_at > timezone.now() + datetime.timedelta(seconds=50)


def test_a_page_becomes_text_and_an_edited_one_keeps_both(stand):
    stand.pages["/rss"] = (200, {}, rss(("Planas", "/1")))
    stand.pages["/1"] = (200, {"ETag": '"a"'}, page("Patvirtintas planas", *TEXT))
    stand.poll(stand.source())
    article = Article.objects.get()

    assert stand.read(article)
    assert (article.version_count, article.versions.count()) == (1, 1)
    assert "Dailidės parkas" in article.text
    assert not stand.read(article)  # 304
    assert stand.asked[-1][1]["If-None-Match"] == '"a"'

    stand.pages["/1"] = (
        200,
        {"ETag": '"b"'},
        page("Patvirtintas planas", TEXT[0], "Pataisyta: parką tvarkys rudenį, sako vedėja."),
    )
    assert stand.read(article)

    texts = [version.text for version in article.versions.all()]
    assert ["Dailidės" in text for text in texts] == [True, False]
    assert article.text == texts[1]


def test_a_page_in_windows_1257_that_says_utf_8_is_read(stand):
    stand.pages["/rss"] = (200, {}, rss(("Planas", "/1")))
    body = page("Šventė", *TEXT, charset="windows-1257").replace(b"windows-1257", b"utf-8")
    stand.pages["/1"] = (200, {"Content-Type": "text/html; charset=utf-8"}, body)
    stand.poll(stand.source())
    article = Article.objects.get()

    stand.read(article)

    assert "savivaldybės taryba" in article.text
    assert decoded("ąžuolas".encode(), "windows-1257") == "ąžuolas"


def test_of_an_outlet_kept_as_links_no_page_is_read(stand):
    stand.pages["/rss"] = (200, {}, rss(("Planas", "/1")))
    stand.poll(stand.source(outlet=make_outlet("Nemuno kilpa", keeps="link")))

    services.ask_what_is_due()

    assert Article.objects.get().next_check_at is None
    assert not Job.objects.filter(kind="media_monitoring.read_article").exists()


def test_what_is_due_goes_into_the_queue_of_the_press(stand):
    source = stand.source()
    assert services.ask_what_is_due() == 1
    assert [(job.key, job.queue) for job in Job.objects.all()] == [(str(source.pk), "press")]


def test_one_text_in_two_outlets_is_one_story(stand):
    stand.pages["/rss"] = (200, {}, rss(("Planas", "/1")))
    stand.pages["/kitas"] = (200, {}, rss(("Kita antraštė", "/2")))
    stand.pages["/1"] = (200, {}, page("Planas", *TEXT))
    stand.pages["/2"] = (200, {}, page("Planas", *TEXT))
    stand.poll(stand.source())
    stand.poll(stand.source("/kitas", outlet=make_outlet("Nemuno kilpa")))
    for article in Article.objects.all():
        stand.read(article)

    assert len(set(Article.objects.values_list("story", flat=True))) == 1
    assert Article.objects.first().story is not None


def test_texts_go_on_their_day_and_links_stay(stand):
    stand.pages["/rss"] = (200, {}, rss(("Planas", "/1")))
    stand.pages["/1"] = (200, {}, page("Planas", *TEXT))
    stand.poll(stand.source(outlet=make_outlet("Nemuno kilpa", kept_days=30)))
    article = Article.objects.get()
    stand.read(article)
    today = timezone.localdate()

    assert services.drop_expired(today + datetime.timedelta(days=30)) == 0
    assert services.drop_expired(today + datetime.timedelta(days=32)) == 1

    article.refresh_from_db()
    assert (article.text, article.url) == ("", stand.url("/1"))
    assert article.lead
    assert not article.versions.exclude(text="").exists()
