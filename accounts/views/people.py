"""The directory of people, and what the administrator does with accounts."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.generic import TemplateView

from accounts import services
from accounts.choices import Role, UnitKind
from accounts.forms import HandOverForm, PersonForm
from accounts.models import Deputyship, Unit, User
from core.errors import DomainError
from core.lists import Choice, Column, Filter, FilteredList, Rows, Tick, Words
from core.views import StaffView, staff_action


class PeopleView(StaffView, FilteredList):
    """Who works here: name, post, unit, telephone; the administrator also finds closed accounts and roles."""

    template_name = "accounts/people.html"
    permission_required = ""
    list_code = "accounts.people"
    title = gettext_lazy("People of the municipality")
    filters: tuple[Filter, ...] = (
        Words(
            "q",
            gettext_lazy("Words"),
            ("last_name", "first_name", "post", "unit__name_lt", "unit__name_en"),
            placeholder=gettext_lazy("name, post or unit"),
        ),
        Rows(
            "unit",
            pgettext_lazy("of the municipality", "Unit"),
            lambda request: Unit.objects.filter(people__isnull=False).distinct(),
            field="unit",
        ),
        Choice(
            "role",
            gettext_lazy("Role"),
            Role.choices,
            narrow=lambda rows, value, request: rows.filter(groups__name=value),
        ),
    )
    closed = Tick(
        "closed",
        gettext_lazy("Closed accounts"),
        lambda rows, request: rows.exclude(closed_at=None),
    )
    columns = (
        Column("last_name", gettext_lazy("Surname"), on_page=False),
        Column("first_name", gettext_lazy("First name"), on_page=False),
        Column("name", gettext_lazy("Name and surname"), sort="sort_key", in_file=False),
        Column("post", gettext_lazy("Post"), sort="post"),
        Column("unit", pgettext_lazy("of the municipality", "Unit"), value=lambda row: row.unit or ""),
        Column("phone", gettext_lazy("Telephone")),
        Column("email", gettext_lazy("E-mail")),
    )
    views = (("", gettext_lazy("All")),)
    default_sort = "sort_key"

    @property
    def sees_accounts(self) -> bool:
        return self.staff.has_perm("accounts.change_user")

    def get_filters(self) -> tuple[Filter, ...]:
        return (*self.filters, self.closed) if self.sees_accounts else self.filters

    def get_rows(self) -> QuerySet:
        is_closed = self.sees_accounts and self.request.GET.get("closed")
        return User.objects.all() if is_closed else User.objects.active()

    def prepare(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("unit")

    def counted(self, count: int) -> str:
        return ngettext("{n} person", "{n} people", count).format(n=count)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(may_add=self.sees_accounts, **context)


class PersonView(StaffView, TemplateView):
    template_name = "accounts/person.html"
    permission_required = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = get_object_or_404(User.objects.select_related("unit"), pk=self.kwargs["pk"])
        roles = [Role(name).label for name in sorted(person.roles) if name in Role.values]
        may_change = self.staff.has_perm("accounts.change_user")
        may_hand_over = self.staff.has_perm("matters.hand_over_work")
        today = timezone.localdate()
        return super().get_context_data(
            person=person,
            roles=roles,
            deputies=Deputyship.objects.filter(principal=person, ends_on__gte=today).select_related("deputy"),
            stands_in=Deputyship.objects.on(today).filter(deputy=person).select_related("principal"),
            may_change=may_change,
            may_hand_over=may_hand_over,
            held=services.open_work(person, self.staff) if may_change or may_hand_over else [],
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
        return super().get_context_data(
            form=form,
            heading=heading,
            person=person,
            crumb=person.full_name if person else _("People of the municipality"),
            crumb_url=reverse("accounts:person", args=[person.pk]) if person else reverse("accounts:people"),
            **kwargs,
        )

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
        held = [
            (holder, len(titles), list(Counter(titles).items()))
            for holder, titles in services.open_work(person, self.staff)
        ]
        return super().get_context_data(person=person, form=form, held=held, **kwargs)

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


class UnitsView(StaffView, FilteredList):
    """Units of the municipality, with their source; what is not verified says so."""

    template_name = "accounts/units.html"
    permission_required = ""
    list_code = "accounts.units"
    title = gettext_lazy("Units of the municipality")
    filters = (
        Words("q", gettext_lazy("Words"), ("name_lt", "name_en", "code")),
        Choice("kind", gettext_lazy("Kind"), UnitKind.choices),
        Tick(
            "unverified",
            gettext_lazy("To be verified"),
            lambda rows, request: rows.filter(is_verified=False),
        ),
    )
    columns = (
        Column("name_lt", pgettext_lazy("of the municipality", "Unit"), sort="sort_key"),
        Column("name_en", gettext_lazy("Name in English"), on_page=False),
        Column("kind", gettext_lazy("Kind"), value=lambda row: row.get_kind_display()),
        Column("parent", gettext_lazy("Belongs to"), value=lambda row: row.parent or ""),
        Column("people_count", gettext_lazy("People"), sort="people_count", css="end"),
        Column("source", gettext_lazy("Source")),
        Column("is_verified", gettext_lazy("Verified"), on_page=False),
    )
    views = (("", gettext_lazy("All")),)
    default_sort = "sort_key"
    paginate_by = 50

    def get_rows(self) -> QuerySet:
        return Unit.objects.all()

    def prepare(self, rows: QuerySet) -> QuerySet:
        return rows.with_people_count().select_related("parent")

    def counted(self, count: int) -> str:
        return ngettext("{n} unit", "{n} units", count).format(n=count)
