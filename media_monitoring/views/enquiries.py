"""The register of journalists' enquiries, the answer of each and what was printed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView

from core.errors import DomainError, StaleWriteError
from core.lists import Choice, Column, FilteredList, Rows, Tick, Words
from core.stale import show_both_forms
from core.views import StaffView
from media_monitoring.choices_desk import EnquiryStatus, SentBy
from media_monitoring.forms.claims import SendForm
from media_monitoring.forms.enquiries import EnquiryAnswerForm, EnquiryForm, UseForm
from media_monitoring.models import Enquiry, Outlet
from media_monitoring.services import answers, enquiries
from media_monitoring.views.base import EnquiryPage, refuse
from media_monitoring.views.claims import moment_of

WAYS = (SentBy.MAIL, SentBy.LETTER, SentBy.WORD)


class EnquiryListView(StaffView, FilteredList):
    permission_required = "media_monitoring.view_enquiry"
    template_name = "media_monitoring/enquiry_list.html"
    list_code = "media_monitoring.enquiries"
    title = gettext_lazy("Enquiries of journalists")
    filters = (
        Words("q", gettext_lazy("Words"), ("title", "question", "number")),
        Rows("outlet", gettext_lazy("Outlet"), lambda request: Outlet.objects.all(), field="outlet"),
        Choice("status", gettext_lazy("State"), EnquiryStatus.choices, field="status"),
        Tick("mine", gettext_lazy("Mine"), lambda rows, request: rows.filter(responsible=request.user)),
        Tick("open", gettext_lazy("Open"), lambda rows, request: rows.open()),
    )
    columns = (
        Column("number", gettext_lazy("Number"), sort="number"),
        Column("title", gettext_lazy("Enquiry")),
        Column("whose", gettext_lazy("Who asks")),
        Column("received_at", gettext_lazy("Received"), sort="received_at"),
        Column("due_on", gettext_lazy("Due"), sort="due_on"),
        Column("status", gettext_lazy("State"), value=lambda row: row.get_status_display()),
        Column("hours_taken", gettext_lazy("Hours to the answer"), on_page=False),
    )
    views = (
        ("open=1", gettext_lazy("Open")),
        ("mine=1&open=1", gettext_lazy("Mine")),
        ("", gettext_lazy("All")),
    )
    default_sort = "-received_at"

    def get_rows(self) -> Any:
        return Enquiry.objects.visible_to(self.staff)

    def prepare(self, rows: Any) -> Any:
        return rows.select_related("outlet", "journalist", "responsible")

    def counted(self, count: int) -> str:
        return ngettext("{n} enquiry", "{n} enquiries", count).format(n=count)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**context, "today": timezone.localdate()}


class EnquiryNewView(StaffView, FormView):
    permission_required = "media_monitoring.add_enquiry"
    template_name = "media_monitoring/enquiry_new.html"
    form_class = EnquiryForm

    def get_initial(self) -> dict[str, Any]:
        return {"responsible": self.request.user.pk}

    def form_valid(self, form: EnquiryForm) -> HttpResponse:
        try:
            enquiry = enquiries.receive_enquiry(by=self.actor, **form.values)
        except DomainError as error:
            refuse(form, error)
            return self.form_invalid(form)
        messages.success(
            self.request, _("The enquiry is on the register: %(number)s.") % {"number": enquiry.number}
        )
        return redirect(enquiry)

    def form_invalid(self, form: EnquiryForm) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        return response


class EnquiryView(EnquiryPage, TemplateView):
    """What is asked, the units' facts, our answer, how it goes, what was printed of it."""

    template_name = "media_monitoring/enquiry.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        enquiry = self.get_matter()
        context = super().get_context_data(
            requests=list(enquiry.fact_requests.select_related("unit").prefetch_related("papers", "facts")),
            uses=list(enquiry.uses.select_related("article__outlet")),
            **kwargs,
        )
        if context["may_edit"]:
            context.setdefault("form", EnquiryAnswerForm(instance=enquiry))
        if enquiry.status == EnquiryStatus.APPROVED and context["may_act"]:
            context.setdefault("send_form", SendForm(ways=WAYS))
        if enquiry.sent_at and context["may_act"]:
            context.setdefault("use_form", UseForm(enquiry=enquiry))
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One of three forms: the words, the sending, the use."""
        if not request.user.has_perm("media_monitoring.change_enquiry"):
            return self.handle_no_permission()
        enquiry = self.get_matter()
        name, form = self._form_of(request, enquiry)
        if form.is_valid():
            try:
                self._do(name, form, enquiry)
            except StaleWriteError as error:
                theirs: Any = error.theirs
                return show_both_forms(request, form, EnquiryAnswerForm(instance=theirs), theirs)
            except DomainError as error:
                refuse(form, error)
            else:
                return redirect(enquiry)
        return self.render_to_response(self.get_context_data(**{name: form}), status=422)

    def _form_of(self, request: HttpRequest, enquiry: Enquiry) -> tuple[str, Any]:
        if "sent_by" in request.POST:
            return "send_form", SendForm(request.POST, ways=WAYS)
        if "use" in request.POST:
            return "use_form", UseForm(request.POST, enquiry=enquiry)
        return "form", EnquiryAnswerForm(request.POST, instance=Enquiry.objects.get(pk=enquiry.pk))

    def _do(self, name: str, form: Any, enquiry: Enquiry) -> None:
        data = form.cleaned_data
        if name == "send_form":
            answers.send_answer(
                enquiry, sent_by=data["sent_by"], where=data["where"], at=moment_of(data["on"]), by=self.actor
            )
            messages.success(self.request, _("The answer has gone."))
        elif name == "use_form":
            enquiries.note_use(enquiry, data["article"], use=data["use"], note=data["note"], by=self.actor)
            messages.success(self.request, _("Written down."))
        else:
            fields = {field: data[field] for field in form.own_fields}
            answers.word_enquiry(enquiry, revision=data["revision"], by=self.actor, **fields)
            messages.success(self.request, _("The answer is kept."))


class EnquiryEditView(EnquiryPage, TemplateView):
    permission_required = "media_monitoring.change_enquiry"
    template_name = "media_monitoring/enquiry_edit.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", EnquiryForm(instance=self.get_matter()))
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        enquiry = self.get_matter()
        form = EnquiryForm(request.POST, instance=Enquiry.objects.get(pk=enquiry.pk))
        if form.is_valid():
            try:
                enquiries.change_enquiry(
                    enquiry, revision=form.cleaned_data["revision"], by=self.actor, **form.values
                )
            except StaleWriteError as error:
                theirs: Any = error.theirs
                return show_both_forms(request, form, EnquiryForm(instance=theirs), theirs)
            except DomainError as error:
                refuse(form, error)
            else:
                messages.success(request, _("The enquiry is changed."))
                return redirect(enquiry)
        return self.render_to_response(self.get_context_data(form=form), status=422)
