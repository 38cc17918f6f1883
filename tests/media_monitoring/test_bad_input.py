"""Twenty outlets at once, some of them hostile: each is refused or bounded with its reason, and the queue goes on."""

import socket

import pytest

from media_monitoring import pages
from media_monitoring.choices import SourceState
from media_monitoring.fetch import FetchError
from media_monitoring.models import Article, Source
from tests.media_monitoring.factories import BOMB, endless, make_outlet, page, rss

pytestmark = pytest.mark.django_db
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><rss>&j;</rss>"
)
HOSTILE = {
    "endless": endless,
    "huge": (200, {}, b"x" * 6_000_000),
    "bomb": (200, {"Content-Encoding": "gzip"}, BOMB),
    "inside": (302, {"Location": "http://127.0.0.1:1/"}, b""),
    "metadata": (302, {"Location": "http://169.254.169.254/latest/meta-data/"}, b""),
    "laughs": (200, {}, LAUGHS),
    "tower": (200, {}, b"<rss>" + b"<a>" * 40_000),
    "nothing": (200, {}, b"ne kanalas"),
    "broken": (500, {}, b""),
}


def test_hostile_outlets_break_alone(stand):
    for name, answer in HOSTILE.items():
        stand.pages[f"/{name}"] = answer
    good = [f"geras{number}" for number in range(20 - len(HOSTILE))]
    for number, name in enumerate(good):
        stand.pages[f"/{name}"] = (
            200,
            {},
            rss((f"Naujiena {number}", f"/{name}/1"), (f"Ta pati {number}", f"/{name}/1")),
        )
    names = [name for pair in zip(HOSTILE, good, strict=False) for name in pair] + good[len(HOSTILE) :]
    sources = {name: stand.source(f"/{name}", outlet=make_outlet(f"Leidinys {name}")) for name in names}
    assert len(sources) == 20

    for source in sources.values():
        stand.poll(source)

    states = dict(Source.objects.values_list("outlet__name", "state"))
    for name in HOSTILE:
        assert states[f"Leidinys {name}"] == SourceState.BROKEN, name
        assert sources[name].reason, name
        assert sources[name].last_good_at is None
    for name in good:
        assert states[f"Leidinys {name}"] == SourceState.WORKS, name
        assert sources[name].last_good_at
    assert Article.objects.count() == len(good)


def test_a_name_that_changes_its_address_gains_nothing(stand, monkeypatch):
    """The first time the name leads to the outlet, after the redirect to the inside of a cloud."""
    port = stand.address[1]
    answers, ask = iter(["127.0.0.1", "169.254.169.254"]), socket.getaddrinfo

    def two_faced(host, port, *rest, **more):
        is_it = host == "persivertelis.example"
        return (
            [(socket.AF_INET, 1, 6, "", (next(answers), port))] if is_it else ask(host, port, *rest, **more)
        )

    monkeypatch.setattr(socket, "getaddrinfo", two_faced)
    stand.pages["/rss"] = (302, {"Location": f"http://persivertelis.example:{port}/slapta"}, b"")

    with pytest.raises(FetchError, match=r"inside a network|Adresas veda"):
        stand.fetcher().get(f"http://persivertelis.example:{port}/rss")

    assert [path for path, _heads in stand.asked] == ["/rss"]


def test_a_page_the_parser_hangs_on_is_cut_and_the_next_is_read(stand, monkeypatch):
    stand.pages["/rss"] = (200, {}, rss(("Pirma", "/1"), ("Antra", "/2")))
    text = "Alytaus miesto taryba posėdyje patvirtino kitų metų kultūros renginių planą ir biudžetą."
    for path in ("/1", "/2"):
        stand.pages[path] = (200, {}, page("Planas", text, text[::-1]))
    stand.poll(stand.source())
    first, second = Article.objects.order_by("pk")
    pages.read_page(page("T", text), "http://pavyzdys.example/")  # the child is there

    with monkeypatch.context() as patch:
        patch.setattr(pages, "MOST_SECONDS", 0.0)
        assert not stand.read(first)
    assert stand.read(second)

    assert first.problem
    assert first.text == ""
    assert "taryba" in second.text


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00" * 5000,
        b"<html>" + b"<div>" * 100_000,
        b"<p" * 100_000,
        b"<!--" * 50_000,
        b"<a href='" + b"x" * 1_000_000,
        bytes(range(256)) * 4000,
    ],
)
def test_markup_that_breaks_the_parser_is_a_page_without_text(stand, body):
    stand.pages["/rss"] = (200, {}, rss(("Pirma", "/1")))
    stand.pages["/1"] = (200, {"Content-Type": "text/html"}, body)
    stand.poll(stand.source())
    article = Article.objects.get()

    stand.read(article)

    assert article.title == "Pirma"
    assert article.problem or article.text


def test_a_day_before_time_and_one_after_it_are_taken_as_today(stand):
    for number, year in enumerate((b"1", b"9999")):
        stand.pages[f"/{number}"] = (
            200,
            {},
            rss(("Diena", f"/d{number}")).replace(b"2026", year.rjust(4, b"0")),
        )
        stand.poll(stand.source(f"/{number}", outlet=make_outlet(f"Leidinys {number}")))
    assert Article.objects.count() == 2
