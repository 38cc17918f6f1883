"""One's own profile and deputies."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.generic import TemplateView

from accounts import services
from accounts.forms import CaseForm, DeputyForm, ProfileForm
from accounts.models import Deputyship
from core import registry
from core.errors import DomainError
from core.views import StaffView, staff_action


class ProfileView(StaffView, TemplateView):
    template_name = "accounts/profile.html"
    permission_required = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        panels = [
            {"panel": panel, "context": context}
            for panel in registry.panels("accounts:profile")
            if (context := panel.context(self.request, self.staff)) is not None
        ]
        return super().get_context_data(
            form=kwargs.pop("form", None) or ProfileForm(instance=self.staff),
            case_form=kwargs.pop("case_form", None) or CaseForm(person=self.staff),
            panels=panels,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "genitive" in request.POST:
            case_form = CaseForm(request.POST, person=self.staff)
            if case_form.is_valid():
                self.staff.case_overrides = case_form.overrides()
                services.save_own(self.staff, fields=["case_overrides"], by=self.actor)
                messages.success(request, _("Saved."))
                return redirect("accounts:profile")
            return self.render_to_response(self.get_context_data(case_form=case_form), status=422)
        form = ProfileForm(request.POST, instance=self.staff)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        services.save_own(self.staff, fields=form.changed_data, by=self.actor)
        request.session["language"] = form.cleaned_data["language"]
        response = redirect("accounts:profile")
        if "language" in form.changed_data:
            response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
        with override(form.cleaned_data["language"]):
            messages.success(request, _("Saved."))
        return response


class DeputiesView(StaffView, TemplateView):
    """One's own deputies; the administrator names them for anybody."""

    template_name = "accounts/deputies.html"
    permission_required = ""

    @property
    def for_anybody(self) -> bool:
        return self.staff.has_perm("accounts.change_deputyship")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Deputyship.objects.select_related("principal", "deputy").filter(
            ends_on__gte=timezone.localdate()
        )
        if not self.for_anybody:
            rows = rows.filter(principal=self.staff)
        form = kwargs.pop("form", None) or DeputyForm(for_anybody=self.for_anybody, person=self.staff)
        return super().get_context_data(
            rows=rows, form=form, stands_in=self.staff.acting_for_choices, **kwargs
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = DeputyForm(request.POST, for_anybody=self.for_anybody, person=self.staff)
        if form.is_valid():
            data = form.cleaned_data
            try:
                services.set_deputy(
                    data.get("principal") or self.staff,
                    data["deputy"],
                    starts_on=data["starts_on"],
                    ends_on=data["ends_on"],
                    by=self.actor,
                )
            except DomainError as error:
                form.add_error(error.field if error.field in form.fields else None, str(error))
            else:
                messages.success(request, _("The deputy is named."))
                return redirect("accounts:deputies")
        return self.render_to_response(self.get_context_data(form=form), status=422)


@staff_action("")
def deputy_end(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Deputyship.objects.all()
    if not request.user.has_perm("accounts.change_deputyship"):
        rows = rows.filter(principal=request.user)
    services.end_deputyship(get_object_or_404(rows, pk=pk), by=request.actor)
    return redirect("accounts:deputies")
