"""What every view stands on: who may, as whom, and how htmx gets its part of a page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from core.actor import Actor


class StaffRequest(HttpRequest):
    """A request of somebody logged in; `actor` says for whom she acts."""

    user: Any
    actor: Actor
    htmx: Any


class StaffView(PermissionRequiredMixin):
    """A page of the staff host. Each names `permission_required`; "" is for everyone logged in."""

    request: StaffRequest
    permission_required: str | tuple[str, ...] = ()

    @property
    def staff(self) -> Any:
        return self.request.user

    @property
    def actor(self) -> Actor:
        return self.request.actor

    def has_permission(self) -> bool:
        if not self.permission_required:
            return True
        return super().has_permission()

    def handle_no_permission(self) -> HttpResponse:
        raise PermissionDenied


class PartialMixin:
    """Answers htmx with the named part (`partialdef`) of the same template; the part's name is the id it replaces."""

    partial_name = ""
    request: Any

    def get_template_names(self) -> list[str]:
        names = super().get_template_names()  # type: ignore[misc]
        wants_part = (
            self.request.htmx
            and not self.request.htmx.boosted
            and not self.request.htmx.history_restore_request
        )
        if self.partial_name and wants_part:
            return [f"{name}#{self.partial_name}" for name in names]
        return names


def staff_action(permission: str) -> Callable:
    """A single verb: POST only, by those who hold the permission ("" for everyone logged in)."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        @require_POST
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            if permission and not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.permission_required = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def staff_page(permission: str) -> Callable:
    """A function view that reads; the permission is demanded as in `StaffView`."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            if permission and not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.permission_required = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


public_page = login_not_required
public_view = method_decorator(login_not_required, name="dispatch")


@public_page
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page grew old: say so in plain words; the browser keeps what was typed on the page before."""
    return render(request, "403_csrf.html", status=403)


@public_page
def health(request: HttpRequest) -> HttpResponse:
    """Answers 200 while the web server lives; the database is asked by `ready`."""
    return HttpResponse("ok", content_type="text/plain")


@public_page
def ready(request: HttpRequest) -> HttpResponse:
    from django.db import connection  # noqa: PLC0415 -- only here

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ready", content_type="text/plain")
