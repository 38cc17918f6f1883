"""Business meetings on the staff host: asking a host, and what is done with the answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from core.dates import weekday_words
from core.errors import DomainError
from core.views import staff_action
from delegations import services, warnings
from delegations.board import load_board
from delegations.choices import ItemKind
from delegations.forms.meetings import AskForm, RefuseTimeForm
from delegations.models import MeetingRequest, ProgrammeItem, Visit
from delegations.views.base import VisitPage, refuse, say, visible_visit


class AskView(VisitPage, TemplateView):
    """Ask somebody to receive the guests at this item."""

    permission_required = "delegations.change_visit"
    template_name = "delegations/meeting_form.html"
    tab = "delegations:programme"

    @cached_property
    def item(self) -> ProgrammeItem:
        return get_object_or_404(self.get_matter().items.alive().whole(), pk=self.kwargs["item"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        from django.conf import settings  # noqa: PLC0415 -- only here

        facts = {
            "form": kwargs.pop("form", None) or AskForm(item=self.item),
            "item": self.item,
            "works_inside_only": not settings.LINK_HOST,
        }
        return super().get_context_data(**{**kwargs, **facts})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = AskForm(request.POST, item=self.item)
        if form.is_valid():
            try:
                asked = services.ask_host(self.item, by=self.actor, **form.asked)
            except DomainError as error:
                refuse(form, error)
            else:
                messages.success(
                    request,
                    _("The request is sent: %(name)s, %(email)s.")
                    % {"name": asked.name, "email": asked.email},
                )
                return _to_item(asked)
        return self.render_to_response(self.get_context_data(form=form), status=422)


def _request(request: HttpRequest, pk: int, asked: int) -> tuple[Visit, MeetingRequest]:
    visit = visible_visit(request, pk)
    rows = MeetingRequest.objects.select_related("item").filter(item__visit=visit)
    return visit, get_object_or_404(rows, pk=asked)


def _to_item(asked: MeetingRequest) -> HttpResponse:
    return redirect("delegations:item", asked.item.visit_id, asked.item_id)


@staff_action("delegations.change_visit")
def meeting_withdraw(request: Any, pk: int, asked: int) -> HttpResponse:
    _visit, row = _request(request, pk, asked)
    try:
        services.withdraw_request(row, by=request.actor)
    except DomainError as error:
        say(request, error)
    else:
        messages.success(request, _("The request is withdrawn: %(name)s.") % {"name": row.name})
    return _to_item(row)


@staff_action("delegations.change_visit")
def meeting_paper(request: Any, pk: int, asked: int) -> HttpResponse:
    """Put what the host attached on the own pages of the guests who meet her, or take it off."""
    _visit, row = _request(request, pk, asked)
    number = request.POST.get("paper", "")
    try:
        services.show_paper(
            row,
            int(number) if number.isdecimal() else 0,
            on=request.POST.get("on") == "1",
            by=request.actor,
        )
    except DomainError as error:
        say(request, error)
    return _to_item(row)


@staff_action("delegations.change_visit")
def meeting_again(request: Any, pk: int, asked: int) -> HttpResponse:
    """Ask for the time the item stands at now."""
    _visit, row = _request(request, pk, asked)
    try:
        services.ask_again(row, by=request.actor)
    except DomainError as error:
        say(request, error)
    else:
        messages.success(request, _("Asked again: %(name)s.") % {"name": row.name})
    return _to_item(row)


@staff_action("delegations.change_visit")
def meeting_take(request: Any, pk: int, asked: int) -> HttpResponse:
    """Take the time the host proposed; what the programme warns of then is said at once."""
    visit, row = _request(request, pk, asked)
    try:
        item = services.take_proposed_time(row, by=request.actor)
    except DomainError as error:
        say(request, error)
        return _to_item(row)
    messages.success(
        request,
        _("Moved: %(title)s. %(day)s, %(hours)s.")
        % {"title": item.title, "day": weekday_words(item.on), "hours": item.hours},
    )
    openly, _explained = warnings.find(load_board(visible_visit(request, visit.pk), user=request.user))
    for warning in openly:
        if item.pk in warning.items:
            messages.warning(request, f"{warning.title} {warning.text}")
    return _to_item(row)


@staff_action("delegations.change_visit")
def meeting_refuse(request: Any, pk: int, asked: int) -> HttpResponse:
    _visit, row = _request(request, pk, asked)
    form = RefuseTimeForm(request.POST)
    try:
        if not form.is_valid():
            raise DomainError(str(next(iter(form.errors["words"]))))
        services.refuse_proposed_time(row, words=form.cleaned_data["words"], by=request.actor)
    except DomainError as error:
        say(request, error)
    else:
        messages.success(
            request, _("The host is asked about the first time again: %(name)s.") % {"name": row.name}
        )
    return _to_item(row)


# --- what other pages show of it ----------------------------------------------------------------------------

ASKED_KINDS = (ItemKind.MEETING, ItemKind.CEREMONY, ItemKind.CULTURE)
URGENCY = (
    "clock-edit",
    "user-x",
    "user-exclamation",
    "user-question",
    "user-check",
)  # what wants an eye first


def requests_of(item: ProgrammeItem | None) -> list[MeetingRequest]:
    """Hosts asked at the item, withdrawn requests left out."""
    if item is None or item.kind not in ASKED_KINDS:
        return []
    rows = list(item.requests.standing().prefetch_related("papers", "shown_papers"))
    for row in rows:
        row.item = item
    return rows


def may_ask(user: Any, visit: Visit, item: ProgrammeItem | None) -> bool:
    """Asking changes no programme, so it is allowed while one is being approved too."""
    return (
        item is not None
        and item.visit_id is not None
        and item.deleted_at is None
        and item.kind in ASKED_KINDS
        and item.on >= timezone.localdate()
        and not visit.is_over
        and user.has_perm("delegations.change_visit")
    )


def mark_requests(items: list[ProgrammeItem]) -> None:
    """Give each item of a programme the sign of its request, `asked`; one query for all."""
    asked = {item.pk: item for item in items if item.kind in ASKED_KINDS}
    if not asked:
        return
    for row in MeetingRequest.objects.standing().filter(item__in=list(asked)):
        row.item = item = asked[row.item_id]
        sign = row.sign
        known = getattr(item, "asked", None)
        if known is None or URGENCY.index(sign["icon"]) < URGENCY.index(known["icon"]):
            item.asked = sign  # type: ignore[attr-defined]
