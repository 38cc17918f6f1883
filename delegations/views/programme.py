"""The builder: the timetable, its items, their moves and warnings."""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from core import toasts
from core.dates import weekday_words
from core.errors import DomainError, StaleWriteError
from core.stale import show_both_forms
from core.views import staff_action
from delegations import services, timetable, warnings
from delegations.board import Board, load_board
from delegations.choices import ItemKind, serving_words
from delegations.forms import ClockField, ItemForm, ProgressForm, ShiftForm
from delegations.models import Festival, ProgrammeItem, WarningNote
from delegations.repairs import repair
from delegations.services.state import Planned
from delegations.views.base import PlannedPage, back_to_programme, refuse, say, visible_planned
from delegations.views.meetings import mark_requests, may_ask, requests_of
from matters.amendments import pending_changes
from resources.models import Resource


class ProgrammeView(PlannedPage, TemplateView):
    """The programme as days, as a list, and on a phone one day as a run."""

    template_name = "delegations/programme.html"
    tab = "delegations:programme"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        visit = self.get_matter()
        board = load_board(visit, user=self.staff)
        mark_requests(board.items)
        openly, explained = warnings.find(board)
        table = timetable.draw(board, openly, page=_page(self.request, visit))
        as_list = self.request.GET.get("rodinys") == "sarasas"
        context = super().get_context_data(
            board=board,
            table=table,
            warnings=openly,
            explained=explained,
            as_list=as_list,
            phone_day=_phone_day(self.request, visit, table),
            people=_people(board),
            **kwargs,
        )
        context["list_days"] = _whole_list(visit, board, openly) if as_list else []
        context["removed"] = _removed(visit) if as_list and context["may_edit"] else []
        context["pending"] = pending_changes(visit) if visit.next_step in ("amend", "resubmit") else []
        return context


def _page(request: HttpRequest, visit: Planned) -> int:
    """The page of days that is asked for, else the one with the day that is asked for."""
    if (asked := request.GET.get("puslapis", "")).isdecimal() and len(asked) < 4:
        return int(asked)
    if (day := _asked_day(request)) and visit.holds(day):
        return (day - visit.starts_on).days // timetable.DAYS_A_PAGE + 1
    return 1


def _asked_day(request: HttpRequest) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(request.GET.get("diena", ""))
    except ValueError:
        return None


def _phone_day(request: HttpRequest, visit: Planned, table: timetable.Timetable) -> datetime.date:
    """The day a phone shows: the asked one, today's, else the first."""
    from django.utils import timezone  # noqa: PLC0415 -- only here

    asked = _asked_day(request) or timezone.localdate()
    return asked if asked in [day.on for day in table.days] else table.days[0].on


def _whole_list(visit: Planned, board: Board, openly: list[warnings.Warning]) -> list[dict[str, Any]]:
    pins = {pk: warning.number for warning in reversed(openly) for pk in warning.items[-1:]}
    days: dict[datetime.date, list[dict[str, Any]]] = {day: [] for day in visit.days}
    for item in board.items:
        days.setdefault(item.on, []).append(
            {"item": item, "pin": pins.get(item.pk, 0), "is_shared": board.is_shared(item)}
        )
    return [{"on": on, "rows": rows} for on, rows in days.items()]


def _removed(visit: Planned) -> list[ProgrammeItem]:
    rows = visit.items.filter(deleted_at__isnull=False).order_by("-deleted_at").prefetch_related("texts")
    return list(rows[:20])


def _people(board: Board) -> list[dict[str, Any]]:
    """Who serves the visit: interpreters and drivers of its items, each once."""
    found: dict[int, dict[str, Any]] = {}
    for item in board.items:
        for row in item.resources.all():
            if row.resource.kind in ("interpreter", "driver"):
                entry = found.setdefault(row.resource_id, {"resource": row.resource, "count": 0})
                entry["count"] += 1
    gender = Coalesce("interpreter__gender", "driver__gender")
    genders = (
        dict(Resource.objects.filter(pk__in=found).order_by().values_list("pk", gender)) if found else {}
    )
    for pk, entry in found.items():
        entry["role"] = serving_words(entry["resource"].kind, genders.get(pk, ""))
    return list(found.values())


# --- one item -----------------------------------------------------------------------------------------------


def find_item(visit: Planned, pk: int) -> ProgrammeItem:
    """An item that is changed here: in a visit its own, in a festival a shared one."""
    return get_object_or_404(visit.items.whole(), pk=pk)


