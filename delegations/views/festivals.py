"""Festivals: the list, which delegations come, opening, changing, calling off; the board of all their guests."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.generic import TemplateView

from core.errors import DomainError, StaleWriteError
from core.lists import Choice, Column, Day, FilteredList, Tick, Words
from core.stale import show_both_forms
from core.views import StaffView, staff_action
from delegations import guest_board, services
from delegations.choices import FestivalStatus
from delegations.forms import FestivalForm, JoinForm, ReasonForm
from delegations.models import Festival, Visit
from delegations.views.base import FestivalPage, refuse, say, visible_festival


class FestivalListView(StaffView, FilteredList):
    permission_required = "delegations.view_festival"
    template_name = "delegations/festival_list.html"
    list_code = "delegations.festivals"
    title = gettext_lazy("Festivals")
    filters = (
        Words("q", gettext_lazy("Words"), ("title", "number", "purpose")),
        Choice("state", gettext_lazy("State"), FestivalStatus.choices, field="status"),
        Day("since", gettext_lazy("From"), "ends_on__gte"),
        Day("until", gettext_lazy("Until"), "starts_on__lte"),
        Tick("mine", gettext_lazy("Mine"), lambda rows, request: rows.filter(responsible=request.user)),
    )
    columns = (
        Column("title", gettext_lazy("Festival")),
        Column("starts_on", gettext_lazy("When"), sort="starts_on"),
        Column("ends_on", gettext_lazy("Until"), on_page=False),
        Column("visit_count", gettext_lazy("Delegations"), sort="visit_count", css="end"),
        Column("guest_count", gettext_lazy("Guests"), sort="guest_count", css="end"),
        Column("state_label", gettext_lazy("State"), value=lambda row: str(row.state_label)),
        Column("responsible", gettext_lazy("Responsible"), value=lambda row: row.responsible.full_name),
        Column("number", gettext_lazy("Number"), sort="number", css="num", on_page=False),
    )
    views = (("", pgettext_lazy("festivals", "All")), ("mine=1", gettext_lazy("Mine")))
    default_sort = "-starts_on"

    def get_rows(self) -> QuerySet:
        return Festival.objects.visible_to(self.staff)

    def prepare(self, rows: QuerySet) -> QuerySet:
        return rows.with_counts().select_related("responsible")

    def counted(self, count: int) -> str:
        return ngettext("%(count)d festival", "%(count)d festivals", count) % {"count": count}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(may_add=self.staff.has_perm("delegations.add_festival"), **context)


class FestivalNewView(StaffView, TemplateView):
    permission_required = "delegations.add_festival"
    template_name = "delegations/festival_new.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or FestivalForm(initial={"responsible": self.staff.pk})
        return super().get_context_data(form=form, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = FestivalForm(request.POST)
        if form.is_valid():
            try:
                festival = services.open_festival(by=self.actor, **form.values)
            except DomainError as error:
                refuse(form, error)
            else:
                messages.success(
                    request, _("The festival is opened: %(number)s.") % {"number": festival.number}
                )
                return redirect(festival)
        return self.render_to_response(self.get_context_data(form=form), status=422)


class FestivalEditView(FestivalPage, TemplateView):
    permission_required = "delegations.change_festival"
    template_name = "delegations/festival_edit.html"
    tab = "delegations:festival"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or FestivalForm(instance=self.get_matter())
        return super().get_context_data(form=form, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        festival = self.get_matter()
        form = FestivalForm(request.POST, instance=Festival.objects.get(pk=festival.pk))
        if form.is_valid():
            try:
                services.change_festival(
                    festival, revision=form.cleaned_data["revision"], by=self.actor, **form.values
                )
            except StaleWriteError:
                theirs = Festival.objects.get(pk=festival.pk)
                return show_both_forms(
                    request, form, FestivalForm(instance=theirs), theirs, back=theirs.get_absolute_url()
                )
            except DomainError as error:
                refuse(form, error)
            else:
                messages.success(request, _("The festival is changed."))
                return redirect(festival)
        return self.render_to_response(self.get_context_data(form=form), status=422)


class FestivalView(FestivalPage, TemplateView):
    """Which delegations come, how each of them stands, and which may join."""

    template_name = "delegations/festival.html"
    tab = "delegations:festival"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        festival = self.get_matter()
        context = super().get_context_data(**kwargs)
        visits = Visit.objects.visible_to(self.staff).filter(occasion=festival).with_guest_count()
        context["visits"] = list(visits.select_related("city", "responsible").order_by("title", "pk"))
        context["shared_count"] = festival.items.alive().count()
        if context["may_edit"]:
            context.setdefault("form", JoinForm(visits=_may_join(self.request, festival)))
            context["joinable"] = bool(len(context["form"].fields["visit"].queryset))
        return context


def _may_join(request: HttpRequest, festival: Festival) -> QuerySet:
    """Delegations of no festival that are here on its days."""
    rows = Visit.objects.visible_to(request.user).between(festival.starts_on, festival.ends_on)
    return rows.filter(occasion=None).open().order_by("starts_on", "title")


@staff_action("delegations.change_festival")
def festival_join(request: Any, pk: int) -> HttpResponse:
    festival = visible_festival(request, pk)
    form = JoinForm(request.POST, visits=_may_join(request, festival))
    try:
        if not form.is_valid():
            raise DomainError(str(next(iter(form.errors.values()))[0]))
        visit = services.join_festival(form.cleaned_data["visit"], festival, by=request.actor)
    except DomainError as error:
        say(request, error)
    else:
        messages.success(
            request, _("The delegation comes to the festival: %(title)s.") % {"title": visit.title}
        )
    return redirect(festival)


@staff_action("delegations.change_festival")
def festival_leave(request: Any, pk: int, visit: int) -> HttpResponse:
    festival = visible_festival(request, pk)
    row = get_object_or_404(visible_visit_rows(request, festival), pk=visit)
    try:
        services.leave_festival(row, by=request.actor)
    except DomainError as error:
        say(request, error)
    else:
        messages.success(request, _("Taken off the festival: %(title)s.") % {"title": row.title})
    return redirect(festival)


def visible_visit_rows(request: HttpRequest, festival: Festival) -> QuerySet:
    return Visit.objects.visible_to(request.user).filter(occasion=festival)


@staff_action("delegations.change_festival")
def festival_call_off(request: Any, pk: int) -> HttpResponse:
    festival = visible_festival(request, pk)
    form = ReasonForm(request.POST)
    try:
        services.call_off_festival(festival, reason=form.data.get("reason", "")[:300], by=request.actor)
    except DomainError as error:
        say(request, error)
    else:
        messages.success(request, _("The festival is called off."))
    return redirect(festival)


class GuestBoardView(FestivalPage, TemplateView):
    """All the guests of a day by hour: a row a delegation; on a phone as a list. All days at once are for printing."""

    template_name = "delegations/guest_board.html"
    tab = "delegations:guest_board"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        festival = self.get_matter()
        visits, items = guest_board.load(festival, self.staff)
        days = guest_board.days_of(festival, items) if visits else []
        asked = self.request.GET.get("diena", "")
        is_whole = asked == "visos"
        shown = days if is_whole else [on for on in days if on.isoformat() == asked]
        if days and not shown:
            today = timezone.localdate()
            shown = [today if today in days else festival.starts_on]
        return super().get_context_data(
            days=days,
            boards=[guest_board.draw(visits, items, on) for on in shown],
            is_whole=is_whole,
            visits=visits,
            now=timezone.localtime(),
            **kwargs,
        )
