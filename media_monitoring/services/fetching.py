"""Asking the sources that are due, politely, and reading the pages they name."""

from __future__ import annotations

import datetime
import hashlib
from urllib.parse import urljoin, urlsplit

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import jobs
from media_monitoring.choices import SourceKind, SourceState
from media_monitoring.fetch import Fetcher, FetchError
from media_monitoring.models import (
    Article,
    Host,
    Source,
)
from media_monitoring.pages import PageTooSlowError, read_page
from media_monitoring.reader import UnreadableError, read
from media_monitoring.services.articles import keep_text, take_link
from media_monitoring.services.newsletters import ask_mailbox

PAUSE = datetime.timedelta(seconds=5)  # between two requests to one server, unless its robots.txt wants more


ROBOTS_KEPT = datetime.timedelta(days=1)


LONGEST_BACK_OFF = datetime.timedelta(days=1)


# When a page is looked at again for changes, after it was first read; then no more.
CHECKS = [datetime.timedelta(hours=hours) for hours in (1, 6, 24, 72)]


def ask_what_is_due() -> int:
    """Put into the queue every source, page and mailbox whose moment has come; returns how many."""
    now = timezone.now()
    sources = list(Source.objects.due(now).values_list("pk", flat=True)[:200])
    pages = list(Article.objects.pages_due(now).order_by("next_check_at").values_list("pk", flat=True)[:200])
    for pk in sources:
        jobs.enqueue("media_monitoring.poll_source", pk)
    for pk in pages:
        jobs.enqueue("media_monitoring.read_article", pk)
    return len(sources) + len(pages) + ask_mailbox()


def _take_turn(url: str, fetcher: Fetcher) -> datetime.datetime | None:
    """Take the server's next free moment: None when it is now, else when to come back. Refuses what robots.txt forbids."""
    parts = urlsplit(url)
    Host.objects.get_or_create(name=parts.netloc[:260])
    with transaction.atomic():
        host = Host.objects.select_for_update().get(name=parts.netloc[:260])
        now = timezone.now()
        if host.next_at > now:
            return host.next_at
        host.next_at = now + PAUSE
        host.save()
    _obey(host, url, fetcher)
    return None


def obey_robots(url: str, fetcher: Fetcher) -> None:
    """Refuse what robots.txt forbids, whosever turn it is: for what a person waits for."""
    host, _is_new = Host.objects.get_or_create(name=urlsplit(url).netloc[:260])
    _obey(host, url, fetcher)


def _obey(host: Host, url: str, fetcher: Fetcher) -> None:
    from protego import Protego  # noqa: PLC0415 -- only the worker asks

    now = timezone.now()
    if host.robots_read_at is None or host.robots_read_at < now - ROBOTS_KEPT:
        host.robots = _robots(urljoin(url, "/robots.txt"), fetcher)
        host.robots_read_at = now
    rules = Protego.parse(host.robots)
    wait = min(float(rules.crawl_delay("AlytausRysiai") or 0), 3600)
    Host.objects.filter(pk=host.pk).update(
        robots=host.robots,
        robots_read_at=host.robots_read_at,
        next_at=now + max(PAUSE, datetime.timedelta(seconds=wait)),
    )
    if not rules.can_fetch(url, "AlytausRysiai"):
        raise FetchError(_("The server's robots.txt asks not to read this address."))


def _robots(url: str, fetcher: Fetcher) -> str:
    """The rules; a server without them allows, one that fails to say is left alone for now."""
    try:
        return fetcher.get(url).body[:500_000].decode("utf-8", "replace").replace("\x00", "")
    except FetchError as error:
        if error.status in (401, 403) or not 400 <= error.status < 500:
            raise
        return ""


