"""The bell: notices of one person."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import ListView

from core.views import StaffView, staff_action
from matters.models import Notice
from matters.services import mark_read


class NoticeListView(StaffView, ListView):
    template_name = "matters/notices.html"
    paginate_by = 40
    permission_required = ""

    def get_queryset(self) -> Any:
        return Notice.objects.of(self.staff).select_related("matter")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(unread=Notice.objects.of(self.staff).unread().count(), **kwargs)


@staff_action("")
def notice_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Read one and go where it points."""
    notice = get_object_or_404(Notice.objects.of(request.user), pk=pk)
    mark_read(request.user, [notice.pk])
    return redirect(notice.url)


@staff_action("")
def notices_read(request: HttpRequest) -> HttpResponse:
    mark_read(request.user)
    return redirect("matters:notices")
