"""The directory of people, and what the administrator does with accounts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import ListView, TemplateView

from accounts import services
from accounts.choices import Role
from accounts.forms import HandOverForm, PersonForm
from accounts.models import Unit, User
from core.errors import DomainError
from core.views import PartialMixin, StaffView, staff_action


class PeopleView(StaffView, PartialMixin, ListView):
    """Who works here: name, post, unit, telephone."""

    template_name = "accounts/people.html"
    partial_name = "people-rows"
    paginate_by = 50
    permission_required = ""

    def get_queryset(self) -> Any:
        people = User.objects.select_related("unit").order_by("last_name", "first_name", "pk")
        if not self.staff.has_perm("accounts.change_user"):
            people = people.active()
        if term := self.request.GET.get("q", "").replace("\x00", "").strip():
            people = people.filter(
                Q(last_name__icontains=term)
                | Q(first_name__icontains=term)
                | Q(post__icontains=term)
                | Q(unit__name_lt__icontains=term)
            )
        return people

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(q=self.request.GET.get("q", ""), **kwargs)


class PersonView(StaffView, TemplateView):
    template_name = "accounts/person.html"
    permission_required = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = get_object_or_404(User.objects.select_related("unit"), pk=self.kwargs["pk"])
        roles = [Role(name).label for name in sorted(person.roles) if name in Role.values]
        may_change = self.staff.has_perm("accounts.change_user")
        may_hand_over = self.staff.has_perm("matters.hand_over_work")
        return super().get_context_data(
            person=person,
            roles=roles,
            may_change=may_change,
            may_hand_over=may_hand_over,
            held=services.open_work(person) if may_change or may_hand_over else [],
            **kwargs,
        )


class PersonEditView(StaffView, TemplateView):
    """Add or change a person; the roles say what she may do."""

    template_name = "accounts/form.html"
    permission_required = "accounts.change_user"

    def get_person(self) -> User | None:
        return get_object_or_404(User, pk=self.kwargs["pk"]) if "pk" in self.kwargs else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = self.get_person()
        form = kwargs.pop("form", None) or PersonForm(instance=person)
        heading = _("Change the person") if person else _("New person")
        return super().get_context_data(form=form, heading=heading, person=person, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = PersonForm(request.POST, instance=self.get_person())
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        person = form.save(commit=False)
        services.save_person(
            person, roles=list(form.cleaned_data["roles"]), by=self.actor, fields=list(form.changed_data)
        )
        messages.success(request, _("Saved."))
        return redirect("accounts:person", person.pk)


class HandOverView(StaffView, TemplateView):
    """What will move is shown first; one press moves all of it."""

    template_name = "accounts/hand_over.html"
    permission_required = "matters.hand_over_work"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = get_object_or_404(User, pk=self.kwargs["pk"])
        form = kwargs.pop("form", None) or HandOverForm(person=person)
        return super().get_context_data(person=person, form=form, held=services.open_work(person), **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person = get_object_or_404(User, pk=self.kwargs["pk"])
        form = HandOverForm(request.POST, person=person)
        if form.is_valid():
            try:
                count = services.hand_over(person, form.cleaned_data["to"], by=self.actor)
            except DomainError as error:
                form.add_error("to", str(error))
            else:
                messages.success(request, _("Handed over: %(count)d.") % {"count": count})
                return redirect("accounts:person", person.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)


@staff_action("accounts.change_user")
def person_close(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    try:
        services.close_account(person, by=request.actor)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The account is closed."))
    return redirect("accounts:person", pk)


@staff_action("accounts.change_user")
def person_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    services.reopen_account(get_object_or_404(User, pk=pk), by=request.actor)
    messages.success(request, _("The account is open again."))
    return redirect("accounts:person", pk)


class UnitsView(StaffView, ListView):
    """Units of the municipality, with their source; what is not verified says so."""

    template_name = "accounts/units.html"
    permission_required = ""

    def get_queryset(self) -> Any:
        return Unit.objects.select_related("parent").order_by("name_lt")
