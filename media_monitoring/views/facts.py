"""Asking units for facts from a claim or an enquiry, and the bank of approved facts."""

from __future__ import annotations

import contextlib
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView

from accounts.models import Unit
from core.errors import DomainError
from core.lists import Column, FilteredList, Rows, Tick, Words
from core.views import StaffView, staff_action
from documents import intake
from matters.views.frame import MatterPage
from media_monitoring.forms.facts import AskFactsForm, FactForm, FactsAnswerForm, KeepFactForm
from media_monitoring.models import Fact
from media_monitoring.services import fact_bank, facts
from media_monitoring.views.base import refuse, visible_answered, visible_request
from partners.views.base import SaveView


class AskFactsView(MatterPage, FormView):
    """A unit is asked, with a clock in working hours."""

    permission_required = "media_monitoring.add_factrequest"
    template_name = "media_monitoring/facts_ask.html"
    form_class = AskFactsForm

    @property
    def tab(self) -> str:  # type: ignore[override]
        return f"media_monitoring:{self.get_matter().kind}"

    def find_matter(self) -> Any:
        return visible_answered(self.request, self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        matter = self.get_matter()
        initial: dict[str, Any] = {"unit": getattr(matter, "unit_id", None)}
        with contextlib.suppress(DomainError):  # no norm is in force: the person says how many
            initial["hours"] = facts.usual_hours()
        if matter.kind == "claim":
            initial["question"] = _("Is it true? What are the facts, and where can they be checked?")
        else:
            initial["question"] = matter.question[:2000]
        return initial

    def form_valid(self, form: AskFactsForm) -> HttpResponse:
        try:
            facts.ask_facts(self.get_matter(), by=self.actor, **form.asked)
        except DomainError as error:
            refuse(form, error)
            return self.form_invalid(form)
        messages.success(self.request, _("The question is sent."))
        return redirect(f"{self.get_matter().get_absolute_url()}#facts")

    def form_invalid(self, form: AskFactsForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class RecordFactsView(MatterPage, TemplateView):
    """Facts that came by telephone: written down by us, in our name."""

    permission_required = "media_monitoring.change_factrequest"
    template_name = "media_monitoring/facts_record.html"

    @property
    def tab(self) -> str:  # type: ignore[override]
        return f"media_monitoring:{self.get_matter().kind}"

    def find_matter(self) -> Any:
        self.asked = visible_request(self.request, self.kwargs["pk"])
        return visible_answered(self.request, self.asked.matter_id)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        matter = self.get_matter()
        kwargs.setdefault("form", FactsAnswerForm(initial={"answer": self.asked.answer}))
        return super().get_context_data(asked=self.asked, back=matter.get_absolute_url(), **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        matter = self.get_matter()
        form = FactsAnswerForm(request.POST, request.FILES)
        refused = intake.refusals(request)
        if form.is_valid() and not refused:
            try:
                facts.answer_facts(
                    self.asked,
                    text=form.cleaned_data["answer"],
                    file=form.cleaned_data["files"],
                    by=self.actor,
                )
            except DomainError as error:
                refuse(form, error)
            else:
                messages.success(request, _("The facts are kept."))
                return redirect(f"{matter.get_absolute_url()}#facts")
        for words in refused:
            form.add_error("files", words)
        return self.render_to_response(self.get_context_data(form=form), status=422)


def _back(request: Any, asked: Any) -> HttpResponse:
    return redirect(f"{visible_answered(request, asked.matter_id).get_absolute_url()}#facts")


@staff_action("media_monitoring.change_factrequest")
def facts_remind(request: Any, pk: int) -> HttpResponse:
    asked = visible_request(request, pk)
    try:
        facts.remind(asked, by=request.actor)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The unit is reminded."))
    return _back(request, asked)


@staff_action("media_monitoring.change_factrequest")
def facts_withdraw(request: Any, pk: int) -> HttpResponse:
    asked = visible_request(request, pk)
    try:
        facts.withdraw(asked, by=request.actor)
    except DomainError as error:
        messages.error(request, str(error))
    return _back(request, asked)


@staff_action("media_monitoring.add_fact")
def facts_keep(request: Any, pk: int) -> HttpResponse:
    """The unit's answer goes into the bank, to be approved there."""
    asked = visible_request(request, pk)
    form = KeepFactForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write what the fact is about and until when it may be quoted."))
        return _back(request, asked)
    try:
        fact_bank.keep_answer(asked, by=request.actor, **form.cleaned_data)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The fact is in the bank; the head approves it there."))
    return _back(request, asked)


# --- the bank ---------------------------------------------------------------------------------------------------


class FactListView(StaffView, FilteredList):
    permission_required = "media_monitoring.view_fact"
    template_name = "media_monitoring/fact_list.html"
    list_code = "media_monitoring.facts"
    title = gettext_lazy("Approved facts")
    filters = (
        Words("q", gettext_lazy("Words"), ("title", "text")),
        Rows("unit", gettext_lazy("Unit"), lambda request: Unit.objects.all(), field="unit"),
        Tick(
            "waiting",
            gettext_lazy("To be approved"),
            lambda rows, request: rows.filter(approved_at=None, valid_until__gte=timezone.localdate()),
        ),
        Tick(
            "quotable",
            gettext_lazy("May be quoted"),
            lambda rows, request: rows.in_force(timezone.localdate()),
        ),
    )
    columns = (
        Column("title", gettext_lazy("About what"), sort="title"),
        Column("text", gettext_lazy("The fact")),
        Column("source", gettext_lazy("Source")),
        Column("valid_until", gettext_lazy("May be quoted until"), sort="valid_until"),
        Column("state", gettext_lazy("State"), value=lambda row: row.state[1]),
    )
    views = (
        ("quotable=1", gettext_lazy("May be quoted")),
        ("waiting=1", gettext_lazy("To be approved")),
        ("", gettext_lazy("All")),
    )
    default_sort = "-valid_until"

    def get_rows(self) -> Any:
        return Fact.objects.all()

    def prepare(self, rows: Any) -> Any:
        return rows.select_related("unit", "approved_by")

    def counted(self, count: int) -> str:
        return ngettext("{n} fact", "{n} facts", count).format(n=count)


class FactFormView(SaveView):
    permission_required = "media_monitoring.change_fact"
    form_class = FactForm

    def get_instance(self) -> Fact:
        return get_object_or_404(Fact, pk=self.kwargs["pk"]) if "pk" in self.kwargs else Fact()

    def get_title(self) -> str:
        return _("Change the fact") if self.instance.pk else _("New fact")

    def get_crumbs(self) -> list[tuple[str, str]]:
        return [
            (_("Claims"), reverse("media_monitoring:claims")),
            (_("Approved facts"), reverse("media_monitoring:facts")),
        ]

    def save(self, form: FactForm) -> Fact:
        return fact_bank.save_fact(
            form.instance, by=self.actor, fields=form.own_fields, revision=form.cleaned_data.get("revision")
        )


@staff_action("media_monitoring.approve_fact")
def fact_approve(request: Any, pk: int) -> HttpResponse:
    try:
        fact_bank.approve_fact(get_object_or_404(Fact, pk=pk), by=request.actor)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The fact may be quoted."))
    return redirect("media_monitoring:facts")
