from __future__ import annotations

import datetime
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.generic import TemplateView

from core.dates import range_words, weekday_short, weekday_words
from core.views import StaffView
from resources.choices import KIND_ICONS, ResourceKind
from resources.models import Booking, Resource
from resources.views.base import SLUG_OF, TITLES, room_tabs
from resources.views.directory import NEW_TITLES, shown_bookings

SHOWN_A_DAY = 6


class WeekView(StaffView, TemplateView):
    """Who and what is taken when, seven days side by side; three queries however many rows."""

    permission_required = "resources.view_resource"
    template_name = "resources/week.html"

    def get_monday(self) -> datetime.date:
        asked = self.request.GET.get("nuo", "")
        try:
            day = parse_date(asked) or timezone.localdate()
        except ValueError:
            day = timezone.localdate()
        if not 1990 <= day.year <= 2100:
            day = timezone.localdate()
        return day - datetime.timedelta(days=day.weekday())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        monday = self.get_monday()
        days = [monday + datetime.timedelta(days=shift) for shift in range(7)]
        kind = self.request.GET.get("rusis", "")
        resources = Resource.objects.active().order_by("sort_key")
        if kind in ResourceKind.values:
            resources = resources.of_kind(kind)
        start = timezone.make_aware(datetime.datetime.combine(monday, datetime.time()))
        end = timezone.make_aware(
            datetime.datetime.combine(days[-1] + datetime.timedelta(days=1), datetime.time())
        )
        bookings = Booking.objects.filter(
            period__overlap=DateTimeTZRange(start, end), resource__is_active=True
        )
        cells: dict[tuple[int, datetime.date], list[dict[str, Any]]] = {}
        for shown in shown_bookings(bookings, self.staff):
            last = (shown["ends"] - datetime.timedelta(microseconds=1)).date()
            for day in days:
                if shown["starts"].date() <= day <= last:
                    cells.setdefault((shown["row"].resource_id, day), []).append(_on_day(shown, day))
        groups: dict[str, list[dict[str, Any]]] = {}
        for resource in resources:
            row = []
            for day in days:
                entries = cells.get((resource.pk, day), [])
                row.append(
                    {
                        "words": weekday_words(day),
                        "is_off": day.weekday() > 4,
                        "entries": entries[:SHOWN_A_DAY],
                        "more": max(0, len(entries) - SHOWN_A_DAY),
                    }
                )
            groups.setdefault(resource.kind, []).append({"resource": resource, "days": row})
        today = timezone.localdate()
        context.update(
            tabs=room_tabs("week"),
            days=[
                {
                    "day": day,
                    "short": weekday_short(day),
                    "is_today": day == today,
                    "is_off": day.weekday() > 4,
                }
                for day in days
            ],
            groups=[
                {"title": TITLES[code], "slug": SLUG_OF[code], "code": code, "rows": groups[code]}
                for code in ResourceKind
                if code in groups
            ],
            kinds=[
                {
                    "code": code,
                    "label": TITLES[code],
                    "new_label": NEW_TITLES[code],
                    "slug": SLUG_OF[code],
                    "icon": KIND_ICONS[code],
                    "here": code == kind,
                }
                for code in ResourceKind
            ],
            week_words=range_words(monday, days[-1]),
            kind=kind,
            monday=monday,
            before=monday - datetime.timedelta(days=7),
            after=monday + datetime.timedelta(days=7),
            is_this_week=monday <= today <= days[-1],
        )
        return context


def _on_day(shown: dict[str, Any], day: datetime.date) -> dict[str, Any]:
    """The part of a booking that falls on the day: its hours, or nothing when it lasts the whole day."""
    starts_here, ends_here = shown["starts"].date() == day, shown["ends"].date() == day
    first = shown["starts"] if starts_here and (shown["starts"].hour or shown["starts"].minute) else None
    last = shown["ends"] if ends_here else None
    words = ""
    if first and last:
        words = f"{first:%-H.%M}–{last:%-H.%M}"
    elif first:
        words = f"{first:%-H.%M}–"
    elif last:
        words = f"–{last:%-H.%M}"
    return {**shown, "hours": words}
