"""Taking articles in: a link of a source, the text of a page, an entry by hand; dropping what is kept no longer."""

from __future__ import annotations

import datetime
import html
import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.actor import Actor
from core.errors import DomainError
from core.files import store
from core.models import acted_by
from documents.intake import check_file
from media_monitoring.choices import Keeps, Medium
from media_monitoring.models import (
    EXCERPT,
    Article,
    ArticleFile,
    ArticleVersion,
    Outlet,
    Source,
)
from media_monitoring.services.scans import ask_reading
from media_monitoring.services.stories import join_story
from media_monitoring.services.topics import make_findable


def plain(text: str, limit: int) -> str:
    """Words of a feed's field: no tags, no runs of blanks, cut at a word."""
    text = " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text.replace("\x00", ""))).split())
    return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0] + "…"


@transaction.atomic
def take_link(source: Source, link: dict[str, Any]) -> bool:
    """An article a source tells of; the same address twice is one. Its page is read afterwards, when that is kept."""
    title = plain(str(link.get("title") or ""), 400)
    try:
        told = str(link.get("url") or "")
        url = urljoin(source.url, told).partition("#")[0] if told else ""
        is_web = urlsplit(url).scheme in ("http", "https")
    except ValueError:  # one address that is none spoils none of the others
        return False
    if not is_web or len(url) > 1000 or not title or "\x00" in url:
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
        make_findable(article)
    return is_new


@transaction.atomic
def take_text(source: Source, *, title: str, text: str, published_at: datetime.datetime) -> Article:
    """A newsletter that is the article itself, without an address; of an outlet kept as links only its excerpt."""
    kept = "" if source.outlet.keeps == Keeps.LINK else text
    article = Article.objects.create(
        outlet=source.outlet,
        source=source,
        medium=Medium.LETTER,
        title=plain(title, 400),
        published_at=min(published_at, timezone.now()),
        lead=plain(text, EXCERPT),
        text=kept,
    )
    return _begin(article)


def _begin(article: Article) -> Article:
    """The first version of what came whole: known by its words, found, put beside its reprints."""
    text = article.text
    article.sha256 = Article.digest(article.title, text)
    article.text_sha256 = Article.digest(" ".join(text.split()).casefold()) if text else ""
    article.save(update_fields=["sha256", "text_sha256", "updated_at"])
    ArticleVersion.objects.create(
        article=article, number=1, title=article.title, text=text, sha256=article.sha256
    )
    join_story(article)
    make_findable(article)
    return article


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
    join_story(article)
    answered = make_findable(article)
    if answered and article.outlet.keeps == Keeps.EVIDENCE:
        from media_monitoring.services.evidence import keep_for_topics  # noqa: PLC0415 -- which fetches, and reading keeps

        keep_for_topics(article, answered)
    return True


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
    )
    if file is not None:
        content = file.read()
        try:
            checked = check_file(content, file.name or "")
        except DomainError as error:
            raise DomainError(str(error), field="file") from error
        stored = store(content, name=checked.name, media_type=checked.media_type)
        kept = ArticleFile.objects.create(article=article, stored=stored, name=checked.name, **acted_by(by))
        ask_reading(kept)
    _begin(article)
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
            make_findable(article)
            dropped += 1
    return dropped
