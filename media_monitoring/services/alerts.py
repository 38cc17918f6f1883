"""Telling people of articles that answer their topics: by severity, outside quiet hours; read and marked state."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import deadlines
from matters.choices import NoticeUrgency
from matters.services import notify
from media_monitoring.choices import LOUDNESS, Severity
from media_monitoring.models import Article, QuietHours, Reading, Topic

FRESH = datetime.timedelta(days=3)  # an older article, found late, is no news: it stands in the list only


def raise_alerts(article: Article, topics: Iterable[int]) -> None:
    """Tell the watchers of these topics; the text of a story a person was told of is no second alarm."""
    now = timezone.now()
    loudest: dict[int, str] = {}
    rows = Topic.watchers.through.objects.filter(topic__in=topics, topic__is_active=True)
    for user, severity in rows.values_list("user_id", "topic__severity"):
        loudest[user] = max(loudest.get(user, severity), severity, key=_loudness)
    if not loudest or article.published_at < now - FRESH:
        return
    told = _told_of_story(article, loudest)
    quiet = {row.user_id: row for row in QuietHours.objects.filter(user__in=loudest)}
    known = {row.user_id: row for row in Reading.objects.filter(article=article, user__in=loudest)}
    due: list[Reading] = []
    for user, severity in sorted(loudest.items()):
        row = known.get(user) or Reading(user_id=user, article=article)
        said = Severity.LIST if user in told else Severity(severity)
        if not row.is_louder(said):
            continue
        row.severity, row.raised_at, row.told_at = said, now, None
        row.tell_at = _tell_at(said, now, quiet.get(user) or QuietHours())
        row.save()
        due.append(row)
    tell([row for row in due if row.tell_at and row.tell_at <= now], now)


def _loudness(severity: str) -> int:
    return LOUDNESS.index(Severity(severity))


def _told_of_story(article: Article, users: Iterable[int]) -> set[int]:
    if article.story_id is None:
        return set()
    rows = Reading.objects.alerts().filter(article__story=article.story_id, user__in=list(users))
    return set(
        rows.exclude(article=article).exclude(severity=Severity.LIST).values_list("user_id", flat=True)
    )


def _tell_at(severity: Severity, now: datetime.datetime, hours: QuietHours) -> datetime.datetime | None:
    """When the person is told: what is only listed never, a letter after quiet hours."""
    if severity == Severity.LIST:
        return None
    if severity != Severity.URGENT:
        return now
    return quiet_until(now, hours)


def quiet_until(now: datetime.datetime, hours: QuietHours) -> datetime.datetime:
    """The first moment from now on that is not quiet."""
    moment = timezone.localtime(now)
    for _turn in range(60):  # two weeks of days off and nights
        if hours.is_quiet_on_days_off and not deadlines.is_working_day(moment.date()):
            tomorrow = moment.date() + datetime.timedelta(days=1)
            moment = timezone.make_aware(datetime.datetime.combine(tomorrow, datetime.time()))
        elif hours.covers(moment.time()):
            later = moment.time() >= hours.ends
            day = moment.date() + datetime.timedelta(days=later)
            moment = timezone.make_aware(datetime.datetime.combine(day, hours.ends))
        else:
            break
    return moment


def tell_alerts() -> int:
    """Each minute: those whose quiet hours are over; safe to run again."""
    now = timezone.now()
    with transaction.atomic():
        rows = Reading.objects.to_tell(now).select_for_update(skip_locked=True)
        return tell(list(rows.select_related("user", "article__outlet").order_by("pk")[:500]), now)


def tell(rows: Iterable[Reading], now: datetime.datetime) -> int:
    told = 0
    for row in rows:
        article, outlet = row.article, row.article.outlet

        def words(article: Article = article, outlet: Any = outlet) -> str:
            return _("%(outlet)s: “%(title)s”") % {"outlet": outlet, "title": article.title}

        if row.read_at is None and row.user.has_perm("media_monitoring.view_article"):
            notify(
                row.user,
                key=f"press:{article.pk}:{row.severity}",
                text=words,
                url=article.get_absolute_url(),
                icon="news",
                urgency=NoticeUrgency.DIGEST if row.severity == Severity.NOTICE else NoticeUrgency.NOW,
            )
            told += 1
        Reading.objects.filter(pk=row.pk).update(told_at=now)
    return told


def mark_articles_read(user: Any, articles: Iterable[int]) -> int:
    """The person has seen these; returns how many are newly so."""
    now = timezone.now()
    wanted = list(Article.objects.visible_to(user).filter(pk__in=list(articles)).values_list("pk", flat=True))
    Reading.objects.bulk_create([Reading(user=user, article_id=pk) for pk in wanted], ignore_conflicts=True)
    return Reading.objects.filter(user=user, article__in=wanted, read_at=None).update(read_at=now)


def mark_article(user: Any, article: Article, *, on: bool) -> Reading:
    """Keep the article among the person's own marked ones, or take it out."""
    row, _created = Reading.objects.get_or_create(user=user, article=article)
    row.marked_at = timezone.now() if on else None
    row.save(update_fields=["marked_at"])
    return row


def save_quiet_hours(
    user: Any, *, starts: datetime.time, ends: datetime.time, is_quiet_on_days_off: bool
) -> QuietHours:
    values = {"starts": starts, "ends": ends, "is_quiet_on_days_off": is_quiet_on_days_off}
    return QuietHours.objects.update_or_create(user=user, defaults=values)[0]
