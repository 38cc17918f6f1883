"""What every matter has beside its content: history, relations, access, voiding, closing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from core.errors import DomainError
from core.views import staff_action
from matters import services
from matters.forms import AccessForm, LinkForm, ReasonForm
from matters.models import ApprovalRound, Matter, MatterLink
from matters.views.frame import MatterPage, rounds_of, timeline, visible_matter


class HistoryView(MatterPage, TemplateView):
    """Timeline, versions with their approvals, remarks and relations of one matter."""

    template_name = "matters/history.html"
    tab = "matters:history"

    @cached_property
    def rounds(self) -> list[ApprovalRound]:
        rows = rounds_of(self.get_matter()).select_related("version__pdf").defer("version__content")
        return list(rows.prefetch_related("version__amendments"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        matter = context["matter"]
        seen = Matter.objects.visible_to(self.staff)
        related = MatterLink.objects.filter(
            Q(matter=matter.pk, other__in=seen) | Q(other=matter.pk, matter__in=seen)
        ).select_related("matter", "other")
        context.update(
            timeline=timeline(matter),
            versions=[approval.version for approval in self.rounds],
            links=[link for link in related if link.matter_id == matter.pk],
            links_here=[link for link in related if link.other_id == matter.pk],
            link_form=kwargs.get("link_form") or LinkForm(),
            reason_form=kwargs.get("reason_form") or ReasonForm(),
            problems=services.closing_problems(matter) if not matter.is_over else [],
            comments=matter.comments.all(),
        )
        return context


class _HistoryPost(HistoryView):
    """A form of the history page that failed shows the page again with its errors, nothing lost."""

    permission_required = "matters.change_matter"
    http_method_names = ["post"]


class LinkMatterView(_HistoryPost):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        matter = self.get_matter()
        form = LinkForm(request.POST)
        if form.is_valid():
            number = form.cleaned_data["number"].strip().upper()
            other = Matter.objects.visible_to(request.user).filter(number=number).first()
            if other is None:
                form.add_error("number", _("There is no such matter, or you may not see it."))
            else:
                try:
                    services.link_matters(
                        matter, other, relation=form.cleaned_data["relation"], by=self.actor
                    )
                    return redirect("matters:history", matter.pk)
                except DomainError as error:
                    form.add_error("number", str(error))
        return self.render_to_response(self.get_context_data(link_form=form), status=422)


class AccessView(MatterPage, TemplateView):
    """Who may see the matter: the department, named people or leadership."""

    template_name = "matters/access.html"
    permission_required = "matters.change_matter"
    tab = "matters:history"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or AccessForm(instance=Matter.objects.get(pk=self.get_matter().pk))
        return super().get_context_data(form=form, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        matter = self.get_matter()
        form = AccessForm(request.POST, instance=visible_matter(request, matter.pk))
        if form.is_valid():
            try:
                services.change_access(
                    matter,
                    access=form.cleaned_data["access"],
                    people=list(form.cleaned_data["people"]),
                    by=self.actor,
                )
            except DomainError as error:
                form.add_error(error.field or None, str(error))
            else:
                messages.success(request, _("Access is changed."))
                return redirect(matter if _still_sees(request, matter) else "matters:my_day")
        return self.render_to_response(self.get_context_data(form=form), status=422)


def _still_sees(request: HttpRequest, matter: Matter) -> bool:
    return Matter.objects.visible_to(request.user).filter(pk=matter.pk).exists()


class VoidView(_HistoryPost):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        matter = self.get_matter()
        form = ReasonForm(request.POST)
        if form.is_valid():
            try:
                services.void_matter(matter, reason=form.cleaned_data["reason"], by=self.actor)
                messages.success(request, _("The matter is void. It can be restored from its history."))
                return redirect(matter)
            except DomainError as error:
                form.add_error(None, str(error))
        return self.render_to_response(self.get_context_data(reason_form=form), status=422)


@staff_action("matters.change_matter")
def matter_unlink(request: HttpRequest, pk: int) -> HttpResponse:
    link = get_object_or_404(
        MatterLink.objects.filter(matter__in=Matter.objects.visible_to(request.user)), pk=pk
    )
    services.unlink_matters(link, by=request.actor)
    return redirect("matters:history", link.matter_id)


@staff_action("matters.change_matter")
def matter_restore(request: HttpRequest, pk: int) -> HttpResponse:
    matter = visible_matter(request, pk)
    services.restore_matter(matter, by=request.actor)
    return redirect(matter)


@staff_action("matters.change_matter")
def matter_close(request: HttpRequest, pk: int) -> HttpResponse:
    matter = visible_matter(request, pk)
    try:
        services.close_matter(matter, by=request.actor)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("matters:history", pk)
    messages.success(request, _("The matter is closed."))
    return redirect(matter)


@staff_action("matters.change_matter")
def matter_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    matter = visible_matter(request, pk)
    services.reopen_matter(matter, reason=request.POST.get("reason", ""), by=request.actor)
    return redirect(matter)
