from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.lists import Choice, Column, FilteredList, Rows
from core.views import StaffView, staff_action
from media_monitoring import mailbox, services
from media_monitoring.choices import SourceKind, SourceState
from media_monitoring.forms import SourceForm
from media_monitoring.models import Mailbox, Outlet, Source
from partners.views.base import SaveView


class SourceListView(StaffView, FilteredList):
    permission_required = "media_monitoring.view_source"
    template_name = "media_monitoring/source_list.html"
    list_code = "media_monitoring.sources"
    title = gettext_lazy("Sources")
    filters = (
        Rows("outlet", gettext_lazy("Outlet"), lambda request: Outlet.objects.all(), field="outlet"),
        Choice("state", gettext_lazy("State"), SourceState.choices, field="state"),
        Choice("kind", gettext_lazy("Kind"), SourceKind.choices, field="kind"),
    )
    columns = (
        Column("outlet__name", gettext_lazy("Outlet"), sort="outlet__sort_key"),
        Column("state", gettext_lazy("State"), value=lambda row: row.get_state_display(), sort="state"),
        Column("last_good_at", gettext_lazy("Worked last"), sort="last_good_at"),
        Column("reason", gettext_lazy("Reason")),
    )
    views = (("", gettext_lazy("All")), ("state=broken", gettext_lazy("Broken")))
    default_sort = "outlet__sort_key"

    def get_rows(self) -> Any:
        return Source.objects.all()

    def prepare(self, rows: Any) -> Any:
        return rows.select_related("outlet")

    def counted(self, count: int) -> str:
        return ngettext("{n} source", "{n} sources", count).format(n=count)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context["is_mailbox_named"] = mailbox.is_named()
        if mailbox.is_named():
            context["mailbox"] = Mailbox.objects.filter(name=mailbox.name()).first()
            context["mailbox_address"] = settings.PRESS_IMAP_USER
        return super().get_context_data(**context)


class SourceFormView(SaveView):
    permission_required = "media_monitoring.change_source"
    form_class = SourceForm

    def get_instance(self) -> Source:
        if "pk" in self.kwargs:
            return get_object_or_404(Source, pk=self.kwargs["pk"])
        sender = self.request.GET.get("sender", "").strip()[:254]
        return Source(kind=SourceKind.NEWSLETTER, sender=sender) if sender else Source()

    def get_title(self) -> str:
        return _("Change the source") if self.instance.pk else _("New source")

    def get_crumbs(self) -> list[tuple[str, str]]:
        return [
            (_("Media monitoring"), reverse("media_monitoring:list")),
            (_("Sources"), reverse("media_monitoring:sources")),
        ]

    def save(self, form: SourceForm) -> Source:
        return services.save_source(
            form.instance,
            by=self.actor,
            fields=form.own_fields,
            revision=form.cleaned_data.get("revision"),
        )


@staff_action("media_monitoring.change_source")
def source_switch_off(request: HttpRequest, pk: int) -> HttpResponse:
    services.switch_source(get_object_or_404(Source, pk=pk), on=False, by=request.actor)
    messages.success(request, _("The source is switched off."))
    return redirect("media_monitoring:sources")


@staff_action("media_monitoring.change_source")
def source_switch_on(request: HttpRequest, pk: int) -> HttpResponse:
    services.switch_source(get_object_or_404(Source, pk=pk), on=True, by=request.actor)
    messages.success(request, _("The source is on again."))
    return redirect("media_monitoring:sources")
