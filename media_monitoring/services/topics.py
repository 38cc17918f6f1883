"""Saved queries: kept, compiled with the words known now, matched with each article as it comes in."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from core import audit, jobs
from core.actor import Actor
from core.errors import DomainError
from core.language import fold
from core.language.queries import LONGEST_WORD, Matcher, Query, parts_of
from media_monitoring import search
from media_monitoring.models import Article, Topic, TopicHit
from media_monitoring.services.alerts import raise_alerts

LOCK = 7402  # advisory: articles come in side by side, a topic is saved alone
SAMPLE = 300  # newest articles from which it is learnt which keys are rare


@transaction.atomic
def save_topic(
    topic: Topic, *, by: Actor, fields: list[str], watchers: Iterable[Any], revision: int | None = None
) -> Topic:
    """Add or change a topic; what was published before is matched by a job, without alerts."""
    check_query(topic.query)
    with connection.cursor() as cursor:  # articles on their way in end first; later ones meet the topic
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    _compile(topic)
    is_new = topic.pk is None
    if is_new:
        topic.save()
    else:
        topic.save_if_current(revision, [*fields, *COMPILED])
    topic.watchers.set(watchers)
    audit.record("topic.added" if is_new else "topic.changed", topic, by=by, query=topic.query)
    jobs.enqueue("media_monitoring.match_topic", topic.pk)
    return topic


COMPILED = ["compiled", "folded", "stems", "normaliser", "stamp"]


def check_query(text: str) -> None:
    """Something must be looked for: a query that only refuses would tell of everything else."""
    parts = parts_of(text)
    if not parts:
        raise DomainError(_("Write at least one word."), field="query")
    if all(part.is_refused for part in parts):
        raise DomainError(_("Write at least one word that must be there."), field="query")


def _compile(topic: Topic) -> bool:
    """Compile with the words known now; says whether the query means something else than before."""
    typed = {word for part in parts_of(topic.query) for word in part.words}
    plain = {fold(word)[:LONGEST_WORD] for word in typed}
    compiled = search.query_of(topic.query, wide=topic.is_wide).as_json()
    topic.folded, topic.stems = sorted(plain), sorted({search.stem(word) for word in plain})
    is_other = compiled != topic.compiled
    topic.compiled, topic.normaliser = compiled, search.INDEX_VERSION
    if is_other:
        topic.stamp = secrets.randbits(31)
    return is_other


def recompile(topics: Iterable[Topic]) -> int:
    """Compile anew where words were learnt or the normaliser changed; returns how many mean something else now."""
    changed = 0
    for topic in topics:
        if _compile(topic):
            changed += 1
            jobs.enqueue("media_monitoring.match_topic", topic.pk)
        Topic.objects.filter(pk=topic.pk).update(**{name: getattr(topic, name) for name in COMPILED})
    return changed


def recompile_stale() -> int:
    """Hourly: what an older normaliser compiled."""
    with transaction.atomic():
        return recompile(
            Topic.objects.select_for_update().filter(normaliser__lt=search.INDEX_VERSION).order_by("pk")
        )


@transaction.atomic
def make_findable(article: Article) -> set[int]:
    """Index the article as it stands now and tell which topics it answers; new ones alert those who watch them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [LOCK])
    read, new_words = search.index(article)
    if new_words:
        folded, stems = ([*column] for column in zip(*new_words, strict=True))
        recompile(Topic.objects.with_words(folded, stems).select_for_update().order_by("pk"))
    answered = _watch.current().match(read.places)
    before = set(article.hits.values_list("topic_id", flat=True)) if article.pk else set()
    if gone := before - answered:
        article.hits.filter(topic__in=gone, topic__is_active=True).delete()
    if new := answered - before:
        TopicHit.objects.bulk_create(
            [TopicHit(topic_id=pk, article=article) for pk in sorted(new)], ignore_conflicts=True
        )
        raise_alerts(article, new)
    return answered


def index_stale(limit: int = 500) -> int:
    """Key anew what an older normaliser keyed; returns how many were."""
    rows = Article.objects.filter(index__normaliser__lt=search.INDEX_VERSION)[:limit]
    for article in rows:
        make_findable(article)
    return len(rows)


def match_topic(pk: int) -> int:
    """Bring the topic's articles to what a search for it finds now, without alerts; returns how many there are."""
    topic = Topic.objects.filter(pk=pk).first()
    if topic is None or not topic.is_active:
        return 0
    query = Query.from_json(topic.compiled).tsquery()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            """
            DELETE FROM media_monitoring_topichit WHERE topic_id = %s AND article_id NOT IN
                (SELECT article_id FROM media_monitoring_articleindex WHERE words @@ %s::tsquery)
            """,
            [pk, query],
        )
        cursor.execute(
            """
            INSERT INTO media_monitoring_topichit (topic_id, article_id, created_at)
            SELECT %s, article_id, now() FROM media_monitoring_articleindex WHERE words @@ %s::tsquery
            ON CONFLICT DO NOTHING
            """,
            [pk, query],
        )
    return topic.hits.count()


@transaction.atomic
def remove_topic(topic: Topic, *, by: Actor) -> None:
    audit.record("topic.removed", topic, by=by, name=topic.name, query=topic.query)
    topic.delete()


class _Watch:
    """The active topics of this process, brought up to date whenever their stamps say so."""

    def __init__(self) -> None:
        self.matcher = Matcher()
        self.stamps: dict[int, int] = {}
        self.sign: tuple[Any, ...] = ()

    def current(self) -> Matcher:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*), sum(id), sum(stamp), sum(id * stamp) FROM media_monitoring_topic WHERE is_active"
            )
            sign = cursor.fetchone()
        if sign != self.sign:
            self._renew()
            self.sign = sign
        return self.matcher

    def _renew(self) -> None:
        stamps = dict(Topic.objects.active().values_list("pk", "stamp"))
        changed = [pk for pk, stamp in stamps.items() if self.stamps.get(pk) != stamp]
        if not self.stamps or len(changed) > len(stamps) // 2:
            self.matcher, changed = Matcher(_rarity()), list(stamps)
        for pk in self.stamps.keys() - stamps.keys():
            self.matcher.drop(pk)
        for pk, compiled in Topic.objects.filter(pk__in=changed).values_list("pk", "compiled"):
            self.matcher.put(pk, Query.from_json(compiled))
        self.stamps = stamps


def _rarity() -> Callable[[str], float]:
    """How many of the newest articles have a key."""
    newest = Article.objects.order_by("-published_at", "-pk").values_list("pk", flat=True)[:SAMPLE]
    wanted = ",".join(map(str, newest)) or "0"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word, ndoc FROM ts_stat(%s)",
            [f"SELECT words FROM media_monitoring_articleindex WHERE article_id IN ({wanted})"],
        )
        found = dict(cursor.fetchall())
    return lambda key: found.get(key, 0) + 0.1


_watch = _Watch()
