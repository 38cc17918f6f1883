"""The search box's answers: a part for the dialog, a page without it."""

from __future__ import annotations

from typing import Any

from django.views.generic import TemplateView

from core.views import PartialMixin, StaffView
from matters.search import search

LONGEST_QUERY = 200


class SearchView(StaffView, PartialMixin, TemplateView):
    template_name = "matters/search.html"
    partial_name = "search-results"
    permission_required = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        text = self.request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_QUERY]
        groups = search(self.staff, text) if text else []
        return super().get_context_data(
            q=text, groups=groups, total=sum(group.count for group in groups), **kwargs
        )
