"""Journeys of the guests: the tab, one leg, a pasted table, the transfers proposed, a leg that is late."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from core.dates import duration_words
from core.errors import DomainError, StaleWriteError
from core.stale import show_both_forms
from core.views import staff_action
from delegations import journeys, services
from delegations.choices import LegDirection, TravelMode
from delegations.forms import DelayForm, LegForm, TableForm, TransfersForm
from delegations.models import TravelLeg, Visit
from delegations.models.programme import DEFAULT_ZONE
from delegations.scene import Scene
from delegations.services import delays
from delegations.services import transfers as transfer_services
from delegations.services import travel as travel_services
from delegations.views.base import VisitPage, refuse, say, visible_visit

LONGEST_WAITING = 240
QUICK_DELAYS = (15, 30, 60, 120)


def find_leg(visit: Visit, pk: int) -> TravelLeg:
    return get_object_or_404(visit.legs.whole(), pk=pk)


class TravelView(VisitPage, TemplateView):
    """Who comes and leaves by what, who meets them, and of whom nothing is known."""

    template_name = "delegations/travel.html"
    tab = "delegations:travel"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        scene = Scene(self.get_matter())
        lost = journeys.without(scene.legs.values(), scene.aboard, scene.members)
        unmet = 0
        parts = []
        for direction, title in (
            (LegDirection.ARRIVAL, _("Arrivals")),
            (LegDirection.DEPARTURE, _("Departures")),
        ):
            rows = [_row(scene, leg) for leg in scene.legs.values() if leg.direction == direction]
            unmet += sum(1 for row in rows if row["unmet"])
            parts.append({"direction": direction, "title": title, "rows": rows})
        return super().get_context_data(
            parts=parts,
            unmet=unmet,
            has_legs=bool(scene.legs),
            lost=[
                (direction, title, [scene.members[pk] for pk in lost[direction]])
                for direction, title in (
                    (LegDirection.ARRIVAL, _("How they come is not known")),
                    (LegDirection.DEPARTURE, _("How they leave is not known")),
                )
                if lost[direction]
            ]
            if scene.legs
            else [],
            **kwargs,
        )


def _row(scene: Scene, leg: TravelLeg) -> dict[str, Any]:
    aboard = scene.aboard[leg.pk]
    met = scene.met_by(leg)
    left = len(scene.unmet(leg))
    return {
        "leg": leg,
        "late": _late_words(leg),
        "unmet_words": _unmet_words(leg, left, len(aboard)),
        "count": len(aboard),
        "is_all": len(aboard) == len(scene.members),
        "names": [member.display_name for pk, member in scene.members.items() if pk in aboard],
        "items": [item for item in scene.transport if item.pk in met],
        "unmet": left,
        "other_zone": leg.zone if leg.zone != DEFAULT_ZONE else "",
        "is_outside": travel_services.is_outside(scene.visit, leg),
    }


def _late_words(leg: TravelLeg) -> str:
    length = duration_words(abs(leg.delay))
    return (
        _("late: %(length)s") % {"length": length}
        if leg.delay > 0
        else _("early: %(length)s") % {"length": length}
    )


def _unmet_words(leg: TravelLeg, left: int, count: int) -> str:
    if left < count:
        return ngettext("%(count)d guest left out", "%(count)d guests left out", left) % {"count": left}
    return _("nobody meets") if leg.is_arrival else _("nobody takes there")


class LegFormView(VisitPage, TemplateView):
    permission_required = "delegations.change_visit"
    template_name = "delegations/travel_form.html"
    tab = "delegations:travel"

    @cached_property
    def leg(self) -> TravelLeg | None:
        return find_leg(self.get_matter(), self.kwargs["leg"]) if "leg" in self.kwargs else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or LegForm(
            visit=self.get_matter(), leg=self.leg, initial=self._initial()
        )
        return super().get_context_data(**{**kwargs, "form": form, "leg": self.leg})

    def _initial(self) -> dict[str, Any]:
        """Pressed beside the departures, the form is of a departure on the last day."""
        if self.leg:
            return {}
        visit, asked = self.get_matter(), self.request.GET.get("kryptis")
        leaves = asked == LegDirection.DEPARTURE
        return {
            "direction": LegDirection.DEPARTURE if leaves else LegDirection.ARRIVAL,
            "on": visit.ends_on if leaves else visit.starts_on,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visit, leg = self.get_matter(), self.leg
        form = LegForm(request.POST, visit=visit, leg=leg)
        if form.is_valid():
            try:
                saved = self._save(visit, leg, form)
            except StaleWriteError as error:
                theirs = find_leg(visit, error.theirs.pk)  # type: ignore[attr-defined]
                return show_both_forms(request, form, LegForm(visit=visit, leg=theirs), theirs)
            except DomainError as error:
                refuse(form, error)
            else:
                _say_saved(request, visit, saved)
                return redirect("delegations:travel", visit.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _save(self, visit: Visit, leg: TravelLeg | None, form: LegForm) -> TravelLeg:
        passengers = form.cleaned_data["passengers"]
        if leg is None:
            return services.add_leg(visit, by=self.actor, passengers=passengers, **form.fields_of_leg)
        return services.change_leg(
            leg,
            by=self.actor,
            revision=form.cleaned_data["revision"],
            passengers=passengers,
            **form.fields_of_leg,
        )


def _say_saved(request: HttpRequest, visit: Visit, leg: TravelLeg) -> None:
    words = {"leg": leg.label, "when": travel_services.moment_words(leg)}
    messages.success(request, _("The journey is saved: %(leg)s, %(when)s.") % words)
    if travel_services.is_outside(visit, leg):
        messages.warning(request, _("It is outside the days of the visit: %(leg)s, %(when)s.") % words)


@staff_action("delegations.change_visit")
def leg_remove(request: Any, pk: int, leg: int) -> HttpResponse:
    visit = visible_visit(request, pk)
    row = find_leg(visit, leg)
    try:
        services.remove_leg(row, by=request.actor)
    except DomainError as error:
        say(request, error)
    else:
        messages.success(request, _("The journey is taken off: %(leg)s.") % {"leg": row.label})
    return redirect("delegations:travel", pk)


class LegTableView(VisitPage, TemplateView):
    """A table of journeys: the first press shows what would be made, the second does exactly that."""

    permission_required = "delegations.change_visit"
    template_name = "delegations/travel_table.html"
    tab = "delegations:travel"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or TableForm()
        return super().get_context_data(form=form, **{"table": None, **kwargs})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visit = self.get_matter()
        form, table = TableForm(request.POST), None
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        try:
            if digest := request.POST.get("digest", ""):
                done = services.commit_table(visit, digest=digest, by=self.actor, **form.cleaned_data)
                messages.success(
                    request,
                    ngettext(
                        "The journey of %(count)d guest is saved.",
                        "The journeys of %(count)d guests are saved.",
                        done.count,
                    )
                    % {"count": done.count},
                )
                return redirect("delegations:travel", visit.pk)
            table = travel_services.read_table(visit, **form.cleaned_data)
        except DomainError as error:
            refuse(form, error)
            if error.field is None:
                table = travel_services.read_table(visit, **form.cleaned_data)
        return self.render_to_response(
            self.get_context_data(form=form, table=table), status=422 if form.errors else 200
        )


class TransfersView(VisitPage, TemplateView):
    """The transfers proposed: a person changes and accepts them row by row."""

    permission_required = "delegations.change_visit"
    template_name = "delegations/transfers.html"
    tab = "delegations:travel"

    @cached_property
    def waiting(self) -> int | None:
        """The window the person tries instead of the norm."""
        asked = self.request.GET.get("laukti", "")
        return min(int(asked), LONGEST_WAITING) if asked.isdecimal() and len(asked) < 5 else None

    @cached_property
    def scene(self) -> Scene:
        return Scene(self.get_matter(), waiting=self.waiting)

    def _form(self, data: Any = None) -> TransfersForm:
        scene = self.scene
        proposals = transfer_services.propose(scene.visit, scene=scene)
        return TransfersForm(data, proposals=proposals, cars=scene.cars, drivers=scene.drivers)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts: dict[str, Any] = {"form": kwargs.pop("form", None), "problem": ""}
        try:
            facts["form"] = facts["form"] or self._form()
            facts["rules"] = rules = self.scene.rules
            facts["rule_rows"] = [
                (mode.label, duration_words(rules.after[mode]), duration_words(rules.before[mode]))
                for mode in TravelMode
            ]
        except DomainError as error:  # a norm is missing: said, never taken for zero
            facts["problem"] = str(error)
        return super().get_context_data(
            has_legs=bool(self.scene.legs), longest=LONGEST_WAITING, **facts, **kwargs
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visit = self.get_matter()
        try:
            form = self._form(request.POST)
        except DomainError as error:
            say(request, error)
            return redirect("delegations:transfers", visit.pk)
        if form.is_valid():
            choices = [transfer_services.Choice(**one) for one in form.chosen]
            try:
                made = services.accept_transfers(visit, choices, by=self.actor, waiting=self.waiting)
            except DomainError as error:
                refuse(form, error)
            else:
                messages.success(
                    request,
                    ngettext(
                        "%(count)d transfer is put into the programme.",
                        "%(count)d transfers are put into the programme.",
                        len(made),
                    )
                    % {"count": len(made)},
                )
                return redirect("delegations:travel", visit.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)


class DelayView(VisitPage, TemplateView):
    """A leg is late: the preview is a GET, the deed a POST of what was shown."""

    permission_required = "delegations.change_visit"
    template_name = "delegations/travel_delay.html"
    tab = "delegations:travel"

    @cached_property
    def leg(self) -> TravelLeg:
        return find_leg(self.get_matter(), self.kwargs["leg"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None)
        if form is None:
            asked = self.request.GET
            is_asked = {"minutes", "hour", "is_cancelled"} & set(asked)
            form = DelayForm(asked if is_asked else None, leg=self.leg)
        plan = problem = None
        if form.is_bound and form.is_valid():
            try:
                plan = delays.plan_delay(
                    self.get_matter(),
                    self.leg.pk,
                    delay=form.cleaned_data["minutes"],
                    is_cancelled=form.cleaned_data["is_cancelled"],
                )
            except DomainError as error:
                problem = str(error)
        facts = {
            "form": form,
            "leg": self.leg,
            "plan": plan,
            "problem": problem,
            "said": delays.delay_words(plan.leg) if plan else "",
            "quick": QUICK_DELAYS,
        }
        return super().get_context_data(**{**kwargs, **facts})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visit = self.get_matter()
        form = DelayForm(request.POST, leg=self.leg)
        if form.is_valid():
            try:
                amendment = services.delay_leg(
                    self.leg,
                    delay=form.cleaned_data["minutes"],
                    is_cancelled=form.cleaned_data["is_cancelled"],
                    digest=request.POST.get("digest", ""),
                    by=self.actor,
                )
            except DomainError as error:  # shown anew, as it stands now
                say(request, error)
                asked = {name: request.POST.get(name, "") for name in form.fields}
                return redirect(f"{request.path}?{urlencode({k: v for k, v in asked.items() if v})}")
            else:
                messages.success(
                    request,
                    _("Saved and published: amendment %(number)d.") % {"number": amendment.number}
                    if amendment
                    else _("The delay is saved."),
                )
                return redirect("delegations:travel", visit.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)
