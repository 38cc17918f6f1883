"""A real worker and a real beat, twenty outlets on a real web server, letters through a real SMTP server."""

from __future__ import annotations

import functools
import html
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from celery import current_app
from django.conf import settings as django_settings
from django.db import connection
from django.utils import timezone

from media_monitoring import services
from media_monitoring.choices import SourceState
from media_monitoring.models import Article, DigestReader, Source
from tests.accounts.factories import UserFactory
from tests.media_monitoring.factories import (
    BOMB,
    NewsStand,
    endless,
    gigabyte,
    make_outlet,
    make_topic,
    next_working_day,
    page,
    rss,
)
from tests.media_monitoring.test_bad_input import LAUGHS
from tests.post_office import subject
from tests.processes import LIVE_PRESS, broker_url, database_url
from tests.processes import eventually as eventually_within

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ROOT = Path(django_settings.BASE_DIR)
BROKER = broker_url(LIVE_PRESS)
TEXT = (
    "Alytaus miesto savivaldybės taryba posėdyje patvirtino kitų metų kultūros renginių planą ir biudžetą.",
    "Planą pristatė skyriaus vedėja, o gyventojai klausė, kada bus tvarkomas Dailidės parkas ir jo takai.",
)
HOSTILE = {
    "endless": endless,
    "gigabyte": gigabyte,
    "bomb": (200, {"Content-Encoding": "gzip"}, BOMB),
    "inside": (302, {"Location": "http://127.0.0.1:1/"}, b""),
    "metadata": (302, {"Location": "http://169.254.169.254/latest/meta-data/"}, b""),
    "laughs": (200, {}, LAUGHS),
    "nothing": (200, {}, b"ne kanalas"),
    "broken": (500, {}, b""),
}
GOOD = ["feed"] * 6 + ["sitemap"] * 3 + ["listing"] * 3
SITEMAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>{url}</loc><news:news>'
    "<news:title>{title}</news:title></news:news></url></urlset>"
)


eventually = functools.partial(eventually_within, within=180)


@pytest.fixture
def outlets() -> Iterator[dict[str, list]]:
    """Twelve that tell of an article each, eight that do nobody any good; each on a server of its own."""
    stands, sources = [], []
    for number, kind in enumerate([*GOOD, *HOSTILE]):
        stand = NewsStand()
        stands.append(stand)
        title = f"Tiltas per Nemuną, {number} dalis"
        stand.pages["/straipsnis"] = (200, {}, page(title, *TEXT, f"Skaitykite {number}-ą kartą."))
        stand.pages["/"] = {
            "feed": (200, {}, rss((title, "/straipsnis"), (title, "/straipsnis")).replace(b"2026", b"2999")),
            "sitemap": (200, {}, SITEMAP.format(url=stand.url("/straipsnis"), title=title).encode()),
            "listing": (200, {}, f'<article><h2><a href="/straipsnis">{title}</a></h2></article>'.encode()),
            **HOSTILE,
        }[kind]
        kind_of_source = kind if kind in GOOD else "feed"
        sources.append(stand.source("/", outlet=make_outlet(f"Leidinys {number}"), kind=kind_of_source))
    yield {"stands": stands, "sources": sources}
    for stand in stands:
        stand.close()


@pytest.fixture
def celery(outlets, post_office, settings) -> Iterator[None]:
    """A worker of all queues of the press and the beat, each a process of its own."""
    home = Path(settings.MEDIA_ROOT).parent
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(connection.settings_dict["NAME"]),
        "REDIS_URL": BROKER,
        "VAR_DIR": str(home),
        "EMAIL_URL": f"smtp://127.0.0.1:{post_office.port}",
        "DEBUG": "on",  # static files are not collected for it
        "LIVE_OUTLETS": ",".join("{}:{}".format(*stand.address) for stand in outlets["stands"]),
        "C_FORCE_ROOT": "1",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "tests.media_monitoring.live_celery", "-A", "alytus_ryšiai", "-q"]
    quiet = ["-l", "CRITICAL"]
    with current_app.connection_for_write(BROKER) as reached:
        reached.default_channel.client.flushdb()
        processes = [
            subprocess.Popen([*command, *arguments], cwd=ROOT, env=environment, start_new_session=True)
            for arguments in (
                ["worker", "-Q", "default,documents,press", "-c", "2", *quiet, "--without-mingle", "--without-gossip"],
                ["beat", "-s", str(home / "beat"), "--pidfile", "", *quiet],
            )
        ]  # fmt: skip
        try:
            yield
        finally:
            for process in processes:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(20)
            reached.default_channel.client.flushdb()


def test_twenty_outlets_alert_and_morning_page(client, outlets, post_office, request):
    watcher = UserFactory(role="specialist", email="specialiste@example.org")
    make_topic("tiltas", severity="critical", watchers=[watcher], in_digest=True)
    DigestReader.objects.create(name="Meras", email="meras@example.org")
    stands, sources = outlets["stands"], outlets["sources"]
    assert len(stands) == len(sources) == 20
    request.getfixturevalue("celery")

    assert eventually(lambda: Article.objects.exclude(text="").count() == len(GOOD)), describe()
    assert eventually(lambda: not Source.objects.filter(state=SourceState.NEW).exists()), describe()

    states = dict(Source.objects.values_list("outlet__name", "state"))
    names = [*GOOD, *HOSTILE]
    for number, name in enumerate(names):
        wanted = SourceState.BROKEN if name in HOSTILE else SourceState.WORKS
        assert states[f"Leidinys {number}"] == wanted, name
    assert all("taryba" in text for text in Article.objects.values_list("text", flat=True))
    assert not Article.objects.filter(published_at__gt=timezone.now()).exists()
    assert eventually(lambda: bool(mails(post_office, watcher.email))), describe()
    assert "Tiltas per Nemuną" in subject(mails(post_office, watcher.email)[0])

    client.force_login(watcher)
    shown = html.unescape(client.get("/ziniasklaida/saltiniai/").content.decode())
    for reason in Source.objects.filter(state=SourceState.BROKEN).values_list("reason", flat=True):
        assert reason in shown

    stands[0].pages["/nauja"] = (200, {}, page("Nauja žinia", *TEXT))
    stands[0].pages["/"] = (200, {}, rss(("Visai nauja žinia apie parką", "/nauja")))
    Source.objects.filter(pk=sources[0].pk).update(next_poll_at=timezone.now())
    assert eventually(lambda: Article.objects.filter(url=stands[0].url("/nauja")).exclude(text="").exists())

    digest = services.prepare_digest(next_working_day(), by=watcher.actor)
    for item in digest.items.all():
        services.word_item(item, item.text or item.article.title, by=watcher.actor, revision=item.revision)
    client.post(f"{digest.get_absolute_url()}siusti/")

    assert eventually(lambda: bool(mails(post_office, "meras@example.org"))), describe()
    [letter] = mails(post_office, "meras@example.org")
    [paper] = list(letter.iter_attachments())
    assert paper.get_content().startswith(b"%PDF")
    assert "Tiltas per Nemuną" in letter.get_body(("plain",)).get_content()


def mails(post_office, address: str) -> list:
    return [one for one in post_office.letters if address in str(one["To"])]


def describe() -> str:
    """What stands where, when it is not what it should be."""
    from core.models import Job

    rows = Source.objects.values_list("outlet__name", "kind", "state", "reason")
    jobs = Job.objects.exclude(state="done").values_list("kind", "state", "error")[:20]
    return f"{list(rows)}\n{list(Article.objects.values_list('title', 'problem'))}\n{list(jobs)}"
