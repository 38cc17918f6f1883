from __future__ import annotations

import datetime
import difflib
from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.db.models import F, Func, IntegerField, Q, Value
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.generic import DetailView, FormView

from core.errors import DomainError
from core.lists import COUNT_CEILING, Choice, Column, Day, FilteredList, Rows, Tick, Words
from core.views import StaffView, staff_page
from documents.views.documents import send
from media_monitoring import folding, search, services
from media_monitoring.choices import Medium, SourceState
from media_monitoring.choices_desk import Tone
from media_monitoring.figures import by_kept_month, by_month, month_columns
from media_monitoring.forms import EntryForm
from media_monitoring.models import (
    Article,
    ArticleFile,
    ArticleIndex,
    Claim,
    Coding,
    Forward,
    Outlet,
    OwnText,
    Reading,
    Source,
    Topic,
)
from media_monitoring.services import scans
from media_monitoring.views.scans import waiting

NOT_CODED = "none"
RELEVANCE = "relevance"  # the other order of what is looked for


def _search(rows: Any, text: str, request: HttpRequest) -> Any:
    """Those who may not read the texts search titles only: a hit would tell what stands there."""
    may_read = request.user.has_perm("media_monitoring.read_text")
    return search.found(rows, text, titles_only=not may_read, wide=_is_wide(request))


def _is_wide(request: HttpRequest) -> bool:
    return bool(request.GET.get("wide", "").strip())


def _of_tone(rows: Any, value: str, request: HttpRequest) -> Any:
    if value == NOT_CODED:
        return rows.exclude(codings__is_second=False)
    return rows.filter(codings__in=Coding.objects.in_force().filter(tone=value))


def _unread(rows: Any, request: HttpRequest) -> Any:
    return rows.exclude(readings__in=Reading.objects.of(request.user).exclude(read_at=None))


class Published(Day):
    """From the day's beginning, or until its end, as moments: so the index of the list serves."""

    def apply(self, rows: Any, value: str, request: HttpRequest) -> Any:
        hour = datetime.time.max if self.lookup.endswith("lte") else datetime.time.min
        day = self._parse(value) or timezone.localdate()
        return rows.filter(**{self.lookup: timezone.make_aware(datetime.datetime.combine(day, hour))})