def poll_source(pk: int, *, fetcher: Fetcher | None = None) -> int:
    """Ask the source now; returns how many articles are new. What goes wrong is written on the source."""
    fetcher = fetcher or Fetcher()
    source = Source.objects.select_related("outlet").filter(pk=pk).first()
    if source is None or source.state == SourceState.OFF or not source.url:
        return 0
    try:
        if later := _take_turn(source.url, fetcher):
            Source.objects.filter(pk=pk).update(next_poll_at=later)
            return 0
        answer = fetcher.get(source.url, etag=source.etag, last_modified=source.last_modified)
        digest = hashlib.sha256(answer.body).hexdigest()
        links = []
        if answer.status == 200 and digest != source.body_sha256:
            links = read(source.kind, answer.body, answer.url, seconds=answer.seconds_left)
            source.body_sha256 = digest
    except FetchError as error:
        _broke(source, str(error), error)
        return 0
    except UnreadableError as error:
        _broke(source, _unreadable(str(error)))
        return 0
    new = sum(take_link(source, link) for link in links)
    now = timezone.now()
    source.state, source.reason, source.fails = SourceState.WORKS, "", 0
    source.last_good_at = source.tried_at = now
    source.next_poll_at = now + datetime.timedelta(minutes=source.every_minutes)
    if answer.status == 200:
        source.etag = answer.headers.get("etag", "")[:300]
        source.last_modified = answer.headers.get("last-modified", "")[:60]
    _keep_state(source)
    return new


def _unreadable(code: str) -> str:
    return {
        "entities": _("The file defines entities of its own: it was refused as dangerous."),
        "depth": _("The file is nested too deeply: it was refused as dangerous."),
        "slow": _("The file took too long to read: it was cut off."),
    }.get(code, _("The file is not what the source's kind says."))


def _broke(source: Source, reason: str, error: FetchError | None = None) -> None:
    """Say why, and come again later and later; an address that is gone is switched off."""
    source.fails = min(source.fails + 1, 100)
    source.tried_at = timezone.now()
    pause = datetime.timedelta(minutes=source.every_minutes) * 2 ** min(source.fails - 1, 8)
    if error and error.retry_after:
        pause = max(pause, datetime.timedelta(seconds=error.retry_after))
    source.next_poll_at = source.tried_at + min(pause, LONGEST_BACK_OFF)
    source.state = SourceState.OFF if error and error.status == 410 else SourceState.BROKEN
    source.reason = reason[:300]
    _keep_state(source)


def _keep_state(source: Source) -> None:
    """Write what asking found out; a person's change in between, which counts up the revision, is left alone."""
    names = "state reason fails last_good_at tried_at next_poll_at etag last_modified body_sha256".split()
    Source.objects.filter(pk=source.pk, revision=source.revision).exclude(state=SourceState.OFF).update(
        **{name: getattr(source, name) for name in names}
    )


def read_article(pk: int, *, fetcher: Fetcher | None = None) -> bool:
    """Read the article's page; an edited one keeps both versions. Says whether the text is new."""
    fetcher = fetcher or Fetcher()
    article = (
        Article.objects.select_related("outlet", "source").filter(pk=pk, next_check_at__isnull=False).first()
    )
    if article is None:
        return False
    try:
        if later := _take_turn(article.url, fetcher):
            Article.objects.filter(pk=pk).update(next_check_at=later)
            return False
        answer = fetcher.get(article.url, etag=article.etag, last_modified=article.last_modified)
    except FetchError as error:
        _come_again(article, problem=str(error), wait=error.retry_after)
        return False
    heads = answer.headers
    article.etag, article.last_modified = heads.get("etag", "")[:300], heads.get("last-modified", "")[:60]
    try:
        page = None
        if answer.status == 200:
            page = read_page(answer.body, answer.url, answer.charset, seconds=answer.seconds_left)
    except PageTooSlowError:
        _come_again(article, problem=_("The page could not be read within five seconds: it was cut off."))
        return False
    if answer.status == 200 and page is None:
        _come_again(article, problem=_("No text was found on the page."))
        return False
    _come_again(article)
    if page is None:
        return False
    article.author = article.author or page.author
    article.language, article.picture_url = page.language, page.picture_url
    is_listed = article.source is not None and article.source.kind == SourceKind.LISTING
    if is_listed and page.published_at and page.published_at < article.published_at:
        article.published_at = page.published_at  # a listing page tells no day; the article's own does
    return keep_text(article, page.title or article.title, page.text)


def _come_again(article: Article, *, problem: str = "", wait: int = 0) -> None:
    article.problem = problem[:300]
    step = CHECKS[article.checks] if article.checks < len(CHECKS) else None
    if step is not None and wait:
        step = max(step, datetime.timedelta(seconds=wait))
    article.next_check_at = timezone.now() + step if step else None
    article.checks += 1
    names = ["problem", "next_check_at", "checks", "etag", "last_modified", "updated_at"]
    article.save(update_fields=names)
