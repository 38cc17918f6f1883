"""The figures of a period: volume, tone, outlets, topics by unit, our releases, answers, and the period before.

One reading serves the page, the paper and the DOCX; its queries do not grow with the articles.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q
from django.db.models.functions import TruncDay, TruncMonth, TruncWeek
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from core.dates import month_words
from media_monitoring.choices import Period
from media_monitoring.choices_desk import Tone
from media_monitoring.models import Article, Claim, Coding, Enquiry, OwnText
from media_monitoring.models.analyses import bounds

MOST_OUTLETS, MOST_TOPICS, MOST_UNITS = 10, 8, 8
TRUNC: dict[str, Any] = {Period.MONTH: TruncDay, Period.QUARTER: TruncWeek, Period.YEAR: TruncMonth}


def moments(first: datetime.date, last: datetime.date) -> tuple[datetime.datetime, datetime.datetime]:
    """The beginning of the first day and of the day after the last."""
    start, end = (datetime.datetime.combine(day, datetime.time()) for day in (first, last))
    return timezone.make_aware(start), timezone.make_aware(end + datetime.timedelta(days=1))


def read_figures(period: str, first: datetime.date, last: datetime.date) -> dict[str, Any]:
    """Everything the analysis counts, as plain values that can be frozen."""
    before_first, before_last = bounds(period, first - datetime.timedelta(days=1))
    now, before = _sums(first, last), _sums(before_first, before_last)
    return {
        "sums": now,
        "before": before,
        "volume": _volume(period, first, last),
        "outlets": _outlets(first, last),
        "topics": _topics_by_unit(first, last),
        "releases": _releases(first, last),
    }


def _of(first: datetime.date, last: datetime.date) -> Any:
    start, end = moments(first, last)
    return Article.objects.filter(published_at__gte=start, published_at__lt=end).order_by()


def _sums(first: datetime.date, last: datetime.date) -> dict[str, Any]:
    start, end = moments(first, last)
    rows = _of(first, last)
    stories = rows.aggregate(
        all=Count("pk"), stories=Count("story", distinct=True), alone=Count("pk", filter=Q(story=None))
    )
    tones = dict(
        Coding.objects.in_force()
        .filter(article__published_at__gte=start, article__published_at__lt=end)
        .order_by()
        .values_list("tone")
        .annotate(count=Count("pk"))
    )
    taken = ExpressionWrapper(F("sent_at") - F("created_at"), output_field=DurationField())
    claims = Claim.objects.filter(created_at__gte=start, created_at__lt=end).exclude(phase="void").order_by()
    answered = claims.exclude(sent_at=None)
    waited = ExpressionWrapper(F("sent_at") - F("received_at"), output_field=DurationField())
    enquiries = Enquiry.objects.filter(received_at__gte=start, received_at__lt=end).exclude(phase="void")
    replied = enquiries.order_by().exclude(sent_at=None)
    return {
        "articles": stories["all"],
        "stories": stories["stories"] + stories["alone"],
        "outlets": rows.values("outlet").distinct().count(),
        "tones": {tone: tones.get(tone, 0) for tone in Tone.values},
        "claims": claims.count(),
        "claims_answered": answered.count(),
        "claim_hours": _hours(answered.aggregate(mean=Avg(taken))["mean"]),
        "enquiries": enquiries.count(),
        "enquiries_answered": replied.count(),
        "enquiry_hours": _hours(replied.aggregate(mean=Avg(waited))["mean"]),
    }


def _hours(taken: datetime.timedelta | None) -> float | None:
    """Nothing answered has no time: never a zero."""
    return None if taken is None else round(taken.total_seconds() / 3600, 1)


def _volume(period: str, first: datetime.date, last: datetime.date) -> list[dict[str, Any]]:
    """Articles and tones of each day, week or month; empty ones stand, too."""
    trunc = TRUNC[period]
    counts = {
        moment.date(): count
        for moment, count in _of(first, last)
        .annotate(part=trunc("published_at"))
        .values_list("part")
        .annotate(count=Count("pk"))
    }
    start, end = moments(first, last)
    coded: dict[datetime.date, dict[str, int]] = {}
    rows = Coding.objects.in_force().filter(article__published_at__gte=start, article__published_at__lt=end)
    for moment, tone, count in (
        rows.order_by()
        .annotate(part=trunc("article__published_at"))
        .values_list("part", "tone")
        .annotate(count=Count("pk"))
    ):
        coded.setdefault(moment.date(), {})[tone] = count
    return [
        {
            "from": day.isoformat(),
            "label": _part_words(period, day),
            "articles": counts.get(day, 0),
            "tones": {tone: coded.get(day, {}).get(tone, 0) for tone in Tone.values},
        }
        for day in _parts(period, first, last)
    ]


def _parts(period: str, first: datetime.date, last: datetime.date) -> list[datetime.date]:
    day = first - datetime.timedelta(days=first.weekday()) if period == Period.QUARTER else first
    found = []
    while day <= last:
        found.append(day)
        if period == Period.YEAR:
            day = (day.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)
        else:
            day += datetime.timedelta(days=7 if period == Period.QUARTER else 1)
    return found


def _part_words(period: str, day: datetime.date) -> str:
    if period == Period.YEAR:
        return month_words(day)
    return f"{day:%m-%d}"


def _outlets(first: datetime.date, last: datetime.date) -> list[dict[str, Any]]:
    """Who wrote most; the rest together."""
    rows = list(
        _of(first, last)
        .values_list("outlet__name")
        .annotate(count=Count("pk"))
        .order_by("-count", "outlet__name")
    )
    whole = sum(count for _name, count in rows) or 1
    found = [{"name": name, "count": count} for name, count in rows[:MOST_OUTLETS]]
    if rest := sum(count for _name, count in rows[MOST_OUTLETS:]):
        found.append({"name": _("others"), "count": rest})
    return [{**row, "percent": round(100 * row["count"] / whole)} for row in found]


def _topics_by_unit(first: datetime.date, last: datetime.date) -> dict[str, Any]:
    """How often each topic was written about, and of which unit, as people coded it."""
    rows = (
        _of(first, last)
        .filter(hits__topic__isnull=False)
        .values_list("hits__topic__name", "codings__unit__name_lt")
        .filter(Q(codings=None) | Q(codings__is_second=False))
        .annotate(count=Count("pk", distinct=True))
    )
    topics: dict[str, int] = {}
    units: dict[str, int] = {}
    cells: dict[tuple[str, str], int] = {}
    for topic, unit, count in rows:
        name = unit or _("no unit coded")
        topics[topic] = topics.get(topic, 0) + count
        units[name] = units.get(name, 0) + count
        cells[topic, name] = cells.get((topic, name), 0) + count
    first_topics = sorted(topics, key=lambda name: (-topics[name], name))[:MOST_TOPICS]
    first_units = sorted(units, key=lambda name: (name == _("no unit coded"), -units[name], name))[
        :MOST_UNITS
    ]
    return {
        "units": first_units,
        "rows": [
            {
                "topic": topic,
                "total": topics[topic],
                "cells": [cells.get((topic, unit), 0) for unit in first_units],
            }
            for topic in first_topics
        ],
    }


def _releases(first: datetime.date, last: datetime.date) -> list[dict[str, Any]]:
    """Each release of ours and how the press took it."""
    start, end = moments(first, last)
    rows = (
        OwnText.objects.filter(released_at__gte=start, released_at__lt=end)
        .annotate(taken=Count("story__articles"), kept=Avg("story__articles__kept_percent"))
        .order_by("released_at", "pk")
    )
    return [
        {
            "title": row.title,
            "on": timezone.localdate(row.released_at).isoformat(),
            "taken": row.taken,
            "kept": None if row.kept is None else round(row.kept),
        }
        for row in rows
    ]


# --- words and pictures --------------------------------------------------------------------------------------


def change_words(now: float | None, before: float | None) -> str:
    """ "+12 (+40 %)"; nothing where there is nothing to compare with."""
    if now is None or before is None:
        return "–"
    step = round(now - before, 1)
    sign = "+" if step > 0 else "−" if step < 0 else ""
    words = f"{sign}{number_format(abs(step), use_l10n=True)}"
    return f"{words} ({sign}{abs(round(100 * step / before))} %)" if before and step else words


def _number(value: float | None) -> str:
    return "–" if value is None else number_format(value, use_l10n=True, force_grouping=True)


def comparison(figures: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Rows of what is counted: now, before, the change."""
    now, before = figures["sums"], figures["before"]
    tones = {tone: (now["tones"][tone], before["tones"][tone]) for tone in Tone.values}
    pairs: list[tuple[Any, Any, Any]] = [
        (_("Articles"), now["articles"], before["articles"]),
        (_("Stories, reprints counted once"), now["stories"], before["stories"]),
        (_("Outlets that wrote"), now["outlets"], before["outlets"]),
        *((_("Tone: %(tone)s") % {"tone": Tone(tone).label}, *pair) for tone, pair in tones.items()),
        (_("Claims noted"), now["claims"], before["claims"]),
        (_("Claims answered"), now["claims_answered"], before["claims_answered"]),
        (_("Mean time to answer a claim, hours"), now["claim_hours"], before["claim_hours"]),
        (_("Enquiries of journalists"), now["enquiries"], before["enquiries"]),
        (_("Mean time to answer an enquiry, hours"), now["enquiry_hours"], before["enquiry_hours"]),
    ]
    return [
        (str(label), [_number(one), _number(other), change_words(one, other)]) for label, one, other in pairs
    ]
