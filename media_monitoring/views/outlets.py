"""Outlets and the rules of what is kept of each."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import DetailView

from core.lists import Choice, Column, FilteredList, Words
from core.views import StaffView
from media_monitoring.choices import Keeps, OutletKind, Scope
from media_monitoring.forms.outlets import OutletForm
from media_monitoring.models import Host, Outlet
from media_monitoring.services import outlets as services
from partners.views.base import SaveView


class OutletListView(StaffView, FilteredList):
    permission_required = "media_monitoring.view_outlet"
    template_name = "media_monitoring/outlet_list.html"
    list_code = "media_monitoring.outlets"
    title = gettext_lazy("Outlets and what is kept")
    filters = (
        Words("q", gettext_lazy("Words"), fields=("name", "note")),
        Choice("kind", gettext_lazy("Kind"), OutletKind.choices, field="kind"),
        Choice("scope", gettext_lazy("Reach"), Scope.choices, field="scope"),
        Choice("keeps", gettext_lazy("Kept"), Keeps.choices, field="keeps"),
    )
    columns = (
        Column("name", gettext_lazy("Outlet"), sort="sort_key"),
        Column("keeps", gettext_lazy("What is kept"), value=lambda row: row.get_keeps_display()),
        Column("readers", gettext_lazy("Text is shown to"), value=lambda row: row.get_readers_display()),
        Column("kept_days", gettext_lazy("Until when")),
        Column("ground", gettext_lazy("Ground")),
        Column("rights_note", gettext_lazy("Reservation of rights"), on_page=False),
    )
    default_sort = "sort_key"

    def get_rows(self) -> Any:
        return Outlet.objects.all()

    def counted(self, count: int) -> str:
        return ngettext("{n} outlet", "{n} outlets", count).format(n=count)


class OutletDetailView(StaffView, DetailView):
    permission_required = "media_monitoring.view_outlet"
    template_name = "media_monitoring/outlet.html"
    model = Outlet
    context_object_name = "outlet"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sources = list(self.object.sources.order_by("pk"))
        names = {urlsplit(url).netloc for url in (self.object.site, *(one.url for one in sources)) if url}
        hosts = Host.objects.filter(name__in=names).exclude(robots_read_at=None).order_by("name")
        return super().get_context_data(sources=sources, hosts=list(hosts), **kwargs)


class OutletFormView(SaveView):
    permission_required = "media_monitoring.change_outlet"
    form_class = OutletForm

    def get_instance(self) -> Outlet:
        return get_object_or_404(Outlet, pk=self.kwargs["pk"]) if "pk" in self.kwargs else Outlet()

    def get_title(self) -> str:
        return _("Rules of the outlet") if self.instance.pk else _("New outlet")

    def get_crumbs(self) -> list[tuple[str, str]]:
        return [
            (_("Media monitoring"), reverse("media_monitoring:list")),
            (_("Outlets and what is kept"), reverse("media_monitoring:outlets")),
        ]

    def save(self, form: OutletForm) -> Outlet:
        return services.save_outlet(
            form.instance, by=self.actor, fields=form.own_fields, revision=form.cleaned_data.get("revision")
        )
