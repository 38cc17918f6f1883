"""The list of visits; opening, changing, repeating, calling off."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.generic import TemplateView

from core.errors import DomainError, StaleWriteError
from core.lists import Choice, Column, Day, FilteredList, Rows, Tick, Words
from core.stale import show_both_forms
from core.views import StaffView, staff_action
from delegations import services
from delegations.choices import Status
from delegations.forms import CloneForm, ReasonForm, VisitForm
from delegations.models import Festival, Visit
from delegations.views.base import VisitPage, refuse, visible_visit
from partners.models import City


class VisitListView(StaffView, FilteredList):
    permission_required = "delegations.view_visit"
    template_name = "delegations/visit_list.html"
    list_code = "delegations.visits"
    title = gettext_lazy("Delegations")
    filters = (
        Words(
            "q", gettext_lazy("Words"), ("title", "number", "city__name_lt", "city__name_local", "purpose")
        ),
        Choice("state", gettext_lazy("State"), Status.choices, field="status"),
        Rows("city", gettext_lazy("City"), lambda request: City.objects.all(), field="city"),
        Day("since", gettext_lazy("From"), "ends_on__gte"),
        Day("until", gettext_lazy("Until"), "starts_on__lte"),
        Tick("mine", gettext_lazy("Mine"), lambda rows, request: rows.filter(responsible=request.user)),
        Tick(
            "ahead",
            pgettext_lazy("visits", "Ahead"),
            lambda rows, request: rows.upcoming(timezone.localdate()),
        ),
    )
    columns = (
        Column("title", gettext_lazy("Delegation")),
        Column("starts_on", gettext_lazy("When"), sort="starts_on"),
        Column("ends_on", gettext_lazy("Until"), on_page=False),
        Column("guest_count", gettext_lazy("Guests"), sort="guest_count", css="end"),
        Column("state_label", gettext_lazy("State"), value=lambda row: str(row.state_label)),
        Column("next_step_label", gettext_lazy("Next step"), value=lambda row: str(row.next_step_label)),
        Column("responsible", gettext_lazy("Responsible"), value=lambda row: row.responsible.full_name),
        Column("number", gettext_lazy("Number"), sort="number", css="num", on_page=False),
    )
    views = (
        ("ahead=1&sort=starts_on", pgettext_lazy("visits", "Ahead")),
        ("mine=1", gettext_lazy("Mine")),
        ("", pgettext_lazy("visits", "All")),
    )
    default_sort = "-starts_on"

    def get_rows(self) -> QuerySet:
        return Visit.objects.visible_to(self.staff)

    def prepare(self, rows: QuerySet) -> QuerySet:
        return rows.with_guest_count().select_related("city", "responsible")

    def counted(self, count: int) -> str:
        return ngettext("%(count)d delegation", "%(count)d delegations", count) % {"count": count}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            today=timezone.localdate(), may_add=self.staff.has_perm("delegations.add_visit"), **context
        )


class VisitNewView(StaffView, TemplateView):
    """Open a visit; beside the form, past visits to begin from and what is in town on those days."""

    permission_required = "delegations.add_visit"
    template_name = "delegations/visit_new.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or VisitForm(
            initial=self._initial(), festivals=_festivals(self.request)
        )
        past = Visit.objects.visible_to(self.staff).past(timezone.localdate()).alive().with_guest_count()
        return super().get_context_data(
            form=form,
            past=past.select_related("city").order_by("-starts_on")[:4],
            nearby=_nearby(self.request, form),
            **kwargs,
        )

    def _initial(self) -> dict[str, Any]:
        initial: dict[str, Any] = {"responsible": self.staff.pk}
        asked = self.request.GET.get("city", "")
        if asked.isdecimal() and len(asked) < 10 and (city := City.objects.filter(pk=int(asked)).first()):
            initial |= {"city": city.pk, "languages": [code for code in city.languages if code != "lt"]}
        asked = self.request.GET.get("svente", "")
        if (
            asked.isdecimal()
            and len(asked) < 10
            and (festival := _festivals(self.request).filter(pk=int(asked)).first())
        ):
            initial |= {
                "occasion": festival.pk,
                "starts_on": festival.starts_on,
                "ends_on": festival.ends_on,
            }
        return initial

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = VisitForm(request.POST, festivals=_festivals(request))
        if form.is_valid():
            try:
                visit = services.open_visit(by=self.actor, **form.values)
            except DomainError as error:
                refuse(form, error)
            else:
                messages.success(request, _("The visit is opened: %(number)s.") % {"number": visit.number})
                return redirect("delegations:members", visit.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)


def _festivals(request: HttpRequest) -> Any:
    """Festivals a delegation may come to, as far as the person may see them."""
    return Festival.objects.visible_to(request.user).alive()


def _nearby(request: HttpRequest, form: VisitForm) -> list[Visit]:
    """Other visits on the days the form names."""
    days = []
    for name in ("starts_on", "ends_on"):
        try:
            days.append(datetime.date.fromisoformat(str(form[name].value() or "")))
        except ValueError:
            return []
    if days[1] < days[0]:
        return []
    return list(Visit.objects.visible_to(request.user).between(*days).select_related("city")[:5])


class VisitEditView(VisitPage, TemplateView):
    permission_required = "delegations.change_visit"
    template_name = "delegations/visit_edit.html"
    tab = "delegations:programme"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or VisitForm(
            instance=self.get_matter(), festivals=_festivals(self.request)
        )
        return super().get_context_data(form=form, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visit = self.get_matter()
        form = VisitForm(request.POST, instance=Visit.objects.get(pk=visit.pk), festivals=_festivals(request))
        if form.is_valid():
            try:
                services.change_visit(
                    visit, revision=form.cleaned_data["revision"], by=self.actor, **form.values
                )
            except StaleWriteError:
                theirs = Visit.objects.get(pk=visit.pk)
                return show_both_forms(
                    request,
                    form,
                    VisitForm(instance=theirs, festivals=_festivals(request)),
                    theirs,
                    back=theirs.get_absolute_url(),
                )
            except DomainError as error:
                refuse(form, error)
            else:
                messages.success(request, _("The visit is changed."))
                return redirect(visit)
        return self.render_to_response(self.get_context_data(form=form), status=422)


class VisitCloneView(VisitPage, TemplateView):
    """Repeat a visit: what comes over and what does not is said before."""

    permission_required = "delegations.add_visit"
    template_name = "delegations/visit_clone.html"
    tab = "delegations:programme"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        visit = self.get_matter()
        initial = {"starts_on": services.next_year_start(visit), "title": visit.title}
        form = kwargs.pop("form", None) or CloneForm(initial=initial)
        return super().get_context_data(form=form, item_count=visit.items.alive().count(), **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = CloneForm(request.POST)
        if form.is_valid():
            try:
                clone = services.clone_visit(self.get_matter(), by=self.actor, **form.cleaned_data)
            except DomainError as error:
                refuse(form, error)
            else:
                messages.success(request, _("The visit is repeated: %(number)s.") % {"number": clone.number})
                return redirect(clone)
        return self.render_to_response(self.get_context_data(form=form), status=422)


@staff_action("delegations.change_visit")
def visit_call_off(request: Any, pk: int) -> HttpResponse:
    visit = visible_visit(request, pk)
    form = ReasonForm(request.POST)
    try:
        services.call_off_visit(visit, reason=form.data.get("reason", "")[:300], by=request.actor)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The visit is called off."))
    return redirect(visit)
