"""The today board: what is on, what comes next, who is where; what became of each item, said on the way."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from core.dates import weekday_words
from core.errors import DomainError
from core.views import staff_action
from delegations import services, today
from delegations.choices import Progress
from delegations.forms import CancelForm, MoveForm, OutcomeForm
from delegations.models import Festival, ProgrammeItem
from delegations.services.state import Planned
from delegations.views.base import PlannedPage, refuse, say, visible_planned
from matters.models import Matter


class TodayView(PlannedPage, TemplateView):
    """The day; asked by POST it shows telephones too, and the reading is logged."""

    template_name = "delegations/today.html"
    tab = "delegations:today"
    heads: list[today.Call] | None = None

    @cached_property
    def board(self) -> today.Today:
        matter, now = self.get_matter(), timezone.localtime()
        try:
            asked = datetime.date.fromisoformat(self.request.GET.get("diena", ""))
        except ValueError:
            asked = None
        on = today.day_shown(matter, now.date(), asked)
        return today.load(matter, on, now, user=self.staff)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        days = self.get_matter().days
        at = days.index(self.board.on)
        return super().get_context_data(
            board=self.board,
            now=timezone.localtime(),
            earlier=days[at - 1] if at else None,
            later=days[at + 1] if at + 1 < len(days) else None,
            heads=self.heads,
            may_read=_may_read(self.request),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not _may_read(request):
            raise PermissionDenied
        today.show_numbers(self.board.lines, by=self.actor, matter=self.get_matter())
        if request.user.has_perm("delegations.view_guest_data"):
            self.heads = today.heads_numbers(self.get_matter(), by=self.actor)
        return self.render_to_response(self.get_context_data())


def _may_read(request: HttpRequest) -> bool:
    return request.user.has_perm("resources.read_contacts")


def find_line(request: HttpRequest, matter: Planned, pk: int) -> ProgrammeItem:
    """An item of this programme; a shared one only for who may see its festival."""
    item = get_object_or_404(matter.programme.alive().whole(), pk=pk)
    if item.festival_id and item.festival_id != matter.pk:
        get_object_or_404(Festival.objects.visible_to(request.user), pk=item.festival_id)
    return item


def back_to_today(matter: Planned, item: ProgrammeItem) -> HttpResponse:
    return redirect(
        f"{reverse('delegations:today', args=[matter.pk])}?diena={item.on.isoformat()}#item-{item.pk}"
    )


class TodayItemView(PlannedPage, TemplateView):
    """One item on the way: whom to call, what came of it, to when it moves, why it does not happen."""

    permission_required = "delegations.change_visit"
    template_name = "delegations/today_item.html"
    tab = "delegations:today"

    @cached_property
    def item(self) -> ProgrammeItem:
        return find_line(self.request, self.get_matter(), self.kwargs["item"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        matter, item = self.get_matter(), self.item
        forms = {
            "outcome": OutcomeForm(item=item),
            "move": MoveForm(matter=matter, item=item),
            "cancel": CancelForm(),
        }
        facts = {
            "item": item,
            "calls": today.calls_of(item),
            "follow_ups": self._follow_ups(),
            "can_be_done": item.on <= timezone.localdate(),
        }
        return super().get_context_data(**{**forms, **kwargs, **facts})

    def _follow_ups(self) -> Any:
        """Work agreed on here; what another delegation was promised is that delegation's."""
        seen = Matter.objects.visible_to(self.staff)
        rows = self.item.follow_ups.filter(task__matter__in=seen)  # type: ignore[attr-defined]
        matter = self.get_matter()
        return (
            rows.select_related("task__assignee") if isinstance(matter, Festival) else rows.of_visit(matter)
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The pressed button says which of the three forms is sent."""
        deeds = {"outcome": self._outcome, "move": self._move, "cancel": self._cancel}
        if (deed := deeds.get(request.POST.get("deed", ""))) is None:
            raise PermissionDenied
        name = request.POST["deed"]
        form = deed(request)
        if form.errors:
            return self.render_to_response(self.get_context_data(**{name: form}), status=422)
        return back_to_today(self.get_matter(), ProgrammeItem.objects.get(pk=self.item.pk))

    def _outcome(self, request: HttpRequest) -> Any:
        form = OutcomeForm(request.POST, item=self.item)
        if form.is_valid():
            data = form.cleaned_data
            try:
                with transaction.atomic():
                    services.say_outcome(
                        self.item,
                        progress=Progress.DONE,
                        note=data["note"],
                        agreed=data["agreed"],
                        by=self.actor,  # type: ignore[attr-defined]
                    )
                    if form.has_follow_up:
                        self._follow(form)
            except DomainError as error:
                refuse(form, error)
            else:
                messages.success(request, _("Written down: %(title)s.") % {"title": self.item.title})
        return form

    def _follow(self, form: OutcomeForm) -> None:
        data, matter = form.cleaned_data, self.get_matter()
        try:
            services.add_follow_up(
                self.item,
                title=data["follow_title"],
                owner=data["follow_owner"],
                due_on=data["follow_on"],
                by=self.actor,  # type: ignore[attr-defined]
                visit=None if isinstance(matter, Festival) else matter,
            )
        except DomainError as error:
            names = {"title": "follow_title", "owner": "follow_owner", "due_on": "follow_on"}
            raise DomainError(str(error), field=names.get(error.field or "")) from error

    def _move(self, request: HttpRequest) -> Any:
        form = MoveForm(request.POST, matter=self.get_matter(), item=self.item)
        if form.is_valid():
            data = form.cleaned_data
            try:
                moved, amendments = services.move_on_the_way(
                    self.item, on=data["on"], starts=data["starts"], reason=data["reason"], by=self.actor
                )
            except DomainError as error:
                error.field = "starts" if error.field == "ends" else error.field
                refuse(form, error)
            else:
                words = _("Moved: %(title)s. %(day)s, %(hours)s.") % {
                    "title": moved.title,
                    "day": weekday_words(moved.on),
                    "hours": moved.hours,
                }
                messages.success(request, f"{words} {_published(amendments)}".strip())
        return form

    def _cancel(self, request: HttpRequest) -> Any:
        form = CancelForm(request.POST)
        if form.is_valid():
            try:
                amendments = services.cancel_on_the_way(
                    self.item, reason=form.cleaned_data["reason"], by=self.actor
                )
            except DomainError as error:
                error.field = "reason" if error.field == "note" else error.field
                refuse(form, error)
            else:
                words = _("Cancelled: %(title)s.") % {"title": self.item.title}
                messages.success(request, f"{words} {_published(amendments)}".strip())
        return form


def _published(amendments: list[Any]) -> str:
    """Under which number the change went out to those who serve."""
    if not amendments:
        return ""
    return _("Published: %(list)s.") % {
        "list": ", ".join(
            _("%(matter)s, amendment %(number)d")
            % {"matter": row.version.matter.number, "number": row.number}
            for row in amendments
        )
    }


@staff_action("delegations.change_visit")
def today_done(request: Any, pk: int, item: int) -> HttpResponse:
    """One press: it was held. Pressed again by mistake it is planned again."""
    matter = visible_planned(request, pk)
    row = find_line(request, matter, item)
    progress = Progress.PLANNED if request.POST.get("back") else Progress.DONE
    try:
        services.say_outcome(
            row,
            progress=progress,
            note=row.progress_note if progress == Progress.DONE else "",
            by=request.actor,
        )
    except DomainError as error:
        say(request, error)
    return back_to_today(matter, row)
