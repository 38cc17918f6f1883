"""Journalists with their contacts, enquiries and accreditation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import DetailView

from core.errors import DomainError
from core.lists import Column, FilteredList, Rows, Words
from core.views import StaffView, staff_action
from media_monitoring.forms.enquiries import AccreditationForm, JournalistForm
from media_monitoring.models import CONTACT_FIELDS, Accreditation, Enquiry, Journalist, Outlet
from media_monitoring.services import journalists
from media_monitoring.views.base import refuse
from partners.views.base import SaveView


class JournalistListView(StaffView, FilteredList):
    permission_required = "media_monitoring.view_journalist"
    template_name = "media_monitoring/journalist_list.html"
    list_code = "media_monitoring.journalists"
    title = gettext_lazy("Journalists")
    filters = (
        Words("q", gettext_lazy("Words"), ("first_name", "last_name", "beats")),
        Rows("outlet", gettext_lazy("Outlet"), lambda request: Outlet.objects.all(), field="outlet"),
    )
    columns = (
        Column("full_name", gettext_lazy("Name"), sort="sort_key"),
        Column("outlet__name", gettext_lazy("Outlet")),
        Column("beats", gettext_lazy("Beats")),
        Column("consent_on", gettext_lazy("Agreed to be on our list")),
    )
    default_sort = "sort_key"

    def get_rows(self) -> Any:
        return Journalist.objects.filter(is_active=True)

    def prepare(self, rows: Any) -> Any:
        return rows.select_related("outlet")

    def counted(self, count: int) -> str:
        return ngettext("{n} journalist", "{n} journalists", count).format(n=count)


class JournalistView(StaffView, DetailView):
    permission_required = "media_monitoring.view_journalist"
    template_name = "media_monitoring/journalist.html"
    context_object_name = "journalist"

    def get_queryset(self) -> Any:
        return Journalist.objects.select_related("outlet")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        journalist = self.object
        may_read = self.staff.has_perm("media_monitoring.read_journalist_contacts")
        context["may_change"] = self.staff.has_perm("media_monitoring.change_journalist")
        context["contacts"] = journalists.contacts_of(journalist, by=self.actor) if may_read else {}
        context["contacts_end"] = journalists.end_of(journalist)
        seen = Enquiry.objects.visible_to(self.staff)
        context["enquiries"] = seen.filter(journalist=journalist).order_by("-received_at")[:20]
        context["accreditations"] = list(
            Accreditation.objects.visible_to(self.staff)
            .filter(journalist=journalist)
            .select_related("matter")[:20]
        )
        if context["may_change"]:
            context.setdefault("form", AccreditationForm(user=self.staff))
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A request for accreditation."""
        if not request.user.has_perm("media_monitoring.change_journalist"):
            return self.handle_no_permission()
        self.object = self.get_object()
        form = AccreditationForm(request.POST, user=self.staff)
        if form.is_valid():
            try:
                journalists.ask_accreditation(self.object, by=self.actor, **form.cleaned_data)
            except DomainError as error:
                refuse(form, error)
            else:
                messages.success(request, _("The request is entered."))
                return redirect(self.object)
        return self.render_to_response(self.get_context_data(form=form), status=422)


class JournalistFormView(SaveView):
    permission_required = "media_monitoring.change_journalist"
    form_class = JournalistForm

    def get_instance(self) -> Journalist:
        return get_object_or_404(Journalist, pk=self.kwargs["pk"]) if "pk" in self.kwargs else Journalist()

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        if self.instance.pk and self.staff.has_perm("media_monitoring.read_journalist_contacts"):
            kwargs["contacts"] = journalists.contacts_of(self.instance, by=self.actor)
        return kwargs

    def get_title(self) -> str:
        return _("Change the journalist") if self.instance.pk else _("New journalist")

    def get_crumbs(self) -> list[tuple[str, str]]:
        return [(_("Journalists"), reverse("media_monitoring:journalists"))]

    def save(self, form: JournalistForm) -> Journalist:
        contacts = {name: form.cleaned_data[name] for name in CONTACT_FIELDS}
        may = self.staff.has_perm("media_monitoring.read_journalist_contacts")
        return journalists.save_journalist(
            form.instance,
            by=self.actor,
            fields=form.own_fields,
            revision=form.cleaned_data.get("revision"),
            contacts=contacts if may else None,
        )


@staff_action("media_monitoring.change_journalist")
def contacts_confirm(request: Any, pk: int) -> HttpResponse:
    journalist = get_object_or_404(Journalist, pk=pk)
    journalists.confirm_contacts(journalist, by=request.actor)
    messages.success(request, _("The contacts are checked: their time begins anew."))
    return redirect(journalist)


@staff_action("media_monitoring.change_journalist")
def accreditation_decide(request: Any, pk: int) -> HttpResponse:
    rows = Accreditation.objects.visible_to(request.user).select_related("journalist")
    row = get_object_or_404(rows, pk=pk)
    try:
        journalists.decide_accreditation(
            row,
            granted=request.POST.get("decision") == "grant",
            reason=request.POST.get("reason", ""),
            by=request.actor,
        )
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The decision is kept."))
    return redirect(row.journalist)