class ItemFormView(PlannedPage, TemplateView):
    """The form of an item: opened in place as a dialog, or as a page of its own."""

    template_name = "delegations/item_form.html"
    tab = "delegations:programme"

    def get_permission_required(self) -> tuple[str, ...]:
        return ("delegations.view_visit",) if "item" in self.kwargs else ("delegations.change_visit",)

    @cached_property
    def item(self) -> ProgrammeItem | None:
        if "item" not in self.kwargs:
            return None
        return get_object_or_404(self.get_matter().programme.whole(), pk=self.kwargs["item"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        visit, item = self.get_matter(), self.item
        if item is not None and item.holder_id != visit.pk:
            return self._shared(visit, item, kwargs)
        form = kwargs.pop("form", None) or ItemForm(visit=visit, item=item, initial=self._initial())
        comments = visit.comments.filter(anchor=f"item:{item.pk}", resolved_at=None) if item else []
        kwargs |= {"requests": requests_of(item), "may_ask": may_ask(self.staff, visit, item)}
        facts = {
            "form": form,
            "item": item,
            "item_comments": comments,
            "draft_key": f"delegations.item:{item.pk}" if item else f"delegations.item:new:{visit.number}",
        }
        return super().get_context_data(**{**kwargs, **facts})

    def _shared(self, visit: Planned, item: ProgrammeItem, kwargs: dict[str, Any]) -> dict[str, Any]:
        """A shared item is read here and changed in its festival, for all the delegations at once."""
        festival = Festival.objects.visible_to(self.staff).with_counts().filter(pk=item.festival_id).first()
        return super().get_context_data(**{**kwargs, "item": item, "shared_by": festival, "is_shared": True})

    def _initial(self) -> dict[str, Any]:
        """What the press on an empty place of the timetable says."""
        asked = self.request.GET
        initial: dict[str, Any] = {}
        if day := asked.get("diena"):
            initial["on"] = day
        try:
            starts = ClockField(required=False).clean(asked.get("nuo", "")[:8])
        except ValidationError:
            starts = None
        if starts:
            initial |= {"starts": starts, "ends": starts.replace(hour=min(starts.hour + 1, 23))}
        if asked.get("rusis") in ItemKind.values:
            initial["kind"] = asked["rusis"]
        if (guest := asked.get("svecias", "")).isdecimal() and len(guest) < 10:
            initial |= {"is_for_all": False, "participants": [int(guest)]}
        return initial if "item" not in self.kwargs else {}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("delegations.change_visit"):
            raise PermissionDenied
        visit, item = self.get_matter(), self.item
        if item is not None and item.holder_id != visit.pk:
            raise Http404
        form = ItemForm(request.POST, visit=visit, item=item)
        if form.is_valid():
            try:
                saved = self._save(visit, item, form)
            except StaleWriteError as error:
                theirs = ProgrammeItem.objects.whole().get(pk=error.theirs.pk)  # type: ignore[attr-defined]
                return show_both_forms(
                    request,
                    form,
                    ItemForm(visit=visit, item=theirs),
                    theirs,
                    back=reverse("delegations:programme", args=[visit.pk]),
                )
            except DomainError as error:
                refuse(form, error)
            else:
                messages.success(
                    request,
                    _("The item is saved: %(title)s.") % {"title": form.texts["lt"][0]}
                    if item
                    else _("The item is added: %(title)s.") % {"title": form.texts["lt"][0]},
                )
                return back_to_programme(visit.pk, saved)
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _save(self, visit: Planned, item: ProgrammeItem | None, form: ItemForm) -> ProgrammeItem:
        data = form.cleaned_data
        parts = {"texts": form.texts, "participants": data["participants"], "served_by": form.served_by}
        if item is None:
            return services.add_item(visit, by=self.actor, **parts, **form.fields_of_item)
        return services.change_item(
            item, by=self.actor, revision=data["revision"], **parts, **form.fields_of_item
        )


@staff_action("delegations.change_visit")
def item_move(request: Any, pk: int, item: int) -> HttpResponse:
    """Drag, arrow keys and the way back of a move all end here; the way back carries its place in the address."""
    visit = visible_planned(request, pk)
    row = find_item(visit, item)
    asked = request.POST if "on" in request.POST else request.GET
    try:
        on = datetime.date.fromisoformat(asked.get("on", "") or row.on.isoformat())
        starts = ClockField(required=False).clean(asked.get("starts", "")[:8])
    except (ValueError, ValidationError):
        messages.error(request, _("Write the day as 2026-06-16 and the hour as 9.30."))
        return back_to_programme(pk, row)
    revision = asked.get("revision", "")
    try:
        moved = services.move_item(
            row,
            by=request.actor,
            on=on,
            starts=starts,
            revision=int(revision) if revision.isdecimal() and len(revision) < 10 else None,
        )
    except StaleWriteError:
        messages.error(
            request, _("Somebody else has just changed this item: see where it stands now, then move it.")
        )
    except DomainError as error:
        say(request, error)
    else:
        row = _say_moved(request, row, moved)
    return back_to_programme(pk, row)


def _say_moved(request: HttpRequest, before: ProgrammeItem, moved: ProgrammeItem) -> ProgrammeItem:
    place = {"on": before.on.isoformat(), "revision": moved.revision}
    if before.starts:
        place["starts"] = ClockField().prepare_value(before.starts)
    toasts.say(
        request,
        _("Moved: %(title)s. %(day)s, %(hours)s.")
        % {"title": moved.title, "day": weekday_words(moved.on), "hours": moved.hours},
        undo=f"{reverse('delegations:item_move', args=[moved.holder_id, moved.pk])}?{urlencode(place)}",
    )
    return moved


@staff_action("delegations.change_visit")
def item_remove(request: Any, pk: int, item: int) -> HttpResponse:
    visit = visible_planned(request, pk)
    row = find_item(visit, item)
    try:
        services.remove_item(row, by=request.actor)
    except DomainError as error:
        say(request, error)
    else:
        messages.success(
            request,
            _("Removed: %(title)s. It can be put back for 30 days.") % {"title": row.title},
            extra_tags=f"undo:{reverse('delegations:item_restore', args=[pk, item])}",
        )
    return back_to_programme(pk, row, anchor=False)


@staff_action("delegations.change_visit")
def item_restore(request: Any, pk: int, item: int) -> HttpResponse:
    row = find_item(visible_planned(request, pk), item)
    try:
        services.restore_item(row, by=request.actor)
    except DomainError as error:
        say(request, error)
    else:
        messages.success(request, _("The item is back in the programme."))
    return back_to_programme(pk, row)


@staff_action("delegations.change_visit")
def item_progress(request: Any, pk: int, item: int) -> HttpResponse:
    """What became of an item: pressed on a phone during the visit."""
    visit = visible_planned(request, pk)
    form = ProgressForm(request.POST)
    try:
        if not form.is_valid():
            raise DomainError(_("Choose what became of the item."))
        services.say_outcome(find_item(visit, item), by=request.actor, **form.cleaned_data)
    except DomainError as error:
        say(request, error)
    return redirect(f"{reverse('delegations:programme', args=[pk])}?rodinys=sarasas#item-{item}")


# --- the rest of a day ---------------------------------------------------------------------------------------


class ShiftView(PlannedPage, TemplateView):
    """Shift the rest of a day: the preview is a GET, the deed a POST of the same values."""

    permission_required = "delegations.change_visit"
    template_name = "delegations/shift.html"
    tab = "delegations:programme"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        visit = self.get_matter()
        form = kwargs.pop("form", None)
        if form is None:
            asked = self.request.GET
            form = (
                ShiftForm(asked, visit=visit)
                if "minutes" in asked
                else ShiftForm(visit=visit, initial=asked.dict())
            )
        shifts = []
        if form.is_bound and form.is_valid():
            shifts = services.preview_shift(visit, **form.cleaned_data)
        return super().get_context_data(form=form, shifts=shifts, asked=form.is_bound, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visit = self.get_matter()
        form = ShiftForm(request.POST, visit=visit)
        if form.is_valid():
            try:
                shifts = services.shift_rest(visit, by=self.actor, **form.cleaned_data)
            except DomainError as error:
                refuse(form, error)
            else:
                count = sum(1 for shift in shifts if shift.to)
                messages.success(
                    request,
                    ngettext("%(count)d item is shifted.", "%(count)d items are shifted.", count)
                    % {"count": count},
                )
                return back_to_programme(visit.pk, on=form.cleaned_data["on"])
        return self.render_to_response(self.get_context_data(form=form), status=422)


# --- warnings -----------------------------------------------------------------------------------------------


@staff_action("delegations.change_visit")
def warning_repair(request: Any, pk: int) -> HttpResponse:
    """The first way out of a warning, done by one press."""
    visit = visible_planned(request, pk)
    try:
        words = repair(visit, request.POST.get("verb", ""), request.POST.dict(), by=request.actor)
    except DomainError as error:
        say(request, error)
    else:
        messages.success(request, words)
    return back_to_programme(pk)


@staff_action("delegations.change_visit")
def warning_explain(request: Any, pk: int) -> HttpResponse:
    visit = visible_planned(request, pk)
    posted = request.POST
    try:
        services.explain_warning(
            visit,
            key=posted.get("key", ""),
            fact=posted.get("fact", ""),
            reason=posted.get("reason", ""),
            by=request.actor,
        )
    except DomainError as error:
        say(request, error)
    else:
        messages.success(request, _("The warning stays with your reason."))
    return back_to_programme(pk)


@staff_action("delegations.change_visit")
def warning_take_up(request: Any, pk: int, note: int) -> HttpResponse:
    visit = visible_planned(request, pk)
    try:
        services.unexplain_warning(get_object_or_404(WarningNote, matter=visit, pk=note), by=request.actor)
    except DomainError as error:
        say(request, error)
    return back_to_programme(pk)
