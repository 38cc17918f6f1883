"""Stories: articles that are one text, found at intake, or put together and apart by a person; our own texts among them."""

from __future__ import annotations

import datetime
import re

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.actor import Actor
from core.errors import DomainError
from core.models import acted_by
from media_monitoring.models import Article, OwnText, Story
from media_monitoring.reprints import (
    WINDOW,
    Detector,
    Match,
    PostgresStore,
    contained,
    forget_before,
    shingles,
)

TURN = 0x57_0_21E5  # of the advisory lock: two workers must not miss each other's twin
MEASURED = 200  # articles of one story


def _compared(key: str, title: str, text: str, moment: datetime.datetime) -> list[Match]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
    return Detector(PostgresStore(moment)).compare(key, title, text)


def _found(matches: list[Match], kind: str) -> list[int]:
    keys = (str(match.id).partition(":") for match in matches)
    return [int(pk) for name, _colon, pk in keys if name == kind]


@transaction.atomic
def join_story(article: Article) -> None:
    """Put the article to those that print the same text, our own first; a person's decision stands."""
    if not article.text:
        return
    matches = _compared(f"article:{article.pk}", article.title, article.text, article.published_at)
    if not article.is_story_by_hand and article.story_id is None and matches:
        _choose(article, matches)
    if article.story is not None:
        measure(article.story)


def _choose(article: Article, matches: list[Match]) -> None:
    if own := OwnText.objects.filter(pk__in=_found(matches, "own")).in_bulk():
        first = next(pk for pk in _found(matches, "own") if pk in own)
        _put([article], own[first].story)
        return
    known = Article.objects.defer("text").select_related("story").in_bulk(_found(matches, "article"))
    twins = [known[pk] for pk in _found(matches, "article") if pk in known]
    free = [one for one in twins if one.story_id is None and not one.is_story_by_hand]
    story = next((one.story for one in twins if one.story_id), None)
    if story is None and not free:
        return  # a person set them apart
    if story is None:
        story = Story.objects.create(title=min([article, *free], key=lambda one: one.published_at).title)
    _put([article, *free], story)


def _put(articles: list[Article], story: Story) -> None:
    for article in articles:
        article.story = story
        article.save(update_fields=["story", "updated_at"])


def measure(story: Story) -> None:
    """Count how much of the first text, or of ours, stands in each article of the story."""
    articles = list(
        story.articles.only("title", "text", "published_at", "kept_percent").order_by("published_at", "pk")[
            :MEASURED
        ]
    )
    own = OwnText.objects.filter(story=story).first()
    first = next((one for one in articles if one.text), None)
    origin = own or first
    if origin is None:
        return
    numbers = shingles(origin.title, origin.text)
    for article in articles:
        is_measured = bool(article.text) and article is not origin
        article.kept_percent = (
            round(100 * contained(shingles(article.title, article.text), numbers)) if is_measured else None
        )
    Article.objects.bulk_update(articles, ["kept_percent"])


@transaction.atomic
def split_article(article: Article, *, by: Actor) -> Article:
    """This article tells something else: it leaves its story, and intake will not put it back."""
    article = Article.objects.select_for_update(of=("self",)).select_related("story").get(pk=article.pk)
    if article.story is None:
        raise DomainError(_("The article stands alone already."))
    story = article.story
    article.story, article.kept_percent, article.is_story_by_hand = None, None, True
    article.save(update_fields=["story", "kept_percent", "is_story_by_hand", "updated_at"])
    _settle(story)
    audit.record("article.split", article, by=by, story=story.title)
    return article


@transaction.atomic
def join_articles(article: Article, other: Article, *, by: Actor) -> Story:
    """The two tell the same: the article goes to the other's story, for good."""
    rows = Article.objects.select_for_update(of=("self",)).select_related("story").order_by("pk")
    locked = {row.pk: row for row in rows.filter(pk__in=[article.pk, other.pk])}
    article, other = locked[article.pk], locked[other.pk]
    if article.pk == other.pk:
        raise DomainError(_("Name another article."), field="address")
    if article.story_id and article.story_id == other.story_id:
        raise DomainError(_("The two are one story already."), field="address")
    left = article.story
    story = other.story or Story.objects.create(title=other.title)
    for one in (article, other):
        one.story, one.is_story_by_hand = story, True
        one.save(update_fields=["story", "is_story_by_hand", "updated_at"])
    if left is not None:
        _settle(left)
    measure(story)
    audit.record("article.joined", article, by=by, story=story.title)
    return story


def _settle(story: Story) -> None:
    """What is left of a story: measured anew, or no story when one article is left of it."""
    if OwnText.objects.filter(story=story).exists() or story.articles.count() > 1:
        measure(story)
        return
    story.articles.update(story=None, kept_percent=None)
    story.delete()


def article_at(address: str) -> Article:
    """The article of this address, the outlet's or ours."""
    address = address.strip()
    ours = re.search(r"/ziniasklaida/(\d+)/?$", address) or re.fullmatch(r"(\d+)", address)
    found = (
        Article.objects.filter(pk=int(ours[1]))
        if ours and len(ours[1]) < 18
        else Article.objects.filter(url=address)
    )
    article = found.first() if address else None
    if article is None:
        raise DomainError(_("There is no article of this address in the list."), field="address")
    return article


@transaction.atomic
def watch_own_text(
    *, title: str, text: str, by: Actor, released_at: datetime.datetime | None = None, address: str = ""
) -> OwnText:
    """From now on tell who prints this text of ours and how much of it; what printed it already is found too."""
    released_at = released_at or timezone.now()
    if len(shingles(title, text)) < 20:
        raise DomainError(_("The text is too short to be recognised."), field="text")
    story = Story.objects.create(title=title)
    own = OwnText.objects.create(
        title=title, text=text, released_at=released_at, address=address, story=story, **acted_by(by)
    )
    matches = _compared(f"own:{own.pk}", title, text, released_at)
    articles = Article.objects.filter(pk__in=_found(matches, "article"), is_story_by_hand=False)
    taken = list(articles.filter(story__own_text=None).select_related("story").defer("text"))
    left = {one.story for one in taken if one.story}
    _put(taken, story)
    for other in left:
        _settle(other)
    measure(story)
    audit.record("own_text.watched", own, by=by)
    return own


def forget_old_fingerprints(now: datetime.datetime) -> int:
    return forget_before(now - WINDOW)
