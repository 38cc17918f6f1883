"""Volume and tone of the last fortnight beside the list of articles, with the list's own filters."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Count, F, FilteredRelation, Q
from django.db.models.functions import TruncDate
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from core.dates import day_words
from media_monitoring import search
from media_monitoring.charts import tone_columns
from media_monitoring.choices_desk import Tone
from media_monitoring.views.articles import ArticleListView, Published

DAYS = 14


class ArticleTonesView(ArticleListView):
    """A part beside the list, or a page of its own."""

    permission_required = "media_monitoring.view_coding"
    template_name = "media_monitoring/article_months.html"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        is_part = self._wants_part()
        title = _("Volume and tone, %(days)d days") % {"days": DAYS}
        with search.by_index():
            volume = self.volume(self._last())
        context = {
            "title": title,
            "chart": tone_columns(volume, width=340 if is_part else 720, tall=200, title=title),
            "is_small": is_part,
            "query": self._filter_query(request.GET),
            "base_template": "core/list_fragment.html" if is_part else "base.html",
        }
        return render(request, self.template_name, context)

    def _last(self) -> datetime.date:
        asked = Published._parse(self.request.GET.get("until", "").strip())
        return min(asked, timezone.localdate()) if asked else timezone.localdate()

    def volume(self, last: datetime.date) -> list[dict[str, Any]]:
        """Articles and tones of each day, asked of the filtered articles in one question."""
        days = [last - datetime.timedelta(days=DAYS - 1 - number) for number in range(DAYS)]
        start = timezone.make_aware(datetime.datetime.combine(days[0], datetime.time()))
        rows = self.filtered().filter(
            published_at__gte=start, published_at__lt=start + datetime.timedelta(DAYS)
        )
        counted = (
            rows.order_by()
            .alias(coding=FilteredRelation("codings", condition=Q(codings__is_second=False)))
            .annotate(day=TruncDate("published_at"), tone=F("coding__tone"))
            .values_list("day", "tone")
            .annotate(count=Count("pk", distinct=True))
        )
        found: dict[datetime.date, dict[str | None, int]] = {}
        for day, tone, count in counted:
            found.setdefault(day, {})[tone] = count
        return [
            {
                "from": day.isoformat(),
                "label": day_words(day),
                "short": str(day.day),
                "articles": sum(found.get(day, {}).values()),
                "tones": {tone: found.get(day, {}).get(tone, 0) for tone in Tone.values},
            }
            for day in days
        ]
