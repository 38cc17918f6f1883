"""Verifying any export ever made: a file brought, or one of those kept here."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import DetailView, TemplateView

from archive.forms_verifying import VerifyForm
from archive.models import CaseExport, Verification
from archive.services import verifying
from archive.verdicts import words_of
from archive.views.base import room_tabs
from core.errors import DomainError
from core.models import Job
from core.views import PartialMixin, StaffView, staff_action
from documents.intake import bound_words, clean_name, refusals

SHOWN = 25
SIGNS = {"ok": "circle-check", "note": "info-circle", "bad": "alert-circle"}


class VerifyView(StaffView, TemplateView):
    """Bring a file; what was verified before stands below."""

    permission_required = "archive.view_caseexport"
    template_name = "archive/verify.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Verification.objects.visible_to(self.staff).select_related("export__file__line__plan")
        context = {
            "tabs": room_tabs("verify", self.request),
            "form": VerifyForm(),
            "rows": rows[:SHOWN],
            "may_verify": self.staff.has_perm("archive.export_casefile"),
            "bound": bound_words(),
        }
        return super().get_context_data(**{**context, **kwargs})

    def post(self, request: Any) -> HttpResponse:
        if not request.user.has_perm("archive.export_casefile"):
            raise PermissionDenied
        refused = refusals(request)
        form = VerifyForm(request.POST, request.FILES)
        if not form.is_valid() or refused:
            for sentence in refused:
                form.add_error("file", sentence)
            return self.render_to_response(self.get_context_data(form=form), status=422)
        file = form.cleaned_data["file"]
        try:
            row = verifying.ask_of_upload(file.read(), clean_name(file.name), by=request.actor)
        except DomainError as error:
            form.add_error("file", str(error))
            return self.render_to_response(self.get_context_data(form=form), status=422)
        return redirect("archive:verification", row.pk)


class VerificationView(StaffView, PartialMixin, DetailView):
    """What was found; while a worker looks at it, the page asks again."""

    permission_required = "archive.view_caseexport"
    template_name = "archive/verification.html"
    partial_name = "finding"
    context_object_name = "row"

    def get_queryset(self) -> Any:
        return Verification.objects.visible_to(self.staff).select_related(
            "export__file__line__plan", "export__pdf"
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.object
        checks = row.found.get("checks", [])
        job = Job.objects.filter(kind=verifying.JOB, key=str(row.pk)).first()
        return super().get_context_data(
            tabs=room_tabs("verify", self.request),
            checks=[
                {"words": words_of(one), "state": one["state"], "icon": SIGNS[one["state"]]}
                for state in ("bad", "note", "ok")
                for one in checks
                if one["state"] == state
            ],
            is_demo=any(one["code"] == "demo" for one in checks),
            job=job,
            **kwargs,
        )


@staff_action("archive.export_casefile")
def export_verify(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One of those kept here; whoever may not read it may not have it verified by name."""
    rows = CaseExport.objects.readable_by(request.user).select_related("pdf")
    made = get_object_or_404(rows, file=pk, number=number)
    try:
        row = verifying.ask_of_export(made, by=request.actor)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("archive:file_exports", pk)
    return redirect("archive:verification", row.pk)
