"""Guests of a visit: the list in order of precedence, one guest, a pasted list."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from core import personal
from core.errors import DomainError, StaleWriteError
from core.stale import show_both_forms
from core.views import staff_action
from delegations import services
from delegations.forms import GuestListForm, MemberForm
from delegations.models import Member
from delegations.models.members import GUEST_PURPOSE, SPECIAL_FIELDS
from delegations.services.members import erase_day, known_fields
from delegations.views.base import VisitPage, refuse, say, visible_visit
from delegations.views.guests import held_fields, own_counts
from partners.models import Person


class MembersView(VisitPage, TemplateView):
    """Who comes, in order of precedence; what is held of them is named, not shown."""

    template_name = "delegations/members.html"
    tab = "delegations:members"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        visit = self.get_matter()
        members = list(visit.members.select_related("person"))
        held, own = held_fields(members), own_counts(visit)
        by_pk = {member.pk: member for member in members}
        rows = [
            {
                "member": member,
                "principal": by_pk.get(member.companion_of_id or 0),
                "own": own.get(member.pk, 0),
                "held": len(held.get(member.pk, [])),
                "lacks_consent": bool(set(held.get(member.pk, [])) & set(SPECIAL_FIELDS))
                and not member.consented_on,
            }
            for member in members
        ]
        known = _not_yet(visit, members) if visit.city else []
        return super().get_context_data(
            members=members,
            rows=rows,
            may_read=self.staff.has_perm("delegations.view_guest_data"),
            known=known,
            form=GuestListForm(),
            erase_on=erase_day(visit),
            **kwargs,
        )


def _not_yet(visit: Any, members: list[Member]) -> list[Person]:
    """Known people of the city who are not in the delegation."""
    there = {member.person_id for member in members if member.person_id}
    return list(Person.objects.of_city(visit.city).exclude(pk__in=there).with_posts()[:12])


class MemberFormView(VisitPage, TemplateView):
    permission_required = "delegations.change_visit"
    template_name = "delegations/member_form.html"
    tab = "delegations:members"

    @cached_property
    def member(self) -> Member | None:
        if "member" not in self.kwargs:
            return None
        return get_object_or_404(self.get_matter().members.select_related("person"), pk=self.kwargs["member"])

    def _form(self, member: Member | None, data: Any = None) -> MemberForm:
        visit = self.get_matter()
        values: dict[str, str] | None = None
        if self.staff.has_perm("delegations.view_guest_data"):
            values = (
                personal.get_values([member], purpose=GUEST_PURPOSE, by=self.actor, matter=visit).get(
                    member.pk, {}
                )
                if member and data is None
                else {}
            )
        initial = {} if member else self._known()
        return MemberForm(
            data, instance=member or Member(visit=visit), visit=visit, values=values, initial=initial
        )

    def _known(self) -> dict[str, Any]:
        """A known person's fields, when the form is opened for one."""
        asked = self.request.GET.get("asmuo", "")
        person = (
            Person.objects.with_posts().filter(pk=int(asked)).first()
            if asked.isdecimal() and len(asked) < 10
            else None
        )
        if person is None:
            return {}
        return {**known_fields(person), "person": person.pk}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        member = self.member
        form = kwargs.pop("form", None) or self._form(member)
        facts = {"form": form, "member": member, "erase_on": erase_day(self.get_matter())}
        return super().get_context_data(**{**kwargs, **facts})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visit, member = self.get_matter(), self.member
        form = self._form(member, request.POST)
        if form.is_valid():
            try:
                if member is None:
                    saved = services.add_member(
                        visit, by=self.actor, values=form.values, **form.fields_of_member
                    )
                else:
                    saved = services.change_member(
                        member,
                        revision=form.cleaned_data["revision"],
                        by=self.actor,
                        values=form.values,
                        **form.fields_of_member,
                    )
            except StaleWriteError as error:
                theirs = visit.members.select_related("person").get(pk=error.theirs.pk)  # type: ignore[attr-defined]
                return show_both_forms(request, form, self._form(theirs), theirs)
            except DomainError as error:
                refuse(form, error)
            else:
                messages.success(
                    request, _("The guest is saved: %(name)s.") % {"name": form.cleaned_data["name"]}
                )
                return redirect(f"{reverse('delegations:members', args=[visit.pk])}#svecias-{saved.pk}")
        return self.render_to_response(self.get_context_data(form=form, member=member), status=422)


@staff_action("delegations.change_visit")
def member_remove(request: Any, pk: int, member: int) -> HttpResponse:
    visit = visible_visit(request, pk)
    row = get_object_or_404(visit.members.all(), pk=member)
    try:
        services.remove_member(row, by=request.actor)
    except DomainError as error:
        say(request, error)
    else:
        messages.success(
            request,
            _("Taken off the list: %(name)s. What was kept of this person is erased.") % {"name": row.name},
        )
    return redirect("delegations:members", pk)


@staff_action("delegations.change_visit")
def member_move(request: Any, pk: int, member: int) -> HttpResponse:
    visit = visible_visit(request, pk)
    row = get_object_or_404(visit.members.all(), pk=member)
    try:
        services.move_member(row, up=request.POST.get("up") == "1", by=request.actor)
    except DomainError as error:
        say(request, error)
    return redirect(f"{reverse('delegations:members', args=[pk])}#svecias-{row.pk}")
