"""The yearly inventory: begun, filled, submitted, approved by another person, taken out as XLSX."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.choices import PaperState
from archive.forms import NoteForm
from archive.forms_acts import InventoryFactsForm, InventoryForm, RemarkForm
from archive.models import Inventory, InventoryLine
from archive.services import inventories
from archive.views.acts import ActPage, trail_to
from archive.views.base import ActFormView, this_year, try_act
from core.columns import Column, write_xlsx
from core.errors import DomainError
from core.views import staff_action, staff_page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class InventoryNewView(ActFormView):
    permission_required = "archive.add_inventory"
    form_class = InventoryForm

    def get_title(self) -> str:
        return _("New inventory")

    def get_lead(self) -> str:
        return _("Closed files of the year are listed by themselves, each under its next number.")

    def get_trail(self) -> list[tuple[Any, str]]:
        return trail_to()

    def get_initial(self) -> dict[str, Any]:
        return {"year": this_year() - 1}

    def act(self, form: Any) -> str:
        data = form.cleaned_data
        return inventories.begin_inventory(data["kept"], data["year"], by=self.actor).get_absolute_url()


class InventoryView(ActPage):
    permission_required = "archive.view_inventory"
    template_name = "archive/inventory.html"
    model = Inventory

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        inventory = self.row
        is_draft = inventory.state == PaperState.DRAFT
        is_waiting = inventory.state == PaperState.SUBMITTED
        may_approve = is_waiting and self.staff.has_perm("archive.approve_inventory")
        return super().get_context_data(
            is_draft=is_draft,
            open_files=inventories.missing(inventory) if is_draft else 0,
            may_approve=may_approve and not self.actor.is_person(inventory.submitted_by),
            **kwargs,
        )


class InventoryFactsView(ActFormView):
    permission_required = "archive.change_inventory"
    form_class = InventoryFactsForm
    done = gettext_lazy("Saved.")

    @cached_property
    def inventory(self) -> Inventory:
        return get_object_or_404(Inventory, pk=self.kwargs["pk"])

    def get_title(self) -> str:
        return _("Numbers of the inventory")

    def get_trail(self) -> list[tuple[Any, str]]:
        return trail_to(self.inventory)

    def get_initial(self) -> dict[str, Any]:
        return {"fund": self.inventory.fund, "number": self.inventory.number}

    def act(self, form: Any) -> str:
        return inventories.describe_inventory(
            self.inventory, by=self.actor, **form.cleaned_data
        ).get_absolute_url()


class RemarkView(ActFormView):
    """What the archive must know of a file."""

    permission_required = "archive.change_inventory"
    form_class = RemarkForm
    done = gettext_lazy("Saved.")

    @cached_property
    def line(self) -> InventoryLine:
        return get_object_or_404(InventoryLine.objects.select_related("inventory"), pk=self.kwargs["pk"])

    def get_title(self) -> str:
        return str(self.line)

    def get_trail(self) -> list[tuple[Any, str]]:
        return trail_to(self.line.inventory)

    def get_initial(self) -> dict[str, Any]:
        return {"note": self.line.note}

    def act(self, form: Any) -> str:
        inventories.remark_line(self.line, note=form.cleaned_data["note"], by=self.actor)
        return self.line.inventory.get_absolute_url()


def _inventory(pk: int) -> Inventory:
    return get_object_or_404(Inventory.objects.select_related("submitted_by"), pk=pk)


@staff_action("archive.change_inventory")
def inventory_gather(request: Any, pk: int) -> HttpResponse:
    inventory = _inventory(pk)
    try_act(
        request,
        lambda: inventories.gather_inventory(inventory, by=request.actor),
        _("The list is as the files are now."),
    )
    return redirect(inventory)


@staff_action("archive.change_inventory")
def inventory_submit(request: Any, pk: int) -> HttpResponse:
    inventory = _inventory(pk)
    try_act(
        request,
        lambda: inventories.submit_inventory(inventory, by=request.actor),
        _("The inventory waits for approval."),
    )
    return redirect(inventory)


@staff_action("archive.approve_inventory")
def inventory_approve(request: Any, pk: int) -> HttpResponse:
    inventory = _inventory(pk)
    try_act(
        request,
        lambda: inventories.approve_inventory(inventory, by=request.actor),
        _("The inventory is approved: its files stand under their numbers."),
    )
    return redirect(inventory)


@staff_action("archive.approve_inventory")
def inventory_return(request: Any, pk: int) -> HttpResponse:
    inventory, form = _inventory(pk), NoteForm(request.POST, prefix="note")
    if form.is_valid():
        note = form.cleaned_data["note"]
        try_act(
            request,
            lambda: inventories.return_inventory(inventory, note=note, by=request.actor),
            _("The inventory is returned."),
        )
    else:
        messages.error(request, _("Write what is to be mended."))
    return redirect(inventory)


@staff_action("archive.delete_inventory")
def inventory_delete(request: Any, pk: int) -> HttpResponse:
    inventory = _inventory(pk)
    try:
        inventories.delete_inventory(inventory, by=request.actor)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(inventory)
    messages.success(request, _("The draft is deleted."))
    return redirect("archive:acts")


@staff_page("archive.view_inventory")
def inventory_xlsx(request: Any, pk: int) -> HttpResponse:
    """The lines as the state's system of archives wants them typed in: one cell a fact."""
    inventory = _inventory(pk)
    book = write_xlsx(
        SHEET,
        inventory.lines.select_related("inventory").order_by("number"),
        title=_("Inventory"),
        about=[
            (_("Inventory"), str(inventory)),
            (_("Fund No."), inventory.fund),
            (_("Inventory No."), inventory.number),
            (_("State"), inventory.get_state_display()),
            (_("By"), request.actor.label),
        ],
    )
    name = f"bylu-apyrasas-{inventory.number}-{inventory.year}.xlsx"
    return FileResponse(book, as_attachment=True, filename=name, content_type=XLSX)


SHEET = (
    Column("fund", gettext_lazy("Fund No."), value=lambda line: line.inventory.fund),
    Column("inventory", gettext_lazy("Inventory No."), value=lambda line: line.inventory.number),
    Column("number", gettext_lazy("File No.")),
    Column("index", gettext_lazy("Index")),
    Column("volume", gettext_lazy("Volume")),
    Column("heading", gettext_lazy("Heading")),
    Column("first_on", gettext_lazy("First document")),
    Column("last_on", gettext_lazy("Last document")),
    Column("documents", gettext_lazy("Documents")),
    Column("pages", gettext_lazy("Pages")),
    Column("sheets", gettext_lazy("Sheets")),
    Column("term", gettext_lazy("Kept")),
    Column("point", gettext_lazy("Point of the index")),
    Column("is_verified", gettext_lazy("Term verified")),
    Column("note", gettext_lazy("Note")),
)
