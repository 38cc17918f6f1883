"""The calendar by month, week and list, and the personal address other programs read it by."""

from __future__ import annotations

import calendar as months
import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.crypto import salted_hmac
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from core.dates import day_words, month_words, range_words
from core.deadlines import add_months, working_days
from core.ics import CONTENT_TYPE
from core.views import StaffView, public_page, staff_action
from matters import calendar, feeds, weeks
from matters.choices import CalendarScope

DAY = datetime.timedelta(days=1)
LIST_DAYS = 28
MOST_A_DAY = 5
FIRST_YEAR, LAST_YEAR = 1991, 2099
MONTH, WEEK, LIST = "menuo", "savaite", "sarasas"
MINE = "mano"


class CalendarView(StaffView, TemplateView):
    """Who is in town, what is due, who is away: all of it trimmed to what the person may see."""

    template_name = "matters/calendar.html"
    permission_required = ""

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.today = timezone.localdate()
        self.asked_view = request.GET.get("rodinys", "")
        self.view = self.asked_view if self.asked_view in (MONTH, WEEK, LIST) else MONTH
        self.day = self._day(request.GET.get("diena", ""))
        self.mine = request.GET.get("kieno") == MINE

    def _day(self, asked: str) -> datetime.date:
        """The day the page is about; today when the address says nonsense."""
        try:
            day = parse_date(asked)
        except ValueError:
            day = None
        return day if day and FIRST_YEAR <= day.year <= LAST_YEAR else self.today

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sources = calendar.sources_for(self.staff)
        known = {source.code for source in sources}
        self.without = [code for code in dict.fromkeys(self.request.GET.getlist("be")) if code in known]
        first, last = self.span()
        monday, sunday = first - DAY * first.weekday(), last + DAY * (6 - last.weekday())
        from_day, to_day = (first, last) if self.view == LIST else (monday, sunday)
        shown = calendar.collect(
            self.staff, from_day, to_day, mine=self.mine, detailed=self.view != MONTH, without=self.without
        )
        self.names = weeks.named_days(from_day, to_day)
        self.working = working_days(from_day, to_day)
        drawn = self.draw(shown, monday, sunday)
        inside = [one for one in shown if one.first <= last and one.last >= first]
        holidays = {day: name for day, name in self.names.items() if first <= day <= last}
        is_auto = not self.asked_view and first <= self.today <= last
        return super().get_context_data(
            view=self.view,
            is_auto=is_auto,
            has_earlier=is_auto and any(one.last < self.today for one in inside),
            today=self.today,
            first=first,
            weeks=drawn,
            agenda=self.agenda(inside, holidays) if self.view == LIST else [],
            count=len(inside),
            title=self.title(first, last),
            week_number=self.day.isocalendar().week if self.view == WEEK else None,
            foot=self.foot(first, last, holidays, is_empty=not inside),
            is_now=first <= self.today <= last,
            **self.ways(sources),
            **kwargs,
        )

    def span(self) -> tuple[datetime.date, datetime.date]:
        """First and last day of what is asked."""
        if self.view == LIST:
            return self.day, self.day + DAY * (LIST_DAYS - 1)
        if self.view == WEEK:
            monday = self.day - DAY * self.day.weekday()
            return monday, monday + DAY * 6
        first = self.day.replace(day=1)
        return first, first.replace(day=months.monthrange(first.year, first.month)[1])

    def draw(self, shown: list[Any], monday: datetime.date, sunday: datetime.date) -> list[weeks.Week]:
        if self.view == LIST:
            return []
        month = self.day.month if self.view == MONTH else None
        count = ((sunday - monday).days + 1) // 7
        most = MOST_A_DAY if self.view == MONTH else None
        drawn = weeks.lay_out(
            shown,
            monday,
            count,
            names=self.names,
            working=self.working,
            today=self.today,
            month=month,
            most=most,
        )
        of_day, of_week = self.url(rodinys=LIST, diena="DIENA"), self.url(rodinys=WEEK, diena="DIENA")
        for week in drawn:
            week.url = of_week.replace("DIENA", week.monday.isoformat())
            for day in week.days:
                day.url = of_day.replace("DIENA", day.day.isoformat())
        return drawn

    def agenda(self, shown: list[Any], holidays: dict[datetime.date, str]) -> list[dict[str, Any]]:
        """Days of the list that hold something; a stay stands at its first day, or at the list's first."""
        by_day: dict[datetime.date, list[weeks.Placed]] = {}
        first, last = self.span()
        for one in shown:
            placed = weeks.Placed(one, 1, from_before=one.first < first, goes_on=one.last > last)
            by_day.setdefault(max(one.first, first), []).append(placed)
        days = {*by_day, *holidays}
        return [
            {
                "day": day,
                "lines": by_day.get(day, []),
                "holiday": holidays.get(day, ""),
                "is_today": day == self.today,
                "is_past": day < self.today,
            }
            for day in sorted(days)
        ]

    def title(self, first: datetime.date, last: datetime.date) -> str:
        return month_words(first) if self.view == MONTH else range_words(first, last, today=self.today)

    def foot(
        self,
        first: datetime.date,
        last: datetime.date,
        holidays: dict[datetime.date, str],
        *,
        is_empty: bool,
    ) -> str:
        """The text beneath the drawing: how many days people work, and why not on the others."""
        count = sum(first <= day <= last for day in self.working)
        parts = [ngettext("%(n)d working day", "%(n)d working days", count) % {"n": count}]
        if self.view != LIST:
            named = [
                f"{day_words(day)} – {name}" for day, name in sorted(holidays.items()) if first <= day <= last
            ]
            parts += ["; ".join(named)] if named else []
            parts += [_("Nothing stands in these days.")] if is_empty else []
        return " · ".join(parts)

    # --- addresses ---------------------------------------------------------------------------------------

    def url(self, **changes: Any) -> str:
        """This page's address with something else in it; what is usual is left out."""
        state = {
            "rodinys": self.asked_view,
            "diena": "" if self.day == self.today else self.day.isoformat(),
            "kieno": MINE if self.mine else "",
            "be": self.without,
            **changes,
        }
        kept = {name: value for name, value in state.items() if value}
        return f"{reverse('matters:calendar')}{'?' if kept else ''}{urlencode(kept, doseq=True)}"

    def step(self, by: int) -> str:
        if self.view == LIST:
            day = self.day + DAY * (LIST_DAYS * by)
        elif self.view == WEEK:
            day = self.day + DAY * (7 * by)
        else:
            day = add_months(self.day.replace(day=1), by)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            return ""
        return self.url(diena="" if day == self.today else day.isoformat())

    def ways(self, sources: list[Any]) -> dict[str, Any]:
        words = {
            MONTH: (_("Month"), _("Previous month"), _("Next month")),
            WEEK: (_("Week"), _("Previous week"), _("Next week")),
            LIST: (pgettext("calendar", "List"), _("Four weeks before"), _("Four weeks after")),
        }
        return {
            "before": self.step(-1),
            "after": self.step(1),
            "now": self.url(diena=""),
            "words": dict(zip(("name", "before", "after"), words[self.view], strict=True)),
            "views": [
                {"label": words[code][0], "url": self.url(rodinys=code), "here": code == self.view}
                for code in (MONTH, WEEK, LIST)
            ],
            "scopes": [
                {"label": label, "url": self.url(kieno=code), "here": (code == MINE) == self.mine}
                for code, label in (("", CalendarScope.DEPARTMENT.label), (MINE, CalendarScope.MINE.label))
            ],
            "kinds": [
                {
                    "source": source,
                    "is_shown": source.code not in self.without,
                    "url": self.url(
                        be=[code for code in self.without if code != source.code]
                        + ([source.code] if source.code not in self.without else [])
                    ),
                }
                for source in sources
                if self.view != MONTH or not source.is_detailed
            ],
            "everything": self.url(be=[]) if self.without else "",
            "whole_month": self.url(rodinys=MONTH),
        }


