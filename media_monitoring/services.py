"""The verbs of the press desk: outlets and sources, asking them, taking articles in, entering by hand."""

from __future__ import annotations

import csv
import datetime
import hashlib
import html
import re
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit, jobs
from core.actor import Actor
from core.errors import DomainError
from core.files import store
from core.models import acted_by
from documents.intake import check_file
from media_monitoring import search
from media_monitoring.choices import Keeps, Medium, SourceKind, SourceState
from media_monitoring.fetch import Fetcher, FetchError
from media_monitoring.models import (
    EXCERPT,
    Article,
    ArticleFile,
    ArticleVersion,
    Host,
    Outlet,
    Source,
    Story,
)
from media_monitoring.pages import read_page
from media_monitoring.reader import UnreadableError, read

DATA = Path(__file__).parent / "data" / "outlets.csv"
PAUSE = datetime.timedelta(seconds=5)  # between two requests to one server, unless its robots.txt wants more
ROBOTS_KEPT = datetime.timedelta(days=1)
LONGEST_BACK_OFF = datetime.timedelta(days=1)
# When a page is looked at again for changes, after it was first read; then no more.
CHECKS = [datetime.timedelta(hours=hours) for hours in (1, 6, 24, 72)]
SAME_STORY = datetime.timedelta(days=30)


# ---- outlets and sources ----


@transaction.atomic
def sync_outlets() -> int:
    """Bring the outlets of the data file that are not there yet; what people changed stays. Returns how many came."""
    with DATA.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    known = set(Outlet.objects.values_list("name", flat=True))
    new = [
        Outlet(
            name=row["name"],
            kind=row["kind"],
            scope=row["scope"],
            site=row["site"],
            note=row["note"],
            source=row["source"],
            is_verified=row["confidence"] == "sourced",
            keeps=row["keeps"],
            readers=row["readers"],
            kept_days=int(row["kept_days"]) if row["kept_days"] else None,
            ground=row["ground"],
        )
        for row in rows
        if row["name"] not in known
    ]
    Outlet.objects.bulk_create(new)
    return len(new)


@transaction.atomic
def save_source(source: Source, *, by: Actor, fields: list[str], revision: int | None = None) -> Source:
    """Add or change a source; a changed one is asked anew at once."""
    if source.kind in (SourceKind.FEED, SourceKind.SITEMAP, SourceKind.LISTING) and not source.url:
        raise DomainError(_("Write the address that is to be asked."), field="url")
    source.url = source.url or ""
    if source.url and Source.objects.filter(url=source.url).exclude(pk=source.pk).exists():
        raise DomainError(_("This address is asked already."), field="url")
    is_new = source.pk is None
    if is_new:
        source.save()
    else:
        source.state, source.reason, source.fails = SourceState.NEW, "", 0
        source.etag = source.last_modified = source.body_sha256 = ""
        source.next_poll_at = timezone.now()
        renewed = ["state", "reason", "fails", "etag", "last_modified", "body_sha256", "next_poll_at"]
        source.save_if_current(revision, [*fields, *renewed])
    audit.record("source.added" if is_new else "source.changed", source, by=by, url=source.url)
    return source


@transaction.atomic
def switch_source(source: Source, *, on: bool, by: Actor) -> Source:
    source = Source.objects.select_for_update().get(pk=source.pk)
    source.state, source.reason, source.fails = (SourceState.NEW if on else SourceState.OFF), "", 0
    source.next_poll_at = timezone.now()
    source.save()
    audit.record("source.switched_on" if on else "source.switched_off", source, by=by)
    return source


# ---- asking ----


def ask_what_is_due() -> int:
    """Put into the queue every source and page whose moment has come; returns how many."""
    now = timezone.now()
    sources = list(Source.objects.due(now).values_list("pk", flat=True)[:200])
    pages = list(Article.objects.pages_due(now).order_by("next_check_at").values_list("pk", flat=True)[:200])
    for pk in sources:
        jobs.enqueue("media_monitoring.poll_source", pk)
    for pk in pages:
        jobs.enqueue("media_monitoring.read_article", pk)
    return len(sources) + len(pages)


def _take_turn(url: str, fetcher: Fetcher) -> datetime.datetime | None:
    """Take the server's next free moment: None when it is now, else when to come back. Refuses what robots.txt forbids."""
    from protego import Protego  # noqa: PLC0415 -- only the worker asks

    parts = urlsplit(url)
    Host.objects.get_or_create(name=parts.netloc[:260])
    with transaction.atomic():
        host = Host.objects.select_for_update().get(name=parts.netloc[:260])
        now = timezone.now()
        if host.next_at > now:
            return host.next_at
        host.next_at = now + PAUSE
        host.save()
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
    return None


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
            links = read(source.kind, answer.body, answer.url)
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


# ---- taking in ----


def plain(text: str, limit: int) -> str:
    """Words of a feed's field: no tags, no runs of blanks, cut at a word."""
    text = " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text.replace("\x00", ""))).split())
    return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0] + "…"


