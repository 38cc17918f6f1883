"""Signed contracts of interpreters: brought, opened, taken out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from core.errors import DomainError
from core.views import StaffView, staff_action, staff_page
from documents import intake
from documents.views.documents import send
from resources import services
from resources.forms import ContractForm
from resources.models import Interpreter, InterpreterContract


class ContractView(StaffView, TemplateView):
    """Bring a signed contract: its number and days become those in force."""

    permission_required = ("resources.change_resource", "resources.read_contracts")
    template_name = "resources/contract.html"

    @cached_property
    def interpreter(self) -> Interpreter:
        return get_object_or_404(Interpreter, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", ContractForm())
        return super().get_context_data(
            interpreter=self.interpreter, bound_words=intake.bound_words(), **kwargs
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        refused = intake.refusals(request)
        form = ContractForm(request.POST, request.FILES)
        if refused:
            form.errors.pop("file", None)
            form.add_error("file", refused[0])
        if form.is_valid():
            try:
                services.add_contract(self.interpreter, by=self.actor, **form.cleaned_data)
            except DomainError as error:
                form.add_error(error.field if error.field in form.fields else None, str(error))
            else:
                messages.success(request, _("The contract is kept."))
                return redirect(self.interpreter)
        return self.render_to_response(self.get_context_data(form=form), status=422)


@staff_page("resources.read_contracts")
def contract_file(request: Any, pk: int, contract: int) -> HttpResponse:
    """The file itself; who opened it is written down."""
    row = _find(pk, contract)
    return send(services.open_contract(row, by=request.actor), row.name)


@staff_action("resources.change_resource")
def contract_remove(request: Any, pk: int, contract: int) -> HttpResponse:
    """A file brought by mistake."""
    row = _find(pk, contract)
    services.remove_contract(row, by=request.actor)
    messages.success(request, _("The file is deleted; the number and the days stay as written."))
    return redirect(row.interpreter)


def _find(pk: int, contract: int) -> InterpreterContract:
    rows = InterpreterContract.objects.select_related("interpreter", "stored")
    return get_object_or_404(rows, interpreter=pk, pk=contract)