# --- the personal address -----------------------------------------------------------------------------------


class CalendarFeedView(StaffView, TemplateView):
    """One's own calendar in other programs: make the address, choose what it holds, renew it, take it away."""

    template_name = "matters/calendar_feed.html"
    permission_required = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            feed=feed_context(self.staff),
            works_inside_only=not settings.LINK_HOST,
            scopes=CalendarScope.choices,
            **kwargs,
        )


def feed_context(user: Any) -> dict[str, Any]:
    address = feeds.address_of(user)
    return {"address": address, "stamp": feeds.stamp(address)}


@staff_action("")
def calendar_feed_issue(request: HttpRequest) -> HttpResponse:
    """Make or renew; the answer is the only page that ever shows the address."""
    _address, url = feeds.issue(request.user, by=request.actor, instead_of=request.POST.get("was", ""))
    response = render(
        request,
        "matters/calendar_feed.html",
        {
            "feed": feed_context(request.user),
            "url": url,
            "program_url": url.replace("https://", "webcal://").replace("http://", "webcal://"),
            "works_inside_only": not settings.LINK_HOST,
            "scopes": CalendarScope.choices,
        },
    )
    response["Cache-Control"] = "private, no-store"
    return response


@staff_action("")
def calendar_feed_revoke(request: HttpRequest) -> HttpResponse:
    feeds.revoke(request.user, by=request.actor)
    messages.success(request, _("The calendar address does not work any more."))
    return redirect("matters:calendar_feed")


@staff_action("")
def calendar_feed_scope(request: HttpRequest) -> HttpResponse:
    feeds.set_scope(request.user, request.POST.get("scope", ""), by=request.actor)
    messages.success(request, _("Saved. Programs will show it when they next ask."))
    return redirect("matters:calendar_feed")


@public_page
@require_safe
def calendar_ics(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar for whoever holds the address: no session is asked or made; unknown, old and closed are alike."""
    address = feeds.find(token)
    if address is None:
        raise Http404
    body = feeds.file_of(address)
    feeds.mark_read(address)
    response = HttpResponse(body, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = 'inline; filename="kalendorius.ics"'
    response["Cache-Control"] = "private, no-cache"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    etag = f'"{salted_hmac("matters.calendar", body, algorithm="sha256").hexdigest()[:32]}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)