class ArticleListView(StaffView, FilteredList):
    permission_required = "media_monitoring.view_article"
    template_name = "media_monitoring/article_list.html"
    list_code = "media_monitoring.articles"
    title = gettext_lazy("Media monitoring")
    filters = (
        Words(
            "q",
            gettext_lazy("Words"),
            search=_search,
            placeholder=gettext_lazy("any form; “phrase”; -without"),
        ),
        Tick("wide", gettext_lazy("Wider: every reading of a word")),
        Rows("outlet", gettext_lazy("Outlet"), lambda request: Outlet.objects.all(), field="outlet"),
        Rows(
            "topic",
            gettext_lazy("Topic"),
            lambda request: Topic.objects.visible_to(request.user),
            field="hits__topic",
        ),
        Choice(
            "tone",
            gettext_lazy("Tone"),
            [*Tone.choices, (NOT_CODED, gettext_lazy("not coded yet"))],
            narrow=_of_tone,
        ),
        Choice("medium", gettext_lazy("Where"), Medium.choices, field="medium"),
        Published("since", gettext_lazy("From"), "published_at__gte"),
        Published("until", gettext_lazy("Until"), "published_at__lte"),
        Tick("unread", pgettext_lazy("articles", "Unread"), _unread),
        Tick(
            "marked",
            pgettext_lazy("articles", "Marked by me"),
            lambda rows, request: rows.filter(
                readings__in=Reading.objects.of(request.user).exclude(marked_at=None)
            ),
        ),
    )
    columns = (
        Column("published_at", gettext_lazy("Published"), sort="published_at"),
        Column("outlet__name", gettext_lazy("Outlet")),
        Column("title", gettext_lazy("Title")),
        Column("lead", gettext_lazy("Excerpt"), on_page=False),
        Column("url", gettext_lazy("Address"), on_page=False),
    )
    views = (
        ("", gettext_lazy("All")),
        ("unread=1", pgettext_lazy("articles", "Unread")),
        ("marked=1", pgettext_lazy("articles", "Marked by me")),
    )
    default_sort = "-published_at"
    export_ceiling = 200_000  # ten years of one city

    @property
    def asked(self) -> str:
        return self.request.GET.get("q", "").strip()[:200]

    @property
    def count_ceiling(self) -> int:
        """What is looked for is counted to the end: the index alone tells it."""
        return 10_000_000 if self.asked else COUNT_CEILING

    @property
    def is_ranked(self) -> bool:
        """In order of relevance; a file holds all that was found, so it has the newest first."""
        query = self.request.GET
        return bool(self.asked) and query.get("sort") == RELEVANCE and "export" not in query

    @property
    def sort(self) -> str:
        return RELEVANCE if self.is_ranked else super().sort

    def _page(self, rows: Any) -> dict[str, Any]:
        if not self.asked:
            return super()._page(rows)
        with search.by_index():
            return super()._page(rows)

    hits = COUNT_CEILING  # until they are counted; a file is not

    def ordered(self, rows: Any) -> Any:
        if self.asked and self.sort.removeprefix("-") == "published_at":
            return search.by_date(rows, self.hits, oldest_first=self.sort == "published_at")
        if not self.is_ranked:
            return super().ordered(rows)
        narrowed = self.narrowed()
        if narrowed is None:
            narrowed = ArticleIndex.objects.filter(article__in=self.filtered())
        may_read = self.staff.has_perm("media_monitoring.read_text")
        found = search.ranked(narrowed, self.asked, titles_only=not may_read, wide=_is_wide(self.request))
        place = Func(Value(found), F("pk"), function="array_position", output_field=IntegerField())
        return self.prepare(self.get_rows()).filter(pk__in=found).order_by(place)

    def filtered(self) -> Any:
        """Asked for several times, what was typed is looked up once."""
        if not hasattr(self, "_filtered"):
            self._filtered = super().filtered()
        return self._filtered

    def folded(self, rows: Any) -> Any:
        """Reprints stand beneath their story's first article, except in order of relevance."""
        return rows if self.is_ranked else folding.leads(rows)

    def get_filters(self) -> Any:
        """Topics tell of the whole text, so they are for those who may read it."""
        hidden: tuple[str, ...] = () if self.staff.has_perm("media_monitoring.view_topic") else ("topic",)
        hidden += () if self.staff.has_perm("media_monitoring.view_coding") else ("tone",)
        return [one for one in self.filters if one.name not in hidden]

    def get_rows(self) -> Any:
        return Article.objects.visible_to(self.staff)

    def narrowed(self) -> Any:
        """The same articles in the narrow table, when it knows all that is asked; else None."""
        wanted = {one.name for one, _value in self._wanted()}
        if "q" not in wanted or wanted - {"q", "wide", "outlet", "since", "until"}:
            return None
        may_read = self.staff.has_perm("media_monitoring.read_text")
        rows = search.narrow(self.asked, titles_only=not may_read, wide=_is_wide(self.request))
        for one, value in self._wanted():
            if rows is not None and one.name != "q" and not one.error(value, self.request):
                rows = one.apply(rows, value, self.request)
        return rows

    def count_rows(self, rows: Any) -> int:
        narrowed = self.narrowed()
        self.hits = super().count_rows(rows) if narrowed is None else narrowed.order_by().count()
        return self.hits

    def prepare(self, rows: Any) -> Any:
        """The text is read for snippets only: neither without a query nor for a file."""
        rows = rows.select_related("outlet", "story")
        return rows if self.asked and "export" not in self.request.GET else rows.defer("text")

    def counted(self, count: int) -> str:
        return ngettext("{n} article", "{n} articles", count).format(n=count)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        marks = search.marks_of(self.asked, wide=_is_wide(self.request))
        reprints = {} if self.is_ranked else folding.reprints(context["rows"], self.filtered())
        beneath = [row for rows in reprints.values() for row in rows]
        everything = [row.pk for row in [*context["rows"], *beneath]]
        readings = {
            row.article_id: row for row in Reading.objects.of(self.staff).filter(article__in=everything)
        }
        codings = {}
        if self.staff.has_perm("media_monitoring.view_coding"):
            found = Coding.objects.in_force().filter(article__in=everything)
            codings = {row.article_id: row for row in found}
        for row in beneath:
            row.reading, row.coding = readings.get(row.pk), codings.get(row.pk)
        context["shown_pks"] = everything
        self._tell_stories(context)
        for row in context["rows"]:
            row.reprints, row.coding = reprints.get(row.story_id, []), codings.get(row.pk)
            text = row.text if self.asked and row.may_be_read_by(self.staff) else ""
            row.snippet = search.snippet(text or row.lead, marks)
            row.reading = readings.get(row.pk)
        context["filter_query"] = self._filter_query(self.request.GET)
        context["asked"] = self.asked
        context["orders"] = self._orders(context["count"]) if self.asked and context["count"] > 1 else []
        if self.is_ranked and context["count"] > search.MOST_RANKED:
            context["count_short"] = formats.number_format(search.MOST_RANKED, force_grouping=True)
        context["broken"] = Source.objects.filter(state=SourceState.BROKEN).count()
        return context

    def _orders(self, count: int) -> list[dict[str, Any]]:
        relevant = _("most relevant")
        if count > search.MOST_RANKED:
            many = formats.number_format(search.MOST_RANKED, force_grouping=True)
            relevant = _("most relevant of the newest {count}").format(count=many)
        orders = [(_("newest first"), None, not self.is_ranked), (relevant, RELEVANCE, self.is_ranked)]
        return [
            {"label": label, "url": self._query(sort=code), "here": is_here}
            for label, code, is_here in orders
        ]

    def _tell_stories(self, context: dict[str, Any]) -> None:
        """Rows are stories: the pages count them, the words above the list tell both."""
        if self.is_ranked or not context["rows"]:
            return
        if context["next_url"] or context["previous_url"]:
            with search.by_index():
                count = self.folded(self.filtered()).order_by()[: COUNT_CEILING + 1].count()
        else:
            count = len(context["rows"])
        is_more = count > COUNT_CEILING
        rows = formats.number_format(min(count, COUNT_CEILING), force_grouping=True)
        context["row_count"] = f"{rows}+" if is_more else rows
        if not is_more and count != context["count"]:
            stories = ngettext("{n} story", "{n} stories", count).format(n=count)
            context["count_text"] = f"{context['count_text']}, {stories}"


