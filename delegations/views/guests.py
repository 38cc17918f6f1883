"""One guest: her own days, who is with her; and what is held of whom until when, its reading logged."""

from __future__ import annotations

import json
from typing import Any

from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts.services import export_personal
from core import personal
from core.models import AccessRecord, PersonalValue
from core.registry import register_personal_holding
from core.views import staff_action
from delegations.models import ItemParticipant, Member, ProgrammeItem, Visit
from delegations.models.members import GUEST_PURPOSE, SPECIAL_FIELDS
from delegations.services.members import erase_day
from delegations.views.base import VisitPage, visible_visit
from documents.models import Document


def held_fields(members: list[Member]) -> dict[int, list[str]]:
    """Which kinds of values are kept of each guest; none is read."""
    rows = PersonalValue.objects.filter(
        holder_type=Member._meta.label_lower,
        holder_pk__in=[member.pk for member in members],
        purpose=GUEST_PURPOSE,
    )
    found: dict[int, list[str]] = {}
    for pk, name in rows.order_by("data_class", "field").values_list("holder_pk", "field"):
        found.setdefault(pk, []).append(name)
    return found


def own_counts(visit: Visit) -> dict[int, int]:
    """How many items each guest has apart from the others."""
    rows = ItemParticipant.objects.filter(
        member__visit=visit, item__deleted_at=None, item__is_for_all=False
    ).values_list("member")
    return dict(rows.annotate(count=Count("pk")).order_by())


def words_of(fields: list[str]) -> list[Any]:
    known = register_personal_holding[GUEST_PURPOSE].fields
    return [known.get(name, name) for name in fields]


def days_of(visit: Visit, member: Member) -> list[dict[str, Any]]:
    """The guest's own days: what is for all, what is for her, and her journeys, by the hour."""
    items = [
        item
        for item in visit.programme.alive().in_order().whole()
        if item.is_for_all or member.pk in {row.member_id for row in item.participants.all()}
    ]
    theirs = Q(is_for_all=True) | Q(passengers__member=member)
    legs = list(visit.legs.filter(theirs, is_cancelled=False).select_related("place").distinct().in_order())
    found = []
    for day in visit.days:
        rows = [(_clock(item), {"item": item, "with": _company(item)}) for item in items if item.on == day]
        rows += [(leg.local_moment.strftime("%H:%M"), {"leg": leg}) for leg in legs if leg.on == day]
        rows.sort(key=lambda row: row[0])
        found.append({"day": day, "rows": [row for _hour, row in rows]})
    return found


def _company(item: ProgrammeItem) -> str:
    """Whether the item is for all (nothing is said), for some or for this guest alone."""
    if item.is_for_all:
        return ""
    return "alone" if len(item.participants.all()) == 1 else "some"


def _clock(item: ProgrammeItem) -> str:
    return "99" if item.is_over_night else item.clock.strftime("%H:%M")  # type: ignore[attr-defined]


class GuestView(VisitPage, TemplateView):
    """A guest: who she is, with whom, her own days. A POST shows what is kept of her, and that is logged."""

    template_name = "delegations/guest.html"
    tab = "delegations:members"

    @cached_property
    def member(self) -> Member:
        rows = self.get_matter().members.select_related("person", "companion_of")
        return get_object_or_404(rows, pk=self.kwargs["member"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        visit, member = self.get_matter(), self.member
        order = list(visit.members.values_list("pk", flat=True))
        fields = held_fields([member]).get(member.pk, [])
        facts = {
            "member": member,
            "place": order.index(member.pk) + 1,
            "companions": list(member.companions.all()),
            "days": days_of(visit, member),
            "fields": words_of(fields),
            "lacks_consent": bool(set(fields) & set(SPECIAL_FIELDS)) and not member.consented_on,
            "erase_on": erase_day(visit),
            "may_read": self.staff.has_perm("delegations.view_guest_data"),
        }
        return super().get_context_data(**{**kwargs, **facts})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.staff.has_perm("delegations.view_guest_data"):
            return self.handle_no_permission()
        response = self.render_to_response(
            self.get_context_data(values=_read(self.get_matter(), self.member, self.actor))
        )
        response["Cache-Control"] = "private, no-store"
        return response


def _read(visit: Visit, member: Member, by: Any) -> list[tuple[Any, str]]:
    """The values kept of one guest with their words; the reading is logged."""
    values = personal.get_values([member], purpose=GUEST_PURPOSE, by=by, matter=visit).get(member.pk, {})
    return list(zip(words_of(list(values)), values.values(), strict=True))


class GuestDataView(VisitPage, TemplateView):
    """What is held of whom until when. Values are hidden: a POST shows those of one guest, and that is logged."""

    permission_required = "delegations.view_guest_data"
    template_name = "delegations/guest_data.html"
    tab = "delegations:members"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        visit = self.get_matter()
        members = list(visit.members.all())
        fields = held_fields(members)
        read = dict(
            AccessRecord.objects.filter(subject_type=Member._meta.label_lower, subject_pk__in=list(fields))
            .values_list("subject_pk")
            .annotate(last=Max("at"))
            .order_by()
        )
        shown = kwargs.pop("shown", {})
        rows = [
            {
                "member": member,
                "fields": words_of(fields[member.pk]),
                "lacks_consent": bool(set(fields[member.pk]) & set(SPECIAL_FIELDS))
                and not member.consented_on,
                "read_at": read.get(member.pk),
                "values": shown.get(member.pk),
            }
            for member in members
            if member.pk in fields
        ]
        papers = Document.objects.filter(matter_id=visit.pk, is_working_paper=True).visible_to(self.staff)
        return super().get_context_data(
            rows=rows,
            without=len(members) - len(rows),
            unconsented=sum(row["lacks_consent"] for row in rows),
            papers=list(papers.order_by("erase_on", "pk")),
            erase_on=erase_day(visit),
            left=(erase_day(visit) - timezone.localdate()).days,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visit, asked = self.get_matter(), request.POST.get("member", "")
        rows = visit.members.filter(pk=int(asked) if asked.isdecimal() and len(asked) < 10 else 0)
        member = get_object_or_404(rows)
        response = self.render_to_response(
            self.get_context_data(shown={member.pk: _read(visit, member, self.actor)})
        )
        response["Cache-Control"] = "private, no-store"
        return response


@staff_action("delegations.view_guest_data")
def guest_extract(request: Any, pk: int, member: int) -> HttpResponse:
    """Everything kept of a guest, for the guest herself: a file; that it was taken out is told to the trail."""
    visit = visible_visit(request, pk)
    row = get_object_or_404(visit.members.all(), pk=member)
    values = export_personal(register_personal_holding[GUEST_PURPOSE], row, by=request.actor)
    if request.POST.get("as") == "text":
        lines = [_("Extract of personal data"), ""]
        for label, value in values.items():
            said = [str(one) for one in (value if isinstance(value, list) else [value]) if one]
            lines.append(f"{label}: {'; '.join(said) or '–'}")
        body, kind, end = "\r\n".join(lines), "text/plain", "txt"
    else:
        body, kind, end = json.dumps(values, ensure_ascii=False, indent=2), "application/json", "json"
    response = HttpResponse(body, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{visit.number}-{row.pk}.{end}")
    response["Cache-Control"] = "private, no-store"
    return response
