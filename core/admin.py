from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
    """Letters of the portal, to look at; the page of stopped letters decides. Neither texts nor names of matters."""

    list_display = ["about", "to", "state", "created_at", "tried_at", "sent_at"]
    list_filter = ["state"]
    search_fields = ["to"]
    readonly_fields = ["about", "to", "state", "message_id", "error", "created_at", "tried_at", "sent_at"]
    fields = (*readonly_fields,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_object(self, *args: Any, **kwargs: Any) -> OutgoingMail | None:
        mail = super().get_object(*args, **kwargs)
        if mail:
            mail.subject = self.about(mail)  # the page's own heading shows it too
        return mail

    @admin.display(description=gettext_lazy("subject"))
    def about(self, mail: OutgoingMail) -> str:
        """A subject may name a matter that is not the administrator's to see."""
        return _("Letter of a matter") if mail.matter_pk else mail.subject