class ArticleMonthsView(ArticleListView):
    """How many articles of the same filters each month has: a part beneath the list, or a page of its own."""

    template_name = "media_monitoring/article_months.html"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        narrowed = self.narrowed()
        with search.by_index():
            months = by_month(self.filtered()) if narrowed is None else by_kept_month(narrowed)
        chart = month_columns(months, _("Articles by month"))
        query = self._filter_query(request.GET)
        context = {
            "chart": chart,
            "query": query,
            "base_template": "core/list_fragment.html" if self._wants_part() else "base.html",
        }
        return render(request, self.template_name, context)


def changes(old: str, new: str) -> list[dict[str, str]]:
    """Paragraphs that differ, old beside new; what stayed is left out."""
    before, after = old.split("\n"), new.split("\n")
    found = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            found.append({"old": "\n".join(before[a:b]), "new": "\n".join(after[c:d])})
    return found


class ArticleDetailView(StaffView, DetailView):
    permission_required = "media_monitoring.view_article"
    template_name = "media_monitoring/article_detail.html"
    context_object_name = "article"

    def get_queryset(self) -> Any:
        return Article.objects.visible_to(self.staff).select_related("outlet", "story", "source")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        article = self.object
        may_read = article.may_be_read_by(self.staff)
        versions = list(article.versions.all()) if may_read and article.version_count > 1 else []
        context["edits"] = [
            {
                "version": new,
                "title": {"old": old.title, "new": new.title} if old.title != new.title else None,
                "changes": changes(old.text, new.text),
            }
            for old, new in pairwise(versions)
        ][::-1]
        context["may_read"] = may_read
        context["reading"] = Reading.objects.of(self.staff).filter(article=article).first()
        context["topics"] = list(Topic.objects.visible_to(self.staff).filter(hits__article=article))
        context["forwards"] = list(
            Forward.objects.visible_to(self.staff).filter(article=article).select_related("unit")
        )
        context["files"] = list(article.files.select_related("stored")) if may_read else []
        may_correct = self.staff.has_perm("media_monitoring.add_article")
        context["scans"] = waiting(article, context["files"]) if may_correct else []
        context["evidence"] = list(article.evidence.visible_to(self.staff))
        context["claims"] = (
            list(Claim.objects.visible_to(self.staff).filter(articles=article).order_by("-pk"))
            if self.staff.has_perm("media_monitoring.view_claim")
            else []
        )
        context["codings"] = (
            list(article.codings.select_related("coder", "unit"))
            if self.staff.has_perm("media_monitoring.view_coding")
            else []
        )
        context["own"] = OwnText.objects.filter(story=article.story_id).first() if article.story_id else None
        same = Q(story=article.story_id) if article.story_id else Q(pk=None)
        context["reprints"] = list(
            Article.objects.visible_to(self.staff)
            .filter(same)
            .exclude(pk=article.pk)
            .select_related("outlet")
            .defer("text")
            .order_by("published_at", "pk")[:50]
        )
        return context


class ArticleEnterView(StaffView, FormView):
    permission_required = "media_monitoring.add_article"
    template_name = "media_monitoring/article_enter.html"
    form_class = EntryForm

    def form_valid(self, form: EntryForm) -> HttpResponse:
        names = ("outlet", "medium", "title", "text", "url", "author", "file")
        values = {name: form.cleaned_data[name] for name in names}
        try:
            article = services.enter_article(**values, published_at=form.published_at, by=self.actor)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
            return self.form_invalid(form)
        is_read = any(scans.is_scan(one) for one in article.files.select_related("stored"))
        messages.success(
            self.request,
            _("The article is in the list; its scan is being read.")
            if is_read
            else _("The article is in the list."),
        )
        return redirect(article)

    def form_invalid(self, form: EntryForm) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(list_url=reverse("media_monitoring:list"), **kwargs)


@staff_page("media_monitoring.view_article")
def article_file(request: HttpRequest, pk: int, file: int) -> FileResponse:
    """The scan, for those who may read the text."""
    article = get_object_or_404(Article.objects.visible_to(request.user).select_related("outlet"), pk=pk)
    if not article.may_be_read_by(request.user):
        raise Http404
    found = get_object_or_404(ArticleFile.objects.select_related("stored"), pk=file, article=article)
    return send(found.stored, found.name)
