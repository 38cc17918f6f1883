"""Lists are alike: filters in the URL, saved views, sorting, pages, and a file of what is shown (design 4.12).

A list names its filters and columns; the page extends `core/list.html` and draws the row:

    class VisitListView(StaffView, FilteredList):
        permission_required = "delegations.view_visit"
        template_name = "delegations/visit_list.html"
        list_code = "delegations.visits"
        title = _("Visits")
        filters = (
            Words("q", _("Words"), ("title", "number")),
            Choice("state", _("State"), Status.choices, field="status"),
            Rows("partner", _("Partner"), lambda request: Partner.objects.all(), field="partner"),
            Day("since", _("From"), "starts_on__gte"),
            Tick("mine", _("Mine"), lambda rows, request: rows.filter(responsible=request.user)),
        )
        columns = (
            Column("number", _("Number"), sort="number"),
            Column("title", _("Title"), sort="title_sort"),
            Column("status", _("State"), value=lambda row: row.get_status_display()),
        )
        views = (("", _("All")), ("mine=1", _("Mine")))
        default_sort = "-starts_on"

        def get_rows(self):
            return Visit.objects.visible_to(self.staff)
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import formats, timezone
from django.utils.encoding import force_str
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.generic.base import View

from core.columns import Column, write_csv, write_xlsx
from core.models.lists import SavedView

COUNT_CEILING = 1000  # beyond this a page says "more than"; no count grows with the rows
EXPORT_CEILING = 20_000


# ---- filters ----


@dataclass(frozen=True)
class Filter:
    """One field above the list, one parameter of the URL, one chip when it is set."""

    name: str
    label: Any
    kind = "text"

    def options(self, request: HttpRequest) -> list[tuple[str, str]]:
        return []

    def apply(self, rows: QuerySet, value: str, request: HttpRequest) -> QuerySet:
        raise NotImplementedError

    def error(self, value: str, request: HttpRequest) -> str:
        return ""

    def chip(self, value: str, request: HttpRequest) -> str:
        return f"{self.label}: {value}"


@dataclass(frozen=True)
class Words(Filter):
    """Free words: each must be found in one of the fields; or `search(rows, text, request)` decides."""

    fields: tuple[str, ...] = ()
    search: Callable[[QuerySet, str, HttpRequest], QuerySet] | None = None
    placeholder: Any = ""
    kind = "words"

    def apply(self, rows: QuerySet, value: str, request: HttpRequest) -> QuerySet:
        if self.search:
            return self.search(rows, value, request)
        for word in value.replace("\x00", "").split()[:10]:
            condition = Q()
            for name in self.fields:
                condition |= Q(**{f"{name}__icontains": word})
            rows = rows.filter(condition)
        return rows

    def chip(self, value: str, request: HttpRequest) -> str:
        return f"„{value}“" if len(value) <= 40 else f"„{value[:40]}…“"


@dataclass(frozen=True)
class Choice(Filter):
    """One of a few: pairs, or a function of the request that gives them; `field` or `narrow` says what it means."""

    choices: Any = ()
    field: str = ""
    narrow: Callable[[QuerySet, str, HttpRequest], QuerySet] | None = None
    any_label: Any = ""
    kind = "choice"

    def pairs(self, request: HttpRequest) -> Iterable[tuple[Any, Any]]:
        return self.choices(request) if callable(self.choices) else self.choices

    def options(self, request: HttpRequest) -> list[tuple[str, str]]:
        """Asked several times for one page, read once."""
        key = f"_options_{self.name}"
        if not hasattr(request, key):
            setattr(request, key, [(str(value), force_str(label)) for value, label in self.pairs(request)])
        return getattr(request, key)

    def apply(self, rows: QuerySet, value: str, request: HttpRequest) -> QuerySet:
        if self.narrow:
            return self.narrow(rows, value, request)
        return rows.filter(**{self.field or self.name: value})

    def error(self, value: str, request: HttpRequest) -> str:
        known = {option for option, _label in self.options(request)}
        return "" if value in known else _("Choose one of the list.")

    def chip(self, value: str, request: HttpRequest) -> str:
        return f"{self.label}: {dict(self.options(request)).get(value, value)}"


@dataclass(frozen=True)
class Rows(Choice):
    """One row of another table; `choices` gives the rows the person may choose from."""

    def pairs(self, request: HttpRequest) -> Iterable[tuple[Any, Any]]:
        return [(row.pk, row) for row in self.choices(request)[:500]]


@dataclass(frozen=True)
class Day(Filter):
    """A day, compared by the lookup (`starts_on__gte`)."""

    lookup: str = ""
    kind = "day"

    @staticmethod
    def _parse(value: str) -> datetime.date | None:
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            return None

    def apply(self, rows: QuerySet, value: str, request: HttpRequest) -> QuerySet:
        return rows.filter(**{self.lookup or self.name: self._parse(value)})

    def error(self, value: str, request: HttpRequest) -> str:
        return "" if self._parse(value) else _("Write the day as 2026-06-16.")


@dataclass(frozen=True)
class Tick(Filter):
    """Yes or nothing."""

    narrow: Callable[[QuerySet, HttpRequest], QuerySet] = field(default=lambda rows, request: rows)
    kind = "tick"

    def apply(self, rows: QuerySet, value: str, request: HttpRequest) -> QuerySet:
        return self.narrow(rows, request)

    def chip(self, value: str, request: HttpRequest) -> str:
        return str(self.label)


# ---- the list ----


class FilteredList(View):
    """A list page; see the module's docstring. Rows are trimmed by `get_rows`, which chains `visible_to`."""

    template_name = "core/list.html"
    list_code = ""
    title: Any = ""
    filters: Sequence[Filter] = ()
    columns: Sequence[Column] = ()
    views: Sequence[tuple[str, Any]] = ()
    default_sort = "-pk"
    tie_break = "-pk"
    paginate_by = 25
    count_ceiling = COUNT_CEILING
    export_ceiling = EXPORT_CEILING

    # -- what a list says of itself --

    def get_rows(self) -> QuerySet:
        raise NotImplementedError

    def get_filters(self) -> Sequence[Filter]:
        return self.filters

    def prepare(self, rows: QuerySet) -> QuerySet:
        """Joins and annotations of the shown page and of the file; not part of the count."""
        return rows

    def folded(self, rows: QuerySet) -> QuerySet:
        """The rows a page has of its own where others are told beneath them; the count and the file have all."""
        return rows

    def count_rows(self, rows: QuerySet) -> int:
        """How many there are, counted no further than one beyond the ceiling."""
        return rows.order_by()[: self.count_ceiling + 1].count()

    def counted(self, count: int) -> str:
        """The count in words: `ngettext("{n} visit", "{n} visits", n)`, overridden for the noun."""
        from django.utils.translation import ngettext  # noqa: PLC0415 -- only here

        return ngettext("{count} row", "{count} rows", count).format(
            count=formats.number_format(count, force_grouping=True)
        )

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return context

    # -- the machinery --

    def _wanted(self) -> list[tuple[Filter, str]]:
        wanted = []
        for one in self.get_filters():
            if value := self.request.GET.get(one.name, "").strip()[:200]:
                wanted.append((one, value))
        return wanted

    def filtered(self) -> QuerySet:
        rows = self.get_rows()
        for one, value in self._wanted():
            if not one.error(value, self.request):
                rows = one.apply(rows, value, self.request)
        return rows

    @property
    def sort(self) -> str:
        asked = self.request.GET.get("sort", "")
        known = {column.sort for column in self.columns if column.sort}
        return asked if asked.removeprefix("-") in known else self.default_sort

    def ordered(self, rows: QuerySet) -> QuerySet:
        keys = [self.sort] if isinstance(self.sort, str) else list(self.sort)
        return rows.order_by(*keys, self.tie_break)

    def _query(self, **changes: str | None) -> str:
        query = self.request.GET.copy()
        for name, value in {"page": None, "export": None, **changes}.items():
            query.pop(name, None)
            if value:
                query[name] = value
        for name in [name for name in query if not query[name]]:
            query.pop(name)
        encoded = query.urlencode()
        return f"?{encoded}" if encoded else self.request.path

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = self.filtered()
        if kind := request.GET.get("export"):
            return self.export(rows, kind)
        context = self.get_context_data(**self._page(rows), **self._frame())
        context["base_template"] = "core/list_fragment.html" if self._wants_part() else "base.html"
        response = render(request, self.template_name, context)
        response.context_data = context  # type: ignore[attr-defined]
        return response

    def _wants_part(self) -> bool:
        htmx = getattr(self.request, "htmx", None)
        return bool(htmx) and not htmx.boosted and not htmx.history_restore_request

    def _page(self, rows: QuerySet) -> dict[str, Any]:
        count = self.count_rows(rows)
        is_more = count > self.count_ceiling
        number = (
            max(1, int(asked))
            if (asked := self.request.GET.get("page", "")).isdecimal() and len(asked) < 7
            else 1
        )
        if not is_more and count:
            number = min(number, -(-count // self.paginate_by))
        first = (number - 1) * self.paginate_by
        shown = list(self.ordered(self.prepare(self.folded(rows)))[first : first + self.paginate_by + 1])
        has_next = len(shown) > self.paginate_by
        shown = shown[: self.paginate_by]
        shown_count = formats.number_format(min(count, self.count_ceiling), force_grouping=True)
        return {
            "rows": shown,
            "object_list": shown,
            "count": count,
            "count_text": _("more than {count}").format(count=shown_count)
            if is_more
            else self.counted(count),
            "count_short": f"{shown_count}+" if is_more else shown_count,
            "first_row": first + 1,
            "last_row": first + len(shown),
            "page_number": number,
            "previous_url": self._query(page=str(number - 1) if number > 2 else None) if number > 1 else "",
            "next_url": self._query(page=str(number + 1)) if has_next else "",
        }

    def _frame(self) -> dict[str, Any]:
        wanted = {one.name: value for one, value in self._wanted()}
        fields = [
            {
                "filter": one,
                "id": f"filter-{one.name}",
                "value": wanted.get(one.name, ""),
                "options": one.options(self.request),
                "error": one.error(wanted[one.name], self.request) if one.name in wanted else "",
            }
            for one in self.get_filters()
        ]
        chips = [
            {"label": one.chip(value, self.request), "url": self._query(**{one.name: None})}
            for one, value in self._wanted()
            if not one.error(value, self.request)
        ]
        return {
            "title": self.title,
            "list_code": self.list_code,
            "fields": fields,
            "chips": chips,
            "clear_url": self.request.path,
            "sort": self.sort,
            "sort_asked": self.request.GET.get("sort", ""),
            "heads": [self._head(column) for column in self.columns if column.on_page],
            "views": self._views(),
            "current_query": self._filter_query(self.request.GET),
            "current_view": self._current_view,
            "xlsx_url": self._query(export="xlsx"),
            "csv_url": self._query(export="csv"),
            "export_ceiling": self.export_ceiling,
        }

    def _head(self, column: Column) -> dict[str, Any]:
        if not column.sort:
            return {"column": column, "url": "", "direction": ""}
        direction = {column.sort: "ascending", f"-{column.sort}": "descending"}.get(self.sort, "")
        turned = f"-{column.sort}" if direction == "ascending" else column.sort
        return {"column": column, "url": self._query(sort=turned), "direction": direction}

    @staticmethod
    def _filter_query(query: QueryDict) -> str:
        kept = query.copy()
        for name in ("page", "export", "view"):
            kept.pop(name, None)
        for name in [name for name in kept if not kept[name]]:
            kept.pop(name)
        return "&".join(sorted(kept.urlencode().split("&"))) if kept else ""

    def _views(self) -> list[dict[str, Any]]:
        """Built-in views and the person's own, the present one marked."""
        now = self._filter_query(self.request.GET)
        tabs = [{"label": label, "query": query, "saved": None} for query, label in self.views]
        if not tabs:
            tabs = [{"label": _("All"), "query": "", "saved": None}]
        saved = (
            SavedView.objects.filter(user=self.request.user, list_code=self.list_code)
            if self.list_code
            else []
        )
        tabs += [{"label": view.name, "query": view.query, "saved": view} for view in saved]
        self._current_view: SavedView | None = None
        lit = False
        for tab in tabs:
            tab["url"] = f"?{tab['query']}" if tab["query"] else self.request.path
            tab["here"] = not lit and self._filter_query(QueryDict(tab["query"])) == now
            if tab["here"]:
                lit, self._current_view = True, tab["saved"]
        return tabs

    # -- the file of what is shown --

    def export(self, rows: QuerySet, kind: str) -> HttpResponse:
        columns = [column for column in self.columns if column.in_file]
        chosen = self.ordered(self.prepare(rows))[: self.export_ceiling]
        moment = timezone.localtime()
        title = str(self.title)
        if kind == "csv":  # nothing but rows for the program that reads it: its name says how many
            response = HttpResponse(write_csv(columns, chosen), content_type="text/csv; charset=utf-8")
            response.headers["Content-Disposition"] = _attachment(
                f"{self._file_name(title, len(chosen))}.csv"
            )
            return response
        chips = "; ".join(one.chip(value, self.request) for one, value in self._wanted()) or _("none")
        about = [
            (_("List"), title),
            (_("Filters"), chips),
            (_("Made"), f"{moment:%Y-%m-%d %H:%M}"),
            (_("By"), str(getattr(self.request, "actor", "") and self.request.actor.label)),
        ]
        book = write_xlsx(columns, chosen, title=title, about=about)
        return FileResponse(
            book,
            as_attachment=True,
            filename=f"{self._file_name(title, len(chosen))}.xlsx",
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )

    def _file_name(self, title: str, count: int) -> str:
        """What it is, how many rows it holds, of which day."""
        words = f"{title} {self.counted(count)} {timezone.localdate():%Y-%m-%d}"
        return slugify(words, allow_unicode=True)


def _attachment(name: str) -> str:
    from django.utils.http import content_disposition_header  # noqa: PLC0415 -- only here

    return content_disposition_header(as_attachment=True, filename=name) or "attachment"
