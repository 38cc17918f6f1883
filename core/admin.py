from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.mail import decide_uncertain
from core.models import DeadlineRule, HolidayException, Norm, OutgoingMail


@admin.register(DeadlineRule)
class DeadlineRuleAdmin(admin.ModelAdmin):
    list_display = ["code", "what", "length", "unit", "basis", "is_verified", "valid_from", "valid_to"]
    list_filter = ["is_verified", "unit"]
    search_fields = ["code", "what", "basis"]


@admin.register(Norm)
class NormAdmin(admin.ModelAdmin):
    list_display = ["code", "what", "value", "unit", "is_verified", "valid_from", "valid_to"]
    list_filter = ["is_verified"]
    search_fields = ["code", "what"]


@admin.register(HolidayException)
class HolidayExceptionAdmin(admin.ModelAdmin):
    list_display = ["day", "name", "is_working"]


@admin.register(OutgoingMail)
class OutgoingMailAdmin(admin.ModelAdmin):
    """Letters of the portal; a person decides about those that may or may not have arrived. Texts are not shown."""

    list_display = ["subject", "to", "state", "created_at", "sent_at"]
    list_filter = ["state"]
    search_fields = ["to", "subject"]
    fields = ["subject", "to", "state", "message_id", "error", "created_at", "sent_at"]
    readonly_fields = ["subject", "to", "state", "message_id", "error", "created_at", "sent_at"]
    actions = ["send_again", "leave_it"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description=gettext_lazy("Send again (uncertain and failed ones)"), permissions=["change"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[OutgoingMail]) -> None:
        self._decide(request, queryset, send_again=True)

    @admin.action(description=gettext_lazy("Let it be (uncertain and failed ones)"), permissions=["change"])
    def leave_it(self, request: HttpRequest, queryset: QuerySet[OutgoingMail]) -> None:
        self._decide(request, queryset, send_again=False)

    def _decide(self, request: HttpRequest, queryset: QuerySet[OutgoingMail], *, send_again: bool) -> None:
        rows = list(queryset.undecided())
        for row in rows:
            decide_uncertain(row, send_again=send_again)
        messages.success(request, _("Letters decided: %(count)d.") % {"count": len(rows)})