@transaction.atomic
def take_link(source: Source, link: dict[str, Any]) -> bool:
    """An article a source tells of; the same address twice is one. Its page is read afterwards, when that is kept."""
    url = urljoin(source.url, str(link.get("url") or "")).partition("#")[0]
    title = plain(str(link.get("title") or ""), 400)
    if urlsplit(url).scheme not in ("http", "https") or len(url) > 1000 or not title:
        return False
    now = timezone.now()
    published_at = now
    if link.get("published"):
        try:
            published_at = min(now, datetime.datetime.fromtimestamp(link["published"], datetime.UTC))
        except (ValueError, OverflowError, OSError):
            published_at = now
    lead = plain(str(link.get("summary") or ""), EXCERPT)
    article, is_new = Article.objects.get_or_create(
        url=url,
        defaults={
            "outlet": source.outlet,
            "source": source,
            "title": title,
            "lead": lead,
            "author": plain(str(link.get("author") or ""), 200),
            "published_at": published_at,
            "sha256": Article.digest(title, ""),
            "next_check_at": None if source.outlet.keeps == Keeps.LINK else now,
        },
    )
    if is_new:
        ArticleVersion.objects.create(article=article, number=1, title=title, sha256=article.sha256)
        search.index(article)
    return is_new


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
    page = read_page(answer.body, answer.url, answer.charset) if answer.status == 200 else None
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


@transaction.atomic
def keep_text(article: Article, title: str, text: str) -> bool:
    """Keep the text as the newest version; the same text costs nothing. Says whether it is new."""
    locked = Article.objects.select_for_update().get(pk=article.pk)
    title, text = plain(title, 400) or locked.title, text.replace("\x00", "")
    digest = Article.digest(title, text)
    if digest == locked.sha256:
        return False
    if locked.text:
        article.version_count = locked.version_count + 1
        ArticleVersion.objects.create(
            article=article, number=article.version_count, title=title, text=text, sha256=digest
        )
    else:  # the feed's line becomes the first text: nothing was edited
        locked.versions.filter(number=1).update(title=title, text=text, sha256=digest)
    article.title, article.text, article.sha256 = title, text, digest
    article.text_sha256 = Article.digest(" ".join(text.split()).casefold()) if text else ""
    article.lead = plain(text, EXCERPT) or article.lead
    article.save()
    _join_story(article)
    search.index(article)
    return True


def _join_story(article: Article) -> None:
    """Put the article to those that print the same text; a person's decision stands."""
    if article.is_story_by_hand or article.story_id or not article.text_sha256:
        return
    near = (article.published_at - SAME_STORY, article.published_at + SAME_STORY)
    twins = Article.objects.filter(text_sha256=article.text_sha256, published_at__range=near)
    twin = twins.exclude(pk=article.pk).order_by("published_at", "pk").first()
    if twin is None:
        return
    if twin.story is None:
        twin.story = Story.objects.create(title=twin.title)
        twin.save(update_fields=["story", "updated_at"])
    article.story = twin.story
    article.save(update_fields=["story", "updated_at"])


@transaction.atomic
def enter_article(
    *,
    outlet: Outlet,
    medium: str,
    title: str,
    published_at: datetime.datetime,
    by: Actor,
    text: str = "",
    url: str = "",
    author: str = "",
    file: UploadedFile | None = None,
) -> Article:
    """What a person met in print, on air or on the web, with its scan or recording."""
    if medium == Medium.WEB and not url:
        raise DomainError(_("Write the address of the article."), field="url")
    if url and Article.objects.filter(url=url).exists():
        raise DomainError(_("This article is in the list already."), field="url")
    if published_at > timezone.now():
        raise DomainError(_("The day has not come yet."), field="published_on")
    article = Article.objects.create(
        outlet=outlet,
        medium=medium,
        title=title,
        url=url,
        author=author,
        published_at=published_at,
        text=text,
        lead=plain(text, EXCERPT),
        sha256=Article.digest(title, text),
        text_sha256=Article.digest(" ".join(text.split()).casefold()) if text else "",
    )
    ArticleVersion.objects.create(article=article, number=1, title=title, text=text, sha256=article.sha256)
    if file is not None:
        content = file.read()
        try:
            checked = check_file(content, file.name or "")
        except DomainError as error:
            raise DomainError(str(error), field="file") from error
        stored = store(content, name=checked.name, media_type=checked.media_type)
        ArticleFile.objects.create(article=article, stored=stored, name=checked.name, **acted_by(by))
    _join_story(article)
    search.index(article)
    audit.record("article.entered", article, by=by, outlet=outlet.name)
    return article


def drop_expired(today: datetime.date) -> int:
    """Texts whose outlet lets them be kept no longer; link, title and excerpt stay. Returns how many went."""
    dropped = 0
    for outlet in Outlet.objects.filter(kept_days__isnull=False):
        old = today - datetime.timedelta(days=outlet.kept_days or 0)
        articles = outlet.articles.filter(found_at__date__lt=old).exclude(text="")
        for article in articles[:1000]:
            article.versions.update(text="")
            article.text = ""
            article.save(update_fields=["text", "updated_at"])
            search.index(article)
            dropped += 1
    return dropped
