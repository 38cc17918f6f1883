"""What the shell asks of the server: is the session alive, keep this draft, save this view; and the page of all parts."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import get_template
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from django.views.generic import TemplateView

from core import drafts, registry
from core.errors import DomainError
from core.models import SavedView
from core.toasts import say
from core.views import StaffView, public_page, staff_action

logger = logging.getLogger(__name__)


@public_page
@never_cache
@require_GET
def session_state(request: HttpRequest) -> JsonResponse:
    """Whether the session lives, and the token its forms need now; session.js asks before an old page posts."""
    return JsonResponse({"alive": request.user.is_authenticated, "csrf": get_token(request)})


@staff_action("")
def draft_save(request: Any) -> JsonResponse:
    key = request.POST.get("key", "")
    if request.POST.get("drop"):
        drafts.drop_draft(request.user, key)
        return JsonResponse({"text": ""})
    try:
        draft = drafts.save_draft(request.user, key, request.POST.get("values", ""))
    except DomainError as error:
        return JsonResponse({"text": str(error)}, status=422)
    return JsonResponse({"text": drafts.saved_text(draft)})


def _back(request: Any, query: str = "") -> HttpResponse:
    path = request.POST.get("path", "/")
    if not url_has_allowed_host_and_scheme(path, allowed_hosts={request.get_host()}):
        path = "/"
    path = path.split("?")[0]
    return HttpResponseRedirect(f"{path}?{query}" if query else path)


@staff_action("")
def saved_view_add(request: Any) -> HttpResponse:
    """Keep the list as it stands under a name."""
    name = request.POST.get("name", "").strip()[:60]
    query = request.POST.get("query", "")[:1000]
    code = request.POST.get("list_code", "")[:80]
    if not name or not code:
        messages.error(request, _("Write a name for the view."))
        return _back(request, query)
    try:
        with transaction.atomic():
            SavedView.objects.create(user=request.user, list_code=code, name=name, query=query)
    except IntegrityError:
        messages.error(request, _("You already have a view with this name."))
    else:
        messages.success(request, _("The view is saved."))
    return _back(request, query)


@staff_action("")
def saved_view(request: Any, pk: int) -> HttpResponse:
    """Rename or delete a view of one's own."""
    view = get_object_or_404(SavedView, pk=pk, user=request.user)
    if request.POST.get("delete"):
        view.delete()
        messages.success(request, _("The view is deleted; the list itself is as it was."))
        return _back(request)
    name = request.POST.get("name", "").strip()[:60]
    if not name:
        messages.error(request, _("Write a name for the view."))
    elif (
        SavedView.objects.filter(user=request.user, list_code=view.list_code, name=name)
        .exclude(pk=pk)
        .exists()
    ):
        messages.error(request, _("You already have a view with this name."))
    else:
        view.name = name
        view.save(update_fields=["name", "updated_at"])
        messages.success(request, _("The view is renamed."))
    return _back(request, view.query)


@public_page
def server_error(request: HttpRequest) -> HttpResponse:
    """A fall: 503 and "try again in a minute" when the database is away, else 500; both pages need nothing of the portal."""
    is_away = isinstance(sys.exc_info()[1], (OperationalError, InterfaceError))
    page = get_template("offline.html" if is_away else "500.html").render()
    return HttpResponse(
        page, status=503 if is_away else 500, headers={"Retry-After": "60"} if is_away else {}
    )


class PartsView(StaffView, TemplateView):
    """Everything pages are put together from, on one sheet; tests look at it with axe in both themes."""

    permission_required = "core.view_auditevent"
    template_name = "core/parts.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        from core.parts import PartsForm, sample  # noqa: PLC0415 -- only this page

        return super().get_context_data(
            **{"form": PartsForm(initial={"direction": "in"}), **sample(), **kwargs}
        )

    def post(self, request: Any) -> HttpResponse:
        """The form answers as every form does, and keeps nothing."""
        from core.parts import PartsForm  # noqa: PLC0415 -- only this page

        form = PartsForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        say(request, _("The form is in order; nothing was kept."), undo=reverse("core:parts"))
        return redirect("core:parts")


class SelfCheckView(StaffView, TemplateView):
    """Whether what the portal stands on is in order, each room telling of its own; looked at anew with every visit."""

    permission_required = "core.view_auditevent"
    template_name = "core/self_check.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        groups = [(check.code, check.label, list(_looked(check))) for check in registry.register_self_check]
        faults = sum(state == "bad" for _code, _label, rows in groups for state, _words in rows)
        return super().get_context_data(groups=groups, faults=faults, **kwargs)


def _looked(check: registry.SelfCheck) -> Iterable[tuple[str, str]]:
    """A check that itself falls is a finding, not the end of the page."""
    try:
        yield from ((state, str(words)) for state, words in check.look())
    except Exception as error:
        logger.exception("The self-check %s fell", check.code)
        yield "bad", _("This could not be looked at (%(kind)s).") % {"kind": type(error).__name__}
